#include "math/two_groups.h"

#include <gtest/gtest.h>

#include <vector>

#include "base/result.h"

namespace huitou::math {
namespace {

struct Published {
  Share first;
  Share second;
  double low;
  double high;
};

// Newcombe (1998), table II, method 10.
TEST(DifferenceOf, GivesNewcombesTable) {
  for (const Published& row :
       {Published{{56, 70}, {48, 80}, 0.0524, 0.3339}, Published{{9, 10}, {3, 10}, 0.1705, 0.8090},
        Published{{6, 7}, {2, 7}, 0.0582, 0.8062}, Published{{10, 10}, {0, 10}, 0.6075, 1.0000}}) {
    const Difference found = difference_of(row.first, row.second);
    EXPECT_NEAR(found.interval.low, row.low, 5e-5);
    EXPECT_NEAR(found.interval.high, row.high, 5e-5);
  }
  EXPECT_THROW(difference_of({1, 2}, {0, 0}), Bug);
}

TEST(DifferenceOf, TurnsRoundWithTheGroups) {
  const Difference one = difference_of({7, 20}, {11, 90});
  const Difference other = difference_of({11, 90}, {7, 20});
  EXPECT_NEAR(one.value, -other.value, 1e-12);
  EXPECT_NEAR(one.interval.low, -other.interval.high, 1e-12);
  EXPECT_NEAR(one.interval.high, -other.interval.low, 1e-12);
}

// Deaths in the UGDP trial in two age groups; the figures were calculated by hand from the
// formulas.
TEST(DifferenceWithin, GivesWhatTheFormulasGiveByHand) {
  const std::vector<Layer> ages{{{8, 106}, {5, 120}}, {{22, 98}, {16, 85}}};
  const auto found = difference_within(ages, 0.90);
  ASSERT_TRUE(found.has_value());
  EXPECT_NEAR(found->value, 0.035, 5e-4);
  EXPECT_NEAR(found->interval.low, -0.018, 5e-4);
  EXPECT_NEAR(found->interval.high, 0.087, 5e-4);
}

// Within each layer the groups are alike; only their spread over the layers makes them differ.
TEST(DifferenceWithin, TakesOutWhatTheLayersExplain) {
  const std::vector<Layer> layers{{{80, 100}, {8, 10}}, {{2, 10}, {20, 100}}};
  EXPECT_GT(difference_of({82, 110}, {28, 110}).value, 0.4);
  EXPECT_NEAR(difference_within(layers)->value, 0, 1e-12);
}

TEST(DifferenceWithin, NobodyIsNotZero) {
  const std::vector<Layer> layers{{{1, 2}, {0, 0}}, {{0, 0}, {1, 5}}};
  EXPECT_FALSE(difference_within(layers).has_value());
  EXPECT_FALSE(difference_within({}).has_value());
}

}  // namespace
}  // namespace huitou::math
