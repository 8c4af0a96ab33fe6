#!/usr/bin/env python3
"""Makes hostile/: small files that a loader must refuse, and hostile.json with the reason of each.

    python3 make_hostile.py [--large FOLDER]

Each file is then given to ONNX Runtime in a process of its own, with a limit on time and memory,
and hostile.json says what it did: a file that is "answered" or that ends the process has to be
refused before it gets there. With --large the files that are not worth storing are written too.
"""
import json
import pathlib
import resource
import signal
import subprocess
import sys

sys.dont_write_bytecode = True

import numpy as np
import onnx
from onnx import TensorProto as T, helper as h, numpy_helper

HERE = pathlib.Path(__file__).parent
FOLDER = HERE / "hostile"
FILES = {}
LARGE = {}


def hostile(reason, stage="load", large=False, **more):
    """Registers a file. stage: 'load' where reading the file shows it, 'run' where a row does,
    'columns' where the file is fine and no SQL column can feed it."""

    def register(function):
        (LARGE if large else FILES)[function.__name__] = (function, reason, stage, more)
        return function

    return register


def value(name, kind=T.DOUBLE, shape=("N", 1)):
    return h.make_tensor_value_info(name, kind, None if shape is None else list(shape))


def constant(name, array):
    return numpy_helper.from_array(np.asarray(array), name)


def model(nodes, inputs=None, outputs=None, initializers=(), opset=21, ir=10, domains=(), **more):
    graph = h.make_graph(
        list(nodes), "hostile", [value("x")] if inputs is None else inputs,
        [value("y")] if outputs is None else outputs, list(initializers))
    imports = [h.make_opsetid("", opset)] + [h.make_opsetid(d, v) for d, v in domains]
    return h.make_model(graph, opset_imports=imports, ir_version=ir, **more)


def node(kind, inputs, outputs, **attributes):
    return h.make_node(kind, inputs, outputs, **attributes)


def add_one():
    return node("Add", ["x", "w"], ["y"])


ONE = [constant("w", [1.0])]

# ---- data outside of the file --------------------------------------------------------------------


def outside(name, location):
    tensor = T()
    tensor.name, tensor.data_type = name, T.DOUBLE
    tensor.dims.append(1)
    tensor.data_location = T.EXTERNAL
    for k, v in (("location", location), ("offset", "0"), ("length", "8")):
        entry = tensor.external_data.add()
        entry.key, entry.value = k, v
    return tensor


@hostile("an initializer lies in another file of the same folder")
def external_relative():
    return model([add_one()], initializers=[outside("w", "weights.bin")])


@hostile("an initializer lies in a file with an absolute path")
def external_absolute():
    return model([add_one()], initializers=[outside("w", "/etc/hostname")])


@hostile("an initializer lies above the folder")
def external_parent():
    return model([add_one()], initializers=[outside("w", "../../../../../../etc/hostname")])


@hostile("a location with a NUL")
def external_nul():
    return model([add_one()], initializers=[outside("w", "weights.bin\0.txt")])


@hostile("ONNX Runtime's own tag for an address in memory as location")
def external_memory():
    return model([add_one()], initializers=[outside("w", "*/_ORT_MEM_ADDR_/*")])


@hostile("data of another file, hidden in a Constant")
def external_in_constant():
    return model([node("Constant", [], ["w"], value=outside("", "weights.bin")), add_one()])


@hostile("data of another file, hidden in a branch of an If")
def external_in_branch():
    branch = h.make_graph([node("Add", ["x", "inner"], ["z"])], "branch", [], [value("z")],
                          [outside("inner", "/etc/hostname")])
    other = h.make_graph([node("Identity", ["x"], ["z"])], "other", [], [value("z")])
    return model([node("If", ["yes"], ["y"], then_branch=branch, else_branch=other)],
                 initializers=[constant("yes", True)])


@hostile("data of another file, hidden in a local function")
def external_in_function():
    f = h.make_function("local", "F", ["a"], ["b"], [
        node("Constant", [], ["w"], value=outside("", "weights.bin")), node("Add", ["a", "w"], ["b"])],
        [h.make_opsetid("", 21)])
    return model([node("F", ["x"], ["y"], domain="local")], domains=[("local", 1)], functions=[f])


@hostile("data of another file, hidden in a table of a TreeEnsemble")
def external_in_tree():
    made = tree5()
    a = next(a for a in made.graph.node[0].attribute if a.name == "leaf_weights")
    a.t.CopyFrom(outside("", "weights.bin"))
    return made


@hostile("data of another file, hidden in a sparse initializer")
def external_in_sparse():
    made = model([add_one()])
    made.graph.sparse_initializer.append(
        h.make_sparse_tensor(outside("w", "weights.bin"), constant("i", [0]), [1]))
    return made


# ---- operators -----------------------------------------------------------------------------------


@hostile("an operator of a domain that nobody knows: needs a native library")
def custom_domain():
    return model([node("Steal", ["x"], ["y"], domain="com.example")], domains=[("com.example", 1)])


