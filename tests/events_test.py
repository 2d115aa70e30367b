#!/usr/bin/env python3
"""Events over HTTP with the real program: what clients see, and that a server killed with -9 under load has every
acknowledged event once.

HUITOU_KILL_ROUNDS says how often (default 10), HUITOU_SEED which moments.
"""
import base64
import contextlib
import gzip
import http.client
import json
import os
import random
import re
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from program import main, new_home

ROUNDS = int(os.environ.get("HUITOU_KILL_ROUNDS", "10"))
SEED = int(os.environ.get("HUITOU_SEED", "20261122"))
CLIENTS = 4
EVENTS_A_ROUND = 9_000  # `events recent` shows 10,000


def post(url, path, body, key="", headers=None):
    """(status, answer as JSON, headers)"""
    headers = dict(headers or {})
    if key:
        headers["Authorization"] = "Basic " + base64.b64encode(f"{key}:".encode()).decode()
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    request = urllib.request.Request(url + path, data=data, headers=headers, method="POST")
    try:
        with urllib.request.urlopen(request, timeout=30) as reply:
            return reply.status, json.load(reply), dict(reply.headers)
    except urllib.error.HTTPError as error:
        return error.code, json.load(error), dict(error.headers)


def wait_for(condition, what, seconds=180):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return
        time.sleep(0.2)
    raise AssertionError(f"not within {seconds} s: {what}")


def add_key(home, source="web"):
    return home.ask("events", "keys", "add", source)[0]["write_key"]


def test_a_client_is_told_what_became_of_its_events():
    with new_home() as home:
        key = add_key(home)
        with home.serve() as (url, _):
            event = {"userId": "anna", "event": "Product Viewed", "messageId": "m1"}
            assert post(url, "/v1/track", event, key)[:2] == (200, {"success": True, "accepted": 1})
            packed = gzip.compress(json.dumps({**event, "messageId": "m2", "writeKey": key}).encode())
            assert post(url, "/v1/track", packed, headers={"Content-Encoding": "gzip", "Content-Type": "text/plain"})[0] == 200
            status, answer, _ = post(url, "/v1/batch", {"batch": [{**event, "type": "track"}, {"type": "track"}]}, key)
            assert status == 200 and answer["accepted"] == 1 and answer["refused"][0]["index"] == 1, answer
            for path, body, with_key, expected in (
                    ("/v1/track", event, "hk_0", 401), ("/v1/track", event, "", 401),
                    ("/v1/track", b"{", key, 400), ("/v1/track", {"event": "nobody"}, key, 400),
                    ("/v1/batch", b" " * 600_000, key, 413),
                    ("/v1/batch", {"batch": [1] * 2501}, key, 413), ("/v1/dance", event, key, 404)):
                status, answer, headers = post(url, path, body, with_key)
                assert status == expected and not answer["success"], (path, status, answer)
                assert headers["Access-Control-Allow-Origin"] == "*"
            wait_for(lambda: len(home.ask("events", "recent")) == 2, "both events are in the table")
            assert {row["message_id"] for row in home.ask("events", "recent")} == {"m1", "m2"}
            with urllib.request.urlopen(url + "/v1/huitou.js", timeout=10) as script:
                assert script.headers["Content-Type"].startswith("text/javascript")
                assert b"sendBeacon" in script.read()


