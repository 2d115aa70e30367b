// The score and the effects of a check.

#include <gtest/gtest.h>

#include <cmath>

#include "engine/testing.h"
#include "quality/quality.h"
#include "quality/test_shop.h"

namespace huitou::quality {
namespace {

using testing::clean_shop;
using testing::TestShop;

std::vector<engine::testing::NamedEngine>& engines() {
  static auto opened = engine::testing::engines();
  return opened;
}

std::unique_ptr<store::Store> new_store() { return store::open_sqlite(":memory:").value(); }

std::optional<double> effect_of(store::Store& store, std::string_view rule, std::string_view metric,
                                const char* column) {
  const Frame frame = effects(store).value();
  for (std::size_t row = 0; row < frame.rows(); ++row) {
    if (frame.text("rule", row) == rule && frame.text("metric", row) == metric) {
      return frame.real(column, row);
    }
  }
  return std::nullopt;
}

TEST(Check, OfACleanShopScoresAHundred) {
  for (const auto& named : engines()) {
    ASSERT_TRUE(fill(*named.engine, clean_shop()).ok());
    const auto store = new_store();
    EXPECT_FALSE(last_check(*store)->has_value());
    ASSERT_TRUE(
        check(*named.engine, *store, {.today = Date{20300}, .now = 77, .data_version = 5}).ok());
    const auto last = last_check(*store);
    ASSERT_TRUE(last.ok() && last->has_value());
    EXPECT_EQ((*last)->score, 100);
    EXPECT_EQ((*last)->orders, 1400);
    EXPECT_EQ((*last)->checked_at, 77);
    EXPECT_EQ((*last)->data_version, 5);
    EXPECT_EQ(effects(*store)->rows(), 0u);
    EXPECT_EQ(results(*store)->rows(), all().size());
  }
}

TEST(Check, OfAnEmptyShopHasNoScore) {
  for (const auto& named : engines()) {
    ASSERT_TRUE(fill(*named.engine, TestShop{}).ok());
    const auto store = new_store();
    ASSERT_TRUE(check(*named.engine, *store, {.today = Date{20300}}).ok());
    EXPECT_EQ((*last_check(*store))->score, std::nullopt);
    EXPECT_EQ(checks(*store)->rows(), 1u);
  }
}

// Given two customers who bought once and one test account that bought twice, the repurchase rate
// is 1/3, and nothing without the test account.
TEST(Check, MeasuresMetricsWithoutTheFlaggedOrders) {
  TestShop shop;
  shop.customers = {{1, "Anna", {}}, {2, "Ben", {}}, {3, "test", {}}};
  shop.orders = {{.key = "a", .customer = 1, .day = Date{20000}, .gross = 1000},
                 {.key = "b", .customer = 2, .day = Date{20001}, .gross = 3000},
                 {.key = "c", .customer = 3, .day = Date{20002}, .gross = 500},
                 {.key = "d", .customer = 3, .day = Date{20003}, .gross = 500}};
  for (const auto& named : engines()) {
    SCOPED_TRACE(named.name);
    ASSERT_TRUE(fill(*named.engine, shop).ok());
    const auto store = new_store();
    ASSERT_TRUE(check(*named.engine, *store, {.today = Date{20300}}).ok());
    EXPECT_DOUBLE_EQ(*effect_of(*store, "test_accounts", "repurchase_rate", "value"), 1.0 / 3);
    EXPECT_EQ(effect_of(*store, "test_accounts", "repurchase_rate", "without"), 0);
    EXPECT_EQ(effect_of(*store, "test_accounts", "net_amount", "value"), 5000);
    EXPECT_EQ(effect_of(*store, "test_accounts", "net_amount", "without"), 4000);
    EXPECT_EQ(effect_of(*store, "test_accounts", "buyers", "without"), 2);
    EXPECT_EQ(effect_of(*store, kAdvised, "average_order_value", "without"), 2000);
    // Half of the orders is more than the share at which the rule costs all its points.
    EXPECT_EQ((*last_check(*store))->score, 100 - (*find("test_accounts"))->weight);
  }
}

TEST(Check, OfEveryOrderFlaggedLeavesNothingRatherThanZero) {
  TestShop shop;
  shop.customers = {{3, "test", {}}};
  shop.orders = {{.key = "c", .customer = 3}};
  for (const auto& named : engines()) {
    ASSERT_TRUE(fill(*named.engine, shop).ok());
    const auto store = new_store();
    ASSERT_TRUE(check(*named.engine, *store, {.today = Date{20300}}).ok());
    EXPECT_EQ(effect_of(*store, "test_accounts", "repurchase_rate", "value"), 0);
    EXPECT_EQ(effect_of(*store, "test_accounts", "repurchase_rate", "without"), std::nullopt);
  }
}

TEST(Check, ObeysSettingsAndRefusesUnknownOnes) {
  for (const auto& named : engines()) {
    ASSERT_TRUE(fill(*named.engine, clean_shop()).ok());
    const auto store = new_store();
    ASSERT_TRUE(
        check(*named.engine, *store,
              {.settings = {{"ancient_orders.earliest", "2024-10-05"}}, .today = Date{20300}})
            .ok());
    EXPECT_EQ(rows(*named.engine, "ancient_orders", 100)->rows(), 7u * 1);
    for (const auto& [name, value] : Settings{{"ancient_orders.first", "2024-10-05"},
                                              {"earliest", "2024-10-05"},
                                              {"ancient_orders.earliest", "soon"},
                                              {"gap_days.orders", "-1"}}) {
      const Status done = check(*named.engine, *store, {.settings = {{name, value}}});
      EXPECT_FALSE(done.ok()) << name;
    }
    EXPECT_EQ(checks(*store)->rows(), 1u);
  }
}

}  // namespace
}  // namespace huitou::quality
