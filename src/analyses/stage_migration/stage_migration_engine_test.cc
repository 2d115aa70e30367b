#include <gtest/gtest.h>

#include <map>

#include "analyses/test_engines.h"

namespace huitou::analyses {
namespace {

using Pairs = std::map<std::pair<std::string, std::string>, std::int64_t>;

Pairs pairs_of(const Answer& answer) {
  Pairs pairs;
  for (std::size_t row = 0; row < answer.frame.rows(); ++row) {
    pairs[{*answer.frame.text("stage_before", row), *answer.frame.text("stage_after", row)}] =
        *answer.frame.integer("customers", row);
  }
  return pairs;
}

class StageEngine : public EnginesTest {};

TEST_F(StageEngine, GivesThePublishedTable) {
  const auto orders = read_cdnow();
  if (!orders.has_value()) {
    GTEST_SKIP() << "needs ../shared/data/clv/cdnow_sample.txt";
  }
  const Pairs published{
      {{"Active", "Active"}, 201},  {{"Active", "Sleeping"}, 207}, {{"Active", "Lost"}, 3},
      {{"Sleeping", "Active"}, 82}, {{"Sleeping", "Sleeping"}, 1}, {{"Sleeping", "Lost"}, 227},
      {{"Lost", "Active"}, 119},    {{"Lost", "Sleeping"}, 0},     {{"Lost", "Lost"}, 1517},
      {{"New", "Active"}, 0},       {{"New", "Sleeping"}, 0},      {{"New", "Lost"}, 0}};
  for (auto& engine : engines()) {
    SCOPED_TRACE(engine.name);
    ASSERT_TRUE(put_orders(*engine.engine, *orders).ok());
    const Answer answer =
        ask(*engine.engine, "stage_migration", {{"from", {"1997-10-01"}}, {"to", {"1998-01-01"}}});
    EXPECT_EQ(pairs_of(answer), published);
    EXPECT_EQ(answer.notes.at(0).text.en, "Stages at the close of 1997-09-30 and of 1997-12-31.");
    EXPECT_EQ(answer.frame.integer("customers_before", 0), 411);
    EXPECT_DOUBLE_EQ(*answer.frame.real("share", 0), 201.0 / 411);
    EXPECT_LT(*answer.frame.real("share_low", 0), 201.0 / 411);
    EXPECT_GT(*answer.frame.real("share_high", 0), 201.0 / 411);
    EXPECT_FALSE(answer.frame.real("share", 9).has_value()) << "nobody was new";
    EXPECT_FALSE(answer.frame.real("share_low", 9).has_value());
  }
}

struct Days {
  int active;
  int sleeping;
};

std::string stage(const std::vector<Date>& days, Date close, Days limits) {
  int last = -1;
  for (const Date day : days) {
    last = day <= close ? std::max(last, day.days) : last;
  }
  const int silence = close.days - last;
  return last < 0                     ? "New"
         : silence <= limits.active   ? "Active"
         : silence <= limits.sleeping ? "Sleeping"
                                      : "Lost";
}

TEST_F(StageEngine, AgreesWithASlowSecondWay) {
  for (auto& engine : engines()) {
    SCOPED_TRACE(engine.name);
    const TestOrders orders = random_orders(41);
    ASSERT_TRUE(put_orders(*engine.engine, orders).ok());
    for (const Days limits : {Days{30, 60}, Days{1, 90}, Days{20, 21}}) {
      for (const int from : {20000, 20150}) {
        const Period period{Date{from}, Date{20210}};
        std::map<std::uint64_t, std::vector<Date>> days;
        for (const TestOrder& order : orders) {
          if (order.customer_id != 0 && order.ordered_on < period.to &&
              (order.status == 2 || order.status == 3)) {
            days[order.customer_id].push_back(order.ordered_on);
          }
        }
        Pairs slow;
        for (const auto& [id, theirs] : days) {
          ++slow[{stage(theirs, Date{period.from.days - 1}, limits),
                  stage(theirs, Date{period.to.days - 1}, limits)}];
        }
        const Answer answer = ask(*engine.engine, "stage_migration",
                                  {{"from", {format_date(period.from)}},
                                   {"to", {format_date(period.to)}},
                                   {"active_days", {std::to_string(limits.active)}},
                                   {"sleeping_days", {std::to_string(limits.sleeping)}}});
        Pairs found = pairs_of(answer);
        std::erase_if(found, [](const auto& pair) { return pair.second == 0; });
        EXPECT_EQ(found, slow);
        EXPECT_GE(slow.size(), 5U);
      }
    }
  }
}

TEST_F(StageEngine, TakesTheLastDaysIfNoBeginningIsGiven) {
  const TestOrders orders{{1, date_of({2025, 1, 5}), 100}, {1, date_of({2025, 6, 30}), 100}};
  for (auto& engine : engines()) {
    SCOPED_TRACE(engine.name);
    ASSERT_TRUE(put_orders(*engine.engine, orders).ok());
    const Answer answer = ask(*engine.engine, "stage_migration", {});
    EXPECT_EQ(answer.notes.at(0).text.en, "Stages at the close of 2025-04-01 and of 2025-06-30.");
    EXPECT_EQ((pairs_of(answer)[{"Active", "Active"}]), 1);
  }
}

TEST_F(StageEngine, SaysWhatIsWrong) {
  for (auto& engine : engines()) {
    SCOPED_TRACE(engine.name);
    ASSERT_TRUE(put_orders(*engine.engine, {{1, Date{20000}, 100}, {2, Date{20009}, 100}}).ok());
    EXPECT_EQ(refuse(*engine.engine, "stage_migration", {{"active_days", {"180"}}}).message,
              "active_days is 180 and sleeping_days 180.");
    EXPECT_EQ(refuse(*engine.engine, "stage_migration", {{"from", {"2024-10-04"}}}).code,
              Code::not_enough_data);
  }
}

}  // namespace
}  // namespace huitou::analyses
