#pragma once

// From behaviours of customers to groups of them: features on one scale, the number of groups, the
// groups, how sure they are, and words for what sets each apart.
//
// Counts, days and amounts are spread over orders of magnitude, so logarithms stand for them; then
// each feature is divided by its spread. Groups are looked for in a sample of customers, since
// their form does not depend on how many there are, and every customer goes to one of them
// afterwards.

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/language.h"
#include "base/result.h"
#include "math/clusters.h"

namespace huitou::analyses {

enum Feature : std::size_t { kOrderCount, kSilence, kSpan, kOrderValue, kDiscounts, kFeatures };

/// A column for each feature, in plain units, and the amounts: a value for each customer.
struct Behaviours {
  std::array<std::vector<double>, kFeatures> features;
  std::vector<std::int64_t> spent_minor;

  std::size_t size() const { return spent_minor.size(); }
};

enum class Method { k_means, mixture };

struct GroupingOptions {
  Method method = Method::k_means;
  std::size_t groups = 0;  ///< 0: chosen
  std::uint64_t seed = 1;
  bool judge_all = false;  ///< fill both measures of every number of groups
};

/// How good a number of groups is.
struct Choice {
  std::size_t groups = 0;
  double inertia = 0;
  double silhouette = 0;
  std::optional<double> bic;
};

struct Grouping {
  std::vector<Feature> used;  ///< those in which customers differ
  std::vector<Choice> choices;
  std::size_t groups = 0;
  math::Labels labels;  ///< of every customer; group 0 has the highest mean amount
  /// Mean of each used feature in each group, in spreads from the mean of all.
  std::vector<std::vector<double>> apart;
  double agreement = 1;        ///< mean adjusted Rand index with groupings from other seeds
  double least_agreement = 1;  ///< the smallest of them
  std::size_t sampled = 0;
};

inline constexpr std::size_t kMostGroups = 8;
inline constexpr int kReseedings = 5;

/// CHECKs that there are 20 customers or more. Errors: not_enough_data if all behave alike.
Result<Grouping> group_customers(const Behaviours& behaviours, const GroupingOptions& options);

/// The scale on which customers are compared, and back: logarithms, but for shares.
double scaled(Feature feature, double value);
double unscaled(Feature feature, double value);

/// What sets a group apart, strongest first: at most `most` features half a spread or more away.
std::vector<std::pair<Feature, bool>> marks_of(const Grouping& grouping, std::size_t group,
                                               std::size_t most);
/// "many orders, ordered recently"; where nothing stands out: "close to the average".
Sentence name_of(const Grouping& grouping, std::size_t group);

}  // namespace huitou::analyses
