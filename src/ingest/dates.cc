// Dates and times as people and programs write them.

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "ingest/clock_text.h"
#include "ingest/values.h"

namespace huitou::ingest {
namespace {

constexpr std::array<std::string_view, 8> kShapes{"year_first",   "compact",    "month_first",
                                                  "day_first",    "month_name", "excel_serial",
                                                  "unix_seconds", "unix_millis"};
constexpr std::array<std::string_view, 12> kMonths{"jan", "feb", "mar", "apr", "may", "jun",
                                                   "jul", "aug", "sep", "oct", "nov", "dec"};
constexpr std::int64_t kDaySeconds = 86400;  // of a UTC day, which has no leap seconds in Unix time
constexpr std::int32_t kExcelEpoch = -25569;  // 1899-12-30

bool is_month_day(int year, int month, int day) {
  constexpr std::array<std::int8_t, 13> kDays{0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (month < 1 || month > 12 || day < 1 || day > kDays[static_cast<std::size_t>(month)]) {
    return false;
  }
  return month != 2 || day < 29 || is_calendar_day({year, month, day});
}

Reading within_range(Date date) {
  return date < kFirstDate || date > kLastDate ? Reading::overflow : Reading::ok;
}

Reading set_date(int year, int month, int day, Moment& moment) {
  if (!is_month_day(year, month, day)) {
    return Reading::wrong;
  }
  moment.date = date_of({year, month, day});
  return within_range(moment.date);
}

// The date is read, `cursor` stands behind it.
Reading finish(TextCursor& cursor, int year, int month, int day, Moment& moment) {
  if (!read_clock(cursor, moment)) {
    return Reading::wrong;
  }
  const bool next_day = moment.seconds == kDaySeconds;
  const Reading reading = set_date(year, month, day, moment);
  if (reading == Reading::ok && next_day) {
    moment.seconds = 0;
    ++moment.date.days;
    return within_range(moment.date);
  }
  return reading;
}

Reading parse_year_first(std::string_view text, Moment& moment) {
  TextCursor cursor{text};
  int year = 0;
  int month = 0;
  int day = 0;
  if (cursor.number(year) != 4) {
    return Reading::wrong;
  }
  const char separator = cursor.peek();
  if (separator == '-' || separator == '/' || separator == '.') {
    cursor.skip(1);
    if (!cursor.number_of(1, 2, month) || !cursor.take(separator) || !cursor.number_of(1, 2, day)) {
      return Reading::wrong;
    }
  } else {
    if (!cursor.take("年") || !cursor.number_of(1, 2, month) || !cursor.take("月") ||
        !cursor.number_of(1, 2, day)) {
      return Reading::wrong;
    }
    if (!cursor.take("日")) {
      cursor.take("号");
    }
  }
  return finish(cursor, year, month, day, moment);
}

Reading parse_compact(std::string_view text, Moment& moment) {
  const std::size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
  if (digits != 8 && digits != 12 && digits != 14) {
    return Reading::wrong;
  }
  const auto part = [&](std::size_t at, std::size_t size) {
    int value = 0;
    std::from_chars(text.data() + at, text.data() + at + size, value);
    return value;
  };
  if (digits == 8) {
    TextCursor cursor{text.substr(8)};
    return finish(cursor, part(0, 4), part(4, 2), part(6, 2), moment);
  }
  const int second = digits == 14 ? part(12, 2) : 0;
  if (text.size() != digits || part(8, 2) > 23 || part(10, 2) > 59 || second > 59) {
    return Reading::wrong;
  }
  moment.seconds = part(8, 2) * 3600 + part(10, 2) * 60 + second;
  moment.has_time = true;
  return set_date(part(0, 4), part(4, 2), part(6, 2), moment);
}

// 24 is 2024, 85 is 1985.
int full_year(int year, int digits) {
  if (digits == 4) {
    return year;
  }
  return year + (year < 70 ? 2000 : 1900);
}

Reading parse_year_last(std::string_view text, bool day_first, Moment& moment) {
  TextCursor cursor{text};
  int first = 0;
  int second = 0;
  int year = 0;
  if (!cursor.number_of(1, 2, first)) {
    return Reading::wrong;
  }
  const char separator = cursor.peek();
  if ((separator != '/' && separator != '-' && separator != '.') || !cursor.take(separator) ||
      !cursor.number_of(1, 2, second) || !cursor.take(separator)) {
    return Reading::wrong;
  }
  const int digits = cursor.number(year);
  if (digits != 2 && digits != 4) {
    return Reading::wrong;
  }
  return finish(cursor, full_year(year, digits), day_first ? second : first,
                day_first ? first : second, moment);
}

// Consumes a word of letters; the number of the month it names, 0 for a weekday, -1 for other
// words.
int month_word(TextCursor& cursor) {
  constexpr std::array<std::string_view, 7> kWeekdays{"sun", "mon", "tue", "wed",
                                                      "thu", "fri", "sat"};
  std::array<char, 3> head{};
  std::size_t size = 0;
  while (cursor.is_letter()) {
    if (size < head.size()) {
      head.at(size) = static_cast<char>(cursor.peek() | 0x20);
    }
    ++size;
    cursor.skip(1);
  }
  const std::string_view word(head.data(), std::min(size, head.size()));
  if (size < 3) {
    return -1;
  }
  for (std::size_t month = 0; month < kMonths.size(); ++month) {
    if (kMonths.at(month) == word) {
      return static_cast<int>(month) + 1;
    }
  }
  return std::find(kWeekdays.begin(), kWeekdays.end(), word) == kWeekdays.end() ? -1 : 0;
}

void skip_between(TextCursor& cursor) {
  while (cursor.peek() == ' ' || cursor.peek() == '-' || cursor.peek() == '/' ||
         cursor.peek() == ',' || cursor.peek() == '.') {
    cursor.skip(1);
  }
}

// `05-Jan-2024`, `Jan 5, 2024`, `Fri, 05 Jan 2024 10:00:00 GMT`.
Reading parse_month_name(std::string_view text, Moment& moment) {
  TextCursor cursor{text};
  int month = 0;
  if (cursor.is_letter()) {
    month = month_word(cursor);
    skip_between(cursor);
  }
  if (month == 0 && cursor.is_letter()) {
    month = month_word(cursor);
    skip_between(cursor);
  }
  int day = 0;
  if (month < 0 || !cursor.number_of(1, 2, day)) {
    return Reading::wrong;
  }
  skip_between(cursor);
  if (month == 0) {
    month = cursor.is_letter() ? month_word(cursor) : -1;
    skip_between(cursor);
  }
  int year = 0;
  const int digits = month > 0 ? cursor.number(year) : 0;
  if (digits != 2 && digits != 4) {
    return Reading::wrong;
  }
  return finish(cursor, full_year(year, digits), month, day, moment);
}

bool read_real(std::string_view text, double& value) {
  const auto [end, error] =
      std::from_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed);
  return error == std::errc{} && end == text.data() + text.size();
}

Reading parse_excel(std::string_view text, Moment& moment) {
  double serial = 0;
  if (!read_real(text, serial) || !(serial >= 1) || serial > 1e6) {
    return Reading::wrong;
  }
  const double whole = std::floor(serial);
  moment.date = Date{static_cast<std::int32_t>(whole) + kExcelEpoch};
  moment.has_time = serial != whole;
  moment.seconds =
      static_cast<std::int32_t>(std::lround((serial - whole) * static_cast<double>(kDaySeconds)));
  if (moment.seconds == kDaySeconds) {
    moment.seconds = 0;
    ++moment.date.days;
  }
  return within_range(moment.date);
}

Reading parse_unix(std::string_view text, std::int64_t per_second, Moment& moment) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || value < 0) {
    return Reading::wrong;
  }
  const std::int64_t seconds = value / per_second;
  if (seconds / kDaySeconds > kLastDate.days) {
    return Reading::overflow;
  }
  moment.date = Date{static_cast<std::int32_t>(seconds / kDaySeconds)};
  moment.seconds = static_cast<std::int32_t>(seconds % kDaySeconds);
  moment.has_time = true;
  moment.utc_offset = 0;
  return Reading::ok;
}

