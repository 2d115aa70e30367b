#include "analyses/anomalies/change.h"

#include <algorithm>
#include <boost/math/distributions/normal.hpp>
#include <cmath>

#include "math/false_discoveries.h"

namespace huitou::analyses {
namespace {

/// The logarithm of a share, and its variance.
struct LogShare {
  double value;
  double variance;
};

LogShare log_share(const Rate& rate) {
  const double hits = static_cast<double>(rate.hits) + 0.5;
  const double trials = static_cast<double>(rate.trials) + 0.5;
  return {std::log(hits / trials), std::max(0.0, 1 / hits - 1 / trials)};
}

Rate without(const Rate& all, const Rate& one) {
  return {all.hits - one.hits, all.trials - one.trials};
}

Change change_of(const Watched& place, const Rate& other_before, const Rate& other_now) {
  const boost::math::normal_distribution<double> normal;
  const LogShare parts[] = {log_share(place.now), log_share(place.before), log_share(other_now),
                            log_share(other_before)};
  const double log_ratio = parts[0].value - parts[1].value - (parts[2].value - parts[3].value);
  double variance = 0;
  for (const LogShare& part : parts) variance += part.variance;
  const double error = std::sqrt(variance);
  const double half = boost::math::quantile(normal, 0.975) * error;
  Change change;
  change.ratio = std::exp(log_ratio);
  change.low = std::exp(log_ratio - half);
  change.high = std::exp(log_ratio + half);
  change.expected = std::exp(parts[1].value + parts[2].value - parts[3].value);
  if (error > 0) {
    change.p = 2 * boost::math::cdf(boost::math::complement(normal, std::abs(log_ratio) / error));
  }
  return change;
}

}  // namespace

std::vector<Change> changes_of(const std::vector<Watched>& watched, std::int64_t least,
                               double rate) {
  Rate before, now;
  for (const Watched& place : watched) {
    before.hits += place.before.hits;
    before.trials += place.before.trials;
    now.hits += place.now.hits;
    now.trials += place.now.trials;
  }
  std::vector<Change> changes;
  std::vector<double> p_values;
  for (std::size_t at = 0; at < watched.size(); ++at) {
    const Watched& place = watched[at];
    const Rate other_before = without(before, place.before);
    const Rate other_now = without(now, place.now);
    if (std::min({place.before.trials, place.now.trials, other_before.trials, other_now.trials}) <
        least) {
      continue;
    }
    changes.push_back(change_of(place, other_before, other_now));
    changes.back().at = at;
    p_values.push_back(changes.back().p);
  }
  const std::vector<double> rates = math::false_discovery_rates(p_values);
  for (std::size_t i = 0; i < changes.size(); ++i) {
    changes[i].q = rates[i];
    changes[i].is_alarm = rates[i] <= rate;
  }
  std::stable_sort(changes.begin(), changes.end(), [](const Change& a, const Change& b) {
    return a.is_alarm != b.is_alarm ? a.is_alarm : a.low > b.low;
  });
  return changes;
}

}  // namespace huitou::analyses
