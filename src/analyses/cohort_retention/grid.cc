#include "analyses/cohort_retention/grid.h"

#include "base/result.h"

namespace huitou::analyses {
bool GridShape::is_mature(int cohort, int later) const {
  return step_first_day(cohort + later + 1, steps) <= as_of;
}

Grid::Grid(const GridShape& shape)
    : shape_(shape),
      sizes_(static_cast<std::size_t>(shape.cohorts)),
      values_(static_cast<std::size_t>(shape.cohorts) *
              (static_cast<std::size_t>(shape.periods) + 1)) {}

bool Grid::holds(int cohort, int later) const {
  return cohort >= shape_.first_cohort && cohort < shape_.first_cohort + shape_.cohorts &&
         later >= 0 && later <= shape_.periods;
}

std::size_t Grid::position(int cohort, int later) const {
  CHECK(holds(cohort, later));
  return static_cast<std::size_t>(cohort - shape_.first_cohort) *
             (static_cast<std::size_t>(shape_.periods) + 1) +
         static_cast<std::size_t>(later);
}

std::int64_t& Grid::at(int cohort, int later) { return values_[position(cohort, later)]; }

std::int64_t& Grid::size(int cohort) {
  CHECK(holds(cohort, 0));
  return sizes_[static_cast<std::size_t>(cohort - shape_.first_cohort)];
}

std::int64_t Grid::size(int cohort) const {
  CHECK(holds(cohort, 0));
  return sizes_[static_cast<std::size_t>(cohort - shape_.first_cohort)];
}

std::optional<std::int64_t> Grid::value(int cohort, int later) const {
  if (size(cohort) == 0 || !shape_.is_mature(cohort, later)) {
    return std::nullopt;
  }
  return values_[position(cohort, later)];
}

void Grid::accumulate_later() {
  for (int cohort = shape_.first_cohort; cohort < shape_.first_cohort + shape_.cohorts; ++cohort) {
    for (int later = shape_.periods; later > 0; --later) {
      at(cohort, later - 1) += at(cohort, later);
    }
  }
}

std::optional<Grid::Sum> Grid::sum(int later) const {
  Sum sum;
  for (int cohort = shape_.first_cohort; cohort < shape_.first_cohort + shape_.cohorts; ++cohort) {
    const auto cell = value(cohort, later);
    sum.value += cell.value_or(0);
    sum.customers += cell.has_value() ? size(cohort) : 0;
  }
  return sum.customers == 0 ? std::nullopt : std::optional(sum);
}

}  // namespace huitou::analyses
