#include "analyses/rfm/as_rule.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

#include "base/date.h"

namespace huitou::analyses {
namespace {

/// Values from `least` up to what is below `under`; null has no bound. `nobody`: no value can be.
struct Bounds {
  std::optional<std::int64_t> least{};
  std::optional<std::int64_t> under{};
  bool nobody = false;
};

void at_least(Bounds& bounds, std::int64_t cut) {
  if (cut >= kOutOfReach) bounds.nobody = true;
  if (cut < kOutOfReach && cut > -kOutOfReach) bounds.least = cut;
}
void below(Bounds& bounds, std::int64_t cut) {
  if (cut <= -kOutOfReach) bounds.nobody = true;
  if (cut < kOutOfReach && cut > -kOutOfReach) bounds.under = cut;
}

/// The values whose scores are in the range.
Bounds bounds_of(const Scale& scale, Range range) {
  const int levels = scale.levels();
  const int low = std::max(range.low, 1);
  const int high = std::min(range.high, levels);
  Bounds bounds;
  if (low > high) return {.nobody = true};
  const auto cut = [&](int place) { return scale.cuts[static_cast<std::size_t>(place)].lowest; };
  if (scale.low_is_good) {
    if (low > 1) below(bounds, cut(levels - low));
    if (high < levels) at_least(bounds, cut(levels - high - 1));
  } else {
    if (low > 1) at_least(bounds, cut(low - 2));
    if (high < levels) below(bounds, cut(high - 1));
  }
  return bounds;
}

bool is_within(const Range& inner, const Range& outer) {
  return inner.low >= outer.low && inner.high <= outer.high;
}
bool meet(const Range& a, const Range& b) { return a.low <= b.high && b.low <= a.high; }

const Range& range_of(const Rule& rule, Measure measure) {
  return measure == kDays ? rule.r : measure == kOrders ? rule.f : rule.m;
}

constexpr std::int64_t kMostUnits = 1'000'000'000;  // of a number in a rule; amounts far less
constexpr std::int64_t kMostDays = 36'600;

class Wording {
 public:
  explicit Wording(const Inputs& inputs) : as_of_(inputs.as_of), period_(inputs.period) {}

  /// Conditions of the bounds, joined; empty where they bound nothing.
  std::optional<std::vector<std::string>> conditions(Measure measure, Bounds bounds) const {
    if (bounds.nobody) return std::nullopt;
    std::vector<std::string> out;
    if (measure == kDays) {
      // More days since the last order are an earlier last order.
      if (bounds.least && *bounds.least > kMostDays) return std::nullopt;
      if (bounds.under && *bounds.under <= kMostDays) out.push_back(last_order(">", *bounds.under));
      if (bounds.least) out.push_back(last_order("<=", *bounds.least));
      return out;
    }
    const char* const fact = measure == kOrders ? "orders" : "net_amount";
    if (bounds.least) out.push_back(compared(fact, ">=", value(measure, *bounds.least)));
    if (bounds.under) out.push_back(compared(fact, "<", value(measure, *bounds.under)));
    return out;
  }

  std::string compared(const char* fact, const char* op, const std::string& value) const {
    return condition(fact, period_, op, value);
  }

 private:
  std::string last_order(const char* op, std::int64_t days) const {
    return compared(
        "last_order_on", op,
        format_date(std::max(Date{static_cast<std::int32_t>(as_of_.days - days)}, kFirstDate)));
  }

  static std::string value(Measure measure, std::int64_t value) {
    if (measure == kOrders) return std::to_string(value);
    const std::int64_t size = std::abs(value);
    return fmt::format("{}{}.{:02}", value < 0 ? "-" : "", size / kMinorPerUnit,
                       size % kMinorPerUnit);
  }

