"""Writes rows.csv and expected.csv beside this file: scikit-learn's own figures for small sets of rows.

Run with scikit-learn 1.5.2: python3 make_fixture.py. A metric that scikit-learn refuses is nan.
"""
import csv
import pathlib
import warnings

import numpy as np
from sklearn import metrics as m
from sklearn.cluster import KMeans

warnings.simplefilter("ignore")
here = pathlib.Path(__file__).parent
rows, expected = [], []
random = np.random.default_rng(2013)


def figure(case, name, function):
    try:
        value = float(function())
    except ValueError:
        value = float("nan")
    expected.append([case, name, repr(value)])


def keep(case, task, labels, scores):
    for label, row in zip(labels, scores):
        rows.append([case, task, repr(float(label))] + [repr(float(s)) for s in row])


def regression(case, y, p):
    y, p = np.asarray(y, float), np.asarray(p, float)
    keep(case, "regression", y, p[:, None])
    figure(case, "mean_absolute_error", lambda: m.mean_absolute_error(y, p))
    figure(case, "mean_squared_error", lambda: m.mean_squared_error(y, p))
    figure(case, "mean_squared_log_error", lambda: m.mean_squared_log_error(y, p))
    figure(case, "median_absolute_error", lambda: m.median_absolute_error(y, p))
    figure(case, "r2_score", lambda: m.r2_score(y, p))
    figure(case, "explained_variance", lambda: m.explained_variance_score(y, p))


def classification(case, y, p, threshold=None):
    y, p = np.asarray(y, int), np.asarray(p, float)
    k = p.shape[1]
    keep(case, f"classification {k} {threshold if threshold is not None else ''}".strip(), y, p)
    predicted = p.argmax(axis=1) if threshold is None else (p[:, 1] >= threshold).astype(int)
    average = dict(average="binary", pos_label=1) if k == 2 else dict(average="macro")
    if k == 2:
        average["labels"] = [0, 1]
    figure(case, "precision", lambda: m.precision_score(y, predicted, **average))
    figure(case, "recall", lambda: m.recall_score(y, predicted, **average))
    figure(case, "accuracy", lambda: m.accuracy_score(y, predicted))
    figure(case, "f1_score", lambda: m.f1_score(y, predicted, **average))
    figure(case, "log_loss", lambda: m.log_loss(y, p, labels=list(range(k))))
    if k == 2:
        figure(case, "roc_auc", lambda: m.roc_auc_score(y, p[:, 1]))
    else:
        figure(case, "roc_auc",
               lambda: m.roc_auc_score(y, p, multi_class="ovr", average="macro", labels=list(range(k))))


def two(p):
    return np.column_stack([1 - np.asarray(p), p])


y = random.gamma(2, 30, 201)
regression("positive, odd", y, np.abs(y + random.normal(0, 10, 201)))
y = random.normal(0, 40, 200)
regression("negative labels, even", y, y + random.normal(3, 10, 200))
regression("constant label", [5, 5, 5], [5, 6, 4.5])
regression("constant label, perfect", [5, 5, 5], [5, 5, 5])
regression("constant prediction", [1, 2, 4], [2, 2, 2])
regression("one row", [3], [4])
regression("large offset", 1e9 + random.normal(0, 1, 50), 1e9 + random.normal(0, 1, 50))

p = random.random(300)
y = (random.random(300) < p).astype(int)
classification("binary", y, two(p))
classification("binary, ties", y, two(np.round(p, 1)))
classification("binary, threshold", y, two(p), 0.3)
classification("binary, constant prediction", y, two(np.full(300, 0.25)))
classification("binary, certain and wrong", [0, 1, 1, 0], two([0.0, 1.0, 0.0, 1.0]))
classification("binary, only positives", [1, 1, 1], two([0.9, 0.2, 0.6]))
classification("binary, only negatives", [0, 0], two([0.9, 0.2]))
p = random.dirichlet([1, 1, 1], 240)
y = np.array([random.choice(3, p=row) for row in p])
classification("three classes", y, p)
classification("three classes, ties", y, np.round(p * 4) / np.round(p * 4).sum(axis=1, keepdims=True))
classification("three classes, one without rows", np.where(y == 1, 0, y), p)

points = np.concatenate([random.normal(c, 1.0, (60, 3)) for c in (-4, 0, 5)])
model = KMeans(3, n_init=3, random_state=1, tol=0).fit(points)
centroids = np.array([points[model.labels_ == k].mean(axis=0) for k in range(3)])
squares = ((points[:, None, :] - centroids[None]) ** 2).sum(axis=2)
labels = squares.argmin(axis=1)
assert (labels == model.labels_).all()
keep("clusters", "clustering 3", np.zeros(len(points)), squares)
between = np.sqrt(((centroids[:, None] - centroids[None]) ** 2).sum(axis=2))
for k, row in enumerate(between):
    rows.append(["clusters", "distances", repr(float(k))] + [repr(float(d)) for d in row])
figure("clusters", "davies_bouldin_index", lambda: m.davies_bouldin_score(points, labels))
figure("clusters", "mean_squared_distance", lambda: squares.min(axis=1).mean())

for name, lines in (("rows.csv", rows), ("expected.csv", expected)):
    with open(here / name, "w", newline="") as file:
        csv.writer(file, lineterminator="\n", delimiter=";").writerows(lines)
