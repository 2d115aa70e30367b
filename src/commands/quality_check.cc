// quality check, rules, score: how good the data are, rule by rule.

#include <fmt/format.h>

#include "commands/list.h"
#include "commands/period.h"
#include "commands/rows.h"
#include "commands/shop.h"
#include "quality/quality.h"

namespace huitou::commands {
namespace {

std::int64_t integer_of(const Frame& frame, std::string_view name, std::size_t row) {
  return frame.integer(name, row).value_or(0);
}

std::string score_text(double score) { return fmt::format("{:.1f}", score); }

Note score_note(const quality::Checked& last) {
  if (!last.score) {
    return {"no_orders", {"There are no orders to judge.", "还没有可供评估的订单。"}};
  }
  const std::string score = score_text(*last.score);
  return {"score",
          {fmt::format("The data score {} of 100 over {} orders. Each rule costs its weight times "
                       "the share of rows that break it, and all of it from a named share on.",
                       score, last.orders),
           fmt::format("数据质量得分 {}（满分 100），基于 {} 笔订单。每条规则按违反行占比扣分，"
                       "占比达到上限时扣完该规则的全部分值。",
                       score, last.orders)}};
}

Status add_notes(const Call& call, std::vector<Note>& notes) {
  TRY(const auto last, quality::last_check(*call.shop.store));
  if (!last) {
    notes.push_back({"unchecked",
                     {"The data were not checked yet: run `huitou quality check`.",
                      "数据尚未检查：请运行 `huitou quality check`。"}});
    return {};
  }
  notes.push_back(score_note(*last));
  TRY(const std::string version, data_version(call.shop));
  if (version != std::to_string(last->data_version)) {
    notes.push_back({"stale",
                     {"The data changed since the last check: run `huitou quality check` again.",
                      "上次检查之后数据有变化：请重新运行 `huitou quality check`。"}});
  }
  return {};
}

Frame empty_frame(const std::vector<ColumnCard>& cards) {
  Frame frame;
  for (const ColumnCard& card : cards) {
    const bool whole = card.unit == Unit::count;
    const bool real = card.unit == Unit::number || card.unit == Unit::ratio;
    frame.columns.push_back(make_column(std::string(card.name), whole  ? ColumnType::integer
                                                                : real ? ColumnType::real
                                                                       : ColumnType::text));
  }
  return frame;
}

void push_rule(Frame& frame, const quality::Rule& rule, const Frame& found, std::size_t row) {
  frame.at("rule").push_text(rule.card.name);
  frame.at("title_en").push_text(rule.card.title.en);
  frame.at("title_zh").push_text(rule.card.title.zh);
  frame.at("severity").push_text(quality::severity_name(rule.severity));
  frame.at("advice").push_text(quality::advice_name(rule.advice));
  frame.at("mend").push_text(quality::mend_name(rule.mend));
  const std::int64_t rows = integer_of(found, "rows", row);
  const std::int64_t base = integer_of(found, "base", row);
  frame.at("rows").push_integer(rows);
  frame.at("base").push_integer(base);
  base == 0 ? frame.at("share").push_null()
            : frame.at("share").push_real(static_cast<double>(rows) / static_cast<double>(base));
  frame.at("weight").push_real(rule.weight);
  frame.at("lost").push_real(found.real("lost", row).value_or(0));
  frame.at("grain").push_text(quality::grain_name(rule.grain));
  frame.at("method_en").push_text(rule.card.method.en);
  frame.at("method_zh").push_text(rule.card.method.zh);
}

Result<Answer> rules_answer(const Call& call) {
  Answer answer;
  answer.frame = empty_frame(quality_rules_command.columns);
  TRY(const Frame found, quality::results(*call.shop.store));
  for (const quality::Rule* rule : quality::all()) {
    for (std::size_t row = 0; row < found.rows(); ++row) {
      if (found.text("rule", row) == rule->card.name) push_rule(answer.frame, *rule, found, row);
    }
  }
  answer.columns = columns_of(quality_rules_command.columns);
  TRY(add_notes(call, answer.notes));
  return answer;
}

Result<quality::Settings> read_settings(const Args& args) {
  quality::Settings settings;
  for (const std::string& text : args.list("set")) {
    const std::size_t equals = text.find('=');
    if (equals == std::string::npos) {
      return Error{Code::invalid_input, fmt::format("set = '{}' sets nothing.", text),
                   "Write rule.parameter=value, such as duplicate_orders.minutes=5.",
                   fmt::format("set = “{}”无效。", text),
                   "请写成 规则.参数=值，如 duplicate_orders.minutes=5。"};
    }
    settings[text.substr(0, equals)] = text.substr(equals + 1);
  }
  return settings;
}

Result<Answer> check_data(const Call& call) {
  quality::CheckOptions options{.today = call.today, .now = call.now};
  TRY(options.settings, read_settings(call.args));
  TRY(const std::string version, data_version(call.shop));
  options.data_version = std::stoll(version);
  options.limits = call.shop.settings.limits;
  if (call.args.has("from") || call.args.has("to")) {
    TRY(const metrics::Freshness data, metrics::read_freshness(*call.shop.engine));
    TRY(options.period, read_period(call.args, data));
  }
  TRY(quality::check(*call.shop.engine, *call.shop.store, options, call.progress));
  return rules_answer(call);
}

Result<Answer> score(const Call& call) {
  TRY(Frame frame, quality::checks(*call.shop.store));
  Answer answer = answer_of(std::move(frame), columns_of(quality_score_command.columns));
  TRY(add_notes(call, answer.notes));
  return answer;
}

std::vector<ColumnCard> rule_columns() {
  return {{"rule", Unit::none, Role::dimension, {"Rule", "规则"}},
          {"title_en", Unit::none, Role::detail, {"Title", "名称"}},
          {"title_zh", Unit::none, Role::detail, {"Title", "名称"}},
          {"severity", Unit::none, Role::detail, {"Severity", "程度"}},
          {"advice", Unit::none, Role::detail, {"Advice", "建议"}},
          {"mend", Unit::none, Role::detail, {"To correct first", "首先核对"}},
          {"rows", Unit::count, Role::value, {"Rows", "行数"}},
          {"base", Unit::count, Role::base, {"Of", "总数"}},
          {"share", Unit::ratio, Role::detail, {"Share", "占比"}},
          {"weight", Unit::number, Role::detail, {"Weight", "分值"}},
          {"lost", Unit::number, Role::detail, {"Points lost", "扣分"}},
          {"grain", Unit::none, Role::detail, {"A row is", "一行是"}},
          {"method_en", Unit::none, Role::detail, {"How", "方法"}},
          {"method_zh", Unit::none, Role::detail, {"How", "方法"}}};
}

Param period_param(Param param, Words doc) {
  param.doc = doc;
  return param;
}

}  // namespace

const Command quality_check_command{
    .name = "quality check",
    .title = {"Check the quality of the data", "检查数据质量"},
    .doc =
        {"Looks at all orders with every rule (duplicate and split orders, impossible amounts and "
         "days, test accounts, orphans, missing days and customers ...), counts what breaks it, "
         "gives a score from 0 to 100 and asks the key metrics again without the flagged orders. "
         "It changes no figure.",
         "用全部规则（重复与拆分订单、不可能的金额和日期、测试账号、孤立编号、断档、缺客户等）检查"
         "所有"
         "数据，统计违反的行，给出 0–100 分，并在剔除这些订单后重算关键指标。不改变任何数字。"},
    .kind = Kind::job,
    .params = {{.name = "set",
                .doc = {"rule.parameter=value, for this check", "规则.参数=值，仅用于本次检查"},
                .repeated = true},
               period_param(from_param(), {"first day of the effects; all days if not given",
                                           "计算影响的首日；默认为全部"}),
               period_param(to_param(),
                            {"day after the last of the effects", "计算影响的末日之后一天"})},
    .columns = rule_columns(),
    .examples = {"huitou quality check", "huitou quality check --set duplicate_orders.minutes=5"},
    .run = check_data,
};

const Command quality_rules_command{
    .name = "quality rules",
    .title = {"Quality, rule by rule", "各规则的数据质量"},
    .doc = {"What the last check found: rows that break each rule, their share, and the points "
            "that it costs.",
            "上次检查的结果：各规则的违反行数、占比与扣分。"},
    .live = true,
    .columns = rule_columns(),
    .examples = {"huitou quality rules"},
    .run = rules_answer,
};

const Command quality_score_command{
    .name = "quality score",
    .title = {"Quality over time", "数据质量得分"},
    .doc = {"The score of every check, newest first.", "历次检查的得分，最近的在前。"},
    .live = true,
    .columns = {{"checked_at", Unit::time, Role::dimension, {"Checked at", "检查时间"}},
                {"score", Unit::number, Role::value, {"Score", "得分"}},
                {"orders", Unit::count, Role::base, {"Orders", "订单数"}},
                {"data_version", Unit::none, Role::detail, {"Version", "版本"}}},
    .examples = {"huitou quality score"},
    .run = score,
};

}  // namespace huitou::commands
