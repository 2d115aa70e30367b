#pragma once

// What is odd about a run, compared with those before it. Pure.

#include <cstdint>
#include <vector>

#include "base/answer.h"
#include "connectors/connectors.h"

namespace huitou::sync {

/// Runs that must be known before the volume of another can be called odd.
inline constexpr std::size_t kVolumeRuns = 5;

/// Columns that came, went, or have another type. Nothing where nothing was known before.
std::vector<Note> shape_alerts(const std::vector<connectors::SourceColumn>& before,
                               const std::vector<connectors::SourceColumn>& now);

/// `rows` lies farther from the median of the last runs than five times their usual distance from
/// it (median absolute deviation, scaled to a standard deviation) and than half of the median.
std::vector<Note> volume_alerts(std::vector<std::int64_t> before, std::int64_t rows);

/// All texts on one line.
Sentence joined(const std::vector<Note>& notes);

}  // namespace huitou::sync
