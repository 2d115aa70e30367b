#include <array>

#include "ingest/ingest.h"
#include "ingest/mapping.h"

namespace huitou::ingest {
namespace {

/// In the order of `Field`.
constexpr std::array<FieldCard, kFields> kFieldCards{{
    {"ignore", {"not used", "不使用"}},
    {"order_key", {"order number", "订单编号"}},
    {"line_number", {"number of the line in its order", "订单内行号"}},
    {"customer_key", {"key of the customer", "客户标识"}},
    {"customer_name", {"name of the customer", "客户姓名"}},
    {"ordered_at", {"day or instant of the order", "下单日期或时间"}},
    {"ordered_time", {"time of day of the order", "下单时刻"}},
    {"status", {"status of the order", "订单状态"}},
    {"gross", {"amount before discounts", "优惠前金额"}},
    {"discount", {"discount", "优惠金额"}},
    {"paid", {"amount paid, before refunds", "实付金额（退款前）"}},
    {"refund", {"amount refunded", "退款金额"}},
    {"net", {"amount paid less refunds", "实付减退款"}},
    {"order_paid",
     {"amount paid for the whole order, in a file of lines", "整单实付金额（商品行文件中）"}},
    {"cost", {"cost of the goods", "成本"}},
    {"units", {"number of pieces in the order", "订单件数"}},
    {"currency", {"currency", "币种"}},
    {"product_key", {"product number", "商品编号"}},
    {"product_name", {"product name", "商品名称"}},
    {"category", {"category", "品类"}},
    {"brand", {"brand", "品牌"}},
    {"quantity", {"pieces of the product", "商品数量"}},
    {"price", {"price of one piece", "商品单价"}},
    {"channel", {"channel of sale", "渠道"}},
    {"store_key", {"store", "门店"}},
    {"store_name", {"name of the store", "门店名称"}},
    {"region", {"region", "地区"}},
    {"campaign", {"campaign", "活动"}},
    {"registered_on", {"day of registration", "注册日期"}},
    {"birthday", {"birthday", "生日"}},
    {"phone", {"phone number of the customer", "客户手机号"}},
    {"email", {"e-mail address of the customer", "客户邮箱"}},
    {"unionid", {"WeChat unionid of the customer", "客户微信 unionid"}},
    {"openid", {"WeChat openid of the customer", "客户微信 openid"}},
    {"device", {"device of the customer", "客户设备"}},
    {"event_key", {"number of the event", "事件编号"}},
    {"anonymous_id", {"visitor who is not known", "匿名访客标识"}},
    {"occurred_at", {"instant of the event", "事件时间"}},
    {"session_id", {"session", "会话"}},
    {"page", {"page", "页面"}},
    {"duration", {"duration in seconds", "时长（秒）"}},
    {"properties", {"properties of the event, as JSON", "事件属性（JSON）"}},
    {"ticket_key", {"number of the service ticket", "工单编号"}},
    {"opened_at", {"instant the ticket was opened", "工单创建时间"}},
    {"closed_at", {"instant the ticket was closed", "工单关闭时间"}},
    {"first_reply_minutes", {"minutes to the first reply", "首次回复用时（分钟）"}},
    {"reason", {"reason of the contact", "咨询原因"}},
    {"complaint", {"complaint or not", "是否投诉"}},
    {"satisfaction", {"satisfaction with the service", "服务满意度"}},
    {"survey_key", {"number of the answer", "答卷编号"}},
    {"survey_kind", {"kind of survey: nps, csat", "问卷类型：nps、csat"}},
    {"score", {"score", "评分"}},
    {"comment", {"text of the answer", "文字评价"}},
    {"answered_on", {"day or instant of the answer", "答题日期或时间"}},
    {"name", {"name", "名称"}},
    {"id", {"number", "编号"}},
}};

constexpr std::array<std::string_view, 9> kTableNames{"orders",    "lines",    "order_lines",
                                                      "customers", "products", "stores",
                                                      "events",    "tickets",  "surveys"};

const FieldCard& card(Field field) { return kFieldCards[static_cast<std::size_t>(field)]; }

}  // namespace

std::vector<FieldCard> fields() { return {kFieldCards.begin(), kFieldCards.end()}; }

std::vector<std::string_view> tables_of_field(std::string_view name) {
  std::vector<std::string_view> out;
  const std::optional<Field> field = parse_field(name);
  for (std::size_t i = 0; field && i < kTableNames.size(); ++i) {
    if (takes(static_cast<Table>(i), *field)) {
      out.push_back(kTableNames[i]);
    }
  }
  return out;
}

std::string_view field_name(Field field) { return card(field).name; }
Words field_label(Field field) { return card(field).label; }

std::optional<Field> parse_field(std::string_view name) {
  for (std::size_t i = 0; i < kFieldCards.size(); ++i) {
    if (kFieldCards[i].name == name) {
      return static_cast<Field>(i);
    }
  }
  return std::nullopt;
}

std::string_view table_name(Table table) { return kTableNames[static_cast<std::size_t>(table)]; }

std::optional<Table> parse_table(std::string_view name) {
  for (std::size_t i = 0; i < kTableNames.size(); ++i) {
    if (kTableNames[i] == name) {
      return static_cast<Table>(i);
    }
  }
  return std::nullopt;
}

bool is_entity(Table table) {
  return table != Table::orders && table != Table::lines && table != Table::order_lines;
}

bool is_date(Field field) {
  switch (field) {
    case Field::ordered_at:
    case Field::registered_on:
    case Field::birthday:
    case Field::occurred_at:
    case Field::opened_at:
    case Field::closed_at:
    case Field::answered_on:
      return true;
    default:
      return false;
  }
}

std::optional<Field> moment_field(Table table) {
  switch (table) {
    case Table::events:
      return Field::occurred_at;
    case Table::tickets:
      return Field::opened_at;
    case Table::surveys:
      return Field::answered_on;
    default:
      return std::nullopt;
  }
}

bool is_number(Field field) {
  return (field >= Field::gross && field <= Field::units) || field == Field::quantity ||
         field == Field::price || field == Field::duration || field == Field::first_reply_minutes ||
         field == Field::satisfaction || field == Field::score;
}

std::optional<std::size_t> Mapping::find(Field field) const {
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (columns[i].field == field) {
      return i;
    }
  }
  return std::nullopt;
}

}  // namespace huitou::ingest
