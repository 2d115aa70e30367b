#include <gtest/gtest.h>

#include <map>
#include <set>

#include "analyses/test_engines.h"

namespace huitou::analyses {
namespace {

class IntervalEngine : public EnginesTest {
 protected:
  static Answer ask_interval(engine::Engine& engine, Values values) {
    return ask(engine, "repurchase_interval", values);
  }
};

std::size_t row_of_statistic(const Answer& answer, const std::string& name) {
  for (std::size_t row = 0; row < answer.frame.rows(); ++row) {
    if (answer.frame.text("statistic", row) == name) {
      return row;
    }
  }
  ADD_FAILURE() << "no statistic " << name;
  return 0;
}

// Where everybody is watched that long, the curve is the plain share (RR-30, RR-90).
TEST_F(IntervalEngine, GivesThePublishedFigures) {
  const auto orders = read_cdnow();
  if (!orders.has_value()) {
    GTEST_SKIP() << "needs ../shared/data/clv/cdnow_sample.txt";
  }
  for (auto& engine : engines()) {
    SCOPED_TRACE(engine.name);
    ASSERT_TRUE(put_orders(*engine.engine, *orders).ok());
    const Answer all = ask_interval(*engine.engine, {{"show", {"summary"}}});
    EXPECT_EQ(all.frame.integer("gaps", 0), 4339);
    const std::map<std::string, double> published{{"25 % have come back", 12},
                                                  {"half have come back", 34},
                                                  {"75 % have come back", 90.5},
                                                  {"90 % have come back", 196},
                                                  {"longest", 532}};
    for (const auto& [name, days] : published) {
      EXPECT_EQ(all.frame.real("gap_days", row_of_statistic(all, name)), days) << name;
    }
    EXPECT_NEAR(*all.frame.real("gap_days", row_of_statistic(all, "mean")), 70.8606, 5e-5);

    const Values first{{"show", {"summary"}}, {"after", {"first"}}};
    const Answer firsts = ask_interval(*engine.engine, first);
    EXPECT_EQ(firsts.frame.integer("purchases", 0), 2357);
    EXPECT_EQ(firsts.frame.integer("gaps", 0), 1139);
    EXPECT_NEAR(*firsts.frame.real("gap_days", row_of_statistic(firsts, "mean")), 107.8850, 5e-5);
    EXPECT_EQ(firsts.frame.real("gap_days", row_of_statistic(firsts, "half have come back")), 55.0);
    EXPECT_FALSE(firsts.frame.real("days", row_of_statistic(firsts, "half have come back")));

    const Answer curve = ask_interval(*engine.engine, {{"after", {"first"}}, {"days", {"400"}}});
    ASSERT_EQ(curve.frame.rows(), 401U);
    for (const auto& [day, count] : std::map<std::size_t, double>{
             {7, 145}, {30, 410}, {60, 601}, {90, 687}, {180, 887}, {365, 1074}}) {
      EXPECT_NEAR(*curve.frame.real("returned", day), count / 2357, 1e-12) << day;
      EXPECT_LT(*curve.frame.real("returned_low", day), count / 2357);
      EXPECT_GT(*curve.frame.real("returned_high", day), count / 2357);
    }
  }
}

/// Every customer's purchase days in turn; the curve by multiplying over the days one by one.
struct Slow {
  std::vector<std::pair<int, bool>> spells;  // days, followed

  Slow(const TestOrders& orders, Date as_of, bool first_only) {
    std::map<std::uint64_t, std::set<int>> days;
    for (const TestOrder& order : orders) {
      const bool counts = order.status == 2 || order.status == 3;
      if (order.customer_id != 0 && counts && order.ordered_on < as_of) {
        days[order.customer_id].insert(order.ordered_on.days);
      }
    }
    for (const auto& [id, theirs] : days) {
      for (auto day = theirs.begin(); day != theirs.end(); ++day) {
        const auto next = std::next(day);
        const bool followed = next != theirs.end();
        spells.emplace_back((followed ? *next : as_of.days - 1) - *day, followed);
        if (first_only) {
          break;
        }
      }
    }
  }

