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
  const Moments added = moments(p + kAddedExtreme, d + kAddedExtreme, n + kAdded);
  return NetScore{plain.mean,
                  plain.error,
                  {std::max(-100.0, added.mean - kZ * added.error),
                   std::min(100.0, added.mean + kZ * added.error)}};
}

}  // namespace huitou::math
