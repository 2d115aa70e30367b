#include "analyses/portrait/differences.h"

#include <algorithm>
#include <boost/math/distributions/normal.hpp>
#include <cmath>

#include "base/result.h"
#include "math/false_discoveries.h"

namespace huitou::analyses {
namespace {

/// Somebody, but too few to be shown.
bool is_few(std::int64_t people, std::int64_t least) { return people > 0 && people < least; }

bool is_few(const GroupCounts& cell, std::int64_t least) {
  return is_few(cell.inside, least) || is_few(cell.outside, least);
}

/// What the shown cells leave over for the hidden ones.
GroupCounts sum_of_hidden(const PortraitFeature& feature, const std::vector<bool>& hidden) {
  GroupCounts sum;
  for (std::size_t cell = 0; cell < feature.cells.size(); ++cell) {
    if (!hidden[cell]) continue;
    sum.inside += feature.cells[cell].inside;
    sum.outside += feature.cells[cell].outside;
  }
  return sum;
}

/// Cells with too few people, and as many of the smallest others as it takes for the rest not to
/// say how few they are.
std::vector<bool> hidden_cells(const PortraitFeature& feature, const GroupCounts& all,
                               std::int64_t least) {
  const auto& cells = feature.cells;
  std::vector<bool> hidden;
  for (const GroupCounts& cell : cells) hidden.push_back(is_few(cell, least));
  if (cells.size() == 1) {
    const GroupCounts others{all.inside - cells[0].inside, all.outside - cells[0].outside};
    hidden[0] = hidden[0] || is_few(others, least);
    return hidden;
  }
  while (is_few(sum_of_hidden(feature, hidden), least)) {
    std::size_t smallest = cells.size();
    for (std::size_t cell = 0; cell < cells.size(); ++cell) {
      const auto size = [&](std::size_t at) { return cells[at].inside + cells[at].outside; };
      if (!hidden[cell] && (smallest == cells.size() || size(cell) < size(smallest))) {
        smallest = cell;
      }
    }
    if (smallest == cells.size()) break;
    hidden[smallest] = true;
  }
  return hidden;
}

double standard_normal_beyond(double z) {
  return 2 * boost::math::cdf(
                 boost::math::complement(boost::math::normal_distribution<double>(), std::abs(z)));
}

/// Nobody on one side leaves one end open.
LiftInterval lift_interval(const GroupCounts& cell, const GroupCounts& all) {
  const bool none = cell.inside == 0 || cell.outside == 0;
  const double more = none ? 0.5 : 0;
  const double in = static_cast<double>(cell.inside) + more;
  const double out = static_cast<double>(cell.outside) + more;
  const double insiders = static_cast<double>(all.inside) + more;
  const double outsiders = static_cast<double>(all.outside) + more;
  const double z = boost::math::quantile(boost::math::normal_distribution<double>(), 0.975);
  const double half = z * std::sqrt(1 / in - 1 / insiders + 1 / out - 1 / outsiders);
  const double lift = (in / insiders) / (out / outsiders);
  LiftInterval interval{lift * std::exp(-half), lift * std::exp(half)};
  if (cell.inside == 0) interval.low = 0;
  if (cell.outside == 0) interval.high = std::nullopt;
  return interval;
}

CellDifference compared(const GroupCounts& cell, const GroupCounts& all) {
  const auto in = static_cast<double>(cell.inside);
  const auto out = static_cast<double>(cell.outside);
  const auto insiders = static_cast<double>(all.inside);
  const auto outsiders = static_cast<double>(all.outside);
  CellDifference row{.counts = cell, .share = in / insiders, .other_share = out / outsiders};
  if (cell.outside > 0) row.lift = row.share / row.other_share;
  row.lift_interval = lift_interval(cell, all);
  const double pooled = (in + out) / (insiders + outsiders);
  const double variance = pooled * (1 - pooled) * (1 / insiders + 1 / outsiders);
  if (variance > 0) {
    row.p = standard_normal_beyond((row.share - row.other_share) / std::sqrt(variance));
  }
  return row;
}

void control_false_discoveries(std::vector<CellDifference>& cells) {
  std::vector<double> p_values;
  for (const CellDifference& cell : cells) p_values.push_back(cell.p);
  const std::vector<double> rates = math::false_discovery_rates(p_values);
  for (std::size_t i = 0; i < cells.size(); ++i) cells[i].q = rates[i];
}

/// How far the lift surely is from 1, as a logarithm; 0 where 1 may be it.
double sure_distance(const CellDifference& cell) {
  const LiftInterval& interval = cell.lift_interval;
  const double above = interval.low > 0 ? std::log(interval.low) : 0;
  return std::max({0.0, above, interval.high ? -std::log(*interval.high) : 0});
}

}  // namespace

Differences differences_of(const std::vector<PortraitFeature>& features, const GroupCounts& all,
                           std::int64_t least) {
  CHECK(all.inside > 0 && all.outside > 0);
  Differences out;
  for (std::size_t feature = 0; feature < features.size(); ++feature) {
    const std::vector<bool> hidden = hidden_cells(features[feature], all, least);
    for (std::size_t cell = 0; cell < hidden.size(); ++cell) {
      const GroupCounts& counts = features[feature].cells[cell];
      if (hidden[cell]) ++out.hidden;
      if (hidden[cell] || counts.inside + counts.outside == 0) continue;
      out.cells.push_back(compared(counts, all));
      out.cells.back().feature = feature;
      out.cells.back().cell = cell;
    }
  }
  control_false_discoveries(out.cells);
  std::stable_sort(out.cells.begin(), out.cells.end(),
                   [](const CellDifference& a, const CellDifference& b) {
                     const double first = sure_distance(a), second = sure_distance(b);
                     return first != second ? first > second : a.q < b.q;
                   });
  return out;
}

}  // namespace huitou::analyses
