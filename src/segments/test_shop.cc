#include "segments/test_shop.h"

#include <cctz/civil_time.h>
#include <cctz/time_zone.h>

#include <random>

#include "schema/schema.h"

namespace huitou::segments::testing {
namespace {

class Maker {
 public:
  Maker(std::uint64_t seed, Date today, const std::string& zone) : rng_(seed), today_(today) {
    CHECK(cctz::load_time_zone(zone, &zone_));
  }

  Shop make() {
    for (std::int64_t id = 1; id <= 25; ++id) customer(id);
    for (int i = 0; i < 110; ++i) order(i);
    for (int i = 0; i < 90; ++i) event(i);
    for (int i = 0; i < 30; ++i) ticket(i);
    for (int i = 0; i < 30; ++i) survey(i);
    for (int i = 0; i < 60; ++i) mark(i);
    const auto link = [&](std::int64_t account, std::int64_t run) {
      shop_.tables["customer_links"].push_back({{"account_id", account},
                                                {"run_id", run},
                                                {"customer_id", kPerson},
                                                {"with_account", kPerson}});
    };
    link(kJoined, 1);
    link(kNeverJoined, 2);
    return std::move(shop_);
  }

 private:
  std::int64_t below(std::int64_t bound) {
    return static_cast<std::int64_t>(rng_() % static_cast<std::uint64_t>(bound));
  }
  std::string one_of(std::initializer_list<const char*> list) {
    return *(list.begin() + below(static_cast<std::int64_t>(list.size())));
  }
  std::string shop_text() { return one_of({"", "a", "b", "猫粮"}); }

  std::string shop_category() { return one_of({"", "a", "b", "猫粮", "食品/猫粮", "a/bb/猫粮干"}); }

  /// A second of a day around today, often at its very edges, and its day in the zone.
  void put_time(Row& row, const char* day_name, const char* second_name) {
    const cctz::civil_day local(cctz::civil_day(1970, 1, 1) + today_.days - 130 + below(135));
    static constexpr std::int64_t kEdges[] = {0,         1,         24 * 3600 - 1,
                                              12 * 3600, 18 * 3600, 18 * 3600 - 1};
    const std::int64_t second = below(2) == 0 ? kEdges[below(6)] : below(24 * 3600);
    const auto instant = cctz::convert(cctz::civil_second(local) + second, zone_);
    row[second_name] = static_cast<std::int64_t>(instant.time_since_epoch().count());
    row[day_name] = static_cast<std::int64_t>(cctz::civil_day(cctz::convert(instant, zone_)) -
                                              cctz::civil_day(1970, 1, 1));
  }
  Cell maybe(std::int64_t bound, std::int64_t unit = 1) {
    return below(4) == 0 ? Cell() : Cell(below(bound) * unit);
  }

  void customer(std::int64_t id) {
    Row row{{"customer_id", id},
            {"customer_key", "c" + std::to_string(id)},
            {"name", one_of({"", "Anna", "李"})},
            {"region", shop_text()},
            {"channel", shop_text()}};
    if (below(3) != 0) row["registered_on"] = std::int64_t{today_.days} - 140 + below(145);
    if (below(3) != 0) row["birthday"] = below(15000);
    shop_.tables["customers"].push_back(std::move(row));
    for (std::int64_t i = below(3); i > 0; --i) {
      shop_.tables["identities"].push_back({{"customer_id", id},
                                            {"kind", one_of({"a", "phone"})},
                                            {"key", "k" + std::to_string(below(30))},
                                            {"batch", std::int64_t{1}}});
    }
  }

