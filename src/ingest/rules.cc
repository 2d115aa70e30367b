#include "ingest/rules.h"

#include "ingest/ingest.h"

namespace huitou::ingest {
namespace {

constexpr std::size_t kValueBytes = 200;

constexpr std::array<RuleCard, kRules> kRuleCards{{
    {"field_count",
     "error",
     "left_out",
     {"the line has more or fewer fields than the file has columns", "该行的字段数与列数不一致"}},
    {"open_quote", "error", "left_out", {"a quotation mark is not closed", "引号没有闭合"}},
    {"no_object", "error", "left_out", {"the line is no JSON object", "该行不是 JSON 对象"}},
    {"missing_date", "error", "left_out", {"the order has no date", "订单没有日期"}},
    {"unreadable_date", "error", "left_out", {"the date cannot be read", "日期无法识别"}},
    {"date_too_early", "error", "left_out", {"the date is before 1990", "日期早于 1990 年"}},
    {"date_in_future",
     "warning",
     "kept",
     {"the date is after the day of loading", "日期晚于加载当天"}},
    {"missing_amount", "error", "left_out", {"the row has no amount", "该行没有金额"}},
    {"unreadable_amount", "error", "left_out", {"the amount cannot be read", "金额无法识别"}},
    {"rounded_amount",
     "info",
     "kept",
     {"the amount has more than two decimals and was rounded, half away from zero",
      "金额超过两位小数，已四舍五入"}},
    {"negative_amount", "warning", "kept", {"the amount is negative", "金额为负"}},
    {"unreadable_quantity", "error", "left_out", {"the quantity cannot be read", "数量无法识别"}},
    {"negative_quantity", "warning", "kept", {"the quantity is negative", "数量为负"}},
    {"zero_price", "info", "kept", {"the price is zero", "单价为零"}},
    {"missing_order_key", "error", "left_out", {"the row has no order number", "该行没有订单编号"}},
    {"missing_customer",
     "warning",
     "kept",
     {"the customer is not known: the order counts for amounts, not for customers",
      "客户未知：订单计入金额，不计入客户指标"}},
    {"missing_key", "error", "left_out", {"the row has no key", "该行没有标识"}},
    {"cancelled",
     "info",
     "cancelled",
     {"a document of cancellation (order number with C, negative quantity): kept with status "
      "cancelled",
      "取消单据（订单编号以 C 开头且数量为负）：按已取消保存"}},
    {"unknown_status",
     "warning",
     "kept",
     {"the word of status is not known: the order is taken for paid",
      "订单状态词未知：按已付款处理"}},
    {"other_currency",
     "error",
     "left_out",
     {"the amount is in another currency than the shop's and cannot be added to it",
      "币种与店铺不同，金额无法相加"}},
    {"unreadable_value",
     "warning",
     "kept",
     {"the value cannot be read and was left empty", "内容无法识别，已留空"}},
    {"duplicate_row",
     "info",
     "left_out",
     {"the same row is there more than once: one was kept", "重复行：只保留一行"}},
    {"conflicting_row",
     "warning",
     "replaced",
     {"the key is there more than once with other content: the last row was kept",
      "同一标识内容不同：保留最后一行"}},
    {"order_disagrees",
     "warning",
     "kept",
     {"lines of one order name different days or customers: those of the first line count",
      "同一订单各行的日期或客户不一致：以首行为准"}},
    {"order_not_found",
     "error",
     "left_out",
     {"the line belongs to an order that was not loaded: load the orders first",
      "该行所属订单尚未加载：请先加载订单"}},
    {"gone_at_source",
     "warning",
     "removed",
     {"the source does not have it any more: it was taken away here too",
      "源系统中已不存在：这里也已移除"}},
}};

}  // namespace

const RuleCard& rule_card(Rule rule) { return kRuleCards[static_cast<std::size_t>(rule)]; }

Rule rule_of(BadReason reason) {
  switch (reason) {
    case BadReason::open_quote:
      return Rule::open_quote;
    case BadReason::no_object:
      return Rule::no_object;
    case BadReason::field_count:
      break;
  }
  return Rule::field_count;
}

void Findings::add(Rule rule, std::uint64_t line, std::string_view field, std::string_view value) {
  const auto index = static_cast<std::size_t>(rule);
  ++counts_[index];
  if (kept_by_rule_[index] < kFindingsPerRule) {
    keep({rule, line, std::string(field), std::string(value.substr(0, kValueBytes))});
  }
}

void Findings::keep(Finding finding) {
  std::uint64_t& kept = kept_by_rule_[static_cast<std::size_t>(finding.rule)];
  if (kept < kFindingsPerRule) {
    ++kept;
    kept_.push_back(std::move(finding));
  }
}

void Findings::merge(const Findings& other) {
  for (std::size_t i = 0; i < kRules; ++i) {
    counts_[i] += other.counts_[i];
  }
  for (const Finding& finding : other.kept_) {
    keep(finding);
  }
}

std::uint64_t Findings::left_out() const {
  std::uint64_t rows = 0;
  for (std::size_t i = 0; i < kRules; ++i) {
    const bool is_gone = kRuleCards[i].action == "left_out" || kRuleCards[i].action == "replaced";
    rows += is_gone ? counts_[i] : 0;
  }
  return rows;
}

}  // namespace huitou::ingest
