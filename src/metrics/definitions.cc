#include <fmt/format.h>

#include "metrics/metrics.h"

namespace huitou::metrics {
namespace {

struct Variant {
  StatusPolicy status;
  std::optional<bool> merge_days;
};

constexpr StatusPolicy kPolicies[] = {StatusPolicy::all, StatusPolicy::paid, StatusPolicy::net};

/// Does asking the metric in this way differ from asking it as it is defined?
bool is_meant(const Metric& metric, const Variant& variant) {
  if (metric.status && *metric.status != variant.status) {
    return false;
  }
  return !variant.merge_days || (metric.uses.merge_days && *variant.merge_days != metric.by_day);
}

class Rows {
 public:
  Rows(Unit unit, Language language) : unit_(unit), language_(language) {}

  void add(const Metric& metric, const Variant& variant, const Answer& answer) {
    const std::string name(metric.card.name);
    const bool merged = variant.merge_days.value_or(metric.by_day);
    metric_.push_text(name);
    definition_.push_text(metric.card.method.in(language_));
    status_.push_text(schema::status_policy_name(variant.status));
    merge_.push_text(merged ? Words{"yes", "是"}.in(language_) : Words{"no", "否"}.in(language_));
    push(value_, answer.frame, name);
    push(numerator_, answer.frame, name + "_numerator");
    push(base_, answer.frame, name + "_base");
    differs_.push_text(metric.differs.in(language_));
  }

  Answer answer() && {
    Answer answer;
    answer.columns = {{"metric", Unit::none, Role::dimension, {"Metric", "指标"}},
                      {"definition", Unit::none, Role::detail, {"Definition", "定义"}},
                      {"status", Unit::none, Role::detail, {"Status", "订单状态"}},
                      {"merge_days", Unit::none, Role::detail, {"Days merged", "按天合并"}},
                      {"value", unit_, Role::value, {"Value", "数值"}},
                      {"numerator", Unit::number, Role::detail, {"Numerator", "分子"}},
                      {"base", Unit::number, Role::base, {"Denominator", "分母"}},
                      {"differs", Unit::none, Role::detail, {"Why it differs", "差异原因"}}};
    for (Column* column :
         {&metric_, &definition_, &status_, &merge_, &value_, &numerator_, &base_, &differs_}) {
      answer.frame.columns.push_back(std::move(*column));
    }
    return answer;
  }

 private:
  static void push(Column& column, const Frame& frame, const std::string& name) {
    const auto value = frame.has(name) ? frame.real(name, 0) : std::nullopt;
    if (value) {
      column.push_real(*value);
    } else {
      column.push_null();
    }
  }

  Unit unit_;
  Language language_;
  Column metric_ = make_column("metric", ColumnType::text);
  Column definition_ = make_column("definition", ColumnType::text);
  Column status_ = make_column("status", ColumnType::text);
  Column merge_ = make_column("merge_days", ColumnType::text);
  Column value_ = make_column("value", ColumnType::real);
  Column numerator_ = make_column("numerator", ColumnType::real);
  Column base_ = make_column("base", ColumnType::real);
  Column differs_ = make_column("differs", ColumnType::text);
};

struct Asked {
  Variant variant;
  std::vector<const Metric*> metrics;
  Answer answer;
};

Result<std::vector<Asked>> ask_variants(engine::Engine& engine, const Question& base,
                                        const std::vector<const Metric*>& members) {
  TRY(const Freshness data, read_freshness(engine));
  std::vector<Asked> asked;
  for (const StatusPolicy status : kPolicies) {
    for (const std::optional<bool> merge :
         {std::optional<bool>(), std::optional(true), std::optional(false)}) {
      Question question = base;
      question.metrics.clear();
      const Variant variant{status, merge};
      for (const Metric* metric : members) {
        if (is_meant(*metric, variant)) {
          question.metrics.push_back(metric);
        }
      }
      if (question.metrics.empty()) {
        continue;
      }
      question.switches.status = status;
      question.switches.merge_days = merge;
      TRY(Answer answer, ask(engine, question, data));
      asked.push_back({variant, question.metrics, std::move(answer)});
    }
  }
  return asked;
}

}  // namespace

Result<Answer> definitions(engine::Engine& engine, std::string_view name, const Question& question,
                           Language language) {
  TRY(const std::vector<const Metric*> members, family(name));
  Question base = question;
  base.by.reset();
  base.dimensions.clear();
  base.comparison = Comparison::none;
  TRY(const std::vector<Asked> asked, ask_variants(engine, base, members));
  Rows rows(members.front()->unit, language);
  std::vector<Note> notes;
  for (const Metric* metric : members) {
    for (const Asked& one : asked) {
      for (const Metric* answered : one.metrics) {
        if (answered == metric) {
          rows.add(*metric, one.variant, one.answer);
        }
      }
      if (metric == members.front() && one.variant.status == question.switches.status &&
          !one.variant.merge_days) {
        notes = one.answer.notes;
      }
    }
  }
  Answer answer = std::move(rows).answer();
  answer.notes = std::move(notes);
  return answer;
}

}  // namespace huitou::metrics
