#include "math/survival.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <random>

#include "base/result.h"

namespace huitou::math {
namespace {

// The 6-MP arm of Freireich et al. (1963), weeks in remission: the textbook case.
const std::vector<SurvivalCount> kRemission{
    {6, 3, 1},  {7, 1, 0},  {9, 0, 1},  {10, 1, 1}, {11, 0, 1}, {13, 1, 0}, {16, 1, 0}, {17, 0, 1},
    {19, 0, 1}, {20, 0, 1}, {22, 1, 0}, {23, 1, 0}, {25, 0, 1}, {32, 0, 2}, {34, 0, 1}, {35, 0, 1}};

struct Published {
  std::int64_t time;
  std::int64_t at_risk;
  double survival, low, high;
};

TEST(KaplanMeier, GivesThePublishedCurveOf6Mp) {
  const Published published[] = {{6, 21, 0.8571, 0.6197, 0.9516},  {7, 17, 0.8067, 0.5631, 0.9228},
                                 {10, 15, 0.7529, 0.5032, 0.8894}, {13, 12, 0.6902, 0.4316, 0.8491},
                                 {16, 11, 0.6275, 0.3675, 0.8049}, {22, 7, 0.5378, 0.2678, 0.7468},
                                 {23, 6, 0.4482, 0.1881, 0.6801}};
  const auto curve = kaplan_meier(kRemission);
  for (const Published& expected : published) {
    const auto point = std::find_if(curve.begin(), curve.end(), [&](const SurvivalPoint& at) {
      return at.time == expected.time;
    });
    ASSERT_NE(point, curve.end());
    EXPECT_EQ(point->at_risk, expected.at_risk);
    EXPECT_NEAR(point->survival, expected.survival, 5e-5) << expected.time;
    EXPECT_NEAR(*point->low, expected.low, 1e-4) << expected.time;
    EXPECT_NEAR(*point->high, expected.high, 1e-4) << expected.time;
  }
  EXPECT_EQ(time_until(curve, 0.5), 23);
  EXPECT_EQ(time_until(curve, 0.25), 13);
  EXPECT_FALSE(time_until(curve, 0.75).has_value());
}

TEST(KaplanMeier, NobodyIsNotZero) {
  EXPECT_TRUE(kaplan_meier({}).empty());
  EXPECT_FALSE(time_until({}, 0.5).has_value());
  EXPECT_FALSE(quantile_of_counts({}, 0.5).has_value());
}

TEST(KaplanMeier, HasNoIntervalWhereItIsNotDefined) {
  const std::vector<SurvivalCount> counts{{1, 0, 1}, {2, 1, 0}, {3, 1, 0}};
  const auto curve = kaplan_meier(counts);
  EXPECT_FALSE(curve[0].low.has_value());
  EXPECT_TRUE(curve[1].low.has_value());
  EXPECT_FALSE(curve[2].high.has_value());
  EXPECT_EQ(curve[2].survival, 0);
}

TEST(KaplanMeier, RefusesTimesOutOfOrder) {
  const std::vector<SurvivalCount> counts{{2, 1, 0}, {1, 1, 0}};
  EXPECT_THROW(kaplan_meier(counts), Bug);
}

// Without censoring the curve is the plain share of those who wait longer.
TEST(KaplanMeier, WithoutCensoringIsThePlainShare) {
  std::mt19937_64 rng(7);
  std::map<std::int64_t, std::int64_t> events;
  for (int i = 0; i < 500; ++i) {
    ++events[static_cast<std::int64_t>(rng() % 60)];
  }
  std::vector<SurvivalCount> counts;
  for (const auto& [time, count] : events) {
    counts.push_back({time, count, 0});
  }
  std::int64_t gone = 0;
  for (const SurvivalPoint& point : kaplan_meier(counts)) {
    gone += point.events;
    EXPECT_NEAR(point.survival, 1 - static_cast<double>(gone) / 500, 1e-12);
  }
}

TEST(QuantileOfCounts, IsTypeSeven) {
  // D37: gaps 0, 3, 7, 30.
  const std::vector<ValueCount> gaps{{0, 1}, {3, 1}, {7, 1}, {30, 1}};
  EXPECT_DOUBLE_EQ(*quantile_of_counts(gaps, 0.25), 2.25);
  EXPECT_DOUBLE_EQ(*quantile_of_counts(gaps, 0.5), 5);
  EXPECT_DOUBLE_EQ(*quantile_of_counts(gaps, 0.75), 12.75);
  EXPECT_DOUBLE_EQ(*quantile_of_counts(gaps, 0), 0);
  EXPECT_DOUBLE_EQ(*quantile_of_counts(gaps, 1), 30);
  const std::vector<ValueCount> heavy{{1, 3}, {9, 1}};
  EXPECT_DOUBLE_EQ(*quantile_of_counts(heavy, 0.9), 6.6);
}

}  // namespace
}  // namespace huitou::math
