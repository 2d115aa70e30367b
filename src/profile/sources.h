#pragma once

// Which parts of the data have changed since the last refresh, as the engine names them.

#include <map>
#include <span>
#include <string>

#include "base/date.h"
#include "base/result.h"
#include "engine/engine.h"
#include "segments/segments.h"

namespace huitou::profile {

/// By table and partition (`orders 202501`), what it holds.
using SourceNames = std::map<std::string, std::string>;
/// Errors: those of the engine.
Result<SourceNames> name_sources(engine::Engine& engine,
                                 std::span<const segments::WideSource> sources);

enum class Changed {
  nothing,  ///< no row
  recent,   ///< rows that recent fingerprints are made of, at most
  any,
};
/// What may have changed between the two; `since`: the first day of the recent months.
Changed compare(const SourceNames& before, const SourceNames& now, Date since,
                std::span<const segments::WideSource> sources);

/// The first day of the month before the last day that counts: what is loaded day by day, and
/// corrected within weeks, lies later.
Date recent_since(Date as_of);

}  // namespace huitou::profile