// 2024-01-05 and 2024-01-05 10:30:00, the digits at fixed places.
bool parse_fixed(std::string_view text, Moment& moment) {
  const auto digit = [&](std::size_t at) { return static_cast<unsigned>(text[at]) - '0'; };
  const auto two = [&](std::size_t at) { return static_cast<int>(digit(at) * 10 + digit(at + 1)); };
  if (text.size() != 10 && text.size() != 19) {
    return false;
  }
  unsigned largest = 0;
  for (const std::size_t at : {0U, 1U, 2U, 3U, 5U, 6U, 8U, 9U}) {
    largest = std::max(largest, digit(at));
  }
  if (largest > 9 || text[4] != text[7] || (text[4] != '-' && text[4] != '/')) {
    return false;
  }
  if (text.size() == 19) {
    for (const std::size_t at : {11U, 12U, 14U, 15U, 17U, 18U}) {
      largest = std::max(largest, digit(at));
    }
    if (largest > 9 || (text[10] != ' ' && text[10] != 'T') || text[13] != ':' || text[16] != ':' ||
        two(11) > 23 || two(14) > 59 || two(17) > 59) {
      return false;
    }
    moment.seconds = two(11) * 3600 + two(14) * 60 + two(17);
    moment.has_time = true;
  }
  return set_date(two(0) * 100 + two(2), two(5), two(8), moment) == Reading::ok;
}