@hostile("an operator that ONNX does not have")
def unknown_operator():
    return model([node("Telepathy", ["x"], ["y"])])


@hostile("an operator without a name")
def empty_operator():
    return model([node("", ["x"], ["y"])])


@hostile("an operator of a domain that the file does not import")
def domain_not_imported():
    return model([node("Scaler", ["x"], ["y"], domain="ai.onnx.ml", offset=[0.0], scale=[1.0])])


@hostile("an operator of onnxruntime-extensions: only where they are enabled")
def extensions_domain():
    return model([node("StringUpper", ["x"], ["y"], domain="ai.onnx.contrib")],
                 [value("x", T.STRING)], [value("y", T.STRING)], domains=[("ai.onnx.contrib", 1)])


@hostile("opset 27, ONNX Runtime 1.28 knows up to 26: name both numbers")
def opset_27():
    return model([add_one()], initializers=ONE, opset=27)


@hostile("opset 999")
def opset_999():
    return model([add_one()], initializers=ONE, opset=999)


@hostile("ai.onnx.ml 999")
def ml_opset_999():
    return model([node("Scaler", ["x"], ["y"], domain="ai.onnx.ml", offset=[0.0], scale=[1.0])],
                 [value("x", T.FLOAT)], [value("y", T.FLOAT)], domains=[("ai.onnx.ml", 999)])


@hostile("no opset at all")
def opset_missing():
    made = model([add_one()], initializers=ONE)
    del made.opset_import[:]
    return made


@hostile("IR version 999")
def ir_999():
    return model([add_one()], initializers=ONE, ir=999)


# ---- graphs --------------------------------------------------------------------------------------


@hostile("two nodes feed each other")
def cycle():
    return model([node("Add", ["x", "b"], ["a"]), node("Add", ["a", "x"], ["b"]),
                  node("Identity", ["b"], ["y"])])


@hostile("a node feeds itself")
def cycle_of_one():
    return model([node("Add", ["x", "y"], ["y"])])


@hostile("a local function calls itself")
def function_recursive():
    f = h.make_function("local", "F", ["a"], ["b"], [node("F", ["a"], ["b"], domain="local")],
                        [h.make_opsetid("", 21), h.make_opsetid("local", 1)])
    return model([node("F", ["x"], ["y"], domain="local")], domains=[("local", 1)], functions=[f])


@hostile("30 local functions, each calls the one below twice: 2^30 nodes when written out")
def function_bomb():
    imports = [h.make_opsetid("", 21), h.make_opsetid("local", 1)]
    functions = [h.make_function("local", "F0", ["a"], ["b"], [node("Neg", ["a"], ["b"])], imports)]
    for k in range(1, 30):
        below = f"F{k - 1}"
        functions.append(h.make_function("local", f"F{k}", ["a"], ["b"], [
            node(below, ["a"], ["m"], domain="local"), node(below, ["m"], ["b"], domain="local")],
            imports))
    return model([node("F29", ["x"], ["y"], domain="local")], domains=[("local", 1)],
                 functions=functions)


@hostile("an output that no node makes")
def output_missing():
    return model([node("Neg", ["x"], ["z"])])


@hostile("a node reads what nothing makes")
def input_dangling():
    return model([node("Add", ["x", "nowhere"], ["y"])])


@hostile("two outputs of one name")
def outputs_duplicate():
    return model([node("Neg", ["x"], ["y"])], outputs=[value("y"), value("y")])


@hostile("two inputs of one name")
def inputs_duplicate():
    return model([node("Neg", ["x"], ["y"])], [value("x"), value("x")])


@hostile("two nodes make one value")
def values_duplicate():
    return model([node("Neg", ["x"], ["y"]), node("Abs", ["x"], ["y"])])


@hostile("two initializers of one name")
def initializers_duplicate():
    return model([add_one()], initializers=[constant("w", [1.0]), constant("w", [2.0])])


@hostile("no inputs: gives the same for every row")
def no_inputs():
    return model([node("Neg", ["w"], ["y"])], [], initializers=[constant("w", [[1.0]])])


@hostile("no inputs but one that has a default")
def no_inputs_but_defaults():
    return model([node("Neg", ["w"], ["y"])], [value("w")], initializers=[constant("w", [[1.0]])])


@hostile("no outputs")
def no_outputs():
    return model([node("Neg", ["x"], ["y"])], outputs=[])


@hostile("no graph")
def no_graph():
    made = onnx.ModelProto()
    made.ir_version = 10
    made.opset_import.append(h.make_opsetid("", 21))
    return made


@hostile("no nodes, the output is the input", "columns")
def no_nodes():
    return model([], outputs=[value("x")])


