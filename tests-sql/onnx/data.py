"""The data: scikit-learn's own small sets and the penguins beside this folder.

Each function gives training rows, their target and 200 test rows. Sets with fewer rows than that
give sampled and slightly moved ones. All is fixed by seeds.
"""
import csv
import dataclasses
import functools
import io
import zipfile

import numpy as np
import pandas as pd
from sklearn import datasets

from fixture import HERE

TEST_ROWS = 200


@dataclasses.dataclass
class Data:
    name: str
    x: pd.DataFrame  # training rows
    y: np.ndarray
    rows: pd.DataFrame  # test rows
    types: dict = dataclasses.field(default_factory=dict)

    @property
    def matrix(self):
        return self.x.to_numpy(dtype=np.float64)

    @property
    def test(self):
        return self.rows.to_numpy(dtype=np.float64)

    @property
    def columns(self):
        return list(self.x.columns)

    def named(self, name, **changes):
        return dataclasses.replace(self, name=name, **changes)


def moved(x, seed, digits):
    """200 rows drawn from x, each number moved by a tenth of its column's deviation."""
    random = np.random.default_rng(seed)
    rows = x.iloc[random.integers(0, len(x), TEST_ROWS)].reset_index(drop=True)
    for c in rows.columns:
        if rows[c].dtype == np.float64:
            shift = random.normal(0, 0.1 * x[c].std(), TEST_ROWS)
            rows[c] = np.round(np.maximum(rows[c] + shift, 0.1), digits)
    return rows


def held_out(x, y, seed):
    order = np.random.default_rng(seed).permutation(len(x))
    test, train = order[:TEST_ROWS], order[TEST_ROWS:]
    return (x.iloc[train].reset_index(drop=True), y[train], x.iloc[test].reset_index(drop=True))


def nulls(rows, columns, share, seed):
    random = np.random.default_rng(seed)
    rows = rows.astype({c: object for c in columns})
    for c in columns:
        rows.loc[random.random(len(rows)) < share, c] = None
    return rows


@functools.cache
def iris():
    b = datasets.load_iris()
    x = pd.DataFrame(b.data, columns=["sepal_length", "sepal_width", "petal_length", "petal_width"])
    return Data("iris", x, b.target_names[b.target].astype(object), moved(x, 1, 2))


@functools.cache
def wine():
    b = datasets.load_wine()
    names = [n.replace("/", "_") for n in b.feature_names]
    x = pd.DataFrame(b.data, columns=names)
    return Data("wine", x, b.target, moved(x, 2, 3))


@functools.cache
def wine_units():
    """Wine with columns named as in a spreadsheet."""
    d = wine()
    x = d.x[["alcohol", "malic_acid", "color_intensity", "proline", "hue"]]
    names = ["alcohol (%)", "malic acid [g/l]", "Farbstärke", "proline", "hue/tone"]
    x = x.set_axis(names, axis=1)
    return Data("wine_units", x, d.y, moved(x, 3, 3))


@functools.cache
def cancer():
    b = datasets.load_breast_cancer()
    x = pd.DataFrame(b.data[:, :10], columns=[n.replace(" ", "_") for n in b.feature_names[:10]])
    y = np.where(b.target == 1, "benign", "malignant").astype(object)
    x, y, rows = held_out(x, y, 4)
    return Data("cancer", x, y, rows)


@functools.cache
def cancer_nulls():
    d = cancer()
    columns = ["mean_radius", "mean_texture", "mean_concavity"]
    return d.named("cancer_nulls", x=nulls(d.x, columns, 0.15, 5).astype(float),
                   rows=nulls(d.rows, columns, 0.2, 6),
                   types={c: "DOUBLE PRECISION" for c in columns})


@functools.cache
def diabetes():
    b = datasets.load_diabetes(scaled=False)
    names = ["age", "sex", "bmi", "bp", "tc", "ldl", "hdl", "tch", "ltg", "glu"]
    x, y, rows = held_out(pd.DataFrame(b.data, columns=names), b.target, 7)
    return Data("diabetes", x, y, rows)