def test_orders_that_come_as_events_are_in_the_figures():
    def order(number, rest):
        return {"type": "track", "userId": "anna", "event": "Order Completed", "messageId": f"o{number}", "timestamp": f"2025-01-0{number}T04:00:00Z",
                "properties": {"order_id": f"O{number}", "revenue": 90, "currency": "CNY", "products": [{"product_id": "P1", "price": 50, "quantity": 2}], **rest}}
    question = ("metric", "net_amount", "--from", "2025-01-01", "--to", "2025-02-01")
    with new_home() as home:
        key = add_key(home)
        with home.serve() as (url, _):
            refund = {"type": "track", "userId": "anna", "event": "Order Refunded", "messageId": "r1", "properties": {"order_id": "O1", "total": 30}}
            assert post(url, "/v1/batch", {"batch": [order(1, {}), order(2, {}), refund]}, key)[0] == 200
            wait_for(lambda: 15000 in home.ask(*question)[0].values(), "90 + 90 - 30 in minor units")
            assert post(url, "/v1/import", {"batch": [order(1, {}), refund]}, key)[0] == 200
            assert post(url, "/v1/track", order(3, {}), key)[0] == 200
            wait_for(lambda: 24000 in home.ask(*question)[0].values(), "the third order, and nothing twice")


def test_a_visitor_who_signs_in_takes_along_what_was_before():
    """Events before and after, a member who is loaded later, a shared browser, a split: seen through the commands."""
    def page(message, **ids):
        return {"type": "page", "name": "Home", "messageId": message, **ids}
    with new_home() as home:
        key = add_key(home)
        members = home.folder.parent / "members.csv"
        members.write_text("会员号,手机号\nanna,13912340001\nanna2,13912340001\nben,13912340002\n", encoding="utf-8")

        def owners():
            return {row["message_id"]: row["customer_id"] for row in home.ask("events", "recent")}

        def send(*events):
            assert post(url, "/v1/batch", {"batch": list(events)}, key)[0] == 200

        with home.serve() as (url, _):
            send(page("m1", anonymousId="browser-1"), page("m2", anonymousId="browser-2"), page("m3", anonymousId="browser-1", userId="anna2"))
            wait_for(lambda: len(owners()) == 3, "the events are in the table")
            assert set(owners().values()) == {0}, "nobody knows anna2 yet"
            home.run("load", members)
            anna = owners()["m3"]
            assert anna > 0 and owners() == {"m1": anna, "m2": 0, "m3": anna}
            send(page("m4", anonymousId="browser-1"), page("m5", anonymousId="browser-2", userId="anna"))
            wait_for(lambda: owners().get("m2") == anna, "the second browser is hers too", 300)
            assert owners()["m4"] == anna, "she is known at once where she was met"
            home.run("identity", "split", "anna2", "13912340001")
            anna2 = owners()["m3"]
            assert anna2 not in (0, anna) and owners() == {"m1": anna2, "m2": anna, "m3": anna2, "m4": anna2, "m5": anna}
            send(page("m6", anonymousId="browser-2", userId="ben"))
            wait_for(lambda: owners().get("m2") == 0, "a browser of two people is nobody's", 300)
            assert owners()["m5"] == anna and owners()["m6"] not in (0, anna, anna2)


