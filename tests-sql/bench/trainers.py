#!/usr/bin/env python3
"""scikit-learn and XGBoost on the arrays that the command TrainerCost wrote, beside our trainers.

Reads target/cost/trainers.csv and target/cost/arrays, trains on the same rows with the same
settings, one thread, and prints CPU seconds and the quality on the rows held out (log loss, mean
squared error, mean squared distance). Where scikit-learn has several ways, the cheapest of equal
quality counts. An argument chooses the models whose name contains it.

    pip install scikit-learn==1.5.2 xgboost==2.1.4
    python3 tests-sql/bench/trainers.py [decision_tree]
"""
import csv
import os
import pathlib
import platform
import sys
import time
import warnings

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"

import numpy as np
import sklearn
import xgboost
from scipy.sparse import csr_matrix
from sklearn.cluster import KMeans
from sklearn.ensemble import RandomForestClassifier, RandomForestRegressor
from sklearn.linear_model import ElasticNet, Lasso, LinearRegression, LogisticRegression, Ridge
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor

warnings.filterwarnings("ignore")
COST = pathlib.Path("target/cost")
REPEATS = 3


def arrays(name):
    def read(part):
        return np.load(COST / "arrays" / f"{name}_{part}.npy")

    labels = read("labels")
    shape = (len(labels), int(read("width")[0]))
    return csr_matrix((read("data"), read("indices"), read("indptr")), shape=shape), labels


def quality(name, model, rows, labels):
    if "kmeans" in name:
        return float(np.mean(np.min(model.transform(rows), axis=1) ** 2))
    if "classifier" in name or "logistic" in name:
        p = np.clip(model.predict_proba(rows)[np.arange(len(labels)), labels.astype(int)], 1e-15,
                    1 - 1e-15)
        return float(-np.log(p).mean())
    return float(np.mean((model.predict(rows) - labels) ** 2))


class Boosted:
    """XGBoost itself, the making of its matrix included."""

    def __init__(self, classifier):
        self.classifier = classifier

    def fit(self, rows, labels):
        settings = dict(tree_method="hist", max_depth=6, eta=0.1, nthread=1, seed=1, max_bin=256,
                        objective="binary:logistic" if self.classifier else "reg:squarederror")
        self.booster = xgboost.train(settings, xgboost.DMatrix(rows, labels, nthread=1), 100)

    def predict(self, rows):
        return self.booster.predict(xgboost.DMatrix(rows, nthread=1))

    def predict_proba(self, rows):
        p = self.predict(rows)
        return np.stack([1 - p, p], axis=1)


def rivals(name, data):
    """(what, model, form of the rows, by how much the time is multiplied)"""
    classifier = "classifier" in name
    if name.startswith("boosted"):
        return [("XGBoost hist", Boosted(classifier), "dense", 1),
                ("XGBoost hist, sparse", Boosted(classifier), "sparse", 1)]
    if name.startswith("decision_tree"):
        kind = DecisionTreeClassifier if classifier else DecisionTreeRegressor
        depth = 12 if "12" in name else 6
        return [("DecisionTree", kind(max_depth=depth, random_state=1), "dense32", 1)]
    if name.startswith("random_forest"):
        kind = RandomForestClassifier if classifier else RandomForestRegressor
        common = dict(max_depth=15, n_jobs=1, random_state=1)
        if "sqrt" in name:
            return [("RandomForest(sqrt)", kind(100, max_features="sqrt", **common), "dense32", 1)]
        trees = 5 if data.startswith("flights") else 100
        return [(f"RandomForest(0.8), {trees} trees", kind(
            trees, max_features=0.8, max_samples=0.8, **common), "dense32", 100 // trees)]
    if name == "logistic_reg":
        return [("lbfgs, sparse", LogisticRegression(max_iter=1000), "sparse", 1),
                ("lbfgs", LogisticRegression(max_iter=1000), "dense", 1),
                ("newton-cholesky", LogisticRegression(solver="newton-cholesky"), "dense", 1)]
    if name == "linear_reg":
        return [("LinearRegression", LinearRegression(), "dense", 1),
                ("Ridge(1e-3)", Ridge(alpha=1e-3), "dense", 1)]
    if name == "lasso":
        return [("Lasso", Lasso(), "dense", 1), ("Lasso, precomputed", Lasso(precompute=True),
                                                 "dense", 1)]
    if name == "elastic_net":
        return [("ElasticNet", ElasticNet(), "dense", 1),
                ("ElasticNet, precomputed", ElasticNet(precompute=True), "dense", 1)]
    return [("KMeans, 1 start", KMeans(5, n_init=1, random_state=1), "dense", 1),
            ("KMeans, 10 starts", KMeans(5, n_init=10, random_state=1), "dense", 1)]


def main():
    wanted = sys.argv[1] if len(sys.argv) > 1 else ""
    print(f"{platform.processor() or platform.machine()}, {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}, "
          f"Python {platform.python_version()}, scikit-learn {sklearn.__version__}, XGBoost {xgboost.__version__}\n")
    print("| model | data | ours: s | quality | rival | s | quality | ratio |")
    print("|---|---|---|---|---|---|---|---|")
    for row in csv.DictReader(open(COST / "trainers.csv", encoding="utf-8")):
        name, data = row["name"], row["data"]
        if wanted not in name + " " + data:
            continue
        rows, labels = arrays(data + "_train")
        test, test_labels = arrays(data + "_test")
        for what, model, form, factor in rivals(name, data):
            form = {"dense": lambda m: m.toarray(), "sparse": lambda m: m,
                    "dense32": lambda m: m.toarray().astype(np.float32)}[form]
            given = form(rows)
            times = []
            for _ in range(1 if "forest" in name and "flights" in data else REPEATS):
                start = time.process_time()
                model.fit(given, labels)
                times.append(time.process_time() - start)
            seconds = float(np.median(times)) * factor
            found = quality(name, model, form(test), test_labels)
            print(f"| {name} | {data} | {float(row['seconds']):.2f} | {row['quality']} | {what} "
                  f"| {seconds:.2f} | {found:.6f} | {float(row['seconds']) / seconds:.2f} |",
                  flush=True)


if __name__ == "__main__":
    main()
