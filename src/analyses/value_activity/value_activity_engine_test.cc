#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <map>
#include <set>

#include "analyses/test_engines.h"

namespace huitou::analyses {
namespace {

struct One {
  std::int64_t orders = 0;
  std::int64_t amount = 0;
  std::int64_t days = 0;
};
using People = std::map<std::uint64_t, One>;
struct Sums {
  std::int64_t customers = 0;
  std::int64_t amount = 0;
  bool operator==(const Sums&) const = default;
};
using Groups = std::map<std::string, Sums>;

const Date kAsOf{20250};

People people_of(const TestOrders& orders) {
  People people;
  for (const TestOrder& order : orders) {
    if (order.customer_id == 0 || order.ordered_on >= kAsOf ||
        (order.status != 2 && order.status != 3)) {
      continue;
    }
    const std::int64_t days = kAsOf.days - order.ordered_on.days;
    const auto [found, fresh] = people.emplace(order.customer_id, One{0, 0, days});
    ++found->second.orders;
    found->second.amount += order.amount_minor - order.refund_minor;
    found->second.days = std::min(found->second.days, days);
  }
  return people;
}

double middle(const People& people, std::int64_t One::*field, bool mean) {
  std::vector<double> values;
  double sum = 0;
  for (const auto& [id, one] : people) {
    values.push_back(static_cast<double>(one.*field));
    sum += values.back();
  }
  std::sort(values.begin(), values.end());
  const std::size_t n = values.size();
  return mean ? sum / static_cast<double>(n) : (values[(n - 1) / 2] + values[n / 2]) / 2;
}

Groups groups_of(const Answer& answer) {
  Groups groups;
  for (std::size_t row = 0; row < answer.frame.rows(); ++row) {
    groups[*answer.frame.text("segment_zh", row)] = {*answer.frame.integer("customers", row),
                                                     *answer.frame.integer("amount_minor", row)};
  }
  return groups;
}

std::string quadrant(bool active, bool valuable) {
  return active     ? valuable ? "高活跃高价值" : "高活跃低价值"
         : valuable ? "低活跃高价值"
                    : "流失风险";
}

Groups grouped(const People& people, const std::function<std::string(const One&)>& name) {
  Groups groups;
  for (const auto& [id, one] : people) {
    Sums& sums = groups[name(one)];
    ++sums.customers;
    sums.amount += one.amount;
  }
  return groups;
}

class ValueActivityEngine : public EnginesTest {
 protected:
  /// The table agrees with `wanted`, and each group's list with its row.
  static void expect_groups(engine::Engine& engine, Values values, const Groups& wanted) {
    values["as_of"] = {format_date(kAsOf)};
    const Answer answer = ask(engine, "value_activity", values);
    Groups found = groups_of(answer);
    for (const auto& [name, sums] : found) {
      values["segment"] = {name};
      values["limit"] = {"1000"};
      const Answer list = ask(engine, "value_activity", values);
      EXPECT_EQ(list.frame.rows(), static_cast<std::size_t>(sums.customers)) << name;
      const auto& amounts = list.frame.at("amount_minor").integers();
      EXPECT_EQ(std::accumulate(amounts.begin(), amounts.end(), std::int64_t{0}), sums.amount);
    }
    std::erase_if(found, [](const auto& group) { return group.second.customers == 0; });
    EXPECT_EQ(found, wanted);
  }
};

TEST_F(ValueActivityEngine, QuadrantsAgreeWithASlowSecondWay) {
  const TestOrders orders = random_orders(71);
  const People people = people_of(orders);
  for (auto& engine : engines()) {
    SCOPED_TRACE(engine.name);
    ASSERT_TRUE(put_orders(*engine.engine, orders).ok());
    for (const bool mean : {true, false}) {
      const double amount = middle(people, &One::amount, mean);
      const double count = middle(people, &One::orders, mean);
      const double days = middle(people, &One::days, mean);
      const Groups by_orders = grouped(people, [&](const One& one) {
        return quadrant(static_cast<double>(one.orders) >= count,
                        static_cast<double>(one.amount) >= amount);
      });
      const Groups by_days = grouped(people, [&](const One& one) {
        return quadrant(static_cast<double>(one.days) <= days,
                        static_cast<double>(one.amount) >= amount);
      });
      EXPECT_EQ(by_days.size(), 4U);
      const std::string threshold = mean ? "mean" : "median";
      expect_groups(*engine.engine, {{"threshold", {threshold}}}, by_orders);
      expect_groups(*engine.engine, {{"threshold", {threshold}}, {"activity", {"recency"}}},
                    by_days);
    }
  }
}

TEST_F(ValueActivityEngine, OwnNumbersAndGroupsAreExactAtTheirEdges) {
  const TestOrders orders = random_orders(72);
  const People people = people_of(orders);
  for (auto& engine : engines()) {
    SCOPED_TRACE(engine.name);
    ASSERT_TRUE(put_orders(*engine.engine, orders).ok());
    // The edges lie on numbers that customers have.
    const std::int64_t days = people.begin()->second.days;
    Values own{{"threshold", {"own"}},
               {"activity", {"recency"}},
               {"value_at", {"990"}},
               {"days_at", {std::to_string(days)}}};
    expect_groups(*engine.engine, own, grouped(people, [&](const One& one) {
      return quadrant(one.days <= days, one.amount >= 99000);
    }));
    own["activity"] = {"orders"};
    own["orders_at"] = {"4"};
    expect_groups(*engine.engine, own, grouped(people, [&](const One& one) {
      return quadrant(one.orders >= 4, one.amount >= 99000);
    }));
    const Groups slow = grouped(people, [&](const One& one) {
      return one.days > days + 60 ? "已流失"
             : one.days > days    ? "流失边缘"
             : one.orders >= 3    ? "高复购"
             : one.orders == 2    ? "低复购"
                                  : "一次客";
    });
    EXPECT_GE(slow.size(), 4U);
    expect_groups(*engine.engine,
                  {{"show", {"groups"}},
                   {"many_orders", {"3"}},
                   {"edge_days", {std::to_string(days)}},
                   {"lost_days", {std::to_string(days + 60)}}},
                  slow);
  }
}

TEST_F(ValueActivityEngine, SaysWhereHighBegins) {
  TestOrders orders;
  for (std::uint64_t id = 1; id <= 20; ++id) {
    orders.push_back({id, Date{20000}, id <= 5 ? 4000 : 1000});
  }
  for (auto& engine : engines()) {
    SCOPED_TRACE(engine.name);
    ASSERT_TRUE(put_orders(*engine.engine, orders).ok());
    const Answer answer = ask(*engine.engine, "value_activity", {});
    EXPECT_EQ(answer.notes.at(0).text.en,
              "High value: an amount of 17.50 or more; high activity: 1 orders or more.");
    EXPECT_EQ(groups_of(answer)["高活跃高价值"].customers, 5);
    EXPECT_EQ(
        refuse(*engine.engine, "value_activity", {{"show", {"groups"}}, {"edge_days", {"180"}}})
            .message,
        "edge_days is 180 and lost_days 180.");
    EXPECT_EQ(refuse(*engine.engine, "value_activity", {{"segment", {"Best"}}}).code,
              Code::not_found);
    orders.pop_back();
    ASSERT_TRUE(put_orders(*engine.engine, orders).ok());
    EXPECT_EQ(refuse(*engine.engine, "value_activity", {}).message,
              "value_activity needs 20 customers; this selection has 19.");
    orders.push_back({20, Date{20000}, 1000});
  }
}

}  // namespace
}  // namespace huitou::analyses
