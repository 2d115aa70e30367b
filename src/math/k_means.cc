#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

#include "base/result.h"
#include "math/clusters.h"

namespace huitou::math {
namespace {

constexpr double kFar = std::numeric_limits<double>::infinity();

double squared_distance(std::span<const double> a, std::span<const double> b) {
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    sum += (a[i] - b[i]) * (a[i] - b[i]);
  }
  return sum;
}

void push_point(Points& points, std::span<const double> point) {
  points.values.insert(points.values.end(), point.begin(), point.end());
}

/// k-means++: each next centre with a chance that grows with the squared distance to those there.
Points draw_centres(const Points& points, std::size_t groups, Rng& rng) {
  Points centres{points.dims, {}};
  push_point(centres, points.at(rng.below(static_cast<std::uint32_t>(points.size()))));
  std::vector<double> distances(points.size(), kFar);
  while (centres.size() < groups) {
    double sum = 0;
    for (std::size_t i = 0; i < points.size(); ++i) {
      distances[i] =
          std::min(distances[i], squared_distance(points.at(i), centres.at(centres.size() - 1)));
      sum += distances[i];
    }
    double draw = rng.uniform() * sum;
    std::size_t chosen = points.size() - 1;
    for (std::size_t i = 0; i < points.size(); ++i) {
      draw -= distances[i];
      if (draw < 0) {
        chosen = i;
        break;
      }
    }
    push_point(centres, points.at(chosen));
  }
  return centres;
}

struct Nearest {
  std::size_t centre = 0;
  double distance = kFar;
};

Nearest nearest_of(std::span<const double> point, const Points& centres) {
  Nearest best;
  for (std::size_t c = 0; c < centres.size(); ++c) {
    const double distance = squared_distance(point, centres.at(c));
    if (distance < best.distance) {
      best = {c, distance};
    }
  }
  return best;
}

/// Means of the groups; a group without points takes the point farthest from its own centre.
Points means_of(const Points& points, const Points& centres, const Labels& labels,
                std::vector<double>& distances) {
  Points means{points.dims, std::vector<double>(centres.values.size(), 0.0)};
  std::vector<double> counts(centres.size(), 0.0);
  for (std::size_t i = 0; i < points.size(); ++i) {
    counts[labels[i]] += 1;
    for (std::size_t d = 0; d < points.dims; ++d) {
      means.values[labels[i] * points.dims + d] += points.at(i)[d];
    }
  }
  for (std::size_t c = 0; c < counts.size(); ++c) {
    if (counts[c] == 0) {
      const auto far = std::max_element(distances.begin(), distances.end());
      const auto point = points.at(static_cast<std::size_t>(far - distances.begin()));
      std::copy(point.begin(), point.end(),
                means.values.begin() + static_cast<std::ptrdiff_t>(c * points.dims));
      *far = 0;
      continue;
    }
    for (std::size_t d = 0; d < points.dims; ++d) {
      means.values[c * points.dims + d] /= counts[c];
    }
  }
  return means;
}

KMeans settle(const Points& points, Points centres, int most_rounds) {
  KMeans found{std::move(centres), Labels(points.size(), 0), kFar};
  std::vector<double> distances(points.size(), 0.0);
  for (int round = 0; round < most_rounds; ++round) {
    bool moved = round == 0;
    double inertia = 0;
    for (std::size_t i = 0; i < points.size(); ++i) {
      const Nearest next = nearest_of(points.at(i), found.centres);
      moved = moved || next.centre != found.labels[i];
      found.labels[i] = next.centre;
      distances[i] = next.distance;
      inertia += next.distance;
    }
    found.inertia = inertia;
    if (!moved) {
      break;
    }
    found.centres = means_of(points, found.centres, found.labels, distances);
  }
  return found;
}

double pairs_in(double count) { return count * (count - 1) / 2; }

}  // namespace

KMeans k_means(const Points& points, const KMeansOptions& options, Rng& rng) {
  CHECK(options.groups >= 1 && options.groups <= points.size());
  KMeans best;
  best.inertia = kFar;
  for (int restart = 0; restart < options.restarts; ++restart) {
    KMeans found = settle(points, draw_centres(points, options.groups, rng), options.most_rounds);
    if (found.inertia < best.inertia) {
      best = std::move(found);
    }
  }
  return best;
}

Labels nearest(const Points& points, const Points& centres) {
  Labels labels(points.size());
  for (std::size_t i = 0; i < labels.size(); ++i) {
    labels[i] = nearest_of(points.at(i), centres).centre;
  }
  return labels;
}

double silhouette(const Points& points, const Labels& labels) {
  const std::size_t groups = *std::max_element(labels.begin(), labels.end()) + 1;
  std::vector<double> sizes(groups, 0.0);
  for (const std::size_t label : labels) {
    sizes[label] += 1;
  }
  CHECK(std::count_if(sizes.begin(), sizes.end(), [](double size) { return size > 0; }) >= 2);
  double sum = 0;
  std::vector<double> distances(groups);
  for (std::size_t i = 0; i < points.size(); ++i) {
    std::fill(distances.begin(), distances.end(), 0.0);
    for (std::size_t j = 0; j < points.size(); ++j) {
      distances[labels[j]] += std::sqrt(squared_distance(points.at(i), points.at(j)));
    }
    const std::size_t own = labels[i];
    if (sizes[own] == 1) {
      continue;
    }
    const double a = distances[own] / (sizes[own] - 1);
    double b = kFar;
    for (std::size_t group = 0; group < groups; ++group) {
      if (group != own && sizes[group] > 0) {
        b = std::min(b, distances[group] / sizes[group]);
      }
    }
    sum += std::max(a, b) > 0 ? (b - a) / std::max(a, b) : 0;
  }
  return sum / static_cast<double>(points.size());
}

double adjusted_rand(const Labels& first, const Labels& second) {
  CHECK(first.size() == second.size() && !first.empty());
  std::map<std::pair<std::size_t, std::size_t>, double> both;
  std::map<std::size_t, double> rows;
  std::map<std::size_t, double> columns;
  for (std::size_t i = 0; i < first.size(); ++i) {
    both[{first[i], second[i]}] += 1;
    rows[first[i]] += 1;
    columns[second[i]] += 1;
  }
  const auto pairs = [](const auto& counts) {
    double sum = 0;
    for (const auto& [key, count] : counts) {
      sum += pairs_in(count);
    }
    return sum;
  };
  const double all = pairs_in(static_cast<double>(first.size()));
  const double by_chance = all == 0 ? 0 : pairs(rows) * pairs(columns) / all;
  const double most = (pairs(rows) + pairs(columns)) / 2;
  return most == by_chance ? 1 : (pairs(both) - by_chance) / (most - by_chance);
}

}  // namespace huitou::math
