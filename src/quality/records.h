#pragma once

// What a check leaves behind in the store.

#include "quality/quality.h"

namespace huitou::quality {

struct RuleResult {
  std::string_view rule;
  std::int64_t rows = 0;
  std::int64_t base = 0;
  double lost = 0;
};

struct Effect {
  std::string_view rule;
  std::string_view metric;
  std::optional<double> value;
  std::optional<double> without;
};

/// Puts a check in place of the results and effects of the last one.
Status write_check(store::Store& store, const Checked& checked,
                   const std::vector<RuleResult>& results, const std::vector<Effect>& effects);

}  // namespace huitou::quality