@functools.cache
def diabetes_whole():
    """Rounded to whole numbers."""
    d = diabetes()
    return d.named("diabetes_whole", x=d.x.round().astype(np.int64),
                   rows=d.rows.round().astype(np.int64))


@functools.cache
def diabetes_nulls():
    d = diabetes()
    columns = ["bmi", "bp", "ltg"]
    return d.named("diabetes_nulls", x=nulls(d.x, columns, 0.15, 8).astype(float),
                   rows=nulls(d.rows, columns, 0.2, 9),
                   types={c: "DOUBLE PRECISION" for c in columns})


@functools.cache
def digits():
    b = datasets.load_digits()
    x = pd.DataFrame(b.data.astype(np.int64), columns=[f"p{k}" for k in range(64)])
    x, y, rows = held_out(x, b.target, 10)
    return Data("digits", x, y, rows)


NUMBERS = ["bill_length_mm", "bill_depth_mm", "flipper_length_mm", "body_mass_g"]


@functools.cache
def all_penguins():
    with zipfile.ZipFile(HERE.parent / "data" / "penguins.zip") as z:
        text = z.read("penguins.csv").decode("utf-8")
    x = pd.DataFrame(list(csv.DictReader(io.StringIO(text))), dtype=object)
    for c in NUMBERS:
        x[c] = [float(v) if v else np.nan for v in x[c]]
    x["year"] = [int(v) for v in x["year"]]
    x["sex"] = [v or None for v in x["sex"]]
    return x


@functools.cache
def penguins():
    """No NULL. Species from measures, island, sex, year and whether it is heavy."""
    x = all_penguins().dropna().reset_index(drop=True)
    x["heavy"] = x["body_mass_g"] > 4200
    y = x["species"].to_numpy(dtype=object)
    x = x[["island", "bill_length_mm", "bill_depth_mm", "flipper_length_mm", "body_mass_g", "sex",
           "year", "heavy"]]
    rows = moved(x, 11, 1)
    for c in ("flipper_length_mm", "body_mass_g"):
        x[c] = x[c].astype(np.int64)
        rows[c] = rows[c].round().astype(np.int64)
    return Data("penguins", x, y, rows)


@functools.cache
def penguins_nulls():
    """NULL numbers and texts, islands and sexes that training never saw, the empty text."""
    x = all_penguins()
    y = x["species"].to_numpy(dtype=object)
    x = x[["island", "bill_length_mm", "bill_depth_mm", "flipper_length_mm", "body_mass_g", "sex"]]
    rows = moved(x, 12, 1)
    random = np.random.default_rng(13)
    island = np.array(rows["island"], dtype=object)
    sex = np.array(rows["sex"], dtype=object)
    island[random.random(TEST_ROWS) < 0.1] = "Deception"
    island[random.random(TEST_ROWS) < 0.05] = "biscoe"
    sex[random.random(TEST_ROWS) < 0.05] = "unknown"
    sex[random.random(TEST_ROWS) < 0.05] = ""
    rows["island"], rows["sex"] = island, sex
    rows = nulls(rows, ["sex", *NUMBERS], 0.1, 14)
    return Data("penguins_nulls", x, y, rows, {c: "DOUBLE PRECISION" for c in NUMBERS})


@functools.cache
def penguins_mass():
    """Body mass in grams from the rest, with unseen islands."""
    d = penguins()
    rows = d.rows.copy()
    island = np.array(rows["island"], dtype=object)
    island[::9] = "Deception"
    rows["island"] = island
    columns = ["island", "sex", "bill_length_mm", "bill_depth_mm", "flipper_length_mm"]
    return Data("penguins_mass", d.x[columns], d.x["body_mass_g"].to_numpy(dtype=np.float64),
                rows[columns])


