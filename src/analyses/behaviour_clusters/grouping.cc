#include "analyses/behaviour_clusters/grouping.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace huitou::analyses {
namespace {

constexpr std::size_t kSample = 5000;
constexpr std::size_t kSilhouetteSample = 1000;
constexpr std::size_t kLeastCustomers = 20;
constexpr double kRidge = 0.01;
constexpr double kStandsOut = 0.5;

struct FeatureWords {
  Words much;
  Words little;
};
/// In the order of Feature.
constexpr FeatureWords kWords[] = {
    {{"many orders", "订单多"}, {"few orders", "订单少"}},
    {{"silent for long", "久未下单"}, {"ordered recently", "近期下过单"}},
    {{"long with us", "购买跨度长"}, {"short with us", "购买跨度短"}},
    {{"high amounts per order", "笔单价高"}, {"low amounts per order", "笔单价低"}},
    {{"mostly at a discount", "多在打折时买"}, {"mostly at full price", "多按原价买"}}};

/// All customers, standardised; features in which nobody differs are left out.
math::Points standardise(const Behaviours& behaviours, std::vector<Feature>& used) {
  std::vector<std::vector<double>> columns;
  const auto n = static_cast<double>(behaviours.size());
  for (std::size_t at = 0; at < kFeatures; ++at) {
    const auto feature = static_cast<Feature>(at);
    std::vector<double> column;
    column.reserve(behaviours.size());
    for (const double value : behaviours.features[at]) {
      column.push_back(scaled(feature, value));
    }
    const double mean = std::accumulate(column.begin(), column.end(), 0.0) / n;
    double squares = 0;
    for (double& value : column) {
      value -= mean;
      squares += value * value;
    }
    const double spread = std::sqrt(squares / n);
    if (spread > 1e-9) {
      for (double& value : column) {
        value /= spread;
      }
      used.push_back(feature);
      columns.push_back(std::move(column));
    }
  }
  math::Points points{columns.size(), {}};
  points.values.reserve(columns.size() * behaviours.size());
  for (std::size_t i = 0; i < behaviours.size(); ++i) {
    for (const auto& column : columns) {
      points.values.push_back(column[i]);
    }
  }
  return points;
}

/// So many points, drawn without putting back, in their order.
math::Points sample_of(const math::Points& points, std::size_t count, Rng& rng) {
  if (points.size() <= count) {
    return points;
  }
  math::Points sample{points.dims, {}};
  std::size_t wanted = count;
  for (std::size_t i = 0; i < points.size() && wanted > 0; ++i) {
    const auto left = static_cast<double>(points.size() - i);
    if (rng.uniform() * left < static_cast<double>(wanted)) {
      const auto point = points.at(i);
      sample.values.insert(sample.values.end(), point.begin(), point.end());
      --wanted;
    }
  }
  return sample;
}

/// A grouping of the sample that can be carried to every customer.
struct Model {
  math::KMeans k_means;
  std::optional<math::Mixture> mixture;

  math::Labels labels_of(const math::Points& points) const {
    return mixture ? math::assign(points, *mixture) : math::nearest(points, k_means.centres);
  }
};

Model fit(const math::Points& sample, std::size_t groups, Method method, Rng& rng) {
  Model model{math::k_means(sample, {.groups = groups}, rng), std::nullopt};
  if (method == Method::mixture) {
    model.mixture = math::fit_mixture(sample, model.k_means, kRidge);
  }
  return model;
}

bool is_one_group(const math::Labels& labels) {
  return std::all_of(labels.begin(), labels.end(),
                     [&](std::size_t label) { return label == labels.front(); });
}

Choice judge(const math::Points& sample, const math::Points& few, std::size_t groups,
             const GroupingOptions& options) {
  Rng rng(options.seed, groups);
  const bool with_bic = options.method == Method::mixture || options.judge_all;
  const Model model = fit(sample, groups, with_bic ? Method::mixture : Method::k_means, rng);
  const math::Labels labels = options.method == Method::mixture
                                  ? model.labels_of(few)
                                  : math::nearest(few, model.k_means.centres);
  Choice choice{groups, model.k_means.inertia, 0, std::nullopt};
  choice.silhouette = is_one_group(labels) ? 0 : math::silhouette(few, labels);
  if (model.mixture) {
    choice.bic = model.mixture->bic;
  }
  return choice;
}

std::size_t best_of(const std::vector<Choice>& choices, Method method) {
  const auto better = [&](const Choice& a, const Choice& b) {
    return method == Method::mixture ? a.bic.value_or(0) < b.bic.value_or(0)
                                     : a.silhouette > b.silhouette;
  };
  return std::min_element(choices.begin(), choices.end(), better)->groups;
}

/// Numbers groups by their mean amounts, the highest first; empty ones go.
void renumber(const Behaviours& behaviours, Grouping& grouping) {
  const std::size_t groups = grouping.groups;
  std::vector<double> sums(groups, 0.0);
  std::vector<double> counts(groups, 0.0);
  for (std::size_t i = 0; i < grouping.labels.size(); ++i) {
    sums[grouping.labels[i]] += static_cast<double>(behaviours.spent_minor[i]);
    counts[grouping.labels[i]] += 1;
  }
  std::vector<std::size_t> order(groups);
  std::iota(order.begin(), order.end(), 0U);
  std::erase_if(order, [&](std::size_t group) { return counts[group] == 0; });
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return sums[a] / counts[a] > sums[b] / counts[b];
  });
  std::vector<std::size_t> numbers(groups, 0);
  for (std::size_t at = 0; at < order.size(); ++at) {
    numbers[order[at]] = at;
  }
  for (std::size_t& label : grouping.labels) {
    label = numbers[label];
  }
  grouping.groups = order.size();
}

