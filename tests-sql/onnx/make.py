#!/usr/bin/env python3
"""Makes models/ and rows/: pipelines of other tools as ONNX, test rows, and their libraries' answers.

    pip install -r requirements.txt
    python3 make.py [NAME ...] [--keep-going]

A name makes the pipelines whose name contains it. Each is checked on Python's onnxruntime before
it is written. Running it again gives the same bytes.
"""
import os
import sys

sys.dont_write_bytecode = True
if os.environ.get("PYTHONHASHSEED") != "0":  # converters go through sets
    os.environ["PYTHONHASHSEED"] = "0"
    os.execv(sys.executable, [sys.executable, *sys.argv])
for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"

import importlib
import importlib.metadata
import shutil
import time
import traceback
import warnings

warnings.filterwarnings("ignore")

import fixture

MODULES = ["pipelines_sklearn", "pipelines_columns", "pipelines_edges", "pipelines_boosting",
           "pipelines_torch", "pipelines_text", "pipelines_image"]


def main(arguments):
    keep_going = "--keep-going" in arguments
    wanted = [a for a in arguments if not a.startswith("--")]
    for module in MODULES:
        importlib.import_module(module)
    versions = Versions()
    failed = []
    begin = time.time()
    if not wanted:
        for folder in ("models", "rows"):
            shutil.rmtree(fixture.HERE / folder, ignore_errors=True)
    for name, p in fixture.PIPELINES.items():
        if wanted and not any(w in name for w in wanted):
            continue
        start = time.time()
        try:
            made = fixture.make(p, versions)
        except Exception as e:
            if not keep_going:
                raise
            failed.append(name)
            last = traceback.extract_tb(e.__traceback__)[-1]
            print(f"{name:32} FAILED {type(e).__name__}: {str(e)[:300]} ({last.name}:{last.lineno})")
            continue
        r = made["onnxruntime"]
        size = (fixture.HERE / "models" / name / "model.onnx").stat().st_size
        print(f"{name:32} {r['max_deviation']:8.1e} {r['label_mismatches']:3} wrong {size:7} bytes "
              f"{time.time() - start:5.1f} s  {'; '.join(made['edge']['inputs'])[:60]} -> "
              f"{'; '.join(made['edge']['outputs'])[:90]}", flush=True)
    print(f"{len(fixture.PIPELINES)} pipelines, {len(failed)} failed, {time.time() - begin:.0f} s")
    return 1 if failed else 0


class Versions(dict):
    def __missing__(self, name):
        try:
            return importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            return importlib.metadata.version(name + "-cpu")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
