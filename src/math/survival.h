#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace huitou::math {

/// What happened at one time: `events` ended there, `censored` were last seen there, still waiting.
struct SurvivalCount {
  std::int64_t time = 0;
  std::int64_t events = 0;
  std::int64_t censored = 0;
};

/// The curve just after `time`. The interval is absent where it is not defined: before the first
/// event, and once nobody is left.
struct SurvivalPoint {
  std::int64_t time = 0;
  std::int64_t at_risk = 0;  ///< waiting just before `time`
  std::int64_t events = 0;
  std::int64_t censored = 0;
  double survival = 1;  ///< share still waiting after `time`
  std::optional<double> low;
  std::optional<double> high;
};

/// Kaplan-Meier estimate of the share still waiting, with Greenwood's variance on the log(-log)
/// scale, so that the interval stays inside (0, 1).
/// `counts` have rising times, each once, and no negative number (CHECKed); those censored at a
/// time are still at risk for the events of that time. One point for each count. Source: Kaplan &
/// Meier (1958); Kalbfleisch & Prentice (2002), 1.4.
std::vector<SurvivalPoint> kaplan_meier(std::span<const SurvivalCount> counts,
                                        double confidence = 0.95);

/// The first time at which at least `share` have had the event; absent if that is not reached
/// while anybody is watched.
std::optional<std::int64_t> time_until(std::span<const SurvivalPoint> curve, double share);

/// How often a value occurs. Values rise, each once, counts are not negative.
struct ValueCount {
  std::int64_t value = 0;
  std::int64_t count = 0;
};

/// Quantile of type 7 (the default of R and numpy) of values given by their counts; 0 <= p <= 1.
/// Absent if there is no value.
std::optional<double> quantile_of_counts(std::span<const ValueCount> counts, double p);

}  // namespace huitou::math
