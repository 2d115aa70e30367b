// What a campaign cost: advertising, coupons, people.

#include "forms/form.h"

namespace huitou::forms {
namespace {

std::vector<Issue> in_order(const Values& values) {
  const std::string& from = values[2];
  const std::string& until = values[3];
  if (from.empty() || until.empty() || from <= until) return {};
  return {{.field = "spent_until",
           .value = until,
           .what = {"The last day " + until + " is before the first, " + from + ".",
                    "结束日 " + until + " 早于开始日 " + from + "。"},
           .todo = {"Exchange the two days or correct one.", "请调换两个日期或更正其一。"}}};
}

}  // namespace

extern const Form campaign_costs;
const Form campaign_costs{
    .name = "campaign_costs",
    .title = {"Campaign costs", "活动成本"},
    .doc = {"What a campaign cost in a span of days, by kind. Kept for the return of campaigns.",
            "某个活动在一段时间内的各类成本，用于核算活动回报。"},
    .fields = {{.name = "campaign",
                .label = {"Campaign", "活动"},
                .hint = {"as orders name it", "与订单中的活动名称一致"},
                .required = true,
                .key = true,
                .titles = "活动名称|活动编号|campaign id"},
               {.name = "kind",
                .type = FieldType::choice,
                .label = {"Kind", "类别"},
                .required = true,
                .key = true,
                .choices = {{"advertising", {"Advertising", "广告投放"}},
                            {"discounts", {"Discounts and coupons", "优惠与券"}},
                            {"gifts", {"Gifts and samples", "赠品与样品"}},
                            {"messages", {"Messages sent", "短信与推送"}},
                            {"people", {"People", "人工"}},
                            {"other", {"Other", "其他"}}},
                .titles = "成本类别|费用类型|type"},
               {.name = "spent_from",
                .type = FieldType::date,
                .label = {"First day", "开始日"},
                .hint = {"2025-01-31", "2025-01-31"},
                .required = true,
                .key = true,
                .titles = "开始日期|日期|date|from"},
               {.name = "spent_until",
                .type = FieldType::date,
                .label = {"Last day", "结束日"},
                .hint = {"empty: that day alone", "留空表示仅当天"},
                .titles = "结束日期|until"},
               {.name = "cost",
                .type = FieldType::money,
                .label = {"Cost", "成本"},
                .required = true,
                .at_least = 0,
                .at_most = 1e12,
                .titles = "金额|费用|amount"},
               {.name = "remark", .label = {"Remark", "备注"}, .titles = "说明|note"}},
    .check = in_order,
};

}  // namespace huitou::forms
