// Contacts with service that no help desk has: at the counter, on the telephone, on paper.

#include <algorithm>

#include "forms/form.h"

namespace huitou::forms {
namespace {

std::vector<Issue> in_order(const Values& values) {
  const std::string& opened = values[1];
  const std::string& closed = values[4];
  const std::size_t both = std::min(opened.size(), closed.size());  // a day may have no time
  if (closed.empty() || closed.substr(0, both) >= opened.substr(0, both)) return {};
  return {{.field = "closed_at",
           .value = closed,
           .what = {"It was closed at " + closed + ", before it was opened at " + opened + ".",
                    "关闭时间 " + closed + " 早于创建时间 " + opened + "。"},
           .todo = {"Correct one of the two.", "请更正其中之一。"}}};
}

}  // namespace

extern const Form tickets;
const Form tickets{
    .name = "tickets",
    .title = {"Offline tickets", "线下工单"},
    .doc = {"Contacts with service that no system has; written into the table of tickets.",
            "没有系统记录的客服接触，写入工单表。"},
    .fields = {{.name = "ticket_key",
                .label = {"Number", "工单编号"},
                .hint = {"empty: the next number is given", "留空则自动编号"},
                .key = true,
                .fills = "ticket_key",
                .titles = "工单号|编号|ticket id|ticket no"},
               {.name = "opened_at",
                .type = FieldType::moment,
                .label = {"Opened at", "创建时间"},
                .hint = {"2025-01-31 or 2025-01-31 14:30", "2025-01-31 或 2025-01-31 14:30"},
                .required = true,
                .fills = "opened_at",
                .titles = "工单时间|日期|时间|date|opened"},
               {.name = "customer_key",
                .type = FieldType::customer,
                .label = {"Customer", "客户"},
                .hint = {"member number as in orders; empty: not known",
                         "与订单一致的会员号；留空表示未知"},
                .fills = "customer_key",
                .titles = "会员号|客户编号|member|customer id"},
               {.name = "reason",
                .label = {"Reason", "原因"},
                .required = true,
                .fills = "reason",
                .titles = "咨询原因|问题类型"},
               {.name = "closed_at",
                .type = FieldType::moment,
                .label = {"Closed at", "关闭时间"},
                .hint = {"empty: still open", "留空表示未关闭"},
                .fills = "closed_at",
                .titles = "解决时间|closed"},
               {.name = "first_reply_minutes",
                .type = FieldType::integer,
                .label = {"Minutes to the first reply", "首次回复分钟"},
                .at_least = 0,
                .at_most = 1e6,
                .fills = "first_reply_minutes",
                .titles = "首响分钟"},
               {.name = "complaint",
                .type = FieldType::truth,
                .label = {"Complaint", "是否投诉"},
                .fills = "complaint",
                .titles = "投诉|is_complaint"},
               {.name = "satisfaction",
                .type = FieldType::integer,
                .label = {"Satisfaction", "满意度"},
                .hint = {"1 to 5", "1 到 5"},
                .at_least = 1,
                .at_most = 5,
                .fills = "satisfaction",
                .titles = "评分"},
               {.name = "channel",
                .label = {"Channel", "渠道"},
                .hint = {"counter, telephone ...", "柜台、电话等"},
                .fills = "channel"},
               {.name = "store_key",
                .type = FieldType::store,
                .label = {"Store", "门店"},
                .fills = "store_key",
                .titles = "门店编号|store id"}},
    .table = "tickets",
    .numbered = "T",
    .check = in_order,
};

}  // namespace huitou::forms
