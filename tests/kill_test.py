#!/usr/bin/env python3
"""A load that is killed with -9 at random moments leaves the figures of one clean load; joining accounts that is killed leaves
everyone joined or nobody.

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


class Killer:
    """Ends runs of a command with -9 at random moments, spread over as long as such a run takes on this machine just now."""

    def __init__(self, seconds):
        self.dice, self.seconds, self.runs, self.killed = random.Random(SEED), seconds, 0, 0

    def kill(self, command):
        self.runs += 1
        began = time.monotonic()
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            process.wait(self.dice.uniform(0, 1.1 * self.seconds))
            self.seconds = time.monotonic() - began
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            self.killed += 1
            self.seconds *= 1.02

    def expect_enough(self):
        assert self.killed >= self.runs // 3, f"only {self.killed} of {self.runs} were still running when they were killed"


def test_killed_loads_leave_no_trace():
    with new_home() as clean, new_home() as broken:
        first, late = write_demo(clean.folder.parent / "demo", 8000, 3)
        began = time.monotonic()
        clean.run("load", first)
        seconds = time.monotonic() - began
        empty_or_full = [broken.ask(*QUESTION), clean.ask(*QUESTION)]
        killer = Killer(seconds)
        for _ in range(ROUNDS):
            killer.kill(broken.command("load", first, "--force"))
            assert broken.ask(*QUESTION) in empty_or_full, "a part of a load is in the tables"
        killer.expect_enough()
        broken.run("load", first)
        assert broken.ask(*QUESTION) == clean.ask(*QUESTION)
        for home in (broken, clean):
            home.run("load", late)
        assert broken.ask(*QUESTION) == clean.ask(*QUESTION)


def write_accounts(path, people, months):
    """Three accounts a person, who share a phone; each orders in every month."""
    with open(path, "w", encoding="utf-8") as file:
        file.write("订单编号,会员号,手机号,下单时间,实付金额\n")
        for account in range(3 * people):
            for month in range(months):
                day = f"{2024 + month // 12}-{month % 12 + 1:02}-{account % 28 + 1:02}"
                file.write(f"A{account}-{month},M{account},139{account % people:08},{day} 10:00:00,{account % 97}.00\n")


def test_killed_joining_is_whole_or_has_never_been():
    with new_home() as home:
        orders = home.folder.parent / "accounts.csv"
        write_accounts(orders, people=2000, months=18)
        home.run("load", orders)
        states = {}
        for holders in (2, 3):
            began = time.monotonic()
            home.run("identity", "resolve", "--most-holders", holders)
            seconds = time.monotonic() - began
            states[holders] = home.ask(*QUESTION[:1], "buyers", *QUESTION[2:])
        assert states[2] != states[3], "joining changes nothing"
        killer = Killer(seconds)
        for turn in range(ROUNDS):
            killer.kill(home.command("identity", "resolve", "--most-holders", 2 + turn % 2))
            assert home.ask(*QUESTION[:1], "buyers", *QUESTION[2:]) in states.values(), "some are joined and some are not"
        killer.expect_enough()
        for holders in (2, 3):
            home.run("identity", "resolve", "--most-holders", holders)
            assert home.ask(*QUESTION[:1], "buyers", *QUESTION[2:]) == states[holders]
        orders = sum(row["orders"] or 0 for row in home.ask(*QUESTION))
        assert orders == 3 * 2000 * 18, f"{orders} orders after joining"


if __name__ == "__main__":
    print(f"seed {SEED}, {ROUNDS} rounds")
    main([test_killed_loads_leave_no_trace, test_killed_joining_is_whole_or_has_never_been])
