"""What a pipeline of make.py gives, how it is checked and how it is written.

A pipeline is a function under @pipeline. It gets a Data, fits a model of its library on it, and
returns Made: the ONNX graph and what the library itself answers for the test rows.
"""
import dataclasses
import json
import math
import pathlib
import re

import numpy as np
import onnx
import onnxruntime
import pandas as pd
import skl2onnx.common._topology
import skl2onnx.common.utils

HERE = pathlib.Path(__file__).parent
TOLERANCE = 1e-5
PIPELINES = {}


@dataclasses.dataclass
class Output:
    """An output of the graph and the library's answer for each test row."""

    name: str
    kind: str  # label, probabilities, probability, number or vector
    values: object
    classes: list | None = None

    def columns(self):
        """The columns of expected.csv."""
        if self.kind in ("probabilities", "vector"):
            width = np.asarray(self.values).shape[1]
            return {f"{self.name}[{k}]": [row[k] for row in self.values] for k in range(width)}
        return {self.name: list(np.asarray(self.values, dtype=object).reshape(-1))}


@dataclasses.dataclass
class Made:
    """What a pipeline returns. The rows are the data's, unless it names columns or rows of its own."""

    onnx: onnx.ModelProto
    outputs: list
    options: dict = dataclasses.field(default_factory=dict)
    notes: dict = dataclasses.field(default_factory=dict)
    files: dict = dataclasses.field(default_factory=dict)
    feed: object = None  # rows -> {input: array}; only where columns are not the inputs (text, images)


@dataclasses.dataclass
class Pipeline:
    name: str
    title: str
    library: str
    converter: str
    data: object
    task: str
    edge: str
    cause: str | None
    function: object


def pipeline(title, data, task, edge, library="scikit-learn", converter="skl2onnx", cause=None):
    """Registers a pipeline under the function's name.

    edge says in words how the graph meets the outside; cause is asked for where ONNX Runtime's
    answers are off by more than 1e-5 or a label differs.
    """

    def register(function):
        name = function.__name__
        assert name not in PIPELINES, name
        PIPELINES[name] = Pipeline(
            name, title, library, converter, data, task, edge, cause, function)
        return function

    return register


def label(name, values):
    return Output(name, "label", values)


def probabilities(name, values, classes):
    return Output(name, "probabilities", values, [plain(c) for c in classes])


def number(name, values):
    return Output(name, "number", values)


def vector(name, values):
    return Output(name, "vector", values)


# ---- files ---------------------------------------------------------------------------------------


def plain(value):
    """The Python value of a numpy one."""
    if isinstance(value, np.generic):
        return value.item()
    return value


def field(value):
    """A field of our CSV: NULL is empty, text is always quoted."""
    value = plain(value)
    if value is None or value is pd.NA or (isinstance(value, float) and math.isnan(value)):
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, str):
        return '"' + value.replace('"', '""') + '"'
    return repr(value)


def csv_text(columns):
    """The text of a CSV file: header, then a line per row."""
    lines = [",".join('"' + c.replace('"', '""') + '"' for c in columns)]
    lines += [",".join(field(v) for v in row) for row in zip(*columns.values(), strict=True)]
    return "\n".join(lines) + "\n"


def write(path, content):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))


# ---- ONNX Runtime, fed as the loader feeds it ----------------------------------------------------

ELEMENT = {
    "tensor(float)": np.float32,
    "tensor(double)": np.float64,
    "tensor(float16)": np.float16,
    "tensor(int64)": np.int64,
    "tensor(int32)": np.int32,
    "tensor(uint8)": np.uint8,
    "tensor(bool)": np.bool_,
    "tensor(string)": object,
}


