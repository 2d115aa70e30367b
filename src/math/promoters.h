#pragma once

// From the scores to the net promoter score and its interval.

#include <cstdint>
#include <optional>

#include "math/interval.h"

namespace huitou::math {

/// Answers on the scale from 0 to 10.
struct Promoters {
  std::int64_t promoters = 0;   ///< 9 and 10
  std::int64_t passives = 0;    ///< 7 and 8
  std::int64_t detractors = 0;  ///< 0 to 6

  /// False, and nothing is counted, for a score that is not on the scale.
  bool add(std::int64_t score, std::int64_t answers);
  std::int64_t answers() const { return promoters + passives + detractors; }
};

/// All from -100 to 100. Absent without an answer.
struct NetScore {
  double value = 0;
  double error = 0;  ///< standard error: 100 sqrt((p + d - (p - d)^2) / n)
  Interval interval{};
};
/// The interval (95 %) is the Wald interval after 3 answers are added, 3/4 of one to the promoters
/// and to the detractors each, the rest to the passives: unlike the plain one it keeps its level
/// for few answers and is not empty where all agree. After Rocks (2016), The American Statistician
/// 70:365-372; that it keeps the level is tested by simulation. Its middle is drawn towards 0, so
/// that of a single promoter ends at 98.5, short of the value itself, 100 (of a single detractor at
/// -98.5); from two answers on it holds the value.
std::optional<NetScore> net_score(const Promoters& answers);

/// By how much the first net score is higher, from -200 to 200.
struct NetDifference {
  double value = 0;
  Interval interval{};  ///< 95 %
  double p = 1;         ///< of a difference at least as large by chance alone, two-sided
};
/// Of two groups that share no answer. Interval and p-value are of the scores with the answers that
/// `net_score` adds to each group, so that few answers that all agree are not sure; the interval
/// leaves out 0 where p < 0.05, and only there. Absent where a group has no answer.
std::optional<NetDifference> net_difference(const Promoters& first, const Promoters& second);

}  // namespace huitou::math
