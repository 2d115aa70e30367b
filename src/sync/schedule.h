#pragma once

// When a source runs. Pure: the clock is an argument.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace huitou::sync {

struct Schedule {
  enum class Kind { manual, every, daily };
  Kind kind = Kind::manual;
  int minutes = 0;  ///< every: between two runs; daily: after midnight in the shop's time zone
  bool operator==(const Schedule&) const = default;
};

/// `manual`, `every 15m`, `every 2h`, `every 1d`, `daily 03:30`; the first word of `every` may be
/// missing. Errors: invalid_input.
Result<Schedule> parse_schedule(std::string_view text);
std::string format_schedule(const Schedule& schedule);

/// The instant at which the next run should begin, in UTC seconds; 0 if there was none yet; none
/// for a manual one. `last` is when the last run began. CHECKs the time zone.
std::optional<std::int64_t> next_due(const Schedule& schedule, std::optional<std::int64_t> last,
                                     const std::string& time_zone);

/// So many seconds after it was due a source is late.
std::int64_t patience(const Schedule& schedule);

}  // namespace huitou::sync
