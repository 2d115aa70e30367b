// Homes of the version before costs had columns of their own, on every engine.

#include <gtest/gtest.h>

#include <algorithm>
#include <optional>

#include "engine/testing.h"
#include "schema/testing.h"

namespace huitou::schema {
namespace {

using engine::testing::NamedEngine;
using Lines = std::vector<std::string>;

const std::vector<NamedEngine>& all_engines() {
  static const std::vector<NamedEngine> engines = engine::testing::engines();
  return engines;
}

/// The table as it was before: without what a row said of its cost.
engine::TableSpec before(std::string_view table) {
  engine::TableSpec spec = schema::table(table);
  std::erase_if(spec.columns, [](const auto& column) { return column.name == "own_cost_minor"; });
  return spec;
}

class GrowTest : public ::testing::TestWithParam<std::size_t> {
 protected:
  void SetUp() override {
    for (const char* name : {"orders", "order_lines", "aside_orders", "aside_lines"}) {
      ASSERT_TRUE(engine().drop_table(name).ok());
      ASSERT_TRUE(engine().create_table(before(name)).ok());
    }
    ASSERT_TRUE(engine().drop_table("settled_costs").ok());
    // Three days of two months; the cost of the third is not known.
    fill("orders", {"a", "b", "c"}, {20000, 20001, 20040}, {100, 0, {}});
    fill("aside_orders", {"d"}, {20002}, {7});
    fill("order_lines", {"a", "c"}, {20000, 20040}, {});
  }

  engine::Engine& engine() { return *all_engines().at(GetParam()).engine; }

  void fill(const std::string& table, const Lines& keys, const std::vector<std::int64_t>& days,
            const std::vector<std::optional<std::int64_t>>& costs) {
    std::vector<Column> columns{engine::testing::texts("order_key", keys),
                                engine::testing::integers("ordered_on", days, ColumnType::date)};
    if (!costs.empty()) {
      columns.push_back(make_column("cost_minor", ColumnType::integer));
      for (const auto& cost : costs) {
        cost ? columns.back().push_integer(*cost) : columns.back().push_null();
      }
    }
    schema::testing::put(engine(), table, std::move(columns));
  }

  Lines rows(const std::string& select) {
    const auto frame = engine().query({.text = select});
    EXPECT_TRUE(frame.ok()) << describe(frame.error());
    return frame.ok() ? engine::testing::sorted_lines(*frame) : Lines{};
  }

  void expect_grown() {
    const auto done = ensure(engine());
    ASSERT_TRUE(done.ok()) << describe(done.error());
    const std::string costs = "SELECT order_key, cost_minor, own_cost_minor FROM ";
    EXPECT_EQ(rows(costs + "orders"), (Lines{"a\t100\t100", "b\t0\t0", "c\t\\N\t\\N"}));
    EXPECT_EQ(rows(costs + "aside_orders"), (Lines{"d\t7\t7"}));
    EXPECT_EQ(rows("SELECT order_key, own_cost_minor FROM order_lines"),
              (Lines{"a\t\\N", "c\t\\N"}));
    const auto left = engine().tables();
    ASSERT_TRUE(left.ok());
    for (const std::string& name : *left) EXPECT_FALSE(name.starts_with("grow_")) << name;
    for (const engine::TableSpec& spec : tables()) {
      EXPECT_EQ(std::count(left->begin(), left->end(), spec.name), 1) << spec.name;
    }
  }

