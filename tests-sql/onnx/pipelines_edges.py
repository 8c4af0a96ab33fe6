"""Graphs whose edge is unusual: names, shapes, types and defaults that a loader must meet."""
import json

import numpy as np
import onnx
from onnx import TensorProto as T, helper as h, numpy_helper
from sklearn import (
    compose, ensemble, linear_model, neural_network, pipeline as pipe, preprocessing)
from skl2onnx.common.data_types import DoubleTensorType, FloatTensorType

import data
from fixture import Made, Output, label, number, pipeline, probabilities, vector
from pipelines_sklearn import classifier, columns, matrix, regressor, scaled


def logistic(d, y=None):
    return scaled(linear_model.LogisticRegression()).fit(d.matrix, d.y if y is None else y)


# ---- names ---------------------------------------------------------------------------------------


@pipeline("Columns named as in a spreadsheet", data.wine_units, "classification",
          "one float input per column, renamed by the exporter: 'alcohol (%)' becomes alcohol____")
def renamed_inputs(d):
    model = pipe.make_pipeline(
        compose.ColumnTransformer([("all", preprocessing.StandardScaler(), d.columns)]),
        linear_model.LogisticRegression())
    model.fit(d.x, d.y)
    made = classifier(model, d, columns(d), test=d.rows)
    names = [i.name for i in made.onnx.graph.input]
    made.options["input_columns"] = {n: [c] for n, c in zip(names, d.columns) if n != c}
    return made


@pipeline("Feature names in the file", data.iris, "classification",
          "one float matrix X; metadata_props feature_names as a JSON array: nothing to say")
def names_in_metadata(d):
    made = classifier(logistic(d), d, matrix(d, name="X"), zipmap=False)
    onnx.helper.set_model_props(made.onnx, {"feature_names": json.dumps(d.columns),
                                            "author": "nobody", "empty": ""})
    made.options = {}
    return made


@pipeline("Inputs whose names differ in case alone", data.iris_case, "regression",
          "double inputs x and X")
def names_in_case(d):
    model = linear_model.LinearRegression().fit(d.matrix, d.y)
    graph = h.make_graph(
        [h.make_node("Concat", ["x", "X"], ["both"], axis=1),
         h.make_node("MatMul", ["both", "w"], ["product"]),
         h.make_node("Add", ["product", "b"], ["y"])], "g",
        [h.make_tensor_value_info(n, T.DOUBLE, [None, 1]) for n in ("x", "X")],
        [h.make_tensor_value_info("y", T.DOUBLE, [None, 1])],
        [numpy_helper.from_array(model.coef_.reshape(-1, 1), "w"),
         numpy_helper.from_array(np.array([model.intercept_]), "b")])
    return Made(built(graph), [number("y", model.predict(d.test))])


def built(graph, opset=21, ml=None, ir=10):
    domains = [h.make_opsetid("", opset)] + ([h.make_opsetid("ai.onnx.ml", ml)] if ml else [])
    return h.make_model(graph, opset_imports=domains, ir_version=ir, producer_name="onnx.helper")


def linear_graph(model, d, inputs, head, x="matrix", more=(), outputs=("y",), kind=T.DOUBLE,
                 shape=(None, 1)):
    """A linear model by hand behind the nodes of head, which make the tensor x."""
    return h.make_graph(
        [*head, h.make_node("MatMul", [x, "w"], ["product"]),
         h.make_node("Add", ["product", "b"], ["y"])], "g", inputs,
        [h.make_tensor_value_info(o, kind, list(shape)) for o in outputs],
        [numpy_helper.from_array(model.coef_.reshape(-1, 1), "w"),
         numpy_helper.from_array(np.array([model.intercept_]), "b"), *more])


@pipeline("Reserved words as names", data.iris_words, "regression",
          "double inputs select, order, group and 'from'; an output called where")
def names_reserved(d):
    model = linear_model.LinearRegression().fit(d.matrix, d.y)
    graph = linear_graph(
        model, d, [h.make_tensor_value_info(c, T.DOUBLE, [None, 1]) for c in d.columns],
        [h.make_node("Concat", d.columns, ["matrix"], axis=1)])
    graph.node[-1].output[0] = graph.output[0].name = "where"
    return Made(built(graph), [number("where", model.predict(d.test))])


# ---- labels --------------------------------------------------------------------------------------


