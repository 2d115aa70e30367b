#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/date.h"

namespace huitou::forms {

/// `2025`, `2025-Q1`, `2025-01`, `2025-01-31` of what people write: `2025年1月`, `2025/1`,
/// `2025q1`, `2025年第1季度`, `202501`. Nothing if it is none.
std::optional<std::string> normal_period(std::string_view written);

/// The days of such a period.
std::optional<Period> days_of(std::string_view period);
/// The whole year, quarter, month or day that these days are, if they are one.
std::optional<std::string> period_of(Period days);

}  // namespace huitou::forms
