#!/usr/bin/env python3
"""Makes the fixture exported/: what this onnxruntime answers for models that Insitu exports.

    python3 make_export.py

Maven trains every model family and writes the exports into target/exported (a minute); they are
scored here, and the answers, with the SHA-256 of each export, go to exported/. `mvn verify` then
compares today's exports and today's answers in SQL with them, and needs no Python.
"""
import hashlib
import json
import pathlib
import platform
import shutil
import subprocess
import sys

sys.dont_write_bytecode = True

import check_export

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
MACHINE = {"x86_64": "amd64", "AMD64": "amd64", "arm64": "aarch64"}


def main():
    made = ROOT / "tests-sql" / "target" / "exported"
    shutil.rmtree(made, ignore_errors=True)
    subprocess.run(
        ["mvn", "-q", "-o", "-B", "-Dquick", "-pl", "tests-sql", "-am", "test", "-Dtest=ModelFamiliesTest",
         f"-Dinsitu.export={made}", "-Dsurefire.failIfNoSpecifiedTests=false"],
        cwd=ROOT, check=True)
    if check_export.main([str(made)]):
        sys.exit(1)
    fixture = HERE / "exported"
    shutil.rmtree(fixture, ignore_errors=True)
    for folder in sorted(f.parent for f in made.glob("*/model.onnx")):
        facts = json.loads((folder / "onnxruntime.json").read_text(encoding="utf-8"))
        facts["sha256"] = hashlib.sha256((folder / "model.onnx").read_bytes()).hexdigest()
        facts["machine"] = MACHINE.get(platform.machine(), platform.machine())
        (fixture / folder.name).mkdir(parents=True)
        (fixture / folder.name / "onnxruntime.json").write_text(
            json.dumps(facts, indent=1) + "\n", encoding="utf-8")
        shutil.copy(folder / "onnxruntime.csv", fixture / folder.name)
    shutil.copy(made / "rows.csv", fixture)


if __name__ == "__main__":
    main()
