#pragma once

#include "base/date.h"
#include "base/param.h"
#include "base/result.h"
#include "commands/command.h"
#include "metrics/metrics.h"

namespace huitou::commands {

/// `from` and `to` of commands that look at a period.
Param from_param();
Param to_param();

/// What the arguments mean on this data. Neither given: the last twelve full months. Only `from`:
/// up to the last day with an order. Only `to`: from the first day with an order. Errors:
/// not_enough_data where there is no order to take a day from; invalid_input if the period has no
/// day.
Result<Period> read_period(const Args& args, const metrics::Freshness& data);

/// The twelve full calendar months that end last before the day after the last order.
Result<Period> last_full_year(const metrics::Freshness& data);

}  // namespace huitou::commands