@hostile("an If within an If, 60 deep: more than the 100 messages that protobuf reads")
def deep_nesting():
    def field(number, content):
        length, head = len(content), bytes([number << 3 | 2])
        while length > 127:
            head, length = head + bytes([length & 127 | 128]), length >> 7
        return head + bytes([length]) + content

    # Python's protobuf cannot write that either, so the outer levels are put together by hand.
    inner = h.make_graph([node("Neg", ["x"], ["z60"])], "g", [], [value("z60")]).SerializeToString()
    for k in reversed(range(60)):
        other = h.make_graph([node("Identity", ["x"], [f"e{k}"])], "e", [], [value(f"e{k}")])
        branch = h.make_attribute("else_branch", other).SerializeToString()
        deep = field(1, b"then_branch") + field(6, inner) + bytes([20 << 3 & 127 | 128, 1, 5])
        if_node = (node("If", ["yes"], [f"z{k}"]).SerializeToString()
                   + field(5, branch) + field(5, deep))
        shell = h.make_graph([], "g", [], [value(f"z{k}")]).SerializeToString()
        inner = field(1, if_node) + shell
    graph = inner + h.make_graph([node("Identity", ["z0"], ["y"])], "h", [value("x")], [value("y")],
                                 [constant("yes", True)]).SerializeToString()
    return model([]).SerializeToString()[:2] + field(7, graph) + field(
        8, h.make_opsetid("", 21).SerializeToString())


# ---- names ---------------------------------------------------------------------------------------


def named(x, y):
    return model([node("Neg", [x], [y])], [value(x)], [value(y)])


@hostile("an input's name with a NUL")
def name_nul():
    return named("a\0b", "y")


@hostile("an output's name of 10,000 characters")
def name_long():
    return named("x", "y" * 10_000)


@hostile("an output without a name")
def name_empty():
    return named("x", "")


@hostile("names that are not UTF-8")
def name_not_utf8():
    return named("xQQQx", "y").SerializeToString().replace(b"QQQ", b"\xff\xfe\xc0")


@hostile("outputs whose names differ in case alone: as columns they need other names", "columns")
def names_fold():
    return model([node("Neg", ["x"], ["y"]), node("Abs", ["x"], ["Y"])],
                 outputs=[value("y"), value("Y")])


@hostile("a name with quotes and a line feed: it must come out of DESCRIBE as it is", "columns")
def name_quotes():
    return named('a"b\'; DROP TABLE t; --\n', "y")


# ---- types and shapes ----------------------------------------------------------------------------


@hostile("an input of unknown rank", "columns")
def rank_unknown():
    return model([node("Neg", ["x"], ["y"])], [value("x", shape=None)], [value("y", shape=None)])


@hostile("an input without a type")
def type_missing():
    made = model([node("Neg", ["x"], ["y"])])
    made.graph.input[0].ClearField("type")
    return made


@hostile("an input of the element type 999")
def type_unknown():
    made = model([node("Neg", ["x"], ["y"])])
    made.graph.input[0].type.tensor_type.elem_type = 999
    return made


@hostile("an input of complex numbers", "columns")
def type_complex():
    return model([node("Identity", ["x"], ["y"])], [value("x", T.COMPLEX64)], [value("y", T.COMPLEX64)])


@hostile("an input of 2^40 columns", "columns")
def shape_wide():
    return model([node("Neg", ["x"], ["y"])], [value("x", shape=("N", 2 ** 40))],
                 [value("y", shape=("N", 2 ** 40))])


@hostile("a negative dimension")
def shape_negative():
    return model([node("Neg", ["x"], ["y"])], [value("x", shape=("N", -5))], [value("y", shape=("N", -5))])


@hostile("an input of no columns", "columns")
def shape_zero():
    return model([node("Neg", ["x"], ["y"])], [value("x", shape=("N", 0))], [value("y", shape=("N", 0))])


@hostile("a constant of 10^12 numbers is made on the way", "run")
def memory_constant():
    return model([node("ConstantOfShape", ["shape"], ["big"]), node("ReduceSum", ["big"], ["sum"], keepdims=0),
                  node("Cast", ["sum"], ["sum_d"], to=T.DOUBLE), node("Add", ["x", "sum_d"], ["y"])],
                 initializers=[constant("shape", [10 ** 12])])


@hostile("a row is repeated 10^12 times", "run")
def memory_expand():
    return model([node("Expand", ["x", "shape"], ["big"]), node("ReduceSum", ["big"], ["sum"], keepdims=0),
                  node("Add", ["x", "sum"], ["y"])], initializers=[constant("shape", [10 ** 6, 1, 10 ** 6])])


@hostile("a loop of 60 rounds, each doubles a tensor", "run")
def memory_doubling():
    body = h.make_graph(
        [node("Identity", ["go"], ["go_out"]), node("Concat", ["t", "t"], ["t_out"], axis=0)], "body",
        [value("i", T.INT64, ()), value("go", T.BOOL, ()), value("t", shape=None)],
        [value("go_out", T.BOOL, ()), value("t_out", shape=None)])
    return model([node("Loop", ["rounds", "", "x"], ["big"], body=body),
                  node("ReduceSum", ["big"], ["sum"], keepdims=0), node("Add", ["x", "sum"], ["y"])],
                 initializers=[constant("rounds", 60)])


