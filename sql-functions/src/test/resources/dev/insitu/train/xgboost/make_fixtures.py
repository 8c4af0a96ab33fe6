"""Writes expected predictions of XGBoost (Python, 2.1.4) and scikit-learn (1.5.2).

The matrix is made by the same arithmetic in PythonFixture: row i, column j is
((i * 37 + j * 101 + i * j * 7) % 997) / 7 as double; the raw label is
x0 + 2 * (x1 > 70) * x2 - x3 / 2. XGBoost's hist gets whole numbers, few enough that no bin has two of them.

    python3 make_fixtures.py
"""

import numpy as np
import xgboost as xgb
from sklearn.ensemble import RandomForestClassifier
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor

ROWS, COLUMNS, TRAINING = 1000, 5, 800
i, j = np.mgrid[0:ROWS, 0:COLUMNS]
x = ((i * 37 + j * 101 + i * j * 7) % 997) / 7
raw = x[:, 0] + 2 * (x[:, 1] > 70) * x[:, 2] - x[:, 3] / 2
two = (raw > 60).astype(int)
three = (raw > 20).astype(int) + (raw > 150).astype(int)

few = np.floor(x / 6)
# All different, or many splits would gain the same.
weights = 1 + np.arange(ROWS) * 61 % 127 / 128

PARAMETERS = dict(max_depth=4, eta=0.3, nthread=1, seed=1, max_bin=256)
REGULARISED = {"min_child_weight": 5, "alpha": 0.5, "lambda": 3}


def boosted(rows, label, **more):
    train = xgb.DMatrix(rows[:TRAINING].astype(np.float32), label[:TRAINING],
                        weight=weights[:TRAINING])
    booster = xgb.train({**PARAMETERS, **more}, train, 12)
    # Of rows that it has seen: where between two values it splits, hist decides otherwise than exact, and
    # here many a new row lies on the threshold.
    told = rows[:200]
    return booster.predict(xgb.DMatrix(told.astype(np.float32))).astype(float).ravel()


mean = np.average(raw[:TRAINING], weights=weights[:TRAINING])
number = dict(objective="reg:squarederror", base_score=0)
binary = dict(objective="binary:logistic",
              base_score=np.average(two[:TRAINING], weights=weights[:TRAINING]))
multi = dict(objective="multi:softprob", num_class=3, base_score=0)
exact, hist = dict(tree_method="exact"), dict(tree_method="hist")
lines = {
    "exact_regressor": boosted(x, raw - mean, **number, **exact) + mean,
    "exact_two": boosted(x, two, **binary, **exact),
    "exact_three": boosted(x, three, **multi, **exact),
    "hist_regressor": boosted(few, raw - mean, **number, **hist) + mean,
    "hist_two": boosted(few, two, **binary, **hist),
    "hist_three": boosted(few, three, **multi, **hist),
    "regularised_regressor": boosted(few, raw - mean, **number, **hist, **REGULARISED, gamma=500) + mean,
    "regularised_two": boosted(few, two, **binary, **hist, **REGULARISED, gamma=0.2),
    "regularised_three": boosted(few, three, **multi, **hist, **REGULARISED, gamma=0.2),
    "parallel_two": boosted(few, two, **binary, **hist, num_parallel_tree=3),
}


def accuracy(model, label):
    return [(model.fit(x[:TRAINING], label[:TRAINING]).predict(x[TRAINING:]) == label[TRAINING:]).mean()]


lines["tree_two_accuracy"] = accuracy(DecisionTreeClassifier(max_depth=6, random_state=0), two)
lines["tree_three_accuracy"] = accuracy(DecisionTreeClassifier(max_depth=6, random_state=0), three)
lines["forest_three_accuracy"] = accuracy(RandomForestClassifier(100, max_depth=15, random_state=0), three)
tree = DecisionTreeRegressor(max_depth=6, random_state=0).fit(x[:TRAINING], raw[:TRAINING])
lines["tree_regressor_error"] = [np.mean((tree.predict(x[TRAINING:]) - raw[TRAINING:]) ** 2)]

with open("fixtures.txt", "w") as file:
    for name, values in lines.items():
        file.write(name + " " + " ".join(repr(float(value)) for value in values) + "\n")
