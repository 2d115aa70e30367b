#pragma once

// The customers of each three scores. The scales are those of rfm/rfm.h, which rules use too.

#include <array>
#include <cstdint>

#include "rfm/rfm.h"

namespace huitou::analyses {

using rfm::Cut;
using rfm::five_bin_scales;
using rfm::Histories;
using rfm::kAmount;
using rfm::kBins;
using rfm::kDays;
using rfm::kLeastCustomers;
using rfm::kMeasures;
using rfm::kMinorPerUnit;
using rfm::kOrders;
using rfm::kOutOfReach;
using rfm::Measure;
using rfm::Scale;
using rfm::Scales;
using rfm::Threshold;
using rfm::two_level_scales;

/// What the customers of one cell (three scores) add up to.
struct Cell {
  std::int64_t customers = 0;
  std::int64_t orders = 0;
  std::int64_t amount_minor = 0;
  std::int64_t days_since_last_order = 0;  ///< summed

  void add(const Cell& other);
};

inline constexpr std::size_t kCells = kBins * kBins * kBins;
using Cells = std::array<Cell, kCells>;

struct Scores {
  int r = 1, f = 1, m = 1;
  auto operator<=>(const Scores&) const = default;
};
std::size_t cell_index(Scores scores);
Scores scores_of(std::size_t cell);

Cells fill_cells(const Histories& histories, const Scales& scales);

}  // namespace huitou::analyses
