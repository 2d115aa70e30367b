#pragma once

// How people write numbers, amounts and days. Pure.

#include <optional>
#include <string>
#include <string_view>

#include "base/date.h"

namespace huitou::forms {

/// Without blanks at both ends, also full-width and no-break ones, and a byte order mark.
std::string_view clean_text(std::string_view text);
/// A word for nothing: `-`, `—`, `null`, `N/A`, `无`.
bool is_nothing(std::string_view text);

/// `1,234.5`, `35%`, `35 ％`, `-2`.
std::optional<double> parse_number(std::string_view text);
/// Without `￥`, `¥`, `$`, `€`, `£`, `元`, `CNY`.
std::string_view without_currency(std::string_view text);

/// A day with what the clock showed: ` 14:30:00`, or nothing where no time is written.
struct DayAndClock {
  Date day;
  std::string clock;
};
/// Year first: `2025-01-31`, `2025/1/31 14:30`, `2025年1月31日`, `20250131`, `2025-01-31T14:30:05`.
std::optional<DayAndClock> parse_moment(std::string_view text);

}  // namespace huitou::forms
