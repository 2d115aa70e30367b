#include "math/false_discoveries.h"

#include <algorithm>
#include <numeric>

namespace huitou::math {

std::vector<double> false_discovery_rates(std::span<const double> p_values) {
  std::vector<std::size_t> by_p(p_values.size());
  std::iota(by_p.begin(), by_p.end(), std::size_t{0});
  std::sort(by_p.begin(), by_p.end(),
            [&](std::size_t a, std::size_t b) { return p_values[a] < p_values[b]; });
  std::vector<double> rates(p_values.size(), 1);
  double least = 1;
  for (std::size_t rank = by_p.size(); rank > 0; --rank) {
    const double tests = static_cast<double>(by_p.size()) / static_cast<double>(rank);
    least = std::min(least, p_values[by_p[rank - 1]] * tests);
    rates[by_p[rank - 1]] = least;
  }
  return rates;
}

}  // namespace huitou::math
