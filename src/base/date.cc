#include "base/date.h"

#include <array>
#include <charconv>
#include <cstdio>

namespace huitou {
namespace {

constexpr std::array<std::string_view, 5> kNames{"day", "week", "month", "quarter", "year"};

bool is_leap(int year) { return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0; }

int days_in_month(int year, int month) {
  constexpr std::array<int, 12> kDays{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month == 2 && is_leap(year) ? 29 : kDays.at(static_cast<std::size_t>(month - 1));
}

bool read_digits(std::string_view text, int& out) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  return error == std::errc{} && end == text.data() + text.size();
}

}  // namespace

// Days from civil: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms".
Date date_of(Ymd ymd) {
  const int y = ymd.year - (ymd.month <= 2 ? 1 : 0);
  const int era = (y >= 0 ? y : y - 399) / 400;
  const int year_of_era = y - era * 400;
  const int day_of_year = (153 * (ymd.month + (ymd.month > 2 ? -3 : 9)) + 2) / 5 + ymd.day - 1;
  const int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return Date{era * 146097 + day_of_era - 719468};
}

Ymd ymd_of(Date date) {
  const int z = date.days + 719468;
  const int era = (z >= 0 ? z : z - 146096) / 146097;
  const int day_of_era = z - era * 146097;
  const int year_of_era =
      (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  const int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const int shifted_month = (5 * day_of_year + 2) / 153;
  const int day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
  const int month = shifted_month < 10 ? shifted_month + 3 : shifted_month - 9;
  return {year_of_era + era * 400 + (month <= 2 ? 1 : 0), month, day};
}

bool is_calendar_day(Ymd ymd) {
  return ymd.year >= 1 && ymd.year <= 9999 && ymd.month >= 1 && ymd.month <= 12 && ymd.day >= 1 &&
         ymd.day <= days_in_month(ymd.year, ymd.month);
}

Result<Date> parse_date(std::string_view text) {
  Ymd ymd{};
  if (text.size() == 10 && text[4] == '-' && text[7] == '-' &&
      read_digits(text.substr(0, 4), ymd.year) && read_digits(text.substr(5, 2), ymd.month) &&
      read_digits(text.substr(8, 2), ymd.day) && is_calendar_day(ymd)) {
    return date_of(ymd);
  }
  return Error{Code::invalid_input, "'" + std::string(text) + "' is not a date.",
               "Write it as 2025-01-31.", "“" + std::string(text) + "”不是日期。",
               "请写成 2025-01-31。"};
}

std::string format_date(Date date) {
  const Ymd ymd = ymd_of(date);
  std::array<char, 16> text{};
  const int size =
      std::snprintf(text.data(), text.size(), "%04d-%02d-%02d", ymd.year, ymd.month, ymd.day);
  return {text.data(), static_cast<std::size_t>(size)};
}

int weekday(Date date) { return ((date.days + 4) % 7 + 7) % 7; }

Date step_start(Date date, Granularity granularity) {
  const Ymd ymd = ymd_of(date);
  switch (granularity) {
    case Granularity::day:
      return date;
    case Granularity::week:
      return Date{date.days - (weekday(date) + 6) % 7};
    case Granularity::month:
      return date_of({ymd.year, ymd.month, 1});
    case Granularity::quarter:
      return date_of({ymd.year, (ymd.month - 1) / 3 * 3 + 1, 1});
    case Granularity::year:
      return date_of({ymd.year, 1, 1});
  }
  throw_bug("granularity is one of five", __FILE__, __LINE__);
}

Date add_steps(Date date, Granularity granularity, int steps) {
  if (granularity == Granularity::day) {
    return Date{date.days + steps};
  }
  if (granularity == Granularity::week) {
    return Date{date.days + 7 * steps};
  }
  const int months_per_step = granularity == Granularity::month     ? 1
                              : granularity == Granularity::quarter ? 3
                                                                    : 12;
  const Ymd ymd = ymd_of(date);
  const int month_index = ymd.year * 12 + ymd.month - 1 + steps * months_per_step;
  const int year = month_index / 12;
  const int month = month_index % 12 + 1;
  const int last = days_in_month(year, month);
  return date_of({year, month, ymd.day < last ? ymd.day : last});
}

std::optional<Granularity> parse_granularity(std::string_view name) {
  for (std::size_t index = 0; index < kNames.size(); ++index) {
    if (kNames.at(index) == name) {
      return static_cast<Granularity>(index);
    }
  }
  return std::nullopt;
}

std::string_view granularity_name(Granularity granularity) {
  return kNames.at(static_cast<std::size_t>(granularity));
}

}  // namespace huitou
