// What each exported table has, in the order of its columns.

#include <vector>

#include "commands/export.h"

namespace huitou::commands {
namespace {

constexpr ColumnCard kOrderKey{"order_key", Unit::none, Role::detail, {"Order", "订单编号"}};
constexpr ColumnCard kCustomer{"customer_id", Unit::none, Role::detail, {"Customer", "客户"}};
constexpr ColumnCard kOrderedOn{"ordered_on", Unit::date, Role::detail, {"Day", "下单日期"}};
constexpr ColumnCard kGross{
    "gross_minor", Unit::minor, Role::value, {"Amount before discounts", "优惠前金额"}};
constexpr ColumnCard kNet{
    "net_minor", Unit::minor, Role::value, {"Amount paid less refunds", "实付减退款"}};
constexpr ColumnCard kCost{"cost_minor", Unit::minor, Role::value, {"Cost", "成本"}};
constexpr ColumnCard kProduct{"product_key", Unit::none, Role::detail, {"Product", "商品编号"}};
constexpr ColumnCard kCategory{"category", Unit::none, Role::detail, {"Category", "品类"}};
constexpr ColumnCard kChannel{"channel", Unit::none, Role::detail, {"Channel", "渠道"}};
constexpr ColumnCard kStore{"store_key", Unit::none, Role::detail, {"Store", "门店"}};
constexpr ColumnCard kRegion{"region", Unit::none, Role::detail, {"Region", "地区"}};
constexpr ColumnCard kCampaign{"campaign", Unit::none, Role::detail, {"Campaign", "活动"}};
constexpr ColumnCard kSource{"source", Unit::none, Role::detail, {"Source", "来源"}};
constexpr ColumnCard kName{"name", Unit::none, Role::detail, {"Name", "名称"}};

std::vector<ColumnCard> orders_columns() {
  return {kOrderKey,
          kCustomer,
          {"ordered_at", Unit::time, Role::detail, {"Instant (UTC)", "下单时间（UTC）"}},
          kOrderedOn,
          {"order_status", Unit::none, Role::detail, {"Status", "订单状态"}},
          kGross,
          {"discount_minor", Unit::minor, Role::value, {"Discount", "优惠金额"}},
          {"refund_minor", Unit::minor, Role::value, {"Refund", "退款金额"}},
          kNet,
          kCost,
          {"units", Unit::number, Role::value, {"Pieces", "件数"}},
          kChannel,
          kStore,
          kRegion,
          kCampaign,
          kSource};
}

std::vector<ColumnCard> lines_columns() {
  return {kOrderKey,
          {"line_number", Unit::none, Role::detail, {"Line", "行号"}},
          kCustomer,
          kOrderedOn,
          kProduct,
          kCategory,
          {"quantity", Unit::number, Role::value, {"Pieces", "数量"}},
          {"price_minor", Unit::minor, Role::value, {"Price", "单价"}},
          kGross,
          kNet,
          kChannel,
          kStore,
          kRegion,
          kCampaign,
          kSource};
}

std::vector<ColumnCard> customers_columns() {
  return {kCustomer,
          {"customer_key", Unit::none, Role::detail, {"Key", "客户标识"}},
          kName,
          kRegion,
          kChannel,
          {"registered_on", Unit::date, Role::detail, {"Registered on", "注册日期"}},
          {"birthday", Unit::date, Role::detail, {"Birthday", "生日"}},
          kSource};
}

std::vector<ColumnCard> products_columns() {
  return {kProduct, kName,  kCategory, {"brand", Unit::none, Role::detail, {"Brand", "品牌"}},
          kCost,    kSource};
}

std::vector<ColumnCard> events_columns() {
  return {{"message_id", Unit::none, Role::detail, {"Message", "消息编号"}},
          kCustomer,
          {"user_id", Unit::none, Role::detail, {"User", "用户标识"}},
          {"anonymous_id", Unit::none, Role::detail, {"Anonymous visitor", "匿名访客标识"}},
          {"kind", Unit::none, Role::detail, {"Kind", "类别"}},
          {"name", Unit::none, Role::detail, {"Event or page", "事件或页面"}},
          {"occurred_at", Unit::time, Role::detail, {"Instant (UTC)", "发生时间（UTC）"}},
          {"occurred_on", Unit::date, Role::detail, {"Day", "发生日期"}},
          {"session_id", Unit::none, Role::detail, {"Session", "会话"}},
          {"page", Unit::none, Role::detail, {"Page", "页面"}},
          {"duration_seconds", Unit::number, Role::value, {"Seconds", "时长（秒）"}},
          kProduct,
          kCategory,
          kChannel,
          kCampaign,
          {"amount_minor", Unit::minor, Role::value, {"Amount", "金额"}},
          {"properties", Unit::none, Role::detail, {"Properties (JSON)", "属性（JSON）"}},
          kSource};
}

std::vector<ColumnCard> tickets_columns() {
  return {{"ticket_key", Unit::none, Role::detail, {"Ticket", "工单编号"}},
          kCustomer,
          {"opened_at", Unit::time, Role::detail, {"Opened (UTC)", "创建时间（UTC）"}},
          {"opened_on", Unit::date, Role::detail, {"Day", "创建日期"}},
          {"first_reply_minutes",
           Unit::count,
           Role::value,
           {"Minutes to the first reply", "首次回复用时（分钟）"}},
          {"closed_at", Unit::time, Role::detail, {"Closed (UTC)", "关闭时间（UTC）"}},
          {"reason", Unit::none, Role::detail, {"Reason", "原因"}},
          {"is_complaint", Unit::count, Role::value, {"Complaint (1 = yes)", "投诉（1 = 是）"}},
          {"satisfaction", Unit::count, Role::value, {"Satisfaction", "满意度"}},
          kChannel,
          kStore,
          kSource};
}

std::vector<ColumnCard> surveys_columns() {
  return {{"survey_key", Unit::none, Role::detail, {"Answer", "答卷编号"}},
          kCustomer,
          {"kind", Unit::none, Role::detail, {"Survey", "调查类别"}},
          {"score", Unit::count, Role::value, {"Score", "评分"}},
          {"comment", Unit::none, Role::detail, {"Comment", "意见"}},
          {"answered_at", Unit::time, Role::detail, {"Answered (UTC)", "回答时间（UTC）"}},
          {"answered_on", Unit::date, Role::detail, {"Day", "回答日期"}},
          kChannel,
          {"product_key", Unit::none, Role::detail, {"Product", "商品编号"}},
          kStore,
          kSource};
}

std::vector<ColumnCard> findings_columns() {
  return {{"load_id", Unit::none, Role::detail, {"Load", "加载"}},
          {"found_at", Unit::time, Role::detail, {"Found at (UTC)", "发现时间（UTC）"}},
          kSource,
          {"file", Unit::none, Role::detail, {"File", "文件"}},
          {"line", Unit::none, Role::detail, {"Line", "行号"}},
          {"field", Unit::none, Role::detail, {"Field", "字段"}},
          {"value", Unit::none, Role::detail, {"Value", "值"}},
          {"rule", Unit::none, Role::detail, {"Rule", "规则"}},
          {"severity", Unit::none, Role::detail, {"Severity", "程度"}},
          {"action", Unit::none, Role::detail, {"Done", "处理"}},
          {"message", Unit::none, Role::detail, {"Message", "说明"}}};
}

}  // namespace

std::span<const ExportTable> export_tables() {
  static const std::vector<ExportTable> tables = {
      {"orders",
       "sql/export_orders.sql",
       {"Orders", "订单"},
       "sql/orders_span.sql",
       orders_columns()},
      {"order_lines",
       "sql/export_order_lines.sql",
       {"Order lines", "订单明细"},
       "sql/orders_span.sql",
       lines_columns()},
      {"customers", "sql/export_customers.sql", {"Customers", "客户"}, "", customers_columns()},
      {"products", "sql/export_products.sql", {"Products", "商品"}, "", products_columns()},
      {"stores",
       "sql/export_stores.sql",
       {"Stores", "门店"},
       "",
       {kStore, kName, kRegion, kSource}},
      {"events",
       "sql/export_events.sql",
       {"Events", "行为事件"},
       "sql/events_span.sql",
       events_columns()},
      {"tickets", "sql/export_tickets.sql", {"Tickets", "服务工单"}, "", tickets_columns()},
      {"surveys", "sql/export_surveys.sql", {"Survey answers", "调查答卷"}, "", surveys_columns()},
      {"findings", "sql/export_findings.sql", {"Findings", "数据问题"}, "", findings_columns()}};
  return tables;
}

}  // namespace huitou::commands