  void order(int number) {
    Row row{{"order_key", "o" + std::to_string(number)}, {"status", 1 + below(5)}};
    const std::int64_t customer = below(23);
    row["customer_id"] = customer;
    put_time(row, "ordered_on", "ordered_at");
    const std::int64_t gross = below(40) * 1250;
    row["gross_minor"] = gross;
    row["discount_minor"] = below(3) == 0 ? gross / 5 : 0;
    row["refund_minor"] = below(4) == 0 ? gross / 4 : 0;
    row["net_minor"] = gross - std::get<std::int64_t>(row["discount_minor"]) -
                       std::get<std::int64_t>(row["refund_minor"]);
    row["cost_minor"] = maybe(100, 77);
    row["units_milli"] = maybe(9, 500);
    for (const char* name : {"channel", "store_key", "region", "campaign"}) row[name] = shop_text();
    for (std::int64_t i = below(3); i > 0; --i) {
      Row line;
      for (const char* same : {"order_key", "customer_id", "ordered_on", "status", "channel",
                               "store_key", "region", "campaign"})
        line[same] = row[same];
      line["line_number"] = i;
      line["product_key"] = shop_text();
      line["category"] = shop_category();
      line["quantity_milli"] = below(5) * 500;
      line["net_minor"] = below(30) * 1000;
      shop_.tables["order_lines"].push_back(std::move(line));
    }
    shop_.tables["orders"].push_back(std::move(row));
  }

  void event(int number) {
    Row row{{"message_id", "m" + std::to_string(number)},
            {"message_hash", std::int64_t{number}},
            {"customer_id", below(26)},
            {"kind", one_of({"track", "page", "a"})},
            {"name", one_of({"a", "b", "product_viewed", "product_added"})},
            {"page", shop_text()},
            {"product_key", shop_text()},
            {"category", shop_category()},
            {"channel", shop_text()},
            {"campaign", shop_text()}};
    put_time(row, "occurred_on", "occurred_at");
    row["amount_minor"] = maybe(30, 1000);
    if (below(2) == 0) row["duration_seconds"] = static_cast<double>(below(20)) / 2;
    std::string json;
    if (below(2) == 0) {
      const std::string color = one_of({"a", "猫粮", "it's \\\"b\\\""});
      row["property color"] = color == "it's \\\"b\\\"" ? "it's \"b\"" : color;
      json += "\"color\":\"" + color + "\"";
    }
    if (below(2) == 0) {
      const std::int64_t size = below(8);
      row["property size"] = static_cast<double>(size) / 2;
      json += (json.empty() ? "" : ",") + std::string("\"size\":") +
              (size % 2 == 0 ? std::to_string(size / 2) : std::to_string(size / 2) + ".5");
    }
    row["properties"] = "{" + json + "}";
    shop_.tables["events"].push_back(std::move(row));
  }

  void ticket(int number) {
    Row row{{"ticket_key", "t" + std::to_string(number)},
            {"customer_id", below(26)},
            {"reason", shop_text()},
            {"channel", shop_text()},
            {"store_key", shop_text()}};
    put_time(row, "opened_on", "opened_at");
    row["is_complaint"] = maybe(2);
    row["satisfaction"] = maybe(6);
    row["first_reply_minutes"] = maybe(9);
    shop_.tables["tickets"].push_back(std::move(row));
  }

  void survey(int number) {
    Row row{{"survey_key", "s" + std::to_string(100 + number)},
            {"customer_id", below(26)},
            {"kind", one_of({"a", "b"})},
            {"comment", shop_text()},
            {"channel", shop_text()}};
    put_time(row, "answered_on", "answered_at");
    row["score"] = maybe(11);
    shop_.tables["surveys"].push_back(std::move(row));
  }

  void mark(int number) {
    shop_.tables["customer_marks"].push_back({{"kind", one_of({"tag", "consent"})},
                                              {"name", one_of({"a", "b", "猫粮"})},
                                              {"customer_id", below(26)},
                                              {"given", below(2)},
                                              {"run", std::int64_t{number + 1}}});
  }

