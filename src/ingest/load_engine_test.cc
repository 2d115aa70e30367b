// Loads on every engine: what files become, and that loading twice, corrected, late or cancelled
// gives the figures of one clean load.

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "engine/testing.h"
#include "ingest/ingest.h"
#include "ingest/journal.h"
#include "ingest/test_files.h"
#include "schema/schema.h"
#include "schema/testing.h"

namespace huitou::ingest {
namespace {

using engine::testing::NamedEngine;
using testing_files::Directory;

const std::vector<NamedEngine>& all_engines() {
  static const std::vector<NamedEngine> engines = engine::testing::engines();
  return engines;
}

class LoadTest : public testing::TestWithParam<std::size_t> {
 protected:
  void SetUp() override {
    schema::testing::clear(engine());
    auto opened = store::open_sqlite(":memory:");
    ASSERT_TRUE(opened.ok());
    store_ = std::move(opened).value();
  }

  engine::Engine& engine() { return *all_engines().at(GetParam()).engine; }

  LoadOptions options(const std::string& path) const {
    return {.paths = {path},
            .mapping_dir = directory_.path("mappings"),
            .today = *parse_date("2026-01-01"),
            .now = 5};
  }

  Loaded load_file(const std::string& path, const LoadOptions& given) {
    auto loaded = load(engine(), *store_, given);
    EXPECT_TRUE(loaded.ok()) << path << ": " << (loaded.ok() ? "" : describe(loaded.error()));
    return loaded.ok() ? loaded->front() : Loaded{};
  }
  Loaded load_file(const std::string& path) { return load_file(path, options(path)); }
  Loaded load_text(const std::string& name, const std::string& text) {
    return load_file(directory_.write(name, text));
  }

  static Column written_out(const Column& days) {
    Column text = make_column(days.name, ColumnType::text);
    for (std::size_t row = 0; row < days.size(); ++row) {
      if (days.is_null(row)) {
        text.push_null();
      } else {
        text.push_text(format_date(Date{static_cast<std::int32_t>(days.integers()[row])}));
      }
    }
    return text;
  }
  std::vector<std::string> rows(const std::string& text) {
    const auto frame = engine().query({.text = text});
    EXPECT_TRUE(frame.ok()) << (frame.ok() ? "" : describe(frame.error()));
    if (!frame.ok()) {
      return {};
    }
    Frame shown = *frame;
    for (Column& column : shown.columns) {
      if (column.type == ColumnType::date) {
        column = written_out(column);
      }
    }
    return engine::testing::lines(shown);
  }
  std::vector<std::string> orders() {
    return rows(
        "SELECT order_key, toInt64(customer_id) AS c, ordered_on, toUInt32(status) AS s, "
        "gross_minor, "
        "discount_minor, refund_minor, net_minor FROM orders ORDER BY order_key");
  }
  std::vector<std::string> lines() {
    return rows(
        "SELECT order_key, toUInt32(line_number) AS n, toInt64(customer_id) AS c, ordered_on, "
        "product_key, "
        "quantity_milli, net_minor FROM order_lines ORDER BY order_key, n, product_key");
  }
  std::uint64_t rows_of_rule(const Loaded& loaded, const std::string& rule) const {
    for (const RuleCount& count : loaded.rules) {
      if (count.rule == rule) {
        return count.rows;
      }
    }
    return 0;
  }
  static bool has_data(const std::string& path) { return std::filesystem::exists(path); }

