#include <gtest/gtest.h>

#include <map>
#include <set>

#include "analyses/cohort_retention/grid.h"
#include "analyses/test_engines.h"

namespace huitou::analyses {
namespace {

/// The value column (the fourth) of a cohort, null as -1.
std::vector<std::int64_t> row_of(const Answer& answer, const std::string& cohort) {
  std::vector<std::int64_t> values;
  const std::string value = answer.columns.at(3).name;
  for (std::size_t row = 0; row < answer.frame.rows(); ++row) {
    if (answer.frame.text("cohort", row) == cohort) {
      values.push_back(answer.frame.integer(value, row).value_or(-1));
    }
  }
  return values;
}

class CohortEngine : public EnginesTest {};

TEST_F(CohortEngine, GivesThePublishedRow) {
  const auto orders = read_cdnow();
  if (!orders.has_value()) {
    GTEST_SKIP() << "needs ../shared/data/clv/cdnow_sample.txt";
  }
  const std::vector<std::int64_t> january{781, 124, 95, 70, 65, 77, 65, 53, 52,
                                          45,  62,  59, 45, 47, 63, 37, 37, 33};
  for (auto& engine : engines()) {
    SCOPED_TRACE(engine.name);
    ASSERT_TRUE(put_orders(*engine.engine, *orders).ok());
    const Values values{{"periods", {"18"}}, {"as_of", {"1998-07-01"}}};
    const Answer answer = ask(*engine.engine, "cohort_retention", values);
    auto row = row_of(answer, "1997-01");
    ASSERT_EQ(row.size(), 19U);
    EXPECT_EQ(row.back(), -1) << "July 1998 is not over";
    row.pop_back();
    EXPECT_EQ(row, january);
    EXPECT_EQ(answer.frame.text("cohort", 0), "all");
    EXPECT_EQ(answer.frame.integer("customers", 0), 2357);
    EXPECT_EQ(answer.frame.real("share", 0), 1.0);
    EXPECT_LT(*answer.frame.real("share_low", 1), *answer.frame.real("share", 1));
    EXPECT_GT(*answer.frame.real("share_high", 1), *answer.frame.real("share", 1));
    EXPECT_EQ(answer.notes.at(0).code, "immature_window");
  }
}

/// The same grid made by looking at every customer's orders in turn.
struct Slow {
  std::map<int, std::map<int, std::int64_t>> customers, orders, amount, rolling;
  std::map<int, std::int64_t> sizes;

