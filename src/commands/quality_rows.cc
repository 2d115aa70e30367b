// quality effects, rows: what the flagged rows do to the figures, and which they are.

#include <fmt/format.h>

#include <cmath>

#include "commands/list.h"
#include "commands/rows.h"
#include "commands/shop.h"
#include "metrics/metrics.h"
#include "quality/quality.h"

namespace huitou::commands {
namespace {

constexpr Words kAdvisedTitle{"All that should be quarantined", "全部建议隔离的订单"};

/// "buyers" without the flagged orders beside all of them: a rate changes by points, the rest by a
/// share of what it was.
void push_change(Frame& frame, Unit unit, std::optional<double> value,
                 std::optional<double> without) {
  Column& column = frame.at("change");
  const bool rate = unit == Unit::ratio;
  if (!value || !without || (!rate && *value == 0)) {
    column.push_null();
  } else {
    column.push_real(rate ? *without - *value : (*without - *value) / std::abs(*value));
  }
  frame.at("change_unit").push_text(unit_name(rate ? Unit::points : Unit::ratio));
}

Status push_effect(Frame& frame, const Frame& found, std::size_t row) {
  const std::string name = found.text("rule", row).value_or("");
  Words title = kAdvisedTitle;
  if (name != quality::kAdvised) {
    TRY(const quality::Rule* rule, quality::find(name));
    title = rule->card.title;
  }
  TRY(const metrics::Metric* metric, metrics::find(found.text("metric", row).value_or("")));
  frame.at("rule").push_text(name);
  frame.at("title_en").push_text(title.en);
  frame.at("title_zh").push_text(title.zh);
  frame.at("metric").push_text(metric->card.name);
  frame.at("metric_en").push_text(metric->card.title.en);
  frame.at("metric_zh").push_text(metric->card.title.zh);
  frame.at("unit").push_text(unit_name(metric->unit));
  const auto value = found.real("value", row);
  const auto without = found.real("without", row);
  value ? frame.at("value").push_real(*value) : frame.at("value").push_null();
  without ? frame.at("without").push_real(*without) : frame.at("without").push_null();
  push_change(frame, metric->unit, value, without);
  return {};
}

Note period_note(const std::optional<quality::Checked>& last) {
  if (!last || !last->period) {
    return {"unchecked",
            {"The data were not checked yet: run `huitou quality check`.",
             "数据尚未检查：请运行 `huitou quality check`。"}};
  }
  const std::string from = format_date(last->period->from);
  const std::string to = format_date(Date{last->period->to.days - 1});
  return {
      "period",
      {fmt::format("Figures of {} to {}, as they are and without the flagged orders.", from, to),
       fmt::format("{} 至 {} 的指标：现值，与剔除这些订单之后的值。", from, to)}};
}

Result<Answer> effects(const Call& call) {
  Answer answer;
  for (const ColumnCard& card : quality_effects_command.columns) {
    const bool real = card.name == "value" || card.name == "without" || card.name == "change";
    answer.frame.columns.push_back(
        make_column(std::string(card.name), real ? ColumnType::real : ColumnType::text));
  }
  const std::string wanted = call.args.text("rule");
  TRY(const Frame found, quality::effects(*call.shop.store));
  for (std::size_t row = 0; row < found.rows(); ++row) {
    if (wanted.empty() || found.text("rule", row) == wanted) {
      TRY(push_effect(answer.frame, found, row));
    }
  }
  answer.columns = columns_of(quality_effects_command.columns);
  answer.currency = call.shop.settings.currency;
  TRY(const auto last, quality::last_check(*call.shop.store));
  answer.notes.push_back(period_note(last));
  return answer;
}

std::vector<std::string_view> rule_names() {
  std::vector<std::string_view> names;
  for (const quality::Rule* rule : quality::all()) names.push_back(rule->card.name);
  return names;
}

Param rule_param(bool positional) {
  return {.name = "rule",
          .type = ParamType::choice,
          .doc = {"only this rule", "只看该规则"},
          .choices = rule_names(),
          .positional = positional};
}

Result<Answer> flagged_rows(const Call& call) {
  TRY(Frame frame, quality::rows(*call.shop.engine, call.args.text("rule"),
                                 static_cast<std::uint64_t>(call.args.integer("limit"))));
  Column unit = make_column("unit", ColumnType::text);
  for (std::size_t row = 0; row < frame.rows(); ++row) {
    TRY(const quality::Rule* rule, quality::find(frame.text("rule", row).value_or("")));
    unit.push_text(unit_name(rule->value_unit));
  }
  frame.columns.push_back(std::move(unit));
  const bool none = frame.rows() == 0;
  Answer answer = answer_of(std::move(frame), columns_of(quality_rows_command.columns));
  answer.currency = call.shop.settings.currency;
  if (none) {
    answer.notes.push_back(
        {"nothing", {"The last check flagged no row.", "上次检查没有发现违反规则的行。"}});
  }
  return answer;
}

}  // namespace

const Command quality_effects_command{
    .name = "quality effects",
    .title = {"What flagged orders do to the figures", "问题订单对指标的影响"},
    .doc = {"The key metrics with all orders and without those that a rule flagged in the last "
            "check; last, without all that should be quarantined.",
            "关键指标：全部订单的值，与剔除各规则所标记订单之后的值；最后是剔除全部建议隔离订单之后"
            "的值。"},
    .live = true,
    .params = {{.name = "rule", .doc = {"only this rule", "只看该规则"}}},
    .columns = {{"rule", Unit::none, Role::dimension, {"Rule", "规则"}},
                {"title_en", Unit::none, Role::detail, {"Title", "名称"}},
                {"title_zh", Unit::none, Role::detail, {"Title", "名称"}},
                {"metric", Unit::none, Role::series, {"Metric", "代码"}},
                {"metric_en", Unit::none, Role::detail, {"Metric", "指标"}},
                {"metric_zh", Unit::none, Role::detail, {"Metric", "指标"}},
                {"unit", Unit::none, Role::detail, {"Unit", "单位"}},
                {"value", Unit::none, Role::value, {"As it is", "现值"}},
                {"without", Unit::none, Role::value, {"Without", "剔除后"}},
                {"change", Unit::none, Role::detail, {"Change", "变化"}},
                {"change_unit", Unit::none, Role::detail, {"Unit of the change", "变化的单位"}}},
    .examples = {"huitou quality effects", "huitou quality effects --rule test_accounts"},
    .run = effects,
};

const Command quality_rows_command{
    .name = "quality rows",
    .title = {"Rows that break a rule", "违反规则的行"},
    .doc = {"What the last check flagged, newest day first. `key` is what the rule says a row is: "
            "the order, the product, the store, the channel.",
            "上次检查标记的行，日期新的在前。`key` 视规则而定：订单、商品、门店或渠道的编号。"},
    .live = true,
    .params = {rule_param(true),
               {.name = "limit",
                .type = ParamType::integer,
                .doc = {"most rows shown", "最多显示行数"},
                .fallback = "1000",
                .at_least = 1,
                .at_most = 100000}},
    .columns = {{"rule", Unit::none, Role::dimension, {"Rule", "规则"}},
                {"key", Unit::none, Role::detail, {"Key", "编号"}},
                {"customer_id", Unit::none, Role::detail, {"Customer", "客户"}},
                {"ordered_on", Unit::date, Role::detail, {"Day", "日期"}},
                {"value", Unit::none, Role::value, {"Value", "值"}},
                {"unit", Unit::none, Role::detail, {"Unit", "单位"}}},
    .examples = {"huitou quality rows duplicate_orders", "huitou quality rows --limit 20"},
    .run = flagged_rows,
};

}  // namespace huitou::commands
