#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "analyses/test_engines.h"

namespace huitou::analyses {
namespace {

class AbcEngine : public EnginesTest {};

const Period kPeriod{Date{19950}, Date{20200}};

/// An item's value, absent if something it counts with is not known.
using Values64 = std::map<std::string, std::optional<std::int64_t>>;

bool counts(const TestOrder& order) {
  return order.ordered_on >= kPeriod.from && order.ordered_on < kPeriod.to &&
         (order.status == 2 || order.status == 3);
}

std::optional<std::int64_t> value_of(const TestOrder& order, const std::string& by) {
  const std::int64_t net = order.amount_minor - order.refund_minor;
  if (by == "amount") {
    return net;
  }
  if (by == "quantity") {
    return order.units_milli;
  }
  return order.cost_minor ? std::optional(net - *order.cost_minor) : std::nullopt;
}

/// Customers have keys that sort as their numbers do.
std::string customer_of(const TestOrder& order) {
  return (order.customer_id < 10 ? "c0" : "c") + std::to_string(order.customer_id);
}

void add(Values64& values, const std::string& item, std::optional<std::int64_t> value) {
  const auto [found, fresh] = values.emplace(item, 0);
  found->second = found->second && value ? std::optional(*found->second + *value) : std::nullopt;
}

Values64 slow_values(const TestOrders& orders, const std::string& of, const std::string& by) {
  Values64 values;
  for (const TestOrder& order : orders) {
    if (!counts(order)) {
      continue;
    }
    if (of == "customers") {
      if (order.customer_id != 0) {
        add(values, customer_of(order), value_of(order, by));
      }
      continue;
    }
    const std::int64_t net = order.amount_minor - order.refund_minor;
    const std::int64_t sold = order.units_milli.value_or(1000);
    auto cost = cost_of_product(order.product);
    if (cost) cost = sold == 0 ? std::nullopt : std::optional((*cost * sold + 500) / 1000);
    if (own_cost_of_line(order)) cost = own_cost_of_line(order);
    add(values, order.product,
        by == "amount"     ? std::optional(net)
        : by == "quantity" ? std::optional(sold)
        : cost             ? std::optional(net - *cost)
                           : std::nullopt);
  }
  return values;
}

struct Ranked {
  std::string item;
  std::int64_t value;
  std::string cls;
  double running;
};

std::vector<Ranked> slow_ranking(const Values64& values, int a, int b) {
  std::vector<Ranked> ranking;
  std::int64_t total = 0;
  for (const auto& [item, value] : values) {
    if (value) {
      ranking.push_back({item, *value, "", 0});
      total += *value;
    }
  }
  std::stable_sort(ranking.begin(), ranking.end(),
                   [](const Ranked& one, const Ranked& other) { return one.value > other.value; });
  std::int64_t before = 0;
  for (Ranked& each : ranking) {
    each.cls = before * 100 < a * total ? "A" : before * 100 < b * total ? "B" : "C";
    before += each.value;
    each.running = static_cast<double>(before) / static_cast<double>(total);
  }
  return ranking;
}

std::string padded(std::string key) {
  return key.size() == 2 && key[0] == 'c' ? "c0" + key.substr(1) : key;
}

void expect_list(const Answer& answer, const std::vector<Ranked>& wanted, bool units) {
  ASSERT_EQ(answer.frame.rows(), wanted.size());
  for (std::size_t row = 0; row < wanted.size(); ++row) {
    EXPECT_EQ(padded(*answer.frame.text("item_key", row)), wanted[row].item);
    EXPECT_EQ(answer.frame.text("class", row), wanted[row].cls);
    EXPECT_NEAR(*answer.frame.real("running_share", row), wanted[row].running, 1e-12);
    const std::size_t at = answer.frame.has("name") ? 4 : 3;
    const Column& values = answer.frame.columns[at];
    EXPECT_NEAR(units ? values.reals()[row] * 1000 : static_cast<double>(values.integers()[row]),
                static_cast<double>(wanted[row].value), 1e-6);
  }
}

void expect_classes(const Answer& answer, const std::vector<Ranked>& wanted) {
  ASSERT_EQ(answer.frame.rows(), 3U);
  for (std::size_t row = 0; row < 3; ++row) {
    const std::string cls(1, static_cast<char>('A' + static_cast<int>(row)));
    const auto items = std::count_if(wanted.begin(), wanted.end(),
                                     [&](const Ranked& each) { return each.cls == cls; });
    EXPECT_EQ(answer.frame.text("class", row), cls);
    EXPECT_EQ(answer.frame.integer("items", row), items);
    EXPECT_DOUBLE_EQ(*answer.frame.real("items_share", row),
                     static_cast<double>(items) / static_cast<double>(wanted.size()));
  }
}

TEST_F(AbcEngine, AgreesWithASlowSecondWay) {
  for (auto& engine : engines()) {
    SCOPED_TRACE(engine.name);
    const TestOrders orders = random_orders(61);
    ASSERT_TRUE(put_orders(*engine.engine, orders).ok());
    for (const std::string of : {"customers", "products"}) {
      for (const std::string by : {"amount", "margin", "quantity"}) {
        SCOPED_TRACE(of + " by " + by);
        const Values64 slow = slow_values(orders, of, by);
        const auto ranking = slow_ranking(slow, 60, 90);
        Values values{{"of", {of}},
                      {"by", {by}},
                      {"a", {"60"}},
                      {"b", {"90"}},
                      {"from", {format_date(kPeriod.from)}},
                      {"to", {format_date(kPeriod.to)}}};
        const Answer classes = ask(*engine.engine, "abc", values);
        expect_classes(classes, ranking);
        const bool some_unknown = ranking.size() < slow.size();
        EXPECT_EQ(some_unknown, by == "margin" || (by == "quantity" && of == "customers"));
        EXPECT_EQ(std::any_of(classes.notes.begin(), classes.notes.end(),
                              [](const Note& note) { return note.code == "unknown_values"; }),
                  some_unknown);
        values["show"] = {"list"};
        expect_list(ask(*engine.engine, "abc", values), ranking, by == "quantity");
        for (const std::string cls : {"A", "B", "C"}) {
          values["class"] = {cls};
          std::vector<Ranked> wanted;
          std::copy_if(ranking.begin(), ranking.end(), std::back_inserter(wanted),
                       [&](const Ranked& each) { return each.cls == cls; });
          ASSERT_FALSE(wanted.empty());
          expect_list(ask(*engine.engine, "abc", values), wanted, by == "quantity");
        }
      }
    }
  }
}

TEST_F(AbcEngine, TheCurveEndsAtEverything) {
  for (auto& engine : engines()) {
    SCOPED_TRACE(engine.name);
    ASSERT_TRUE(put_orders(*engine.engine, random_orders(62)).ok());
    const Answer curve = ask(*engine.engine, "abc", {{"show", {"curve"}}});
    ASSERT_EQ(curve.frame.rows(), 101U);
    EXPECT_EQ(curve.frame.real("value_share", 0), 0.0);
    EXPECT_FALSE(curve.frame.text("class", 0).has_value());
    EXPECT_EQ(curve.frame.text("class", 1), "A");
    EXPECT_EQ(curve.frame.text("class", 100), "C");
    EXPECT_EQ(curve.frame.real("value_share", 100), 1.0);
    for (std::size_t row = 1; row <= 100; ++row) {
      EXPECT_GE(*curve.frame.real("value_share", row), *curve.frame.real("value_share", row - 1));
    }
  }
}

TEST_F(AbcEngine, GivesTheSharesOfThePublicSample) {
  const auto orders = read_cdnow();
  if (!orders.has_value()) {
    GTEST_SKIP() << "needs ../shared/data/clv/cdnow_sample.txt";
  }
  for (auto& engine : engines()) {
    SCOPED_TRACE(engine.name);
    ASSERT_TRUE(put_orders(*engine.engine, *orders).ok());
    const Answer classes = ask(*engine.engine, "abc", {});
    std::int64_t customers = 0;
    std::int64_t amount = 0;
    for (std::size_t row = 0; row < 3; ++row) {
      customers += *classes.frame.integer("items", row);
      amount += *classes.frame.integer("amount_minor", row);
    }
    EXPECT_EQ(customers, 2357);
    EXPECT_EQ(amount, 24409194);
    // The highest 472 hold 67.4550 %: as a curve and as a class.
    const Answer curve = ask(*engine.engine, "abc", {{"show", {"curve"}}});
    EXPECT_EQ(curve.frame.integer("items", 20), 472);
    EXPECT_NEAR(*curve.frame.real("value_share", 20), 0.674550, 5e-7);
    const Answer units = ask(*engine.engine, "abc", {{"by", {"quantity"}}});
    double all = 0;
    for (std::size_t row = 0; row < 3; ++row) {
      all += *units.frame.real("units", row);
    }
    EXPECT_EQ(all, 16479);
  }
}

TEST_F(AbcEngine, SaysWhatIsWrong) {
  for (auto& engine : engines()) {
    SCOPED_TRACE(engine.name);
    TestOrders orders;
    for (std::uint64_t id = 1; id <= 5; ++id) {
      orders.push_back({id, Date{20000}, 100});
    }
    ASSERT_TRUE(put_orders(*engine.engine, orders).ok());
    EXPECT_EQ(ask(*engine.engine, "abc", {}).frame.integer("items", 0), 4);
    const Error margin = refuse(*engine.engine, "abc", {{"by", {"margin"}}});
    EXPECT_EQ(margin.code, Code::not_enough_data);
    EXPECT_EQ(margin.message, "The margin of none of the customers is known.");
    EXPECT_EQ(refuse(*engine.engine, "abc", {{"by", {"quantity"}}}).message,
              "The number of units of none of the customers is known.");
    EXPECT_EQ(refuse(*engine.engine, "abc", {{"of", {"products"}}}).message,
              "abc needs 5 products; this selection has 0.");
    EXPECT_EQ(refuse(*engine.engine, "abc", {{"a", {"95"}}}).message, "a is 95 and b 95.");
    orders[0].refund_minor = 900;
    ASSERT_TRUE(put_orders(*engine.engine, orders).ok());
    EXPECT_EQ(refuse(*engine.engine, "abc", {}).message,
              "The values of this selection do not come to more than nothing.");
  }
}

// Products are sold to strangers as well: they count, and no note says otherwise.
TEST_F(AbcEngine, ProductsCountWhoeverBoughtThem) {
  for (auto& engine : engines()) {
    SCOPED_TRACE(engine.name);
    TestOrders orders;
    for (int product = 4; product <= 9; ++product) {
      orders.push_back({product == 4 ? 0U : 1U, Date{20000}, 1000 * product});
      orders.back().product = "p" + std::to_string(product);
    }
    ASSERT_TRUE(put_orders(*engine.engine, orders).ok());
    const Answer answer = ask(*engine.engine, "abc", {{"of", {"products"}}, {"show", {"list"}}});
    ASSERT_EQ(answer.frame.rows(), 6U);
    EXPECT_EQ(answer.frame.text("item_key", 5), "p4");
    EXPECT_EQ(answer.frame.text("name", 5), "Product p4");
    EXPECT_EQ(answer.notes.back().code, "products_net");
  }
}

}  // namespace
}  // namespace huitou::analyses
