#pragma once

#include <cstdint>

namespace huitou::math {

/// How likely `trials` independent trials of this chance give between `low` and `high` hits, both
/// included; 0 if low > high. CHECKed: trials >= 0, 0 <= chance <= 1.
double binomial_between(std::int64_t low, std::int64_t high, std::int64_t trials, double chance);

}  // namespace huitou::math
