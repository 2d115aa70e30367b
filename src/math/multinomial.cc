#include "math/multinomial.h"

#include <algorithm>
#include <cmath>
#include <deque>
#include <numeric>

#include "base/result.h"

namespace huitou::math {
namespace {

constexpr std::size_t kRemembered = 10;

double dot(std::span<const double> a, std::span<const double> b) {
  return std::inner_product(a.begin(), a.end(), b.begin(), 0.0);
}

/// Logarithms become chances; the largest is taken out first, so that nothing overflows. Returns
/// the logarithm of the sum.
double to_chances(std::vector<double>& logs) {
  const double top = *std::max_element(logs.begin(), logs.end());
  double sum = 0;
  for (double& log : logs) {
    log = std::exp(log - top);
    sum += log;
  }
  for (double& log : logs) log /= sum;
  return top + std::log(sum);
}

/// Weighted sums of a row, one a class.
void scores_of(std::span<const double> row, std::span<const double> weights,
               std::vector<double>& scores) {
  const std::size_t width = row.size() + 1;
  for (std::size_t one = 0; one < scores.size(); ++one) {
    const auto own = weights.subspan(one * width, width);
    scores[one] = own[0] + dot(row, own.subspan(1));
  }
}

double outcomes_of(const Choices& choices) {
  return std::accumulate(choices.outcomes.begin(), choices.outcomes.end(), 0.0);
}

/// The way down from a slope, by the last steps and what they changed of it.
class Memory {
 public:
  std::vector<double> direction(const std::vector<double>& gradient) const {
    std::vector<double> way = gradient;
    std::vector<double> shares(pairs_.size());
    for (std::size_t i = pairs_.size(); i-- > 0;) {
      shares[i] = dot(pairs_[i].step, way) / pairs_[i].curvature;
      add(way, pairs_[i].change, -shares[i]);
    }
    if (!pairs_.empty()) {
      const Pair& last = pairs_.back();
      const double scale = last.curvature / dot(last.change, last.change);
      for (double& one : way) one *= scale;
    }
    for (std::size_t i = 0; i < pairs_.size(); ++i) {
      const double share = dot(pairs_[i].change, way) / pairs_[i].curvature;
      add(way, pairs_[i].step, shares[i] - share);
    }
    for (double& one : way) one = -one;
    return way;
  }
  void note(std::vector<double> step, std::vector<double> change) {
    const double curvature = dot(step, change);
    if (!(curvature > 0)) return;
    pairs_.push_back({std::move(step), std::move(change), curvature});
    if (pairs_.size() > kRemembered) pairs_.pop_front();
  }

