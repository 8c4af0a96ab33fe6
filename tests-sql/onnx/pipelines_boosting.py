"""XGBoost and LightGBM, by onnxmltools, alone and behind scikit-learn's preparation."""
import json

import lightgbm
import numpy as np
import xgboost
from onnxmltools import convert_lightgbm, convert_xgboost
from onnxmltools.convert.common.data_types import FloatTensorType
from onnxmltools.convert.lightgbm.operator_converters.LightGbm import (
    convert_lightgbm as lightgbm_converter)
from onnxmltools.convert.xgboost.operator_converters.XGBoost import (
    convert_xgboost as xgboost_converter)
from skl2onnx import update_registered_converter
from skl2onnx.common.shape_calculator import (
    calculate_linear_classifier_output_shapes, calculate_linear_regressor_output_shapes)
from sklearn import impute, preprocessing

import data
from fixture import Made, label, number, pipeline, probabilities

XGBOOST = {"library": "xgboost", "converter": "onnxmltools"}
LIGHTGBM = {"library": "lightgbm", "converter": "onnxmltools"}


def types_of(d, name="float_input"):
    return [(name, FloatTensorType([None, len(d.columns)]))], {"input_columns": {name: d.columns}}


def boosted(model, d, convert, test=None, classes=None, **more):
    """Classifier or regressor, whichever the model is."""
    types, needed = types_of(d)
    graph = convert(model, initial_types=types, name="model", target_opset=15, **more)
    test = d.test if test is None else test
    names = [o.name for o in graph.graph.output]
    if not hasattr(model, "predict_proba"):
        return Made(graph, [number(names[0], model.predict(test))], needed)
    return Made(graph, [label(names[0], model.predict(test)),
                        probabilities(names[1], model.predict_proba(test), model.classes_)], needed)


def nulls(made):
    made.options["missing"] = "nan"
    return made


def codes(y):
    return np.unique(y, return_inverse=True)[1]


def xgb(kind, **more):
    settings = {"n_estimators": 20, "max_depth": 3, "learning_rate": 0.3, "n_jobs": 1,
                "random_state": 0, "tree_method": "exact", **more}
    return getattr(xgboost, kind)(**settings)


@pipeline("XGBoost, two classes", data.cancer, "classification",
          "one float matrix; label and probabilities as tensors", **XGBOOST)
def xgboost_binary(d):
    return boosted(xgb("XGBClassifier").fit(d.matrix, codes(d.y)), d, convert_xgboost)


@pipeline("XGBoost, three classes", data.wine, "classification",
          "one float matrix; label and probabilities as tensors", **XGBOOST)
def xgboost_multi(d):
    return boosted(xgb("XGBClassifier", n_estimators=10).fit(d.matrix, d.y), d, convert_xgboost)


@pipeline("XGBoost, regression", data.diabetes, "regression", "one float matrix", **XGBOOST)
def xgboost_regressor(d):
    return boosted(xgb("XGBRegressor").fit(d.matrix, d.y), d, convert_xgboost)


@pipeline("XGBoost with missing values", data.cancer_nulls, "classification",
          "one float matrix that takes NaN", **XGBOOST)
def xgboost_missing(d):
    return nulls(boosted(xgb("XGBClassifier").fit(d.matrix, codes(d.y)), d, convert_xgboost))


@pipeline("XGBoost with missing values, regression of counts", data.diabetes_nulls, "regression",
          "one float matrix that takes NaN; exp behind the trees", **XGBOOST)
def xgboost_poisson(d):
    return nulls(boosted(xgb("XGBRegressor", objective="count:poisson").fit(d.matrix, d.y), d,
                         convert_xgboost))


@pipeline("XGBoost's random forest", data.cancer, "classification", "one float matrix", **XGBOOST)
def xgboost_forest(d):
    model = xgboost.XGBRFClassifier(n_estimators=15, max_depth=4, n_jobs=1, random_state=0)
    return boosted(model.fit(d.matrix, codes(d.y)), d, convert_xgboost)


@pipeline("XGBoost, ranking", data.diabetes_ranked, "ranking", "one float matrix; one score",
          **XGBOOST)