@pipeline("Class names: empty, 'null', and two that differ in case", data.wine_classes,
          "classification", "one float matrix; text labels, ZipMap")
def labels_awkward(d):
    return classifier(logistic(d), d, matrix(d))


@pipeline("Boolean labels", data.cancer_bool, "classification",
          "one float matrix; the label comes back as bool or int64")
def labels_boolean(d):
    made = classifier(logistic(d), d, matrix(d), zipmap=False)
    made.outputs[0].values = [int(v) for v in made.outputs[0].values]
    made.outputs[1].classes = [int(v) for v in made.outputs[1].classes]
    return made


@pipeline("Boolean labels as bool", data.cancer_bool, "classification",
          "one double matrix; a label tensor of type bool and one probability [N]")
def labels_bool_tensor(d):
    model = linear_model.LogisticRegression(C=0.01).fit((d.matrix - 10) / 10, d.y)
    graph = linear_graph(
        model, d, [h.make_tensor_value_info("x", T.DOUBLE, [None, len(d.columns)])],
        [h.make_node("Sub", ["x", "ten"], ["moved"]), h.make_node("Div", ["moved", "ten"], ["matrix"])],
        more=[numpy_helper.from_array(np.array([10.0]), "ten"),
              numpy_helper.from_array(np.array([1]), "axis"),
              numpy_helper.from_array(np.array([0.5]), "half")])
    graph.node.extend([h.make_node("Sigmoid", ["y"], ["column"]),
                       h.make_node("Squeeze", ["column", "axis"], ["probability"]),
                       h.make_node("Greater", ["probability", "half"], ["label"])])
    del graph.output[:]
    graph.output.extend([h.make_tensor_value_info("label", T.BOOL, [None]),
                         h.make_tensor_value_info("probability", T.DOUBLE, [None])])
    graph.node[-4].output[0] = graph.node[-3].input[0] = "y"
    scores = model.predict_proba((d.test - 10) / 10)[:, 1]
    return Made(built(graph), [label("label", scores > 0.5),
                               Output("probability", "probability", scores, [True])],
                {"input_columns": {"x": d.columns}})


@pipeline("Labels that are floats", data.wine_floats, "classification",
          "one float matrix; labels 1.0, 2.0, 3.0 come back as int64")
def labels_float(d):
    made = classifier(logistic(d), d, matrix(d))
    made.outputs[0].values = [int(v) for v in made.outputs[0].values]
    made.outputs[1].classes = [int(v) for v in made.outputs[1].classes]
    return made


@pipeline("Labels -1 and 1, gaps between", data.wine_gaps, "classification",
          "one float matrix; int64 labels -1, 5, 100 as ZipMap keys")
def labels_with_gaps(d):
    return classifier(logistic(d), d, matrix(d))


@pipeline("ZipMap as columns", data.wine, "classification",
          "one float matrix; an output per class, float[N, 1] or [N]")
def zipmap_columns(d):
    from pipelines_columns import zipmap_columns as made

    return made(logistic(d), d, matrix(d), d.test)


@pipeline("Probabilities alone, class names from the user", data.cancer, "classification",
          "one double matrix; one [N, 2] output; labels by option")
def labels_from_option(d):
    model = logistic(d)
    made = classifier(model, d, matrix(d), zipmap=False)
    keep = [o for o in made.onnx.graph.output if o.name == "probabilities"]
    del made.onnx.graph.output[:]
    made.onnx.graph.output.extend(keep)
    made.outputs = made.outputs[1:]
    made.options.update(labels=[str(c) for c in model.classes_], task="classification")
    return made


# ---- shapes --------------------------------------------------------------------------------------


@pipeline("Fixed batch of 1", data.iris, "classification", "one float[1, 4]: row by row; ZipMap")
def fixed_batch(d):
    return classifier(logistic(d), d, ([("float_input", FloatTensorType([1, 4]))],
                                       {"input_columns": {"float_input": d.columns}}))


@pipeline("Named dimensions", data.diabetes, "regression",
          "one double[batch, features]: the width is not in the file")
def symbolic_dimensions(d):
    made = regressor(scaled(linear_model.Ridge()).fit(d.matrix, d.y), d, matrix(d, DoubleTensorType))
    for value, dims in ((made.onnx.graph.input[0], ("batch", "features")),
                        (made.onnx.graph.output[0], ("batch", "one"))):
        for dim, name in zip(value.type.tensor_type.shape.dim, dims):
            dim.Clear()
            dim.dim_param = name
    return made


