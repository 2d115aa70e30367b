#!/usr/bin/env python3
"""Published answers, through the command line, on both engines.

The small order log has 20 rows that tell every definition of the repurchase rate apart; the other log is
the public CDNOW sample. The expected values were computed independently.
"""
import csv
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from program import DATA, Skip, main, new_cluster, new_home

ORDERS = """order_no,customer,ordered_on,amount,status,refund
1,A,2024-01-05,100,paid,0
2,A,2024-01-05,50,paid,0
3,A,2024-03-20,80,paid,0
4,B,2024-01-10,200,paid,0
5,B,2024-01-28,120,paid,0
6,C,2024-01-15,60,paid,0
7,C,2024-01-15,40,paid,0
8,D,2024-01-31,300,paid,0
9,D,2024-02-01,30,paid,0
10,E,2023-12-20,90,paid,0
11,E,2024-01-18,70,paid,0
12,F,2024-01-22,110,refunded,110
13,F,2024-02-10,95,paid,0
14,G,2024-01-25,55,cancelled,0
15,G,2024-01-26,65,paid,0
16,H,2024-02-14,45,paid,0
17,I,2024-01-08,150,paid,0
18,J,2023-11-02,20,paid,0
19,J,2024-02-20,25,paid,0
"""

POLICIES = ("all", "paid", "net")
# metric, more arguments, then (numerator, base) or a value for each policy
JANUARY = [
    ("buyers", [], (8, 8, 7)),
    ("orders", [], (12, 11, 10)),
    ("amount", [], (132000, 126500, 115500)),
    ("repurchase_rate", [], ((4, 8), (3, 8), (3, 7))),
    ("repurchase_rate_by_day", [], ((2, 8), (1, 8), (1, 7))),
    ("repeat_order_share", [], ((4, 12), (3, 11), (3, 10))),
    ("returning_customer_rate", [], ((5, 8), (4, 8), (4, 7))),
    ("next_period_repurchase_rate", [], ((2, 8), (2, 8), (1, 7))),
    ("repurchase_within", ["--days", "30"], ((4, 7), (3, 7), (2, 6))),
    ("repurchase_within", ["--days", "90"], ((5, 7), (4, 7), (3, 6))),
    ("average_order_value", [], (11000, 11500, 11550)),
    ("amount_per_customer", [], (16500, 15812.5, 16500)),
]
ROLLING = [("false", ((6, 10), (5, 10), (4, 10))), ("true", ((5, 10), (4, 10), (3, 10)))]


def figure(home, metric, period, *more):
    rows = home.ask("metric", metric, "--from", period[0], "--to", period[1], *more)
    assert len(rows) == 1, rows
    row = rows[0]
    return row[metric], row.get(f"{metric}_numerator"), row.get(f"{metric}_base")


def expect(home, metric, period, wanted, *more):
    value, numerator, base = figure(home, metric, period, *more)
    said = f"{metric} {period} {more}: {value} = {numerator} / {base}, wanted {wanted}"
    if isinstance(wanted, tuple):
        assert (numerator, base) == wanted and value == wanted[0] / wanted[1], said
    else:
        assert value == wanted, said


def small_log(home, folder):
    path = Path(folder) / "orders.csv"
    path.write_text(ORDERS, encoding="utf-8")
    home.run("load", path)
    january = ("2024-01-01", "2024-02-01")
    for position, policy in enumerate(POLICIES):
        for metric, more, wanted in JANUARY:
            expect(home, metric, january, wanted[position], "--status", policy, "--as-of", "2024-07-01", *more)
        for merge, wanted in ROLLING:
            expect(home, "rolling_repurchase_rate", ("2024-03-31", "2024-04-01"), wanted[position], "--status", policy,
                   "--days", "90", "--merge-days", merge, "--as-of", "2024-07-01")


WHOLE, MARCH = ("1997-01-01", "1998-07-01"), ("1997-03-01", "1997-04-01")
CDNOW = [
    ("buyers", WHOLE, 2357), ("orders", WHOLE, 6919), ("amount", WHOLE, 24409194),
    ("average_order_value", WHOLE, 24409194 / 6919), ("amount_per_customer", WHOLE, 24409194 / 2357),
    ("units_per_order", WHOLE, 16479 / 6919),
    ("repurchase_rate", WHOLE, (1152, 2357)), ("repurchase_rate_by_day", WHOLE, (1139, 2357)),
    ("repeat_order_share", WHOLE, (4562, 6919)),
    ("buyers", MARCH, 948), ("orders", MARCH, 1204), ("amount", MARCH, 4347210),
    ("repurchase_rate", MARCH, (151, 948)), ("repurchase_rate_by_day", MARCH, (137, 948)),
    ("returning_customer_rate", MARCH, (324, 948)), ("next_period_repurchase_rate", MARCH, (171, 948)),
]
WITHIN = {7: 145, 30: 410, 60: 601, 90: 687, 180: 887, 365: 1074}
ROLLING_CDNOW = {("1997-06-30", "1997-07-01"): (201, 521), ("1997-12-31", "1998-01-01"): (159, 400), ("1998-06-30", "1998-07-01"): (109, 299)}
JANUARY_COHORT = [781, 124, 95, 70, 65, 77, 65, 53, 52, 45, 62, 59, 45, 47, 63, 37, 37, 33]


