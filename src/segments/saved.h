#pragma once

#include "segments/segments.h"

namespace huitou::segments {

/// Errors: invalid_input for a name that is none.
Status check_name(const std::string& name);
/// 1 for a name that was never used.
Result<std::int64_t> next_version(store::Store& store, const std::string& name);
/// Writes a version as the current one; in a transaction of the caller's.
Status write_version(store::Store& store, const Segment& segment);

}  // namespace huitou::segments
