#include "forms/period.h"

#include <fmt/format.h>

#include <vector>

namespace huitou::forms {
namespace {

constexpr int kQuarterMonths = 3;
constexpr int kYearDigits = 4;
constexpr int kFirstYear = 1990;
constexpr int kLastYear = 2100;

/// Numbers in the text, and its other letters without blanks.
struct Parts {
  std::vector<std::string> numbers;
  std::string rest;
};

Parts parts_of(std::string_view text) {
  Parts parts;
  bool in_number = false;
  for (const char c : text) {
    const bool digit = c >= '0' && c <= '9';
    if (digit && !in_number) parts.numbers.emplace_back();
    if (digit) parts.numbers.back() += c;
    if (!digit && c != ' ') parts.rest += c;
    in_number = digit;
  }
  return parts;
}

bool is_one_of(std::string_view text, std::initializer_list<std::string_view> list) {
  for (const std::string_view each : list) {
    if (text == each) return true;
  }
  return false;
}

std::optional<int> small(const std::string& digits, int most) {
  if (digits.empty() || digits.size() > 2) return std::nullopt;
  const int number = std::stoi(digits);
  return number >= 1 && number <= most ? std::optional(number) : std::nullopt;
}

}  // namespace

std::optional<std::string> normal_period(std::string_view written) {
  Parts parts = parts_of(written);
  if (parts.numbers.size() == 1 && parts.rest.empty() &&
      parts.numbers[0].size() == kYearDigits + 2) {
    parts = {{parts.numbers[0].substr(0, kYearDigits), parts.numbers[0].substr(kYearDigits)}, "-"};
  }
  if (parts.numbers.empty() || parts.numbers[0].size() != kYearDigits) return std::nullopt;
  const int year = std::stoi(parts.numbers[0]);
  if (year < kFirstYear || year > kLastYear) return std::nullopt;
  const std::string& rest = parts.rest;
  if (parts.numbers.size() == 1) {
    return is_one_of(rest, {"", "年"}) ? std::optional(parts.numbers[0]) : std::nullopt;
  }
  if (parts.numbers.size() == 2) {
    if (is_one_of(rest,
                  {"q", "Q", "-q", "-Q", "年Q", "年q", "年第季度", "年季度", "年第季", "年季"})) {
      const auto quarter = small(parts.numbers[1], 4);
      return quarter ? std::optional(fmt::format("{}-Q{}", year, *quarter)) : std::nullopt;
    }
    const auto month = small(parts.numbers[1], 12);
    if (!month || !is_one_of(rest, {"-", "/", ".", "年月", "年"})) return std::nullopt;
    return fmt::format("{}-{:02}", year, *month);
  }
  if (parts.numbers.size() != 3 || !is_one_of(rest, {"--", "//", "..", "年月日", "年月"}))
    return std::nullopt;
  const auto month = small(parts.numbers[1], 12);
  const auto day = small(parts.numbers[2], 31);
  if (!month || !day || !is_calendar_day({year, *month, *day})) return std::nullopt;
  return format_date(date_of({year, *month, *day}));
}

std::optional<Period> days_of(std::string_view period) {
  const std::string text(period);
  const auto step = [](Date from, Granularity granularity) {
    return Period{from, add_steps(from, granularity, 1)};
  };
  if (normal_period(period) != text) return std::nullopt;
  const int year = std::stoi(text.substr(0, kYearDigits));
  if (text.size() == kYearDigits) return step(date_of({year, 1, 1}), Granularity::year);
  if (text[kYearDigits + 1] == 'Q') {
    const int quarter = text.back() - '1';
    return step(date_of({year, quarter * kQuarterMonths + 1, 1}), Granularity::quarter);
  }
  const int month = std::stoi(text.substr(kYearDigits + 1, 2));
  if (text.size() == kYearDigits + 3) return step(date_of({year, month, 1}), Granularity::month);
  const auto day = parse_date(text);
  return day.ok() ? std::optional(step(*day, Granularity::day)) : std::nullopt;
}

std::optional<std::string> period_of(Period days) {
  const Ymd ymd = ymd_of(days.from);
  const int quarter = (ymd.month - 1) / kQuarterMonths + 1;
  for (const std::string& text :
       {fmt::format("{}", ymd.year), fmt::format("{}-Q{}", ymd.year, quarter),
        fmt::format("{}-{:02}", ymd.year, ymd.month), format_date(days.from)}) {
    if (days_of(text) == days) return text;
  }
  return std::nullopt;
}

}  // namespace huitou::forms
