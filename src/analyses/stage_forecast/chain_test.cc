#include "analyses/stage_forecast/chain.h"

#include <gtest/gtest.h>

#include <cmath>

namespace huitou::analyses {
namespace {

constexpr std::size_t kActive = 3;
constexpr std::size_t kSleeping = 4;
constexpr std::size_t kLost = 5;

/// Of 100 active 60 stay; of 50 sleeping 10 come back and 30 are lost; 20 newcomers.
Moves small_month() {
  Moves month{};
  month[0][kActive] = 20;
  month[kActive][kActive] = 60;
  month[kActive][kSleeping] = 40;
  month[kSleeping][kActive] = 10;
  month[kSleeping][kSleeping] = 10;
  month[kSleeping][kLost] = 30;
  return month;
}

TEST(Chain, PutsTheMonthsTogether) {
  Moves other{};
  other[0][kActive] = 10;
  other[kActive][kSleeping] = 100;
  const Moves months[] = {small_month(), other};
  const Moves chain = chain_of(months);
  EXPECT_DOUBLE_EQ(chain[0][kActive], 15);
  EXPECT_DOUBLE_EQ(chain[kActive][kActive], 0.3);
  EXPECT_DOUBLE_EQ(chain[kActive][kSleeping], 0.7);
  EXPECT_DOUBLE_EQ(chain[kSleeping][kLost], 0.6);
  EXPECT_DOUBLE_EQ(chain[kLost][kLost], 1) << "nobody was there";
}

TEST(Chain, MovesStocksOn) {
  const Moves months[] = {small_month()};
  const Stock now = stock_after(months[0]);
  EXPECT_EQ(now, (Stock{0, 0, 0, 90, 50, 30}));
  EXPECT_EQ(stock_before(months[0]), (Stock{0, 0, 0, 100, 50, 0}));
  const auto stocks = moved_on(chain_of(months), {now}, 2);
  EXPECT_NEAR(stocks[0][kActive], 20 + 0.6 * 90 + 0.2 * 50, 1e-9);
  EXPECT_NEAR(stocks[0][kSleeping], 0.4 * 90 + 0.2 * 50, 1e-9);
  EXPECT_NEAR(stocks[0][kLost], 30 + 0.6 * 50, 1e-9);
  EXPECT_NEAR(stocks[1][kActive], 20 + 0.6 * 84 + 0.2 * 46, 1e-9);
  EXPECT_EQ(stocks[1][0], 0);
}

TEST(Chain, IsCertainWhereAllMonthsAreAlike) {
  const std::vector<Moves> months(8, small_month());
  Rng rng(1);
  const Stock now = stock_after(months.back());
  const auto stocks = moved_on(chain_of(months), {now}, 3);
  const auto bounds = bounds_of(months, {now}, 3, rng);
  for (std::size_t month = 0; month < 3; ++month) {
    for (std::size_t at = 1; at < now.size(); ++at) {
      EXPECT_NEAR(bounds[month].low[at], stocks[month][at], 1e-6);
      EXPECT_NEAR(bounds[month].high[at], stocks[month][at], 1e-6);
    }
  }
}

/// A shop whose months differ by chance: the share of the active that stay, and the newcomers.
std::vector<Moves> uneven_months(std::size_t number, Rng& rng) {
  std::vector<Moves> months;
  Stock now{0, 0, 0, 4000, 2000, 4000};
  for (std::size_t i = 0; i < number; ++i) {
    const double stay = 0.7 + 0.05 * rng.normal();
    Moves month{};
    month[0][kActive] = std::round(800 + 100 * rng.normal());
    month[kActive][kActive] = std::round(now[kActive] * stay);
    month[kActive][kSleeping] = now[kActive] - month[kActive][kActive];
    month[kSleeping][kActive] = std::round(now[kSleeping] * 0.2);
    month[kSleeping][kSleeping] = std::round(now[kSleeping] * 0.4);
    month[kSleeping][kLost] =
        now[kSleeping] - month[kSleeping][kActive] - month[kSleeping][kSleeping];
    month[kLost][kLost] = now[kLost];
    now = stock_after(month);
    months.push_back(month);
  }
  return months;
}

// Of many shops, the interval of the next stock holds what came about nineteen times in twenty.
TEST(Chain, HoldsWhatComes) {
  const std::vector<stages::Stage> all = stages::stages_of({});
  Rng rng(7);
  double held_next = 0;
  double held = 0;
  double error = 0;
  double naive = 0;
  constexpr int kShops = 16;
  for (int shop = 0; shop < kShops; ++shop) {
    const auto months = uneven_months(24, rng);
    const auto trials = tried(months, {.history = 12, .least = 12, .months = 3}, all, rng);
    EXPECT_EQ(trials[0].forecasts, 12);
    EXPECT_EQ(trials[2].forecasts, 10);
    held_next += trials[0].held / kShops;
    held += trials[2].held / kShops;
    error += trials[2].error / kShops;
    naive += trials[2].naive_error / kShops;
  }
  EXPECT_GT(held_next, 0.93);
  EXPECT_LT(held_next, 0.98);
  EXPECT_GT(held, 0.93);
  EXPECT_LT(held, 0.985);
  EXPECT_LT(error, 0.6 * naive);
}

// Of 1,000 active customers 500, 520, 480 and 540 stayed: mean +- t(3) s sqrt(1 + 1/4).
TEST(Chain, OneMonthAheadIsTheIntervalOfOneMoreObservation) {
  std::vector<Moves> months;
  for (const double stay : {500.0, 520.0, 480.0, 540.0}) {
    Moves month{};
    month[kActive][kActive] = 100 * stay;
    month[kActive][kSleeping] = 100 * (1000 - stay);
    months.push_back(month);
  }
  Rng rng(3);
  const auto bounds = bounds_of(months, {Stock{0, 0, 0, 1000, 0, 0}}, 1, rng);
  const double half = 3.182446 * std::sqrt(2000.0 / 3) * std::sqrt(1.25);
  EXPECT_NEAR(bounds[0].low[kActive], 510 - half, 0.1 * half);
  EXPECT_NEAR(bounds[0].high[kActive], 510 + half, 0.1 * half);
}

TEST(Chain, IsNotTriedWithoutMonthsToTryItOn) {
  const std::vector<Moves> months(6, small_month());
  Rng rng(1);
  const auto trials =
      tried(months, {.history = 12, .least = 6, .months = 2}, stages::stages_of({}), rng);
  EXPECT_EQ(trials[0].forecasts, 0);
  const std::vector<Moves> more(7, small_month());
  const auto one =
      tried(more, {.history = 12, .least = 6, .months = 2}, stages::stages_of({}), rng);
  EXPECT_EQ(one[0].forecasts, 1);
  EXPECT_EQ(one[1].forecasts, 0);
  // Forecast 84, 46 and 60 where 90, 50 and 30 were found again.
  EXPECT_NEAR(one[0].error, 40.0 / 170, 1e-9);
  EXPECT_EQ(one[0].naive_error, 0);
}

}  // namespace
}  // namespace huitou::analyses
