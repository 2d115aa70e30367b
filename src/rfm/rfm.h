#pragma once

// The door to the scores of RFM: from three numbers of each customer (days since the last order,
// orders, amount) to three scores, for analyses and rules alike.
//
// Invariants
// - Everything is whole numbers: a score is 1 + the number of cut points that the value has
//   reached, so the engine scores with the same cut points as literals and can never disagree by a
//   rounding.
// - Who has the same three numbers has the same scores; the order of customers changes nothing.

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace huitou::rfm {

/// Fewer customers are not scored.
inline constexpr std::size_t kLeastCustomers = 20;
/// Amounts are in hundredths; a cut point lies a whole unit of currency beyond its quantile.
inline constexpr std::int64_t kMinorPerUnit = 100;

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

}  // namespace huitou::rfm
