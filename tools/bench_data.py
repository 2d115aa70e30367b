"""What the works of tools/bench read and how they are run: data made once, whole processes, what a run cost."""
import json
import math
import os
import re
import shutil
import statistics
import subprocess
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BENCH = ROOT / "bench"
SPLIT = "\n----\n"
ORDERS, CUSTOMERS, SHOPPERS = 20_000_000, 2_000_000, 850_000


class Failed(Exception):
    """A work could not be done, or its answer is wrong."""


class Took:
    """What a run cost: seconds on the clock, seconds of all cores together, peak memory in bytes."""

    def __init__(self, seconds, cores=0.0, peak=0):
        self.seconds, self.cores, self.peak = seconds, cores, peak


def finish(process, began):
    """Waits for a process that began then."""
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return Took(time.perf_counter() - began, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024)


def cores_of(process):
    """Seconds of all cores that a living process has used."""
    fields = Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def run(command, text=None, log=None):
    """One whole process: (what it took, what it printed)."""
    began = time.perf_counter()
    with open(log or os.devnull, "w+") as errors:
        process = subprocess.Popen([str(word) for word in command], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors, text=True)
        if text:
            process.stdin.write(text)
        process.stdin.close()
        output = process.stdout.read()
        process.stdout.close()
        took = finish(process, began)
        errors.seek(0)
        if process.returncode != 0:
            raise Failed(f"{Path(command[0]).name} ended with {process.returncode}: {errors.read()[-2000:]}")
    return took, output


def drop_caches():
    """True if the pages that the system keeps of files are forgotten."""
    try:
        os.sync()
        Path("/proc/sys/vm/drop_caches").write_text("3")
        return True
    except OSError:
        return False


class Data:
    """What the works read, made once and kept in `folder`."""

    def __init__(self, options):
        self.scale, self.program = options.scale, options.program
        self.peer = options.program.parent / "chdb_peer"
        self.folder = options.dir / f"scale-{options.scale:g}"
        self.folder.mkdir(parents=True, exist_ok=True)

    def huitou(self, home, *words):
        return run([self.program, "--home", home, *words], log=self.folder / "huitou.log")

    def answer(self, home, *words):
        took, output = self.huitou(home, *words, "--format", "json")
        return took, json.loads(output)

    def statements(self, engine, text, repeat=1):
        """Plain chDB: (what it took, a dict a statement)."""
        command = [self.peer, *(["--path", engine] if engine else []), "--repeat", repeat]
        took, output = run(command, text, self.folder / "peer.log")
        return took, [json.loads(line) for line in output.splitlines()]

    def scaled(self, rows, least=1):
        return max(least, int(rows * self.scale))

    def ready(self, name, make):
        place = self.folder / name
        mark = self.folder / f"{name}.ready"
        if not mark.exists():
            print(f"  making {name}", flush=True)
            shutil.rmtree(place, ignore_errors=True)
            make(place)
            mark.write_text("")
        return place

    def lines(self):
        """A file of order lines: a demo shop of 850,000 customers has 10.5 million."""
        def make(place):
            customers = max(200, int(SHOPPERS * self.scale))
            with_home = self.folder / "lines-home"
            self.huitou(with_home, "init")
            self.huitou(with_home, "demo", "--clean", "--customers", customers, "--from", "2022-01-01", "--to", "2025-01-01", "--out", place)
            for path in place.iterdir():
                if path.name != "order_lines.csv":
                    path.unlink()
        return self.ready("lines", make) / "order_lines.csv"

    def made(self, text):
        """The order lines in another format, written by plain chDB."""
        def make(place):
            place.mkdir()
            self.statements(None, filled(text, lines=lines, made=place / "order_lines.parquet"))
        lines = self.lines()
        return self.ready("lines-parquet", make) / "order_lines.parquet"

    def orders(self, name="orders", rows=ORDERS):
        """A home with so many orders, ten a customer: 20 million of 2 million."""
        rows = self.scaled(rows, 100_000)

        def make(place):
            self.huitou(place, "init")
            self.huitou(place, "status")
            seed = (BENCH / "data" / "orders_20m.sql").read_text()
            seed = seed[seed.index("INSERT"):].replace(str(ORDERS), str(rows)).replace(f"* {CUSTOMERS}", f"* {rows // 10}")
            self.statements(place / "engine", seed)
        return self.ready(name, make)

    def sizes(self, work):
        return {name: self.scaled(rows, 10) for name, rows in work["sizes"].items()}

    def seeded(self, work):
        """A home with the rows that the work describes."""
        sizes = self.sizes(work)

        def make(place):
            self.huitou(place, "init")
            self.huitou(place, "status")
            self.statements(place / "engine", SPLIT.join(filled(text, **sizes) for text in work["seed"]))
        return self.ready(work["home"], make)

    def shop(self):
        """A home with the demo shop of 20,000 customers, whatever the scale."""
        def make(place):
            self.huitou(place, "init")
            self.huitou(place, "demo", "--from", "2023-01-01", "--to", "2026-01-01", "--load")
            shutil.rmtree(place / "demo", ignore_errors=True)
        return self.ready("shop", make)


def cells(answer, name):
    """The values of a column of an answer."""
    names = [column["name"] for column in answer["columns"]]
    return [row[names.index(name)] for row in answer["rows"]]


def figure(answers, text):
    """`sum COLUMN`, `first COLUMN`, each `where OTHER=VALUE ...`, of answer number i (`1: sum orders`)."""
    found = re.fullmatch(r"(?:(\d+): )?(sum|first) (\w+)(?: where (.*))?", text)
    answer = answers[int(found[1] or 0)]
    if "columns" not in answer:
        raise Failed(f"no answer: {json.dumps(answer, ensure_ascii=False)[:500]}")
    values = cells(answer, found[3])
    for condition in (found[4] or "").split():
        name, value = condition.split("=")
        keep = cells(answer, name)
        values = [each for each, other in zip(values, keep) if str(other) == value]
        answer = {"columns": answer["columns"], "rows": [row for row, other in zip(answer["rows"], keep) if str(other) == value]}
    values = [value for value in values if value is not None]
    if not values:
        raise Failed(f"the answer has no {text}")
    return sum(values) if found[2] == "sum" else values[0]


def compare(work, answers, statement):
    """Raises unless every figure is that of plain chDB."""
    expected = [float(value) for value in statement["first"].split()]
    if len(expected) != len(work["answers"]):
        raise Failed(f"plain chDB gave {len(expected)} figures, {len(work['answers'])} are named")
    for text, wanted in zip(work["answers"], expected):
        found = figure(answers, text)
        if not math.isclose(found, wanted, rel_tol=1e-9):
            raise Failed(f"'{text}' is {found}, plain chDB says {wanted}")


def filled(text, **values):
    for name, value in values.items():
        text = text.replace("{" + name + "}", str(value))
    return text


class Tally:
    """What the runs of one way of doing a work took."""

    def __init__(self, name):
        self.name, self.runs = name, []

    def add(self, took):
        self.runs.append(took)

    def median(self):
        return statistics.median(took.seconds for took in self.runs)

    def cores(self):
        return statistics.median(took.cores for took in self.runs)

    def line(self, peer):
        seconds = [took.seconds for took in self.runs]
        return {"figure": self.name, "median": round(self.median(), 3), "min": round(min(seconds), 3), "max": round(max(seconds), 3),
                "cores": round(self.cores(), 2), "peak_mib": round(max(took.peak for took in self.runs) / 2**20),
                "ratio": round(self.median() / peer.median(), 2), "ratio_cores": round(self.cores() / peer.cores(), 2)}
