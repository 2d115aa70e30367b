#pragma once

#include <optional>
#include <span>

#include "math/interval.h"

namespace huitou::math {

/// How much larger the first share is than the second, with the interval that holds the true
/// difference with the level asked for.
struct Difference {
  double value;
  Interval interval;
};

/// Two independent shares: Newcombe's hybrid score interval, made of the two Wilson intervals; it
/// keeps its level for small numbers and never leaves [-1, 1].
/// Source: Newcombe (1998), Statistics in Medicine 17:873-890, method 10.
Difference difference_of(Share first, Share second, double level = 0.95);

/// Two shares within one layer of the data, such as a month of first purchases.
struct Layer {
  Share first;
  Share second;
};

/// The difference within layers, each with the weight n1 n2 / (n1 + n2): what remains when the two
/// groups are spread differently over the layers. Here `trials` may be 0: such a layer says
/// nothing. Null if every layer is without one of the groups. Source: Mantel-Haenszel; variance of
/// Greenland & Robins (1985), Biometrics 41:55-68.
std::optional<Difference> difference_within(std::span<const Layer> layers, double level = 0.95);

}  // namespace huitou::math
