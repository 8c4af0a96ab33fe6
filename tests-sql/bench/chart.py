#!/usr/bin/env python3
"""Draws how what is measured grows: rows.svg from rows.csv, trees.svg from trees.csv.

    tests-sql/bench/chart.py             # rows by CPU seconds, which other work on the machine disturbs little
    tests-sql/bench/chart.py --elapsed   # by the seconds that passed, on a quiet machine

rows.csv is of peers/run.py --csv, trees.csv of the command KernelGrid (tests-sql/README.md, "Growth"). Both axes
are logarithmic; where a file has several lines for a point, the last counts. Needs nothing but Python.
"""
import csv
import math
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
WIDTH, HEIGHT = 860, 480
LEFT, RIGHT, TOP, BOTTOM = 76, 250, 74, 62
COLOURS = ["#0b5fa5", "#c44e00", "#00785a", "#a1427c", "#6b5b00", "#444444"]  # dark enough for text on white
APART = 17  # between labels

ROWS = [("PREDICT, rows", "Insitu: PREDICT, rows read"), ("PREDICT, rows, again", "Insitu: the same again"),
        ("PREDICT, AVG", "Insitu: AVG of PREDICT"),
        ("H2 JDBC, the 28 columns alone", "H2's JDBC scan, no prediction"),
        ("csv, onnxruntime", "CSVWRITE, pandas, onnxruntime"),
        ("jaydebeapi, onnxruntime", "JayDeBeApi, pandas, onnxruntime")]
TREES = [("kernel", "Insitu's kernel"), ("XGBoost", "xgboost4j 2.1.4, in place"),
         ("ONNX Runtime matrix", "ONNX Runtime 1.28, matrix"), ("ONNX Runtime columns", "ONNX Runtime 1.28, columns")]


def lines(file, x, y, name, wanted, keep=lambda row: True):
    """[(label, [(x, y)])]"""
    points = {}
    with (HERE / file).open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            if keep(row):
                points.setdefault(row[name], {})[float(row[x])] = float(row[y])
    found = []
    for start, label in wanted:
        for key, values in points.items():
            if key.startswith(start) and key.endswith("again") == start.endswith("again"):
                found.append((label, sorted(values.items())))
                break
    return found


def number(value):
    for size, unit in ((1e6, " M"), (1e3, " k")):
        if value >= size:
            return f"{value / size:g}{unit}"
    return f"{value:g}"


class Axis:
    """A logarithmic axis that begins and ends at powers of ten, or at the values."""

    def __init__(self, values, start, end, tight=False):
        self.low, self.high = math.log10(min(values)), math.log10(max(values))
        if not tight:
            self.low, self.high = math.floor(self.low), math.ceil(self.high)
        self.start, self.end = start, end

    def at(self, value):
        return self.start + (math.log10(value) - self.low) / (self.high - self.low) * (self.end - self.start)

    def ticks(self):
        """(value, whether it has a number)"""
        few = self.high - self.low < 2.5
        for power in range(math.floor(self.low), math.ceil(self.high) + 1):
            for digit in range(1, 10):
                value = digit * 10 ** power
                if self.low - 1e-9 <= math.log10(value) <= self.high + 1e-9:
                    yield value, digit == 1 or few and digit in (2, 5)


def text(x, y, content, size=13, anchor="middle", colour="#24292f", more=""):
    content = content.replace("&", "&amp;").replace("<", "&lt;")
    return f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" text-anchor="{anchor}" fill="{colour}"{more}>{content}</text>'


def machine(file):
    """What the last line of a file was measured on: date, commit, processor."""
    with (HERE / file).open(encoding="utf-8", newline="") as rows:
        return list(csv.DictReader(rows))[-1]["machine"].split("+")[0].split(" of ")[0].rsplit(", ", 1)[0]


def draw(file, title, subtitle, x_title, y_title, series):
    x = Axis([px for _, points in series for px, _ in points], LEFT, WIDTH - RIGHT, tight=True)
    y = Axis([py for _, points in series for _, py in points], HEIGHT - BOTTOM, TOP)
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}"'
           f' font-family="-apple-system, Segoe UI, Helvetica, Arial, sans-serif" role="img" aria-label="{title}">',
           # A background of its own: readable on a light page and on a dark one.
           f'<rect x="0.5" y="0.5" width="{WIDTH - 1}" height="{HEIGHT - 1}" rx="8" fill="#ffffff" stroke="#8c959f"/>',
           text(20, 30, title, 17, "start", more=' font-weight="600"'), text(20, 51, subtitle, 12, "start", "#57606a")]
    for value, named in x.ticks():
        at = x.at(value)
        out.append(f'<line x1="{at:.1f}" y1="{TOP}" x2="{at:.1f}" y2="{HEIGHT - BOTTOM}" stroke="{"#d0d7de" if named else "#eef1f4"}"/>')
        if named:
            out.append(text(at, HEIGHT - BOTTOM + 19, number(value)))
    for value, named in y.ticks():
        at = y.at(value)
        out.append(f'<line x1="{LEFT}" y1="{at:.1f}" x2="{WIDTH - RIGHT}" y2="{at:.1f}" stroke="{"#d0d7de" if named else "#eef1f4"}"/>')
        if named:
            out.append(text(LEFT - 8, at + 4, number(value), anchor="end"))
    out.append(text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 16, x_title))
    out.append(text(WIDTH - 16, HEIGHT - 12, machine(file.replace("svg", "csv")), 10.5, "end", "#57606a"))
    middle = (TOP + HEIGHT - BOTTOM) / 2
    out.append(text(20, middle, y_title, more=f' transform="rotate(-90 20 {middle:.1f})"'))
    ends = []
    for (label, points), colour in zip(series, COLOURS):
        places = [(x.at(px), y.at(py)) for px, py in points]
        path = " ".join(f"{px:.1f},{py:.1f}" for px, py in places)
        out.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2.2"/>')
        out += [f'<circle cx="{px:.1f}" cy="{py:.1f}" r="3.4" fill="{colour}"/>' for px, py in places]
        ends.append([places[-1][1], places[-1], label, colour])
    ends.sort()
    for above, below in zip(ends, ends[1:]):
        below[0] = max(below[0], above[0] + APART)
    for at, (px, py), label, colour in ends:
        edge = WIDTH - RIGHT + 14
        out.append(f'<line x1="{px + 5:.1f}" y1="{py:.1f}" x2="{edge:.1f}" y2="{at:.1f}" stroke="{colour}" stroke-dasharray="2 3"/>')
        out.append(text(edge + 4, at + 4, label, 12.5, "start", colour))
    (HERE / file).write_text("\n".join(out) + "\n</svg>\n", encoding="utf-8")


def main():
    if not (HERE / "rows.csv").exists() or not (HERE / "trees.csv").exists():
        raise SystemExit("rows.csv and trees.csv have to be there: see tests-sql/README.md, Growth")
    seconds, column = ("seconds", "seconds") if "--elapsed" in sys.argv else ("CPU seconds", "cpu_seconds")
    draw("rows.svg", f"From a table in H2 to all predictions: {seconds} by rows",
         "100 trees of depth 6, 28 columns; medians of whole runs, all threads of the process, 2 processors;"
         " logarithmic axes", "rows of the table", seconds, lines("rows.csv", "rows", column, "contender", ROWS))
    draw("trees.svg", "Scoring alone: rows per CPU second by trees",
         "depth 6, 28 columns, batches of 1,024 rows, one thread; medians; logarithmic axes",
         "trees", "rows per CPU second", lines("trees.csv", "trees", "rows_per_cpu_second", "contender", TREES))


if __name__ == "__main__":
    main()