 private:
  struct Pair {
    std::vector<double> step, change;
    double curvature;
  };
  static void add(std::vector<double>& to, const std::vector<double>& what, double times) {
    for (std::size_t i = 0; i < to.size(); ++i) to[i] += times * what[i];
  }
  std::deque<Pair> pairs_;
};

std::vector<double> moved(const std::vector<double>& from, const std::vector<double>& way,
                          double step) {
  std::vector<double> to = from;
  for (std::size_t i = 0; i < to.size(); ++i) to[i] += step * way[i];
  return to;
}

std::vector<double> difference(const std::vector<double>& a, const std::vector<double>& b) {
  return moved(a, b, -1);
}

double largest(const std::vector<double>& values) {
  double most = 0;
  for (const double value : values) most = std::max(most, std::abs(value));
  return most;
}

}  // namespace

Slope multinomial_slope(const Choices& standardized, std::span<const double> weights,
                        double ridge) {
  const std::size_t width = standardized.features + 1;
  const double all = outcomes_of(standardized);
  Slope slope{0, std::vector<double>(weights.size(), 0.0)};
  std::vector<double> chances(standardized.classes);
  for (std::size_t at = 0; at < standardized.number(); ++at) {
    const auto row =
        std::span(standardized.rows).subspan(at * standardized.features, standardized.features);
    const auto came =
        std::span(standardized.outcomes).subspan(at * standardized.classes, standardized.classes);
    scores_of(row, weights, chances);
    const double number = std::accumulate(came.begin(), came.end(), 0.0);
    slope.value -= dot(came, chances);
    slope.value += number * to_chances(chances);
    for (std::size_t one = 0; one < standardized.classes; ++one) {
      const double off = number * chances[one] - came[one];
      double* const own = &slope.gradient[one * width];
      own[0] += off;
      for (std::size_t i = 0; i < row.size(); ++i) own[i + 1] += off * row[i];
    }
  }
  for (std::size_t i = 0; i < weights.size(); ++i) {
    if (i % width == 0) continue;
    slope.value += ridge / 2 * weights[i] * weights[i];
    slope.gradient[i] += ridge * weights[i];
  }
  slope.value /= all;
  for (double& one : slope.gradient) one /= all;
  return slope;
}

Multinomial::Multinomial(const Choices& choices, const Options& options)
    : features_(choices.features),
      classes_(choices.classes),
      mean_(choices.features, 0.0),
      scale_(choices.features, 0.0),
      came_(choices.classes, 0),
      weights_((choices.features + 1) * choices.classes, 0.0) {
  const double all = outcomes_of(choices);
  CHECK(all > 0 && options.ridge > 0 && choices.rows.size() == choices.number() * features_);
  std::vector<double> squares(features_, 0.0);
  for (std::size_t at = 0; at < choices.number(); ++at) {
    double number = 0;
    for (std::size_t one = 0; one < classes_; ++one) {
      const double here = choices.outcomes[at * classes_ + one];
      number += here;
      if (here > 0) came_[one] = 1;
    }
    for (std::size_t i = 0; i < features_; ++i) {
      const double value = choices.rows[at * features_ + i];
      mean_[i] += number * value / all;
      squares[i] += number * value * value / all;
    }
  }
  for (std::size_t i = 0; i < features_; ++i) {
    const double variance = squares[i] - mean_[i] * mean_[i];
    // Below that is what adding up leaves of a feature that does not vary.
    scale_[i] = variance > 1e-12 * (1 + squares[i]) ? 1 / std::sqrt(variance) : 0;
  }
  // Classes that never came are left out; the others are fitted alone.
  Choices own{.features = features_};
  for (const char came : came_) own.classes += came != 0 ? 1U : 0U;
  for (std::size_t at = 0; at < choices.number(); ++at) {
    for (std::size_t i = 0; i < features_; ++i) {
      own.rows.push_back((choices.rows[at * features_ + i] - mean_[i]) * scale_[i]);
    }
    for (std::size_t one = 0; one < classes_; ++one) {
      if (came_[one] != 0) own.outcomes.push_back(choices.outcomes[at * classes_ + one]);
    }
  }
  std::vector<double> at((features_ + 1) * own.classes, 0.0);
  Slope slope = multinomial_slope(own, at, options.ridge);
  Memory memory;
  for (int step = 0; step < options.most_steps; ++step) {
    converged_ = largest(slope.gradient) <= options.tolerance;
    if (converged_) break;
    const std::vector<double> way = memory.direction(slope.gradient);
    const double fall = dot(way, slope.gradient);
    double length = 1;
    std::vector<double> next;
    Slope there;
    for (;; length /= 2) {
      next = moved(at, way, length);
      there = multinomial_slope(own, next, options.ridge);
      if (there.value <= slope.value + 1e-4 * length * fall || length < 1e-10) break;
    }
    if (length < 1e-10) break;
    memory.note(difference(next, at), difference(there.gradient, slope.gradient));
    at = std::move(next);
    slope = std::move(there);
  }
  std::size_t from = 0;
  for (std::size_t one = 0; one < classes_; ++one) {
    if (came_[one] == 0) continue;
    std::copy_n(at.begin() + static_cast<std::ptrdiff_t>(from), features_ + 1,
                weights_.begin() + static_cast<std::ptrdiff_t>(one * (features_ + 1)));
    from += features_ + 1;
  }
}

std::vector<double> Multinomial::chances(std::span<const double> features) const {
  CHECK(features.size() == features_);
  std::vector<double> row(features_);
  for (std::size_t i = 0; i < features_; ++i) row[i] = (features[i] - mean_[i]) * scale_[i];
  std::vector<double> scores(classes_);
  scores_of(row, weights_, scores);
  std::vector<double> came;
  for (std::size_t one = 0; one < classes_; ++one) {
    if (came_[one] != 0) came.push_back(scores[one]);
  }
  to_chances(came);
  std::vector<double> chances(classes_, 0.0);
  std::size_t from = 0;
  for (std::size_t one = 0; one < classes_; ++one) {
    if (came_[one] != 0) chances[one] = came[from++];
  }
  return chances;
}

}  // namespace huitou::math
