#include "math/survival.h"

#include <algorithm>
#include <boost/math/distributions/normal.hpp>
#include <cmath>

#include "base/result.h"

namespace huitou::math {
namespace {

/// Shares are sums of rounded steps: a share that is reached exactly may be off by this much.
constexpr double kRounding = 1e-12;

std::int64_t total_of(std::span<const SurvivalCount> counts) {
  std::int64_t total = 0;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    CHECK(counts[i].events >= 0 && counts[i].censored >= 0);
    CHECK(i == 0 || counts[i - 1].time < counts[i].time);
    total += counts[i].events + counts[i].censored;
  }
  return total;
}

void put_interval(SurvivalPoint& point, double greenwood, double z) {
  if (point.survival <= 0 || point.survival >= 1) {
    return;
  }
  const double log_survival = std::log(point.survival);
  const double width = z * std::sqrt(greenwood) / std::abs(log_survival);
  point.low = std::exp(log_survival * std::exp(width));
  point.high = std::exp(log_survival * std::exp(-width));
}

std::int64_t value_at(std::span<const ValueCount> counts, std::int64_t rank) {
  for (const ValueCount& counted : counts) {
    if (rank < counted.count) {
      return counted.value;
    }
    rank -= counted.count;
  }
  CHECK(false);
  return 0;
}

}  // namespace

std::vector<SurvivalPoint> kaplan_meier(std::span<const SurvivalCount> counts, double confidence) {
  CHECK(confidence > 0 && confidence < 1);
  const double z = boost::math::quantile(boost::math::normal(), (1 + confidence) / 2);
  std::int64_t at_risk = total_of(counts);
  double survival = 1;
  double greenwood = 0;  // sum of d / (n (n - d)): the variance of log S
  std::vector<SurvivalPoint> curve;
  curve.reserve(counts.size());
  for (const SurvivalCount& count : counts) {
    const double waiting = static_cast<double>(at_risk);
    const double ended = static_cast<double>(count.events);
    if (count.events > 0) {
      survival *= (waiting - ended) / waiting;
      greenwood += ended / (waiting * (waiting - ended));  // infinite when nobody is left
    }
    SurvivalPoint point{count.time, at_risk, count.events, count.censored, survival, {}, {}};
    put_interval(point, greenwood, z);
    curve.push_back(point);
    at_risk -= count.events + count.censored;
  }
  return curve;
}

std::optional<std::int64_t> time_until(std::span<const SurvivalPoint> curve, double share) {
  for (const SurvivalPoint& point : curve) {
    if (1 - point.survival >= share - kRounding) {
      return point.time;
    }
  }
  return std::nullopt;
}

std::optional<double> quantile_of_counts(std::span<const ValueCount> counts, double p) {
  CHECK(p >= 0 && p <= 1);
  std::int64_t total = 0;
  for (const ValueCount& counted : counts) {
    total += counted.count;
  }
  if (total == 0) {
    return std::nullopt;
  }
  const double position = static_cast<double>(total - 1) * p;
  const auto below = static_cast<std::int64_t>(std::floor(position + kRounding));
  const std::int64_t above = std::min(below + 1, total - 1);
  const double low = static_cast<double>(value_at(counts, below));
  const double high = static_cast<double>(value_at(counts, above));
  const double part = std::max(0.0, position - static_cast<double>(below));
  return low + part * (high - low);
}

}  // namespace huitou::math
