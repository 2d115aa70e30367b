#include "math/binomial.h"

#include <gtest/gtest.h>

#include <vector>

#include "base/result.h"

namespace huitou::math {
namespace {

TEST(Binomial, CountsCoins) {
  EXPECT_NEAR(binomial_between(5, 5, 10, 0.5), 252.0 / 1024, 1e-14);
  EXPECT_NEAR(binomial_between(8, 10, 10, 0.5), 56.0 / 1024, 1e-14);
  EXPECT_NEAR(binomial_between(0, 10, 10, 0.5), 1, 1e-14);
  EXPECT_NEAR(binomial_between(-3, 99, 10, 0.2), 1, 1e-14);
  EXPECT_EQ(binomial_between(6, 5, 10, 0.5), 0);
  EXPECT_EQ(binomial_between(0, 0, 0, 0.3), 1);
}

TEST(Binomial, HasItsEnds) {
  EXPECT_EQ(binomial_between(0, 0, 7, 0), 1);
  EXPECT_EQ(binomial_between(1, 7, 7, 0), 0);
  EXPECT_EQ(binomial_between(7, 7, 7, 1), 1);
  EXPECT_EQ(binomial_between(0, 6, 7, 1), 0);
  EXPECT_THROW(binomial_between(0, 1, 1, 1.5), Bug);
}

// The recursion over trials, one after the other, is a second way to the same numbers.
TEST(Binomial, AgreesWithTheRecursion) {
  std::vector<double> chances{1};
  for (int trials = 1; trials <= 300; ++trials) {
    std::vector<double> next(chances.size() + 1);
    for (std::size_t hits = 0; hits < chances.size(); ++hits) {
      next[hits] += chances[hits] * 0.63;
      next[hits + 1] += chances[hits] * 0.37;
    }
    chances = std::move(next);
  }
  for (std::int64_t hits = 0; hits <= 300; hits += 7) {
    EXPECT_NEAR(binomial_between(hits, hits, 300, 0.37), chances[static_cast<std::size_t>(hits)],
                1e-13);
  }
}

}  // namespace
}  // namespace huitou::math