Reading parse_shape(std::string_view text, DateShape shape, Moment& moment) {
  switch (shape) {
    case DateShape::year_first:
      return parse_year_first(text, moment);
    case DateShape::compact:
      return parse_compact(text, moment);
    case DateShape::month_first:
      return parse_year_last(text, false, moment);
    case DateShape::day_first:
      return parse_year_last(text, true, moment);
    case DateShape::month_name:
      return parse_month_name(text, moment);
    case DateShape::excel_serial:
      return parse_excel(text, moment);
    case DateShape::unix_seconds:
      return parse_unix(text, 1, moment);
    case DateShape::unix_millis:
      return parse_unix(text, 1000, moment);
  }
  return Reading::wrong;
}

struct Fit {
  std::size_t filled = 0;
  std::size_t read = 0;
  bool all() const { return filled > 0 && read == filled; }
  bool most() const { return filled > 0 && read * 10 >= filled * 9; }
};

Fit fit_of(std::span<const std::string_view> samples, DateShape shape) {
  Fit fit;
  for (const std::string_view sample : samples) {
    Moment moment;
    const Reading reading = parse_moment(sample, {.shape = shape}, moment);
    fit.filled += reading == Reading::nothing ? 0 : 1;
    fit.read += reading == Reading::ok ? 1 : 0;
  }
  return fit;
}

// Numbers that may be meant as numbers: the years must be those of living shops.
bool plausible(std::span<const std::string_view> samples, DateShape shape) {
  constexpr Date kFrom{7305};  // 1990-01-01
  constexpr Date kTo{29220};   // 2050-01-01
  for (const std::string_view sample : samples) {
    Moment moment;
    if (parse_moment(sample, {.shape = shape}, moment) == Reading::ok &&
        (moment.date < kFrom || moment.date >= kTo)) {
      return false;
    }
  }
  return fit_of(samples, shape).all();
}

}  // namespace

std::string_view date_shape_name(DateShape shape) {
  return kShapes.at(static_cast<std::size_t>(shape));
}

std::optional<DateShape> parse_date_shape(std::string_view name) {
  const auto found = std::find(kShapes.begin(), kShapes.end(), name);
  if (found == kShapes.end()) {
    return std::nullopt;
  }
  return static_cast<DateShape>(found - kShapes.begin());
}

Reading parse_moment(std::string_view text, DateFormat format, Moment& moment) {
  moment = Moment{};
  if (format.shape == DateShape::year_first && parse_fixed(text, moment)) {
    return Reading::ok;
  }
  moment = Moment{};
  text = clean_text(text);
  if (is_nothing(text)) {
    return Reading::nothing;
  }
  return parse_shape(text, format.shape, moment);
}

std::optional<DateFormat> guess_date_format(std::span<const std::string_view> samples) {
  if (fit_of(samples, DateShape::year_first).most()) {
    return DateFormat{};
  }
  for (const DateShape shape :
       {DateShape::compact, DateShape::unix_seconds, DateShape::unix_millis}) {
    if (plausible(samples, shape)) {
      return DateFormat{.shape = shape};
    }
  }
  const Fit month_first = fit_of(samples, DateShape::month_first);
  const Fit day_first = fit_of(samples, DateShape::day_first);
  if (month_first.most() || day_first.most()) {
    const bool by_day = day_first.read > month_first.read;
    return DateFormat{.shape = by_day ? DateShape::day_first : DateShape::month_first,
                      .ambiguous = day_first.read == month_first.read};
  }
  if (fit_of(samples, DateShape::month_name).most()) {
    return DateFormat{.shape = DateShape::month_name};
  }
  if (plausible(samples, DateShape::excel_serial)) {
    return DateFormat{.shape = DateShape::excel_serial};
  }
  return std::nullopt;
}

}  // namespace huitou::ingest
