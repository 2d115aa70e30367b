#pragma once

// Calendar steps as numbers, so that a difference is a number of steps.

#include <string>

#include "base/date.h"
#include "base/week.h"

namespace huitou::analyses {

/// A kind of step: day, week, month or quarter.
struct Steps {
  Granularity granularity = Granularity::month;
  WeekStart week_start = WeekStart::monday;
};

/// The number of the step that holds `date`.
int step_index(Date date, Steps steps);
Date step_first_day(int index, Steps steps);
/// 1997-01, 1997-Q1, and the first day of a week or day.
std::string step_name(int index, Steps steps);
/// The number of the step of `ordered_on` as the engine writes it, the same as `step_index`.
std::string step_sql(Steps steps);

}  // namespace huitou::analyses