@pipeline("An output that declares [1] and gives [N]", data.iris, "classification",
          "one float matrix; label declared int64[1]; the graph is right otherwise")
def declared_one(d):
    y = np.unique(d.y, return_inverse=True)[1]
    made = classifier(logistic(d, y), d, matrix(d), zipmap=False)
    shape = made.onnx.graph.output[0].type.tensor_type.shape
    del shape.dim[:]
    shape.dim.add().dim_value = 1
    return made


@pipeline("One-dimensional inputs", data.iris, "regression",
          "four double[N] inputs, one output [N]")
def rank_one(d):
    y = d.matrix[:, 3] * 2 - d.matrix[:, 0]
    model = linear_model.LinearRegression().fit(d.matrix, y)
    names = d.columns
    graph = linear_graph(
        model, d, [h.make_tensor_value_info(c, T.DOUBLE, ["n"]) for c in names],
        [h.make_node("Unsqueeze", [c, "axis"], [c + "_2"]) for c in names]
        + [h.make_node("Concat", [c + "_2" for c in names], ["matrix"], axis=1)],
        more=[numpy_helper.from_array(np.array([1]), "axis")])
    graph.node.append(h.make_node("Squeeze", ["y", "axis"], ["amount"]))
    del graph.output[:]
    graph.output.append(h.make_tensor_value_info("amount", T.DOUBLE, ["n"]))
    return Made(built(graph), [number("amount", model.predict(d.test))])


@pipeline("Outputs without a shape", data.iris, "transform",
          "one double matrix; [N, 2] output that declares no shape at all")
def output_without_shape(d):
    w = np.arange(8, dtype=np.float64).reshape(4, 2) / 7
    graph = h.make_graph(
        [h.make_node("MatMul", ["x", "w"], ["y"])], "g",
        [h.make_tensor_value_info("x", T.DOUBLE, ["N", 4])],
        [h.make_tensor_value_info("y", T.DOUBLE, None)], [numpy_helper.from_array(w, "w")])
    return Made(built(graph), [vector("y", d.test @ w)], {"input_columns": {"x": d.columns}})


# ---- types and defaults --------------------------------------------------------------------------


@pipeline("Inputs with defaults", data.diabetes, "regression",
          "double[N, 10] and two inputs that have an initializer, shift and scale: not columns")
def default_inputs(d):
    model = linear_model.LinearRegression().fit(d.matrix, d.y)
    graph = linear_graph(
        model, d, [h.make_tensor_value_info("x", T.DOUBLE, [None, 10]),
                   h.make_tensor_value_info("shift", T.DOUBLE, [1]),
                   h.make_tensor_value_info("scale", T.DOUBLE, [1])],
        [h.make_node("Add", ["x", "shift"], ["moved"]), h.make_node("Mul", ["moved", "scale"], ["matrix"])],
        more=[numpy_helper.from_array(np.array([0.0]), "shift"),
              numpy_helper.from_array(np.array([1.0]), "scale")])
    return Made(built(graph), [number("y", model.predict(d.test))],
                {"input_columns": {"x": d.columns}})


@pipeline("All initializers listed as inputs, as files of IR version 3 have to", data.iris,
          "classification", "one float matrix; more inputs that are weights; old opsets (9, 1)")
def weights_as_inputs(d):
    model = scaled(neural_network.MLPClassifier(
        hidden_layer_sizes=(6,), max_iter=800, random_state=0)).fit(d.matrix, d.y)
    made = classifier(model, d, matrix(d), opset=9, ml=1)
    graph = made.onnx.graph
    for i in graph.initializer:
        graph.input.append(h.make_tensor_value_info(i.name, i.data_type, list(i.dims)))
    made.onnx.ir_version = 3
    return made


@pipeline("int32, uint8, float16 and bool inputs", data.penguins_small, "regression",
          "one input per column, each of another type; float16 out",
          cause="the output is a float16: three digits")
