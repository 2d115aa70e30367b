#include <gtest/gtest.h>

#include <map>
#include <random>

#include "analyses/test_engines.h"

namespace huitou::analyses {
namespace {

constexpr const char* kName = "price_sensitivity";
const Date kAsOf{20280};

struct One {
  std::int64_t orders = 0, discounted = 0, spent = 0, discounted_spent = 0, saved = 0, list = 0,
               kept = 0, cost = 0;
};
using People = std::map<std::uint64_t, One>;

People people_of(const TestOrders& orders) {
  People people;
  for (const TestOrder& order : orders) {
    if (order.customer_id == 0 || order.ordered_on >= kAsOf ||
        (order.status != 2 && order.status != 3)) {
      continue;
    }
    One& one = people[order.customer_id];
    const std::int64_t net = order.amount_minor - order.refund_minor;
    ++one.orders;
    one.spent += net;
    one.saved += order.discount_minor;
    one.list += order.amount_minor + order.discount_minor;
    if (order.discount_minor > 0) {
      ++one.discounted;
      one.discounted_spent += net;
    }
    if (order.cost_minor) {
      one.kept += net;
      one.cost += *order.cost_minor;
    }
  }
  return people;
}

struct Cuts {
  bool by_amount = false;
  int least = 3;
  double level = 0;
  double high = 0;
  double low = 0;
};

std::string group_of(const One& one, const Cuts& cuts) {
  const auto part = static_cast<double>(cuts.by_amount ? one.discounted_spent : one.discounted);
  const auto whole = static_cast<double>(cuts.by_amount ? one.spent : one.orders);
  return one.orders < cuts.least || whole <= 0 ? "Too few orders to tell"
         : part / whole >= cuts.high           ? "Dependent on discounts"
         : part / whole <= cuts.low            ? "Full price"
                                               : "Mixed";
}

double level_of(const People& people, bool by_amount) {
  double part = 0;
  double whole = 0;
  for (const auto& [id, one] : people) {
    part += static_cast<double>(by_amount ? one.discounted_spent : one.discounted);
    whole += static_cast<double>(by_amount ? one.spent : one.orders);
  }
  return part / whole;
}

void expect_table(const Answer& answer, const People& people, const Cuts& cuts) {
  std::map<std::string, One> sums;
  std::map<std::string, std::int64_t> customers;
  for (const auto& [id, one] : people) {
    const std::string group = group_of(one, cuts);
    ++customers[group];
    One& sum = sums[group];
    sum.orders += one.orders;
    sum.discounted += one.discounted;
    sum.spent += one.spent;
    sum.saved += one.saved;
    sum.list += one.list;
    sum.kept += one.kept;
    sum.cost += one.cost;
  }
  EXPECT_GE(customers.size(), 3U);
  ASSERT_EQ(answer.frame.rows(), 4U);
  for (std::size_t row = 0; row < 4; ++row) {
    const std::string group = *answer.frame.text("group", row);
    const One& sum = sums[group];
    EXPECT_EQ(answer.frame.integer("customers", row), customers[group]) << group;
    EXPECT_EQ(answer.frame.integer("orders", row), sum.orders);
    EXPECT_EQ(answer.frame.integer("amount_minor", row), sum.spent);
    if (customers[group] == 0) {
      EXPECT_FALSE(answer.frame.real("discounted_share", row).has_value());
      continue;
    }
    EXPECT_DOUBLE_EQ(*answer.frame.real("discounted_share", row),
                     static_cast<double>(sum.discounted) / static_cast<double>(sum.orders));
    EXPECT_DOUBLE_EQ(*answer.frame.real("discount_rate", row),
                     static_cast<double>(sum.saved) / static_cast<double>(sum.list));
    EXPECT_DOUBLE_EQ(*answer.frame.real("margin_rate", row),
                     static_cast<double>(sum.kept - sum.cost) / static_cast<double>(sum.kept));
  }
}

class PriceSensitivityEngine : public EnginesTest {};

TEST_F(PriceSensitivityEngine, AgreesWithASlowSecondWay) {
  for (auto& engine : engines()) {
    SCOPED_TRACE(engine.name);
    const TestOrders orders = random_orders(81);
    const People people = people_of(orders);
    ASSERT_TRUE(put_orders(*engine.engine, orders).ok());
    for (const bool by_amount : {false, true}) {
      for (const bool own : {false, true}) {
        Cuts cuts{by_amount, 2, level_of(people, by_amount), 0.5, 0.25};
        if (!own) {
          cuts.high = (1 + cuts.level) / 2;
          cuts.low = cuts.level / 2;
        }
        Values values{{"as_of", {format_date(kAsOf)}},
                      {"by", {by_amount ? "amount" : "orders"}},
                      {"threshold", {own ? "own" : "shop"}},
                      {"high", {"50"}},
                      {"low", {"25"}},
                      {"min_orders", {"2"}}};
        const Answer answer = ask(*engine.engine, kName, values);
        expect_table(answer, people, cuts);
        const char* const choices[] = {"dependent", "mixed", "full_price", "too_few"};
        for (std::size_t row = 0; row < 4; ++row) {
          values["group"] = {choices[row]};
          const Answer list = ask(*engine.engine, kName, values);
          EXPECT_EQ(static_cast<std::int64_t>(list.frame.rows()),
                    answer.frame.integer("customers", row));
          for (std::size_t i = 0; i < list.frame.rows(); ++i) {
            const auto id = static_cast<std::uint64_t>(*list.frame.integer("customer_id", i));
            EXPECT_EQ(group_of(people.at(id), cuts), answer.frame.text("group", row));
            EXPECT_EQ(list.frame.integer("spent_minor", i), people.at(id).spent);
          }
        }
      }
    }
  }
}

/// 600 customers of 8 orders each; half of them take what `chance_of_half` says.
TestOrders planted(double chance, double chance_of_half, std::uint64_t seed) {
  std::mt19937_64 rng(seed);
  std::uniform_real_distribution<double> uniform(0, 1);
  TestOrders orders;
  for (std::uint64_t id = 1; id <= 600; ++id) {
    for (int order = 0; order < 8; ++order) {
      orders.push_back({id, Date{20000 + order}, 1000});
      const double mine = id % 2 == 0 ? chance : chance_of_half;
      orders.back().discount_minor = uniform(rng) < mine ? 100 : 0;
    }
  }
  return orders;
}

// Everybody alike: the groups are what chance makes. Planted difference: far more than chance.
TEST_F(PriceSensitivityEngine, TellsPlantedDependenceFromChance) {
  for (auto& engine : engines()) {
    SCOPED_TRACE(engine.name);
    ASSERT_TRUE(put_orders(*engine.engine, planted(0.4, 0.4, 5)).ok());
    const Answer alike = ask(*engine.engine, kName, {});
    for (std::size_t row = 0; row < 3; ++row) {
      EXPECT_NEAR(*alike.frame.real("customers_share", row),
                  *alike.frame.real("by_chance_share", row), 0.06);
    }
    ASSERT_TRUE(put_orders(*engine.engine, planted(0.05, 0.9, 6)).ok());
    const Answer apart = ask(*engine.engine, kName, {});
    EXPECT_GT(*apart.frame.real("customers_share", 0), 0.4);
    EXPECT_LT(*apart.frame.real("by_chance_share", 0), 0.2);
    EXPECT_GT(*apart.frame.real("customers_share", 2), 0.4);
    double all = 0;
    for (std::size_t row = 0; row < 4; ++row) {
      all += *apart.frame.real("by_chance_share", row);
    }
    EXPECT_NEAR(all, 1, 1e-9);
  }
}

TEST_F(PriceSensitivityEngine, SaysWhatIsWrong) {
  for (auto& engine : engines()) {
    SCOPED_TRACE(engine.name);
    TestOrders orders;
    for (std::uint64_t id = 1; id <= 20; ++id) {
      orders.push_back({id, Date{20000}, 100});
    }
    ASSERT_TRUE(put_orders(*engine.engine, orders).ok());
    EXPECT_EQ(refuse(*engine.engine, kName, {}).message, "None of 20 orders has a discount.");
    EXPECT_EQ(refuse(*engine.engine, kName, {{"low", {"80"}}}).message, "low is 80 and high 80.");
    orders[0].discount_minor = 5;
    ASSERT_TRUE(put_orders(*engine.engine, orders).ok());
    EXPECT_EQ(refuse(*engine.engine, kName, {}).message, "None of 20 customers has 3 orders.");
    const Answer each = ask(*engine.engine, kName, {{"min_orders", {"1"}}});
    EXPECT_EQ(each.frame.integer("customers", 0), 1);
    EXPECT_FALSE(each.frame.real("margin_rate", 0).has_value()) << "no cost is known";
  }
}

}  // namespace
}  // namespace huitou::analyses
