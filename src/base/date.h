#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace huitou {

/// A calendar day in the shop's time zone, as days since 1970-01-01. `kLastDate` is the last day that
/// both engines know: the calendar of ClickHouse 18.16 ends with 2105 and reads later days as none.
struct Date {
  std::int32_t days = 0;
  auto operator<=>(const Date&) const = default;
};

inline constexpr Date kFirstDate{0};
inline constexpr Date kLastDate{49672};  // 2105-12-31

struct Ymd {
  int year;
  int month;  // 1 to 12
  int day;    // 1 to 31
};

Date date_of(Ymd ymd);
Ymd ymd_of(Date date);
bool is_calendar_day(Ymd ymd);

/// `2025-01-31`; errors: invalid_input.
Result<Date> parse_date(std::string_view text);
std::string format_date(Date date);

/// The calendar steps a series can have.
enum class Granularity { day, week, month, quarter, year };

/// 0 = Sunday ... 6 = Saturday.
int weekday(Date date);
/// The first day of the step that holds `date`; weeks begin on Monday.
Date step_start(Date date, Granularity granularity);
/// `steps` calendar steps later (or earlier); a day that the month does not have becomes its last.
Date add_steps(Date date, Granularity granularity, int steps);
std::optional<Granularity> parse_granularity(std::string_view name);
std::string_view granularity_name(Granularity granularity);

/// A half-open span of days [from, to).
struct Period {
  Date from;
  Date to;
  auto operator<=>(const Period&) const = default;
  int days() const { return to.days - from.days; }
};

}  // namespace huitou
