#include "analyses/analyses.h"

#include <fmt/format.h>

#include <algorithm>

#include "analyses/common.h"

namespace huitou::analyses {
namespace {

Result<Overview> read_overview(const Inputs& inputs) {
  TRY(const engine::Query query, build_query(inputs, "overview.sql"));
  TRY(const Frame frame, inputs.engine.query(query));
  CHECK(frame.rows() == 1);
  const auto number = [&](std::string_view name) { return frame.integer(name, 0).value_or(0); };
  return Overview{Date{static_cast<std::int32_t>(number("first_on"))},
                  Date{static_cast<std::int32_t>(number("last_on"))}, number("orders"),
                  number("orders_without_customer")};
}

Error no_orders(Date as_of) {
  const std::string day = format_date(as_of);
  return not_enough_data({fmt::format("There is no order that counts before {}.", day),
                          fmt::format("{} 之前没有计入统计的订单。", day)},
                         {"Load orders, choose a later as_of or another status.",
                          "请加载订单，或选择更晚的 as_of，或更换 status。"});
}

/// The part of [from, to) that the data can speak of.
Result<Period> read_period(const Arguments& arguments, const Inputs& inputs) {
  const Date end = inputs.as_of;
  TRY(const auto from, arguments.date("from"));
  TRY(const auto to, arguments.date("to"));
  const Period given{from.value_or(inputs.overview.first_on), std::min(to.value_or(end), end)};
  if (given.from < given.to) {
    return given;
  }
  return invalid_input(
      {fmt::format("The period from {} to {} (not included) has no day before {}.",
                   format_date(given.from), format_date(to.value_or(end)),
                   format_date(inputs.as_of)),
       fmt::format("{} 至 {}（不含）之间没有早于 {} 的日期。", format_date(given.from),
                   format_date(to.value_or(end)), format_date(inputs.as_of))},
      {"Choose from before to, and both within the data.",
       "请让 from 早于 to，并位于数据范围内。"});
}

Error no_orders_to_filter() {
  return invalid_input({"A filter chooses orders, and this analysis counts answers and tickets.",
                        "filter 用于筛选订单，而本分析统计的是答卷与工单。"},
                       {"Leave it out; `by` splits by channel.", "请去掉它；可用 by 按渠道拆分。"});
}

/// Without `as_of`: the day after the last order, or all up to today where no order is asked for.
Date default_as_of(const Analysis& analysis, const Overview& overview, Date tomorrow) {
  return analysis.of_orders ? Date{overview.last_on.days + 1} : tomorrow;
}

}  // namespace

Result<const Analysis*> find(std::string_view name) {
  std::string names;
  for (const Analysis* analysis : all()) {
    if (analysis->card.name == name) {
      return analysis;
    }
    names += fmt::format("{}{}", names.empty() ? "" : ", ", analysis->card.name);
  }
  return Error{Code::not_found, fmt::format("There is no analysis '{}'.", name),
               fmt::format("There are: {}.", names), fmt::format("没有名为“{}”的分析。", name),
               fmt::format("现有分析：{}。", names)};
}

std::span<const Param> common_params() {
  static const std::vector<Param> kParams{
      {"as_of",
       ParamType::date,
       {"nothing of this day or later is read; the day after the last order if not given",
        "不读取当日及之后的数据；默认为最后一个订单日的次日"}},
      {"from",
       ParamType::date,
       {"first day of the period; the first day with an order if not given",
        "时段的第一天；默认为第一个有订单的日期"}},
      {"to",
       ParamType::date,
       {"day after the period; as_of if not given", "时段结束的次日；默认为 as_of"}},
      {"status",
       ParamType::choice,
       {"which orders count: all, paid (before refunds), delivered, or net of refunds",
        "计入哪些订单：all 全部，paid 已支付（退款前），delivered 已签收，net 扣除退款"},
       "net",
       {"all", "paid", "delivered", "net"}},
      {.name = "filter",
       .doc = {"only orders with this value: channel=天猫; give it again for a second value or "
               "dimension",
               "只统计符合条件的订单，如 channel=天猫；多个值或维度请重复给出"},
       .repeated = true}};
  return kParams;
}

Result<Answer> answer(const Analysis& analysis, const Request& request) {
  const Arguments common(common_params(), request.values);
  TRY(const auto as_of, common.date("as_of"));
  TRY(common.choice("status"));
  const Date tomorrow{std::min(request.today.days + 1, kLastDate.days)};
  const Date end = std::min(as_of.value_or(tomorrow), tomorrow);
  Inputs inputs{request.engine,
                request.values,
                request.limits,
                request.currency,
                end,
                {},
                *schema::parse_status_policy(common.text("status")),
                request.week_start,
                {},
                request.void_runs,
                request.library,
                request.time_zone,
                {},
                request.stages,
                request.hours};
  TRY(inputs.filters, metrics::parse_filters(common.list("filter")));
  TRY(metrics::check_filters(inputs.filters, false));
  if (!analysis.of_orders && !inputs.filters.empty()) {
    return no_orders_to_filter();
  }
  TRY(inputs.overview, read_overview(inputs));
  if (analysis.of_orders && inputs.overview.orders == 0) {
    return no_orders(end);
  }
  inputs.as_of = as_of.has_value() ? end : default_as_of(analysis, inputs.overview, tomorrow);
  TRY(inputs.period, read_period(common, inputs));
  TRY(Answer result, analysis.run(inputs));
  result.currency = request.currency;
  const bool counts_all =
      analysis.counts_strangers != nullptr && analysis.counts_strangers(request.values);
  if (analysis.of_orders && !counts_all) {
    note_orders_without_customer(inputs.overview, result.notes);
  }
  return result;
}

}  // namespace huitou::analyses