def bound_columns(model, options, columns):
    """The columns that feed each input, or the reason why that is not known."""
    given = options.get("input_columns", {})
    meta = {p.key: p.value for p in model.metadata_props}
    defaults = {i.name for i in model.graph.initializer}
    by_name = {c.lower(): c for c in columns}
    inputs = [i for i in model.graph.input if i.name not in defaults]
    bound = {}
    for i in inputs:
        if i.name in given:
            bound[i.name] = given[i.name]
        elif i.name in columns:
            bound[i.name] = [i.name]
        elif i.name.lower() in by_name:
            bound[i.name] = [by_name[i.name.lower()]]
        elif len(inputs) == 1 and "feature_names" in meta:
            bound[i.name] = json.loads(meta["feature_names"])
        else:
            raise KeyError(f"no column for the input {i.name}")
    return bound


def filled(frame, column, kind, options):
    """A column's values as the input takes them, NULL replaced as the option missing says."""
    values = list(frame[column])
    missing = options.get("missing")
    if isinstance(missing, dict):
        missing = missing.get(column)
    result = []
    for v in values:
        if v is None or v is pd.NA or (isinstance(v, float) and math.isnan(v)):
            if missing is None:
                raise ValueError(f"NULL in {column}")
            v = {"nan": math.nan, "empty": ""}.get(missing, missing)
        result.append(v)
    if kind is object:
        assert all(isinstance(v, str) for v in result), column
    return np.array(result, dtype=kind)


def feed_of(session, model, options, frame):
    """The tensors of the inputs, from the rows."""
    bound = bound_columns(model, options, list(frame.columns))
    feed = {}
    for i in session.get_inputs():
        if i.name not in bound:
            continue
        kind = ELEMENT[i.type]
        parts = [filled(frame, c, kind, options) for c in bound[i.name]]
        feed[i.name] = parts[0] if len(i.shape) == 1 else np.stack(parts, axis=1)
        if len(i.shape) > 2:
            shape = [d for d in i.shape[1:]]
            feed[i.name] = feed[i.name].reshape([len(frame)] + shape)
    return feed


def run(model, options, frame, feed=None, one_by_one=False):
    """The graph's answers by output name. A graph with a fixed batch of 1 runs row by row."""
    settings = onnxruntime.SessionOptions()
    settings.intra_op_num_threads = settings.inter_op_num_threads = 1
    settings.log_severity_level = 4
    session = onnxruntime.InferenceSession(model.SerializeToString(), settings)
    tensors = feed(frame, session) if feed else feed_of(session, model, options, frame)
    names = [o.name for o in session.get_outputs()]
    fixed = any(i.shape and i.shape[0] == 1 for i in session.get_inputs() if i.name in tensors)
    if fixed or one_by_one:
        runs = [session.run(None, {k: v[r:r + 1] for k, v in tensors.items()})
                for r in range(len(frame))]
        return {n: joined([one[k] for one in runs]) for k, n in enumerate(names)}
    return dict(zip(names, session.run(None, tensors)))


def joined(parts):
    if isinstance(parts[0], list):
        return [v for p in parts for v in p]
    return np.concatenate([np.asarray(p).reshape(1, -1) for p in parts])


def answers(output, given):
    """An output of the graph in the form of the library's answer."""
    if isinstance(given, list) and given and isinstance(given[0], dict):
        assert all(set(row) == set(output.classes) for row in given), (
            given[0].keys(), output.classes)
        return np.array([[row[c] for c in output.classes] for row in given], dtype=np.float64)
    if output.kind in ("probabilities", "vector"):
        given = np.asarray(given)
        return given.reshape(len(given), -1).astype(np.float64)
    return np.asarray(given).reshape(-1)


@dataclasses.dataclass
class Deviation:
    largest: float = 0.0
    labels: int = 0
    ties: int = 0


