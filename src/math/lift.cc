#include "math/lift.h"

#include <algorithm>
#include <boost/math/distributions/normal.hpp>
#include <cmath>

#include "base/result.h"

namespace huitou::math {

std::optional<Lift> lift_of(const Traits& traits, double level) {
  const std::size_t count = traits.have.size();
  CHECK(count >= 2 && traits.pairs.size() == count * (count - 1) / 2);
  CHECK(level > 0 && level < 1);
  const double n = traits.everyone;
  double expected = 1;
  double terms = 0;
  for (const double have : traits.have) {
    if (have <= 0) return std::nullopt;
    expected *= have / n;
    terms -= n / have - 1;
  }
  const double share = traits.all / n;
  Lift lift{.value = share / expected, .interval = std::nullopt};
  if (traits.all <= 0) return lift;
  std::size_t place = 0;
  for (std::size_t i = 0; i < count; ++i) {
    for (std::size_t j = i + 1; j < count; ++j) {
      terms += 2 * (traits.pairs[place++] * n / (traits.have[i] * traits.have[j]) - 1);
    }
  }
  // Where everybody has all traits the terms cancel exactly only on paper.
  const double variance = std::max(0.0, (1 / share - 1 + terms) / n);
  const double z =
      boost::math::quantile(boost::math::normal_distribution<double>(), (1 + level) / 2);
  const double factor = std::exp(z * std::sqrt(variance));
  lift.interval = Interval{lift.value / factor, lift.value * factor};
  return lift;
}

}  // namespace huitou::math
