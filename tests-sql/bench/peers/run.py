#!/usr/bin/env python3
"""From a table in H2 to all its predictions: Insitu beside what users do today, end to end.

    tests-sql/bench/peers/run.py                                    # 300,000 rows, everybody
    tests-sql/bench/peers/run.py --rows 20000 --rounds 2            # a try
    tests-sql/bench/peers/run.py --processors 1                     # all on one processor
    tests-sql/bench/peers/run.py --only python,spark                # ours is always there
    tests-sql/bench/peers/run.py --only python --rows 10000,100000,1000000,10000000 --csv tests-sql/bench/rows.csv

Installs first what it needs (the script install). A table of 28 DOUBLE columns; 100 trees of depth 6, trained
on 100,000 other rows. Each contender is a process that has its own copy of the database and has been running
for a while; everyone's predictions are checked before a clock starts. Then contender and ours take turns, and
a ratio is that of two neighbours. Ours predicts with a model that was just trained, so that no score of the
table is known; "again" is the same query once more, when they are. What is measured begins with the table and ends when the last prediction
has been read, or stands in a data frame.

With --csv a line for each contender and number of rows is added to a file, for chart.py.
"""
import argparse
import array
import csv
import datetime
import os
import pathlib
import shutil
import statistics
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
HOME = HERE.parents[2]
PEERS = HOME / "target" / "peers"
LIBRARIES = PEERS / "java" / "lib"
CLASSES = PEERS / "java" / "classes"
JAR = HOME / "calcite-adapter" / "target" / "insitu-jdbc.jar"
H2 = LIBRARIES / "h2-2.5.252.jar"
JAVA = os.path.join(os.environ["JAVA_HOME"], "bin", "java") if "JAVA_HOME" in os.environ else "java"

TRAIN = ("CREATE OR REPLACE MODEL trees OPTIONS (model_type = 'boosted_tree_regressor', input_label_cols = ['y'],"
         " max_iterations = 100, max_tree_depth = 6, learn_rate = 0.1, early_stop = FALSE,"
         " data_split_method = 'no_split') AS SELECT * FROM training")
OPEN = "SELECT * FROM PREDICT(MODEL => 'trees', DATA => (SELECT * FROM points WHERE id = 1))"
OURS = "PREDICT, rows"
SCAN = "H2 JDBC, the 28 columns alone"
CHECKED = 10_000          # rows whose labels are known
TOLERANCE = 1e-5          # of the same model in float32 and float64, relative to 1 at least
SLOW, VERY_SLOW = 20, 90  # seconds: who needs more is measured in three rounds, or once
SLOW_ROUNDS = 3
WARM = 10                 # seconds of warming up, 15 runs at most
TRIBUO_ROWS = 2_000       # what Tribuo's and Spark's trainers can do in a minute; neither is asked to be good
SPARK_ROWS = 10_000
PYTHON_ROWS = 1_000_000   # more do not fit into memory beside the database
SPARK_OPENS = [f"--add-opens=java.base/{package}=ALL-UNNAMED" for package in (
    "java.lang", "java.lang.invoke", "java.lang.reflect", "java.io", "java.net", "java.nio",
    "java.util", "java.util.concurrent", "java.util.concurrent.atomic", "sun.nio.ch", "sun.nio.cs",
    "sun.security.action", "sun.util.calendar")]


class Peer:
    """A process that runs ways to the predictions."""

    def __init__(self, command, log, processors):
        pin = ["taskset", "-c", str(max(os.sched_getaffinity(0)))] if processors == 1 else []
        self.log = open(log, "w", encoding="utf-8")
        self.process = subprocess.Popen(
            pin + command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.log, text=True)
        self.answer()

    def answer(self):
        """Lines up to the full stop: name to (seconds, CPU seconds, count, sum)."""
        found = {}
        for line in self.process.stdout:
            if line == ".\n":
                return found
            name, *numbers = line.rstrip("\n").split("\t")
            found[name] = tuple(float(number) for number in numbers)
        raise SystemExit(f"{' '.join(self.process.args[:6])} ... ended: see {self.log.name}")

    def run(self, order):
        self.process.stdin.write(order + "\n")
        self.process.stdin.flush()
        return self.answer()

    def close(self):
        self.process.stdin.close()
        self.process.wait(60)
        self.log.close()


