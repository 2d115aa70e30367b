#include "base/week.h"

namespace huitou {

std::optional<WeekStart> parse_week_start(std::string_view name) {
  for (const WeekStart week_start : {WeekStart::monday, WeekStart::sunday}) {
    if (week_start_name(week_start) == name) {
      return week_start;
    }
  }
  return std::nullopt;
}

std::string_view week_start_name(WeekStart week_start) {
  return week_start == WeekStart::monday ? "monday" : "sunday";
}

Date step_start(Date date, Granularity granularity, WeekStart week_start) {
  if (granularity == Granularity::week && week_start == WeekStart::sunday) {
    return Date{date.days - weekday(date)};
  }
  return step_start(date, granularity);
}

}  // namespace huitou
