#pragma once

#include <span>
#include <vector>

namespace huitou::math {

/// For each p-value the smallest rate of false discoveries at which it is one: choosing all tests
/// with q <= 0.05 makes at most 5 % of the chosen ones false on average, for tests that are
/// independent or depend positively on each other. Source: Benjamini & Hochberg (1995), J. R.
/// Statist. Soc. B 57:289-300; the same figures as R's p.adjust(method = "BH").
std::vector<double> false_discovery_rates(std::span<const double> p_values);

}  // namespace huitou::math
