"""ColumnTransformer: what prepares columns of several types, in front of a model."""
import numpy as np
from sklearn import (
    compose, ensemble, impute, linear_model, neighbors, pipeline as pipe, preprocessing, tree)
from skl2onnx.common.data_types import (
    BooleanTensorType, DoubleTensorType, FloatTensorType, Int64TensorType, StringTensorType)

import data
from fixture import pipeline
from pipelines_sklearn import classifier, regressor

KINDS = {"float": FloatTensorType, "double": DoubleTensorType, "int64": Int64TensorType,
         "string": StringTensorType, "bool": BooleanTensorType}


def inputs(**kinds):
    """One input per column, each of its own type."""
    return [(c, KINDS[k]([None, 1])) for c, k in kinds.items()], {}


def one_hot(**more):
    return preprocessing.OneHotEncoder(handle_unknown="ignore", sparse_output=False, **more)


def empty_texts(x, columns=("sex", "island")):
    """The frame as someone prepares it who knows that ONNX has no NULL in text."""
    x = x.copy()
    for c in columns:
        x[c] = [v if isinstance(v, str) else "" for v in x[c]]
    return x.astype({c: float for c in data.NUMBERS if c in x})


MISSING = {c: "nan" for c in data.NUMBERS}


@pipeline("Imputer, scaler, one-hot, then logistic regression of three classes", data.penguins,
          "classification", "float, int64, string and bool inputs, one per column; text labels, ZipMap")
def columns_logistic(d):
    model = pipe.make_pipeline(
        compose.ColumnTransformer([
            ("numbers", preprocessing.StandardScaler(), ["bill_length_mm", "bill_depth_mm"]),
            ("whole", preprocessing.StandardScaler(), ["flipper_length_mm", "body_mass_g", "year"]),
            ("texts", one_hot(), ["island", "sex"]),
            ("flags", "passthrough", ["heavy"])]),
        linear_model.LogisticRegression())
    types = inputs(island="string", bill_length_mm="float", bill_depth_mm="float",
                   flipper_length_mm="int64", body_mass_g="int64", sex="string", year="int64",
                   heavy="bool")
    return classifier(model.fit(d.x, d.y), d, types, test=d.rows)


def nulls_model(numbers, texts, model):
    return pipe.make_pipeline(
        compose.ColumnTransformer([("numbers", numbers, data.NUMBERS),
                                   ("texts", texts, ["island", "sex"])]), model)


def nulls_types(kind="float"):
    return inputs(island="string", **{c: kind for c in data.NUMBERS}, sex="string")


@pipeline("Imputer, scaler, one-hot with unseen texts, then logistic regression", data.penguins_nulls,
          "classification", "float and string inputs, one per column; NULL as NaN and as ''")
def columns_nulls_logistic(d):
    model = nulls_model(
        pipe.make_pipeline(impute.SimpleImputer(strategy="median"), preprocessing.StandardScaler()),
        one_hot(), linear_model.LogisticRegression())
    made = classifier(model.fit(empty_texts(d.x), d.y), d, nulls_types(), test=empty_texts(d.rows))
    made.options["missing"] = {**MISSING, "sex": "empty"}
    return made


@pipeline("Imputer of a constant, one-hot, then a forest", data.penguins_nulls,
          "classification", "float and string inputs; NULL text replaced by a word; tensors out")
def columns_constant_forest(d):
    words = d.x.copy()
    words["sex"] = [v if isinstance(v, str) else "not known" for v in words["sex"]]
    words = words.astype({c: float for c in data.NUMBERS})
    test = d.rows.copy()
    test["sex"] = [v if isinstance(v, str) else "not known" for v in test["sex"]]
    test = test.astype({c: float for c in data.NUMBERS})
    model = nulls_model(impute.SimpleImputer(strategy="constant", fill_value=-1.0), one_hot(),
                        ensemble.RandomForestClassifier(12, max_depth=5, random_state=0))
    made = classifier(model.fit(words, d.y), d, nulls_types(), test=test, zipmap=False)
    made.options["missing"] = {**MISSING, "sex": "not known"}
    return made


@pipeline("Ordinal encoder with unseen texts, then a decision tree", data.penguins_nulls,
          "classification", "float and string inputs; ZipMap as columns: one output per class")
def columns_ordinal_tree(d):
    model = nulls_model(
        impute.SimpleImputer(strategy="mean"),
        preprocessing.OrdinalEncoder(handle_unknown="use_encoded_value", unknown_value=-1),
        tree.DecisionTreeClassifier(max_depth=5, random_state=0))
    made = zipmap_columns(model.fit(empty_texts(d.x), d.y), d, nulls_types(), empty_texts(d.rows))
    made.options["missing"] = {**MISSING, "sex": "empty"}
    return made


def zipmap_columns(model, d, types, test):
    from fixture import Made, Output, label
    from pipelines_sklearn import convert

    graph = convert(model, types[0], options={id(model): {"zipmap": "columns"}})
    names = [o.name for o in graph.graph.output]
    scores = model.predict_proba(test)
    outputs = [label(names[0], model.predict(test))]
    outputs += [Output(n, "probability", scores[:, k], [str(model.classes_[k])])
                for k, n in enumerate(names[1:])]
    return Made(graph, outputs, types[1])


