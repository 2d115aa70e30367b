#include "quality/effects.h"

#include <array>

#include "quality/statement.h"

namespace huitou::quality {
namespace {

constexpr std::array<std::string_view, 4> kMetrics{"repurchase_rate", "net_amount", "buyers",
                                                   "average_order_value"};

/// The orders that the rules flagged, as a set of keys.
constexpr const char* kFlagged =
    "SELECT key FROM flagged WHERE has({left_out_rules:Array(String)}, rule)";

using Figures = std::vector<std::optional<double>>;

class Asker {
 public:
  Asker(engine::Engine& engine, metrics::Question question, metrics::Freshness data)
      : engine_(engine), question_(std::move(question)), data_(std::move(data)) {}

  Result<Figures> without(const engine::TextList& rules) {
    metrics::Question question = question_;
    if (!rules.empty()) {
      question.left_out = kFlagged;
      question.left_out_params = {{"left_out_rules", rules}};
    }
    TRY(const Answer answer, metrics::ask(engine_, question, data_));
    Figures figures;
    for (const std::string_view name : kMetrics) {
      figures.push_back(answer.frame.rows() == 0 ? std::nullopt : answer.frame.real(name, 0));
    }
    return figures;
  }

 private:
  engine::Engine& engine_;
  metrics::Question question_;
  metrics::Freshness data_;
};

void add(std::vector<Effect>& effects, std::string_view rule, const Figures& all,
         const Figures& without) {
  for (std::size_t i = 0; i < kMetrics.size(); ++i) {
    effects.push_back({rule, kMetrics[i], all[i], without[i]});
  }
}

}  // namespace

std::span<const std::string_view> key_metrics() { return kMetrics; }

Result<std::vector<Effect>> measure_effects(engine::Engine& engine,
                                            const std::vector<const Rule*>& rules, Period period,
                                            const engine::Limits& limits,
                                            const Progress& progress) {
  metrics::Question question{.period = period, .limits = limits};
  for (const std::string_view name : kMetrics) {
    TRY(const metrics::Metric* metric, metrics::find(name));
    question.metrics.push_back(metric);
  }
  TRY(metrics::Freshness data, metrics::read_freshness(engine));
  Asker asker(engine, std::move(question), std::move(data));
  TRY(const Figures all, asker.without({}));
  std::vector<Effect> effects;
  engine::TextList advised;
  for (const Rule* rule : rules) {
    progress.report({.stage = {"Measuring effects", "计算影响"},
                     .done = effects.size() / kMetrics.size(),
                     .total = rules.size(),
                     .unit = {"rules", "条规则"}});
    TRY(const Figures without, asker.without({std::string(rule->card.name)}));
    add(effects, rule->card.name, all, without);
    if (rule->advice == Advice::quarantine) advised.emplace_back(rule->card.name);
  }
  if (!advised.empty()) {
    TRY(const Figures without, asker.without(advised));
    add(effects, kAdvised, all, without);
  }
  return effects;
}

}  // namespace huitou::quality