def compare(made, frame, one_by_one=False):
    """How far ONNX Runtime is from the library, by |a - b| / max(1, |a|)."""
    given = run(made.onnx, made.options, frame, made.feed, one_by_one)
    deviation = Deviation()
    close = np.zeros(len(frame), dtype=bool)
    scores = next((o for o in made.outputs if o.kind == "probabilities"), None)
    if scores is not None and np.asarray(scores.values).shape[1] > 1:
        best = np.sort(np.asarray(scores.values, dtype=np.float64), axis=1)
        close = best[:, -1] - best[:, -2] < TOLERANCE
    for output in made.outputs:
        got = answers(output, given[output.name])
        want = np.asarray(output.values)
        if output.kind == "label":
            assert len(got) == len(want), (output.name, got.shape, want.shape)
            wrong = np.array([same_label(a, b) for a, b in zip(want.reshape(-1), got)]) == 0
            deviation.labels += int((wrong & ~close).sum())
            deviation.ties += int((wrong & close).sum())
            continue
        want = want.astype(np.float64)
        want = want.reshape(got.shape) if want.size == got.size else want
        assert got.shape == want.shape, (output.name, got.shape, want.shape)
        off = np.abs(want - got.astype(np.float64)) / np.maximum(1, np.abs(want))
        off[np.isnan(want) & np.isnan(got.astype(np.float64))] = 0
        off[(want == got)] = 0
        assert not np.isnan(off).any(), output.name
        deviation.largest = max(deviation.largest, float(off.max()))
    return deviation


def same_label(a, b):
    """Boolean and float labels come back as int64."""
    return plain(a) == plain(b)


def edge_of(model):
    """The graph's inputs and outputs in short."""
    def kind(value):
        which = value.type.WhichOneof("value")
        if which == "tensor_type":
            t = value.type.tensor_type
            dims = [str(d.dim_value) if d.HasField("dim_value") else (d.dim_param or "?")
                    for d in t.shape.dim] if t.HasField("shape") else ["rank unknown"]
            name = onnx.TensorProto.DataType.Name(t.elem_type).lower()
            return f"{name}[{','.join(dims)}]"
        if which == "sequence_type":
            m = value.type.sequence_type.elem_type
            return "sequence(" + m.WhichOneof("value").replace("_type", "") + ")"
        return str(which)

    defaults = {i.name for i in model.graph.initializer}
    ins = [f"{i.name} {kind(i)}" + (" = default" if i.name in defaults else "")
           for i in model.graph.input]
    return {"inputs": ins, "outputs": [f"{o.name} {kind(o)}" for o in model.graph.output]}


def without_addresses(graph, seen):
    """skl2onnx puts a Python object's address into some names: a count takes its place."""
    def clean(name):
        return re.sub(r"_\d{12,}", lambda m: f"_a{seen.setdefault(m[0], len(seen))}", name)

    for node in graph.node:
        node.name = clean(node.name)
        node.input[:] = [clean(n) for n in node.input]
        node.output[:] = [clean(n) for n in node.output]
        for a in node.attribute:
            if a.type == onnx.AttributeProto.GRAPH:
                without_addresses(a.g, seen)
    for named in [*graph.initializer, *graph.input, *graph.output, *graph.value_info]:
        named.name = clean(named.name)


def tidy(model, name):
    """Takes out what differs from run to run: graph name, notes of the exporter, shapes within."""
    model.graph.name = name
    without_addresses(model.graph, {})
    imports = sorted(model.opset_import, key=lambda o: o.domain)
    del model.opset_import[:]
    model.opset_import.extend(imports)
    model.doc_string = ""
    model.graph.doc_string = ""
    for node in list(model.graph.node) + [n for f in model.functions for n in f.node]:
        node.doc_string = ""
        del node.metadata_props[:]
    for value in list(model.graph.input) + list(model.graph.output):
        del value.metadata_props[:]
    for f in model.functions:
        f.doc_string = ""
        del f.value_info[:]
    for initializer in model.graph.initializer:
        initializer.doc_string = ""
        del initializer.metadata_props[:]
    del model.graph.value_info[:]
    del model.graph.metadata_props[:]
    return model


def opsets(model):
    return {o.domain or "ai.onnx": o.version for o in model.opset_import}


