#include "math/two_groups.h"

#include <boost/math/distributions/normal.hpp>
#include <cmath>

#include "base/result.h"

namespace huitou::math {
namespace {

double square(double x) { return x * x; }

double share_of(Share share) { return share.hits / share.trials; }

/// The variance of a share as seen.
double variance_of(Share share) {
  const double p = share_of(share);
  return p * (1 - p) / share.trials;
}

}  // namespace

Difference difference_of(Share first, Share second, double level) {
  const Interval one = wilson(first, level);
  const Interval two = wilson(second, level);
  const double p = share_of(first);
  const double q = share_of(second);
  return {p - q,
          {p - q - std::sqrt(square(p - one.low) + square(two.high - q)),
           p - q + std::sqrt(square(one.high - p) + square(q - two.low))}};
}

std::optional<Difference> difference_within(std::span<const Layer> layers, double level) {
  CHECK(level > 0 && level < 1);
  double weights = 0;
  double sum = 0;
  double variance = 0;
  for (const Layer& layer : layers) {
    if (layer.first.trials <= 0 || layer.second.trials <= 0) {
      continue;
    }
    const double weight =
        layer.first.trials * layer.second.trials / (layer.first.trials + layer.second.trials);
    weights += weight;
    sum += weight * (share_of(layer.first) - share_of(layer.second));
    variance += square(weight) * (variance_of(layer.first) + variance_of(layer.second));
  }
  if (weights == 0) {
    return std::nullopt;
  }
  const double value = sum / weights;
  const double z =
      boost::math::quantile(boost::math::normal_distribution<double>(), (1 + level) / 2);
  const double half = z * std::sqrt(variance) / weights;
  return Difference{value, {value - half, value + half}};
}

}  // namespace huitou::math
