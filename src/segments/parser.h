#pragma once

#include <optional>

#include "segments/problems.h"

namespace huitou::segments {

/// What was understood: a rule where there is no problem.
struct Reading {
  std::optional<Rule> rule;
  std::vector<Problem> problems;
};

/// Reads words alone; names of facts are known afterwards, types are not checked. After a problem
/// it goes on at the next `and`, `or` or bracket, so that one reading names them all.
Reading parse_syntax(std::string_view text);

}  // namespace huitou::segments
