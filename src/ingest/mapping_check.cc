// What a mapping needs before its file can be loaded.

#include "ingest/head.h"
#include "ingest/mapping.h"

namespace huitou::ingest {
namespace {

constexpr Need kCustomer{Field::customer_key,
                         {"the key of the customer (customer_key)", "客户标识（customer_key）"}};
constexpr Need kProduct{Field::product_key,
                        {"the product number (product_key)", "商品编号（product_key）"}};
constexpr Need kStore{Field::store_key,
                      {"the key of the store (store_key)", "门店标识（store_key）"}};
constexpr Need kEvent{Field::event_key,
                      {"the number of the event (event_key)", "事件编号（event_key）"}};
constexpr Need kEventName{Field::name, {"the name of the event (name)", "事件名称（name）"}};
constexpr Need kEventTime{Field::occurred_at,
                          {"its time (occurred_at)", "事件时间（occurred_at）"}};
constexpr Need kTicket{Field::ticket_key,
                       {"the number of the ticket (ticket_key)", "工单编号（ticket_key）"}};
constexpr Need kTicketTime{Field::opened_at, {"its time (opened_at)", "创建时间（opened_at）"}};
constexpr Need kSurvey{Field::survey_key,
                       {"the number of the answer (survey_key)", "答卷编号（survey_key）"}};
constexpr Need kSurveyDay{Field::answered_on, {"its day (answered_on)", "答题日期（answered_on）"}};
constexpr Need kOrderDate{Field::ordered_at,
                          {"the date of the order (ordered_at)", "下单日期（ordered_at）"}};
constexpr Need kOrderKey{Field::order_key,
                         {"the order number (order_key)", "订单编号（order_key）"}};
constexpr Need kAmount{Field::paid, {"an amount (paid)", "金额（paid）"}};
constexpr Need kLineAmount{Field::paid,
                           {"an amount (paid) or price and quantity", "金额（paid）或单价与数量"}};

std::vector<Need> needs(Table table) {
  switch (table) {
    case Table::orders:
      return {kOrderDate, kAmount};
    case Table::lines:
      return {kOrderDate, kOrderKey, kLineAmount};
    case Table::order_lines:
      return {kOrderKey, kLineAmount};
    case Table::customers:
      return {kCustomer};
    case Table::products:
      return {kProduct};
    case Table::stores:
      return {kStore};
    case Table::events:
      return {kEvent, kEventName, kEventTime};
    case Table::tickets:
      return {kTicket, kTicketTime};
    case Table::surveys:
      return {kSurvey, kSurveyDay};
  }
  return {};
}

/// What was paid may be told in several ways.
bool has_amount(const Mapping& mapping) {
  const bool priced =
      mapping.has(Field::price) && (mapping.has(Field::quantity) || mapping.has(Field::units));
  return mapping.has(Field::paid) || mapping.has(Field::gross) || mapping.has(Field::net) || priced;
}

}  // namespace

std::vector<Need> missing(const Mapping& mapping) {
  std::vector<Need> out;
  for (const Need& need : needs(mapping.table)) {
    const bool there = need.field == Field::paid ? has_amount(mapping) : mapping.has(need.field);
    if (!there) {
      out.push_back(need);
    }
  }
  return out;
}

Status check(const Mapping& mapping, const FileInfo& info) {
  std::string en;
  std::string zh;
  for (const Need& need : missing(mapping)) {
    en += (en.empty() ? "" : ", ") + std::string(need.words.en);
    zh += (zh.empty() ? "" : "、") + std::string(need.words.zh);
  }
  if (en.empty()) {
    return {};
  }
  return Error{
      Code::invalid_input,
      info.path + ": no column was found for " + en +
          "; the columns are: " + join_names(info.columns) + ".",
      "Name the columns in a mapping file and give it with --mapping.",
      info.path + "：没有找到" + zh + "对应的列；文件的列：" + join_names(info.columns) + "。",
      "请在映射文件中指定各列，并用 --mapping 给出。"};
}

}  // namespace huitou::ingest
