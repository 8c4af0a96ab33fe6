#!/usr/bin/env python3
"""LightGBM, XGBoost and, for a tree and a forest, scikit-learn on the arrays that the command BoostingCost wrote.

Called by that command, between two of our own trainings:

    python3 tests-sql/bench/boosting.py FOLDER MODEL REPEATS [FIRST]

Trains MODEL (boosted, tree or forest) on the rows in FOLDER, which are in memory before the clock
starts, on one thread, and prints a line for each rival: name, version, CPU seconds (what the library
makes of the rows itself included, reading files and predicting not), AUC of the rows held out. Of
several ways that a rival has to hold the rows the cheaper one is taken. scikit-learn's forest takes
minutes; FIRST as fourth argument includes it.

    pip install lightgbm==4.6.0 scikit-learn==1.8.0 xgboost==3.2.0
"""
import os
import pathlib
import sys
import time
import warnings

for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[variable] = "1"

import lightgbm
import numpy as np
import sklearn
import xgboost
from sklearn.ensemble import RandomForestClassifier
from sklearn.metrics import roc_auc_score
from sklearn.tree import DecisionTreeClassifier

warnings.filterwarnings("ignore")
WIDTH = 28
FOREST_TREES = 20

XGBOOST = dict(tree_method="hist", max_depth=6, nthread=1, seed=1, max_bin=256,
               objective="binary:logistic")
LIGHTGBM = dict(objective="binary", learning_rate=0.3, num_leaves=64, max_depth=6, max_bin=255,
                min_sum_hessian_in_leaf=1, min_data_in_leaf=1, lambda_l2=1, num_threads=1, seed=1,
                verbosity=-1)


def read(folder, part):
    rows = np.load(folder / f"{part}_rows.npy").reshape(-1, WIDTH).astype(np.float32)
    return np.ascontiguousarray(rows), np.load(folder / f"{part}_labels.npy")


def boosted(settings, rounds, matrix):
    def train(rows, labels):
        return xgboost.train({**XGBOOST, **settings}, matrix(rows, labels, nthread=1), rounds)

    return train, lambda model, rows: model.predict(xgboost.DMatrix(rows, nthread=1))


def light(settings, rounds, way):
    def train(rows, labels):
        both = {**LIGHTGBM, **settings, way: True}
        return lightgbm.train(both, lightgbm.Dataset(rows, labels, params=both), rounds)

    return train, lambda model, rows: model.predict(rows, num_threads=1)


def learn(model):
    return model.fit, lambda fitted, rows: fitted.predict_proba(rows)[:, 1]


def rivals(model, first):
    """(library, version, the ways it can be done: each a trainer and a predictor)"""
    if model == "boosted":
        xgb, lgb, rounds, scikit = {}, {}, 100, None
    elif model == "tree":
        xgb = dict(eta=1, reg_lambda=0)
        lgb = dict(learning_rate=1, lambda_l2=0)
        rounds, scikit = 1, DecisionTreeClassifier(max_depth=6, random_state=1)
    else:
        xgb = dict(eta=1, max_depth=15, num_parallel_tree=FOREST_TREES, subsample=0.8,
                   colsample_bynode=0.8)
        lgb = dict(boosting="rf", max_depth=15, num_leaves=32768, bagging_fraction=0.8,
                   bagging_freq=1, feature_fraction_bynode=0.8)
        rounds, scikit = FOREST_TREES, RandomForestClassifier(
            FOREST_TREES, max_depth=15, max_samples=0.8, max_features=0.8, n_jobs=1,
            random_state=1) if first else None
    found = [
        ("LightGBM", lightgbm.__version__,
         [light(lgb, rounds, way) for way in ("force_col_wise", "force_row_wise")]),
        ("XGBoost", xgboost.__version__,
         [boosted(xgb, 1 if model == "forest" else rounds, matrix)
          for matrix in (xgboost.QuantileDMatrix, xgboost.DMatrix)])]
    if scikit is not None:
        found.append(("scikit-learn", sklearn.__version__, [learn(scikit)]))
    return found


def main():
    folder, model, repeats = pathlib.Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
    rows, labels = read(folder, "train")
    test, test_labels = read(folder, "test")
    for library, version, ways in rivals(model, len(sys.argv) > 4):
        seconds = []
        for train, predict in ways:
            times = []
            for _ in range(repeats):
                start = time.process_time()
                trained = train(rows, labels)
                times.append(time.process_time() - start)
            seconds.append((min(times), roc_auc_score(test_labels, predict(trained, test))))
        best, auc = min(seconds)
        print(f"{library},{version},{best:.3f},{auc:.6f}", flush=True)


if __name__ == "__main__":
    main()
