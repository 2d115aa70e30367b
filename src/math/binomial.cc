#include "math/binomial.h"

#include <algorithm>
#include <cmath>

#include "base/result.h"

namespace huitou::math {
namespace {

/// The logarithm of the chance of exactly `hits`; a chance of 0 or 1 leaves one outcome.
double log_chance(double hits, double trials, double chance) {
  const double ways =
      std::lgamma(trials + 1) - std::lgamma(hits + 1) - std::lgamma(trials - hits + 1);
  const double hit = hits == 0 ? 0 : hits * std::log(chance);
  const double miss = hits == trials ? 0 : (trials - hits) * std::log1p(-chance);
  return ways + hit + miss;
}

}  // namespace

double binomial_between(std::int64_t low, std::int64_t high, std::int64_t trials, double chance) {
  CHECK(trials >= 0 && chance >= 0 && chance <= 1);
  double sum = 0;
  for (std::int64_t hits = std::max<std::int64_t>(low, 0); hits <= std::min(high, trials); ++hits) {
    sum += std::exp(log_chance(static_cast<double>(hits), static_cast<double>(trials), chance));
  }
  return std::min(sum, 1.0);
}

}  // namespace huitou::math
