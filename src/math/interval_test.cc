#include "math/interval.h"

#include <gtest/gtest.h>

#include "base/result.h"

namespace huitou::math {
namespace {

// Published: statistics D19, D20 (statsmodels).
TEST(Wilson, GivesThePublishedIntervals) {
  const Interval twenty = wilson({20, 100});
  EXPECT_NEAR(twenty.low, 0.133367, 5e-7);
  EXPECT_NEAR(twenty.high, 0.288829, 5e-7);
  const Interval none = wilson({0, 20});
  EXPECT_EQ(none.low, 0);
  EXPECT_NEAR(none.high, 0.161125, 5e-7);
}

// The interval of k of n mirrors that of n - k of n and always holds the share itself.
TEST(Wilson, IsSymmetricAndHoldsTheShare) {
  for (double n = 1; n < 40; ++n) {
    for (double k = 0; k <= n; ++k) {
      const Interval one = wilson({k, n});
      const Interval other = wilson({n - k, n});
      EXPECT_NEAR(one.low, 1 - other.high, 1e-12);
      EXPECT_LE(one.low, k / n + 1e-12);
      EXPECT_GE(one.high, k / n - 1e-12);
      EXPECT_TRUE(k == 0 ? one.low == 0 : one.low > 0);
      EXPECT_TRUE(k == n ? one.high == 1 : one.high < 1);
    }
  }
  EXPECT_THROW(wilson({1, 0}), Bug);
}

}  // namespace
}  // namespace huitou::math
