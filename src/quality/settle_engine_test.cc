// Decisions on orders: what is set aside counts nowhere, comes back as it was, and stays aside when
// it is loaded again.

#include <gtest/gtest.h>

#include "engine/testing.h"
#include "quality/quality.h"
#include "quality/test_shop.h"

namespace huitou::quality {
namespace {

using engine::testing::sorted_lines;
using testing::clean_shop;
using testing::TestShop;

constexpr Date kToday{20300};

std::vector<engine::testing::NamedEngine>& engines() {
  static auto opened = engine::testing::engines();
  return opened;
}

std::vector<std::string> content(engine::Engine& engine, const std::string& table) {
  const bool of_orders = table.ends_with("orders");
  const auto frame = engine.query(
      {.text = of_orders ? "SELECT order_key, customer_id, ordered_on, gross_minor, refund_minor, "
                           "net_minor, store_key FROM " +
                               table
                         : "SELECT order_key, product_key FROM " + table});
  EXPECT_TRUE(frame.ok()) << describe(frame.error());
  return frame.ok() ? sorted_lines(*frame) : std::vector<std::string>{};
}

struct State {
  std::vector<std::string> orders, lines, aside, aside_lines;
  bool operator==(const State&) const = default;
};

State state_of(engine::Engine& engine) {
  return {content(engine, "orders"), content(engine, "order_lines"),
          content(engine, "aside_orders"), content(engine, "aside_lines")};
}

class Decisions : public ::testing::Test {
 protected:
  void start(engine::Engine& engine) {
    shop_ = clean_shop();
    ASSERT_TRUE(fill(engine, shop_).ok());
    for (const char* table : {"aside_orders", "aside_lines"}) {
      ASSERT_TRUE(engine.truncate_table(table).ok());
    }
    store_ = store::open_sqlite(":memory:").value();
    begin_ = state_of(engine);
  }
  std::int64_t quarantined(engine::Engine& engine, const std::string& target) {
    const auto done = quarantine(engine, *store_, target, {.now = 7, .name = "Li", .reason = "x"});
    EXPECT_TRUE(done.ok()) << describe(done.error());
    return done.ok() ? *done : -1;
  }
  std::int64_t released(engine::Engine& engine, const std::string& target) {
    const auto done = release(engine, *store_, target, {});
    EXPECT_TRUE(done.ok()) << describe(done.error());
    return done.ok() ? *done : -1;
  }

