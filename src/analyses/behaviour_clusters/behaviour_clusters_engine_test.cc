#include <gtest/gtest.h>

#include <map>
#include <random>
#include <set>

#include "analyses/test_engines.h"

namespace huitou::analyses {
namespace {

constexpr const char* kName = "behaviour_clusters";

/// Three kinds of customers: regulars, bargain hunters who left, one large order lately.
TestOrders planted() {
  std::mt19937_64 rng(17);
  const auto below = [&](std::uint64_t bound) { return static_cast<int>(rng() % bound); };
  TestOrders orders;
  for (std::uint64_t id = 1; id <= 300; ++id) {
    const std::uint64_t kind = id % 3;
    const int count = kind == 0 ? 10 + below(4) : kind == 1 ? 3 : 1;
    for (int order = 0; order < count; ++order) {
      const int day = kind == 0   ? 20000 + order * 20 + below(5)
                      : kind == 1 ? 19900 + order * 10 + below(5)
                                  : 20270 + below(9);
      orders.push_back({id, Date{day}, kind == 2 ? 90000 + below(9000) : 5000 + below(900)});
      orders.back().discount_minor = kind == 1 ? 500 : 0;
    }
  }
  return orders;
}

class BehaviourClustersEngine : public EnginesTest {};

TEST_F(BehaviourClustersEngine, FindsWhatWasPlanted) {
  for (auto& engine : engines()) {
    SCOPED_TRACE(engine.name);
    ASSERT_TRUE(put_orders(*engine.engine, planted()).ok());
    for (const std::string method : {"k_means", "mixture"}) {
      SCOPED_TRACE(method);
      const Answer answer = ask(*engine.engine, kName, {{"method", {method}}, {"clusters", {"3"}}});
      ASSERT_EQ(answer.frame.rows(), 3U);
      for (std::size_t row = 0; row < 3; ++row) {
        EXPECT_EQ(answer.frame.integer("customers", row), 100);
      }
      // By mean amount: one large order, the regulars, the bargain hunters.
      EXPECT_EQ(answer.frame.real("orders", 0), 1.0);
      EXPECT_GT(*answer.frame.real("orders", 1), 9);
      EXPECT_EQ(answer.frame.real("orders", 2), 3.0);
      EXPECT_EQ(answer.frame.real("discounted_share", 2), 1.0);
      EXPECT_NE(answer.frame.text("cluster", 0)->find("high amounts per order"), std::string::npos);
      EXPECT_NE(
          answer.frame.text("description_zh", 2)->find("有折扣的订单通常为 100 %（全体 33.3 %）"),
          std::string::npos)
          << *answer.frame.text("description_zh", 2);
      EXPECT_NE(answer.notes.at(1).text.en.find("Rand index of 1 in the mean and 1 at least"),
                std::string::npos);
    }
    const Answer chosen = ask(*engine.engine, kName, {});
    EXPECT_EQ(chosen.frame.rows(), 3U);
    EXPECT_EQ(chosen.notes.at(0).text.en.find("3 clusters: the highest silhouette, 0.9"), 0U)
        << chosen.notes.at(0).text.en;
  }
}

// Every customer is in one cluster, the sums are those of the shop, and seeds decide nothing else.
TEST_F(BehaviourClustersEngine, AddsUpAndRepeats) {
  const TestOrders orders = random_orders(95);
  std::set<std::uint64_t> people;
  std::int64_t spent = 0;
  for (const TestOrder& order : orders) {
    if (order.customer_id != 0 && (order.status == 2 || order.status == 3)) {
      people.insert(order.customer_id);
      spent += order.amount_minor - order.refund_minor;
    }
  }
  for (auto& engine : engines()) {
    SCOPED_TRACE(engine.name);
    ASSERT_TRUE(put_orders(*engine.engine, orders).ok());
    for (const std::string seed : {"1", "2"}) {
      const Values values{{"clusters", {"4"}}, {"seed", {seed}}};
      const Answer answer = ask(*engine.engine, kName, values);
      std::int64_t customers = 0;
      std::int64_t amount = 0;
      for (std::size_t row = 0; row < answer.frame.rows(); ++row) {
        customers += *answer.frame.integer("customers", row);
        amount += *answer.frame.integer("amount_minor", row);
      }
      EXPECT_EQ(customers, static_cast<std::int64_t>(people.size()));
      EXPECT_EQ(amount, spent);
      EXPECT_EQ(engine::testing::lines(ask(*engine.engine, kName, values).frame),
                engine::testing::lines(answer.frame));
    }
  }
}

TEST_F(BehaviourClustersEngine, ShowsHowGoodEachNumberIs) {
  for (auto& engine : engines()) {
    SCOPED_TRACE(engine.name);
    ASSERT_TRUE(put_orders(*engine.engine, planted()).ok());
    const Answer choice = ask(*engine.engine, kName, {{"show", {"choice"}}});
    ASSERT_EQ(choice.frame.rows(), 7U);
    for (std::size_t row = 0; row < 7; ++row) {
      EXPECT_EQ(choice.frame.integer("clusters", row), static_cast<std::int64_t>(row) + 2);
      EXPECT_EQ(choice.frame.text("chosen", row), row == 1 ? "✓" : "");
      EXPECT_TRUE(choice.frame.real("bic", row).has_value());
      if (row > 0) {
        EXPECT_LE(*choice.frame.real("inertia", row), *choice.frame.real("inertia", row - 1));
      }
    }
    EXPECT_LT(*choice.frame.real("bic", 1), *choice.frame.real("bic", 0));
  }
}

TEST_F(BehaviourClustersEngine, SaysWhatIsWrong) {
  for (auto& engine : engines()) {
    SCOPED_TRACE(engine.name);
    TestOrders orders;
    for (std::uint64_t id = 1; id <= 20; ++id) {
      orders.push_back({id, Date{20000}, 100});
    }
    ASSERT_TRUE(put_orders(*engine.engine, orders).ok());
    EXPECT_EQ(refuse(*engine.engine, kName, {}).message,
              "All customers of this selection behave alike.");
    EXPECT_EQ(refuse(*engine.engine, kName, {{"clusters", {"1"}}}).message, "clusters is 1.");
    orders.pop_back();
    ASSERT_TRUE(put_orders(*engine.engine, orders).ok());
    EXPECT_EQ(refuse(*engine.engine, kName, {}).message,
              "behaviour_clusters needs 20 customers; this selection has 19.");
  }
}

}  // namespace
}  // namespace huitou::analyses
