#!/usr/bin/env python3
"""Are trees slower or faster in another ONNX Runtime than in the one that Insitu ships?

Trains 100 trees of depth 6 over 28 columns with scikit-learn, writes them with skl2onnx, and runs
them in each version by turns, on one thread, 1,024 rows at a time and one by one, from matrices
made before. Prints CPU microseconds a row (median, least and greatest of the rounds) and the
speed beside the first version. What it installs goes to target/runtimes.

    python3 tests-sql/bench/onnxruntime_versions.py [1.28.0 1.29.0]
"""
import pathlib
import statistics
import subprocess
import sys
import venv

ROUNDS = 5
HOME = pathlib.Path("target/runtimes")
MODEL = HOME / "trees.onnx"

MAKE = """
import sys
import numpy as np
from skl2onnx import to_onnx
from sklearn.ensemble import GradientBoostingRegressor
random = np.random.default_rng(1)
x = random.uniform(-1, 1, (20000, 28)).astype(np.float32)
y = sum((i % 5 + 1) * np.sin(3 * x[:, i]) for i in range(28)) + random.normal(size=len(x))
trees = GradientBoostingRegressor(n_estimators=100, max_depth=6, subsample=0.3, random_state=1)
with open(sys.argv[1], "wb") as file:
    file.write(to_onnx(trees.fit(x, y), x[:1]).SerializeToString())
"""

RUN = """
import sys, time
import numpy as np
import onnxruntime
options = onnxruntime.SessionOptions()
options.intra_op_num_threads = options.inter_op_num_threads = 1
session = onnxruntime.InferenceSession(sys.argv[1], options, providers=["CPUExecutionProvider"])
x = np.random.default_rng(2).uniform(-1, 1, (16384, 28)).astype(np.float32)
name = session.get_inputs()[0].name
def microseconds(rows, blocks):
    start = time.process_time()
    for block in blocks:
        session.run(None, {name: block})
    return (time.process_time() - start) / rows * 1e6
batches = [x[i:i + 1024] for i in range(0, len(x), 1024)]
ones = [x[i:i + 1] for i in range(4096)]
microseconds(1, batches + ones)
print(microseconds(4 * len(x), 4 * batches), microseconds(len(ones), ones))
"""


def install(name, *packages):
    python = HOME / name / "bin" / "python"
    if not python.exists():
        venv.create(HOME / name, with_pip=True)
        pip = [python, "-m", "pip", "install", "-q", "--disable-pip-version-check"]
        subprocess.run([*pip, *packages], check=True)
    return python


def main(versions):
    HOME.mkdir(parents=True, exist_ok=True)
    if not MODEL.exists():
        maker = install("maker", "scikit-learn==1.8.0", "skl2onnx==1.20.0", "packaging")
        subprocess.run([maker, "-c", MAKE, MODEL], check=True)
    pythons = {v: install(v, f"onnxruntime=={v}", "numpy") for v in versions}
    rounds = []
    for _ in range(ROUNDS):
        said = {v: subprocess.check_output([p, "-c", RUN, MODEL], text=True) for v, p in pythons.items()}
        rounds.append({v: [float(word) for word in text.split()] for v, text in said.items()})
    for i, batch in enumerate(("1,024 rows", "1 row")):
        for version in versions:
            each = [r[version][i] for r in rounds]
            faster = statistics.median(r[versions[0]][i] / r[version][i] for r in rounds)
            print(
                f"{batch:>10}  ONNX Runtime {version}  {statistics.median(each):6.3f} us a row"
                f" ({min(each):.3f} to {max(each):.3f})  {faster:.2f} x the speed of {versions[0]}"
            )


if __name__ == "__main__":
    main(sys.argv[1:] or ["1.28.0", "1.29.0"])
