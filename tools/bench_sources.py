"""Works of tools/bench about what comes in from other systems and goes out: pulls from databases, workbooks, whole tables."""
import random
import shutil

import databases
from bench_data import SPLIT, Failed, Tally, figure, filled
from workbook import write_workbook


def pull(work, data, repeat):
    """A table of a database into an empty home by `sources sync`, against the engine's own table function."""
    rows = data.scaled(work["rows"], 10_000)
    ours, again, plain = Tally("huitou, sources sync"), Tally("huitou, nothing new"), Tally("plain chDB")
    home, engine = data.folder / "pull-home", data.folder / "pull-peer"
    with databases.running() as servers:
        server = servers[work["server"]]
        databases.sql(servers, work["server"], filled(work["seed"], rows=rows))
        for _ in range(repeat):
            for place in (home, engine):
                shutil.rmtree(place, ignore_errors=True)
            data.huitou(home, "init")
            secrets = home / "secrets.toml"
            secrets.touch(0o600)
            secrets.write_text(f'shop = "{server["password"]}"\n')
            settings = [word for name in ("host", "port", "database", "user") for word in ("--set", f"{name}={server[name]}")]
            data.huitou(home, "sources", "add", "shop", "--kind", work["server"], *settings, "--set", "password=shop", *work["settings"])
            ours.add(data.answer(home, "sources", "sync", "shop")[0])
            again.add(data.answer(home, "sources", "sync", "shop")[0])
            found = figure([data.answer(home, "metric", "orders", "--from", "2020-01-01", "--to", "2030-01-01", "--status", "all")[1]], "sum orders")
            if found != rows:
                raise Failed(f"{found} of {rows} orders are there")
            plain.add(data.statements(engine, SPLIT.join(filled(text, **server) for text in work["peer"]))[0])
    for place in (home, engine):
        shutil.rmtree(place, ignore_errors=True)
    return [ours, again, plain], [f"{rows:,} rows, {rows / ours.median():,.0f} a second pulled and loaded; plain chDB {rows / plain.median():,.0f}"]


def till_rows(rows):
    """A sheet of orders, times as serial numbers in the column C."""
    dice = random.Random(7)
    yield "订单编号", "会员号", "下单时间", "实付金额", "数量", "渠道", "门店", "状态"
    for i in range(rows):
        yield (f"B{i}", f"M{dice.randrange(rows // 5 + 1)}", 45000 + dice.randrange(500_000) / 1000, dice.randrange(100, 90_000) / 100,
               dice.randrange(1, 9), dice.choice(("天猫", "门店", "小程序")), f"S{dice.randrange(30)}", "已完成")


def sheet(work, data, repeat):
    """A workbook into an empty home, against plain chDB that reads the same orders from the CSV they were exported to."""
    rows = data.scaled(work["rows"], 10_000)
    def make(place):
        place.mkdir()
        write_workbook(place / "orders.xlsx", "订单", till_rows(rows), days="C")
        home = place / "home"
        data.huitou(home, "init")
        data.huitou(home, "load", place / "orders.xlsx")
        data.huitou(home, "export", "orders", "--to", place / "orders.csv")
        shutil.rmtree(home)
    place = data.ready("workbook", make)
    ours, plain = Tally("huitou, .xlsx"), Tally("plain chDB, the same as CSV")
    home, engine = data.folder / "sheet-home", data.folder / "sheet-peer"
    for _ in range(repeat):
        for folder in (home, engine):
            shutil.rmtree(folder, ignore_errors=True)
        data.huitou(home, "init")
        took, answer = data.answer(home, "load", place / "orders.xlsx")
        ours.add(took)
        if figure([answer], "sum orders") != rows:
            raise Failed(f"not {rows} orders: {answer['rows']}")
        plain.add(data.statements(engine, SPLIT.join(filled(text, csv=place / "orders.csv") for text in work["peer"]))[0])
    for folder in (home, engine):
        shutil.rmtree(folder, ignore_errors=True)
    return [ours, plain], [f"{rows:,} rows, {rows / ours.median():,.0f} a second read and loaded"]


def export(work, data, repeat):
    """A whole table into a file, against plain chDB writing it as CSV."""
    home = data.orders("export-orders", work["rows"])
    rows = data.scaled(work["rows"], 100_000)
    csv, book, plain = Tally("huitou, .csv"), Tally("huitou, .xlsx"), Tally("plain chDB, .csv")
    for _ in range(repeat):
        for tally, name in ((csv, "huitou.csv"), (book, "huitou.xlsx")):
            tally.add(data.huitou(home, "export", "orders", "--to", data.folder / name, "--replace")[0])
        (data.folder / "plain.csv").unlink(missing_ok=True)
        plain.add(data.statements(home / "engine", SPLIT.join(filled(text, csv=data.folder / "plain.csv") for text in work["peer"]))[0])
    with open(data.folder / "huitou.csv", "rb") as file:
        written = sum(block.count(b"\n") for block in iter(lambda: file.read(1 << 20), b"")) - 1
    if written != rows:
        raise Failed(f"{written} of {rows} rows were written")
    sizes = ", ".join(f"{name} {(data.folder / name).stat().st_size / 2**20:,.0f} MiB" for name in ("huitou.csv", "huitou.xlsx"))
    for name in ("huitou.csv", "huitou.xlsx", "plain.csv"):
        (data.folder / name).unlink()
    return [csv, book, plain], [f"{rows:,} rows: {rows / csv.median():,.0f} a second as .csv, {rows / book.median():,.0f} as .xlsx; {sizes}"]


KINDS = {"pull": pull, "sheet": sheet, "export": export}
