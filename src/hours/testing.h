#pragma once

// For tests: hours by chance, and the service as somebody sees it who looks at the clock.

#include <cctz/time_zone.h>

#include <algorithm>
#include <random>

#include "hours/hours.h"

namespace huitou::hours::testing {

/// Is the service at work in this second, by its local clock?
inline bool is_open(const Hours& hours, const cctz::time_zone& zone, std::int64_t at) {
  const cctz::civil_second local =
      cctz::convert(cctz::time_point<cctz::seconds>(cctz::seconds(at)), zone);
  const Date day = date_of({static_cast<int>(local.year()), local.month(), local.day()});
  const int weekday_from_monday = (weekday(day) + 6) % 7;
  const auto own = hours.dates.find(day);
  const Spans& spans = own != hours.dates.end()
                           ? own->second
                           : hours.week.at(static_cast<std::size_t>(weekday_from_monday));
  const int minute = 60 * local.hour() + local.minute();
  for (const Span& span : spans) {
    if (minute >= span.from && minute < span.to) return true;
  }
  return false;
}

/// With some dates of their own in the 260 days after `from`.
inline Hours random_hours(std::mt19937& rng, Date from) {
  const auto below = [&](int n) { return static_cast<int>(rng() % static_cast<unsigned>(n)); };
  const auto some = [&] {
    Spans spans;
    for (int at = below(300); spans.size() < 3 && at < 1380; at += 1 + below(400)) {
      const int to = below(6) == 0 ? 1440 : std::min(1440, at + 1 + below(600));
      spans.push_back({at, to});
      at = to;
    }
    return spans;
  };
  Hours hours;
  for (Spans& spans : hours.week) spans = below(4) == 0 ? Spans{} : some();
  for (int i = 0; i < 8; ++i) {
    const Date date{from.days + below(260)};
    hours.dates[date] = below(2) == 0 ? Spans{} : some();
  }
  return hours;
}

}  // namespace huitou::hours::testing
