#include "math/promoters.h"

#include <gtest/gtest.h>

#include <cmath>

#include "math/random.h"

namespace huitou::math {
namespace {

Promoters of(std::initializer_list<std::int64_t> counts) {
  Promoters answers;
  std::int64_t score = 0;
  for (const std::int64_t count : counts) {
    EXPECT_TRUE(answers.add(score++, count));
  }
  return answers;
}

// D22 of the published answers: NPS 30.0, standard error 7.81.
TEST(NetScore, GivesThePublishedFigures) {
  const Promoters answers = of({2, 1, 1, 2, 3, 6, 5, 10, 20, 30, 20});
  EXPECT_EQ(answers.promoters, 50);
  EXPECT_EQ(answers.passives, 30);
  EXPECT_EQ(answers.detractors, 20);
  const auto score = net_score(answers);
  ASSERT_TRUE(score.has_value());
  EXPECT_DOUBLE_EQ(score->value, 30.0);
  EXPECT_NEAR(score->error, 7.81, 0.005);
  EXPECT_LT(score->interval.low, 30.0);
  EXPECT_GT(score->interval.high, 30.0);
}

TEST(NetScore, RunsFromMinusToPlusAHundred) {
  EXPECT_FALSE(net_score({}).has_value());
  const auto all = net_score({5, 0, 0});
  EXPECT_DOUBLE_EQ(all->value, 100);
  EXPECT_DOUBLE_EQ(all->error, 0);
  EXPECT_LT(all->interval.low, 80);  // five who agree do not make it sure
  EXPECT_LE(all->interval.high, 100);
  EXPECT_DOUBLE_EQ(net_score({0, 0, 7})->value, -100);
  EXPECT_GE(net_score({0, 0, 7})->interval.low, -100);
}

// The ends for one answer were calculated with 40 digits.
TEST(NetScore, HoldsItsValueFromTwoAnswersOn) {
  EXPECT_NEAR(net_score({1, 0, 0})->interval.low, -48.498649420252034, 1e-12);
  EXPECT_NEAR(net_score({1, 0, 0})->interval.high, 98.498649420252034, 1e-12);
  EXPECT_NEAR(net_score({0, 0, 1})->interval.low, -98.498649420252034, 1e-12);
  for (std::int64_t answers = 2; answers <= 60; ++answers) {
    for (std::int64_t promoters = 0; promoters <= answers; ++promoters) {
      for (std::int64_t passives = 0; promoters + passives <= answers; ++passives) {
        const auto score = net_score({promoters, passives, answers - promoters - passives});
        EXPECT_LE(score->interval.low, score->value) << answers << " " << promoters;
        EXPECT_GE(score->interval.high, score->value) << answers << " " << promoters;
      }
    }
  }
}

TEST(NetScore, TakesOnlyTheScale) {
  Promoters answers;
  EXPECT_FALSE(answers.add(-1, 3));
  EXPECT_FALSE(answers.add(11, 3));
  EXPECT_EQ(answers.answers(), 0);
  EXPECT_TRUE(answers.add(0, 1));
  EXPECT_TRUE(answers.add(6, 1));
  EXPECT_EQ(answers.detractors, 2);  // 0 is a detractor
}

// For shops of all kinds and few answers, the interval should hold the truth about 95 times in 100.
TEST(NetScore, KeepsItsLevel) {
  Rng rng(22);
  for (const double promoters : {0.1, 0.5, 0.7}) {
    for (const double detractors : {0.1, 0.25}) {
      for (const int answers : {10, 30, 200}) {
        int held = 0;
        constexpr int kRounds = 3000;
        for (int round = 0; round < kRounds; ++round) {
          Promoters seen;
          for (int i = 0; i < answers; ++i) {
            const double dice = rng.uniform();
            seen.add(dice < promoters ? 9 : dice < promoters + detractors ? 3 : 8, 1);
          }
          const auto score = net_score(seen);
          const double truth = 100 * (promoters - detractors);
          held += score->interval.low <= truth && truth <= score->interval.high ? 1 : 0;
        }
        EXPECT_GT(held, 0.925 * kRounds) << promoters << " " << detractors << " " << answers;
        const double most = answers < 30 ? 1.0 : 0.98;  // with few answers it is cautious
        EXPECT_LE(held, most * kRounds) << promoters << " " << detractors << " " << answers;
      }
    }
  }
}

// Net 30 and 0 of 50 answers each, worked out by hand with the three answers added to each.
TEST(NetDifference, FollowsFromBothGroups) {
  EXPECT_FALSE(net_difference({}, {1, 1, 1}).has_value());
  EXPECT_FALSE(net_difference({1, 1, 1}, {}).has_value());
  const Promoters first{29, 7, 14}, second{20, 10, 20};
  const auto found = net_difference(first, second);
  ASSERT_TRUE(found.has_value());
  EXPECT_NEAR(found->value, 30, 1e-12);
  // 29.75 and 14.75 of 53; 20.75 and 20.75 of 53.
  const double a = 15.0 / 53, b = 0;
  const double variance = ((29.75 + 14.75) / 53 - a * a) / 53 + (41.5 / 53) / 53;
  EXPECT_NEAR(found->interval.low, 100 * (a - b - 1.959963984540054 * std::sqrt(variance)), 1e-9);
  EXPECT_NEAR(found->interval.high, 100 * (a - b + 1.959963984540054 * std::sqrt(variance)), 1e-9);
  EXPECT_NEAR(found->p, 0.0971247, 1e-6);
  const auto back = net_difference(second, first);
  EXPECT_DOUBLE_EQ(back->value, -found->value);
  EXPECT_DOUBLE_EQ(back->p, found->p);
}

// Two groups alike: about one difference in twenty should be called one, for few answers too.
TEST(NetDifference, FindsNoMoreThanChanceWhereThereIsNone) {
  Rng rng(23);
  for (const int answers : {10, 40}) {
    int called = 0, left_out = 0;
    constexpr int kRounds = 4000;
    const auto draw = [&](int many) {
      Promoters seen;
      for (int i = 0; i < many; ++i) {
        const double dice = rng.uniform();
        seen.add(dice < 0.5 ? 10 : dice < 0.7 ? 2 : 7, 1);
      }
      return seen;
    };
    for (int round = 0; round < kRounds; ++round) {
      const auto found = net_difference(draw(answers), draw(300));
      called += found->p < 0.05 ? 1 : 0;
      left_out += found->interval.low > 0 || found->interval.high < 0 ? 1 : 0;
    }
    EXPECT_EQ(called, left_out);
    EXPECT_LT(called, 0.065 * kRounds) << answers;
    EXPECT_GT(called, 0.02 * kRounds) << answers;
  }
}

}  // namespace
}  // namespace huitou::math
