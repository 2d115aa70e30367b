#include "analyses/steps.h"

#include <gtest/gtest.h>

namespace huitou::analyses {
namespace {

TEST(Steps, AreNumberedWithoutGaps) {
  for (const Granularity granularity :
       {Granularity::day, Granularity::week, Granularity::month, Granularity::quarter}) {
    for (const WeekStart week_start : {WeekStart::monday, WeekStart::sunday}) {
      const Steps steps{granularity, week_start};
      int before = step_index(Date{0}, steps);
      for (int day = 0; day < 20000; ++day) {
        const int index = step_index(Date{day}, steps);
        ASSERT_TRUE(index == before || index == before + 1) << day;
        ASSERT_LE(step_first_day(index, steps).days, day);
        ASSERT_GT(step_first_day(index + 1, steps).days, day);
        ASSERT_EQ(step_first_day(index, steps) == Date{day},
                  step_start(Date{day}, granularity, week_start) == Date{day});
        before = index;
      }
    }
  }
}

TEST(Steps, HaveNames) {
  const Date day = date_of({1997, 5, 7});
  const auto name = [&](Steps steps) { return step_name(step_index(day, steps), steps); };
  EXPECT_EQ(name({Granularity::month}), "1997-05");
  EXPECT_EQ(name({Granularity::quarter}), "1997-Q2");
  EXPECT_EQ(name({Granularity::week}), "1997-05-05");
  EXPECT_EQ(name({Granularity::week, WeekStart::sunday}), "1997-05-04");
  EXPECT_EQ(name({Granularity::day}), "1997-05-07");
}

}  // namespace
}  // namespace huitou::analyses