def summed(*nodes, initializers):
    """x and the sum of a tensor called big."""
    return model([*nodes, node("ReduceSum", ["big"], ["sum"], keepdims=0), node("Cast", ["sum"], ["d"], to=T.DOUBLE),
                  node("Add", ["x", "d"], ["y"])], initializers=initializers)


SHAPE_OF_ROW = [node("ReduceMax", ["x"], ["most"], keepdims=0), node("Mul", ["most", "far"], ["wanted"]),
                node("Max", ["wanted", "one"], ["size"]), node("Cast", ["size"], ["whole"], to=T.INT64),
                node("Unsqueeze", ["whole", "zero"], ["shape"])]
FAR = [constant("far", 4e9), constant("one", 1.0), constant("zero", [0])]


@hostile("as many numbers are made as a value of the row says, times 4e9", "run")
def memory_of_row():
    return summed(*SHAPE_OF_ROW, node("ConstantOfShape", ["shape"], ["big"]), initializers=FAR)


@hostile("a number is repeated as often as a value of the row says, times 4e9", "run")
def memory_expand_of_row():
    return summed(*SHAPE_OF_ROW, node("Expand", ["one", "shape"], ["big"]), initializers=FAR)


@hostile("a column of 60,000 numbers is added to itself, laid down as a row", "run")
def memory_broadcast():
    return summed(node("Cast", ["w"], ["f"], to=T.FLOAT), node("Transpose", ["f"], ["t"]),
                  node("Add", ["f", "t"], ["big"]),
                  initializers=[constant("w", np.zeros((60_000, 1), np.int8))])


@hostile("a column of 60,000 numbers times itself, laid down as a row", "run")
def memory_product():
    return summed(node("Cast", ["w"], ["f"], to=T.FLOAT), node("Transpose", ["f"], ["t"]),
                  node("MatMul", ["f", "t"], ["big"]), initializers=[constant("w", np.zeros((60_000, 1), np.int8))])


@hostile("an initializer claims 10^12 numbers and brings 8 bytes")
def tensor_short():
    tensor = constant("w", [1.0])
    tensor.dims[0] = 10 ** 12
    return model([add_one()], initializers=[tensor])


@hostile("an initializer whose dimensions overflow 64 bits when multiplied")
def tensor_overflow():
    tensor = constant("w", [1.0])
    del tensor.dims[:]
    tensor.dims.extend([2 ** 32, 2 ** 32, 2 ** 32])
    return model([add_one()], initializers=[tensor])


# ---- time ----------------------------------------------------------------------------------------


@hostile("a loop without an end", "run")
def endless_loop():
    body = h.make_graph(
        [node("Identity", ["go"], ["go_out"]), node("Add", ["t", "t"], ["t_out"])], "body",
        [value("i", T.INT64, ()), value("go", T.BOOL, ()), value("t")],
        [value("go_out", T.BOOL, ()), value("t_out")])
    return model([node("Loop", ["", "yes", "x"], ["y"], body=body)], initializers=[constant("yes", True)])


@hostile("100,000 nodes in a row: minutes to load", large=True)
def many_nodes():
    nodes = [node("Identity", [f"v{k}" if k else "x"], [f"v{k + 1}"]) for k in range(100_000)]
    return model([*nodes, node("Identity", ["v100000"], ["y"])])


@hostile("20,000 inputs", "columns", large=True)
def many_inputs():
    names = [f"c{k}" for k in range(20_000)]
    return model([node("Concat", names, ["y"], axis=1)], [value(n) for n in names],
                 [value("y", shape=("N", 20_000))])


# ---- native faults -------------------------------------------------------------------------------


@hostile("integers divided by zero", "run")
def divide_by_zero():
    return model([node("Cast", ["x"], ["k"], to=T.INT64), node("Div", ["k", "w"], ["q"]),
                  node("Cast", ["q"], ["y"], to=T.DOUBLE)], initializers=[constant("w", [0])])


@hostile("integers divided by a zero that comes from the row", "run")
def divide_by_zero_of_data():
    return model([node("Cast", ["x"], ["k"], to=T.INT64), node("Sub", ["k", "k"], ["zero"]),
                  node("Div", ["k", "zero"], ["q"]), node("Cast", ["q"], ["y"], to=T.DOUBLE)])


@hostile("the remainder of a division by a zero that comes from the row", "run")
def modulo_zero_of_data():
    return model([node("Cast", ["x"], ["k"], to=T.INT64), node("Sub", ["k", "k"], ["zero"]),
                  node("Mod", ["k", "zero"], ["q"]), node("Cast", ["q"], ["y"], to=T.DOUBLE)])


@hostile("the remainder of a division by zero", "run")
def modulo_zero():
    return model([node("Cast", ["x"], ["k"], to=T.INT64), node("Mod", ["k", "w"], ["q"]),
                  node("Cast", ["q"], ["y"], to=T.DOUBLE)], initializers=[constant("w", [0])])


