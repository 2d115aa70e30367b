#pragma once

// From three numbers of a customer to three scores. Everything here is whole numbers: a score is
// 1 + the number of cut points that the value has reached, so the engine scores with the same cut
// points as literals and can never disagree by a rounding.

#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace huitou::analyses {

/// A value at or above `lowest` has passed the cut point; `shown` is the cut point itself, which
/// may lie between two values.
struct Cut {
  std::int64_t lowest = 0;
  double shown = 0;
};

/// No value of a customer is as large.
inline constexpr std::int64_t kOutOfReach = std::int64_t{1} << 60;

/// One of the three scales. `low_is_good`: fewer days since the last order score higher.
struct Scale {
  std::vector<Cut> cuts;  ///< at most 4, not falling
  bool low_is_good = false;

  int levels() const { return static_cast<int>(cuts.size()) + 1; }
  int score(std::int64_t value) const;
};

enum Measure : std::size_t { kDays, kOrders, kAmount, kMeasures };
using Scales = std::array<Scale, kMeasures>;

/// The three numbers of many customers, a column each.
struct Histories {
  std::vector<std::int32_t> days_since_last_order;
  std::vector<std::int64_t> orders;
  std::vector<std::int64_t> amount_minor;

  std::size_t size() const { return orders.size(); }
};

inline constexpr int kBins = 5;

/// Cut points at the quantiles 20, 40, 60, 80 % (type 7) plus one unit (a day, an order, a whole
/// unit of currency), as the R package rfm has them. Exact: fifths are kept as whole numbers.
/// CHECKs that there is a customer.
Scales five_bin_scales(const Histories& histories, std::int64_t minor_per_unit);

/// Where a scale of two levels is split.
enum class Threshold { mean, median, score_mean, score_median };

/// High is: at most the mean (median) of days, at least the mean (median) of orders and of amount;
/// with score_*: a score of at least the mean (median) of the customers' five-bin scores.
Scales two_level_scales(const Histories& histories, Threshold threshold,
                        std::int64_t minor_per_unit);

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
