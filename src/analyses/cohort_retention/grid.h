#pragma once

// Cohorts as a grid of whole numbers: a row for each step with first orders, a column for each
// number of steps later.

#include <cstdint>
#include <optional>
#include <vector>

#include "analyses/steps.h"

namespace huitou::analyses {

struct GridShape {
  Steps steps;
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