@hostile("the smallest integer divided by -1", "run")
def divide_overflow():
    return model([node("Cast", ["x"], ["k"], to=T.INT64), node("Mul", ["k", "zero"], ["n"]),
                  node("Add", ["n", "least"], ["m"]), node("Div", ["m", "w"], ["q"]),
                  node("Cast", ["q"], ["y"], to=T.DOUBLE)],
                 initializers=[constant("w", [-1]), constant("zero", [0]), constant("least", [-2 ** 63])])


@hostile("the remainder of the smallest integer divided by -1", "run")
def modulo_overflow():
    return model([node("Cast", ["x"], ["k"], to=T.INT64), node("Mul", ["k", "zero"], ["n"]),
                  node("Add", ["n", "least"], ["m"]), node("Mod", ["m", "w"], ["q"]),
                  node("Cast", ["q"], ["y"], to=T.DOUBLE)],
                 initializers=[constant("w", [-1]), constant("zero", [0]), constant("least", [-2 ** 63])])


@hostile("the smallest integer of 32 bits divided by a -1 that comes from the row, in a branch", "run")
def divide_overflow_in_branch():
    def branch(name, kind):
        return h.make_graph([node("Mul", ["k", "zero"], [name + "n"]), node("Add", [name + "n", "least"], [name + "m"]),
                             node("Sub", [name + "n", "one"], [name + "w"]),
                             node(kind, [name + "m", name + "w"], [name])], name, [], [value(name, T.INT32, None)])
    return model([node("Cast", ["x"], ["k"], to=T.INT32), node("ReduceMax", ["k"], ["top"], keepdims=0),
                  node("Cast", ["top"], ["yes"], to=T.BOOL),
                  node("If", ["yes"], ["q"], then_branch=branch("a", "Div"), else_branch=branch("b", "Mod")),
                  node("Cast", ["q"], ["y"], to=T.DOUBLE)],
                 initializers=[constant("zero", np.int32([0])), constant("one", np.int32([1])),
                               constant("least", np.int32([-2 ** 31]))])


@hostile("an index out of range for Gather", "run")
def gather_outside():
    return model([node("Cast", ["x"], ["k"], to=T.INT64), node("Add", ["k", "far"], ["i"]),
                  node("Gather", ["w", "i"], ["y"])],
                 initializers=[constant("w", [1.0, 2.0]), constant("far", [10 ** 9])])


@hostile("TopK over no rows, which a Compress inside makes: a batch of no rows does the same", "run")
def topk_of_nothing():
    return model([node("IsNaN", ["x"], ["nan"]), node("Squeeze", ["nan", "axis"], ["rows"]),
                  node("Compress", ["x", "rows"], ["none"], axis=0),
                  node("TopK", ["none", "k"], ["best", "place"], axis=1),
                  node("ReduceSum", ["best"], ["sum"], keepdims=0), node("Add", ["x", "sum"], ["y"])],
                 initializers=[constant("axis", [1]), constant("k", [1])])


# ---- trees ---------------------------------------------------------------------------------------


def tree5(**changes):
    """A TreeEnsemble of ai.onnx.ml 5: three inner nodes, four leaves, two columns."""
    a = {"nodes_modes": [0, 0, 0], "nodes_featureids": [0, 1, 1], "nodes_splits": [0.5, 1.5, 2.5],
         "nodes_truenodeids": [1, 0, 2], "nodes_trueleafs": [0, 1, 1],
         "nodes_falsenodeids": [2, 1, 3], "nodes_falseleafs": [0, 1, 1],
         "leaf_targetids": [0, 0, 0, 0], "leaf_weights": [1.0, 2.0, 3.0, 4.0], "tree_roots": [0],
         "n_targets": 1, "aggregate_function": 1, "post_transform": 0, **changes}
    a["nodes_modes"] = constant("modes", np.array(a["nodes_modes"], dtype=np.uint8))
    a = {k: v for k, v in a.items() if v != []}
    for k in ("nodes_splits", "leaf_weights", "membership_values"):
        if k in a:
            a[k] = constant(k, np.array(a[k], dtype=np.float64))
    return model([node("TreeEnsemble", ["x"], ["y"], domain="ai.onnx.ml", **a)],
                 [value("x", shape=("N", 2))], domains=[("ai.onnx.ml", 5)])


def tree1(kind="Regressor", **changes):
    """A TreeEnsembleRegressor or -Classifier of ai.onnx.ml 3: one node, two leaves, two columns."""
    a = {"nodes_treeids": [0, 0, 0], "nodes_nodeids": [0, 1, 2], "nodes_featureids": [0, 0, 0],
         "nodes_modes": ["BRANCH_LEQ", "LEAF", "LEAF"], "nodes_values": [0.5, 0.0, 0.0],
         "nodes_truenodeids": [1, 0, 0], "nodes_falsenodeids": [2, 0, 0]}
    if kind == "Regressor":
        a.update(target_treeids=[0, 0], target_nodeids=[1, 2], target_ids=[0, 0],
                 target_weights=[1.0, 2.0], n_targets=1)
        outputs, names = [value("y", T.FLOAT)], ["y"]
    else:
        a.update(class_treeids=[0, 0], class_nodeids=[1, 2], class_ids=[0, 1],
                 class_weights=[1.0, 1.0], classlabels_int64s=[0, 1])
        names = ["y", "p"]
        outputs = [value("y", T.INT64, ("N",)), value("p", T.FLOAT, ("N", 2))]
    a.update(changes)
    return model([node(f"TreeEnsemble{kind}", ["x"], names, domain="ai.onnx.ml", **a)],
                 [value("x", T.FLOAT, ("N", 2))], outputs, domains=[("ai.onnx.ml", 3)])


