// Rows that are gone at their source are gone here, on every engine, and no others.

#include <gtest/gtest.h>

#include <set>

#include "engine/testing.h"
#include "ingest/ingest.h"
#include "ingest/test_rows.h"
#include "schema/testing.h"

namespace huitou::ingest {
namespace {

using engine::testing::NamedEngine;
using testing_rows::Rows;
using testing_rows::rows_source;
using Lines = std::vector<std::string>;

const std::vector<NamedEngine>& all_engines() {
  static const std::vector<NamedEngine> engines = engine::testing::engines();
  return engines;
}

const std::vector<std::string> kColumns{"order_key", "customer_key", "ordered_at", "paid"};

class GoneTest : public testing::TestWithParam<std::size_t> {
 protected:
  void SetUp() override {
    schema::testing::clear(engine());
    auto opened = store::open_sqlite(":memory:");
    ASSERT_TRUE(opened.ok());
    store_ = std::move(*opened);
  }
  engine::Engine& engine() { return *all_engines().at(GetParam()).engine; }

  Loaded load(const std::string& table, const std::string& source,
              const std::vector<std::string>& columns, const Rows& rows) {
    RowsSource from = rows_source("source:" + source, columns, rows);
    from.mapping = "table: " + table + "\ncolumns:\n";
    for (const std::string& column : columns) {
      const bool time = column.ends_with("_at");
      from.mapping += "  " + column + ": " +
                      (time ? "{field: " + column + ", date: year_first}" : column) + "\n";
    }
    from.content = hash(source + "/" + rows.front().front(), rows.size());
    const auto loaded = load_rows(engine(), *store_, from,
                                  {.source = source, .today = *parse_date("2026-01-01"), .now = 5});
    EXPECT_TRUE(loaded.ok()) << table << ": " << (loaded.ok() ? "" : describe(loaded.error()));
    return loaded.ok() ? *loaded : Loaded{};
  }
  /// The source has these keys, which come one by one.
  Gone compare(const std::string& table, const std::string& source,
               const std::vector<std::string>& keys, int most_percent = 10) {
    GoneOptions options;
    options.path = "source:" + source + " deletes";
    options.table = table;
    options.source = source;
    options.most_percent = most_percent;
    options.now = 9;
    std::size_t next = 0;
    const auto gone = remove_gone(engine(), *store_, options, [&](std::vector<std::string>& page) {
      if (next < keys.size()) page.push_back(keys[next++]);
      return Result<bool>(next < keys.size());
    });
    EXPECT_TRUE(gone.ok()) << (gone.ok() ? "" : describe(gone.error()));
    return gone.ok() ? *gone : Gone{};
  }
  Lines keys_in(const std::string& table, const std::string& key = "order_key") {
    const auto frame =
        engine().query({.text = "SELECT DISTINCT " + key + " FROM " + table + " ORDER BY " + key});
    EXPECT_TRUE(frame.ok()) << (frame.ok() ? "" : describe(frame.error()));
    return frame.ok() ? engine::testing::lines(*frame) : Lines();
  }

