#pragma once

#include <optional>
#include <string_view>

#include "base/date.h"

namespace huitou {

/// The day on which the shop's weeks begin.
enum class WeekStart { monday, sunday };
std::optional<WeekStart> parse_week_start(std::string_view name);
std::string_view week_start_name(WeekStart week_start);

/// The first day of the step that holds `date`.
Date step_start(Date date, Granularity granularity, WeekStart week_start);

}  // namespace huitou