def small_types(d):
    graph = h.make_graph(
        [h.make_node("Cast", [c], [c + "_d"], to=T.DOUBLE) for c in d.columns]
        + [h.make_node("Concat", [c + "_d" for c in d.columns], ["matrix"], axis=1),
           h.make_node("MatMul", ["matrix", "w"], ["sum"]),
           h.make_node("Cast", ["sum"], ["y"], to=T.FLOAT16)], "g",
        [h.make_tensor_value_info(c, t, ["N", 1]) for c, t in zip(
            d.columns, (T.INT32, T.UINT8, T.FLOAT16, T.BOOL))],
        [h.make_tensor_value_info("y", T.FLOAT16, ["N", 1])],
        [numpy_helper.from_array(np.array([[0.01], [0.5], [0.25], [2.0]]), "w")])
    return Made(built(graph), [number("y", (d.test @ [0.01, 0.5, 0.25, 2.0]))])


@pipeline("Whole numbers beyond 2^53", data.big_numbers, "regression",
          "int64[N, 1]; an int64 answer that a detour over double would get wrong",
          library="onnx", converter="onnx")
def big_integers(d):
    graph = h.make_graph(
        [h.make_node("Mod", ["account", "seven"], ["rest"]),
         h.make_node("Add", ["account", "rest"], ["next"])], "g",
        [h.make_tensor_value_info("account", T.INT64, ["N", 1])],
        [h.make_tensor_value_info("rest", T.INT64, ["N", 1]),
         h.make_tensor_value_info("next", T.INT64, ["N", 1])],
        [numpy_helper.from_array(np.array([[7]]), "seven")])
    accounts = [int(v) for v in d.rows["account"]]
    # kind label: to be compared as they are, not as numbers with a tolerance
    return Made(built(graph), [label("rest", [a % 7 for a in accounts]),
                               label("next", [a + a % 7 for a in accounts])])


@pipeline("Newest opset that ONNX Runtime 1.28 knows", data.iris, "regression",
          "double matrix; opset 26, IR version 13")
def newest_opset(d):
    model = linear_model.LinearRegression().fit(d.matrix, d.matrix[:, 0])
    graph = linear_graph(model, d, [h.make_tensor_value_info("matrix", T.DOUBLE, ["N", 4])], [])
    return Made(built(graph, opset=26, ir=13), [number("y", model.predict(d.test))],
                {"input_columns": {"matrix": d.columns}})


@pipeline("An input that nothing reads", data.diabetes, "regression",
          "double inputs age, bmi and one called not_used; no column of that name")
def unused_input(d):
    two = d.matrix[:, [0, 2]]
    model = linear_model.LinearRegression().fit(two, d.y)
    graph = linear_graph(
        model, d, [h.make_tensor_value_info(c, T.DOUBLE, [None, 1]) for c in ("age", "bmi", "not_used")],
        [h.make_node("Concat", ["age", "bmi"], ["matrix"], axis=1)])
    return Made(built(graph), [number("y", model.predict(d.test[:, [0, 2]]))],
                {"input_columns": {"not_used": ["sex"]}})


# ---- local functions, TreeEnsemble of ai.onnx.ml 5 -----------------------------------------------


@pipeline("Local functions of a domain of its own", data.iris, "regression",
          "one double matrix; a node of the domain local.shop, defined in the file")
def local_functions(d):
    model = linear_model.LinearRegression().fit(d.matrix, d.matrix[:, 1])
    function = h.make_function(
        "local.shop", "Linear", ["a", "w", "b"], ["c"],
        [h.make_node("MatMul", ["a", "w"], ["p"]), h.make_node("Add", ["p", "b"], ["c"])],
        [h.make_opsetid("", 21)])
    graph = h.make_graph(
        [h.make_node("Linear", ["x", "w", "b"], ["y"], domain="local.shop")], "g",
        [h.make_tensor_value_info("x", T.DOUBLE, ["N", 4])],
        [h.make_tensor_value_info("y", T.DOUBLE, ["N", 1])],
        [numpy_helper.from_array(model.coef_.reshape(-1, 1), "w"),
         numpy_helper.from_array(np.array([model.intercept_]), "b")])
    made = h.make_model(graph, opset_imports=[h.make_opsetid("", 21), h.make_opsetid("local.shop", 1)],
                        functions=[function], ir_version=10, producer_name="onnx.helper")
    return Made(made, [number("y", model.predict(d.test))], {"input_columns": {"x": d.columns}})