  double returned(int day) const {
    double waiting = 1;
    for (int t = 1; t <= day; ++t) {
      int at_risk = 0;
      int events = 0;
      for (const auto& [days, followed] : spells) {
        at_risk += days >= t ? 1 : 0;
        events += days == t && followed ? 1 : 0;
      }
      waiting *= at_risk == 0 ? 1 : 1 - static_cast<double>(events) / at_risk;
    }
    return 1 - waiting;
  }
};

TEST_F(IntervalEngine, AgreesWithASlowSecondWay) {
  const Date as_of{20150};
  for (auto& engine : engines()) {
    SCOPED_TRACE(engine.name);
    for (const bool first_only : {false, true}) {
      const TestOrders orders = random_orders(11);
      ASSERT_TRUE(put_orders(*engine.engine, orders).ok());
      const Slow slow(orders, as_of, first_only);
      const Values values{{"as_of", {format_date(as_of)}},
                          {"after", {first_only ? "first" : "every"}}};
      const Answer curve = ask_interval(*engine.engine, values);
      for (const std::size_t day : {0U, 1U, 7U, 30U, 100U, 200U}) {
        ASSERT_GT(curve.frame.rows(), day);
        EXPECT_NEAR(*curve.frame.real("returned", day), slow.returned(static_cast<int>(day)), 1e-12)
            << day;
      }
      EXPECT_EQ(curve.frame.integer("still_waiting", 0),
                static_cast<std::int64_t>(slow.spells.size()));
      Values gaps = values;
      gaps["show"] = {"gaps"};
      gaps["days"] = {"3650"};
      const auto histogram = ask_interval(*engine.engine, gaps);
      const auto& counts = histogram.frame.at("gaps").integers();
      EXPECT_EQ(std::accumulate(counts.begin(), counts.end(), std::int64_t{0}),
                std::count_if(slow.spells.begin(), slow.spells.end(),
                              [](const auto& spell) { return spell.second; }));
    }
  }
}

// Purchases in [from, to) are followed until as_of, whenever the next one comes.
TEST_F(IntervalEngine, PeriodChoosesPurchasesNotTheirFollowers) {
  TestOrders orders;
  for (std::uint64_t id = 1; id <= 20; ++id) {
    orders.push_back({id, date_of({2025, 1, 5}), 100});
    orders.push_back({id, date_of({2025, 1, 5}), 300});
    orders.push_back({id, date_of({2025, 2, 4}), 100});
  }
  for (auto& engine : engines()) {
    SCOPED_TRACE(engine.name);
    ASSERT_TRUE(put_orders(*engine.engine, orders).ok());
    const Answer january =
        ask_interval(*engine.engine,
                     {{"from", {"2025-01-01"}}, {"to", {"2025-02-01"}}, {"as_of", {"2025-03-01"}}});
    ASSERT_EQ(january.frame.rows(), 31U);
    EXPECT_EQ(january.frame.real("returned", 29), 0.0);
    EXPECT_EQ(january.frame.real("returned", 30), 1.0);
    EXPECT_EQ(january.frame.integer("still_waiting", 30), 20);
    EXPECT_EQ(january.notes.at(0).text.en.substr(0, 50),
              "0 of 20 purchases are not followed by another yet.");
  }
}

TEST_F(IntervalEngine, NeedsPurchases) {
  for (auto& engine : engines()) {
    ASSERT_TRUE(put_orders(*engine.engine, {{1, Date{20000}, 100}, {0, Date{20001}, 5}}).ok());
    const Error error = refuse(*engine.engine, "repurchase_interval", {});
    EXPECT_EQ(error.code, Code::not_enough_data);
    EXPECT_EQ(error.message,
              "repurchase_interval needs 20 purchases of known customers; this selection has 1.");
  }
}

}  // namespace
}  // namespace huitou::analyses
