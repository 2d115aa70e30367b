#include <gtest/gtest.h>

#include "analyses/cohort_retention/grid.h"
#include "base/result.h"

namespace huitou::analyses {
namespace {

// Two cohorts of months, looked at on the last day of the second month and the day after.
TEST(CohortGrid, HoldsNothingForPeriodsThatAreNotOver) {
  const int january = step_index(date_of({2025, 1, 1}), {Granularity::month});
  GridShape shape{{Granularity::month}, january, 2, 1, date_of({2025, 2, 28})};
  for (const bool over : {false, true}) {
    shape.as_of = over ? date_of({2025, 3, 1}) : date_of({2025, 2, 28});
    Grid grid(shape);
    grid.size(january) = 4;
    grid.size(january + 1) = 2;
    grid.at(january, 0) = 4;
    grid.at(january, 1) = 0;
    grid.at(january + 1, 0) = 2;
    EXPECT_EQ(grid.value(january, 0), 4);
    EXPECT_EQ(grid.value(january, 1).has_value(), over);
    EXPECT_EQ(grid.value(january + 1, 0).has_value(), over);
    EXPECT_FALSE(grid.value(january + 1, 1).has_value());
    EXPECT_EQ(grid.sum(0)->customers, over ? 6 : 4);
    EXPECT_EQ(grid.sum(1).has_value(), over);
  }
}

TEST(CohortGrid, NobodyIsNotZero) {
  const int january = step_index(date_of({2025, 1, 1}), {Granularity::month});
  const Grid grid({{Granularity::month}, january, 1, 1, date_of({2026, 1, 1})});
  EXPECT_FALSE(grid.value(january, 0).has_value());
  EXPECT_FALSE(grid.sum(0).has_value());
  EXPECT_THROW(grid.size(january + 1), Bug);
}

TEST(CohortGrid, OnOrAfterAddsUpFromTheEnd) {
  const int january = step_index(date_of({2025, 1, 1}), {Granularity::month});
  Grid grid({{Granularity::month}, january, 1, 3, date_of({2026, 1, 1})});
  grid.size(january) = 10;
  grid.at(january, 0) = 5;
  grid.at(january, 2) = 2;
  grid.at(january, 3) = 3;
  grid.accumulate_later();
  EXPECT_EQ(grid.value(january, 0), 10);
  EXPECT_EQ(grid.value(january, 1), 5);
  EXPECT_EQ(grid.value(january, 2), 5);
  EXPECT_EQ(grid.value(january, 3), 3);
}

}  // namespace
}  // namespace huitou::analyses
