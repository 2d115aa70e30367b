#include "analyses/steps.h"

#include <fmt/format.h>

#include "base/result.h"

namespace huitou::analyses {
namespace {

constexpr int kMonths = 12;

/// 1970-01-01 was a Thursday: days by which the weeks are ahead of whole sevens.
int days_into_week(Steps steps) { return steps.week_start == WeekStart::sunday ? 4 : 3; }

}  // namespace

int step_index(Date date, Steps steps) {
  const Ymd ymd = ymd_of(date);
  const int month = ymd.year * kMonths + ymd.month - 1;
  switch (steps.granularity) {
    case Granularity::day:
      return date.days;
    case Granularity::week:
      return (date.days + days_into_week(steps)) / 7;
    case Granularity::month:
      return month;
    case Granularity::quarter:
      return month / 3;
    case Granularity::year:
      break;
  }
  CHECK(false);
  return 0;
}

Date step_first_day(int index, Steps steps) {
  if (steps.granularity == Granularity::day) {
    return Date{index};
  }
  if (steps.granularity == Granularity::week) {
    return Date{index * 7 - days_into_week(steps)};
  }
  const int month = steps.granularity == Granularity::quarter ? index * 3 : index;
  return date_of({month / kMonths, month % kMonths + 1, 1});
}

std::string step_name(int index, Steps steps) {
  const Date day = step_first_day(index, steps);
  const Ymd ymd = ymd_of(day);
  switch (steps.granularity) {
    case Granularity::month:
      return fmt::format("{:04}-{:02}", ymd.year, ymd.month);
    case Granularity::quarter:
      return fmt::format("{:04}-Q{}", ymd.year, (ymd.month + 2) / 3);
    default:
      return format_date(day);
  }
}

std::string step_sql(Steps steps) {
  switch (steps.granularity) {
    case Granularity::day:
      return "toInt32(ordered_on)";
    case Granularity::week:
      return fmt::format("intDiv(toInt32(ordered_on) + {}, 7)", days_into_week(steps));
    case Granularity::month:
      return "toInt32(toRelativeMonthNum(ordered_on)) - 1";
    case Granularity::quarter:
      return "intDiv(toInt32(toRelativeMonthNum(ordered_on)) - 1, 3)";
    case Granularity::year:
      break;
  }
  CHECK(false);
  return "";
}

}  // namespace huitou::analyses