def test_the_snippet_sends_and_stores_nothing_without_consent():
    root = Path(__file__).resolve().parent.parent
    done = subprocess.run(["node", str(root / "tests" / "snippet.js"), str(root / "src" / "server" / "huitou.js")], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    steps = told["steps"]
    assert steps["before consent"] == {"sent": 0, "stored": 0}, steps
    assert steps["after consent"]["sent"] == 1, steps
    first = told["sent"][0]
    assert first["url"] == "https://events.shop/v1/batch" and first["body"]["writeKey"] == "hk_1"
    page, seen = first["body"]["batch"]
    assert (page["type"], seen["type"], seen["event"]) == ("page", "track", "Seen")
    assert page["anonymousId"] == seen["anonymousId"] and page["messageId"] != seen["messageId"]
    assert page["context"]["campaign"] == {"name": "spring"} and page["context"]["sessionId"]
    assert steps["waiting"] == 1, "what could not be sent waits in the browser"
    assert told["beacons"][0]["batch"][0]["userId"] == "anna", "a page that is left sends what waits"
    assert steps["emptied"], "and it goes when the network is back"
    identified = {event["messageId"] for delivery in told["sent"][1:] for event in delivery["body"]["batch"]}
    assert identified == {told["beacons"][0]["batch"][0]["messageId"]}, "again under its own number, to be counted once"
    assert steps["after refusal"]["stored"] == 0, steps
    assert not any(event.get("event") == "Not seen" for delivery in told["sent"] for event in delivery["body"]["batch"])


class Client(threading.Thread):
    """Sends batches until the server is gone, some of them twice."""

    def __init__(self, address, key, name, number):
        super().__init__()
        self.address, self.name_of_events, self.number = address, name, number
        self.headers = {"Authorization": "Basic " + base64.b64encode(f"{key}:".encode()).decode()}
        self.sent, self.acknowledged = set(), set()

    def run(self):
        dice = random.Random(f"{SEED} {self.name_of_events} {self.number}")
        connection = http.client.HTTPConnection(self.address, timeout=10)
        batch = []
        with contextlib.suppress(OSError, http.client.HTTPException):
            while len(self.sent) < EVENTS_A_ROUND // CLIENTS - 50:
                if not batch or dice.random() > 0.1:
                    batch = [f"{self.name_of_events}-{self.number}-{len(self.sent) + i}" for i in range(dice.choice((1, 1, 5, 50)))]
                self.sent.update(batch)
                body = {"batch": [{"type": "track", "event": self.name_of_events, "userId": f"u{dice.randrange(100)}", "messageId": message} for message in batch]}
                connection.request("POST", "/v1/batch", json.dumps(body), self.headers)
                reply = connection.getresponse()
                answer = json.loads(reply.read())
                if reply.status == 200 and answer["accepted"] == len(batch):
                    self.acknowledged.update(batch)
                time.sleep(dice.uniform(0, 0.01))


def start_server(home):
    server = subprocess.Popen(home.command("serve", "--port", "0"), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, stdin=subprocess.DEVNULL)
    for line in server.stdout:
        found = re.search(r"http://([^/\s]+)/\?token=", line)
        if found:
            return server, found.group(1)
    raise AssertionError("no address was printed")


def in_table(home, name):
    return [row["message_id"] for row in home.ask("events", "recent", "--name", name, "--limit", 10000)]


def test_killed_servers_keep_every_acknowledged_event_once():
    dice = random.Random(SEED)
    rounds = {}
    with new_home() as home:
        key = add_key(home)
        for number in range(ROUNDS):
            server, address = start_server(home)
            name = f"round{number}"
            clients = [Client(address, key, name, i) for i in range(CLIENTS)]
            for client in clients:
                client.start()
            time.sleep(dice.uniform(0.2, 2.5))
            server.kill()
            server.wait()
            for client in clients:
                client.join()
            rounds[name] = (set().union(*(client.sent for client in clients)), set().union(*(client.acknowledged for client in clients)))
        with home.serve():
            last = next(reversed(rounds))
            # Many rounds on a busy machine leave much that waits, and all of it comes before the last round.
            wait_for(lambda: rounds[last][1] <= set(in_table(home, last)), "the last round is in the table", 180 + 2 * ROUNDS)
            for name, (sent, acknowledged) in rounds.items():
                found = in_table(home, name)
                assert len(found) == len(set(found)), f"{name}: {len(found) - len(set(found))} events are there twice"
                assert not acknowledged - set(found), f"{name}: {len(acknowledged - set(found))} acknowledged events are lost"
                assert set(found) <= sent
        total = sum(len(acknowledged) for _, acknowledged in rounds.values())
        assert total > 100 * ROUNDS, f"only {total} events were acknowledged: too few to be lost"
        print(f"{ROUNDS} kills, {total} acknowledged events, each there once")


if __name__ == "__main__":
    print(f"seed {SEED}, {ROUNDS} rounds")
    main([test_the_snippet_sends_and_stores_nothing_without_consent, test_a_client_is_told_what_became_of_its_events, test_orders_that_come_as_events_are_in_the_figures,
          test_a_visitor_who_signs_in_takes_along_what_was_before, test_killed_servers_keep_every_acknowledged_event_once])
