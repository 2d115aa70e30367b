#pragma once

// Points into groups: k-means, Gaussian mixtures, and how good a grouping is. Chance is an
// argument: the same points and the same Rng give the same groups.

#include <cstdint>
#include <span>
#include <vector>

#include "math/random.h"

namespace huitou::math {

/// Points with `dims` coordinates each, end to end.
struct Points {
  std::size_t dims = 0;
  std::vector<double> values{};

  std::size_t size() const { return dims == 0 ? 0 : values.size() / dims; }
  std::span<const double> at(std::size_t point) const {
    return {values.data() + point * dims, dims};
  }
};

/// A group for each point, from 0.
using Labels = std::vector<std::size_t>;

struct KMeans {
  Points centres{};
  Labels labels{};
  double inertia = 0;  ///< squared distances to the own centre, summed
};

struct KMeansOptions {
  std::size_t groups = 2;
  int restarts = 5;  ///< the best of so many is taken
  int most_rounds = 100;
};

/// Lloyd's rounds from starts drawn by k-means++. A centre that loses all points moves to the point
/// farthest from its own. CHECKed: 1 <= groups <= points.
/// Source: Lloyd (1982); Arthur & Vassilvitskii (2007).
KMeans k_means(const Points& points, const KMeansOptions& options, Rng& rng);

/// The centre next to each point, the first of equals.
Labels nearest(const Points& points, const Points& centres);

/// Mean over the points of (b - a) / max(a, b): a the mean distance to the own group's others, b
/// the least mean distance to another group; 0 for a point alone in its group. From -1 to 1.
/// Costs the square of the number of points. CHECKed: two groups or more have points.
/// Source: Rousseeuw (1987).
double silhouette(const Points& points, const Labels& labels);

/// How much two groupings of the same points agree beyond chance: 1 the same, 0 as chance has it.
/// Source: Hubert & Arabie (1985). CHECKed: as many labels in both, one at least.
double adjusted_rand(const Labels& first, const Labels& second);

/// Gaussian groups with full covariances.
struct Mixture {
  std::vector<double> weights{};
  Points means{};
  Points factors{};  ///< lower Cholesky factors of the covariances, row by row
  double log_likelihood = 0;
  double bic = 0;  ///< parameters x ln(points) - 2 log likelihood: less is better
};

/// EM from a k-means grouping, until the log likelihood gains less than 1e-6 a point or 200 rounds.
/// `ridge` is added to the variances, so that points that coincide do not end it.
/// Source: Dempster, Laird & Rubin (1977); Schwarz (1978).
Mixture fit_mixture(const Points& points, const KMeans& start, double ridge);

/// The group with the highest posterior for each point, the first of equals.
Labels assign(const Points& points, const Mixture& mixture);

}  // namespace huitou::math