  std::unique_ptr<store::Store> store_;
};

TEST_P(GoneTest, OrdersGoWithTheirLinesAndOfTheirSourceOnly) {
  const Rows rows{{"a", "anna", "2025-01-05", "10"},
                  {"b", "anna", "2025-01-06", "10"},
                  {"c", "ben", "2025-02-01", "10"},
                  {"d", "ben", "2025-03-01", "10"}};
  load("orders", "shop", kColumns, rows);
  load("orders", "till", kColumns, {{"t", "anna", "2025-01-07", "10"}});
  load("order_lines", "lines", {"order_key", "line_number", "product_key", "gross"},
       {{"b", "1", "tea", "10"}, {"c", "1", "tea", "10"}});
  const std::string copy = "INSERT INTO aside_orders SELECT * FROM orders WHERE order_key = 'd'";
  ASSERT_TRUE(engine().execute({.text = copy}).ok());
  const std::int64_t version = data_version(*store_).value();
  // As the source writes them.
  const Gone gone = compare("orders", "shop", {" a ", "c", "z"});
  EXPECT_EQ(gone.here, 4);  // d is in both places
  EXPECT_EQ(gone.gone, 2);
  EXPECT_EQ(gone.present, 3);
  EXPECT_TRUE(gone.removed);
  EXPECT_EQ(keys_in("orders"), (Lines{"a", "c", "t"}));
  EXPECT_EQ(keys_in("order_lines"), (Lines{"c"}));
  EXPECT_EQ(keys_in("aside_orders"), (Lines{}));
  EXPECT_GT(data_version(*store_).value(), version);
  const auto found = findings(engine(), *store_, {.load_id = {}, .rule = "gone_at_source"});
  ASSERT_TRUE(found.ok());
  std::multiset<std::string> values;
  for (std::size_t row = 0; row < found->rows(); ++row) {
    values.insert(found->text("value", row).value_or(""));
    EXPECT_EQ(found->text("action", row), "removed");
  }
  EXPECT_EQ(values, (std::multiset<std::string>{"b", "d"}));
  // Nothing more to do, and nothing done.
  EXPECT_FALSE(compare("orders", "shop", {"a", "c"}).removed);
  // The very rows of before are loaded again, and not taken for what is there already.
  EXPECT_FALSE(load("orders", "shop", kColumns, rows).unchanged);
  EXPECT_EQ(keys_in("orders"), (Lines{"a", "b", "c", "d", "t"}));
}

TEST_P(GoneTest, TooManyGoneTakesNothingAway) {
  Rows rows;
  std::vector<std::string> keys;
  for (int i = 0; i < 60; ++i) {
    keys.push_back("o" + std::to_string(i));
    rows.push_back({keys.back(), "anna", "2025-01-05", "10"});
  }
  load("lines", "shop", {"order_key", "customer_key", "ordered_at", "paid", "line_number"}, [&] {
    Rows lines = rows;
    for (auto& line : lines) line.emplace_back("1");
    return lines;
  }());
  const std::vector<std::string> fewer(keys.begin(), keys.begin() + 30);
  const Gone gone = compare("lines", "shop", fewer);
  EXPECT_EQ(gone.gone, 30);
  EXPECT_FALSE(gone.removed);
  EXPECT_FALSE(compare("lines", "shop", {}, 100).removed) << "an empty source";
  EXPECT_EQ(keys_in("orders").size(), 60U);
  EXPECT_TRUE(compare("lines", "shop", fewer, 50).removed);
  EXPECT_EQ(keys_in("orders").size(), 30U);
  EXPECT_EQ(keys_in("order_lines").size(), 30U);
}

TEST_P(GoneTest, TicketsGoToo) {
  load("tickets", "desk", {"ticket_key", "opened_at"}, {{"1", "2025-01-05"}, {"2", "2025-01-06"}});
  load("tickets", "other", {"ticket_key", "opened_at"}, {{"2", "2025-01-05"}});
  EXPECT_EQ(keys_in("tickets", "concat(source, ticket_key)"), (Lines{"desk1", "desk2", "other2"}));
  EXPECT_TRUE(compare("tickets", "desk", {"1"}).removed);
  EXPECT_EQ(keys_in("tickets", "concat(source, ticket_key)"), (Lines{"desk1", "other2"}));
  EXPECT_EQ(removable_key("customers"), "");
}

TEST_P(GoneTest, AReaderThatFailsChangesNothing) {
  load("orders", "shop", kColumns, {{"a", "anna", "2025-01-05", "10"}});
  GoneOptions options;
  options.path = "x";
  options.table = "orders";
  options.source = "shop";
  const auto gone =
      remove_gone(engine(), *store_, options, [](std::vector<std::string>&) -> Result<bool> {
        return Error{Code::unavailable, "cut", "", "", ""};
      });
  ASSERT_FALSE(gone.ok());
  EXPECT_EQ(gone.error().code, Code::unavailable);
  EXPECT_EQ(keys_in("orders"), (Lines{"a"}));
  EXPECT_FALSE(load("orders", "shop", kColumns, {{"b", "anna", "2025-01-06", "10"}}).unchanged);
}

std::string name_of(const testing::TestParamInfo<std::size_t>& info) {
  return all_engines().at(info.param).name;
}
INSTANTIATE_TEST_SUITE_P(Engines, GoneTest, testing::Range<std::size_t>(0, all_engines().size()),
                         name_of);

}  // namespace
}  // namespace huitou::ingest
