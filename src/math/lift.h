#pragma once

#include <optional>
#include <span>
#include <vector>

#include "math/interval.h"

namespace huitou::math {

/// How often two or more traits meet in one person, against what independence would give: the share
/// that has all of them over the product of the shares that have each. 1: no relation.
struct Lift {
  double value;
  std::optional<Interval> interval;  ///< absent where nobody has all of them
};

/// Of `everyone`, `have[i]` have trait i, `pairs` those with traits i and j (i < j, in the order
/// 01 02 ... 12 ...), `all` all of them. Null where a trait is nobody's. The interval is the delta
/// method's on the logarithm, for a multinomial sample: with p the shares,
///   n Var(log lift) = 1/p_all - 1 - sum_i (1/p_i - 1) + 2 sum_{i<j} (p_ij / (p_i p_j) - 1).
/// CHECKed: at least two traits, and their pairs.
struct Traits {
  double everyone = 0;
  std::vector<double> have;
  std::vector<double> pairs;
  double all = 0;
};
std::optional<Lift> lift_of(const Traits& traits, double level = 0.95);

}  // namespace huitou::math
