#include "math/interval.h"

#include <boost/math/distributions/normal.hpp>
#include <cmath>

#include "base/result.h"

namespace huitou::math {

Interval wilson(Share share, double level) {
  CHECK(share.trials > 0 && share.hits >= 0 && share.hits <= share.trials);
  CHECK(level > 0 && level < 1);
  const double z =
      boost::math::quantile(boost::math::normal_distribution<double>(), (1 + level) / 2);
  const double n = share.trials;
  const double p = share.hits / n;
  const double middle = p + z * z / (2 * n);
  const double half = z * std::sqrt(p * (1 - p) / n + z * z / (4 * n * n));
  const double scale = 1 + z * z / n;
  // At the ends the terms cancel exactly only on paper.
  return {share.hits == 0 ? 0 : (middle - half) / scale,
          share.hits == n ? 1 : (middle + half) / scale};
}

}  // namespace huitou::math
