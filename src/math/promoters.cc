#include "math/promoters.h"

#include <algorithm>
#include <cmath>

namespace huitou::math {
namespace {

constexpr double kZ = 1.959963984540054;  // of 95 %
constexpr double kAddedExtreme = 0.75;
constexpr double kAdded = 3;

struct Moments {
  double mean;
  double error;
};

Moments moments(double promoters, double detractors, double answers) {
  const double p = promoters / answers;
  const double d = detractors / answers;
  const double variance = std::max(0.0, p + d - (p - d) * (p - d));
  return {100 * (p - d), 100 * std::sqrt(variance / answers)};
}

/// With the answers that are added for the interval.
Moments with_added(const Promoters& answers) {
  return moments(static_cast<double>(answers.promoters) + kAddedExtreme,
                 static_cast<double>(answers.detractors) + kAddedExtreme,
                 static_cast<double>(answers.answers()) + kAdded);
}

}  // namespace

bool Promoters::add(std::int64_t score, std::int64_t answers) {
  if (score < 0 || score > 10) {
    return false;
  }
  (score >= 9 ? promoters : score >= 7 ? passives : detractors) += answers;
  return true;
}

std::optional<NetScore> net_score(const Promoters& answers) {
  if (answers.answers() == 0) {
    return std::nullopt;
  }
  const auto p = static_cast<double>(answers.promoters);
  const auto d = static_cast<double>(answers.detractors);
  const auto n = static_cast<double>(answers.answers());
  const Moments plain = moments(p, d, n);
  const Moments added = with_added(answers);
  return NetScore{plain.mean,
                  plain.error,
                  {std::max(-100.0, added.mean - kZ * added.error),
                   std::min(100.0, added.mean + kZ * added.error)}};
}

std::optional<NetDifference> net_difference(const Promoters& first, const Promoters& second) {
  const auto one = net_score(first);
  const auto other = net_score(second);
  if (!one || !other) {
    return std::nullopt;
  }
  const Moments a = with_added(first);
  const Moments b = with_added(second);
  const double difference = a.mean - b.mean;
  const double error = std::hypot(a.error, b.error);  // never 0: each group has both extremes
  return NetDifference{one->value - other->value,
                       {std::max(-200.0, difference - kZ * error),
                        std::min(200.0, difference + kZ * error)},
                       std::erfc(std::abs(difference) / error / std::sqrt(2.0))};
}

}  // namespace huitou::math
