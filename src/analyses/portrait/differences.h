#pragma once

// From how many of two groups are in each cell to what tells the groups apart.

#include <cstdint>
#include <optional>
#include <vector>

namespace huitou::analyses {

/// How many of each group; of `all`, or of one cell.
struct GroupCounts {
  std::int64_t inside = 0;
  std::int64_t outside = 0;
};

/// Cells that exclude each other and together hold everyone, or one cell beside which there are
/// those not in it.
struct PortraitFeature {
  std::vector<GroupCounts> cells;
};

/// 95 %. Without a high end where nobody outside is in the cell.
struct LiftInterval {
  double low = 0;
  std::optional<double> high;
};

/// One cell. `lift` is the share inside over the share outside.
struct CellDifference {
  std::size_t feature = 0;
  std::size_t cell = 0;
  GroupCounts counts;
  double share = 0;
  double other_share = 0;
  std::optional<double> lift;  ///< null where nobody outside is in the cell
  LiftInterval lift_interval;
  double p = 1;  ///< of Pearson's chi-squared test without correction
  double q = 1;  ///< p after the control of false discoveries
};

struct Differences {
  /// What surely differs most first: by how far the interval of the lift stays from 1. A cell
  /// with nobody is none.
  std::vector<CellDifference> cells;
  std::int64_t hidden =
      0;  ///< cells of fewer than `least` people, and those that would betray them
};

/// CHECKed: both groups have people. The interval is that of Katz et al. (1978), Biometrics
/// 34:469-474, with half a person more on each side where one is nobody (Walter 1975, Biometrika
/// 62:371-374); q over all shown cells.
Differences differences_of(const std::vector<PortraitFeature>& features, const GroupCounts& all,
                           std::int64_t least);

}  // namespace huitou::analyses
