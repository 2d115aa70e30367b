#include "math/false_discoveries.h"

#include <gtest/gtest.h>

namespace huitou::math {
namespace {

// The fifteen tests of section 3.2 of the paper: four are discoveries at 5 %.
TEST(FalseDiscoveries, ThoseOfThePaper) {
  const std::vector<double> p{0.0459, 0.0001, 0.0298, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278,
                              0.0344, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0000};
  const std::vector<double> rates = false_discovery_rates(p);
  EXPECT_NEAR(rates[1], 0.0015, 1e-9);
  EXPECT_NEAR(rates[5], 0.0095 * 15 / 4, 1e-9);
  EXPECT_NEAR(rates[6], 0.0603, 1e-9);
  EXPECT_NEAR(rates[7], 0.0298 * 15 / 7, 1e-9);  // that of the next one is smaller
  EXPECT_NEAR(rates[14], 1, 1e-9);
  int discoveries = 0;
  for (const double rate : rates) discoveries += rate <= 0.05 ? 1 : 0;
  EXPECT_EQ(discoveries, 4);
}

TEST(FalseDiscoveries, AreNoneOfNothing) { EXPECT_TRUE(false_discovery_rates({}).empty()); }

}  // namespace
}  // namespace huitou::math
