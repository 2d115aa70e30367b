#pragma once

#include "segments/problems.h"

namespace huitou::segments {

/// Whether facts, fields, types, numbers and sizes are right; brings values into the form of their
/// type (`0.3` of a share becomes 30 %, '2025-01-31' of a day a date). References to segments are
/// not looked at.
std::vector<Problem> check_types(Rule& rule);

}  // namespace huitou::segments
