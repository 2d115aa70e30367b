#include "analyses/repurchase_by_first_purchase/groups.h"

#include <gtest/gtest.h>

namespace huitou::analyses {
namespace {

TEST(FirstPurchaseGroups, StandBesideTheRestAndNotBesideAll) {
  const Months all{{1, {100, 40}}, {2, {50, 10}}};
  const Months group{{1, {60, 30}}, {2, {10, 5}}};
  const Returns rest = rest_of(sum_of(all), sum_of(group));
  EXPECT_EQ(rest.customers, 80);
  EXPECT_EQ(rest.returned, 15);
  const Comparison comparison = compare(group, all);
  EXPECT_NEAR(comparison.raw->value, 35.0 / 70 - 15.0 / 80, 1e-12);
  // Months: 30/60 against 10/40 and 5/10 against 5/40.
  const double first = 60.0 * 40 / 100;
  const double second = 10.0 * 40 / 50;
  EXPECT_NEAR(comparison.within_months->value, (first * 0.25 + second * 0.375) / (first + second),
              1e-12);
}

TEST(FirstPurchaseGroups, NobodyIsNotZero) {
  const Months all{{1, {10, 4}}};
  EXPECT_FALSE(compare(all, all).raw.has_value());
  EXPECT_FALSE(compare({}, all).raw.has_value());
  EXPECT_FALSE(rate_of({}).has_value());
  // A group and the others that never began in the same month cannot be compared within months.
  const Months two{{1, {10, 4}}, {2, {10, 5}}};
  EXPECT_TRUE(compare(all, two).raw.has_value());
  EXPECT_FALSE(compare(all, two).within_months.has_value());
}

TEST(FirstPurchaseGroups, AreCutAtTheQuartiles) {
  Numbers numbers;
  for (std::int64_t number = 1; number <= 8; ++number) {
    numbers[number * 10][1] = {1, 0};
  }
  const Quarters quarters = quarters_of(numbers);
  EXPECT_EQ(quarters.cuts, (std::vector<double>{27.5, 45, 62.5}));
  for (const Months& group : quarters.groups) {
    EXPECT_EQ(sum_of(group).customers, 2);
  }
  const Quarters same = quarters_of({{70, {{1, {9, 3}}}}});
  EXPECT_EQ(sum_of(same.groups[0]).customers, 9);
  EXPECT_TRUE(same.groups[3].empty());
  const auto split = split_at(numbers, 80);
  EXPECT_EQ(sum_of(split[0]).customers, 1);
  EXPECT_EQ(sum_of(split[1]).customers, 7);
}

}  // namespace
}  // namespace huitou::analyses
