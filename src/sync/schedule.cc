#include "sync/schedule.h"

#include <cctz/civil_time.h>
#include <cctz/time_zone.h>
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <chrono>

namespace huitou::sync {
namespace {

constexpr int kHour = 60;
constexpr int kDay = 24 * kHour;
constexpr int kMostMinutes = 366 * kDay;

Error wrong_schedule(std::string_view text) {
  return {Code::invalid_input, fmt::format("'{}' is not a schedule.", text),
          "Write manual, every 15m, every 2h, every 1d or daily 03:30.",
          fmt::format("“{}”不是有效的同步计划。", text),
          "请写 manual、every 15m、every 2h、every 1d 或 daily 03:30。"};
}

std::optional<int> whole(std::string_view text) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || error != std::errc() || end != text.data() + text.size() || value < 0) {
    return std::nullopt;
  }
  return value;
}

std::optional<int> every_minutes(std::string_view text) {
  if (text.size() < 2) return std::nullopt;
  const std::optional<int> count = whole(text.substr(0, text.size() - 1));
  const int unit = text.back() == 'm'   ? 1
                   : text.back() == 'h' ? kHour
                   : text.back() == 'd' ? kDay
                                        : 0;
  if (!count || *count == 0 || unit == 0 || *count > kMostMinutes / unit) return std::nullopt;
  return *count * unit;
}

std::optional<int> clock_minutes(std::string_view text) {
  if (text.size() != 5 || text[2] != ':') return std::nullopt;
  const std::optional<int> hour = whole(text.substr(0, 2));
  const std::optional<int> minute = whole(text.substr(3));
  if (!hour || !minute || *hour > 23 || *minute > 59) return std::nullopt;
  return *hour * kHour + *minute;
}

std::int64_t next_daily(int minutes, std::int64_t last, const std::string& time_zone) {
  cctz::time_zone zone;
  CHECK(cctz::load_time_zone(time_zone, &zone));
  const auto at = [&](const cctz::civil_day& day) {
    const cctz::civil_second wanted(day.year(), day.month(), day.day(), minutes / kHour,
                                    minutes % kHour, 0);
    return std::chrono::duration_cast<cctz::seconds>(cctz::convert(wanted, zone).time_since_epoch())
        .count();
  };
  const std::chrono::time_point<std::chrono::system_clock, cctz::seconds> began{
      cctz::seconds(last)};
  const cctz::civil_day day(cctz::convert(began, zone));
  const std::int64_t same_day = at(day);
  return same_day > last ? same_day : at(day + 1);
}

}  // namespace

Result<Schedule> parse_schedule(std::string_view text) {
  if (text.empty() || text == "manual") return Schedule{};
  std::string_view rest = text;
  const auto drop = [&](std::string_view word) {
    if (!rest.starts_with(word)) return false;
    rest.remove_prefix(word.size());
    rest.remove_prefix(std::min(rest.find_first_not_of(' '), rest.size()));
    return true;
  };
  if (drop("daily ")) {
    const std::optional<int> minutes = clock_minutes(rest);
    if (!minutes) return wrong_schedule(text);
    return Schedule{Schedule::Kind::daily, *minutes};
  }
  drop("every ");
  const std::optional<int> minutes = every_minutes(rest);
  if (!minutes) return wrong_schedule(text);
  return Schedule{Schedule::Kind::every, *minutes};
}

std::string format_schedule(const Schedule& schedule) {
  const int minutes = schedule.minutes;
  switch (schedule.kind) {
    case Schedule::Kind::manual:
      return "manual";
    case Schedule::Kind::daily:
      return fmt::format("daily {:02}:{:02}", minutes / kHour, minutes % kHour);
    case Schedule::Kind::every:
      if (minutes % kDay == 0) return fmt::format("every {}d", minutes / kDay);
      if (minutes % kHour == 0) return fmt::format("every {}h", minutes / kHour);
      return fmt::format("every {}m", minutes);
  }
  return "";
}

std::optional<std::int64_t> next_due(const Schedule& schedule, std::optional<std::int64_t> last,
                                     const std::string& time_zone) {
  if (schedule.kind == Schedule::Kind::manual) return std::nullopt;
  if (!last) return 0;
  if (schedule.kind == Schedule::Kind::every) return *last + std::int64_t{schedule.minutes} * 60;
  return next_daily(schedule.minutes, *last, time_zone);
}

std::int64_t patience(const Schedule& schedule) {
  if (schedule.kind == Schedule::Kind::daily) return 3600;
  return std::max<std::int64_t>(600, std::int64_t{schedule.minutes} * 60);
}

}  // namespace huitou::sync
