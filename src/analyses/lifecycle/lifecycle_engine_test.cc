#include <fmt/format.h>
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "analyses/steps.h"
#include "analyses/test_engines.h"

namespace huitou::analyses {
namespace {

/// State and customers of a period, null as -1000000.
using Period4 = std::map<std::string, std::int64_t>;

Period4 period_of(const Answer& answer, const std::string& name) {
  Period4 found;
  for (std::size_t row = 0; row < answer.frame.rows(); ++row) {
    if (answer.frame.text("period", row) == name) {
      found[*answer.frame.text("state", row)] =
          answer.frame.integer("customers", row).value_or(-1000000);
    }
  }
  return found;
}

class LifecycleEngine : public EnginesTest {};

TEST_F(LifecycleEngine, GivesThePublishedMonth) {
  const auto orders = read_cdnow();
  if (!orders.has_value()) {
    GTEST_SKIP() << "needs ../shared/data/clv/cdnow_sample.txt";
  }
  for (auto& engine : engines()) {
    SCOPED_TRACE(engine.name);
    ASSERT_TRUE(put_orders(*engine.engine, *orders).ok());
    const Period4 march{{"New", 719}, {"Returning", 168}, {"Resurrecting", 61}, {"Dormant", -813}};
    EXPECT_EQ(period_of(ask(*engine.engine, "lifecycle", {}), "1997-03"), march);
    // The month alone knows of the months before it.
    const Answer alone =
        ask(*engine.engine, "lifecycle", {{"from", {"1997-03-01"}}, {"to", {"1997-04-01"}}});
    EXPECT_EQ(alone.frame.rows(), 4U);
    EXPECT_EQ(period_of(alone, "1997-03"), march);
    EXPECT_EQ(alone.frame.integer("active_customers", 0), 948);
  }
}

/// Every customer's periods, one after the other.
std::map<int, Period4> slow_lifecycle(const TestOrders& orders, Steps steps, Date as_of) {
  std::map<std::uint64_t, std::set<int>> active;
  for (const TestOrder& order : orders) {
    const bool counts = order.status == 2 || order.status == 3;
    if (order.customer_id != 0 && counts && order.ordered_on < as_of) {
      active[order.customer_id].insert(step_index(order.ordered_on, steps));
    }
  }
  std::map<int, Period4> periods;
  for (const auto& [id, theirs] : active) {
    for (const int step : theirs) {
      const char* const state = step == *theirs.begin()       ? "New"
                                : theirs.count(step - 1) != 0 ? "Returning"
                                                              : "Resurrecting";
      ++periods[step][state];
      if (theirs.count(step + 1) == 0) {
        --periods[step + 1]["Dormant"];
      }
    }
  }
  return periods;
}

TEST_F(LifecycleEngine, AgreesWithASlowSecondWay) {
  const Date as_of{20250};
  for (auto& engine : engines()) {
    SCOPED_TRACE(engine.name);
    const TestOrders orders = random_orders(31);
    ASSERT_TRUE(put_orders(*engine.engine, orders).ok());
    for (const Granularity by :
         {Granularity::day, Granularity::week, Granularity::month, Granularity::quarter}) {
      for (const WeekStart week_start : {WeekStart::monday, WeekStart::sunday}) {
        const Steps steps{by, week_start};
        const auto slow = slow_lifecycle(orders, steps, as_of);
        const Values values{{"by", {std::string(granularity_name(by))}},
                            {"as_of", {format_date(as_of)}}};
        const auto answer =
            huitou::analyses::answer(**find("lifecycle"), {.engine = *engine.engine,
                                                           .values = values,
                                                           .today = kToday,
                                                           .week_start = week_start});
        ASSERT_TRUE(answer.ok()) << answer.error().message;
        int over = 0;
        for (const auto& [step, wanted] : slow) {
          if (step_first_day(step + 1, steps) > as_of) {
            continue;
          }
          ++over;
          Period4 found = period_of(*answer, step_name(step, steps));
          ASSERT_EQ(found.size(), 4U);
          for (const auto& [state, customers] : wanted) {
            EXPECT_EQ(found[state], customers) << step_name(step, steps) << " " << state;
            found.erase(state);
          }
          for (const auto& [state, customers] : found) {
            EXPECT_EQ(customers, 0) << step_name(step, steps) << " " << state;
          }
        }
        EXPECT_GE(over, 3);
      }
    }
  }
}

// The lifecycle of four people in eight days as PostHog's tests have it, and its accounts.
TEST_F(LifecycleEngine, GivesThePublishedDaysAndAccountsThatAddUp) {
  TestOrders orders;
  const std::vector<std::vector<int>> days{{11, 12, 13, 15, 17, 19}, {9, 12}, {12}, {15}};
  for (std::size_t person = 0; person < days.size(); ++person) {
    for (const int day : days[person]) {
      orders.push_back({person + 1, date_of({2020, 1, day}), 100});
    }
  }
  const std::map<std::string, std::vector<std::int64_t>> published{
      {"New", {1, 0, 0, 1, 0, 0, 0, 0}},
      {"Returning", {1, 1, 0, 0, 0, 0, 0, 0}},
      {"Resurrecting", {1, 0, 0, 1, 0, 1, 0, 1}},
      {"Dormant", {0, -2, -1, 0, -2, 0, -1, 0}}};
  Values values{{"from", {"2020-01-12"}}, {"to", {"2020-01-20"}}, {"by", {"day"}}};
  for (auto& engine : engines()) {
    SCOPED_TRACE(engine.name);
    ASSERT_TRUE(put_orders(*engine.engine, orders).ok());
    values["show"] = {"states"};
    const Answer states = ask(*engine.engine, "lifecycle", values);
    values["show"] = {"accounts"};
    const Answer accounts = ask(*engine.engine, "lifecycle", values);
    ASSERT_EQ(accounts.frame.rows(), 8U);
    std::int64_t active = 1;  // one person ordered on the 11th
    for (std::size_t day = 0; day < 8; ++day) {
      const auto number = [&](const char* name) { return *accounts.frame.integer(name, day); };
      const Period4 found = period_of(states, fmt::format("2020-01-{}", 12 + day));
      for (const auto& [state, customers] : published) {
        EXPECT_EQ(found.at(state), customers[day]) << state << " " << day;
      }
      EXPECT_EQ(number("customers_before"), active);
      EXPECT_EQ(number("newcomers"), found.at("New"));
      EXPECT_EQ(number("dormant"), -found.at("Dormant"));
      active += number("newcomers") + number("resurrecting") - number("dormant");
      EXPECT_EQ(number("active_customers"), active);
      EXPECT_EQ(number("silent_customers"), (day < 3 ? 3 : 4) - active);
    }
    EXPECT_EQ(accounts.frame.real("growth_ratio", 1), 0.0);
    EXPECT_FALSE(accounts.frame.real("growth_ratio", 0).has_value()) << "nobody went dormant";
  }
}

TEST_F(LifecycleEngine, AMonthThatIsNotOverIsNull) {
  const TestOrders orders{{1, date_of({2025, 1, 5}), 100}, {1, date_of({2025, 2, 9}), 100}};
  for (auto& engine : engines()) {
    SCOPED_TRACE(engine.name);
    ASSERT_TRUE(put_orders(*engine.engine, orders).ok());
    const Answer early = ask(*engine.engine, "lifecycle", {{"as_of", {"2025-02-28"}}});
    EXPECT_EQ(period_of(early, "2025-01")["New"], 1);
    EXPECT_EQ(period_of(early, "2025-02")["Returning"], -1000000);
    EXPECT_EQ(early.notes.at(0).code, "immature_window");
    EXPECT_EQ(early.notes.at(1).code, "left_truncated");
    const Answer late = ask(*engine.engine, "lifecycle", {{"as_of", {"2025-03-01"}}});
    EXPECT_EQ(period_of(late, "2025-02")["Returning"], 1);
    EXPECT_EQ(late.notes.at(0).code, "left_truncated");
  }
}

TEST_F(LifecycleEngine, SaysWhatIsWrong) {
  for (auto& engine : engines()) {
    SCOPED_TRACE(engine.name);
    ASSERT_TRUE(put_orders(*engine.engine, {{0, Date{20000}, 100}, {1, Date{100}, 5, 1}}).ok());
    EXPECT_EQ(refuse(*engine.engine, "lifecycle", {}).code, Code::not_enough_data);
    EXPECT_EQ(refuse(*engine.engine, "lifecycle", {{"by", {"day"}}, {"status", {"all"}}}).message,
              "The lifecycle would have 19,901 periods; the limit is 4,000.");
  }
}

}  // namespace
}  // namespace huitou::analyses
