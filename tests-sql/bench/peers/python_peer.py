"""What a user of Python does today; run.py starts it in the virtual environment.

    python_peer.py H2.jar DATABASE MODEL.onnx PROCESSORS HEAP

Reads the table into pandas in one of two ways: "jaydebeapi", over the database's driver, or "csv", by the
database's CSVWRITE and pandas.read_csv; then predicts with each library. For each order on the standard
input, a way and perhaps a folder for the predictions, it prints a line per library (name, seconds, CPU
seconds, count, sum; reading included), then a full stop.

onnxruntime runs the model that Insitu trained, from the file that EXPORT MODEL wrote; the others have
models of their own: 100 trees of depth 6, trained on the same rows.
"""
import os
import sys
import tempfile
import time
import warnings

PROCESSORS = int(sys.argv[4])
os.environ["OMP_NUM_THREADS"] = str(PROCESSORS)

import jaydebeapi
import jpype
import lightgbm
import numpy as np
import onnxruntime
import pandas as pd
import sklearn
import xgboost
from sklearn.ensemble import HistGradientBoostingRegressor

warnings.filterwarnings("ignore")
FEATURES = [f"F{i}" for i in range(28)]


def read_jaydebeapi(connection, query):
    return pd.read_sql(query, connection)


def read_csv(connection, query):
    with tempfile.TemporaryDirectory() as folder:
        file = os.path.join(folder, "rows.csv")
        cursor = connection.cursor()
        cursor.execute(f"CALL CSVWRITE('{file}', '{query}')")
        cursor.close()
        return pd.read_csv(file)


def by_onnxruntime(file):
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = PROCESSORS
    session = onnxruntime.InferenceSession(file, options, providers=["CPUExecutionProvider"])
    names = {given.name: given.name.upper() for given in session.get_inputs()}

    def predict(rows):
        columns = {name: rows[column].to_numpy().reshape(-1, 1) for name, column in names.items()}
        return session.run(["prediction"], columns)[0].reshape(-1)

    return predict


def libraries(training, file):
    rows, labels = training[FEATURES], training["Y"]
    models = {
        "scikit-learn " + sklearn.__version__: HistGradientBoostingRegressor(
            max_iter=100, max_depth=6, max_leaf_nodes=64, early_stopping=False, random_state=1),
        "XGBoost " + xgboost.__version__: xgboost.XGBRegressor(
            n_estimators=100, max_depth=6, learning_rate=0.1, tree_method="hist", n_jobs=PROCESSORS,
            random_state=1),
        "LightGBM " + lightgbm.__version__: lightgbm.LGBMRegressor(
            n_estimators=100, max_depth=6, num_leaves=64, n_jobs=PROCESSORS, random_state=1,
            verbosity=-1),
    }
    predictors = {"onnxruntime " + onnxruntime.__version__: by_onnxruntime(file)}
    for name, model in models.items():
        model.fit(rows, labels)
        predictors[name] = lambda points, model=model: model.predict(points[FEATURES])
    return predictors


def clocks():
    return time.perf_counter(), time.process_time()


def main():
    jar, database, file, heap = sys.argv[1], sys.argv[2], sys.argv[3], sys.argv[5]
    out = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # what libraries print is not for the one who asks
    jpype.startJVM(f"-Xmx{heap}", classpath=[jar])
    connection = jaydebeapi.connect("org.h2.Driver", "jdbc:h2:" + database, ["sa", ""], jar)
    predictors = libraries(read_csv(connection, "SELECT * FROM training"), file)
    readers = {"jaydebeapi": read_jaydebeapi, "csv": read_csv}
    print(".", file=out, flush=True)
    for line in sys.stdin:
        order = line.split()
        start = clocks()
        points = readers[order[0]](connection, "SELECT * FROM points")
        reading = [now - before for now, before in zip(clocks(), start)]
        print(f"{order[0]}/pandas {pd.__version__} read alone", *reading, len(points), 0, sep="\t", file=out)
        for name, predict in predictors.items():
            start = clocks()
            answer = pd.DataFrame({"id": points["ID"], "y": predict(points)})
            spent = [now - before + read for now, before, read in zip(clocks(), start, reading)]
            if len(order) > 1:
                found = np.ascontiguousarray(answer["y"], dtype="<f8")
                found.tofile(os.path.join(order[1], f"{order[0]}-{name}".replace(" ", "-")))
            print(f"{order[0]}/{name}", *spent, len(answer), float(answer["y"].sum()), sep="\t", file=out)
        print(".", file=out, flush=True)


if __name__ == "__main__":
    main()
