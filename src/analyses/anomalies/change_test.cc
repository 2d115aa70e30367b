#include "analyses/anomalies/change.h"

#include <gtest/gtest.h>

#include <cmath>

#include "math/random.h"

namespace huitou::analyses {
namespace {

TEST(Changes, AreThoseOfTheFormula) {
  // By hand: (30.5/100.5) / (60.5/400.5) over (100.5/1000.5) / (200.5/2000.5).
  const auto changes =
      changes_of({{"a", {60, 400}, {30, 100}}, {"rest", {200, 2000}, {100, 1000}}}, 30, 0.05);
  ASSERT_EQ(changes.size(), 2U);
  EXPECT_EQ(changes[0].at, 0U);
  const double ratio = (30.5 / 100.5) / (60.5 / 400.5) / ((100.5 / 1000.5) / (200.5 / 2000.5));
  EXPECT_NEAR(changes[0].ratio, ratio, 1e-12);
  EXPECT_NEAR(changes[0].expected * ratio, 30.5 / 100.5, 1e-12);
  const double error = std::sqrt(1 / 30.5 - 1 / 100.5 + 1 / 60.5 - 1 / 400.5 + 1 / 100.5 -
                                 1 / 1000.5 + 1 / 200.5 - 1 / 2000.5);
  EXPECT_NEAR(changes[0].high / changes[0].low, std::exp(2 * 1.959963984540054 * error), 1e-9);
  EXPECT_NEAR(changes[0].p, std::erfc(std::log(ratio) / error / std::sqrt(2.0)), 1e-12);
  EXPECT_NEAR(changes[1].ratio, 1 / ratio, 1e-12);
}

TEST(Changes, NeedEnoughOrders) {
  const auto changes = changes_of(
      {{"few", {1, 29}, {1, 100}}, {"enough", {5, 30}, {5, 30}}, {"all", {50, 500}, {50, 500}}}, 30,
      0.05);
  ASSERT_EQ(changes.size(), 2U);
  EXPECT_TRUE(changes_of({{"alone", {5, 100}, {5, 100}}}, 30, 0.05).empty());
}

/// Places of a shop whose rate goes from 4 to 6 % everywhere; in `odd` it goes to 18 %.
std::vector<Watched> shop(Rng& rng, int places, int odd) {
  std::vector<Watched> watched;
  const auto drawn = [&](std::int64_t trials, double chance) {
    Rate rate{0, trials};
    for (std::int64_t i = 0; i < trials; ++i) rate.hits += rng.uniform() < chance ? 1 : 0;
    return rate;
  };
  for (int place = 0; place < places; ++place) {
    watched.push_back({std::to_string(place), drawn(1200, 0.04),
                       drawn(150 + 10 * (place % 20), place == odd ? 0.18 : 0.06)});
  }
  return watched;
}

TEST(Changes, RaiseFewFalseAlarmsAndFindTheOddPlace) {
  Rng rng(5);
  int rounds_with_alarm = 0, found = 0;
  constexpr int kRounds = 200;
  for (int round = 0; round < kRounds; ++round) {
    const auto quiet = changes_of(shop(rng, 40, -1), 30, 0.05);
    rounds_with_alarm += quiet.front().is_alarm ? 1 : 0;
    const auto loud = changes_of(shop(rng, 40, 7), 30, 0.05);
    found += loud.front().is_alarm && loud.front().at == 7 ? 1 : 0;
  }
  EXPECT_LE(rounds_with_alarm, kRounds / 10);
  EXPECT_GE(found, kRounds * 9 / 10);
}

}  // namespace
}  // namespace huitou::analyses
