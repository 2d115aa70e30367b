#!/usr/bin/env python3
"""Runs all tests, step by step, and ends with one line: N passed, N failed.

Usage: run_tests.py [STEP ...]; without a step all of them. The output of each step is in build/logs/STEP.txt.
"""
import os
import queue
import re
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOGS = ROOT / "build" / "logs"
BIN = ROOT / "build" / "ci" / "bin"
FUZZ_SECONDS = 60


def what_failed(log):
    """Of a log, what each failed test printed and the end."""
    lines = log.splitlines()
    told, test = [], []
    for line in lines:
        test = [line] if line.startswith("[ RUN ") else [*test, line]
        if re.match(r"\[  FAILED  \] .*\(\d+ ms\)$", line):
            told += test[:80]
    return [*told, *lines[-60:]]


class Tally:
    """Counts of what passed and failed, with the names of what failed."""

    def __init__(self):
        self.passed = 0
        self.failed = 0
        self.adding = threading.Lock()

    def add(self, name, passed, failed, seconds, log):
        with self.adding:
            self.passed += passed
            self.failed += failed
        print(f"{name:<28} {passed:>5} passed {failed:>4} failed {seconds:>7.1f} s", flush=True)
        if failed:
            print("\n".join("    " + line for line in what_failed(log)), flush=True)


def run(name, command, tally, env=None, counts=None, timeout=2400):
    """Runs one command; `counts` reads (passed, failed) from its output, else the command is one test."""
    LOGS.mkdir(parents=True, exist_ok=True)
    began = time.monotonic()
    try:
        done = subprocess.run(command, cwd=ROOT, env={**os.environ, **(env or {})}, timeout=timeout,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL)
        output, status = done.stdout.decode("utf-8", "replace"), done.returncode
    except subprocess.TimeoutExpired as late:
        output, status = (late.stdout or b"").decode("utf-8", "replace") + f"\nno end after {timeout} s\n", 1
    (LOGS / f"{name.replace('/', '_')}.txt").write_text(output)
    passed, failed = counts(output) if counts else (1, 0)
    if status != 0 and failed == 0:
        passed, failed = (passed if counts else 0), 1
    tally.add(name, passed, failed, time.monotonic() - began, output)
    return status == 0


def gtest_counts(output):
    passed = re.findall(r"\[  PASSED  \] (\d+) test", output)
    failed = re.findall(r"\[  FAILED  \] (\d+) test", output)
    skipped = len(set(re.findall(r"\[  SKIPPED \] (\S+)", output)))
    for line in sorted(set(re.findall(r"^.*Skipped\n(.*)$", output, re.M))):
        print(f"    skipped: {line}")
    total = sum(map(int, passed))
    return total, sum(map(int, failed)) if failed or total or skipped else 1


def line_counts(output):
    """Reads a last line `N passed, N failed`."""
    found = re.findall(r"(\d+) passed, (\d+) failed", output)
    return (int(found[-1][0]), int(found[-1][1])) if found else (0, 1)


def vitest_counts(output):
    plain = re.sub(r"\x1b\[[0-9;]*m", "", output)
    tests = re.findall(r"Tests\s+(.*)", plain)
    line = tests[-1] if tests else ""
    number = lambda word: int((re.findall(rf"(\d+) {word}", line) or ["0"])[0])
    return number("passed"), number("failed") if line else 1


def build(preset, tally):
    return run(f"build/{preset}", ["sh", "-c", f"cmake --preset {preset} && cmake --build --preset {preset}"], tally)


def step_tidy(tally):
    run("tidy", [sys.executable, "tools/tidy.py"], tally, counts=line_counts)


def step_build(tally):
    build("ci", tally)


def tests_in(folder, ending):
    return sorted(path for path in (ROOT / folder).glob(f"*{ending}") if os.access(path, os.X_OK))


def step_fast(tally):
    for program in tests_in("build/ci/bin", "_test"):
        if not program.name.endswith("_engine_test"):
            run(program.name, [str(program)], tally, counts=gtest_counts)