def tree_ensemble(trees, kind, width, weight, x="x"):
    """Attributes of a TreeEnsemble for fitted trees of scikit-learn: x <= threshold goes left."""
    nodes = {k: [] for k in ("modes", "features", "splits", "true", "true_leaf", "false",
                             "false_leaf")}
    leaves = {"targets": [], "weights": []}
    roots = []
    for t in trees:
        t = t.tree_
        inner = [n for n in range(t.node_count) if t.children_left[n] >= 0]
        place = {n: len(nodes["modes"]) + k for k, n in enumerate(inner)}
        roots.append(len(nodes["modes"]))
        leaf = {}
        for n in range(t.node_count):
            if t.children_left[n] < 0:
                leaf[n] = len(leaves["targets"])
                # A leaf has one target: a row of probabilities is as many trees.
                leaves["targets"].append(0)
                leaves["weights"].append(weight(t, n))
        for n in inner:
            nodes["modes"].append(0)
            nodes["features"].append(int(t.feature[n]))
            nodes["splits"].append(float(t.threshold[n]))
            for side, child in (("true", t.children_left[n]), ("false", t.children_right[n])):
                nodes[side].append(leaf.get(child, place.get(child)))
                nodes[side + "_leaf"].append(int(child in leaf))
    dtype = np.float64 if kind == T.DOUBLE else np.float32
    return h.make_node(
        "TreeEnsemble", [x], ["sum"], domain="ai.onnx.ml", n_targets=width, tree_roots=roots,
        aggregate_function=1, post_transform=0,
        nodes_modes=numpy_helper.from_array(np.array(nodes["modes"], dtype=np.uint8), "modes"),
        nodes_featureids=nodes["features"],
        nodes_splits=numpy_helper.from_array(np.array(nodes["splits"], dtype=dtype), "splits"),
        nodes_truenodeids=nodes["true"], nodes_trueleafs=nodes["true_leaf"],
        nodes_falsenodeids=nodes["false"], nodes_falseleafs=nodes["false_leaf"],
        leaf_targetids=leaves["targets"],
        leaf_weights=numpy_helper.from_array(np.array(leaves["weights"], dtype=dtype), "weights"))


@pipeline("Forest as TreeEnsemble of ai.onnx.ml 5, double", data.diabetes, "regression",
          "one double matrix; attributes that are tensors", converter="onnx")
def tree_ensemble_double(d):
    model = ensemble.RandomForestRegressor(10, max_depth=5, random_state=0).fit(d.matrix, d.y)
    node = tree_ensemble(model.estimators_, T.DOUBLE, 1,
                         lambda t, n: t.value[n].item() / len(model.estimators_), "rounded")
    # The library rounds rows to float32 and compares with thresholds in double.
    round_off = [h.make_node("Cast", ["x"], ["x_float"], to=T.FLOAT),
                 h.make_node("Cast", ["x_float"], ["rounded"], to=T.DOUBLE)]
    graph = h.make_graph([*round_off, node], "g", [h.make_tensor_value_info("x", T.DOUBLE, ["N", 10])],
                         [h.make_tensor_value_info("sum", T.DOUBLE, ["N", 1])])
    return Made(built(graph, ml=5), [number("sum", model.predict(d.test))],
                {"input_columns": {"x": d.columns}})


@pipeline("Tree as TreeEnsemble of ai.onnx.ml 5, float, with labels", data.cancer, "classification",
          "one float matrix; probability of the second class, label by comparison", converter="onnx")
def tree_ensemble_float(d):
    model = ensemble.ExtraTreesClassifier(8, max_depth=5, random_state=0).fit(d.matrix, d.y)
    node = tree_ensemble(model.estimators_, T.FLOAT, 1,
                         lambda t, n: t.value[n][0, 1] / t.value[n].sum() / len(model.estimators_))
    labels = [str(c).encode() for c in model.classes_]
    graph = h.make_graph(
        [node, h.make_node("Sub", ["one", "sum"], ["other"]),
         h.make_node("Concat", ["other", "sum"], ["probabilities"], axis=1),
         h.make_node("ArgMax", ["probabilities"], ["index"], axis=1, keepdims=0),
         h.make_node("LabelEncoder", ["index"], ["label"], domain="ai.onnx.ml",
                     keys_int64s=[0, 1], values_strings=labels)],
        "g", [h.make_tensor_value_info("x", T.FLOAT, ["N", 10])],
        [h.make_tensor_value_info("label", T.STRING, ["N"]),
         h.make_tensor_value_info("probabilities", T.FLOAT, ["N", 2])],
        [numpy_helper.from_array(np.array([1], dtype=np.float32), "one")])
    return Made(built(graph, ml=5), [label("label", model.predict(d.test)),
                                     probabilities("probabilities", model.predict_proba(d.test),
                                                   model.classes_)],
                {"input_columns": {"x": d.columns}})


