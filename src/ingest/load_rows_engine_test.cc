// Rows that come from no file are loaded as those of a file are.

#include <gtest/gtest.h>

#include "engine/engine.h"
#include "ingest/ingest.h"
#include "ingest/test_rows.h"
#include "schema/schema.h"
#include "schema/testing.h"

namespace huitou::ingest {
namespace {

using testing_rows::Rows;
using testing_rows::rows_source;

const std::vector<std::string> kColumns{"order_id", "member_id", "paid_at", "amount"};
const Rows kRows{{"a1", "anna", "2025-01-05 10:00:00", "12.50"},
                 {"a2", "ben", "2025-01-06 10:00:00", "7.00"},
                 {"a3", "", "2025-02-07 10:00:00", "1.00"},
                 {"a4", "anna", "never", "9.00"},
                 {"a5", "anna", "2025-02-09 10:00:00", "30.00"}};

class LoadRowsTest : public testing::Test {
 protected:
  void SetUp() override {
    auto engine = engine::open_chdb({});
    ASSERT_TRUE(engine.ok());
    engine_ = std::move(engine).value();
    schema::testing::clear(*engine_);
    auto store = store::open_sqlite(":memory:");
    ASSERT_TRUE(store.ok());
    store_ = std::move(store).value();
  }

  Loaded load(const RowsSource& rows) {
    const LoadOptions options{.source = "shop", .today = *parse_date("2026-01-01"), .now = 5};
    auto loaded = load_rows(*engine_, *store_, rows, options);
    EXPECT_TRUE(loaded.ok()) << (loaded.ok() ? "" : describe(loaded.error()));
    return loaded.ok() ? *loaded : Loaded{};
  }
  std::int64_t net() {
    const auto sum = engine_->query({.text = "SELECT toInt64(sum(net_minor)) AS net FROM orders"});
    EXPECT_TRUE(sum.ok());
    return sum.ok() ? sum->integer("net", 0).value_or(0) : 0;
  }

  std::unique_ptr<engine::Engine> engine_;
  std::unique_ptr<store::Store> store_;
};

TEST_F(LoadRowsTest, AllOfThemOrAFinding) {
  const Loaded loaded = load(rows_source("mysql://shop/orders", kColumns, kRows));
  EXPECT_EQ(loaded.path, "mysql://shop/orders");
  EXPECT_EQ(loaded.rows_read, 5U);
  EXPECT_EQ(loaded.rows_loaded, 4U);
  EXPECT_EQ(loaded.orders, 4U);
  EXPECT_EQ(net(), 5050);
  const auto found = findings(*engine_, *store_, {.rule = "unreadable_date"});
  ASSERT_TRUE(found.ok());
  ASSERT_EQ(found->rows(), 1U);
  EXPECT_EQ(found->integer("line", 0), 104);
}

TEST_F(LoadRowsTest, TheSameContentIsLoadedOnce) {
  RowsSource rows = rows_source("orders", kColumns, kRows);
  rows.content = 77;
  EXPECT_FALSE(load(rows).unchanged);
  EXPECT_TRUE(load(rows).unchanged);
  rows.content = 0;  // not known: the rows decide, and they replace themselves
  EXPECT_FALSE(load(rows).unchanged);
  EXPECT_EQ(net(), 5050);
}

TEST_F(LoadRowsTest, AMappingIsObeyed) {
  RowsSource rows = rows_source("orders", kColumns, kRows);
  rows.mapping =
      "table: orders\ncolumns:\n  order_id: order_key\n  paid_at: ordered_at\n  amount: paid\n";
  EXPECT_EQ(load(rows).customers, 0U);
  rows.mapping = "table: orders\ncolumns:\n  price: paid\n";
  const auto wrong = load_rows(*engine_, *store_, rows, {});
  ASSERT_FALSE(wrong.ok());
  EXPECT_EQ(wrong.error().code, Code::invalid_input);
}

TEST_F(LoadRowsTest, APreviewChangesNothing) {
  const auto seen = preview_rows(rows_source("orders", kColumns, kRows), {});
  ASSERT_TRUE(seen.ok());
  EXPECT_EQ(seen->format, "rows");
  EXPECT_EQ(seen->table, "orders");
  EXPECT_EQ(seen->rows.rows(), 2U);  // of the reader's first block
  EXPECT_EQ(net(), 0);
}

}  // namespace
}  // namespace huitou::ingest