def xgboost_ranking(d):
    model = xgb("XGBRanker", objective="rank:pairwise")
    model.fit(d.matrix, d.y, group=[11] * (len(d.y) // 11))
    types, needed = types_of(d)
    # onnxmltools takes no XGBRanker, and makes a classifier of a Booster with this objective.
    raw = json.loads(bytes(model.get_booster().save_raw("json")))
    raw["learner"]["objective"] = {"name": "reg:squarederror",
                                   "reg_loss_param": {"scale_pos_weight": "1"}}
    scorer = xgboost.XGBRegressor()
    scorer.load_model(bytearray(json.dumps(raw).encode()))
    graph = convert_xgboost(scorer, initial_types=types, name="model", target_opset=15)
    return Made(graph, [number(graph.graph.output[0].name, model.predict(d.test))], needed)


@pipeline("XGBoost, a Booster with feature names", data.diabetes, "regression",
          "one float matrix called features", **XGBOOST)
def xgboost_booster(d):
    names = [f"f{k}" for k in range(len(d.columns))]
    booster = xgboost.train({"max_depth": 3, "eta": 0.3, "nthread": 1, "seed": 0},
                            xgboost.DMatrix(d.matrix, d.y, feature_names=names), 15)
    types, needed = types_of(d, "features")
    graph = convert_xgboost(booster, initial_types=types, name="model", target_opset=15)
    want = booster.predict(xgboost.DMatrix(d.test, feature_names=names))
    return Made(graph, [number(graph.graph.output[0].name, want)], needed)


def registered():
    """Lets skl2onnx convert pipelines that end in one of the two libraries."""
    for kind, name, converter, shapes, options in (
            (xgboost.XGBClassifier, "XGBoostXGBClassifier", xgboost_converter,
             calculate_linear_classifier_output_shapes, {"nocl": [True, False], "zipmap": [
                 True, False, "columns"]}),
            (xgboost.XGBRegressor, "XGBoostXGBRegressor", xgboost_converter,
             calculate_linear_regressor_output_shapes, None),
            (lightgbm.LGBMClassifier, "LightGbmLGBMClassifier", lightgbm_converter,
             calculate_linear_classifier_output_shapes, {"nocl": [True, False], "zipmap": [
                 True, False, "columns"]}),
            (lightgbm.LGBMRegressor, "LightGbmLGBMRegressor", lightgbm_converter,
             calculate_linear_regressor_output_shapes, {"split": None})):
        update_registered_converter(kind, name, shapes, converter, options=options)


@pipeline("Imputer, one-hot with unseen texts, then XGBoost", data.penguins_nulls, "classification",
          "float and string inputs, one per column; int64 labels, ZipMap",
          library="scikit-learn + xgboost", converter="skl2onnx + onnxmltools")
def columns_xgboost(d):
    from pipelines_columns import MISSING, empty_texts, nulls_model, nulls_types, one_hot
    from pipelines_sklearn import classifier

    registered()
    model = nulls_model(impute.SimpleImputer(), one_hot(), xgb("XGBClassifier", n_estimators=10))
    model.fit(empty_texts(d.x), codes(d.y))
    made = classifier(model, d, nulls_types(), test=empty_texts(d.rows), opset=15)
    made.options["missing"] = {**MISSING, "sex": "empty"}
    return made


@pipeline("Ordinal encoder, then LightGBM with NULLs", data.penguins_nulls, "classification",
          "float and string inputs, one per column; text labels, tensors out",
          library="scikit-learn + lightgbm", converter="skl2onnx + onnxmltools")
def columns_lightgbm(d):
    from pipelines_columns import MISSING, empty_texts, nulls_model, nulls_types
    from pipelines_sklearn import classifier

    registered()
    ordinal = preprocessing.OrdinalEncoder(handle_unknown="use_encoded_value", unknown_value=-1)
    model = nulls_model("passthrough", ordinal, lgb("LGBMClassifier", n_estimators=8))
    model.fit(empty_texts(d.x), d.y)
    made = classifier(model, d, nulls_types(), test=empty_texts(d.rows), opset=15, zipmap=False)
    made.options["missing"] = {**MISSING, "sex": "empty"}
    return made


def lgb(kind, **more):
    settings = {"n_estimators": 20, "num_leaves": 8, "n_jobs": 1, "random_state": 0,
                "deterministic": True, "force_row_wise": True, "verbose": -1, **more}
    return getattr(lightgbm, kind)(**settings)


@pipeline("LightGBM, two classes", data.cancer, "classification",
          "one float matrix; text labels, ZipMap", **LIGHTGBM)
def lightgbm_binary(d):
    return boosted(lgb("LGBMClassifier").fit(d.matrix, d.y), d, convert_lightgbm)


@pipeline("LightGBM, three classes", data.wine, "classification",
          "one float matrix; tensors out", **LIGHTGBM)
def lightgbm_multi(d):
    return boosted(lgb("LGBMClassifier", n_estimators=8).fit(d.matrix, d.y), d, convert_lightgbm,
                   zipmap=False)


@pipeline("LightGBM, regression", data.diabetes, "regression", "one float matrix", **LIGHTGBM)
def lightgbm_regressor(d):
    return boosted(lgb("LGBMRegressor").fit(d.matrix, d.y), d, convert_lightgbm)


@pipeline("LightGBM, regression, sum of the trees in double", data.diabetes, "regression",
          "one float matrix; TreeEnsembleRegressor in parts of 5 trees (split)", **LIGHTGBM)
def lightgbm_split(d):
    return boosted(lgb("LGBMRegressor").fit(d.matrix, d.y), d, convert_lightgbm, split=5)


@pipeline("LightGBM with missing values", data.cancer_nulls, "classification",
          "one float matrix that takes NaN; ZipMap", **LIGHTGBM)
def lightgbm_missing(d):
    return nulls(boosted(lgb("LGBMClassifier").fit(d.matrix, d.y), d, convert_lightgbm))


@pipeline("LightGBM with columns that are categories", data.penguins_category, "regression",
          "one float matrix; BRANCH_EQ", **LIGHTGBM)
def lightgbm_categories(d):
    model = lgb("LGBMRegressor", n_estimators=10, min_child_samples=5, cat_smooth=1)
    model.fit(d.matrix, d.y, categorical_feature=[0, 1])
    return boosted(model, d, convert_lightgbm)


@pipeline("LightGBM, ranking", data.diabetes_ranked, "ranking", "one float matrix; one score",
          **LIGHTGBM)
def lightgbm_ranking(d):
    model = lgb("LGBMRanker").fit(d.matrix, d.y, group=[11] * (len(d.y) // 11))
    types, needed = types_of(d)
    graph = convert_lightgbm(model.booster_, initial_types=types, name="model", target_opset=15)
    return Made(graph, [number(graph.graph.output[0].name, model.predict(d.test))], needed)
