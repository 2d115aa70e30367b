#include <fmt/format.h>

#include "analyses/common.h"
#include "analyses/rfm/as_rule.h"
#include "analyses/rfm/members.h"
#include "analyses/rfm/report.h"
#include "analyses/rfm/rules.h"
#include "analyses/rfm/scoring.h"

// Two pictures of the same three numbers a customer as in RFM, each with scales of its own: so the
// cut points are whole numbers, and a list of members asks the engine with the same ones.

namespace huitou::analyses {

extern const Analysis value_activity;

namespace {

constexpr Words kSubject{"value_activity", "价值与活跃度分析"};

enum class Form { quadrants, groups };
enum class Activity { orders, recency };
enum class Split { mean, median, own };

const Range kAny{1, kBins};
const Range kLow{1, 1};
const Range kHigh{2, 2};

/// Value is the M score, activity the F or the R score.
std::vector<Rule> quadrant_rules(Activity activity) {
  const auto rule = [&](Sentence name, Range active, Range value, Sentence action) {
    return activity == Activity::orders
               ? Rule{std::move(name), kAny, active, value, std::move(action)}
               : Rule{std::move(name), active, kAny, value, std::move(action)};
  };
  return {rule({"High activity, high value", "高活跃高价值"}, kHigh, kHigh,
               {"Keep them: privileges, new things first, referrals.",
                "重点维系：专属权益、新品优先、邀请转介绍。"}),
          rule({"High activity, low value", "高活跃低价值"}, kHigh, kLow,
               {"Raise the amount per order: bundles, larger packs, a second category.",
                "提高客单：组合购、大规格、第二品类。"}),
          rule({"Low activity, high value", "低活跃高价值"}, kLow, kHigh,
               {"Bring them back in person before they are gone: remind, call, best offer.",
                "趁未流失尽快唤回：专人提醒、最优方案。"}),
          rule({"At risk of loss", "流失风险"}, kLow, kLow,
               {"One cheap attempt, then leave them in peace.", "低成本唤回一次，之后减少打扰。"})};
}

/// R: 1 lost, 2 on the edge, 3 recent. F: 1 one order, 2 a few, 3 many. The first that fits wins.
std::vector<Rule> group_rules() {
  return {{{"Lost", "已流失"},
           {1, 1},
           kAny,
           kAny,
           {"One cheap last attempt.", "低成本尝试最后一次召回。"}},
          {{"On the edge of loss", "流失边缘"},
           {2, 2},
           kAny,
           kAny,
           {"Act now: a limited offer on what they bought before.",
            "立即行动：针对曾购商品的限时优惠。"}},
          {{"High repurchase", "高复购"},
           kAny,
           {3, 3},
           kAny,
           {"Reward them and ask for referrals.", "给予礼遇，邀请转介绍。"}},
          {{"Low repurchase", "低复购"},
           kAny,
           {2, 2},
           kAny,
           {"Make it a habit: membership, reminders by their own cycle.",
            "养成习惯：入会、按个人周期提醒。"}},
          {{"One order", "一次客"},
           kAny,
           {1, 1},
           kAny,
           {"Lead to the second order within the usual gap.", "在常规周期内促成第二单。"}}};
}

Scale cut_at(std::int64_t lowest, bool low_is_good) {
  return {{{lowest, static_cast<double>(lowest)}}, low_is_good};
}

/// High activity: so many orders or more; so many days since the last one or fewer.
Result<Scales> own_scales(const Arguments& arguments) {
  TRY(const std::int64_t value, arguments.integer("value_at"));
  TRY(const std::int64_t orders, arguments.integer("orders_at"));
  TRY(const std::int64_t days, arguments.integer("days_at"));
  return Scales{cut_at(days + 1, true), cut_at(orders, false),
                cut_at(value * kMinorPerUnit, false)};
}

Result<Segmentation> quadrants(const Arguments& arguments, const Histories& histories) {
  TRY(const std::size_t activity_at, arguments.choice("activity"));
  TRY(const std::size_t split, arguments.choice("threshold"));
  const auto activity = static_cast<Activity>(activity_at);
  Segmentation found;
  found.rules = quadrant_rules(activity);
  found.levels = 2;
  if (static_cast<Split>(split) == Split::own) {
    TRY(found.scales, own_scales(arguments));
  } else {
    found.scales = two_level_scales(
        histories, static_cast<Split>(split) == Split::mean ? Threshold::mean : Threshold::median,
        kMinorPerUnit);
  }
  found.scales[activity == Activity::orders ? kDays : kOrders].cuts.clear();
  return found;
}

Result<Segmentation> groups(const Arguments& arguments) {
  TRY(const std::int64_t many, arguments.integer("many_orders"));
  TRY(const std::int64_t edge, arguments.integer("edge_days"));
  TRY(const std::int64_t lost, arguments.integer("lost_days"));
  if (edge >= lost) {
    return invalid_input({fmt::format("edge_days is {} and lost_days {}.", edge, lost),
                          fmt::format("edge_days 为 {}，lost_days 为 {}。", edge, lost)},
                         {"Customers are lost later than they are on the edge: give a larger "
                          "lost_days.",
                          "流失的天数应大于流失边缘的天数：请调大 lost_days。"});
  }
  Segmentation found;
  found.rules = group_rules();
  found.levels = 3;
  found.scales[kDays] = {
      {{edge + 1, static_cast<double>(edge)}, {lost + 1, static_cast<double>(lost)}}, true};
  found.scales[kOrders] = {{{2, 2}, {many, static_cast<double>(many)}}, false};
  return found;
}

std::string money(double minor) { return fmt::format("{:.2f}", minor / kMinorPerUnit); }

/// Where high begins, in words.
Note thresholds(const Scales& scales) {
  const std::string value = money(scales[kAmount].cuts[0].shown);
  if (!scales[kOrders].cuts.empty()) {
    const std::string orders = short_number(scales[kOrders].cuts[0].shown, 2);
    return {"thresholds",
            {fmt::format("High value: an amount of {} or more; high activity: {} orders or more.",
                         value, orders),
             fmt::format("高价值：金额不低于 {}；高活跃：订单不少于 {} 笔。", value, orders)}};
  }
  const std::int64_t lowest = scales[kDays].cuts[0].lowest - 1;
  return {"thresholds",
          {fmt::format("High value: an amount of {} or more; high activity: {} days or fewer since "
                       "the last order.",
                       value, with_commas(lowest)),
           fmt::format("高价值：金额不低于 {}；高活跃：距上次下单不超过 {} 天。", value,
                       with_commas(lowest))}};
}

Note partition() {
  return {"partition",
          {"Each customer is in one group, the first that fits: lost, on the edge, then by the "
           "number of orders.",
           "每位客户只归入一组，先匹配者优先：已流失、流失边缘，其次按订单数。"}};
}

Result<Answer> run(const Inputs& inputs) {
  const Arguments arguments(value_activity.params, inputs.values);
  TRY(const std::size_t show, arguments.choice("show"));
  TRY(const std::int64_t limit, arguments.integer("limit"));
  TRY(const Histories histories, read_histories(inputs, kSubject));
  const bool squares = static_cast<Form>(show) == Form::quadrants;
  TRY(Segmentation segmentation, squares ? quadrants(arguments, histories) : groups(arguments));
  if (!arguments.text("segment").empty()) {
    return list_members(inputs, segmentation, {arguments.text("segment"), limit});
  }
  segmentation.cells = fill_cells(histories, segmentation.scales);
  Answer answer = segment_table(segmentation);
  if (wants_rules(inputs)) add_rules(answer, segment_rules(segmentation, inputs));
  answer.notes.push_back(squares ? thresholds(segmentation.scales) : partition());
  return answer;
}

Param whole_number(std::string_view name, Words doc, std::string_view fallback, double at_least) {
  return {.name = name,
          .type = ParamType::integer,
          .doc = doc,
          .fallback = fallback,
          .at_least = at_least,
          .at_most = 1e9};
}

std::vector<Param> make_params() {
  std::vector<Param> params{
      {"show",
       ParamType::choice,
       {"value against activity, or groups by orders and silence",
        "价值 × 活跃度四象限，或按订单数与沉寂天数分组"},
       "quadrants",
       {"quadrants", "groups"}},
      {"activity",
       ParamType::choice,
       {"quadrants: activity by orders or by days since the last one",
        "四象限：活跃度取订单数，或距上次下单天数"},
       "orders",
       {"orders", "recency"}},
      {"threshold",
       ParamType::choice,
       {"quadrants: high begins at the mean, the median or own numbers",
        "四象限：高低以均值、中位数或自定数值划分"},
       "mean",
       {"mean", "median", "own"}},
      whole_number("value_at",
                   {"own: high value begins at this amount, in whole currency units",
                    "自定：金额达到多少元为高价值"},
                   "1000", 0),
      whole_number("orders_at",
                   {"own: high activity begins at so many orders", "自定：订单达到几笔为高活跃"},
                   "3", 1),
      whole_number("days_at",
                   {"own: high activity ends so many days after the last order",
                    "自定：距上次下单不超过几天为高活跃"},
                   "90", 0),
      whole_number(
          "many_orders",
          {"groups: high repurchase begins at so many orders", "分组：订单达到几笔为高复购"}, "4",
          3),
      whole_number("edge_days",
                   {"groups: on the edge after more days than this without an order",
                    "分组：超过几天未下单为流失边缘"},
                   "90", 1),
      whole_number("lost_days",
                   {"groups: lost after more days than this", "分组：超过几天未下单为已流失"},
                   "180", 2)};
  for (Param& param : member_list_params()) params.push_back(std::move(param));
  params.push_back(with_rule_param());
  return params;
}

}  // namespace

const Analysis value_activity{
    {"value_activity",
     {"Value and activity", "价值与活跃度"},
     {"Who is valuable and active, who is valuable but silent, and who is about to be lost?",
      "谁既有价值又活跃，谁有价值却沉寂，谁正在流失的边缘？"},
     {"Quadrants: value = amount in the period, activity = orders in the period or days since the "
      "last one; high is at least the mean (median, own number), of days at most. Groups, the "
      "first that fits: lost and on the edge by the days since the last order, then high "
      "repurchase, low repurchase and one order by the number of orders. New, returning, "
      "resurrected and dormant customers by period: lifecycle.",
      "四象限：价值 = 时段内金额，活跃度 = "
      "时段内订单数或距上次下单天数；不低于均值（中位数、自定值）"
      "为高，天数则为不超过。分组按先后匹配：先按距上次下单天数判定已流失与流失边缘，再按订单数判定"
      "高复购、低复购与一次客。各时段的新客、连续活跃、回流与沉默见 lifecycle。"},
     View::bars},
    make_params(),
    {segment_columns().begin(), segment_columns().end()},
    run};

}  // namespace huitou::analyses