@pipeline("Infrequent texts into one, then nearest neighbours", data.penguins,
          "classification", "double and string inputs; tensors out")
def columns_infrequent_neighbours(d):
    model = pipe.make_pipeline(
        compose.ColumnTransformer([
            ("numbers", preprocessing.StandardScaler(), ["bill_length_mm", "bill_depth_mm"]),
            ("texts", preprocessing.OneHotEncoder(drop="if_binary", sparse_output=False),
             ["island", "sex"])]),
        neighbors.KNeighborsClassifier(5))
    keep = ["island", "bill_length_mm", "bill_depth_mm", "sex"]
    x = d.x.iloc[::2]
    types = inputs(island="string", bill_length_mm="double", bill_depth_mm="double", sex="string")
    return classifier(model.fit(x[keep], d.y[::2]), d, types, test=d.rows[keep], zipmap=False)


@pipeline("Scaler, polynomials, one-hot, then ridge", data.penguins_mass, "regression",
          "double and string inputs, one per column")
def columns_polynomial_ridge(d):
    # With a bias the converter gives float and double to one Concat.
    numbers = ["bill_length_mm", "bill_depth_mm", "flipper_length_mm"]
    model = pipe.make_pipeline(
        compose.ColumnTransformer([
            ("texts", one_hot(), ["island", "sex"]),
            ("numbers", pipe.make_pipeline(
                preprocessing.StandardScaler(),
                preprocessing.PolynomialFeatures(2, include_bias=False)), numbers)]),
        linear_model.Ridge(1.0))
    types = inputs(island="string", sex="string", bill_length_mm="double", bill_depth_mm="double",
                   flipper_length_mm="double")
    return regressor(model.fit(d.x, d.y), d, types, test=d.rows)


@pipeline("Polynomials of three columns in float32, then linear regression", data.penguins_mass,
          "regression", "one float matrix and one string matrix")
def columns_polynomial_float(d):
    numbers = ["bill_length_mm", "bill_depth_mm", "flipper_length_mm"]
    model = pipe.make_pipeline(
        compose.ColumnTransformer([("numbers", preprocessing.PolynomialFeatures(2), [0, 1, 2]),
                                   ("texts", one_hot(), [3, 4])]),
        linear_model.LinearRegression())
    order = [*numbers, "island", "sex"]
    types = ([("numbers", FloatTensorType([None, 3])), ("texts", StringTensorType([None, 2]))],
             {"input_columns": {"numbers": numbers, "texts": ["island", "sex"]}})
    x, test = d.x[order].to_numpy(dtype=object), d.rows[order].to_numpy(dtype=object)
    return regressor(model.fit(x, d.y), d, types, test=test)


@pipeline("Target encoder, then linear regression", data.penguins_mass, "regression",
          "float and string inputs, one per column")
def columns_target_encoder(d):
    model = pipe.make_pipeline(
        compose.ColumnTransformer([
            ("texts", preprocessing.TargetEncoder(random_state=0), ["island", "sex"]),
            ("numbers", "passthrough", ["bill_length_mm", "bill_depth_mm"])]),
        linear_model.LinearRegression())
    types = inputs(island="string", sex="string", bill_length_mm="float", bill_depth_mm="float")
    columns = ["island", "sex", "bill_length_mm", "bill_depth_mm"]
    return regressor(model.fit(d.x[columns], d.y + 0.5), d, types, test=d.rows[columns])


@pipeline("Bins, splines' poor cousin: k bins and one-hot of whole numbers", data.penguins,
          "classification", "int64 and double inputs; ZipMap; year one-hot as a number")
def columns_bins(d):
    model = pipe.make_pipeline(
        compose.ColumnTransformer([
            ("bins", preprocessing.KBinsDiscretizer(
                5, encode="ordinal", strategy="uniform"), ["bill_length_mm", "bill_depth_mm"]),
            ("years", one_hot(), ["year"])]),
        tree.DecisionTreeClassifier(max_depth=4, random_state=0))
    columns = ["bill_length_mm", "bill_depth_mm", "year"]
    types = inputs(bill_length_mm="float", bill_depth_mm="float", year="int64")
    return classifier(model.fit(d.x[columns], d.y), d, types, test=d.rows[columns])


@pipeline("Columns left over pass through, the rest is dropped", data.penguins, "classification",
          "inputs for columns that the model then drops; int64 labels")
def columns_remainder(d):
    model = pipe.make_pipeline(
        compose.ColumnTransformer([
            ("texts", one_hot(), ["sex"]), ("none", "drop", ["island"])], remainder="passthrough"),
        ensemble.GradientBoostingClassifier(n_estimators=6, max_depth=2, random_state=0))
    x, test = d.x.drop(columns=["heavy"]), d.rows.drop(columns=["heavy"])
    y = np.unique(d.y, return_inverse=True)[1] + 7
    types = inputs(island="string", bill_length_mm="float", bill_depth_mm="float",
                   flipper_length_mm="float", body_mass_g="float", sex="string", year="float")
    return classifier(model.fit(x, y), d, types, test=test)