class Measured:
    """What is known of a contender."""

    def __init__(self, check):
        self.check = check
        self.seconds, self.cpu, self.ratios, self.cpu_ratios = [], [], [], []

    def add(self, found, ours):
        self.seconds.append(found[0])
        self.cpu.append(found[1])
        self.ratios.append(found[0] / ours[0])
        self.cpu_ratios.append(found[1] / ours[1])


def java(class_path, heap, main, *arguments, options=()):
    path = os.pathsep.join(str(entry) for entry in class_path)
    return [JAVA, f"-Xmx{heap}m", *options, "-cp", path, "dev.insitu.peers." + main, *map(str, arguments)]


def predictions(file):
    values = array.array("d")
    values.frombytes(pathlib.Path(file).read_bytes())
    return values


def explained(labels, found):
    """R2 on the rows whose labels are known."""
    mean = sum(labels) / len(labels)
    return 1 - (sum((label - value) ** 2 for label, value in zip(labels, found))
                / sum((label - mean) ** 2 for label in labels))


class Comparison:
    def __init__(self, options, rows):
        self.options, self.rows = options, rows
        self.folder = PEERS / f"rows-{rows}"
        self.heap = 2000 + rows * 1200 // 1_000_000  # the page cache and an eager result of all rows
        self.measured = {}
        self.labels, self.ours = [], []
        self.mean = 0  # of the predictions checked last

    def url(self, name):
        # The page cache holds the table, nothing is spilled, and no result is used again.
        return f"{self.folder / name};CACHE_SIZE=16000000;MAX_MEMORY_ROWS=100000000;OPTIMIZE_REUSE_RESULTS=0"

    def run(self):
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        try:
            groups = list(self.groups())
            say(f"making {self.rows:,} rows and our model")
            subprocess.run(java([JAR, CLASSES], self.heap, "Table", self.folder / "ours", self.rows,
                                self.folder / "trees.onnx", TRAIN), check=True)
            if groups:
                shutil.copy(self.folder / "ours.mv.db", self.folder / "ours.copy")
            self.begin()
            for name, start, ways in groups:
                say(name)
                database = self.folder / (name.replace(" ", "-") + ".mv.db")
                shutil.copy(self.folder / "ours.copy", database)
                self.measure(start(database.name.removesuffix(".mv.db")), ways)
                database.unlink()
            self.peer.close()
        finally:
            shutil.rmtree(self.folder, ignore_errors=True)

    def begin(self):
        features = ", ".join(f"f{i}" for i in range(28))
        plain, ours = "jdbc:h2:" + self.url("ours"), "jdbc:insitu:h2:" + self.url("ours")
        predict = "FROM PREDICT(MODEL => 'trees', DATA => TABLE points)"
        rows, average = "SELECT id, predicted_y " + predict, "SELECT AVG(predicted_y) " + predict
        self.peer = self.start(java(
            [JAR, CLASSES], self.heap, "SqlPeer",
            "scan", plain, f"SELECT id, {features} FROM points",
            "labels", plain, "SELECT y FROM labels ORDER BY id",
            # A model that was just trained has no scores of the table's pages yet.
            "before:rows", ours, TRAIN, "before:rows", ours, OPEN, "rows", ours, rows,
            "before:avg", ours, TRAIN, "before:avg", ours, OPEN, "avg", ours, average,
            "rows-again", ours, rows, "avg-again", ours, average))
        self.peer.run(f"labels {self.folder / 'labels'}")
        self.labels = predictions(self.folder / "labels")
        self.peer.run(f"rows {self.folder / 'ours.rows'}")
        self.ours = predictions(self.folder / "ours.rows")
        require(len(self.ours) == self.rows, f"{len(self.ours)} rows")
        self.measure(self.peer, [("rows", {"rows": OURS}), ("avg", {"avg": "PREDICT, AVG"}),
                                 ("rows-again", {"rows-again": OURS + ", again"}),
                                 ("avg-again", {"avg-again": "PREDICT, AVG, again"}), ("scan", {"scan": SCAN})])

    def start(self, command):
        return Peer(command, PEERS / "log", self.options.processors)

    def groups(self):
        """(name, how its process starts, [(order, {name in the answer: contender})])"""
        if "python" in self.options.only and self.rows <= PYTHON_ROWS:
            yield "Python", lambda name: self.start([
                str(PEERS / "venv" / "bin" / "python"), str(HERE / "python_peer.py"), str(H2), self.url(name),
                str(self.folder / "trees.onnx"), str(self.options.processors), f"{self.heap}m"]), [
                    ("csv", None), ("jaydebeapi", None)]
        everything = [CLASSES, LIBRARIES / "*"]
        if "spark" in self.options.only:
            for threads in range(1, self.options.processors + 1):
                yield f"Spark {threads}", lambda name, threads=threads: self.start(java(
                    everything, self.heap + 1000, "SparkPeer", "jdbc:h2:" + self.url(name), threads, self.rows,
                    SPARK_ROWS, PEERS / "spark.model", options=SPARK_OPENS)), [
                        (way, {way: f"Spark MLlib local[{threads}], {way}"}) for way in ("rows", "avg")]
        if "tribuo" in self.options.only:
            columns = ", ".join(f"f{i}" for i in range(28))

            def tribuo(name):
                url = "jdbc:h2:" + self.url(name)
                subprocess.run(
                    java(everything, self.heap, "TribuoAlias", url, TRIBUO_ROWS, PEERS / "tribuo.model"),
                    check=True, stderr=subprocess.DEVNULL)
                return self.start(java(
                    everything, self.heap, "SqlPeer",
                    "first", url, "CREATE ALIAS tribuo FOR 'dev.insitu.peers.TribuoAlias.predict'",
                    "rows", url, f"SELECT id, tribuo({columns}) FROM points",
                    options=[f"-Dpeers.tribuo={PEERS / 'tribuo.model'}"]))

            yield "Tribuo", tribuo, [("rows", {"rows": "H2 alias that calls Tribuo per row"})]

    def measure(self, peer, ways):
        counted = []
        for order, names in ways:
            checks = self.folder / "check"
            shutil.rmtree(checks, ignore_errors=True)
            checks.mkdir()
            several = names is None
            found = peer.run(f"{order} {checks if several else checks / order}")
            names = names or {name: name.replace("/", ", ") for name in found}
            for name, numbers in found.items():
                file = checks / (name.replace("/", "-").replace(" ", "-") if several else name)
                self.measured[names[name]] = Measured(self.checked(names[name], numbers, file))
            spent = max(numbers[0] for numbers in found.values())
            if spent > VERY_SLOW:
                self.count(names, found, self.peer.run("rows")["rows"])
                continue
            counted.append((order, names, SLOW_ROUNDS if spent > SLOW else self.options.rounds))
            runs = 1
            while spent < WARM and runs < 15:
                spent += max(numbers[0] for numbers in peer.run(order).values())
                runs += 1
        for number in range(self.options.rounds):
            for order, names, rounds in counted:
                if number < rounds:
                    ours = self.peer.run("rows")["rows"]
                    self.count(names, peer.run(order), ours)
        if peer is not self.peer:
            peer.close()

    def count(self, names, found, ours):
        for name, numbers in found.items():
            self.measured[names[name]].add(numbers, ours)

    def checked(self, contender, numbers, file):
        """Requires right answers and says how right they are."""
        count, total = int(numbers[2]), numbers[3]
        if contender == SCAN or "read alone" in contender:
            require(count == self.rows, f"{contender}: {count} rows")
            return "reads only"
        if count == 1:
            require(abs(total - self.mean) <= 1e-9 * max(1, abs(self.mean)), f"{contender}: {total}, not {self.mean}")
            return "the mean of the rows above"
        require(count == self.rows, f"{contender}: {count} rows")
        values = predictions(file)
        self.mean = sum(values) / len(values)
        if contender.startswith(OURS):
            what = "our model"
        elif "onnxruntime" in contender:
            largest = max(abs(a - b) / max(1, abs(b)) for a, b in zip(values, self.ours))
            require(largest <= TOLERANCE, f"{contender} differs by {largest}")
            what = f"our model, largest deviation {largest:.0e}"
        else:
            what = "its own model"
        quality = explained(self.labels, values)
        require(quality > 0.3, f"{contender}: R2 {quality}")
        return f"{what}, R2 {quality:.3f}"