# ---- the same rows under other names, labels and types -------------------------------------------


@functools.cache
def iris_case():
    d = iris()
    x = d.x[["petal_length", "petal_width"]].set_axis(["x", "X"], axis=1)
    rows = d.rows[["petal_length", "petal_width"]].set_axis(["x", "X"], axis=1)
    return Data("iris_case", x, d.matrix[:, 0], rows)


@functools.cache
def iris_words():
    d = iris()
    names = ["select", "order", "group", "from"]
    return Data("iris_words", d.x.set_axis(names, axis=1), d.matrix[:, 0] * d.matrix[:, 3],
                d.rows.set_axis(names, axis=1))


def wine_labelled(labels):
    d = wine()
    return d.named("wine", y=np.array(labels, dtype=object)[d.y])


@functools.cache
def wine_classes():
    """Four classes from three: the second is split by its hue."""
    d = wine()
    y = np.where((d.y == 1) & (d.x["hue"] > 1), 3, d.y)
    return d.named("wine", y=np.array(["", "null", "A", "a"], dtype=object)[y])


@functools.cache
def wine_floats():
    return wine().named("wine", y=wine().y + 1.0)


@functools.cache
def wine_gaps():
    return wine().named("wine", y=np.array([-1, 5, 100])[wine().y])


@functools.cache
def cancer_bool():
    return cancer().named("cancer", y=cancer().y == "malignant")


@functools.cache
def penguins_small():
    d = penguins()
    def small(x):
        return pd.DataFrame({"body_mass_g": x["body_mass_g"], "age": x["year"] - 2000,
                             "bill_length_mm": np.round(x["bill_length_mm"]), "heavy": x["heavy"]})
    return Data("penguins_small", small(d.x), d.y, small(d.rows))


@functools.cache
def penguins_codes():
    d = penguins_nulls()
    codes = {"Biscoe": 0, "Dream": 1, "Torgersen": 2, "Deception": 3, "biscoe": 4}
    rows = pd.DataFrame({"island_code": [codes[v] for v in d.rows["island"]],
                         "body_mass_g": list(d.rows["body_mass_g"])}, dtype=object)
    return Data("penguins_codes", rows, None, rows,
                {"island_code": "INTEGER", "body_mass_g": "DOUBLE PRECISION"})


@functools.cache
def diabetes_ranked():
    """Relevance 0 to 4; 22 queries of 11 rows."""
    d = diabetes()
    borders = np.quantile(d.y, [0.2, 0.4, 0.6, 0.8])
    return d.named("diabetes", y=np.searchsorted(borders, d.y))


@functools.cache
def penguins_category():
    d = penguins()
    def numbers(x):
        return pd.DataFrame({
            "island": x["island"].map({"Biscoe": 0, "Dream": 1, "Torgersen": 2}).astype(int),
            "year": x["year"] - 2007, "bill_length_mm": x["bill_length_mm"],
            "flipper_length_mm": x["flipper_length_mm"]})
    return Data("penguins_category", numbers(d.x), d.x["body_mass_g"].to_numpy(dtype=float),
                numbers(d.rows))


@functools.cache
def penguins_codes_small():
    d = penguins_category()
    p = penguins()
    def some(x, rows):
        x = x[["island", "bill_length_mm", "flipper_length_mm"]].copy()
        x["heavy"] = rows["heavy"]
        return x
    return Data("penguins_codes_small", some(d.x, p.x), d.y, some(d.rows, p.rows))


@functools.cache
def big_numbers():
    """Account numbers around 2^53 and 2^62, negative ones too."""
    random = np.random.default_rng(21)
    numbers = [2**53 + int(k) for k in random.integers(-50, 50, 100)]
    numbers += [int(k) for k in random.integers(-(2**62), 2**62, 100)]
    rows = pd.DataFrame({"account": numbers}, dtype=object)
    return Data("big_numbers", rows, None, rows, {"account": "BIGINT"})
