#include <algorithm>
#include <cmath>
#include <numbers>

#include "base/result.h"
#include "math/clusters.h"

namespace huitou::math {
namespace {

constexpr int kMostRounds = 200;
constexpr double kLeastGain = 1e-6;

/// Replaces a symmetric matrix, row by row, by its lower Cholesky factor.
void factorise(std::span<double> matrix, std::size_t dims) {
  for (std::size_t row = 0; row < dims; ++row) {
    for (std::size_t column = 0; column <= row; ++column) {
      double sum = matrix[row * dims + column];
      for (std::size_t k = 0; k < column; ++k) {
        sum -= matrix[row * dims + k] * matrix[column * dims + k];
      }
      if (row == column) {
        CHECK(sum > 0);
        matrix[row * dims + row] = std::sqrt(sum);
      } else {
        matrix[row * dims + column] = sum / matrix[column * dims + column];
      }
    }
    std::fill(matrix.begin() + static_cast<std::ptrdiff_t>(row * dims + row + 1),
              matrix.begin() + static_cast<std::ptrdiff_t>((row + 1) * dims), 0.0);
  }
}

/// The logarithm of weight times density.
double log_part(std::span<const double> point, const Mixture& mixture, std::size_t group) {
  const std::size_t dims = point.size();
  const auto mean = mixture.means.at(group);
  const auto factor = mixture.factors.at(group);
  double squares = 0;
  double log_determinant = 0;
  double solved[32] = {};
  CHECK(dims <= std::size(solved));
  for (std::size_t row = 0; row < dims; ++row) {
    double rest = point[row] - mean[row];
    for (std::size_t k = 0; k < row; ++k) {
      rest -= factor[row * dims + k] * solved[k];
    }
    solved[row] = rest / factor[row * dims + row];
    squares += solved[row] * solved[row];
    log_determinant += std::log(factor[row * dims + row]);
  }
  const double constant = static_cast<double>(dims) * std::log(2 * std::numbers::pi);
  return std::log(mixture.weights[group]) - log_determinant - (constant + squares) / 2;
}

/// Fills the posteriors of a point; gives the logarithm of its density.
double posteriors_of(std::span<const double> point, const Mixture& mixture,
                     std::span<double> posteriors) {
  for (std::size_t group = 0; group < posteriors.size(); ++group) {
    posteriors[group] = log_part(point, mixture, group);
  }
  const double highest = *std::max_element(posteriors.begin(), posteriors.end());
  double sum = 0;
  for (double& posterior : posteriors) {
    posterior = std::exp(posterior - highest);
    sum += posterior;
  }
  for (double& posterior : posteriors) {
    posterior /= sum;
  }
  return highest + std::log(sum);
}

/// Weights, means and covariances from the points' shares in the groups.
Mixture estimate(const Points& points, const std::vector<double>& shares, std::size_t groups,
                 double ridge) {
  const std::size_t dims = points.dims;
  Mixture mixture{std::vector<double>(groups, 0.0),
                  {dims, std::vector<double>(groups * dims, 0.0)},
                  {dims * dims, std::vector<double>(groups * dims * dims, 0.0)},
                  0,
                  0};
  for (std::size_t group = 0; group < groups; ++group) {
    double weight = 0;
    double* const mean = mixture.means.values.data() + group * dims;
    double* const spread = mixture.factors.values.data() + group * dims * dims;
    for (std::size_t i = 0; i < points.size(); ++i) {
      const double share = shares[i * groups + group];
      weight += share;
      for (std::size_t d = 0; d < dims; ++d) {
        mean[d] += share * points.at(i)[d];
      }
    }
    weight = std::max(weight, 1e-9);
    for (std::size_t d = 0; d < dims; ++d) {
      mean[d] /= weight;
    }
    for (std::size_t i = 0; i < points.size(); ++i) {
      const double share = shares[i * groups + group] / weight;
      for (std::size_t row = 0; row < dims; ++row) {
        for (std::size_t column = 0; column <= row; ++column) {
          spread[row * dims + column] +=
              share * (points.at(i)[row] - mean[row]) * (points.at(i)[column] - mean[column]);
        }
      }
    }
    for (std::size_t d = 0; d < dims; ++d) {
      spread[d * dims + d] += ridge;
    }
    factorise({spread, dims * dims}, dims);
    mixture.weights[group] = weight / static_cast<double>(points.size());
  }
  return mixture;
}

}  // namespace

Mixture fit_mixture(const Points& points, const KMeans& start, double ridge) {
  CHECK(ridge > 0 && start.labels.size() == points.size());
  const std::size_t groups = start.centres.size();
  std::vector<double> shares(points.size() * groups, 0.0);
  for (std::size_t i = 0; i < points.size(); ++i) {
    shares[i * groups + start.labels[i]] = 1;
  }
  const auto count = static_cast<double>(points.size());
  Mixture mixture = estimate(points, shares, groups, ridge);
  double before = 0;
  for (int round = 0; round < kMostRounds; ++round) {
    double sum = 0;
    for (std::size_t i = 0; i < points.size(); ++i) {
      sum += posteriors_of(points.at(i), mixture, {shares.data() + i * groups, groups});
    }
    mixture.log_likelihood = sum;
    if (round > 0 && sum - before < kLeastGain * count) {
      break;
    }
    before = sum;
    if (round + 1 < kMostRounds) {
      mixture = estimate(points, shares, groups, ridge);
      mixture.log_likelihood = sum;
    }
  }
  const auto dims = static_cast<double>(points.dims);
  const auto parts = static_cast<double>(groups);
  const double parameters = parts - 1 + parts * dims + parts * dims * (dims + 1) / 2;
  mixture.bic = parameters * std::log(count) - 2 * mixture.log_likelihood;
  return mixture;
}

Labels assign(const Points& points, const Mixture& mixture) {
  Labels labels(points.size());
  std::vector<double> posteriors(mixture.weights.size());
  for (std::size_t i = 0; i < labels.size(); ++i) {
    posteriors_of(points.at(i), mixture, posteriors);
    labels[i] = static_cast<std::size_t>(std::max_element(posteriors.begin(), posteriors.end()) -
                                         posteriors.begin());
  }
  return labels;
}

}  // namespace huitou::math