def require(holds, what):
    if not holds:
        raise SystemExit("not measured, since wrong: " + what)


def say(text):
    print(f"{datetime.datetime.now():%H:%M:%S} {text}", file=sys.stderr, flush=True)


def machine(options):
    def answer(*command):
        return subprocess.run(command, capture_output=True, text=True, check=False)

    model = next((line.split(":")[1].strip() for line in open("/proc/cpuinfo", encoding="utf-8")
                  if line.startswith("model name")), "unknown processor")
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2 ** 30
    runtime = answer(JAVA, "-version").stderr.splitlines()
    commit = answer("git", "-C", str(HOME), "rev-parse", "--short", "HEAD").stdout.strip()
    return (f"{datetime.date.today()}, commit {commit}, {model}, {options.processors} of {os.cpu_count()} processors,"
            f" {memory:.0f} GB, load {os.getloadavg()[0]:.1f}, {runtime[1] if len(runtime) > 1 else ''},"
            f" Python {sys.version.split()[0]}, {H2.name.removesuffix('.jar')}, Spark 4.0.0, Tribuo 4.3.2")


def table(comparison):
    lines = ["| contender | s | CPU s | rows/s | times ours | from, to | times ours, CPU | from, to | answers |",
             "|---|---|---|---|---|---|---|---|---|"]
    for name, each in comparison.measured.items():
        if not each.seconds:
            continue
        seconds = statistics.median(each.seconds)
        lines.append(
            f"| {name} | {seconds:.2f} | {statistics.median(each.cpu):.2f} | {comparison.rows / seconds:,.0f}"
            f" | {statistics.median(each.ratios):.2f} | {min(each.ratios):.2f}, {max(each.ratios):.2f}"
            f" | {statistics.median(each.cpu_ratios):.2f} | {min(each.cpu_ratios):.2f}, {max(each.cpu_ratios):.2f}"
            f" | {each.check} |")
    return "\n".join(lines)


def add(file, comparison, where):
    new = not file.exists()
    with file.open("a", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        if new:
            writer.writerow(["rows", "contender", "seconds", "least", "greatest", "cpu_seconds", "machine"])
        for name, each in comparison.measured.items():
            writer.writerow([comparison.rows, name, f"{statistics.median(each.seconds):.4f}", f"{min(each.seconds):.4f}",
                             f"{max(each.seconds):.4f}", f"{statistics.median(each.cpu):.4f}", where])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", default="300000", help="how many, or several numbers with commas between")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--processors", type=int, default=min(2, os.cpu_count()))
    parser.add_argument("--only", default="python,spark,tribuo")
    parser.add_argument("--csv", type=pathlib.Path)
    options = parser.parse_args()
    where = machine(options)
    print(where)
    for rows in options.rows.split(","):
        comparison = Comparison(options, int(rows))
        comparison.run()
        print(f"\n{int(rows):,} rows, {options.rounds} rounds; s, CPU s: medians; times ours: of neighbours in a round,"
              f" median and spread\n\n{table(comparison)}", flush=True)
        if options.csv:
            add(options.csv, comparison, where)


if __name__ == "__main__":
    subprocess.run([str(HERE / "install")], check=True)
    main()