void measure_apart(const math::Points& points, Grouping& grouping) {
  grouping.apart.assign(grouping.groups, std::vector<double>(points.dims, 0.0));
  std::vector<double> counts(grouping.groups, 0.0);
  for (std::size_t i = 0; i < points.size(); ++i) {
    counts[grouping.labels[i]] += 1;
    for (std::size_t d = 0; d < points.dims; ++d) {
      grouping.apart[grouping.labels[i]][d] += points.at(i)[d];
    }
  }
  for (std::size_t group = 0; group < grouping.groups; ++group) {
    for (double& mean : grouping.apart[group]) {
      mean /= counts[group];
    }
  }
}

void measure_agreement(const math::Points& sample, const Model& model,
                       const GroupingOptions& options, Grouping& grouping) {
  const math::Labels mine = model.labels_of(sample);
  double sum = 0;
  for (int again = 1; again <= kReseedings; ++again) {
    Rng rng(options.seed, 1000 + static_cast<std::uint64_t>(again));
    const Model other = fit(sample, grouping.groups, options.method, rng);
    const double same = math::adjusted_rand(mine, other.labels_of(sample));
    sum += same;
    grouping.least_agreement = std::min(grouping.least_agreement, same);
  }
  grouping.agreement = sum / kReseedings;
}

Error all_alike() {
  return {Code::not_enough_data, "All customers of this selection behave alike.",
          "Widen the period or drop the filter.", "当前范围内所有客户的行为都相同。",
          "请扩大时段，或去掉筛选条件。"};
}

}  // namespace

double scaled(Feature feature, double value) {
  return feature == kDiscounts ? value : std::log1p(std::max(value, 0.0));
}

double unscaled(Feature feature, double value) {
  return feature == kDiscounts ? value : std::expm1(value);
}

Result<Grouping> group_customers(const Behaviours& behaviours, const GroupingOptions& options) {
  CHECK(behaviours.size() >= kLeastCustomers);
  Grouping grouping;
  const math::Points points = standardise(behaviours, grouping.used);
  if (grouping.used.empty()) {
    return all_alike();
  }
  Rng rng(options.seed);
  const math::Points sample = sample_of(points, kSample, rng);
  const math::Points few = sample_of(sample, kSilhouetteSample, rng);
  grouping.sampled = sample.size();
  if (options.groups == 0 || options.judge_all) {
    const std::size_t most = std::min(kMostGroups, behaviours.size() / 5);
    for (std::size_t groups = 2; groups <= most; ++groups) {
      grouping.choices.push_back(judge(sample, few, groups, options));
    }
  }
  grouping.groups =
      options.groups == 0 ? best_of(grouping.choices, options.method) : options.groups;
  Rng same(options.seed, grouping.groups);  // as when it was judged
  const Model model = fit(sample, grouping.groups, options.method, same);
  measure_agreement(sample, model, options, grouping);
  grouping.labels = model.labels_of(points);
  renumber(behaviours, grouping);
  measure_apart(points, grouping);
  return grouping;
}

std::vector<std::pair<Feature, bool>> marks_of(const Grouping& grouping, std::size_t group,
                                               std::size_t most) {
  const std::vector<double>& apart = grouping.apart[group];
  std::vector<std::size_t> order(apart.size());
  std::iota(order.begin(), order.end(), 0U);
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return std::abs(apart[a]) > std::abs(apart[b]);
  });
  std::vector<std::pair<Feature, bool>> marks;
  for (const std::size_t at : order) {
    if (std::abs(apart[at]) >= kStandsOut && marks.size() < most) {
      marks.emplace_back(grouping.used[at], apart[at] > 0);
    }
  }
  return marks;
}

Sentence name_of(const Grouping& grouping, std::size_t group) {
  Sentence name;
  for (const auto& [feature, much] : marks_of(grouping, group, 2)) {
    const Words words = much ? kWords[feature].much : kWords[feature].little;
    name.en += (name.en.empty() ? "" : ", ") + std::string(words.en);
    name.zh += (name.zh.empty() ? "" : "、") + std::string(words.zh);
  }
  return name.en.empty() ? Sentence{"close to the average", "接近平均"} : name;
}

}  // namespace huitou::analyses