def engine_lane(number, programs, tally):
    """A cluster of its own and, one after another, the programs that are still to be run."""
    with tempfile.TemporaryDirectory(prefix="huitou-cluster-") as folder:
        description = Path(folder) / "cluster.json"
        cluster = [sys.executable, "tools/cluster.py"]
        if not run(f"cluster {number} start", [*cluster, "start", "--dir", folder, "--json", str(description)], tally):
            return
        try:
            while True:
                try:
                    program = programs.get_nowait()
                except queue.Empty:
                    return
                environment = {"HUITOU_CLUSTER": str(description)}
                command = [str(program)]
                if program.name == "connectors_engine_test":  # the sources themselves, not our engines
                    command = [sys.executable, "tools/databases.py", "run", "--", *command]
                run(program.name, command, tally, env=environment, counts=gtest_counts)
        finally:
            run(f"cluster {number} stop", [*cluster, "stop", "--dir", folder], tally)


def step_engine(tally):
    """The tests that need an engine, on chDB and on real clusters of 2 shards with 2 replicas each.

    They mostly wait for the servers, so two clusters serve two programs at once.
    """
    programs = queue.Queue()
    for program in tests_in("build/ci/bin", "_engine_test"):
        programs.put(program)
    lanes = [threading.Thread(target=engine_lane, args=(number, programs, tally)) for number in (1, 2)]
    for lane in lanes:
        lane.start()
    for lane in lanes:
        lane.join()
    left = programs.qsize()
    if left:  # no cluster came up
        tally.add("engine", 0, left, 0, f"{left} programs were not run")


def sanitizer(preset, tally):
    if build(preset, tally):
        for program in tests_in(f"build/{preset}/bin", "_test"):
            run(f"{preset}/{program.name}", [str(program)], tally, counts=gtest_counts)


def step_asan(tally):
    sanitizer("asan", tally)


def step_tsan(tally):
    sanitizer("tsan", tally)


def step_fuzz(tally):
    run("fuzz", ["bash", "tools/fuzz.sh", str(FUZZ_SECONDS)], tally)


def step_web(tally):
    def npm(*words):
        return ["npm", "--prefix", "web", "run", "--silent", *words]
    run("web lint", npm("lint"), tally)
    run("web tests", npm("test"), tally, counts=vitest_counts)
    run("web build", npm("build"), tally)


def step_whole(tally):
    """The real program from files to screen."""
    for test in sorted((ROOT / "tests").glob("*_test.py")):
        run(test.stem, [sys.executable, str(test)], tally, counts=line_counts)


STEPS = {"tidy": step_tidy, "build": step_build, "fast": step_fast, "web": step_web, "asan": step_asan,
         "tsan": step_tsan, "fuzz": step_fuzz, "engine": step_engine, "whole": step_whole}
# The engine's tests mostly wait for servers and disks, so what needs the processors runs beside them.
BESIDE_ENGINE = ["web", "asan", "tsan", "fuzz"]


def run_steps(names, tally):
    for name in names:
        try:
            STEPS[name](tally)
        except Exception as broken:  # a step that breaks is a failure of its own, also in a lane
            tally.add(name, 0, 1, 0, repr(broken))


def run_in_lanes(names, tally):
    """`engine` beside the steps that need no engine, everything else in order."""
    if "engine" not in names:
        return run_steps(names, tally)
    run_steps([name for name in names if name not in (*BESIDE_ENGINE, "engine", "whole")], tally)
    lane = threading.Thread(target=run_steps, args=(["engine"], tally))
    lane.start()
    run_steps([name for name in BESIDE_ENGINE if name in names], tally)
    lane.join()
    run_steps([name for name in names if name == "whole"], tally)


def main():
    names = sys.argv[1:] or list(STEPS)
    unknown = [name for name in names if name not in STEPS]
    if unknown:
        print(f"steps: {' '.join(STEPS)}")
        return 0 if unknown == ["--help"] else 2
    tally = Tally()
    began = time.monotonic()
    run_in_lanes(names, tally)
    print(f"all steps took {time.monotonic() - began:.0f} s")
    print(f"{tally.passed} passed, {tally.failed} failed")
    return 1 if tally.failed or not tally.passed else 0


if __name__ == "__main__":
    sys.exit(main())
