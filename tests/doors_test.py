#!/usr/bin/env python3
"""Broken input at the doors of the real program: one clear error or finding each, nothing lost, and the rest goes on."""
import gzip
import http.server
import io
import json
import sys
import threading
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tools"))
from events_test import add_key, post
from program import main, new_home
from workbook import write_workbook

HEAD = "订单编号,会员号,下单时间,实付金额\n"
GOOD = HEAD + "A1,M1,2025-01-05 10:00:00,12.50\nA2,M1,2025-02-05 10:00:00,7.00\n"


def xlsx(rows):
    out = io.BytesIO()
    write_workbook(out, "订单", rows)
    return out.getvalue()


def members(text, times):
    """The text so many times as gzip, in no time."""
    return gzip.compress(text.encode()) * times


def write_broken_files(folder):
    """By name, what the program says of it."""
    folder.mkdir()
    long_cell = gzip.compress((GOOD + "A3,M1,2025-01-05,").encode()) + members("x" * (1 << 24), 128) + gzip.compress(b"\nA4,M2,2025-01-06,1\n")
    noise = "".join(f"N{i},M{i},2025-01-05 10:00:00,{i}.00\n" for i in range(100_000))
    files = {
        "cell_of_2_gib.csv.gz": (long_cell, "is longer than 16 MiB"),
        "bomb.csv.gz": (gzip.compress((HEAD + noise[:40]).encode()) + members("\n" * (1 << 24), 64), "kMaxGzipRatio"),
        "cut.csv.gz": (gzip.compress((HEAD + noise).encode())[:-100], "cut off"),
        "damaged.xlsx": (xlsx([("订单编号", "会员号", "下单时间", "实付金额"), ("A1", "M1", "2025-01-05", "1")])[:-200], "is damaged"),
        "cut.parquet": (b"PAR1\x15" + b"\0" * 400, "its end is missing"),
        "list.json": (b'[{"a": 1}, {"a": 2}', "JSON"),
        "nothing.csv": (b"", "is empty")}
    for name, (data, _) in files.items():
        (folder / name).write_bytes(data)
    return {name: words for name, (_, words) in files.items()}


def test_a_broken_file_is_one_error_and_its_neighbours_are_loaded():
    with new_home() as home:
        folder = home.folder.parent / "in"
        expected = write_broken_files(folder)
        for name, words in expected.items():
            said = home.run("load", folder / name, expect=None)
            assert words in said and name in said and "Exception" not in said, f"{name}: {said}"
        (folder / "good.csv").write_text(GOOD, encoding="utf-8")
        home.run("sources", "add", "folder", "--kind", "files", "--path", folder, expect=None)
        said = home.run("sources", "sync", expect=None)
        for name, words in expected.items():
            assert name in said and words in said, f"{name}: {said}"
        counts = {row["item"]: row["value"] for row in home.ask("status")}
        assert counts["orders_rows"] == "2", counts


def test_a_clock_in_1970_or_2099_is_a_finding():
    with new_home() as home:
        path = home.folder.parent / "clock.csv"
        path.write_text(GOOD + "A3,M2,1970-01-01 08:00:00,1.00\nA4,M2,2099-01-01 00:00:00,1.00\n", encoding="utf-8")
        home.run("load", path)
        rules = {row["rule"]: row["rows"] for row in home.ask("quality", "--part", "counts")}
        assert rules["date_too_early"] == 1 and rules["date_in_future"] == 1, rules
        assert home.ask("metric", "orders", "--from", "2025-01-01", "--to", "2026-01-01")[0]["orders"] == 2


def test_a_bomb_of_events_is_refused_and_the_next_delivery_is_not():
    with new_home() as home:
        key = add_key(home)
        with home.serve() as (url, _):
            packed = members(" " * (1 << 24), 16)
            status, answer, _ = post(url, "/v1/batch", packed, key, {"Content-Encoding": "gzip"})
            assert status == 413 and not answer["success"], (status, answer)
            assert post(url, "/v1/track", {"userId": "anna", "event": "Seen"}, key)[0] == 200


class Broken(http.server.BaseHTTPRequestHandler):
    """A shop's interface on a bad day; what it does is the first part of the path."""

    def do_GET(self):
        kind = self.path.strip("/").partition("?")[0]
        page = int(self.path.partition("page=")[2].partition("&")[0] or 1)
        rows = [{"id": f"{kind}{page if kind != 'circle' else 1}", "who": "M1", "at": "2025-03-01T10:00:00+08:00", "paid": "1.00"}]
        body = json.dumps({"rows": rows if kind != "good" or page == 1 else []}).encode()
        if kind == "malformed":
            body = body[:-4]
        self.send_response({"fails": 500, "locked": 401}.get(kind, 200))
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def test_a_broken_interface_is_one_error_and_the_other_sources_are_read():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Broken)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    kinds = ("fails", "locked", "malformed", "circle", "good")
    with new_home() as home:
        text = "sources:\n"
        for kind in kinds:
            text += (f"  {kind}:\n    kind: http_json\n    settings:\n      url: http://127.0.0.1:{server.server_port}/{kind}\n      rows: /rows\n"
                     "      columns: [id=/id, who=/who, at=/at, paid=/paid]\n      paging: page\n      page_param: page\n      attempts: 1\n      requests_per_second: 1000\n"
                     "    mapping:\n      table: orders\n      columns: {id: order_key, who: customer_key, at: ordered_at, paid: paid}\n")
        (home.folder.parent / "sources.yaml").write_text(text, encoding="utf-8")
        began = time.monotonic()
        said = home.run("sources", "apply", home.folder.parent / "sources.yaml", "--sync", expect=None)
        assert time.monotonic() - began < 120, "a broken interface held the others up"
        states = {row["source"]: row["state"] for row in home.ask("sources", "list")}
        assert states == {kind: "done" if kind == "good" else "failed" for kind in kinds}, (states, said)
        errors = {row["source"]: row["error_en"] for row in home.ask("sources", "runs")}
        for kind, words in (("fails", "500"), ("locked", "401"), ("malformed", "JSON"), ("circle", "circle")):
            assert words in errors[kind], (kind, errors[kind])
        assert home.ask("metric", "orders", "--from", "2025-01-01", "--to", "2026-01-01")[0]["orders"] == 1
    server.shutdown()


if __name__ == "__main__":
    main([test_a_broken_file_is_one_error_and_its_neighbours_are_loaded, test_a_clock_in_1970_or_2099_is_a_finding,
          test_a_bomb_of_events_is_refused_and_the_next_delivery_is_not,
          test_a_broken_interface_is_one_error_and_the_other_sources_are_read])