TREES = {
    "tree5_child_outside": (tree5, {"nodes_truenodeids": [1, 0, 999]}, "a leaf out of range"),
    "tree5_node_outside": (tree5, {"nodes_truenodeids": [99, 0, 2]}, "a child out of range"),
    "tree5_child_negative": (tree5, {"nodes_truenodeids": [-1, 0, 2]}, "a child below zero"),
    "tree5_child_far": (tree5, {"nodes_truenodeids": [2 ** 40, 0, 2]}, "a child beyond 32 bits"),
    "tree5_cycle": (tree5, {"nodes_falsenodeids": [0, 1, 3]}, "a node is its own child"),
    "tree5_cycle_of_two": (tree5, {"nodes_trueleafs": [0, 0, 1]}, "a child leads back to the root"),
    "tree5_shared_node": (tree5, {"nodes_falsenodeids": [1, 1, 3]}, "a node with two parents"),
    "tree5_root_outside": (tree5, {"tree_roots": [77]}, "a root out of range"),
    "tree5_no_roots": (tree5, {"tree_roots": []}, "no roots"),
    "tree5_feature_outside": (tree5, {"nodes_featureids": [5000000, 1, 1]},
                              "a column that the input does not have", "run"),
    "tree5_feature_negative": (tree5, {"nodes_featureids": [-1, 1, 1]}, "a column below zero"),
    "tree5_target_outside": (tree5, {"leaf_targetids": [0, 0, 0, 12345678]}, "a target out of range"),
    "tree5_target_negative": (tree5, {"leaf_targetids": [0, -9, 0, 0]}, "a target below zero"),
    "tree5_lengths": (tree5, {"nodes_falsenodeids": [2, 1]}, "tables of different length"),
    "tree5_leafs_short": (tree5, {"leaf_weights": [1.0]}, "fewer weights than leaves"),
    "tree5_mode_unknown": (tree5, {"nodes_modes": [0, 200, 0]}, "a comparison that there is not"),
    "tree5_member_short": (tree5, {"nodes_modes": [6, 6, 6], "membership_values": [1.0]},
                           "set membership without the end of the set"),
    "tree5_targets_many": (tree5, {"n_targets": 2 ** 40}, "2^40 targets"),
    "tree5_targets_negative": (tree5, {"n_targets": -3}, "a negative number of targets"),
    "tree1_child_outside": (tree1, {"nodes_truenodeids": [99, 0, 0]}, "a child out of range"),
    "tree1_cycle": (tree1, {"nodes_truenodeids": [0, 0, 0]}, "a node is its own child"),
    "tree1_feature_outside": (tree1, {"nodes_featureids": [5000000, 0, 0]},
                              "a column that the input does not have", "run"),
    "tree1_feature_negative": (tree1, {"nodes_featureids": [-7, 0, 0]}, "a column below zero"),
    "tree1_target_outside": (tree1, {"target_ids": [0, 99999999]}, "a target out of range"),
    "tree1_leaf_outside": (tree1, {"target_nodeids": [1, 44]}, "a weight for a node that there is not"),
    "tree1_lengths": (tree1, {"nodes_values": [0.5]}, "tables of different length"),
    "tree1_mode_unknown": (tree1, {"nodes_modes": ["BRANCH_MAYBE", "LEAF", "LEAF"]},
                           "a comparison that there is not"),
    "tree1_class_outside": (lambda **c: tree1("Classifier", **c), {"class_ids": [0, 888888]},
                            "a class out of range"),
    "tree1_class_negative": (lambda **c: tree1("Classifier", **c), {"class_ids": [0, -4]},
                             "a class below zero"),
    "tree1_labels_short": (lambda **c: tree1("Classifier", **c),
                           {"class_ids": [0, 2], "classlabels_int64s": [0, 1]},
                           "three classes and two labels"),
}
for _name, (_make, _changes, _reason, *_stage) in TREES.items():
    FILES[_name] = ((lambda make=_make, changes=_changes: make(**changes)), _reason,
                    _stage[0] if _stage else "load", {})


# ---- labels --------------------------------------------------------------------------------------


@hostile("LinearClassifier: three rows of coefficients, two labels")
def labels_short():
    return model([node("LinearClassifier", ["x"], ["y", "p"], domain="ai.onnx.ml",
                       coefficients=[1.0, 2.0, 3.0], intercepts=[0.0, 0.0, 0.0],
                       classlabels_ints=[0, 1], multi_class=0, post_transform="SOFTMAX")],
                 [value("x", T.FLOAT)], [value("y", T.INT64, ("N",)), value("p", T.FLOAT, ("N", 3))],
                 domains=[("ai.onnx.ml", 3)])