  std::mt19937_64 rng_;
  Date today_;
  cctz::time_zone zone_;
  Shop shop_;
};

void push(Column& column, const Row& row, bool nullable) {
  const auto found = row.find(column.name);
  const Cell cell = found == row.end() ? Cell() : found->second;
  if (std::holds_alternative<std::monostate>(cell) && nullable) return column.push_null();
  if (column.type == ColumnType::text) {
    return column.push_text(std::holds_alternative<std::string>(cell) ? std::get<std::string>(cell)
                                                                      : "");
  }
  if (column.type == ColumnType::real) return column.push_real(std::get<double>(cell));
  column.push_integer(std::holds_alternative<std::int64_t>(cell) ? std::get<std::int64_t>(cell)
                                                                 : 0);
}

constexpr const char* kTables[] = {"customers", "identities",  "customer_links",
                                   "orders",    "order_lines", "events",
                                   "tickets",   "surveys",     "customer_marks"};

Status write(engine::Engine& engine, const engine::TableSpec& spec, const std::vector<Row>& rows) {
  Frame frame;
  for (const engine::TableColumn& column : spec.columns) {
    const bool has_time = column.type.find("DateTime") != std::string::npos;
    const bool has_date = column.type.find("Date") != std::string::npos;
    frame.columns.push_back(
        make_column(column.name, column.type.find("String") != std::string::npos  ? ColumnType::text
                                 : column.type.find("Float") != std::string::npos ? ColumnType::real
                                 : has_time                                       ? ColumnType::time
                                 : has_date                                       ? ColumnType::date
                                            : ColumnType::integer));
    for (const Row& row : rows) {
      push(frame.columns.back(), row, column.type.starts_with("Nullable"));
    }
  }
  TRY(auto inserter, engine.insert(spec.name, spec.columns));
  TRY(inserter->write(frame));
  return inserter->finish();
}

using Partitions = std::map<std::string, std::vector<Row>>;

/// The rows of a table as it is partitioned: by the month of a day, or not.
Partitions partitions_of(const Shop& shop, const engine::TableSpec& spec) {
  Partitions out;
  const auto rows = shop.tables.find(spec.name);
  if (rows == shop.tables.end()) return out;
  constexpr std::string_view kMonth = "toYYYYMM(";
  for (const Row& row : rows->second) {
    std::string partition = "all";
    if (spec.partition_by.starts_with(kMonth)) {
      const std::string day =
          spec.partition_by.substr(kMonth.size(), spec.partition_by.size() - kMonth.size() - 1);
      const auto cell = row.find(day);
      const std::int64_t days = cell == row.end() ? 0 : std::get<std::int64_t>(cell->second);
      const Ymd ymd = ymd_of(Date{static_cast<std::int32_t>(days)});
      partition = std::to_string(ymd.year * 100 + ymd.month);
    }
    out[partition].push_back(row);
  }
  return out;
}

}  // namespace

Shop random_shop(std::uint64_t seed, Date today, const std::string& time_zone) {
  return Maker(seed, today, time_zone).make();
}

Status fill(engine::Engine& engine, const Shop& shop) {
  TRY(schema::ensure(engine));
  for (const char* name : kTables) {
    TRY(engine.truncate_table(name));
    const auto rows = shop.tables.find(name);
    if (rows != shop.tables.end()) TRY(write(engine, schema::table(name), rows->second));
  }
  return {};
}

Status refill(engine::Engine& engine, const Shop& before, const Shop& after) {
  for (const char* name : kTables) {
    engine::TableSpec spec = schema::table(name);
    const Partitions old = partitions_of(before, spec);
    const Partitions now = partitions_of(after, spec);
    std::vector<std::string> changed;
    std::vector<Row> rows;
    for (const auto& [partition, found] : now) {
      const auto same = old.find(partition);
      if (same != old.end() && same->second == found) continue;
      changed.push_back(partition);
      rows.insert(rows.end(), found.begin(), found.end());
    }
    for (const auto& [partition, found] : old) {
      if (!now.contains(partition)) changed.push_back(partition);
    }
    if (changed.empty()) continue;
    spec.name = "refill";
    TRY(engine.drop_table(spec.name));
    TRY(engine.create_table(spec));
    TRY(write(engine, spec, rows));
    TRY(engine.replace_partitions(name, spec.name, changed));
    TRY(engine.drop_table(spec.name));
  }
  return {};
}

}  // namespace huitou::segments::testing
