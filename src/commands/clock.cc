#include <cctz/civil_time.h>
#include <cctz/time_zone.h>

#include <chrono>

#include "commands/shop.h"
#include "commands/times.h"

namespace huitou::commands {
namespace {

/// The same without its time zone: "2025-01-31T09:30:00".
std::optional<std::int64_t> parse_wall_clock(std::string_view text) {
  constexpr std::string_view kMidnight = "0000-00-00T00:00:00";
  std::string whole(text);
  if (whole.size() > 10 && whole[10] == ' ') whole[10] = 'T';
  if (whole.size() != 10 && whole.size() != 16 && whole.size() != 19) return std::nullopt;
  for (const std::size_t digit : {11U, 12U, 14U, 15U, 17U, 18U}) {
    if (digit < whole.size() && (whole[digit] < '0' || whole[digit] > '9')) return std::nullopt;
  }
  whole += kMidnight.substr(whole.size());
  const bool is_clock = whole.substr(11, 2) < "24" && whole[14] < '6' && whole[17] < '6';
  return is_clock ? parse_time(whole + "Z") : std::nullopt;
}

}  // namespace

Date day_at(const Settings& settings, std::int64_t utc_seconds) {
  cctz::time_zone zone;
  CHECK(cctz::load_time_zone(settings.time_zone, &zone));
  const std::chrono::time_point<std::chrono::system_clock, cctz::seconds> instant{
      cctz::seconds(utc_seconds)};
  const cctz::civil_day day(cctz::convert(instant, zone));
  return date_of({static_cast<int>(day.year()), day.month(), day.day()});
}

surveys::Moment moment_at(const Settings& settings, std::int64_t utc_seconds) {
  cctz::time_zone zone;
  CHECK(cctz::load_time_zone(settings.time_zone, &zone));
  const std::chrono::time_point<std::chrono::system_clock, cctz::seconds> instant{
      cctz::seconds(utc_seconds)};
  return {utc_seconds, day_at(settings, utc_seconds),
          cctz::format("%Y-%m-%d %H:%M:%S", instant, zone)};
}

std::optional<ShopTime> shop_time(const Settings& settings, std::string_view text) {
  const bool is_utc = text.size() > 16 && text.ends_with('Z');
  if (is_utc) text.remove_suffix(1);
  const auto clock = parse_wall_clock(text);
  if (!clock) return std::nullopt;
  if (is_utc) return ShopTime{*clock, day_at(settings, *clock)};
  cctz::time_zone zone;
  CHECK(cctz::load_time_zone(settings.time_zone, &zone));
  const auto civil = cctz::civil_second(1970, 1, 1) + *clock;
  const cctz::civil_day day(civil);
  return ShopTime{cctz::convert(civil, zone).time_since_epoch().count(),
                  date_of({static_cast<int>(day.year()), day.month(), day.day()})};
}

}  // namespace huitou::commands