  Directory directory_;
  std::unique_ptr<store::Store> store_;
};

INSTANTIATE_TEST_SUITE_P(Engines, LoadTest, testing::Range<std::size_t>(0, all_engines().size()),
                         [](const auto& named) { return all_engines().at(named.param).name; });

const std::string kOrders =
    "订单号,客户编号,下单时间,实付金额,订单状态\n"
    "A1,王,2024-01-05 10:00:00,10.00,已完成\n"
    "A2,李,2024-01-06 10:00:00,20.00,已完成\n"
    "A3,王,2024-02-07 10:00:00,30.00,已取消\n";
using Lines = std::vector<std::string>;

TEST_P(LoadTest, Orders) {
  const Loaded loaded = load_text("o.csv", kOrders);
  EXPECT_EQ(loaded.table, "orders");
  EXPECT_EQ(loaded.rows_read, 3U);
  EXPECT_EQ(loaded.orders, 3U);
  EXPECT_EQ(loaded.customers, 2U);
  EXPECT_EQ(loaded.new_customers, 2U);
  EXPECT_EQ(loaded.data_version, 1);
  EXPECT_EQ(orders(), (Lines{"A1\t1\t2024-01-05\t3\t1000\t0\t0\t1000",
                             "A2\t2\t2024-01-06\t3\t2000\t0\t0\t2000",
                             "A3\t1\t2024-02-07\t4\t3000\t0\t0\t3000"}));
  EXPECT_EQ(rows("SELECT toInt64(customer_id) AS c, customer_key FROM customers ORDER BY c"),
            (Lines{"1\t王", "2\t李"}));
}

TEST_P(LoadTest, TheSameFileAgainChangesNothing) {
  load_text("o.csv", kOrders);
  const Lines before = orders();
  const Loaded same = load_text("o.csv", kOrders);
  EXPECT_TRUE(same.unchanged);
  EXPECT_EQ(same.data_version, 1);
  LoadOptions force = options(directory_.path("o.csv"));
  force.force = true;
  const Loaded again = load_file("o.csv", force);
  EXPECT_FALSE(again.unchanged);
  EXPECT_EQ(again.new_customers, 0U);
  EXPECT_EQ(orders(), before);
  EXPECT_EQ(rows("SELECT toUInt64(count()) AS n FROM identities"), Lines{"2"});
}

TEST_P(LoadTest, ACorrectedOrderReplacesTheOldOneAndLeavesItsMonth) {
  load_text("o.csv", kOrders);
  load_text("fix.csv",
            "订单号,客户编号,下单时间,实付金额,订单状态\n"
            "A1,王,2024-03-01 10:00:00,11.00,已完成\n"
            "A9,赵,2024-03-02 10:00:00,9.00,已完成\n");
  EXPECT_EQ(
      orders(),
      (Lines{"A1\t1\t2024-03-01\t3\t1100\t0\t0\t1100", "A2\t2\t2024-01-06\t3\t2000\t0\t0\t2000",
             "A3\t1\t2024-02-07\t4\t3000\t0\t0\t3000", "A9\t3\t2024-03-02\t3\t900\t0\t0\t900"}));
  // The first file is not the last word any more: loading it again is no repetition.
  const Loaded back = load_text("o.csv", kOrders);
  EXPECT_FALSE(back.unchanged);
  EXPECT_EQ(orders().at(0), "A1\t1\t2024-01-05\t3\t1000\t0\t0\t1000");
}

TEST_P(LoadTest, RepeatedOrders) {
  const Loaded loaded = load_text("o.csv", kOrders +
                                               "A1,王,2024-01-05 10:00:00,10.00,已完成\n"
                                               "A2,李,2024-04-06 10:00:00,25.00,已完成\n");
  EXPECT_EQ(rows_of_rule(loaded, "duplicate_row"), 1U);
  EXPECT_EQ(rows_of_rule(loaded, "conflicting_row"), 1U);
  EXPECT_EQ(loaded.rows_read, 5U);
  EXPECT_EQ(loaded.rows_loaded, 3U);
  EXPECT_EQ(orders(), (Lines{"A1\t1\t2024-01-05\t3\t1000\t0\t0\t1000",
                             "A2\t2\t2024-04-06\t3\t2500\t0\t0\t2500",
                             "A3\t1\t2024-02-07\t4\t3000\t0\t0\t3000"}));
}

const std::string kLineHead = "订单号,行号,客户编号,下单时间,商品编号,数量,单价,订单状态\n";

TEST_P(LoadTest, LinesBecomeOrdersWhereverTheyStand) {
  const Loaded loaded = load_text("l.csv", kLineHead +
                                               "A1,1,王,2024-01-05,P1,2,5.00,已完成\n"
                                               "A2,1,李,2024-01-06,P1,1,5.00,已完成\n"
                                               "A1,2,王,2024-01-05,P2,1,7.50,已完成\n"
                                               "A2,1,李,2024-01-06,P1,1,5.00,已完成\n");
  EXPECT_EQ(loaded.table, "lines");
  EXPECT_EQ(rows_of_rule(loaded, "duplicate_row"), 1U);
  EXPECT_EQ(loaded.lines, 3U);
  EXPECT_EQ(orders(), (Lines{"A1\t2\t2024-01-05\t3\t1750\t0\t0\t1750",
                             "A2\t1\t2024-01-06\t3\t500\t0\t0\t500"}));
  EXPECT_EQ(lines(),
            (Lines{"A1\t1\t2\t2024-01-05\tP1\t2000\t1000", "A1\t2\t2\t2024-01-05\tP2\t1000\t750",
                   "A2\t1\t1\t2024-01-06\tP1\t1000\t500"}));
  EXPECT_EQ(rows("SELECT product_key FROM products ORDER BY product_key"), (Lines{"P1", "P2"}));
}

TEST_P(LoadTest, LinesThatDisagreeFollowTheFirst) {
  const Loaded loaded = load_text("l.csv", kLineHead +
                                               "A1,1,王,2024-01-31,P1,2,5.00,已完成\n"
                                               "A1,2,李,2024-02-01,P2,1,7.50,已完成\n"
                                               "A2,1,李,2024-02-06,P1,1,5.00,已完成\n"
                                               "A3,1,李,2024-02-07,P1,1,5.00,已完成\n"
                                               "A3,2,李,2024-02-07,P2,1,9.00,已取消\n");
  EXPECT_EQ(rows_of_rule(loaded, "order_disagrees"), 1U);
  EXPECT_EQ(orders(),
            (Lines{"A1\t2\t2024-01-31\t3\t1750\t0\t0\t1750", "A2\t1\t2024-02-06\t3\t500\t0\t0\t500",
                   "A3\t1\t2024-02-07\t3\t500\t0\t0\t500"}))
      << "a cancelled line does not count in its order";
  EXPECT_EQ(lines().at(1), "A1\t2\t2\t2024-01-31\tP2\t1000\t750");
  EXPECT_EQ(lines().size(), 5U);
}

TEST_P(LoadTest, LinesOfOrdersFromAnotherFile) {
  load_text("o.csv", kOrders);
  const Loaded loaded =
      load_text("l.csv",
                "订单号,行号,商品编号,数量,单价\n"
                "A1,1,P1,1,4.00\nA1,2,P2,1,6.00\nA3,1,P1,3,10.00\nX9,1,P1,1,1.00\n");
  EXPECT_EQ(loaded.table, "order_lines");
  EXPECT_EQ(rows_of_rule(loaded, "order_not_found"), 1U);
  EXPECT_EQ(lines(),
            (Lines{"A1\t1\t1\t2024-01-05\tP1\t1000\t400", "A1\t2\t1\t2024-01-05\tP2\t1000\t600",
                   "A3\t1\t1\t2024-02-07\tP1\t3000\t3000"}));
  // An order that moves takes its lines along.
  load_text("fix.csv",
            "订单号,客户编号,下单时间,实付金额,订单状态\nA1,李,2024-05-01 10:00:00,10.00,已完成\n");
  EXPECT_EQ(lines(),
            (Lines{"A1\t1\t2\t2024-05-01\tP1\t1000\t400", "A1\t2\t2\t2024-05-01\tP2\t1000\t600",
                   "A3\t1\t1\t2024-02-07\tP1\t3000\t3000"}));
}

TEST_P(LoadTest, KeysAreMadeWhereThereAreNone) {
  const std::string text =
      "Id,Date,Price\n1,2005-01-02,230.3\n1,2005-01-02,230.3\n1,2005-09-06,84.39\n2,2005-01-02,7."
      "5\n";
  const Loaded loaded = load_text("a.csv", text);
  EXPECT_EQ(loaded.orders, 4U) << "two equal rows are two orders";
  const Lines before = orders();
  LoadOptions force = options(directory_.path("a.csv"));
  force.force = true;
  load_file("a.csv", force);
  EXPECT_EQ(orders(), before);
}

TEST_P(LoadTest, CustomersBeforeAndAfterTheirOrders) {
  load_text("o.csv", kOrders);
  load_text("c.csv",
            "customer_key,name,region,registered_on\n李,李雷,华北,2023-01-01\n钱,钱多,华东,bad\n李,"
            "李磊,华北,2023-01-01\n");
  EXPECT_EQ(rows("SELECT toInt64(customer_id) AS c, customer_key, name, region, registered_on FROM "
                 "customers ORDER BY c"),
            (Lines{"1\t王\t\t\t\\N", "2\t李\t李磊\t华北\t2023-01-01", "3\t钱\t钱多\t华东\t\\N"}));
}

TEST_P(LoadTest, FindingsNameFileLineAndValue) {
  const Loaded loaded =
      load_text("o.csv", kOrders + "A4,王,2024-99-99,10.00,已完成\nA5,王,2024-01-01,10.00\n");
  EXPECT_EQ(loaded.rows_left_out, 2U);
  const auto found = findings(engine(), *store_, {});
  ASSERT_TRUE(found.ok()) << describe(found.error());
  ASSERT_EQ(found->rows(), 2U);
  EXPECT_EQ(found->text("file", 0), "o.csv");
  EXPECT_EQ(found->integer("line", 0), 5);
  EXPECT_EQ(found->text("value", 0), "2024-99-99");
  EXPECT_EQ(found->text("rule", 1), "field_count");
  const auto counts = finding_counts(*store_, std::nullopt);
  ASSERT_TRUE(counts.ok());
  EXPECT_EQ(counts->rows(), 2U);
}

TEST_P(LoadTest, ADryRunChangesNothing) {
  LoadOptions dry = options(directory_.write("o.csv", kOrders));
  dry.dry_run = true;
  const Loaded loaded = load_file("o.csv", dry);
  EXPECT_EQ(loaded.rows_read, 3U);
  EXPECT_TRUE(orders().empty());
  EXPECT_EQ(*data_version(*store_), 0);
  EXPECT_FALSE(std::filesystem::exists(directory_.path("mappings")));
}

TEST_P(LoadTest, CancelledIsAsIfNotBegun) {
  load_text("o.csv", kOrders);
  const std::atomic<bool> cancelled{true};
  const auto loaded =
      load(engine(), *store_,
           options(directory_.write("p.csv", kOrders + "B1,王,2024-01-09,1.00,已完成\n")),
           Progress({}, &cancelled));
  ASSERT_FALSE(loaded.ok());
  EXPECT_EQ(loaded.error().code, Code::conflict);
  EXPECT_EQ(orders().size(), 3U);
  const auto tables = engine().tables();
  ASSERT_TRUE(tables.ok());
  for (const std::string& table : *tables) {
    EXPECT_FALSE(table.starts_with("load_")) << table;
  }
  EXPECT_EQ(load_file(directory_.path("p.csv")).orders, 4U);
}

/// One line of load_expected.tsv: file, rows in it, rows loaded, what is remarkable.
struct Expected {
  std::string file;
  std::uint64_t rows_read = 0;
  std::uint64_t rows_loaded = 0;
  std::string remark;
};

std::vector<Expected> expected_loads() {
  std::vector<Expected> all;
  std::ifstream in("src/ingest/fixtures/load_expected.tsv");
  for (std::string line; std::getline(in, line);) {
    std::stringstream fields(line);
    Expected one;
    if (!line.starts_with('#') && std::getline(fields, one.file, '\t')) {
      fields >> one.rows_read >> one.rows_loaded;
      std::getline(fields >> std::ws, one.remark);
      all.push_back(one);
    }
  }
  return all;
}

TEST_P(LoadTest, OddFiles) {
  if (all_engines().at(GetParam()).name != "chdb") {
    GTEST_SKIP() << "what is odd is found before the engine; one engine is enough";
  }
  const std::vector<Expected> all = expected_loads();
  ASSERT_GE(all.size(), 20U);
  for (const Expected& expected : all) {
    const auto loaded =
        load(engine(), *store_, options("src/ingest/fixtures/broken/" + expected.file));
    const bool refused = expected.remark.find("refused") != std::string::npos;
    EXPECT_EQ(loaded.ok(), !refused)
        << expected.file << ": " << (loaded.ok() ? "loaded" : loaded.error().message);
    if (loaded.ok()) {
      EXPECT_EQ(loaded->front().rows_read, expected.rows_read) << expected.file;
      EXPECT_EQ(loaded->front().rows_loaded, expected.rows_loaded) << expected.file;
    } else {
      EXPECT_EQ(loaded.error().code, Code::invalid_input) << expected.file;
      EXPECT_FALSE(loaded.error().message_zh.empty()) << expected.file;
    }
  }
}

TEST_P(LoadTest, OnlineRetail) {
  const std::string path = "../shared/data/clv/online_retail_lines.csv.gz";
  if (!has_data(path)) {
    GTEST_SKIP() << path << " is not there";
  }
  const Loaded loaded = load_file(path);
  EXPECT_EQ(loaded.rows_read, 541909U);
  EXPECT_EQ(loaded.orders, 25900U);
  EXPECT_EQ(loaded.customers, 4372U);
  EXPECT_EQ(rows_of_rule(loaded, "missing_customer"), 135080U);
  EXPECT_EQ(rows_of_rule(loaded, "cancelled"), 9288U);
  EXPECT_EQ(rows("SELECT toInt64(sum(gross_minor)) AS g FROM order_lines"), Lines{"974774793"});
  // The control sum counts 397,884 lines: four cost 0.001, which is nothing in pennies.
  EXPECT_EQ(rows("SELECT toUInt64(count()) AS lines, toUInt64(uniqExact(order_key)) AS invoices, "
                 "toUInt64(uniqExact(customer_id)) AS customers, "
                 "toUInt64(uniqExact(tuple(customer_id, ordered_on))) AS days, "
                 "toInt64(sum(net_minor)) AS net FROM order_lines WHERE customer_id != 0 AND "
                 "status IN (2, 3) AND "
                 "price_minor > 0 AND quantity_milli > 0"),
            Lines{"397880\t18532\t4338\t16763\t891140790"});
}

TEST_P(LoadTest, Cdnow) {
  const std::string path = "../shared/data/clv/cdnow_sample.txt";
  if (!has_data(path)) {
    GTEST_SKIP() << path << " is not there";
  }
  const Loaded loaded = load_file(path);
  EXPECT_EQ(loaded.orders, 6919U);
  EXPECT_EQ(loaded.customers, 2357U);
  EXPECT_EQ(
      rows("SELECT toInt64(sum(net_minor)) AS net, toInt64(sum(units_milli)) AS units FROM orders")
          .at(0)
          .substr(0, 8),
      "24409194");
}

}  // namespace
}  // namespace huitou::ingest
