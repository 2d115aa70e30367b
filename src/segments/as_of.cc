#include "segments/as_of.h"

#include <cctz/civil_time.h>
#include <cctz/time_zone.h>

#include <chrono>
#include <string>

namespace huitou::segments {
namespace {

std::int64_t utc_second(Date day, int hour, int minute, std::string_view time_zone) {
  cctz::time_zone zone;
  CHECK(cctz::load_time_zone(std::string(time_zone), &zone));
  const Ymd ymd = ymd_of(day);
  const cctz::civil_second local(ymd.year, ymd.month, ymd.day, hour, minute, 0);
  return cctz::convert(local, zone).time_since_epoch().count();
}

Error bad_instant(std::string_view text) {
  const std::string written(text);
  return {Code::invalid_input, "as_of = '" + written + "' is no instant.",
          "Write a day such as 2025-06-30, or a time of it: 2025-06-30 18:00.",
          "as_of = “" + written + "”不是有效的时间点。",
          "请写如 2025-06-30 的日期，或如 2025-06-30 18:00 的时间。"};
}

}  // namespace

AsOf as_of_day(Date day, std::string_view time_zone) {
  return {.end = day, .second = utc_second(day, 0, 0, time_zone)};
}

Result<AsOf> parse_as_of(std::string_view text, std::string_view time_zone) {
  const auto day = parse_date(text.substr(0, 10));
  if (!day.ok() || *day <= kFirstDate || *day >= kLastDate) return bad_instant(text);
  if (text.size() == 10) return as_of_day(*day, time_zone);
  const auto digit = [&](std::size_t place) {
    return text[place] >= '0' && text[place] <= '9' ? text[place] - '0' : 100;
  };
  if (text.size() != 16 || (text[10] != ' ' && text[10] != 'T') || text[13] != ':') {
    return bad_instant(text);
  }
  const int hour = digit(11) * 10 + digit(12);
  const int minute = digit(14) * 10 + digit(15);
  if (hour > 23 || minute > 59) return bad_instant(text);
  if (hour == 0 && minute == 0) return as_of_day(*day, time_zone);
  return AsOf{.end = Date{day->days + 1},
              .second = utc_second(*day, hour, minute, time_zone),
              .within_day = true};
}

}  // namespace huitou::segments
