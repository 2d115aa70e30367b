// Who is active when: the published answers of lifecycle, retention of all who are active, and
// stickiness (D25 to D28), and a slow second way. A day with an order is a day of activity.

#include <map>
#include <set>

#include "analyses/steps.h"
#include "analyses/test_engines.h"

namespace huitou::analyses {
namespace {

using Numbers = std::vector<std::int64_t>;

/// An order on each of the days, counted from `first`.
TestOrders active_on(Date first, const std::vector<std::vector<int>>& days_of_people) {
  TestOrders orders;
  for (std::size_t person = 0; person < days_of_people.size(); ++person) {
    for (const int day : days_of_people[person]) {
      orders.push_back({person + 1, Date{first.days + day}, 100});
    }
  }
  return orders;
}

/// `column` of the rows whose text `name` is `value`.
Numbers column_where(const Answer& answer, std::string_view name, const std::string& value,
                     std::string_view column) {
  Numbers found;
  for (std::size_t row = 0; row < answer.frame.rows(); ++row) {
    if (answer.frame.text(name, row) == value) {
      found.push_back(answer.frame.integer(column, row).value_or(-1));
    }
  }
  return found;
}

class ActivityEngine : public EnginesTest {
 protected:
  static Answer ask_sunday(engine::Engine& engine, std::string_view name, const Values& values) {
    const auto found = answer(**find(name), {.engine = engine,
                                             .values = values,
                                             .today = kToday,
                                             .currency = "CNY",
                                             .week_start = WeekStart::sunday});
    EXPECT_TRUE(found.ok()) << describe(found.error());
    return found.ok() ? *found : Answer{};
  }
};

TEST_F(ActivityEngine, LifecycleOfD25) {
  const Date january{*parse_date("2020-01-01")};
  for (auto& engine : engines()) {
    SCOPED_TRACE(engine.name);
    ASSERT_TRUE(put_orders(*engine.engine,
                           active_on(january, {{10, 11, 12, 14, 16, 18}, {8, 11}, {11}, {14}}))
                    .ok());
    const Answer found = ask(*engine.engine, "lifecycle",
                             {{"by", {"day"}},
                              {"from", {"2020-01-12"}},
                              {"to", {"2020-01-20"}},
                              {"as_of", {"2020-01-20"}}});
    const auto of = [&](const char* state) {
      return column_where(found, "state", state, "customers");
    };
    EXPECT_EQ(of("New"), (Numbers{1, 0, 0, 1, 0, 0, 0, 0}));
    EXPECT_EQ(of("Returning"), (Numbers{1, 1, 0, 0, 0, 0, 0, 0}));
    EXPECT_EQ(of("Resurrecting"), (Numbers{1, 0, 0, 1, 0, 1, 0, 1}));
    EXPECT_EQ(of("Dormant"), (Numbers{0, -2, -1, 0, -2, 0, -1, 0}));
  }
}

TEST_F(ActivityEngine, RecurringRetentionOfD26) {
  const Date first{20100};
  const Numbers published[] = {
      {1, 1, 1, 0, 0, 1, 1}, {2, 2, 1, 0, 1, 2}, {2, 1, 0, 1, 2}, {1, 0, 0, 1}, {0}, {1, 1}, {2}};
  for (auto& engine : engines()) {
    SCOPED_TRACE(engine.name);
    ASSERT_TRUE(
        put_orders(*engine.engine, active_on(first, {{0, 1, 2, 5, 5, 6}, {1, 2, 3, 6}})).ok());
    const Answer found = ask(*engine.engine, "cohort_retention",
                             {{"by", {"day"}},
                              {"cohort", {"active"}},
                              {"periods", {"10"}},
                              {"from", {format_date(first)}},
                              {"to", {format_date(Date{first.days + 11})}},
                              {"as_of", {format_date(Date{first.days + 21})}}});
    for (int day = 0; day <= 10; ++day) {
      Numbers row = column_where(found, "cohort", format_date(Date{first.days + day}), "customers");
      if (day == 4 || day > 6) {  // nobody was active: the row is empty
        EXPECT_EQ(row, Numbers(11, -1)) << day;
        continue;
      }
      Numbers expected = published[day];
      expected.resize(11);
      EXPECT_EQ(row, expected) << day;
    }
  }
}

TEST_F(ActivityEngine, RollingRetentionOfD27) {
  const Date first{20100};
  const std::map<int, Numbers> published{
      {1, {2, 1, 1, 0, 0}}, {2, {1, 1, 0, 0}}, {3, {3, 2, 0}}, {4, {3, 0}}};
  for (auto& engine : engines()) {
    SCOPED_TRACE(engine.name);
    ASSERT_TRUE(
        put_orders(*engine.engine, active_on(first, {{0, 3, 4}, {0, 1}, {1, 2, 3}, {3, 4}, {4}}))
            .ok());
    const Answer found = ask(*engine.engine, "cohort_retention",
                             {{"by", {"day"}},
                              {"cohort", {"active"}},
                              {"returning", {"on_or_after"}},
                              {"periods", {"4"}},
                              {"from", {format_date(Date{first.days + 1})}},
                              {"to", {format_date(Date{first.days + 6})}},
                              {"as_of", {format_date(Date{first.days + 30})}}});
    for (const auto& [day, row] : published) {
      Numbers expected = row;
      expected.resize(5);
      EXPECT_EQ(column_where(found, "cohort", format_date(Date{first.days + day}), "customers"),
                expected)
          << day;
    }
  }
}

TEST_F(ActivityEngine, StickinessOfD28) {
  const Date january{*parse_date("2020-01-01")};
  using Histogram = std::map<std::int64_t, std::int64_t>;
  for (auto& engine : engines()) {
    SCOPED_TRACE(engine.name);
    ASSERT_TRUE(put_orders(*engine.engine, active_on(january, {{10, 11, 12, 13, 14, 15, 16, 17, 18},
                                                               {10, 12, 14, 16, 18}}))
                    .ok());
    const auto histogram = [&](const char* by) {
      const Answer found = ask_sunday(*engine.engine, "stickiness",
                                      {{"by", {by}},
                                       {"from", {"2020-01-11"}},
                                       {"to", {"2020-01-21"}},
                                       {"as_of", {"2020-01-21"}}});
      Histogram people;
      for (std::size_t row = 0; row < found.frame.rows(); ++row) {
        people[*found.frame.integer("periods", row)] = *found.frame.integer("customers", row);
      }
      return people;
    };
    EXPECT_EQ(histogram("day"), (Histogram{{5, 1}, {9, 1}}));
    EXPECT_EQ(histogram("week"), (Histogram{{3, 2}}));
    EXPECT_EQ(histogram("month"), (Histogram{{1, 2}}));
  }
}

/// Active steps of every customer.
std::map<std::uint64_t, std::set<int>> steps_of(const TestOrders& orders, Steps steps, Period in) {
  std::map<std::uint64_t, std::set<int>> active;
  for (const TestOrder& order : orders) {
    const bool counts = order.status == 2 || order.status == 3;
    if (order.customer_id != 0 && counts && order.ordered_on >= in.from &&
        order.ordered_on < in.to) {
      active[order.customer_id].insert(step_index(order.ordered_on, steps));
    }
  }
  return active;
}

TEST_F(ActivityEngine, AgreesWithASlowSecondWay) {
  const Period period{Date{19950}, Date{20200}};
  const TestOrders orders = random_orders(43);
  const Values values{{"from", {format_date(period.from)}},
                      {"to", {format_date(period.to)}},
                      {"as_of", {format_date(Date{20290})}}};
  for (auto& engine : engines()) {
    SCOPED_TRACE(engine.name);
    ASSERT_TRUE(put_orders(*engine.engine, orders).ok());
    for (const Granularity by : {Granularity::day, Granularity::week, Granularity::month}) {
      Values asked = values;
      asked["by"] = {std::string(granularity_name(by))};
      std::map<std::int64_t, std::int64_t> slow;
      for (const auto& [id, steps] : steps_of(orders, {by}, period)) {
        ++slow[static_cast<std::int64_t>(steps.size())];
      }
      const Answer sticky = ask(*engine.engine, "stickiness", asked);
      ASSERT_EQ(sticky.frame.rows(), slow.size());
      double share = 1;
      for (std::size_t row = 0; row < sticky.frame.rows(); ++row) {
        EXPECT_EQ(sticky.frame.integer("customers", row),
                  slow[*sticky.frame.integer("periods", row)]);
        EXPECT_NEAR(*sticky.frame.real("share_at_least", row), share, 1e-12);
        share -= *sticky.frame.real("share", row);
      }
      asked["cohort"] = {"active"};
      asked["periods"] = {"3"};
      const Answer kept = ask(*engine.engine, "cohort_retention", asked);
      // The first cohort is a whole step.
      const Date begin = step_first_day(step_index(period.from, {by}), {by});
      const auto active = steps_of(orders, {by}, {begin, Date{20290}});
      for (std::size_t row = 0; row < kept.frame.rows(); ++row) {
        const std::string cohort = *kept.frame.text("cohort", row);
        if (cohort == "all" || !kept.frame.integer("customers", row)) continue;
        const auto later = static_cast<int>(*kept.frame.integer("periods_later", row));
        std::int64_t right = 0;
        for (const auto& [id, steps] : active) {
          for (const int step : steps) {
            right += step_name(step, {by}) == cohort && steps.count(step + later) != 0 ? 1 : 0;
          }
        }
        EXPECT_EQ(kept.frame.integer("customers", row), right) << cohort << " " << later;
      }
    }
  }
}

TEST_F(ActivityEngine, RefusesWhatDoesNotFit) {
  auto& engine = *engines().front().engine;
  ASSERT_TRUE(put_orders(engine, random_orders(3)).ok());
  EXPECT_EQ(refuse(engine, "stickiness", {{"event", {"page_view"}}}).code, Code::invalid_input);
  EXPECT_EQ(refuse(engine, "stickiness", {{"of", {"events"}}, {"filter", {"channel=web"}}}).code,
            Code::invalid_input);
  EXPECT_EQ(refuse(engine, "stickiness", {{"of", {"events"}}, {"event", {"nobody did this"}}}).code,
            Code::not_enough_data);
  EXPECT_EQ(
      refuse(engine, "cohort_retention", {{"cohort", {"active"}}, {"counted", {"orders"}}}).code,
      Code::invalid_input);
}

}  // namespace
}  // namespace huitou::analyses
