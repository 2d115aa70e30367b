#include <cctz/civil_time.h>
#include <cctz/time_zone.h>

#include <chrono>

#include "commands/shop.h"

namespace huitou::commands {

Date day_at(const Settings& settings, std::int64_t utc_seconds) {
  cctz::time_zone zone;
  CHECK(cctz::load_time_zone(settings.time_zone, &zone));
  const std::chrono::time_point<std::chrono::system_clock, cctz::seconds> instant{
      cctz::seconds(utc_seconds)};
  const cctz::civil_day day(cctz::convert(instant, zone));
  return date_of({static_cast<int>(day.year()), day.month(), day.day()});
}

}  // namespace huitou::commands