@hostile("LinearClassifier: no labels at all")
def labels_none():
    return model([node("LinearClassifier", ["x"], ["y", "p"], domain="ai.onnx.ml",
                       coefficients=[1.0, 2.0, 3.0], intercepts=[0.0, 0.0, 0.0])],
                 [value("x", T.FLOAT)], [value("y", T.INT64, ("N",)), value("p", T.FLOAT, ("N", 3))],
                 domains=[("ai.onnx.ml", 3)])


@hostile("ZipMap with two keys for three probabilities", "run")
def zipmap_short():
    made = model([node("ZipMap", ["x"], ["y"], domain="ai.onnx.ml", classlabels_strings=["a", "b"])],
                 [value("x", T.FLOAT, ("N", 3))], [value("y")], domains=[("ai.onnx.ml", 3)])
    made.graph.output[0].type.CopyFrom(maps(T.STRING))
    return made


@hostile("ZipMap with the same key twice")
def zipmap_duplicate():
    made = model([node("ZipMap", ["x"], ["y"], domain="ai.onnx.ml", classlabels_strings=["a", "a"])],
                 [value("x", T.FLOAT, ("N", 2))], [value("y")], domains=[("ai.onnx.ml", 3)])
    made.graph.output[0].type.CopyFrom(maps(T.STRING))
    return made


def maps(key):
    inner = h.make_map_type_proto(key, h.make_tensor_type_proto(T.FLOAT, []))
    return h.make_sequence_type_proto(inner)


@hostile("LabelEncoder: two keys, one value")
def encoder_short():
    return model([node("LabelEncoder", ["x"], ["y"], domain="ai.onnx.ml", keys_strings=["a", "b"],
                       values_int64s=[1])],
                 [value("x", T.STRING)], [value("y", T.INT64)], domains=[("ai.onnx.ml", 3)])


# ---- inputs that no column can feed --------------------------------------------------------------


@hostile("a map as input, as skl2onnx makes of a DictVectorizer", "columns")
def input_map():
    made = model([node("DictVectorizer", ["x"], ["y"], domain="ai.onnx.ml",
                       string_vocabulary=["a", "b"])],
                 outputs=[value("y", T.FLOAT, ("N", 2))], domains=[("ai.onnx.ml", 3)])
    made.graph.input[0].type.CopyFrom(
        h.make_map_type_proto(T.STRING, h.make_tensor_type_proto(T.FLOAT, [])))
    return made


@hostile("a sequence as input", "columns")
def input_sequence():
    made = model([node("ConcatFromSequence", ["x"], ["y"], axis=0)])
    made.graph.input[0].type.CopyFrom(
        h.make_sequence_type_proto(h.make_tensor_type_proto(T.DOUBLE, ["N", 1])))
    return made


@hostile("an optional as input", "columns")
def input_optional():
    made = model([node("OptionalGetElement", ["x"], ["y"])])
    made.graph.input[0].type.CopyFrom(
        h.make_optional_type_proto(h.make_tensor_type_proto(T.DOUBLE, ["N", 1])))
    return made


@hostile("a sparse tensor as input", "columns")
def input_sparse():
    made = model([node("Neg", ["x"], ["y"])])
    made.graph.input[0].type.CopyFrom(h.make_sparse_tensor_type_proto(T.DOUBLE, ["N", 1]))
    return made


@hostile("a sequence of tensors as output", "columns")
def output_sequence():
    made = model([node("SplitToSequence", ["x"], ["y"], axis=0)])
    made.graph.output[0].type.CopyFrom(
        h.make_sequence_type_proto(h.make_tensor_type_proto(T.DOUBLE, None)))
    return made


# ---- made by converters, and wrong ---------------------------------------------------------------


@hostile("skl2onnx 1.20: trees over a double input declare a double output, the operator gives float")
def converted_double_trees():
    from sklearn.tree import DecisionTreeRegressor
    from skl2onnx import to_onnx

    x = np.arange(20.0).reshape(10, 2)
    return to_onnx(DecisionTreeRegressor(max_depth=2).fit(x, x[:, 0]), x, name="hostile",
                   target_opset={"": 18, "ai.onnx.ml": 3})


@hostile("skl2onnx 1.20 leaves the indicators of SimpleImputer out: trees then read columns that "
         "there are not", "run")
def converted_indicators():
    from sklearn.impute import SimpleImputer
    from sklearn.pipeline import make_pipeline
    from sklearn.tree import DecisionTreeRegressor
    from skl2onnx import to_onnx

    x = np.arange(20, dtype=np.float32).reshape(10, 2)
    y = np.arange(10.0)
    x[::2, 0] = np.nan
    y[::2] += 100
    made = make_pipeline(SimpleImputer(add_indicator=True),
                         DecisionTreeRegressor(max_depth=2, random_state=0)).fit(x, y)
    return to_onnx(made, x, name="hostile", target_opset={"": 18, "ai.onnx.ml": 3})


