#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <numeric>

#include "analyses/as_rule.h"
#include "analyses/common.h"
#include "analyses/stage_words.h"
#include "math/interval.h"

namespace huitou::analyses {

extern const Analysis stage_migration;

namespace {

using stages::Stage;

/// Customers by stage at the end, as the engine numbers them; 0 is none.
using Row = std::array<std::int64_t, stages::kStages + 1>;
/// And by stage at the beginning; 0: in none before.
using Table = std::array<Row, stages::kStages + 1>;
constexpr Words kNew{"New", "新客"};
constexpr Words kNone{"None", "无阶段"};

constexpr ColumnCard kColumns[] = {
    {"stage_before", Unit::none, Role::dimension, {"From", "期初阶段（英文）"}},
    {"stage_before_zh", Unit::none, Role::detail, {"From (Chinese)", "期初阶段"}},
    {"stage_after", Unit::none, Role::series, {"To", "期末阶段（英文）"}},
    {"stage_after_zh", Unit::none, Role::detail, {"To (Chinese)", "期末阶段"}},
    {"share", Unit::ratio, Role::value, {"Share of those who began there", "占期初该阶段客户"}},
    {"share_low", Unit::ratio, Role::low, {"Lower end (95 %)", "下限（95%）"}},
    {"share_high", Unit::ratio, Role::high, {"Upper end (95 %)", "上限（95%）"}},
    {"customers", Unit::count, Role::detail, {"Customers", "客户数"}},
    {"customers_before",
     Unit::count,
     Role::base,
     {"Customers who began there", "期初该阶段客户数"}}};

/// The period; where no beginning is given, the last `active_days` days.
Period period_of(const Inputs& inputs, const stages::Limits& limits) {
  const bool given = inputs.values.find("from") != inputs.values.end();
  return given ? inputs.period
               : Period{Date{inputs.period.to.days - static_cast<int>(limits.active_days)},
                        inputs.period.to};
}

Result<Table> read_table(const Inputs& inputs, const stages::Limits& limits, Period period) {
  TRY(const Frame rows,
      read_stage_moves(inputs, limits, {std::max(period.from, kFirstDate), period.to}));
  Table table{};
  for (std::size_t row = 0; row < rows.rows(); ++row) {
    const auto before = static_cast<std::size_t>(rows.at("stage_before").integers()[row]);
    const auto after = static_cast<std::size_t>(rows.at("stage_after").integers()[row]);
    table.at(before).at(after) = rows.at("customers").integers()[row];
  }
  return table;
}

std::int64_t sum_of(const Row& row) {
  return std::accumulate(row.begin(), row.end(), std::int64_t{0});
}

std::size_t number_of(std::optional<Stage> stage) {
  return stage ? static_cast<std::size_t>(*stage) + 1 : 0;
}

/// The rows of the answer: each stage there is at the beginning, then the newcomers (none).
std::vector<std::optional<Stage>> beginnings(const stages::Limits& limits) {
  const std::vector<Stage> stages = stages::stages_of(limits);
  std::vector<std::optional<Stage>> all(stages.begin(), stages.end());
  all.emplace_back();
  return all;
}

/// The cells of a row: each stage there is at the end. Only the potential can come to be in none.
std::vector<std::optional<Stage>> ends(const stages::Limits& limits, std::optional<Stage> before) {
  std::vector<std::optional<Stage>> all = beginnings(limits);
  if (before != Stage::potential) all.pop_back();
  return all;
}

void push_cell(Answer& answer, std::int64_t customers, std::int64_t all) {
  auto& columns = answer.frame.columns;
  push(columns[4], ratio(customers, all));
  const auto interval =
      all == 0
          ? std::nullopt
          : std::optional(math::wilson({static_cast<double>(customers), static_cast<double>(all)}));
  push(columns[5], interval ? std::optional(interval->low) : std::nullopt);
  push(columns[6], interval ? std::optional(interval->high) : std::nullopt);
  columns[7].push_integer(customers);
  columns[8].push_integer(all);
}

Answer answer_of(const Table& table, const stages::Limits& limits) {
  Answer answer = empty_answer(kColumns, View::heatmap);
  auto& columns = answer.frame.columns;
  for (const std::optional<Stage> before : beginnings(limits)) {
    const Row& row = table.at(number_of(before));
    const Words from = before ? stages::words(*before) : kNew;
    for (const std::optional<Stage> after : ends(limits, before)) {
      const Words to = after ? stages::words(*after) : kNone;
      columns[0].push_text(from.en);
      columns[1].push_text(from.zh);
      columns[2].push_text(to.en);
      columns[3].push_text(to.zh);
      push_cell(answer, row.at(number_of(after)), sum_of(row));
    }
  }
  return answer;
}

std::string rule_of(std::optional<Stage> stage, Date close, const stages::Limits& limits) {
  return stage ? stage_as_rule(*stage, close, limits) : no_stage_as_rule(close, limits);
}

RuleTexts rules_of(const Inputs& inputs, Period period, const stages::Limits& limits) {
  RuleTexts rules;
  const Date begin = std::max(period.from, kFirstDate);
  for (const std::optional<Stage> before : beginnings(limits)) {
    for (const std::optional<Stage> after : ends(limits, before)) {
      if (!can_be_rules(inputs)) {
        rules.emplace_back();
        continue;
      }
      rules.emplace_back(rule_of(before, begin, limits) + " and " +
                         rule_of(after, period.to, limits));
    }
  }
  return rules;
}

Note instants(Period period) {
  const std::string before = format_date(Date{period.from.days - 1});
  const std::string after = format_date(Date{period.to.days - 1});
  return {"instants",
          {fmt::format("Stages at the close of {} and of {}.", before, after),
           fmt::format("阶段取自 {} 与 {} 当日结束时。", before, after)}};
}

Result<Answer> run(const Inputs& inputs) {
  const Arguments arguments(stage_migration.params, inputs.values);
  TRY(const stages::Limits limits, limits_of(arguments, inputs));
  const Period period = period_of(inputs, limits);
  TRY(const Table table, read_table(inputs, limits, period));
  if (std::all_of(table.begin() + 1, table.end(),
                  [](const Row& row) { return sum_of(row) == 0; })) {
    return not_enough_data(
        {fmt::format("No known customer ordered before {}.", format_date(period.from)),
         fmt::format("{} 之前没有可识别客户的订单。", format_date(period.from))},
        {"Choose a later from or another status.", "请选择更晚的 from，或更换 status。"});
  }
  Answer answer = answer_of(table, limits);
  if (wants_rules(inputs)) add_rules(answer, rules_of(inputs, period, limits));
  answer.notes.push_back(instants(period));
  answer.notes.push_back(stages_note(limits));
  return answer;
}

std::vector<Param> make_params() {
  std::vector<Param> params = stages::limit_params();
  params.push_back(with_rule_param());
  return params;
}

}  // namespace

const Analysis stage_migration{
    {"stage_migration",
     {"Stage migration", "客户阶段迁移"},
     {"Of the active, sleeping and lost customers, how many were in which stage a while later?",
      "活跃、沉睡与流失客户，过一段时间后分别处于哪个阶段？"},
     {"Each customer's stage by the limits of the shop, at the close of the day before from "
      "and of the last day of the period. New: in no stage before from; None: potential before, "
      "and "
      "in no stage after. Without from, the period is "
      "the last active_days days. Share = customers with both stages / customers with the first, "
      "with Wilson's interval.",
      "按店铺的阶段设置确定每位客户的阶段，分别取 from "
      "前一天结束时与时段最后一天结束时。新客指期初不处于任何阶段；“无阶段”指期初为潜在、期末不处于"
      "任何阶段；未给出 from 时，时段为最近 "
      "active_days 天。占比 = 同时处于两阶段的客户数 / 期初处于该阶段的客户数，区间采用 Wilson "
      "方法。"},
     View::heatmap},
    make_params(),
    {std::begin(kColumns), std::end(kColumns)},
    run};

}  // namespace huitou::analyses
