#include "math/clusters.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

#include "base/result.h"

namespace huitou::math {
namespace {

Points line(std::vector<double> values) { return {1, std::move(values)}; }

TEST(Clusters, SilhouetteByHand) {
  // 0: a = 1, b = 10.5; 1: a = 1, b = 9.5; the other two alike.
  EXPECT_NEAR(silhouette(line({0, 1, 10, 11}), {0, 0, 1, 1}), ((9.5 / 10.5) + (8.5 / 9.5)) / 2,
              1e-12);
  EXPECT_NEAR(silhouette(line({0, 1, 10}), {0, 0, 1}), (9.0 / 10 + 8.0 / 9) / 3, 1e-12);
  EXPECT_THROW(silhouette(line({0, 1}), {0, 0}), Bug);
}

// The published examples of scikit-learn's adjusted_rand_score.
TEST(Clusters, AdjustedRandAsPublished) {
  EXPECT_NEAR(adjusted_rand({0, 0, 1, 1}, {1, 1, 0, 0}), 1, 1e-12);
  EXPECT_NEAR(adjusted_rand({0, 0, 1, 2}, {0, 0, 1, 1}), 0.57142857142857, 1e-12);
  EXPECT_NEAR(adjusted_rand({0, 0, 0, 0}, {0, 1, 2, 3}), 0, 1e-12);
  EXPECT_NEAR(adjusted_rand({0, 0, 1, 1}, {0, 1, 0, 1}), -0.5, 1e-12);
}

double inertia_of(const Points& points, const Labels& labels, std::size_t groups) {
  double sum = 0;
  for (std::size_t group = 0; group < groups; ++group) {
    for (std::size_t d = 0; d < points.dims; ++d) {
      double mean = 0;
      double count = 0;
      for (std::size_t i = 0; i < points.size(); ++i) {
        if (labels[i] == group) {
          mean += points.at(i)[d];
          ++count;
        }
      }
      for (std::size_t i = 0; count > 0 && i < points.size(); ++i) {
        if (labels[i] == group) {
          sum += std::pow(points.at(i)[d] - mean / count, 2);
        }
      }
    }
  }
  return sum;
}

/// The least inertia of all groupings.
double best_inertia(const Points& points, std::size_t groups) {
  double best = 1e300;
  Labels labels(points.size(), 0);
  while (true) {
    best = std::min(best, inertia_of(points, labels, groups));
    std::size_t at = 0;
    while (at < labels.size() && ++labels[at] == groups) {
      labels[at++] = 0;
    }
    if (at == labels.size()) {
      return best;
    }
  }
}

TEST(Clusters, KMeansFindsTheBestOfAllGroupings) {
  for (std::uint64_t seed = 1; seed <= 12; ++seed) {
    Rng rng(seed);
    Points points{2, {}};
    for (int i = 0; i < 18; ++i) {
      points.values.push_back(rng.normal());
    }
    for (const std::size_t groups : {1U, 2U, 3U}) {
      const KMeans found =
          k_means(points, {.groups = groups, .restarts = 40, .most_rounds = 100}, rng);
      EXPECT_NEAR(found.inertia, best_inertia(points, groups), 1e-9) << seed;
      EXPECT_EQ(nearest(points, found.centres), found.labels);
    }
  }
}

TEST(Clusters, TheSameSeedGivesTheSameGroups) {
  Points points{3, {}};
  Rng rng(3);
  for (int i = 0; i < 600; ++i) {
    points.values.push_back(rng.uniform());
  }
  Rng first(9);
  Rng second(9);
  const KMeans one = k_means(points, {.groups = 5}, first);
  EXPECT_EQ(one.labels, k_means(points, {.groups = 5}, second).labels);
  EXPECT_EQ(one.centres.size(), 5U);
}

TEST(Clusters, PointsThatCoincideDoNotBreakAnything) {
  Rng rng(4);
  const Points same = line(std::vector<double>(10, 7.0));
  const KMeans found = k_means(same, {.groups = 3}, rng);
  EXPECT_EQ(found.inertia, 0);
  const Mixture mixture = fit_mixture(same, found, 0.01);
  EXPECT_TRUE(std::isfinite(mixture.log_likelihood));
  EXPECT_TRUE(std::isfinite(mixture.bic));
  EXPECT_THROW(k_means(same, {.groups = 11}, rng), Bug);
}

/// Two planted groups, 3 : 1, of different spread and a slope.
Points planted(Labels& truth) {
  Rng rng(8);
  Points points{2, {}};
  for (int i = 0; i < 2000; ++i) {
    const bool second = i % 4 == 0;
    const double x = rng.normal();
    const double y = rng.normal();
    points.values.push_back(second ? 4 + 0.5 * x : x);
    points.values.push_back(second ? -2 + 0.5 * y : 0.8 * x + 0.6 * y);
    truth.push_back(second ? 1 : 0);
  }
  return points;
}

TEST(Clusters, TheMixtureFindsWhatWasPlanted) {
  Labels truth;
  const Points points = planted(truth);
  Rng rng(1);
  const KMeans start = k_means(points, {.groups = 2}, rng);
  const Mixture mixture = fit_mixture(points, start, 1e-6);
  EXPECT_GT(adjusted_rand(assign(points, mixture), truth), 0.98);
  const std::size_t large = mixture.weights[0] > mixture.weights[1] ? 0 : 1;
  EXPECT_NEAR(mixture.weights[large], 0.75, 0.01);
  EXPECT_NEAR(mixture.means.at(1 - large)[0], 4, 0.1);
  EXPECT_NEAR(mixture.factors.at(large)[2], 0.8, 0.05) << "the planted slope";
  // BIC prefers two groups to one and to four.
  const auto bic = [&](std::size_t groups) {
    return fit_mixture(points, k_means(points, {.groups = groups}, rng), 1e-6).bic;
  };
  EXPECT_LT(mixture.bic, bic(1));
  EXPECT_LT(mixture.bic, bic(4));
}

// One Gaussian has a likelihood in closed form: covariance with n below, and its determinant.
TEST(Clusters, OneGaussianHasTheKnownLikelihood) {
  Labels truth;
  const Points points = planted(truth);
  Rng rng(1);
  const Mixture one = fit_mixture(points, k_means(points, {.groups = 1}, rng), 1e-12);
  const auto n = static_cast<double>(points.size());
  double m[2] = {0, 0};
  for (std::size_t i = 0; i < points.size(); ++i) {
    m[0] += points.at(i)[0] / n;
    m[1] += points.at(i)[1] / n;
  }
  double xx = 0, xy = 0, yy = 0;
  for (std::size_t i = 0; i < points.size(); ++i) {
    const double x = points.at(i)[0] - m[0];
    const double y = points.at(i)[1] - m[1];
    xx += x * x / n;
    xy += x * y / n;
    yy += y * y / n;
  }
  const double wanted =
      -n / 2 * (2 * std::log(2 * std::numbers::pi) + std::log(xx * yy - xy * xy) + 2);
  EXPECT_NEAR(one.log_likelihood, wanted, 1e-6);
  EXPECT_NEAR(one.bic, 5 * std::log(n) - 2 * wanted, 1e-6);
}

}  // namespace
}  // namespace huitou::math
