#pragma once

namespace huitou::math {

struct Interval {
  double low;
  double high;
};

/// `hits` of `trials`. CHECKed: 0 <= hits <= trials, trials > 0.
struct Share {
  double hits;
  double trials;
};

/// The interval that holds the true share with probability `level`: Wilson's score interval, which
/// keeps its level for small numbers and never leaves [0, 1].
/// Source: Wilson (1927); the same figures as statsmodels' proportion_confint(method="wilson").
Interval wilson(Share share, double level = 0.95);

}  // namespace huitou::math
