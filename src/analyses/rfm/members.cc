#include "analyses/rfm/members.h"

#include <fmt/format.h>

#include <algorithm>

#include "analyses/common.h"

namespace huitou::analyses {
namespace {

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
  params["levels"] = std::int64_t{segmentation.scales[kDays].levels()};
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

}  // namespace

Result<Histories> read_histories(const Inputs& inputs, Words subject) {
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
        {fmt::format("{} needs {} customers; this selection has {}.", subject.en, kLeastCustomers,
                     histories.size()),
         fmt::format("{}至少需要 {} 位客户；当前范围只有 {} 位。", subject.zh, kLeastCustomers,
                     histories.size())},
        {"Widen the period or choose another status.", "请扩大时段，或更换 status。"});
  }
  return histories;
}

Result<std::vector<Rule>> choose_rules(Convention convention, const std::string& own) {
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
  TRY(std::vector<Rule> rules, parse_rules(own));
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

std::vector<Param> convention_params() {
  return {{"convention",
           ParamType::choice,
           {"five-bin scores with the classic bounds or those of rfm 0.3, eight Chinese segments, "
            "or own rules",
            "五分位打分（经典或 rfm 0.3 的界限）、八分群或自定义规则"},
           "classic",
           {"classic", "rfm_0_3", "eight", "rules"}},
          {"threshold",
           ParamType::choice,
           {"where the eight segments split: mean or median of the values, or of their scores",
            "八分群的切分阈值：取值或分值的均值、中位数"},
           "mean",
           {"mean", "median", "score_mean", "score_median"}},
          {"rules",
           ParamType::text,
           {"own rules, the first that fits wins: 'Champions: r 4-5, f 4-5; Asleep: r 1; Rest:'",
            "自定义规则，先匹配者优先：“冠军: r 4-5, f 4-5; 沉睡: r 1; 其他:”"}}};
}

std::vector<Param> member_list_params() {
  return {{"segment",
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

Result<Answer> list_members(const Inputs& inputs, const Segmentation& segmentation,
                            const MemberQuestion& question) {
  TRY(const std::size_t rule, find_segment(segmentation.rules, question.segment));
  engine::Params params = member_params(inputs, segmentation, rule);
  params["limit"] = question.limit;
  Answer answer = empty_list();
  if (std::get<engine::IntegerList>(params["cells"]).empty()) {
    return answer;  // an array without elements has no type that both engines agree on
  }
  TRY(const engine::Query query, build_query(inputs, "rfm/members.sql", {std::move(params), {}}));
  TRY(const Frame rows, inputs.engine.query(query));
  answer.frame.append(rows);
  return answer;
}

}  // namespace huitou::analyses
