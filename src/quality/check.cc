#include <algorithm>

#include "quality/effects.h"
#include "quality/flagging.h"
#include "quality/statement.h"

namespace huitou::quality {
namespace {

/// Rules whose flagged rows are orders, where there are any.
std::vector<const Rule*> with_effect(const std::vector<RuleResult>& results) {
  std::vector<const Rule*> rules;
  for (const Rule* rule : all()) {
    const auto found = std::find_if(results.begin(), results.end(), [&](const RuleResult& result) {
      return result.rule == rule->card.name && result.rows > 0;
    });
    if (found != results.end() && rule->grain == Grain::order) rules.push_back(rule);
  }
  return rules;
}

Result<std::optional<Period>> period_of(engine::Engine& engine, const CheckOptions& options) {
  if (options.period) return options.period;
  TRY(const metrics::Freshness data, metrics::read_freshness(engine));
  if (!data.first_on) return std::optional<Period>();
  return std::optional(Period{*data.first_on, std::min(Date{data.last_on->days + 1}, kLastDate)});
}

}  // namespace

Status check(engine::Engine& engine, store::Store& store, const CheckOptions& options,
             const Progress& progress) {
  TRY(const Flagging flagging, flag(engine, all(), options, progress));
  Checked checked{
      .checked_at = options.now, .data_version = options.data_version, .orders = flagging.orders};
  TRY(checked.period, period_of(engine, options));
  std::vector<Effect> effects;
  if (checked.period) {
    double lost = 0;
    for (const RuleResult& result : flagging.results) lost += result.lost;
    checked.score = std::max(0.0, 100.0 - lost);
    TRY(effects, measure_effects(engine, with_effect(flagging.results), *checked.period,
                                 options.limits, progress));
  }
  if (progress.cancelled()) return cancelled();
  return write_check(store, checked, flagging.results, effects);
}

Result<Frame> rows(engine::Engine& engine, std::string_view rule, std::uint64_t limit) {
  if (!rule.empty()) TRY(find(rule));
  TRY(const engine::Query query,
      statement("rows_of_rule",
                {{"rule", std::string(rule)}, {"limit", static_cast<std::int64_t>(limit)}}));
  return engine.query(query);
}

}  // namespace huitou::quality
