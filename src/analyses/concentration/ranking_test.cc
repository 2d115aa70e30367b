#include "analyses/concentration/ranking.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "base/result.h"

namespace huitou::analyses {
namespace {

TEST(Ranking, RoundsShareOfCustomersUp) {
  const Ranking ranking({{50, 1}, {30, 2}, {10, 2}});
  EXPECT_EQ(ranking.customers(), 5);
  EXPECT_EQ(ranking.amount_minor(), 130);
  EXPECT_EQ(ranking.highest_percent(20).customers, 1);
  EXPECT_EQ(ranking.highest_percent(21).customers, 2);
  EXPECT_EQ(ranking.highest_percent(21).amount_minor, 80);
  EXPECT_EQ(ranking.highest_percent(21).lowest_minor, 30);
  EXPECT_EQ(ranking.highest_percent(0).customers, 0);
  EXPECT_EQ(ranking.highest_percent(100).amount_minor, 130);
  const Ranking hundred({{1, 100}});
  for (int percent = 0; percent <= 100; ++percent) {
    EXPECT_EQ(hundred.highest_percent(percent).customers, percent);
  }
  EXPECT_THROW(ranking.highest(6), Bug);
  EXPECT_THROW(Ranking({{1, 1}, {1, 1}}), Bug);
}

// 50 of 100 is reached by the first; the two of 20 stay together though 80 is passed by the second.
TEST(Ranking, KeepsCustomersOfOneAmountInOneClass) {
  const auto parts = Ranking({{50, 1}, {20, 2}, {10, 1}}).classes({0.5, 0.8});
  ASSERT_EQ(parts.size(), 3U);
  EXPECT_EQ(parts[0].customers, 1);
  EXPECT_EQ(parts[1].customers, 2);
  EXPECT_EQ(parts[1].amount_minor, 40);
  EXPECT_EQ(parts[2].customers, 1);
}

TEST(Ranking, GiniHasItsEnds) {
  EXPECT_NEAR(Ranking({{700, 9}}).gini(), 0, 1e-12);
  EXPECT_NEAR(Ranking({{700, 1}, {0, 9}}).gini(), 0.9, 1e-12);
  EXPECT_GT(Ranking({{700, 1}, {-500, 1}}).gini(), 1);
  EXPECT_THROW(Ranking({{0, 3}}).gini(), Bug);
}

// The mean difference between all pairs of customers, over twice the mean.
TEST(Ranking, GiniIsTheMeanDifferenceOfPairs) {
  std::mt19937_64 rng(3);
  std::vector<std::int64_t> amounts;
  for (int i = 0; i < 80; ++i) {
    amounts.push_back(static_cast<std::int64_t>(rng() % 30));
  }
  std::sort(amounts.rbegin(), amounts.rend());
  std::vector<AmountCount> counts;
  double sum = 0;
  double differences = 0;
  for (const std::int64_t amount : amounts) {
    if (counts.empty() || counts.back().amount_minor != amount) {
      counts.push_back({amount, 0});
    }
    ++counts.back().customers;
    sum += static_cast<double>(amount);
    for (const std::int64_t other : amounts) {
      differences += std::abs(static_cast<double>(amount - other));
    }
  }
  EXPECT_NEAR(Ranking(counts).gini(), differences / (2 * 80 * sum), 1e-12);
}

}  // namespace
}  // namespace huitou::analyses