@hostile("skl2onnx 1.20: a KNNImputer ends the process for a batch without a NULL (TopK over no rows)",
         "run")
def converted_neighbours_imputer():
    from sklearn.impute import KNNImputer
    from skl2onnx import to_onnx

    x = np.arange(20, dtype=np.float32).reshape(10, 2)
    x[::4, 0] = np.nan
    return to_onnx(KNNImputer(n_neighbors=2).fit(x), x, name="hostile",
                   target_opset={"": 18, "ai.onnx.ml": 3})


# ---- bytes ---------------------------------------------------------------------------------------


def whole():
    return model([add_one()], initializers=ONE).SerializeToString()


@hostile("half of a file")
def truncated():
    return whole()[: len(whole()) // 2]


@hostile("a file without its last byte")
def truncated_by_one():
    return whole()[:-1]


@hostile("no bytes")
def empty():
    return b""


@hostile("a text")
def text():
    return b"This is no model.\n"


@hostile("a ZIP archive, as torch.save makes")
def zip_archive():
    return b"PK\x03\x04" + bytes(60)


@hostile("a field that claims 2 GB")
def length_lie():
    return b"\x08\x0a\x3a\xff\xff\xff\xff\x07" + bytes(100)


@hostile("bytes behind the end")
def trailing():
    return whole() + b"\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff"


@hostile("groups that open and never close, 100,000 deep", large=True)
def open_groups():
    return b"\x0b" * 100_000


# ---- what ONNX Runtime does ----------------------------------------------------------------------

CHILD = """
import sys, numpy as np, onnxruntime as ort
o = ort.SessionOptions()
o.intra_op_num_threads = o.inter_op_num_threads = 1
o.log_severity_level = 4
try:
    s = ort.InferenceSession(open(sys.argv[1], "rb").read(), o)
except Exception as e:
    print("refused at load:", " ".join(str(e).split())[-200:]); sys.exit()
print("loaded", flush=True)
kinds = {"tensor(double)": np.float64, "tensor(float)": np.float32, "tensor(int64)": np.int64}
feed = {}
for i in s.get_inputs():
    shape = [d if isinstance(d, int) and 0 <= d < 10**6 else 2 for d in (i.shape or [2, 1])]
    feed[i.name] = (np.full(shape, "a", dtype=object) if i.type == "tensor(string)"
                    else np.ones(shape, dtype=kinds.get(i.type, np.float64)))
try:
    s.run(None, feed)
except Exception as e:
    print("refused at run:", " ".join(str(e).split())[-200:]); sys.exit()
print("answered")
"""


def tried(file, seconds=5, gigabytes=6):
    """What a process of its own says about a file."""

    def limits():
        resource.setrlimit(resource.RLIMIT_AS, (gigabytes << 30, gigabytes << 30))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))

    try:
        done = subprocess.run([sys.executable, "-c", CHILD, file.name], capture_output=True,
                              text=True, timeout=seconds, preexec_fn=limits, cwd=file.parent)
    except subprocess.TimeoutExpired as e:
        where = "running" if e.stdout and b"loaded" in e.stdout else "loading"
        return f"no end of {where} within {seconds} s"
    if b"UnicodeDecodeError" in done.stderr.encode():
        return "loaded; Python cannot read the name"
    lines = [line for line in done.stdout.splitlines() if line != "loaded"]
    if done.returncode < 0:
        where = "running" if "loaded" in done.stdout else "loading"
        return f"the process dies of {signal.Signals(-done.returncode).name} in {where}"
    return lines[-1] if lines else f"exit {done.returncode}: {done.stderr.strip()[-120:]}"


def content(function):
    made = function()
    return made if isinstance(made, bytes) else made.SerializeToString(deterministic=True)


def main(arguments):
    FOLDER.mkdir(exist_ok=True)
    for old in FOLDER.glob("*.onnx"):    # the corpus is not made here
        old.unlink()
    (FOLDER / "weights.bin").write_bytes(np.array([1.0]).tobytes())
    entries = []
    for name, (function, reason, stage, more) in FILES.items():
        file = FOLDER / f"{name}.onnx"
        file.write_bytes(content(function))
        entry = {"file": file.name, "reason": reason, "stage": stage, "onnxruntime": tried(file), **more}
        entries.append(entry)
        print(f"{name:26} {stage:8} {entry['onnxruntime'][:110]}", flush=True)
    lines = ",\n".join(" " + json.dumps(e, ensure_ascii=False) for e in entries)
    (FOLDER / "hostile.json").write_text(f"[\n{lines}\n]\n", encoding="utf-8")
    if "--large" in arguments:
        large = pathlib.Path(arguments[arguments.index("--large") + 1])
        large.mkdir(parents=True, exist_ok=True)
        for name, (function, reason, stage, more) in LARGE.items():
            file = large / f"{name}.onnx"
            file.write_bytes(content(function))
            print(f"{name:26} {stage:8} {tried(file, 20)[:110]}  ({reason})", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