def cdnow(home):
    path = DATA / "clv" / "cdnow_sample.txt"
    if not path.exists():
        raise Skip(f"{path.name} is not there")
    home.run("load", path)
    for metric, period, wanted in CDNOW:
        expect(home, metric, period, wanted)
    for days, customers in WITHIN.items():
        expect(home, "repurchase_within", ("1997-01-01", "1997-04-01"), (customers, 2357), "--days", days)
    for period, wanted in ROLLING_CDNOW.items():
        expect(home, "rolling_repurchase_rate", period, wanted, "--days", "90", "--merge-days", "false")


def keyed(rows, *names):
    """Customers by the named columns."""
    return {tuple(row[name] for name in names): row["customers"] for row in rows}


QUARTER = ("1997-10-01", "1998-01-01")
LIFECYCLE = {("New",): 719, ("Returning",): 168, ("Resurrecting",): 61, ("Dormant",): -813}
STAGES = {"Active": (201, 207, 3), "Sleeping": (82, 1, 227), "Lost": (119, 0, 1517), "New": (0, 0, 0)}
UNITS = {"3 units or more": (608, 239), "fewer than 3 units": (1749, 448)}


def cdnow_analyses(home):
    """After `cdnow`: how customers come, go, and bring in the amount."""
    rows = home.ask("analyse", "cohort_retention", "--from", WHOLE[0], "--to", WHOLE[1], "--periods", "17")
    first = [row["customers"] for row in rows if row["cohort"] == "1997-01"]
    assert first == JANUARY_COHORT, first
    rows = home.ask("analyse", "lifecycle", "--from", MARCH[0], "--to", MARCH[1])
    assert keyed(rows, "state") == LIFECYCLE, rows
    rows = home.ask("analyse", "stage_migration", "--from", QUARTER[0], "--to", QUARTER[1])
    later = ("Active", "Sleeping", "Lost")
    wanted = {(before, after): customers for before, all in STAGES.items() for after, customers in zip(later, all)}
    assert keyed(rows, "stage_before", "stage_after") == wanted, rows
    top = next(row for row in home.ask("analyse", "concentration", "--show", "top") if row["top_share"] == 0.2)
    assert top["customers"] == 472 and round(top["amount_share"], 6) == 0.674550, top
    rows = home.ask("analyse", "repurchase_by_first_purchase", "--by", "units", "--at-least", "3", "--days", "90")
    assert {row["group"]: (row["customers"], row["returned"]) for row in rows} == UNITS, rows
    assert [round(row["rate"], 6) for row in rows] == [0.393092, 0.256146], rows


def demo_truth(home):
    """What the simulator planted in each customer shows in the groups that the analyses make."""
    home.run("demo", "--customers", "3000", "--load")
    with open(home.folder / "demo" / "truth_customers.csv", encoding="utf-8") as file:
        planted = {row["customer_key"]: float(row["price_sensitivity"]) for row in csv.DictReader(file)}
    means = []
    for group in ("dependent", "mixed", "full_price"):
        rows = home.ask("analyse", "price_sensitivity", "--group", group, "--limit", "10000")
        known = [planted[row["customer_key"]] for row in rows]
        assert len(known) >= 50, (group, len(known))
        means.append(sum(known) / len(known))
    assert means[0] > means[1] + 0.08 and means[1] > means[2] + 0.08, means
    total = sum(row["customers"] for row in home.ask("analyse", "behaviour_clusters"))
    for analysis in ("value_activity", "price_sensitivity"):
        assert sum(row["customers"] for row in home.ask("analyse", analysis)) == total, analysis
    assert sum(row["items"] for row in home.ask("analyse", "abc")) == total


def test_demo_truth_chdb():
    with new_home() as home:
        demo_truth(home)


def test_small_log_chdb():
    with new_home() as home:
        small_log(home, home.folder.parent)


def test_cdnow_chdb():
    with new_home() as home:
        cdnow(home)
        cdnow_analyses(home)


def test_cluster():
    with new_cluster() as cluster:
        with new_home(cluster) as home:
            small_log(home, home.folder.parent)
    with new_cluster() as cluster:
        with new_home(cluster) as home:
            cdnow(home)
            cdnow_analyses(home)


if __name__ == "__main__":
    main([test_small_log_chdb, test_cdnow_chdb, test_demo_truth_chdb, test_cluster])
