"""Writes expected predictions of XGBoost (Python, 2.1.4) and scikit-learn (1.5.2).

The matrix is made by the same arithmetic in PythonFixtureTest: row i, column j is
((i * 37 + j * 101 + i * j * 7) % 997) / 7 as double; the raw label is x0 + 2 * (x1 > 70) * x2 - x3 / 2.

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

PARAMETERS = dict(tree_method="hist", max_depth=4, eta=0.3, min_child_weight=1, gamma=0, max_bin=256,
                  nthread=1, seed=1)
PARAMETERS["lambda"] = 1


def boosted(label, **more):
    train = xgb.DMatrix(x[:TRAINING].astype(np.float32), label[:TRAINING])
    booster = xgb.train({**PARAMETERS, **more}, train, 12)
    return booster.predict(xgb.DMatrix(x[TRAINING:].astype(np.float32))).astype(float)


mean = raw[:TRAINING].mean()
lines = {
    "boosted_regressor": boosted(raw - mean, objective="reg:squarederror", base_score=0) + mean,
    "boosted_two": boosted(two, objective="binary:logistic", base_score=two[:TRAINING].mean()),
    "boosted_three": boosted(three, objective="multi:softprob", num_class=3, base_score=0).ravel(),
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
