#!/usr/bin/env python3
"""Scores models that Insitu exported in Python's onnxruntime, and writes what it says.

    python3 check_export.py FOLDER [--check]

FOLDER holds a folder per model with model.onnx and rows.csv, as the command that exports them
(make_export.py) wrote it, or is one itself; one rows.csv in FOLDER serves all. Beside them this writes onnxruntime.csv, the answers, and
onnxruntime.json, with which versions and how the columns were bound. With --check nothing is
written: the answers are compared with those that lie there, and with insitu.csv if it is there
(Insitu's own answers, same columns).

rows.csv: a column per input of the graph, by its name; NULL is an empty field, the empty text is
"". A double input gets NaN for NULL, a text input U+FDD0, as a file of ours wants it.
"""
import json
import math
import pathlib
import sys

sys.dont_write_bytecode = True

import numpy as np
import onnx
import onnxruntime

from fixture import csv_text, edge_of, opsets

NULL_TEXT = "\uFDD0"
TOLERANCE = 1e-6
NUMBERS = {"tensor(double)": np.float64, "tensor(float)": np.float32, "tensor(int64)": np.int64,
           "tensor(bool)": np.bool_}


def read_csv(text):
    """Header and rows; None for an empty field that was not quoted, which Python's csv cannot tell."""
    rows, row, i = [], [], 0
    while i < len(text):
        if text[i] == '"':
            value, i = "", i + 1
            while True:
                end = text.index('"', i)
                value += text[i:end]
                i = end + 1
                if text[i:i + 1] != '"':
                    break
                value, i = value + '"', i + 1
        else:
            end = i
            while end < len(text) and text[end] not in ",\r\n":
                end += 1
            value, i = text[i:end] or None, end
        row.append(value)
        if text[i:i + 1] == ",":
            i += 1
            if i == len(text) or text[i] in "\r\n":
                row.append(None)
            else:
                continue
        while text[i:i + 1] in ("\r", "\n") and i < len(text):
            ends = text[i] == "\n"
            i += 1
            if ends:
                break
        rows.append(row)
        row = []
    return rows[0], rows[1:]


def number(text):
    if text is None:
        return math.nan
    return {"TRUE": 1.0, "FALSE": 0.0}.get(text.upper()) if text.upper() in ("TRUE", "FALSE") else float(text)


def tensor(i, column):
    if i.type == "tensor(string)":
        values = np.array([NULL_TEXT if v is None else v for v in column], dtype=object)
    else:
        values = np.array([number(v) for v in column]).astype(NUMBERS[i.type])
    return values.reshape(-1, 1) if len(i.shape) == 2 else values


def score(folder):
    """The answers of ONNX Runtime as columns, and the session's facts."""
    model = onnx.load(folder / "model.onnx", load_external_data=False)
    own = folder / "rows.csv"
    rows_csv = own if own.exists() else folder.parent / "rows.csv"
    names, rows = read_csv(rows_csv.read_text(encoding="utf-8"))
    columns = {n.lower(): [row[k] for row in rows] for k, n in enumerate(names)}
    settings = onnxruntime.SessionOptions()
    settings.intra_op_num_threads = settings.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(model.SerializeToString(), settings)
    feed = {i.name: tensor(i, columns[i.name.lower()]) for i in session.get_inputs()}
    answers = {}
    for output, given in zip(session.get_outputs(), session.run(None, feed)):
        given = np.asarray(given)
        if given.ndim == 2 and given.shape[1] > 1:
            for k in range(given.shape[1]):
                answers[f"{output.name}[{k}]"] = list(given[:, k])
        else:
            answers[output.name] = list(given.reshape(-1))
    facts = {"onnxruntime": onnxruntime.__version__, "onnx": onnx.__version__,
             "opsets": opsets(model), "rows": len(rows), **edge_of(model)}
    return answers, facts


def apart(text, answers):
    """The largest |a - b| / max(1, |a|) against a file, and how many texts differ."""
    names, rows = read_csv(text)
    assert names == list(answers), (names, list(answers))
    largest, different = 0.0, 0
    for k, name in enumerate(names):
        for row, got in zip(rows, answers[name], strict=True):
            if isinstance(got, str):
                different += row[k] != got
            else:
                want, got = number(row[k]), float(got)
                if not (math.isnan(want) and math.isnan(got)):
                    largest = max(largest, abs(want - got) / max(1, abs(want)))
    return largest, different


def main(arguments):
    check = "--check" in arguments
    root = pathlib.Path([a for a in arguments if not a.startswith("--")][0])
    folders = [root] if (root / "model.onnx").exists() else sorted(
        f.parent for f in root.glob("*/model.onnx"))
    wrong = 0
    for folder in folders:
        answers, facts = score(folder)
        line = f"{folder.name:32} {facts['rows']:6} rows"
        if not check:
            (folder / "onnxruntime.csv").write_text(csv_text(answers), encoding="utf-8")
            (folder / "onnxruntime.json").write_text(json.dumps(facts, indent=1) + "\n", encoding="utf-8")
        for name in ("insitu.csv", "onnxruntime.csv"):
            if (folder / name).exists():
                largest, different = apart((folder / name).read_text(encoding="utf-8"), answers)
                wrong += largest > TOLERANCE or different > 0
                line += f"   {name}: {largest:.1e}, {different} labels differ"
        print(line)
    print(f"{len(folders)} models, {wrong} differ")
    return 1 if wrong or not folders else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
