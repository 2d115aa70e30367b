#include "analyses/stage_forecast/individual.h"

#include <gtest/gtest.h>

#include <cmath>

namespace huitou::analyses {
namespace {

constexpr std::size_t kActive = 3;
constexpr std::size_t kSleeping = 4;

/// Every month 100 customers are active; 50 of them sleep next unless they buy. Of these `buy` buy,
/// and of those who are led to stay, all do.
struct Shop {
  std::vector<Moves> past;
  std::vector<History> histories;
};

Shop shop_of(int months, double buy) {
  Shop shop;
  for (int month = 1; month <= months + 1; ++month) {
    Moves moves{};
    moves[kActive][kActive] = 50 + buy;
    moves[kActive][kSleeping] = 50 - buy;
    if (month <= months) shop.past.push_back(moves);
    const History row{.step = month,
                      .month = month % 12,
                      .before = kActive,
                      .led = kActive,
                      .after = kActive,
                      .customers = 50};
    shop.histories.push_back(row);
    History led = row;
    led.led = kSleeping;
    led.classes = {18, 3, 1, 0, 5};
    led.customers = buy;
    shop.histories.push_back(led);
    led.after = kSleeping;
    led.customers = 50 - buy;
    shop.histories.push_back(led);
  }
  return shop;
}

double entropy(double share) {
  return -share * std::log(share) - (1 - share) * std::log(1 - share);
}

TEST(Individual, IsBetterWhereMoreIsKnownThanTheStage) {
  const Shop shop = shop_of(12, 20);
  const Comparison found = compare(shop.past, shop.histories, {}, stages::stages_of({}));
  EXPECT_EQ(found.months, 6);
  EXPECT_EQ(found.moves, 1200);
  EXPECT_TRUE(found.individual_is_better());
  // The matrix knows that 70 of 100 stay; the model that 50 surely do, and 20 of the other 50.
  EXPECT_NEAR(found.matrix.log_loss, entropy(0.7), 0.002);
  EXPECT_NEAR(found.individual.log_loss, entropy(0.4) / 2, 0.01);
  EXPECT_LT(found.individual.calibration, 0.01);
  ASSERT_TRUE(found.nexts.back().has_value());
  EXPECT_NEAR((*found.nexts.back())[kActive][kActive], 0.7, 0.005);
  EXPECT_NEAR((*found.nexts.back())[kActive][kSleeping], 0.3, 0.005);
  EXPECT_FALSE(found.nexts.front().has_value()) << "no month was known";
}

TEST(Individual, IsNoBetterWhereTheStageSaysAll) {
  Shop shop = shop_of(12, 25);
  for (History& row : shop.histories) {
    row.led = kActive;
    row.classes = {};
  }
  const Comparison found = compare(shop.past, shop.histories, {}, stages::stages_of({}));
  EXPECT_NEAR(found.matrix.log_loss, found.individual.log_loss, 0.002);
  EXPECT_NEAR(found.individual.calibration, 0, 0.01);
}

TEST(Individual, IsNotTriedOnTooLittle) {
  const Shop few = shop_of(8, 20);
  EXPECT_EQ(compare(few.past, few.histories, {}, stages::stages_of({})).months, 0);
  EXPECT_EQ(compare(few.past, few.histories, {}, stages::stages_of({})).moves, 800);
  Shop many = few;
  for (History& row : many.histories) row.customers *= 10;
  EXPECT_EQ(compare(many.past, many.histories, {.least = 6}, stages::stages_of({})).months, 0);
  EXPECT_EQ(compare(many.past, many.histories, {.least = 5}, stages::stages_of({})).months, 3);
}

}  // namespace
}  // namespace huitou::analyses
