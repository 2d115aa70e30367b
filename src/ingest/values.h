#pragma once

// From the text of a field to a date, money or a quantity. A format is guessed once for a column,
// from samples; then each value is parsed against it. Parsers allocate nothing and never throw.

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "base/date.h"
#include "base/language.h"

namespace huitou::ingest {

/// The text without what spreadsheets and exports wrap around it: blanks (also full-width and
/// no-break), a leading apostrophe, `="..."`.
std::string_view clean_text(std::string_view text);
/// Nothing, or a word for nothing: `-`, `--`, `null`, `NULL`, `N/A`, `nan`, `无`, `空`.
bool is_nothing(std::string_view text);

/// How a value was read.
enum class Reading {
  ok,
  rounded,   ///< read, but more decimals than can be kept: half away from zero
  nothing,   ///< the field is empty or says "nothing"
  wrong,     ///< not such a value
  overflow,  ///< such a value, but too large
};

/// How a column writes dates.
enum class DateShape {
  year_first,    ///< 2024-01-05, 2024/1/5, 2024.1.5, 2024年1月5日
  compact,       ///< 20240105, 20240105103000
  month_first,   ///< 1/5/2024
  day_first,     ///< 5/1/2024, 5.1.2024
  month_name,    ///< 05-Jan-2024, Jan 5, 2024
  excel_serial,  ///< 45000.5: days since 1899-12-30
  unix_seconds,
  unix_millis,
};
std::string_view date_shape_name(DateShape shape);
std::optional<DateShape> parse_date_shape(std::string_view name);

struct DateFormat {
  DateShape shape = DateShape::year_first;
  /// Day and month could be exchanged in every sample: month first was assumed.
  bool ambiguous = false;
};

/// A calendar day with the time of day as written. With a UTC offset in the text (`Z`, `+08:00`,
/// and always for unix times) `utc_offset` is set, in seconds east.
struct Moment {
  Date date;
  std::int32_t seconds = 0;  ///< of the day, 0 where no time is written
  bool has_time = false;
  std::optional<std::int32_t> utc_offset;
};

/// The format that reads at least nine in ten of the samples that are not nothing, or none.
/// Plain numbers (compact, excel_serial, unix) are only taken for dates if every sample fits; an
/// excel_serial is weak evidence: trust it only if the column's name speaks of time.
std::optional<DateFormat> guess_date_format(std::span<const std::string_view> samples);

/// Reading: ok, nothing, wrong (also a day that the calendar does not have, or beyond
/// [1970-01-01, kLastDate] as overflow). 24:00:00 is the next day.
Reading parse_moment(std::string_view text, DateFormat format, Moment& moment);

/// How a column writes numbers.
struct NumberFormat {
  char decimal = '.';  ///< `.` or `,`
};

/// From the samples; `.` where nothing speaks against it. None if fewer than nine in ten of the
/// samples that are not nothing are numbers.
std::optional<NumberFormat> guess_number_format(std::span<const std::string_view> samples);

/// Money in hundredths: `1,234.50`, `￥88`, `88元`, `(12.00)` = -12.00, `CNY 5`, full-width digits.
/// `1e3`, `12-3`, `1.2.3` are wrong.
Reading parse_money(std::string_view text, NumberFormat format, std::int64_t& minor);
/// A quantity in thousandths: `2`, `2件`, `0.75`, `-1`.
Reading parse_quantity(std::string_view text, NumberFormat format, std::int64_t& milli);
/// The currency that a sign or word in the text names (`￥` `元` CNY, `$` USD, `€` EUR, `£` GBP),
/// or empty.
std::string_view currency_in(std::string_view text);

}  // namespace huitou::ingest