  Slow(const TestOrders& all, Granularity granularity, Date as_of) {
    std::map<std::uint64_t, std::vector<TestOrder>> by_customer;
    for (const TestOrder& order : all) {
      const bool counts = order.status == 2 || order.status == 3;
      if (order.customer_id != 0 && counts && order.ordered_on < as_of) {
        by_customer[order.customer_id].push_back(order);
      }
    }
    for (const auto& [id, theirs] : by_customer) {
      int cohort = INT32_MAX;
      std::set<int> steps;
      for (const TestOrder& order : theirs) {
        steps.insert(step_index(order.ordered_on, {granularity}));
      }
      cohort = *steps.begin();
      ++sizes[cohort];
      for (const int step : steps) {
        ++customers[cohort][step - cohort];
      }
      for (int later = 0; later <= *steps.rbegin() - cohort; ++later) {
        ++rolling[cohort][later];
      }
      for (const TestOrder& order : theirs) {
        const int later = step_index(order.ordered_on, {granularity}) - cohort;
        ++orders[cohort][later];
        amount[cohort][later] += order.amount_minor - order.refund_minor;
      }
    }
  }
};

void expect_same(const Answer& answer, const Slow& slow, const char* counted, Granularity by) {
  const auto& grid = std::string(counted) == "orders"    ? slow.orders
                     : std::string(counted) == "amount"  ? slow.amount
                     : std::string(counted) == "rolling" ? slow.rolling
                                                         : slow.customers;
  int cells = 0;
  for (const auto& [cohort, size] : slow.sizes) {
    const auto row = row_of(answer, step_name(cohort, {by}));
    ASSERT_FALSE(row.empty()) << counted;
    for (int later = 0; later < static_cast<int>(row.size()); ++later) {
      const auto found = grid.find(cohort)->second.find(later);
      const std::int64_t expected = found == grid.find(cohort)->second.end() ? 0 : found->second;
      const std::int64_t value = row[static_cast<std::size_t>(later)];
      EXPECT_TRUE(value == -1 || value == expected) << cohort << " " << later << " " << value;
      cells += value == -1 ? 0 : 1;
    }
  }
  EXPECT_GE(cells, 6) << counted;
}

TEST_F(CohortEngine, AgreesWithASlowSecondWay) {
  const Date as_of{20250};
  for (auto& engine : engines()) {
    SCOPED_TRACE(engine.name);
    for (const std::uint64_t seed : {1U, 2U}) {
      const TestOrders orders = random_orders(seed);
      ASSERT_TRUE(put_orders(*engine.engine, orders).ok());
      for (const Granularity by : {Granularity::week, Granularity::month, Granularity::quarter}) {
        const Slow slow(orders, by, as_of);
        for (const char* counted : {"customers", "orders", "amount", "rolling"}) {
          const bool rolling = std::string(counted) == "rolling";
          const Values values{{"by", {std::string(granularity_name(by))}},
                              {"counted", {rolling ? "customers" : counted}},
                              {"returning", {rolling ? "on_or_after" : "in"}},
                              {"as_of", {format_date(as_of)}},
                              {"periods", {"5"}}};
          expect_same(ask(*engine.engine, "cohort_retention", values), slow, counted, by);
        }
      }
    }
  }
}

// Anna's second month is over, Ben's not: the average knows only the cohorts whose month is over.
TEST_F(CohortEngine, ImmaturePeriodsDoNotPullTheAverageDown) {
  const TestOrders orders{{1, date_of({2025, 1, 5}), 100},
                          {1, date_of({2025, 2, 1}), 100},
                          {2, date_of({2025, 1, 9}), 100},
                          {3, date_of({2025, 2, 20}), 100},
                          {0, date_of({2025, 2, 20}), 100}};
  for (auto& engine : engines()) {
    SCOPED_TRACE(engine.name);
    ASSERT_TRUE(put_orders(*engine.engine, orders).ok());
    const Answer answer =
        ask(*engine.engine, "cohort_retention", {{"periods", {"2"}}, {"as_of", {"2025-03-15"}}});
    EXPECT_EQ(row_of(answer, "2025-01"), (std::vector<std::int64_t>{2, 1, -1}));
    EXPECT_EQ(row_of(answer, "2025-02"), (std::vector<std::int64_t>{1, -1, -1}));
    EXPECT_EQ(answer.frame.real("share", 1), 0.5);
    EXPECT_EQ(answer.frame.integer("cohort_customers", 1), 2);
    EXPECT_FALSE(answer.frame.real("share", 2).has_value());
    EXPECT_EQ(answer.notes.back().code, "orders_without_customer");
    EXPECT_EQ(answer.notes.back().text.en,
              "1 of 5 orders (20 %) have no known customer and are left out.");
  }
}

// A customer of old stays in the old cohort when only later cohorts are asked for.
TEST_F(CohortEngine, FirstOrderIsOverAllHistory) {
  const TestOrders orders{{1, date_of({2024, 1, 5}), 100},
                          {1, date_of({2025, 1, 1}), 100},
                          {2, date_of({2025, 1, 9}), 100}};
  for (auto& engine : engines()) {
    SCOPED_TRACE(engine.name);
    ASSERT_TRUE(put_orders(*engine.engine, orders).ok());
    const Answer answer =
        ask(*engine.engine, "cohort_retention",
            {{"periods", {"1"}}, {"from", {"2025-01-01"}}, {"as_of", {"2025-02-01"}}});
    EXPECT_EQ(row_of(answer, "2025-01"), (std::vector<std::int64_t>{1, -1}));
    EXPECT_TRUE(row_of(answer, "2024-01").empty());
  }
}

TEST_F(CohortEngine, WarnsOfALogThatBeginsInTheMiddle) {
  TestOrders orders;
  for (std::uint64_t id = 1; id <= 12; ++id) {
    orders.push_back({id, date_of({2025, id <= 8 ? 1 : 2, 3}), 100});
  }
  for (auto& engine : engines()) {
    SCOPED_TRACE(engine.name);
    ASSERT_TRUE(put_orders(*engine.engine, orders).ok());
    const Answer answer = ask(*engine.engine, "cohort_retention", {{"as_of", {"2025-03-01"}}});
    EXPECT_EQ(answer.notes.back().code, "left_truncated");
    const Answer later = ask(*engine.engine, "cohort_retention",
                             {{"as_of", {"2025-03-01"}}, {"from", {"2025-02-01"}}});
    EXPECT_EQ(later.notes.back().code, "immature_window");
  }
}

TEST_F(CohortEngine, SaysWhatIsWrong) {
  for (auto& engine : engines()) {
    SCOPED_TRACE(engine.name);
    ASSERT_TRUE(put_orders(*engine.engine, {{0, Date{20000}, 100}, {1, Date{100}, 5, 1}}).ok());
    EXPECT_EQ(refuse(*engine.engine, "cohort_retention", {}).code, Code::not_enough_data);
    EXPECT_EQ(refuse(*engine.engine, "cohort_retention",
                     {{"counted", {"orders"}}, {"returning", {"on_or_after"}}})
                  .code,
              Code::invalid_input);
    const Error many = refuse(*engine.engine, "cohort_retention",
                              {{"by", {"week"}}, {"periods", {"400"}}, {"status", {"all"}}});
    EXPECT_EQ(many.code, Code::limit_reached);
    EXPECT_EQ(many.message,
              "2844 cohorts of 401 periods are 1,140,444 cells; the limit is 200,000.");
  }
}

}  // namespace
}  // namespace huitou::analyses