@pipeline("TreeEnsemble that tells by set membership, with NULLs", data.penguins_codes, "regression",
          "one double matrix with NaN; BRANCH_MEMBER, two trees, one of them a single leaf",
          library="onnx", converter="onnx")
def tree_ensemble_member(d):
    """By hand: island in {0, 2} ? (mass <= 4000, NULL goes right ? 1 : 2) : 3, plus 0.5."""
    # The tree that is one leaf comes first: elsewhere ONNX Runtime 1.28 takes the wrong leaf.
    node = h.make_node(
        "TreeEnsemble", ["x"], ["sum"], domain="ai.onnx.ml", n_targets=1, tree_roots=[0, 1],
        aggregate_function=1, post_transform=0,
        nodes_modes=numpy_helper.from_array(np.array([0, 6, 0], dtype=np.uint8), "modes"),
        nodes_featureids=[0, 0, 1],
        nodes_splits=numpy_helper.from_array(np.array([0.0, 0.0, 4000.0]), "splits"),
        membership_values=numpy_helper.from_array(np.array([0.0, 2.0, np.nan]), "members"),
        nodes_missing_value_tracks_true=[0, 0, 0],
        nodes_truenodeids=[0, 2, 1], nodes_trueleafs=[1, 0, 1],
        nodes_falsenodeids=[0, 3, 2], nodes_falseleafs=[1, 1, 1],
        leaf_targetids=[0, 0, 0, 0],
        leaf_weights=numpy_helper.from_array(np.array([0.5, 1.0, 2.0, 3.0]), "weights"))
    graph = h.make_graph([node], "g", [h.make_tensor_value_info("x", T.DOUBLE, ["N", 2])],
                         [h.make_tensor_value_info("sum", T.DOUBLE, ["N", 1])])
    want = [0.5 + (3 if i not in (0, 2) else 1 if m is not None and m <= 4000 else 2)
            for i, m in zip(d.rows["island_code"], d.rows["body_mass_g"])]
    return Made(built(graph, ml=5), [number("sum", np.array(want, dtype=np.float64))],
                {"input_columns": {"x": ["island_code", "body_mass_g"]}, "missing": "nan"})


@pipeline("A branch and a loop inside", data.iris, "regression",
          "one double matrix; If and Loop (three rounds) with graphs of their own",
          library="onnx", converter="onnx")
def branch_and_loop(d):
    then = h.make_graph([h.make_node("Neg", ["total"], ["negative"])], "then", [],
                        [h.make_tensor_value_info("negative", T.DOUBLE, None)])
    other = h.make_graph([h.make_node("Identity", ["total"], ["same"])], "else", [],
                         [h.make_tensor_value_info("same", T.DOUBLE, None)])
    body = h.make_graph(
        [h.make_node("Identity", ["go_in"], ["go"]), h.make_node("Add", ["sum_in", "row_sum"], ["sum_out"])],
        "body", [h.make_tensor_value_info("round", T.INT64, []),
                 h.make_tensor_value_info("go_in", T.BOOL, []),
                 h.make_tensor_value_info("sum_in", T.DOUBLE, None)],
        [h.make_tensor_value_info("go", T.BOOL, []), h.make_tensor_value_info("sum_out", T.DOUBLE, None)])
    graph = h.make_graph(
        [h.make_node("ReduceSum", ["x", "axis"], ["row_sum"], keepdims=1),
         h.make_node("Loop", ["three", "", "row_sum"], ["total"], body=body),
         h.make_node("ReduceSum", ["x"], ["all"], keepdims=0),
         h.make_node("Less", ["all", "zero"], ["below"]),
         h.make_node("If", ["below"], ["y"], then_branch=then, else_branch=other)],
        "g", [h.make_tensor_value_info("x", T.DOUBLE, ["N", 4])],
        [h.make_tensor_value_info("y", T.DOUBLE, ["N", 1])],
        [numpy_helper.from_array(np.array([1]), "axis"),
         numpy_helper.from_array(np.array(3), "three"),
         numpy_helper.from_array(np.array(0.0), "zero")])
    return Made(built(graph), [number("y", 4 * d.test.sum(axis=1))], {"input_columns": {"x": d.columns}})
