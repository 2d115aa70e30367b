#pragma once

// Cohorts as a grid of whole numbers: a row for each step with first orders, a column for each
// number of steps later. Steps are numbered so that a difference is a number of steps.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/date.h"

namespace huitou::analyses {

/// The number of the week, month or quarter that holds `date`; the engine's `step` fragments number
/// them alike.
int step_index(Date date, Granularity granularity);
Date step_first_day(int index, Granularity granularity);
/// 1997-01, 1997-Q1, and the Monday of a week.
std::string step_name(int index, Granularity granularity);

struct GridShape {
  Granularity granularity = Granularity::month;
  int first_cohort = 0;  ///< a step index
  int cohorts = 0;
  int periods = 0;  ///< columns 0 ... periods
  Date as_of;

  /// Is the step `later` steps after the cohort over?
  bool is_mature(int cohort, int later) const;
};

/// `sizes`: customers of each cohort. Values of cells that are not over are not looked at.
class Grid {
 public:
  explicit Grid(const GridShape& shape);
  const GridShape& shape() const { return shape_; }
  bool holds(int cohort, int later) const;
  std::int64_t& at(int cohort, int later);
  std::int64_t& size(int cohort);

  /// Null where the step is not over, and where the cohort has nobody.
  std::optional<std::int64_t> value(int cohort, int later) const;
  std::int64_t size(int cohort) const;
  /// Makes each cell the sum of itself and all later ones.
  void accumulate_later();

  /// All cohorts whose step is over, added up: value and customers. Absent if there is none.
  struct Sum {
    std::int64_t value = 0;
    std::int64_t customers = 0;
  };
  std::optional<Sum> sum(int later) const;

 private:
  std::size_t position(int cohort, int later) const;

  GridShape shape_;
  std::vector<std::int64_t> sizes_;
  std::vector<std::int64_t> values_;
};

}  // namespace huitou::analyses
