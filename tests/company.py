"""A company whose data lie in MariaDB, PostgreSQL, Excel files, GBK files of tills, JSON Lines and events over HTTP: the
truth in memory, the systems that it is spread over, and the same as clean files."""
import csv
import datetime
import io
import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tools"))
import databases
from events_test import post
from workbook import write_workbook

DAY0 = datetime.datetime(2025, 1, 1, 9)
STATUS = ("paid", "delivered", "cancelled")
ORDER_FIELDS = ("order_key", "customer_key", "ordered_at", "paid", "refund", "status", "store_key")
CATEGORIES = ("猫粮", "狗粮", "玩具")

TABLES_MYSQL = """
CREATE TABLE online_orders (id INT PRIMARY KEY AUTO_INCREMENT, order_no VARCHAR(20) UNIQUE, member_no VARCHAR(20),
  paid_at DATETIME, amount DECIMAL(10,2), status VARCHAR(12), updated_at DATETIME(6), KEY (updated_at, id));
CREATE TABLE refunds (order_no VARCHAR(20), amount DECIMAL(10,2), updated_at DATETIME(6));
"""
TABLES_POSTGRESQL = """
CREATE TABLE members (member_no TEXT PRIMARY KEY, full_name TEXT, city TEXT, joined DATE, updated_at TIMESTAMPTZ);
CREATE TABLE tickets (ticket_no TEXT PRIMARY KEY, member_no TEXT, opened TIMESTAMPTZ, closed TIMESTAMPTZ, reply_minutes INT,
  reason TEXT, complaint BOOLEAN, score INT, updated_at TIMESTAMPTZ);
GRANT SELECT ON members, tickets TO reader;
"""
COMPANY = """
sources:
  members:
    kind: postgresql
    settings: {{host: 127.0.0.1, port: {pg[port]}, database: shop, user: reader, password: crm, table: members, key: member_no, updated: updated_at}}
    mapping:
      table: customers
      columns: {{member_no: customer_key, full_name: name, city: region, joined: registered_on}}
  tickets:
    kind: postgresql
    settings: {{host: 127.0.0.1, port: {pg[port]}, database: shop, user: reader, password: crm, table: tickets, key: ticket_no, updated: updated_at, deletes: always}}
    mapping:
      table: tickets
      columns: {{ticket_no: ticket_key, member_no: customer_key, opened: opened_at, closed: closed_at, reply_minutes: first_reply_minutes, reason: reason, complaint: complaint, score: satisfaction}}
  stores:
    kind: files
    settings: {{path: stores.xlsx}}
  costs:
    kind: files
    settings: {{path: costs.xlsx}}
    mapping:
      table: products
      columns: {{商品编号: product_key, 商品名称: name, 品类: category, 成本价: cost}}
  online:
    kind: mysql
    settings:
      host: 127.0.0.1
      port: {my[port]}
      database: shop
      user: reader
      password: shop
      key: id
      updated: updated_at
      deletes: always
      query: >-
        SELECT o.id, o.order_no, o.member_no, o.paid_at, o.amount, COALESCE(r.amount, 0) AS refunded, o.status,
        GREATEST(o.updated_at, COALESCE(r.updated_at, o.updated_at)) AS updated_at
        FROM online_orders AS o LEFT JOIN (SELECT order_no, SUM(amount) AS amount, MAX(updated_at) AS updated_at
        FROM refunds GROUP BY order_no) AS r ON r.order_no = o.order_no
    mapping:
      table: orders
      columns: {{order_no: order_key, member_no: customer_key, paid_at: ordered_at, amount: paid, refunded: refund, status: status}}
  pos:
    kind: files
    settings: {{path: pos/*.csv}}
    mapping:
      table: orders
      columns: {{小票号: order_key, 会员号: customer_key, 交易时间: ordered_at, 实收: paid, 状态: status, 门店: store_key}}
  behaviour:
    kind: files
    settings: {{path: behaviour/*.jsonl}}
    mapping:
      table: events
      columns: {{id: event_key, member.no: customer_key, event: name, time: occurred_at, item.sku: product_key, item.category: category}}
"""


