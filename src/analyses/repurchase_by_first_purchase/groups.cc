#include "analyses/repurchase_by_first_purchase/groups.h"

#include <algorithm>

#include "math/survival.h"

namespace huitou::analyses {
namespace {

math::Share share_of(const Returns& returns) {
  return {static_cast<double>(returns.returned), static_cast<double>(returns.customers)};
}

void add(Months& months, const Months& more) {
  for (const auto& [month, returns] : more) {
    months[month].add(returns);
  }
}

}  // namespace

Returns sum_of(const Months& months) {
  Returns sum;
  for (const auto& [month, returns] : months) {
    sum.add(returns);
  }
  return sum;
}

Returns rest_of(const Returns& all, const Returns& group) {
  return {all.customers - group.customers, all.returned - group.returned};
}

std::optional<double> rate_of(const Returns& returns) {
  if (returns.customers == 0) {
    return std::nullopt;
  }
  return static_cast<double>(returns.returned) / static_cast<double>(returns.customers);
}

Comparison compare(const Months& group, const Months& all) {
  const Returns one = sum_of(group);
  const Returns rest = rest_of(sum_of(all), one);
  Comparison comparison;
  if (one.customers == 0 || rest.customers == 0) {
    return comparison;
  }
  comparison.raw = math::difference_of(share_of(one), share_of(rest));
  std::vector<math::Layer> layers;
  for (const auto& [month, everybody] : all) {
    const auto found = group.find(month);
    const Returns mine = found == group.end() ? Returns{} : found->second;
    layers.push_back({share_of(mine), share_of(rest_of(everybody, mine))});
  }
  comparison.within_months = math::difference_within(layers);
  return comparison;
}

std::vector<Months> split_at(const Numbers& numbers, std::int64_t threshold) {
  std::vector<Months> groups(2);
  for (const auto& [number, months] : numbers) {
    add(groups[number >= threshold ? 0 : 1], months);
  }
  return groups;
}

Quarters quarters_of(const Numbers& numbers) {
  std::vector<math::ValueCount> counts;
  for (const auto& [number, months] : numbers) {
    const std::int64_t customers = sum_of(months).customers;
    if (customers > 0) {
      counts.push_back({number, customers});
    }
  }
  Quarters quarters;
  for (const double share : {0.25, 0.5, 0.75}) {
    quarters.cuts.push_back(math::quantile_of_counts(counts, share).value_or(0));
  }
  quarters.groups.resize(quarters.cuts.size() + 1);
  for (const auto& [number, months] : numbers) {
    const auto below = [&](double cut) { return cut < static_cast<double>(number); };
    const auto group = std::count_if(quarters.cuts.begin(), quarters.cuts.end(), below);
    add(quarters.groups[static_cast<std::size_t>(group)], months);
  }
  return quarters;
}

}  // namespace huitou::analyses