  Date as_of_;
  Period period_;
};

using Conditions = std::optional<std::vector<std::string>>;

/// The conditions of a rule on the measures that `asked` says; null where nobody can meet them.
template <typename Asked>
Conditions conditions_of(const Segmentation& segmentation, const Rule& rule, const Wording& words,
                         Asked asked) {
  std::vector<std::string> all;
  for (const Measure measure : {kDays, kOrders, kAmount}) {
    if (!asked(measure)) continue;
    const Conditions some =
        words.conditions(measure, bounds_of(segmentation.scales[measure], range_of(rule, measure)));
    if (!some) return std::nullopt;
    all.insert(all.end(), some->begin(), some->end());
  }
  return all;
}

/// What `rule` leaves to an earlier one, as a condition; empty where they share nobody, null where
/// the earlier one takes all.
std::optional<std::string> without(const Segmentation& segmentation, const Rule& rule,
                                   const Rule& earlier, const Wording& words) {
  for (const Measure measure : {kDays, kOrders, kAmount}) {
    if (!meet(range_of(rule, measure), range_of(earlier, measure))) return "";
  }
  const Conditions taken = conditions_of(segmentation, earlier, words, [&](Measure measure) {
    return !is_within(range_of(rule, measure), range_of(earlier, measure));
  });
  if (!taken) return "";
  if (taken->empty()) return std::nullopt;
  const std::string joined = fmt::format("{}", fmt::join(*taken, " and "));
  return taken->size() == 1 ? "not " + joined : "not (" + joined + ")";
}

std::optional<std::string> rule_in_words(const Segmentation& segmentation, std::size_t place,
                                         const Wording& words) {
  const Rule& rule = segmentation.rules[place];
  Conditions all = conditions_of(segmentation, rule, words, [](Measure) { return true; });
  if (!all) return std::nullopt;
  for (std::size_t i = 0; i < place; ++i) {
    const auto rest = without(segmentation, rule, segmentation.rules[i], words);
    if (!rest) return std::nullopt;
    if (!rest->empty()) all->push_back(*rest);
  }
  all->insert(all->begin(), words.compared("orders", ">=", "1"));
  return fmt::format("{}", fmt::join(*all, " and "));
}

/// Whether the numbers that the rules would hold can be written in one.
bool fits_a_rule(const Scales& scales) {
  for (const Measure measure : {kOrders, kAmount}) {
    for (const Cut& cut : scales[measure].cuts) {
      const std::int64_t size = std::abs(cut.lowest);
      if (size > kMostUnits && size < kOutOfReach) return false;
    }
  }
  return true;
}

/// Whoever bought and has these scores, whatever the rules of the segmentation.
std::optional<std::string> scores_in_words(const Segmentation& segmentation, const Rule& rule,
                                           const Wording& words) {
  Conditions all = conditions_of(segmentation, rule, words, [](Measure) { return true; });
  if (!all) return std::nullopt;
  all->insert(all->begin(), words.compared("orders", ">=", "1"));
  return fmt::format("{}", fmt::join(*all, " and "));
}

}  // namespace

RuleTexts cell_rules(const Segmentation& segmentation, const Inputs& inputs) {
  const bool sayable = can_be_rules(inputs) && fits_a_rule(segmentation.scales);
  const Wording words(inputs);
  RuleTexts rules;
  for (const Scores& cell : grid_cells(segmentation.levels)) {
    const Rule rule{.name = {}, .r = {cell.r, cell.r}, .f = {cell.f, cell.f}, .next_action = {}};
    rules.push_back(sayable ? scores_in_words(segmentation, rule, words) : std::nullopt);
  }
  return rules;
}

RuleTexts segment_rules(const Segmentation& segmentation, const Inputs& inputs) {
  const bool sayable = can_be_rules(inputs) && fits_a_rule(segmentation.scales);
  const Wording words(inputs);
  RuleTexts rules;
  for (std::size_t place = 0; place < segmentation.rules.size(); ++place) {
    rules.push_back(sayable ? rule_in_words(segmentation, place, words) : std::nullopt);
  }
  return rules;
}

}  // namespace huitou::analyses
