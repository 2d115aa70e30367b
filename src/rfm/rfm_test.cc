#include "rfm/rfm.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

namespace huitou::rfm {
namespace {

Histories random_histories(std::uint64_t seed, std::size_t customers, std::int64_t different) {
  std::mt19937_64 rng(seed);
  const auto below = [&](std::int64_t bound) {
    return static_cast<std::int64_t>(rng() % static_cast<std::uint64_t>(bound));
  };
  Histories histories;
  for (std::size_t i = 0; i < customers; ++i) {
    histories.days_since_last_order.push_back(static_cast<std::int32_t>(1 + below(different)));
    histories.orders.push_back(1 + below(different));
    histories.amount_minor.push_back((below(3 * different) - different) * 1230);
  }
  return histories;
}

std::vector<std::int64_t> values_of(const Histories& histories, Measure measure) {
  const auto& days = histories.days_since_last_order;
  return measure == kDays     ? std::vector<std::int64_t>(days.begin(), days.end())
         : measure == kOrders ? histories.orders
                              : histories.amount_minor;
}

/// By sorting all values: how many of the quantiles plus a unit the value has reached. In fifths.
int passed_by_hand(std::vector<std::int64_t> values, std::int64_t value, std::int64_t unit) {
  std::sort(values.begin(), values.end());
  int passed = 0;
  for (std::size_t fifth = 1; fifth < 5; ++fifth) {
    const std::size_t position = (values.size() - 1) * fifth;
    const std::int64_t low = values[position / 5];
    const std::int64_t high = values[std::min(position / 5 + 1, values.size() - 1)];
    const auto rest = static_cast<std::int64_t>(position % 5);
    passed += 5 * value >= (5 - rest) * low + rest * high + 5 * unit ? 1 : 0;
  }
  return passed;
}

TEST(RfmScales, ScoreAsSortingAllValuesDoes) {
  for (const std::int64_t different : {3, 40, 2000}) {
    const Histories histories =
        random_histories(static_cast<std::uint64_t>(different), 137, different);
    const Scales scales = five_bin_scales(histories, kMinorPerUnit);
    for (const Measure measure : {kDays, kOrders, kAmount}) {
      const auto values = values_of(histories, measure);
      for (const std::int64_t value : values) {
        const int passed = passed_by_hand(values, value, measure == kAmount ? 100 : 1);
        ASSERT_EQ(scales[measure].score(value), measure == kDays ? 5 - passed : 1 + passed);
      }
    }
  }
}

TEST(RfmScales, SplitAtTheMeanAsASumDoes) {
  const Histories histories = random_histories(7, 91, 50);
  const Scales scales = two_level_scales(histories, Threshold::mean, kMinorPerUnit);
  for (const Measure measure : {kDays, kOrders, kAmount}) {
    const auto values = values_of(histories, measure);
    std::int64_t sum = 0;
    for (const std::int64_t value : values) sum += value;
    const auto many = static_cast<std::int64_t>(values.size());
    for (const std::int64_t value : values) {
      const bool high = measure == kDays ? value * many <= sum : value * many >= sum;
      ASSERT_EQ(scales[measure].score(value), high ? 2 : 1);
    }
  }
}

}  // namespace
}  // namespace huitou::rfm