def utc(at):
    """An instant of the company's clock, which is eight hours ahead, as ISO 8601."""
    return (at - datetime.timedelta(hours=8)).strftime("%Y-%m-%dT%H:%M:%SZ")


class Company:
    """The truth in memory, and the systems that it is spread over."""

    def __init__(self, folder, servers, dice):
        self.folder, self.servers, self.dice = folder, servers, dice
        self.online, self.members, self.tills, self.begun = {}, {}, {}, False
        self.numbers = {"W": 0, "T": 0}  # of orders and tickets, also of those that were deleted
        self.tickets, self.seen, self.sent = {}, {}, []  # seen: files of events; sent: events over HTTP
        self.products = [(f"P{i}", f"商品{i}", CATEGORIES[i % 3], f"{i}.50") for i in range(1, 9)]
        self.key, self.unsent = "", []  # the write key of events
        self.pending = {"mysql": [TABLES_MYSQL], "postgresql": [TABLES_POSTGRESQL]}
        self.stores = [("S1", "人民路店", "华东"), ("S2", "机场店", "华南")]
        (folder / "pos").mkdir(parents=True)
        (folder / "behaviour").mkdir()
        write_workbook(folder / "stores.xlsx", "门店", [("门店编号", "门店名称", "地区"), *self.stores])
        self.save_costs()
        (folder / "company.yaml").write_text(COMPANY.format(my=servers["mysql"], pg=servers["postgresql"]), encoding="utf-8")

    def add_member(self):
        number = f"M{len(self.members):05}"
        self.members[number] = [f"会员{len(self.members)}", self.dice.choice(["上海", "北京", "O'Hare"]), DAY0.date()]
        self.save_member(number)

    def save_member(self, number):
        name, city, joined = self.members[number]
        city = city.replace("'", "''")
        self.pending["postgresql"].append(
            f"INSERT INTO members VALUES ('{number}', '{name}', '{city}', '{joined}', now()) ON CONFLICT (member_no) "
            "DO UPDATE SET city = excluded.city, updated_at = excluded.updated_at;")

    def some_order(self):
        return [self.dice.choice([*self.members, ""]), DAY0 + datetime.timedelta(minutes=self.dice.randrange(500_000)),
                self.dice.randrange(1, 99999), 0, self.dice.choice(STATUS)]

    def new_number(self, letter):
        self.numbers[letter] += 1
        return f"{letter}{self.numbers[letter]:06}"

    def add_online(self):
        key = self.new_number("W")
        self.online[key] = self.some_order()
        self.save_online(key)

    def save_online(self, key):
        member, at, cents, _, status = self.online[key]
        # A transaction sets its time before it commits: some come late. What was there first is days old.
        late = self.dice.choice([0, 0, 30, 300]) if self.begun else self.dice.randrange(86_400, 30 * 86_400)
        self.pending["mysql"].append(
            "INSERT INTO online_orders (order_no, member_no, paid_at, amount, status, updated_at) VALUES "
            f"('{key}', NULLIF('{member}', ''), '{at}', {cents / 100:.2f}, '{status}', NOW(6) - INTERVAL {late} SECOND) "
            "ON DUPLICATE KEY UPDATE member_no = VALUES(member_no), paid_at = VALUES(paid_at), amount = VALUES(amount), "
            "status = VALUES(status), updated_at = VALUES(updated_at);")

    def refund(self, key):
        order = self.online[key]
        if order[4] != "cancelled" and order[2] - order[3] > 1:
            cents = self.dice.randrange(1, order[2] - order[3])
            order[3] += cents
            self.pending["mysql"].append(f"INSERT INTO refunds VALUES ('{key}', {cents / 100:.2f}, NOW(6));")

    def delete_online(self, key):
        if len(self.online) > 5:
            del self.online[key]
            self.pending["mysql"] += [f"DELETE FROM {table} WHERE order_no = '{key}';" for table in ("refunds", "online_orders")]

    def delete_ticket(self, number):
        if len(self.tickets) > 5:
            del self.tickets[number]
            self.pending["postgresql"].append(f"DELETE FROM tickets WHERE ticket_no = '{number}';")

    def save_till(self, name):
        out = io.StringIO()
        rows = csv.writer(out)
        rows.writerow(["小票号", "会员号", "交易时间", "实收", "状态", "门店"])
        for key, (member, at, cents, _, status) in self.tills[name].items():
            rows.writerow([key, member, at, f"{cents / 100:.2f}", status, f"S{1 + len(key) % 2}"])
        (self.folder / "pos" / name).write_bytes(out.getvalue().encode("gbk"))

    def add_till(self, rows):
        name = f"pos{len(self.tills):03}.csv"
        self.tills[name] = {f"P{len(self.tills)}-{i}": self.some_order() for i in range(rows)}
        self.save_till(name)

    def save_costs(self):
        write_workbook(self.folder / "costs.xlsx", "商品", [("商品编号", "商品名称", "品类", "成本价"), *self.products])

    def add_ticket(self):
        number = self.new_number("T")
        opened = DAY0 + datetime.timedelta(minutes=self.dice.randrange(500_000))
        self.tickets[number] = [self.dice.choice([*self.members, ""]), opened, None, self.dice.randrange(1, 500),
                                self.dice.choice(["物流", "退货", "O'Hare"]), self.dice.random() < 0.3, None]
        self.save_ticket(number)

    def close_ticket(self, number):
        ticket = self.tickets[number]
        ticket[2], ticket[6] = ticket[1] + datetime.timedelta(hours=self.dice.randrange(1, 99)), self.dice.randrange(1, 6)
        self.save_ticket(number)

    def save_ticket(self, number):
        member, opened, closed, minutes, reason, complaint, score = self.tickets[number]
        closed = f"'{closed}+08'" if closed else "NULL"
        reason = reason.replace("'", "''")
        self.pending["postgresql"].append(
            f"INSERT INTO tickets VALUES ('{number}', NULLIF('{member}', ''), '{opened}+08', {closed}, {minutes}, '{reason}', "
            f"{complaint}, {score or 'NULL'}, now()) ON CONFLICT (ticket_no) DO UPDATE SET closed = excluded.closed, "
            "score = excluded.score, updated_at = excluded.updated_at;")

    def some_event(self):
        """Who, what, when, which product."""
        product = self.dice.choice(self.products)
        return (self.dice.choice([*self.members, ""]), self.dice.choice(["product_viewed", "product_added"]),
                DAY0 + datetime.timedelta(seconds=self.dice.randrange(25_000_000)), product[0], product[2])

    def add_seen(self, events):
        """A file of behaviour, or more lines in the newest."""
        name = f"behaviour{max(0, len(self.seen) - self.dice.randrange(2)):03}.jsonl"
        lines = self.seen.setdefault(name, {})
        for _ in range(events):
            lines[f"{name[9:12]}-{len(lines)}"] = self.some_event()
        with open(self.folder / "behaviour" / name, "w", encoding="utf-8") as file:
            for key, (member, what, at, product, category) in lines.items():
                file.write(json.dumps({"id": key, "member": {"no": member or None}, "event": what, "time": f"{at.isoformat()}+08:00",
                                       "item": {"sku": product, "category": category}}, ensure_ascii=False) + "\n")

    def add_sent(self, events):
        for _ in range(events):
            key = f"h{len(self.sent)}"
            member, what, at, product, category = event = self.some_event()
            self.sent.append((key, *event))
            who = {"userId": member} if member else {"anonymousId": "cookie"}
            self.unsent.append({"type": "track", "messageId": key, "event": what, "timestamp": utc(at), **who,
                                "properties": {"product_id": product, "category": category}})

    def send(self, url):
        """Events over HTTP; some of them twice, as clients do. What is acknowledged need not be sent again."""
        while self.unsent:
            batch = self.unsent[:500]
            for body in [batch] if self.dice.random() < 0.7 else [batch, batch[:10]]:
                status, answer, _ = post(url, "/v1/batch", {"batch": body}, self.key)
                assert status == 200 and answer["accepted"] == len(body), (status, answer)
            del self.unsent[:500]

    def events(self):
        """All, wherever they come from: key, who, what, when, product, category."""
        return self.sent + [(key, *event) for lines in self.seen.values() for key, event in lines.items()]

    def change(self):
        """One thing that happens in a company."""
        kind = self.dice.randrange(14)
        key = self.dice.choice(list(self.online))
        if kind == 0:
            self.add_member()
        elif kind == 1:
            number = self.dice.choice(list(self.members))
            self.members[number][1] = self.dice.choice(["广州", "深圳", "上海"])
            self.save_member(number)
        elif kind == 2:
            self.refund(key)
        elif kind == 3:
            name = self.dice.choice(list(self.tills))
            self.tills[name][self.dice.choice(list(self.tills[name]))][2] += 100
            self.save_till(name)
        elif kind == 4:
            self.add_till(self.dice.randrange(1, 20))
        elif kind == 5:
            self.online[key][1:3] = self.some_order()[1], self.online[key][2] + 700
            self.online[key][4] = self.dice.choice(STATUS[:2])
            self.save_online(key)
        elif kind == 6:
            self.add_ticket()
        elif kind == 7:
            self.close_ticket(self.dice.choice(list(self.tickets)))
        elif kind == 8:
            self.add_seen(self.dice.randrange(1, 30))
        elif kind == 9:
            self.add_sent(self.dice.randrange(1, 30))
        elif kind == 10:
            place = self.dice.randrange(len(self.products))
            self.products[place] = (*self.products[place][:3], f"{self.dice.randrange(1, 9999) / 100:.2f}")
            self.save_costs()
        elif kind == 11:
            self.delete_online(key)
        elif kind == 12:
            self.delete_ticket(self.dice.choice(list(self.tickets)))
        else:
            self.add_online()

    def write(self):
        for name, statements in self.pending.items():
            if statements:
                databases.sql(self.servers, name, "\n".join(statements))
        self.pending = {"mysql": [], "postgresql": []}

    def clean_files(self, folder):
        """The same as files that need no cleaning; gives their paths."""
        orders = [(key, *order, "") for key, order in self.online.items()]
        orders += [(key, *order, f"S{1 + len(key) % 2}") for till in self.tills.values() for key, order in till.items()]
        tables = {
            "customers": [("customer_key", "name", "region", "registered_on"),
                          *((number, *member) for number, member in self.members.items())],
            "stores": [("store_key", "store_name", "region"), *self.stores],
            "products": [("product_key", "product_name", "category", "cost"), *self.products],
            "tickets": [("ticket_key", "customer_key", "opened_at", "closed_at", "first_reply_minutes", "reason", "complaint",
                         "satisfaction"),
                        *((number, member, opened, closed or "", minutes, reason, int(complaint), score or "")
                          for number, (member, opened, closed, minutes, reason, complaint, score) in self.tickets.items())],
            "events": [("event_key", "customer_key", "name", "occurred_at", "product_key", "category"), *self.events()],
            "orders": [ORDER_FIELDS, *((key, member, at, f"{cents / 100:.2f}", f"{refund / 100:.2f}", status, store)
                                       for key, member, at, cents, refund, status, store in orders)]}
        folder.mkdir(parents=True, exist_ok=True)
        for name, rows in tables.items():
            with open(folder / f"{name}.csv", "w", newline="", encoding="utf-8") as file:
                csv.writer(file).writerows(rows)
            fields = "".join(f"  {field}: {'name' if field in ('store_name', 'product_name') else field}\n" for field in rows[0])
            (folder / f"{name}.csv.mapping.yaml").write_text(f"table: {name}\ncolumns:\n{fields}", encoding="utf-8")
        return [folder / f"{name}.csv" for name in tables]
