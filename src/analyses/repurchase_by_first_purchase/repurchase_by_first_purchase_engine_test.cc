#include <gtest/gtest.h>

#include <map>
#include <set>

#include "analyses/test_engines.h"

namespace huitou::analyses {
namespace {

constexpr const char* kName = "repurchase_by_first_purchase";

/// Customers and those who came back, by group.
using Groups = std::map<std::string, std::pair<std::int64_t, std::int64_t>>;

Groups groups_of(const Answer& answer) {
  Groups groups;
  for (std::size_t row = 0; row < answer.frame.rows(); ++row) {
    groups[*answer.frame.text("group", row)] = {*answer.frame.integer("customers", row),
                                                *answer.frame.integer("returned", row)};
  }
  return groups;
}

class FirstPurchaseEngine : public EnginesTest {};

TEST_F(FirstPurchaseEngine, GivesThePublishedRates) {
  const auto orders = read_cdnow();
  if (!orders.has_value()) {
    GTEST_SKIP() << "needs ../shared/data/clv/cdnow_sample.txt";
  }
  for (auto& engine : engines()) {
    SCOPED_TRACE(engine.name);
    ASSERT_TRUE(put_orders(*engine.engine, *orders).ok());
    const Answer answer = ask(*engine.engine, kName, {{"by", {"units"}}});
    EXPECT_EQ(groups_of(answer),
              (Groups{{"3 units or more", {608, 239}}, {"fewer than 3 units", {1749, 448}}}));
    EXPECT_NEAR(*answer.frame.real("rate", 0), 0.393092, 5e-7);
    EXPECT_NEAR(*answer.frame.real("rest_rate", 0), 0.256146, 5e-7);
    EXPECT_NEAR(*answer.frame.real("difference_low", 0), 0.0935084, 5e-7);
    EXPECT_NEAR(*answer.frame.real("difference_high", 0), 0.1810709, 5e-7);
    EXPECT_NEAR(*answer.frame.real("difference", 1), -*answer.frame.real("difference", 0), 1e-12);
    EXPECT_LT(*answer.frame.real("adjusted_low", 0), *answer.frame.real("adjusted", 0));
    // 90 days before the end of the data: the last customers came on 1997-03-25.
    const Answer early = ask(*engine.engine, kName, {{"by", {"units"}}, {"as_of", {"1997-06-01"}}});
    std::int64_t watched = 0;
    for (const auto& [name, counts] : groups_of(early)) {
      watched += counts.first;
    }
    EXPECT_GT(watched, 1000);
    EXPECT_LT(watched, 2357);
    EXPECT_EQ(early.notes.at(1).code, "immature_window");
  }
}

/// What a customer's first purchase day looked like and whether another followed.
struct First {
  std::optional<std::int64_t> units_milli = 0;
  std::set<std::string> channels;
  std::set<std::string> categories;
  bool returned = false;
};

std::map<std::uint64_t, First> slow_firsts(const TestOrders& orders, Period period, int days) {
  std::map<std::uint64_t, std::map<Date, std::vector<TestOrder>>> by_customer;
  for (const TestOrder& order : orders) {
    const bool counts = order.status == 2 || order.status == 3;
    if (order.customer_id != 0 && counts && order.ordered_on < period.to) {
      by_customer[order.customer_id][order.ordered_on].push_back(order);
    }
  }
  std::map<std::uint64_t, First> firsts;
  for (const auto& [id, purchases] : by_customer) {
    const Date begin = purchases.begin()->first;
    if (begin < period.from || begin.days + days >= period.to.days) {
      continue;
    }
    First& first = firsts[id];
    first.returned =
        purchases.size() > 1 && std::next(purchases.begin())->first.days <= begin.days + days;
    for (const TestOrder& order : purchases.begin()->second) {
      if (first.units_milli.has_value() && order.units_milli.has_value()) {
        *first.units_milli += *order.units_milli;
      } else {
        first.units_milli.reset();
      }
      first.channels.insert(order.channel);
      first.categories.insert(order.category);
    }
    first.channels.erase("");
    first.categories.erase("");
  }
  return firsts;
}

/// Where nobody is, there is no row of words.
void count(Groups& groups, const std::string& name, const First& first) {
  ++groups[name].first;
  groups[name].second += first.returned ? 1 : 0;
}

TEST_F(FirstPurchaseEngine, AgreesWithASlowSecondWay) {
  const Period period{Date{19910}, Date{20280}};
  for (auto& engine : engines()) {
    SCOPED_TRACE(engine.name);
    for (const std::uint64_t seed : {61U, 62U}) {
      const TestOrders orders = random_orders(seed);
      ASSERT_TRUE(put_orders(*engine.engine, orders).ok());
      Groups units, channels, categories;
      Groups known;
      for (const auto& [id, first] : slow_firsts(orders, period, 60)) {
        if (first.units_milli.has_value()) {
          count(units, *first.units_milli >= 3000 ? "3 units or more" : "fewer than 3 units",
                first);
        }
        for (const std::string& channel : first.channels) {
          count(channels, channel, first);
        }
        for (const std::string& category : first.categories) {
          count(categories, category, first);
        }
        if (!first.categories.empty()) {
          count(known, "all", first);
        }
      }
      Values values{{"from", {format_date(period.from)}},
                    {"to", {format_date(period.to)}},
                    {"as_of", {format_date(period.to)}},
                    {"days", {"60"}},
                    {"by", {"units"}}};
      EXPECT_EQ(groups_of(ask(*engine.engine, kName, values)), units);
      values["by"] = {"channel"};
      EXPECT_EQ(groups_of(ask(*engine.engine, kName, values)), channels);
      values["by"] = {"category"};
      const Answer answer = ask(*engine.engine, kName, values);
      EXPECT_EQ(groups_of(answer), categories);
      EXPECT_EQ(categories.size(), 3U);
      for (std::size_t row = 0; row < answer.frame.rows(); ++row) {
        EXPECT_EQ(
            *answer.frame.integer("customers", row) + *answer.frame.integer("rest_customers", row),
            known["all"].first);
        EXPECT_EQ(
            *answer.frame.integer("returned", row) + *answer.frame.integer("rest_returned", row),
            known["all"].second);
      }
    }
  }
}

TEST_F(FirstPurchaseEngine, CutsAmountsIntoQuarters) {
  TestOrders orders;
  for (std::uint64_t id = 1; id <= 40; ++id) {
    orders.push_back({id, Date{20000}, static_cast<std::int64_t>(id) * 100});
  }
  orders.push_back({40, Date{20005}, 100});
  orders.push_back({41, Date{20150}, 100});
  for (auto& engine : engines()) {
    SCOPED_TRACE(engine.name);
    ASSERT_TRUE(put_orders(*engine.engine, orders).ok());
    const Answer answer = ask(*engine.engine, kName, {});
    EXPECT_EQ(groups_of(answer), (Groups{{"up to 10.75", {10, 0}},
                                         {"over 10.75 to 20.50", {10, 0}},
                                         {"over 20.50 to 30.25", {10, 0}},
                                         {"over 30.25", {10, 1}}}));
    EXPECT_EQ(answer.notes.at(1).text.en,
              "1 first purchases are left out: they were not watched for 90 days yet.");
    EXPECT_EQ(refuse(*engine.engine, kName, {{"by", {"channel"}}}).code, Code::not_enough_data);
    EXPECT_EQ(
        refuse(*engine.engine, kName, {{"by", {"units"}}}).message,
        "repurchase_by_first_purchase needs 20 first purchases that were watched for 90 days; "
        "this selection has 0.");
  }
}

}  // namespace
}  // namespace huitou::analyses