def start_counters():
    """skl2onnx numbers names through the whole process; each pipeline begins anew."""
    skl2onnx.common.utils._unique_index.update(subgraph=0)
    skl2onnx.common._topology.Variable._UNIQUE_NUMBER_ = 0


def make(p, versions):
    """Runs a pipeline, checks it and writes its folder. Returns its pipeline.json."""
    data = p.data()
    start_counters()
    made = p.function(data)
    tidy(made.onnx, p.name)
    try:
        onnx.checker.check_model(made.onnx)
        checked = None
    except onnx.checker.ValidationError as e:
        checked = str(e).strip().splitlines()[0]
    frame = made.notes.pop("rows", data.rows)
    rows_name = made.notes.pop("rows_name", data.name)
    deviation = compare(made, frame)
    rows_alone = compare(made, frame, True)
    if (deviation.largest > TOLERANCE or deviation.labels) and not p.cause:
        raise AssertionError(f"{p.name}: {deviation}: state the cause")
    expected = {}
    outputs = []
    for o in made.outputs:
        expected.update(o.columns())
        entry = {"name": o.name, "kind": o.kind}
        if o.kind in ("probabilities", "vector"):
            entry["width"] = int(np.asarray(o.values).shape[1])
        if o.classes is not None:
            entry["classes"] = o.classes
        outputs.append(entry)
    names = [o["name"] for o in outputs]
    graph_names = [o.name for o in made.onnx.graph.output]
    assert set(names) <= set(graph_names), (names, graph_names)
    folder = HERE / "models" / p.name
    rows = HERE / "rows" / f"{rows_name}.csv"
    write(rows, csv_text({c: list(frame[c]) for c in frame.columns}))
    write(folder / "expected.csv", csv_text(expected))
    write(folder / "model.onnx", made.onnx.SerializeToString(deterministic=True))
    for name, content in made.files.items():
        write((folder / name).resolve(), content)
    library = " + ".join(f"{n} {versions[n]}" for n in p.library.split(" + "))
    converter = " + ".join(f"{n} {versions[n]}" for n in p.converter.split(" + "))
    description = {
        "title": p.title,
        "library": library,
        "converter": converter,
        "opsets": opsets(made.onnx),
        "edge": {"what": p.edge, **edge_of(made.onnx)},
        "rows": f"rows/{rows_name}.csv",
        "columns": [{"name": c, "type": data.types.get(c) or sql_type(frame[c])}
                    for c in frame.columns],
        "options": made.options,
        "task": p.task,
        "outputs": outputs,
        **made.notes,
        "tolerance": TOLERANCE,
        "onnxruntime": {
            "version": onnxruntime.__version__,
            "max_deviation": float(f"{deviation.largest:.3g}"),
            "max_deviation_row_by_row": float(f"{rows_alone.largest:.3g}"),
            "label_mismatches": deviation.labels,
            "label_ties": deviation.ties,
        },
        "cause": p.cause,
    }
    if checked:
        description["onnx_checker"] = checked
    write(folder / "pipeline.json", readable(description) + "\n")
    return description


def readable(value, indent=""):
    """JSON with what is short on one line."""
    line = json.dumps(value, ensure_ascii=False)
    if not isinstance(value, (dict, list)) or (indent and len(line) <= 96):
        return line
    inner = indent + " "
    if isinstance(value, dict):
        parts = [f"{inner}{json.dumps(k, ensure_ascii=False)}: {readable(v, inner)}"
                 for k, v in value.items()]
        return "{\n" + ",\n".join(parts) + f"\n{indent}}}"
    return "[\n" + ",\n".join(inner + readable(v, inner) for v in value) + f"\n{indent}]"


def sql_type(column):
    values = [v for v in column if v is not None and v is not pd.NA]
    if all(isinstance(plain(v), bool) for v in values):
        return "BOOLEAN"
    if all(isinstance(plain(v), int) for v in values):
        return "INTEGER"
    if all(isinstance(plain(v), (int, float)) for v in values):
        return "DOUBLE PRECISION"
    return "VARCHAR"
