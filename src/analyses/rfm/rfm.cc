#include <fmt/format.h>

#include <algorithm>

#include "analyses/common.h"
#include "analyses/rfm/report.h"
#include "analyses/rfm/rules.h"
#include "analyses/rfm/scoring.h"

// One pass over the orders. Cut points at exact quantiles need every customer's three numbers, and
// asking the engine for the cut points first and for the scores then reads and groups all orders
// twice (0.9 s + 0.7 s for 20 million orders). So three numbers a customer (2 million: 32 MB) cross
// the border once, and cut points, scores and sums of the 125 cells are made here. Only a list of
// members asks again: the engine scores with the same cut points, which are whole numbers.

namespace huitou::analyses {

extern const Analysis rfm;

namespace {

constexpr std::int64_t kMinorPerUnit = 100;
constexpr std::size_t kLeastCustomers = 20;

enum class Convention { classic, rfm_0_3, eight, rules };
enum class Form { segment, cell, cuts };

Result<Histories> read_histories(const Inputs& inputs) {
  TRY(engine::Query query,
      build_query(inputs, "rfm/customers.sql",
                  {{{"from", inputs.period.from}, {"to", inputs.period.to}}, {}}));
  Histories histories;
  TRY(inputs.engine.stream(query, [&](const Frame& batch) -> Status {
    const auto& days = batch.at("days_since_last_order").integers();
    const auto& orders = batch.at("orders").integers();
    const auto& amounts = batch.at("amount_minor").integers();
    for (const std::int64_t day : days) {
      histories.days_since_last_order.push_back(static_cast<std::int32_t>(day));
    }
    histories.orders.insert(histories.orders.end(), orders.begin(), orders.end());
    histories.amount_minor.insert(histories.amount_minor.end(), amounts.begin(), amounts.end());
    return {};
  }));
  if (histories.size() < kLeastCustomers) {
    return not_enough_data(
        {fmt::format("rfm needs {} customers; this selection has {}.", kLeastCustomers,
                     histories.size()),
         fmt::format("RFM 分析至少需要 {} 位客户；当前范围只有 {} 位。", kLeastCustomers,
                     histories.size())},
        {"Widen the period or choose another status.", "请扩大时段，或更换 status。"});
  }
  return histories;
}

Result<std::vector<Rule>> choose_rules(Convention convention, const Arguments& arguments) {
  switch (convention) {
    case Convention::classic:
      return classic_rules();
    case Convention::rfm_0_3:
      return rfm_0_3_rules();
    case Convention::eight:
      return eight_rules();
    case Convention::rules:
      break;
  }
  TRY(std::vector<Rule> rules, parse_rules(arguments.text("rules")));
  const auto taken = assign_cells(rules, kBins);
  if (std::find(taken.begin(), taken.end(), kNoRule) != taken.end()) {
    Rule rest = classic_rules().back();
    const bool taken_name = std::any_of(rules.begin(), rules.end(), [&](const Rule& rule) {
      return rule.name.en == rest.name.en || rule.name.en == rest.name.zh;
    });
    if (taken_name) {
      rest.name = {"No rule fits", "未命中任何规则"};
    }
    rules.push_back(rest);
  }
  return rules;
}

Result<std::size_t> find_segment(const std::vector<Rule>& rules, const std::string& name) {
  Sentence names;
  for (std::size_t rule = 0; rule < rules.size(); ++rule) {
    if (rules[rule].name.en == name || rules[rule].name.zh == name) {
      return rule;
    }
    names.en += (rule == 0 ? "" : ", ") + rules[rule].name.en;
    names.zh += (rule == 0 ? "" : "、") + rules[rule].name.zh;
  }
  return Error{Code::not_found, fmt::format("There is no segment '{}'.", name),
               fmt::format("There are: {}.", names.en), fmt::format("没有名为“{}”的分群。", name),
               fmt::format("现有分群：{}。", names.zh)};
}

engine::Params member_params(const Inputs& inputs, const Segmentation& segmentation,
                             std::size_t rule) {
  engine::Params params{{"from", inputs.period.from}, {"to", inputs.period.to}};
  params["levels"] = std::int64_t{segmentation.levels};
  const char* const names[] = {"days", "orders", "amount"};
  for (const Measure measure : {kDays, kOrders, kAmount}) {
    const auto& cuts = segmentation.scales[measure].cuts;
    for (std::size_t cut = 0; cut < kBins - 1; ++cut) {
      params[fmt::format("{}_{}", names[measure], cut + 1)] =
          cut < cuts.size() ? cuts[cut].lowest : kOutOfReach;
    }
  }
  engine::IntegerList cells;
  const auto taken = assign_cells(segmentation.rules, segmentation.levels);
  for (std::size_t cell = 0; cell < kCells; ++cell) {
    const Scores scores = scores_of(cell);
    if (taken[cell] == rule) {
      cells.push_back(scores.r * 100 + scores.f * 10 + scores.m);
    }
  }
  params["cells"] = std::move(cells);
  return params;
}

Answer empty_list() {
  Answer answer;
  answer.columns = {{"customer_id", Unit::none, Role::detail, {"Customer", "客户编号"}},
                    {"customer_key", Unit::none, Role::dimension, {"Customer key", "客户标识"}},
                    {"r", Unit::count, Role::detail, {"R score", "R 分值"}},
                    {"f", Unit::count, Role::detail, {"F score", "F 分值"}},
                    {"m", Unit::count, Role::detail, {"M score", "M 分值"}},
                    {"days_since_last_order",
                     Unit::days,
                     Role::detail,
                     {"Days since last order", "距上次下单天数"}},
                    {"orders", Unit::count, Role::detail, {"Orders", "订单数"}},
                    {"amount_minor", Unit::minor, Role::value, {"Amount", "金额"}}};
  for (const AnswerColumn& column : answer.columns) {
    const bool text = column.name == "customer_key";
    answer.frame.columns.push_back(
        make_column(column.name, text ? ColumnType::text : ColumnType::integer));
  }
  return answer;
}

Result<Answer> list_members(const Inputs& inputs, const Segmentation& segmentation,
                            const Arguments& arguments) {
  TRY(const std::size_t rule, find_segment(segmentation.rules, arguments.text("segment")));
  TRY(const std::int64_t limit, arguments.integer("limit"));
  engine::Params params = member_params(inputs, segmentation, rule);
  params["limit"] = limit;
  Answer answer = empty_list();
  if (std::get<engine::IntegerList>(params["cells"]).empty()) {
    return answer;  // an array without elements has no type that both engines agree on
  }
  TRY(const engine::Query query, build_query(inputs, "rfm/members.sql", {std::move(params), {}}));
  TRY(const Frame rows, inputs.engine.query(query));
  answer.frame.append(rows);
  return answer;
}

Result<Answer> run(const Inputs& inputs) {
  const Arguments arguments(rfm.params, inputs.values);
  TRY(const std::size_t convention_index, arguments.choice("convention"));
  TRY(const std::size_t threshold, arguments.choice("threshold"));
  TRY(const std::size_t form, arguments.choice("by"));
  const auto convention = static_cast<Convention>(convention_index);
  Segmentation segmentation;
  TRY(segmentation.rules, choose_rules(convention, arguments));
  TRY(const Histories histories, read_histories(inputs));
  const bool two_levels = convention == Convention::eight;
  segmentation.levels = two_levels ? 2 : kBins;
  segmentation.scales =
      two_levels ? two_level_scales(histories, static_cast<Threshold>(threshold), kMinorPerUnit)
                 : five_bin_scales(histories, kMinorPerUnit);
  if (!arguments.text("segment").empty()) {
    return list_members(inputs, segmentation, arguments);
  }
  segmentation.cells = fill_cells(histories, segmentation.scales);
  Answer answer = static_cast<Form>(form) == Form::segment ? segment_table(segmentation)
                  : static_cast<Form>(form) == Form::cell  ? cell_table(segmentation)
                                                           : cut_table(segmentation);
  answer.notes = notes_on(segmentation);
  return answer;
}

std::vector<Param> make_params() {
  return {{"convention",
           ParamType::choice,
           {"five-bin scores with the classic bounds or those of rfm 0.3, eight Chinese segments, "
            "or own rules",
            "五分位打分（classic 或 rfm_0_3 边界）、八分群（eight）或自定义规则（rules）"},
           "classic",
           {"classic", "rfm_0_3", "eight", "rules"}},
          {"threshold",
           ParamType::choice,
           {"where `eight` splits: mean or median of the values, or of their scores",
            "八分群的切分阈值：取值或分值的均值、中位数"},
           "mean",
           {"mean", "median", "score_mean", "score_median"}},
          {"rules",
           ParamType::text,
           {"own rules, the first that fits wins: 'Champions: r 4-5, f 4-5; Asleep: r 1; Rest:'",
            "自定义规则，先匹配者优先：“冠军: r 4-5, f 4-5; 沉睡: r 1; 其他:”"}},
          {"by",
           ParamType::choice,
           {"a row for each segment, each pair of R and F scores, or each cut point",
            "按分群、按 R×F 分值格，或按切分点输出"},
           "segment",
           {"segment", "cell", "cuts"}},
          {"segment",
           ParamType::text,
           {"list the customers of this segment instead", "改为列出该分群的客户"}},
          {.name = "limit",
           .type = ParamType::integer,
           .doc = {"how many customers are listed, highest amounts first",
                   "列出的客户数上限，金额高者在前"},
           .fallback = "100",
           .at_least = 1,
           .at_most = 10000}};
}

}  // namespace

const Analysis rfm{
    {"rfm",
     {"RFM segments", "RFM 客户分群"},
     {"Who are the best customers, who is leaving, and what is to be done with each group?",
      "谁是最有价值的客户，谁正在流失，每类客户该怎么运营？"},
     {"Each customer is scored by days since the last order (R), orders (F) and amount (M); the "
      "scores name the segment. Five bins: cut points at the 20, 40, 60, 80 % quantiles (type 7) "
      "plus one unit, as the R package rfm. eight: high or low against mean or median.",
      "按距上次下单天数（R）、订单数（F）、金额（M）为每位客户打分，由分值确定分群。五分位：以 "
      "20/40/60/80% "
      "分位数（第 7 类）加一个单位为切分点，与 R 语言 rfm "
      "包一致；八分群：与均值或中位数比较高低。"},
     View::bars},
    make_params(),
    {segment_columns().begin(), segment_columns().end()},
    run};

}  // namespace huitou::analyses