  engine::TableSpec copy_of(const std::string& table) {
    engine::TableSpec spec = schema::table(table);
    spec.name = "grow_copy_" + table;
    spec.scratch = true;
    return spec;
  }
  void copy_orders(bool whole) {
    ASSERT_TRUE(engine().create_table(copy_of("orders")).ok());
    const auto copied = engine().execute(
        {.text = "INSERT INTO grow_copy_orders (order_key, ordered_on, cost_minor, own_cost_minor) "
                 "SELECT order_key, ordered_on, cost_minor, cost_minor AS own FROM orders" +
                 std::string(whole ? "" : " WHERE order_key = 'a'")});
    ASSERT_TRUE(copied.ok()) << describe(copied.error());
    ASSERT_TRUE(engine().settle().ok());
    if (!whole) return;
    ASSERT_TRUE(engine()
                    .create_table({"grow_whole_orders", {{"there", "UInt8"}}, "", "there", "there"})
                    .ok());
  }
};

TEST_P(GrowTest, KeepsEveryRowAndTheCostsOfOrders) {
  expect_grown();
  expect_grown();
}

TEST_P(GrowTest, BeginsAgainAfterAKillInTheMiddleOfTheCopy) {
  copy_orders(false);
  expect_grown();
}

TEST_P(GrowTest, GoesOnAfterAKillBehindTheCopy) {
  copy_orders(true);
  expect_grown();
}

TEST_P(GrowTest, GoesOnWhereTheOldTableIsGone) {
  copy_orders(true);
  ASSERT_TRUE(engine().drop_table("orders").ok());
  expect_grown();
}

TEST_P(GrowTest, GoesOnWhereTheNewTableIsEmpty) {
  copy_orders(true);
  ASSERT_TRUE(engine().drop_table("orders").ok());
  ASSERT_TRUE(engine().create_table(table("orders")).ok());
  expect_grown();
}

TEST_P(GrowTest, TablesOfAnInterruptedLoadGrowToo) {
  engine::TableSpec staged = before("aside_orders");
  staged.name = "load_aside_orders";
  staged.scratch = true;
  ASSERT_TRUE(engine().create_table(staged).ok());
  const auto filled = engine().execute(
      {.text = "INSERT INTO load_aside_orders (order_key, ordered_on, cost_minor) SELECT "
               "order_key, ordered_on, cost_minor FROM orders"});
  ASSERT_TRUE(filled.ok()) << describe(filled.error());
  ASSERT_TRUE(engine().settle().ok());
  expect_grown();
  EXPECT_EQ(rows("SELECT order_key, own_cost_minor FROM load_aside_orders"),
            (Lines{"a\t100", "b\t0", "c\t\\N"}));
  ASSERT_TRUE(engine().replace_partitions("aside_orders", "load_aside_orders", {"all"}).ok());
  EXPECT_EQ(rows("SELECT order_key FROM aside_orders"), (Lines{"a", "b", "c"}));
  ASSERT_TRUE(engine().drop_table("load_aside_orders").ok());
}

TEST_P(GrowTest, AnswersToSurveysStayAndNameNoProduct) {
  engine::TableSpec spec = schema::table("surveys");
  std::erase_if(spec.columns, [](const auto& column) {
    return column.name == "product_key" || column.name == "store_key";
  });
  ASSERT_TRUE(engine().drop_table("surveys").ok());
  ASSERT_TRUE(engine().create_table(spec).ok());
  schema::testing::put(engine(), "surveys",
                       {engine::testing::texts("survey_key", {"S1"}),
                        engine::testing::texts("source", {"form surveys"})});
  expect_grown();
  EXPECT_EQ(rows("SELECT survey_key, product_key, store_key, source FROM surveys"),
            (Lines{"S1\t\t\tform surveys"}));
}

TEST_P(GrowTest, AnyOtherDifferenceIsAnError) {
  engine::TableSpec other = before("orders");
  other.columns.pop_back();
  ASSERT_TRUE(engine().drop_table("orders").ok());
  ASSERT_TRUE(engine().create_table(other).ok());
  const auto refused = ensure(engine());
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, Code::conflict);
  EXPECT_NE(refused.error().message.find("'orders'"), std::string::npos);
}

std::string name_of(const ::testing::TestParamInfo<std::size_t>& info) {
  return all_engines().at(info.param).name;
}
INSTANTIATE_TEST_SUITE_P(Engines, GrowTest, ::testing::Range<std::size_t>(0, all_engines().size()),
                         name_of);

}  // namespace
}  // namespace huitou::schema
