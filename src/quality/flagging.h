#pragma once

// The first half of a check: which rows break which rule.

#include "quality/records.h"

namespace huitou::quality {

struct Flagging {
  std::int64_t orders = 0;
  std::vector<RuleResult> results;
};

/// Puts the rows that break one of `rules` in place of the content of the table `flagged`.
Result<Flagging> flag(engine::Engine& engine, std::span<const Rule* const> rules,
                      const CheckOptions& options, const Progress& progress);

Error cancelled();

}  // namespace huitou::quality
