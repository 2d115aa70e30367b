#!/usr/bin/env python3
"""A load that is killed with -9 at random moments leaves the figures of one clean load.

HUITOU_KILL_ROUNDS says how often (default 10), HUITOU_SEED which moments.
"""
import os
import random
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from program import main, new_home

ROUNDS = int(os.environ.get("HUITOU_KILL_ROUNDS", "10"))
SEED = int(os.environ.get("HUITOU_SEED", "20261122"))
QUESTION = ("metric", "orders", "--from", "2023-01-01", "--to", "2026-01-01", "--by", "month", "--status", "all")


def write_demo(folder, customers, seed):
    with new_home() as home:
        home.run("demo", "--customers", customers, "--seed", seed, "--to", "2026-01-01", "--out", folder)
    return folder / "order_lines.csv", folder / "order_lines_late.csv"


def test_killed_loads_leave_no_trace():
    with new_home() as clean, new_home() as broken:
        first, late = write_demo(clean.folder.parent / "demo", 8000, 3)
        began = time.monotonic()
        clean.run("load", first)
        seconds = time.monotonic() - began
        empty_or_full = [broken.ask(*QUESTION), clean.ask(*QUESTION)]
        dice = random.Random(SEED)
        killed = 0
        for _ in range(ROUNDS):
            load = subprocess.Popen(broken.command("load", first, "--force"), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            time.sleep(dice.uniform(0, seconds * 1.1))
            killed += load.poll() is None
            load.kill()
            load.wait()
            assert broken.ask(*QUESTION) in empty_or_full, "a part of a load is in the tables"
        assert killed >= ROUNDS // 3, f"only {killed} of {ROUNDS} loads were still running when they were killed"
        broken.run("load", first)
        assert broken.ask(*QUESTION) == clean.ask(*QUESTION)
        for home in (broken, clean):
            home.run("load", late)
        assert broken.ask(*QUESTION) == clean.ask(*QUESTION)


if __name__ == "__main__":
    print(f"seed {SEED}, {ROUNDS} rounds")
    main([test_killed_loads_leave_no_trace])
