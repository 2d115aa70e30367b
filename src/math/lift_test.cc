#include "math/lift.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

namespace huitou::math {
namespace {

TEST(Lift, IsTheShareTogetherOverTheProductOfShares) {
  const auto lift = lift_of({.everyone = 1000, .have = {200, 100}, .pairs = {40}, .all = 40});
  ASSERT_TRUE(lift.has_value());
  EXPECT_DOUBLE_EQ(lift->value, 2);
  // By hand: n Var = 25 - 1 - (5 - 1) - (10 - 1) + 2 (2 - 1) = 13.
  const double factor = std::exp(1.959963984540054 * std::sqrt(0.013));
  EXPECT_NEAR(lift->interval->low, 2 / factor, 1e-12);
  EXPECT_NEAR(lift->interval->high, 2 * factor, 1e-12);
}

TEST(Lift, OfNobodyOrOfNobodyTogether) {
  EXPECT_FALSE(lift_of({.everyone = 10, .have = {0, 3}, .pairs = {0}, .all = 0}).has_value());
  const auto apart = lift_of({.everyone = 10, .have = {4, 3}, .pairs = {0}, .all = 0});
  ASSERT_TRUE(apart.has_value());
  EXPECT_EQ(apart->value, 0);
  EXPECT_FALSE(apart->interval.has_value());
  const auto same = lift_of({.everyone = 10, .have = {10, 10}, .pairs = {10}, .all = 10});
  EXPECT_DOUBLE_EQ(same->interval->low, 1);
  EXPECT_DOUBLE_EQ(same->interval->high, 1);
}

// In samples from a population whose lift is known the interval holds it as often as it says.
TEST(Lift, KeepsItsLevelForTwoAndForThreeTraits) {
  std::mt19937_64 rng(5);
  for (const std::size_t count : {2U, 3U}) {
    // A hidden kind (3 of 10) has each trait with 0.6, the others with 0.2.
    const double one = 0.3 * 0.6 + 0.7 * 0.2;
    const double all = 0.3 * std::pow(0.6, count) + 0.7 * std::pow(0.2, count);
    const double truth = all / std::pow(one, count);
    int held = 0;
    constexpr int kSamples = 1500;
    for (int sample = 0; sample < kSamples; ++sample) {
      Traits traits{.everyone = 600,
                    .have = std::vector<double>(count),
                    .pairs = std::vector<double>(count * (count - 1) / 2)};
      for (int person = 0; person < 600; ++person) {
        const double chance = std::uniform_real_distribution<double>()(rng) < 0.3 ? 0.6 : 0.2;
        std::vector<bool> has(count);
        for (std::size_t i = 0; i < count; ++i) {
          has[i] = std::uniform_real_distribution<double>()(rng) < chance;
          traits.have[i] += has[i] ? 1 : 0;
        }
        std::size_t place = 0;
        for (std::size_t i = 0; i < count; ++i) {
          for (std::size_t j = i + 1; j < count; ++j) {
            traits.pairs[place++] += has[i] && has[j] ? 1 : 0;
          }
        }
        traits.all += std::count(has.begin(), has.end(), true) == static_cast<long>(count) ? 1 : 0;
      }
      const auto lift = lift_of(traits);
      held += lift->interval->low <= truth && truth <= lift->interval->high ? 1 : 0;
    }
    EXPECT_NEAR(static_cast<double>(held) / kSamples, 0.95, 0.02) << count;
  }
}

}  // namespace
}  // namespace huitou::math
