#pragma once

// By which clock the times of tickets are counted.

#include <cstdint>
#include <string>

#include "analyses/analyses.h"

namespace huitou::analyses {

struct Clock {
  /// Of `instants` in a query, the seconds that count until each; needs `params`.
  std::string sql;
  /// `until`, the beginning of `as_of`, and `clock_until`, the seconds that count until then.
  engine::Params params;
  Note note;  ///< says which clock it is
};

/// Business hours where they are set, unless the clock on the `wall` is asked for. The period is
/// that of the tickets' opening. Errors: those of the engine and of hours::calendar.
Result<Clock> clock_of(const Inputs& inputs, Period period, bool wall);

}  // namespace huitou::analyses
