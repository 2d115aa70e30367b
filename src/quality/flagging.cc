#include "quality/flagging.h"

#include <algorithm>
#include <charconv>

#include "quality/statement.h"

namespace huitou::quality {
namespace {

constexpr const char* kScratch = "check_flagged";

Error bad_setting(const std::string& name, const std::string& value, const Sentence& hint) {
  return {Code::invalid_input, "'" + name + " = " + value + "' sets nothing.", hint.en,
          "“" + name + " = " + value + "”无效。", hint.zh};
}

Result<engine::Value> value_of(const Param& param, const std::string& name,
                               const std::string& text) {
  const auto number = [&](auto value) -> Result<engine::Value> {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || value < 0) {
      return bad_setting(name, text,
                         {"Give a number that is not negative.", "请给出一个非负的数。"});
    }
    return engine::Value(value);
  };
  switch (param.type) {
    case ParamType::integer:
      return number(std::int64_t{0});
    case ParamType::number:
      return number(0.0);
    case ParamType::date: {
      TRY(const Date date, parse_date(text));
      return engine::Value(date);
    }
    default:
      return engine::Value(text);
  }
}

/// Errors: invalid_input for a setting of no rule.
Status check_names(const Settings& settings) {
  for (const auto& [name, value] : settings) {
    const std::size_t dot = name.find('.');
    const Sentence hint{"Name a rule and its parameter, as duplicate_orders.minutes=5.",
                        "请写出规则与参数，例如 duplicate_orders.minutes=5。"};
    if (dot == std::string::npos) return bad_setting(name, value, hint);
    TRY(const Rule* rule, find(name.substr(0, dot)));
    const bool known = std::any_of(rule->params.begin(), rule->params.end(), [&](const Param& p) {
      return p.name == std::string_view(name).substr(dot + 1);
    });
    if (!known) return bad_setting(name, value, hint);
  }
  return {};
}

class Run {
 public:
  Run(engine::Engine& engine, const CheckOptions& options, const Progress& progress)
      : engine_(engine), options_(options), progress_(progress) {}

  Result<Flagging> look(std::span<const Rule* const> rules) {
    TRY(orders_, count("base_order"));
    engine::TableSpec scratch = schema::table("flagged");
    scratch.name = kScratch;
    scratch.scratch = true;
    TRY(engine_.drop_table(kScratch));
    TRY(engine_.create_table(scratch));
    Flagging flagging{.orders = orders_};
    for (const Rule* rule : rules) {
      if (progress_.cancelled()) return cancelled();
      progress_.report({.stage = {"Looking at rules", "检查规则"},
                        .done = flagging.results.size(),
                        .total = rules.size(),
                        .unit = {"rules", "条规则"}});
      TRY(const engine::Query query, query_of(*rule));
      TRY(engine_.execute(query));
      TRY(RuleResult result, result_of(*rule));
      flagging.results.push_back(result);
    }
    TRY(engine_.replace_partitions("flagged", kScratch, {"all"}));
    TRY(engine_.drop_table(kScratch));
    return flagging;
  }

 private:
  Result<std::int64_t> count(std::string_view name, engine::Params params = {},
                             const schema::Fragments& fragments = {}) {
    TRY(const engine::Query query, statement(name, std::move(params), fragments));
    TRY(const Frame frame, engine_.query(query));
    return frame.integer("rows", 0).value_or(0);
  }

  Result<engine::Query> query_of(const Rule& rule) {
    engine::Params params{{"rule", std::string(rule.card.name)},
                          {"today", options_.today},
                          {"all_orders", static_cast<double>(orders_)}};
    for (const Param& param : rule.params) {
      const std::string name = std::string(rule.card.name) + "." + std::string(param.name);
      const auto given = options_.settings.find(name);
      const std::string text =
          given == options_.settings.end() ? std::string(param.fallback) : given->second;
      TRY(engine::Value value, value_of(param, name, text));
      params[std::string(param.name)] = std::move(value);
    }
    const std::string quick(body_of(embedded("sql/quick_customers.sql")));
    TRY(engine::Query query, statement("flag", std::move(params),
                                       {{"broken", "(" + std::string(rule.sql) + ") AS broken"},
                                        {"quick_customers", "(" + quick + ")"}}));
    query.limits = options_.limits;
    return query;
  }

  Result<RuleResult> result_of(const Rule& rule) {
    RuleResult result{.rule = rule.card.name};
    TRY(result.rows,
        count("count_flagged", {{"rule", std::string(rule.card.name)}}, {{"table", kScratch}}));
    auto& base = bases_[rule.grain];
    if (!base) {
      TRY(base, count("base_" + std::string(grain_name(rule.grain))));
    }
    result.base = *base;
    if (*base > 0) {
      const double share = static_cast<double>(result.rows) / static_cast<double>(*base);
      result.lost = rule.weight * std::min(1.0, share / rule.full_share);
    }
    return result;
  }

  engine::Engine& engine_;
  const CheckOptions& options_;
  const Progress& progress_;
  std::int64_t orders_ = 0;
  std::map<Grain, std::optional<std::int64_t>> bases_;
};

}  // namespace

Error cancelled() {
  return {Code::conflict, "The check was cancelled.", "Start it again.", "检查已取消。",
          "请重新开始。"};
}

Result<Flagging> flag(engine::Engine& engine, std::span<const Rule* const> rules,
                      const CheckOptions& options, const Progress& progress) {
  TRY(check_names(options.settings));
  return Run(engine, options, progress).look(rules);
}

}  // namespace huitou::quality
