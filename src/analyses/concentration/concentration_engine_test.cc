#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "analyses/test_engines.h"

namespace huitou::analyses {
namespace {

class ConcentrationEngine : public EnginesTest {};

TEST_F(ConcentrationEngine, GivesThePublishedShare) {
  const auto orders = read_cdnow();
  if (!orders.has_value()) {
    GTEST_SKIP() << "needs ../shared/data/clv/cdnow_sample.txt";
  }
  for (auto& engine : engines()) {
    SCOPED_TRACE(engine.name);
    ASSERT_TRUE(put_orders(*engine.engine, *orders).ok());
    const Answer curve = ask(*engine.engine, "concentration", {});
    ASSERT_EQ(curve.frame.rows(), 101U);
    EXPECT_EQ(curve.frame.integer("customers", 20), 472);
    EXPECT_NEAR(*curve.frame.real("amount_share", 20), 0.674550, 5e-7);
    EXPECT_EQ(curve.frame.real("amount_share", 0), 0.0);
    EXPECT_EQ(curve.frame.real("amount_share", 100), 1.0);
    EXPECT_FALSE(curve.frame.integer("lowest_minor", 0).has_value());
    const Answer top = ask(*engine.engine, "concentration", {{"show", {"top"}}});
    ASSERT_EQ(top.frame.rows(), 5U);
    EXPECT_EQ(top.frame.real("top_share", 3), 0.2);
    EXPECT_EQ(top.frame.integer("customers", 3), 472);
    EXPECT_EQ(top.frame.integer("amount_minor", 3), 16465226);
    EXPECT_NEAR(*top.frame.real("gini", 3), 0.6309171170, 1e-9);
  }
}

TEST_F(ConcentrationEngine, AgreesWithASlowSecondWay) {
  for (auto& engine : engines()) {
    SCOPED_TRACE(engine.name);
    const TestOrders orders = random_orders(51);
    ASSERT_TRUE(put_orders(*engine.engine, orders).ok());
    const Period period{Date{19950}, Date{20200}};
    std::map<std::uint64_t, std::int64_t> amounts;
    for (const TestOrder& order : orders) {
      const bool inside = order.ordered_on >= period.from && order.ordered_on < period.to;
      if (order.customer_id != 0 && inside && (order.status == 2 || order.status == 3)) {
        amounts[order.customer_id] += order.amount_minor - order.refund_minor;
      }
    }
    std::vector<std::int64_t> ranked;
    std::int64_t all = 0;
    for (const auto& [id, amount] : amounts) {
      ranked.push_back(amount);
      all += amount;
    }
    std::sort(ranked.rbegin(), ranked.rend());
    Values values{{"from", {format_date(period.from)}}, {"to", {format_date(period.to)}}};
    const Answer curve = ask(*engine.engine, "concentration", values);
    for (std::size_t percent = 0; percent <= 100; ++percent) {
      const std::size_t customers = (ranked.size() * percent + 99) / 100;
      std::int64_t top = 0;
      std::int64_t low = 0;
      for (std::size_t i = 0; i < customers; ++i) {
        top += ranked[i];
        low += ranked[ranked.size() - 1 - i];
      }
      EXPECT_EQ(curve.frame.integer("customers", percent), static_cast<std::int64_t>(customers));
      EXPECT_EQ(curve.frame.integer("amount_minor", percent), top);
      EXPECT_NEAR(*curve.frame.real("lorenz_share", percent),
                  static_cast<double>(low) / static_cast<double>(all), 1e-12);
    }
    values["show"] = {"abc"};
    const Answer classes = ask(*engine.engine, "concentration", values);
    ASSERT_EQ(classes.frame.rows(), 3U);
    std::int64_t before = 0;
    std::size_t at = 0;
    std::vector<std::int64_t> sizes(3);
    for (std::size_t i = 0; i < ranked.size(); ++i) {
      const bool tied = i > 0 && ranked[i] == ranked[i - 1];
      const double share = static_cast<double>(before) / static_cast<double>(all);
      at = tied ? at : share < 0.8 ? 0U : share < 0.95 ? 1U : 2U;
      ++sizes[at];
      before += ranked[i];
    }
    for (std::size_t row = 0; row < sizes.size(); ++row) {
      EXPECT_EQ(classes.frame.integer("customers", row), sizes[row]);
      EXPECT_GT(sizes[row], 0);
    }
  }
}

TEST_F(ConcentrationEngine, SaysWhatIsWrong) {
  for (auto& engine : engines()) {
    SCOPED_TRACE(engine.name);
    TestOrders orders;
    for (std::uint64_t id = 1; id <= 20; ++id) {
      orders.push_back({id, Date{20000}, 100, 2, 100});
    }
    ASSERT_TRUE(put_orders(*engine.engine, orders).ok());
    EXPECT_EQ(refuse(*engine.engine, "concentration", {}).message,
              "The amounts of this selection do not come to more than nothing.");
    EXPECT_EQ(refuse(*engine.engine, "concentration", {{"a", {"95"}}}).message,
              "a is 95 and b 95.");
    orders[0] = {1, Date{20000}, 9900};
    orders[1] = {2, Date{20000}, 100, 2, 300};
    ASSERT_TRUE(put_orders(*engine.engine, orders).ok());
    const Answer below = ask(*engine.engine, "concentration", {});
    EXPECT_EQ(below.notes.back().text.en,
              "1 customers have an amount below zero: more was refunded than paid.");
    orders.pop_back();
    ASSERT_TRUE(put_orders(*engine.engine, orders).ok());
    EXPECT_EQ(refuse(*engine.engine, "concentration", {}).message,
              "concentration needs 20 customers; this selection has 19.");
  }
}

}  // namespace
}  // namespace huitou::analyses
