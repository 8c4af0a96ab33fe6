"""Writes mixed.csv and expected.csv beside this file: scikit-learn's answers to the same training."""
import os
import warnings

import numpy as np
import pandas as pd
from sklearn.cluster import KMeans
from sklearn.linear_model import ElasticNet, Lasso, LinearRegression, LogisticRegression, Ridge
from sklearn.metrics import log_loss, mean_squared_error

warnings.filterwarnings("ignore")
here = os.path.dirname(os.path.abspath(__file__))
rng = np.random.default_rng(7)
n = 400
x1 = np.round(rng.normal(50, 12, n), 3)
x2 = np.round(rng.exponential(3, n), 3)
flag = rng.integers(0, 2, n)
text = rng.choice(["north", "south", "east", "west"], n, p=[0.4, 0.3, 0.2, 0.1])
null2 = rng.random(n) < 0.1
nullt = rng.random(n) < 0.08
effect = pd.Series(text).map({"north": 1.0, "south": -1.5, "east": 0.3, "west": 2.0}).to_numpy()
raw = 0.05 * (x1 - 50) + 0.4 * np.where(null2, 6, x2) - 0.7 * flag + effect
y = np.round(3 * raw + rng.normal(0, 1, n), 4)
c2 = np.where(raw + rng.logistic(0, 1, n) > 1, "yes", "no")
scores = np.column_stack([raw, 0.3 * (x1 - 50) / 12 - raw, np.zeros(n) + flag])
c3 = np.array(["a", "b", "c"])[np.argmax(scores + rng.gumbel(0, 1, (n, 3)), axis=1)]

frame = pd.DataFrame(
    {
        "X1": x1,
        "X2": [None if m else v for m, v in zip(null2, x2)],
        "FLAG": flag,
        "T": [None if m else v for m, v in zip(nullt, text)],
        "Y": y,
        "C2": c2,
        "C3": c3,
    }
)
frame.to_csv(os.path.join(here, "mixed.csv"), index=False)

filled = np.where(null2, x2[~null2].mean(), x2)
# The preparation of dev.insitu.train.prepare: the mean and deviation of X2 are of its known values.
std = lambda v, known: (v - known.mean()) / known.std()
onehot = [((text == c) & ~nullt).astype(float) for c in ["east", "north", "south", "west"]]
X = np.column_stack(
    [std(x1, x1), std(filled, x2[~null2]), flag, null2.astype(float), *onehot, nullt.astype(float)]
)
lines = []
first = 10


def regression(name, model):
    model.fit(X, y)
    p = model.predict(X)
    lines.append([name, mean_squared_error(y, p), *p[:first]])


def classifier(name, model, label):
    model.fit(X, label)
    p = model.predict_proba(X)
    lines.append([name, log_loss(label, p), *p[:first].ravel()])


regression("linear_reg", LinearRegression())
regression("linear_reg l2=5", Ridge(alpha=5, solver="cholesky"))
regression("linear_reg l1=40", Lasso(alpha=40 / n, tol=1e-14, max_iter=10**6))
regression("lasso alpha=0.1", Lasso(alpha=0.1, tol=1e-14, max_iter=10**6))
regression("elastic_net alpha=0.1", ElasticNet(alpha=0.1, l1_ratio=0.5, tol=1e-14, max_iter=10**6))
newton = dict(solver="lbfgs", tol=1e-12, max_iter=100000)
classifier("logistic_reg", LogisticRegression(C=1, **newton), c2)
classifier("logistic_reg l2=0.1", LogisticRegression(C=10, **newton), c2)
classifier("logistic_reg balanced", LogisticRegression(C=1, class_weight="balanced", **newton), c2)
classifier(
    "logistic_reg l1=5 l2=0",
    LogisticRegression(C=1 / 5, penalty="l1", solver="saga", tol=1e-12, max_iter=200000),
    c2,
)
classifier("logistic_reg three", LogisticRegression(C=1, **newton), c3)
classifier(
    "logistic_reg three l1=2 l2=0",
    LogisticRegression(C=1 / 2, penalty="l1", solver="saga", tol=1e-12, max_iter=200000),
    c3,
)
kmeans = KMeans(n_clusters=4, n_init=50, random_state=0, tol=0).fit(X)
lines.append(["kmeans", kmeans.inertia_ / n])

with open(os.path.join(here, "expected.csv"), "w") as f:
    for name, *values in lines:
        f.write(name + "," + ",".join(repr(float(v)) for v in values) + "\n")
