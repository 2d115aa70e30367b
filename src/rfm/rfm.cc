#include "rfm/rfm.h"

#include <algorithm>

#include "base/result.h"

namespace huitou::rfm {
namespace {

std::int64_t floor_div(std::int64_t a, std::int64_t b) { return a / b - (a % b < 0 ? 1 : 0); }
std::int64_t ceil_div(std::int64_t a, std::int64_t b) { return -floor_div(-a, b); }

/// The quantile (type 7) of `part / parts`, times `parts`: a whole number. The values at ranks
/// below `begin` must be no larger than the rest; on return this holds for the quantile's rank.
template <typename Number>
std::int64_t quantile_times(std::vector<Number>& values, std::size_t part, std::size_t parts,
                            std::size_t& begin) {
  const std::size_t position = (values.size() - 1) * part;
  const std::size_t below = position / parts;
  const auto rest = static_cast<std::int64_t>(position % parts);
  const auto at = [&](std::size_t rank) {
    return values.begin() + static_cast<std::ptrdiff_t>(rank);
  };
  std::nth_element(at(begin), at(below), values.end());
  begin = below;
  const std::int64_t low = *at(below);
  if (rest == 0) {
    return low * static_cast<std::int64_t>(parts);
  }
  const std::int64_t high = *std::min_element(at(below + 1), values.end());
  return low * static_cast<std::int64_t>(parts) + rest * (high - low);
}

template <typename Number>
Scale five_bin_scale(std::vector<Number> values, std::int64_t unit) {
  Scale scale;
  std::size_t begin = 0;
  for (std::size_t fifth = 1; fifth < kBins; ++fifth) {
    const std::int64_t fifths = quantile_times(values, fifth, kBins, begin) + kBins * unit;
    scale.cuts.push_back({ceil_div(fifths, kBins), static_cast<double>(fifths) / kBins});
  }
  return scale;
}

template <typename Number>
Scale split_scale(std::vector<Number> values, Threshold threshold, bool low_is_good) {
  std::int64_t numerator = 0;
  auto denominator = static_cast<std::int64_t>(values.size());
  if (threshold == Threshold::mean) {
    for (const Number value : values) {
      numerator += value;
    }
  } else {
    std::size_t begin = 0;
    numerator = quantile_times(values, 1, 2, begin);
    denominator = 2;
  }
  const std::int64_t lowest =
      low_is_good ? floor_div(numerator, denominator) + 1 : ceil_div(numerator, denominator);
  const double shown = static_cast<double>(numerator) / static_cast<double>(denominator);
  return {{{lowest, shown}}, low_is_good};
}

/// A split of the scores of `fine` becomes a split of the values behind them.
Scale split_of_scores(const Scale& fine, std::span<const int> scores, Threshold threshold) {
  const Threshold plain = threshold == Threshold::score_mean ? Threshold::mean : Threshold::median;
  const Scale split =
      split_scale(std::vector<std::int32_t>(scores.begin(), scores.end()), plain, false);
  const auto needed = static_cast<std::size_t>(split.cuts[0].lowest);  // from 1 to kBins
  Scale scale{{}, fine.low_is_good};
  if (needed == 1) {
    const bool nobody_passes = fine.low_is_good;
    scale.cuts.push_back({nobody_passes ? kOutOfReach : -kOutOfReach, split.cuts[0].shown});
  } else {
    const std::size_t cut = fine.low_is_good ? kBins - needed : needed - 2;
    scale.cuts.push_back({fine.cuts[cut].lowest, split.cuts[0].shown});
  }
  return scale;
}

std::vector<int> scores_on(const Scale& scale, const Histories& histories, Measure measure) {
  std::vector<int> scores(histories.size());
  for (std::size_t i = 0; i < scores.size(); ++i) {
    scores[i] = scale.score(measure == kDays     ? histories.days_since_last_order[i]
                            : measure == kOrders ? histories.orders[i]
                                                 : histories.amount_minor[i]);
  }
  return scores;
}

}  // namespace

int Scale::score(std::int64_t value) const {
  int passed = 0;
  for (const Cut& cut : cuts) {
    passed += value >= cut.lowest ? 1 : 0;
  }
  return low_is_good ? levels() - passed : 1 + passed;
}

Scales five_bin_scales(const Histories& histories, std::int64_t minor_per_unit) {
  CHECK(histories.size() > 0);
  Scales scales{five_bin_scale(histories.days_since_last_order, 1),
                five_bin_scale(histories.orders, 1),
                five_bin_scale(histories.amount_minor, minor_per_unit)};
  scales[kDays].low_is_good = true;
  return scales;
}

Scales two_level_scales(const Histories& histories, Threshold threshold,
                        std::int64_t minor_per_unit) {
  CHECK(histories.size() > 0);
  if (threshold == Threshold::mean || threshold == Threshold::median) {
    return {split_scale(histories.days_since_last_order, threshold, true),
            split_scale(histories.orders, threshold, false),
            split_scale(histories.amount_minor, threshold, false)};
  }
  Scales scales = five_bin_scales(histories, minor_per_unit);
  for (const Measure measure : {kDays, kOrders, kAmount}) {
    scales[measure] =
        split_of_scores(scales[measure], scores_on(scales[measure], histories, measure), threshold);
  }
  return scales;
}

}  // namespace huitou::rfm
