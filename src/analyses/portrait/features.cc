#include "analyses/portrait/features.h"

#include <fmt/format.h>

#include <cmath>

namespace huitou::analyses {
namespace {

/// A number as a rule has it, at most one decimal; money in major units.
struct Cut {
  double value;  ///< rounded as it is written
  std::string text;
};

Cut cut_of(double value, segments::ValueType type) {
  switch (type) {
    case segments::ValueType::money: {
      const auto minor = static_cast<std::int64_t>(value);
      return {value, minor % 100 == 0 ? fmt::format("{}", minor / 100)
                                      : fmt::format("{:.2f}", static_cast<double>(minor) / 100)};
    }
    case segments::ValueType::ratio: {
      const double percent = std::round(value * 1000) / 10;
      return {percent, fmt::format("{}%", percent)};
    }
    case segments::ValueType::number: {
      const double rounded = std::round(value * 10) / 10;
      return {rounded, fmt::format("{}", rounded)};
    }
    default:
      return {value, fmt::format("{}", static_cast<std::int64_t>(value))};
  }
}

bool is_whole(segments::ValueType type) {
  return type == segments::ValueType::count || type == segments::ValueType::days;
}

PortraitCell cell(const segments::Fact& fact, const Sentence& value, std::string rule) {
  return {
      {std::string(fact.title.en) + ": " + value.en, std::string(fact.title.zh) + "：" + value.zh},
      std::move(rule)};
}

/// Above `low`, up to and with `high`.
PortraitCell between(const segments::Fact& fact, const Cut& low, const Cut& high) {
  if (!is_whole(fact.type)) {
    const std::string text = fmt::format("> {} – {}", low.text, high.text);
    return cell(fact, {text, text},
                fmt::format("{0} > {1} and {0} <= {2}", fact.name, low.text, high.text));
  }
  const auto first = static_cast<std::int64_t>(low.value) + 1;
  const auto last = static_cast<std::int64_t>(high.value);
  if (first == last) {
    return cell(fact, {high.text, high.text}, fmt::format("{} = {}", fact.name, last));
  }
  const std::string text = fmt::format("{} – {}", first, last);
  return cell(fact, {text, text}, fmt::format("{} between {} and {}", fact.name, first, last));
}

/// Up to and with `high`.
PortraitCell lowest(const segments::Fact& fact, const Cut& high) {
  const bool nothing = fact.type == segments::ValueType::count && high.value == 0;
  const std::string text = (nothing ? "" : "≤ ") + high.text;
  return cell(fact, {text, text},
              fmt::format("{} {} {}", fact.name, nothing ? "=" : "<=", high.text));
}

std::string quoted(std::string_view text) {
  std::string out = "'";
  for (const char c : text) out += c == '\'' ? std::string("''") : std::string(1, c);
  return out + "'";
}

}  // namespace

std::vector<const char*> cut_facts() {
  return {"orders",
          "net_amount",
          "average_order_value",
          "days_since_last_order",
          "days_since_first_order",
          "days_between_orders",
          "discount_share",
          "refunds",
          "categories",
          "stores",
          "active_days",
          "tickets",
          "complaints",
          "satisfaction"};
}

std::vector<PortraitCells> parts_of_fact(const char* name, const std::vector<double>& cuts) {
  const segments::Fact& fact = *segments::find_fact(name);
  std::vector<Cut> written;
  for (const double value : cuts) {
    Cut cut = cut_of(value, fact.type);
    if (written.empty() || written.back().value < cut.value) written.push_back(std::move(cut));
  }
  if (written.empty()) return {};
  PortraitCells out{{std::string(fact.title.en), std::string(fact.title.zh)}, {}};
  out.cells.push_back(lowest(fact, written.front()));
  for (std::size_t i = 1; i < written.size(); ++i) {
    out.cells.push_back(between(fact, written[i - 1], written[i]));
  }
  const std::string above = "> " + written.back().text;
  out.cells.push_back(cell(fact, {above, above}, fmt::format("{} {}", fact.name, above)));
  if (!fact.zero) {
    out.cells.push_back(cell(fact, {"unknown", "未知"}, fmt::format("{} is unknown", fact.name)));
  }
  return {out};
}

const std::vector<ValueList>& value_lists() {
  static const std::vector<ValueList> kLists{
      {"customers", "region", "", "customer_region = {}", {"region", "地区"}},
      {"customers", "channel", "", "acquired_by = {}", {"acquired by", "获客渠道"}},
      {"orders",
       "channel",
       "ordered_on",
       "orders(where channel = {}) >= 1",
       {"ordered through", "下单渠道"}},
      {"orders",
       "store_key",
       "ordered_on",
       "orders(where store = {}) >= 1",
       {"ordered at", "下单门店"}},
      {"order_lines", "category", "ordered_on", "bought({}) >= 1", {"bought", "买过"}},
      {"events", "name", "occurred_on", "did({}) >= 1", {"did", "做过"}}};
  return kLists;
}

PortraitCells cell_of_value(const ValueList& list, const std::string& value) {
  const Sentence name{std::string(list.title.en) + ": " + value,
                      std::string(list.title.zh) + "：" + value};
  return {{std::string(list.title.en), std::string(list.title.zh)},
          {{name, fmt::format(fmt::runtime(list.rule), quoted(value))}}};
}

}  // namespace huitou::analyses