  TestShop shop_;
  std::unique_ptr<store::Store> store_;
  State begin_;
};

TEST_F(Decisions, AnOrderInQuarantineIsAsideAndComesBack) {
  for (const auto& named : engines()) {
    SCOPED_TRACE(named.name);
    engine::Engine& engine = *named.engine;
    start(engine);
    EXPECT_EQ(quarantined(engine, "o10"), 1);
    EXPECT_EQ(quarantined(engine, "o10"), 0);
    const State without = state_of(engine);
    EXPECT_EQ(without.orders.size(), begin_.orders.size() - 1);
    EXPECT_EQ(without.lines.size(), begin_.lines.size() - 1);
    EXPECT_EQ(without.aside, std::vector<std::string>{"o10\t11\t20001\t9000\t0\t9000\ts1"});
    EXPECT_EQ(without.aside_lines, std::vector<std::string>{"o10\tp1"});
    const auto rows = aside(engine, *store_, 10);
    ASSERT_TRUE(rows.ok()) << describe(rows.error());
    EXPECT_EQ(rows->text("decided_by", 0), "Li");
    EXPECT_EQ(rows->integer("decided_at", 0), 7);
    EXPECT_EQ(released(engine, "o10"), 1);
    EXPECT_EQ(state_of(engine), begin_);
    EXPECT_EQ(released(engine, "o10"), 0);
    EXPECT_EQ(decision_log(*store_)->rows(), 2u);
    EXPECT_EQ(decisions_version(*store_).value(), 2);
  }
}

TEST_F(Decisions, HoldWhenTheSameFileIsLoadedAgain) {
  for (const auto& named : engines()) {
    SCOPED_TRACE(named.name);
    engine::Engine& engine = *named.engine;
    start(engine);
    quarantined(engine, "o10");
    ASSERT_TRUE(fix(engine, *store_, "o20", {.refund_minor = 500}, {}).ok());
    const State settled = state_of(engine);
    ASSERT_TRUE(fill(engine, shop_).ok());  // as a load does: the orders are there again
    EXPECT_NE(state_of(engine), settled);
    ASSERT_TRUE(settle(engine, *store_).ok());
    EXPECT_EQ(state_of(engine), settled);
    ASSERT_TRUE(settle(engine, *store_).ok());
    EXPECT_EQ(state_of(engine), settled);
    EXPECT_EQ(released(engine, ""), 2);
    EXPECT_EQ(state_of(engine), begin_);
  }
}

TEST_F(Decisions, AFixChangesTheAmountsAndKeepsTheOrderAsItCame) {
  for (const auto& named : engines()) {
    SCOPED_TRACE(named.name);
    engine::Engine& engine = *named.engine;
    start(engine);
    ASSERT_TRUE(fix(engine, *store_, "o10", {.gross_minor = 100, .refund_minor = 40}, {}).ok());
    const State fixed = state_of(engine);
    EXPECT_EQ(fixed.orders.size(), begin_.orders.size());
    EXPECT_EQ(fixed.lines, begin_.lines);
    EXPECT_NE(
        std::find(fixed.orders.begin(), fixed.orders.end(), "o10\t11\t20001\t100\t40\t60\ts1"),
        fixed.orders.end());
    ASSERT_TRUE(fix(engine, *store_, "o10", {.gross_minor = 200}, {}).ok());
    EXPECT_EQ(state_of(engine).aside,
              std::vector<std::string>{"o10\t11\t20001\t9000\t0\t9000\ts1"});
    EXPECT_EQ(quarantined(engine, "o10"), 1);
    EXPECT_EQ(state_of(engine).aside,
              std::vector<std::string>{"o10\t11\t20001\t9000\t0\t9000\ts1"});
    EXPECT_EQ(released(engine, "o10"), 1);
    EXPECT_EQ(state_of(engine), begin_);
  }
}

TEST_F(Decisions, AWholeRuleGoesAndItsFiguresFollow) {
  for (const auto& named : engines()) {
    SCOPED_TRACE(named.name);
    engine::Engine& engine = *named.engine;
    start(engine);
    shop_.customers[2].name = "tester";
    ASSERT_TRUE(fill(engine, shop_).ok());
    const State begin = state_of(engine);
    ASSERT_TRUE(check(engine, *store_, {.today = kToday}).ok());
    EXPECT_EQ(quarantined(engine, "test_accounts"), 12);
    EXPECT_EQ(state_of(engine).orders.size(), begin.orders.size() - 12);
    EXPECT_EQ(aside_by_rule(*store_)->integer("orders", 0), 12);
    ASSERT_TRUE(check(engine, *store_, {.today = kToday}).ok());
    EXPECT_EQ((*last_check(*store_))->score, 100);
    EXPECT_EQ(released(engine, "test_accounts"), 12);
    EXPECT_EQ(state_of(engine), begin);
  }
}

// A settling that was killed leaves its orders in both places: the next one carries it on.
TEST_F(Decisions, AreCarriedOnAfterAKill) {
  for (const auto& named : engines()) {
    SCOPED_TRACE(named.name);
    engine::Engine& engine = *named.engine;
    start(engine);
    quarantined(engine, "o10");
    const State settled = state_of(engine);
    // Killed after the rows aside were written, before the months were: all is in both places.
    ASSERT_TRUE(fill(engine, shop_).ok());
    ASSERT_TRUE(settle(engine, *store_).ok());
    EXPECT_EQ(state_of(engine), settled);
    // Killed after a release put the rows back, before they were taken out from aside.
    const auto other = store::open_sqlite(":memory:").value();
    ASSERT_TRUE(fill(engine, shop_).ok());
    ASSERT_TRUE(settle(engine, *other).ok());
    EXPECT_EQ(state_of(engine), begin_);
  }
}

TEST_F(Decisions, RefuseWhatIsNotThere) {
  for (const auto& named : engines()) {
    engine::Engine& engine = *named.engine;
    start(engine);
    EXPECT_EQ(quarantine(engine, *store_, "nowhere", {}).error().code, Code::not_found);
    EXPECT_EQ(quarantine(engine, *store_, "gap_days", {}).error().code, Code::invalid_input);
    EXPECT_EQ(fix(engine, *store_, "nowhere", {.gross_minor = 1}, {}).error().code,
              Code::not_found);
    EXPECT_EQ(fix(engine, *store_, "o10", {}, {}).error().code, Code::invalid_input);
    EXPECT_EQ(state_of(engine), begin_);
    EXPECT_EQ(decisions_version(*store_).value(), 0);
  }
}

}  // namespace
}  // namespace huitou::quality
