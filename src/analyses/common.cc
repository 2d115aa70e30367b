#include "analyses/common.h"

#include <fmt/format.h>

#include <charconv>

namespace huitou::analyses {
namespace {

std::string list_of(const std::vector<std::string_view>& names) {
  return fmt::format("{}", fmt::join(names, ", "));
}

}  // namespace

const Param& Arguments::param(std::string_view name) const {
  for (const Param& candidate : params_) {
    if (candidate.name == name) {
      return candidate;
    }
  }
  throw Bug("there is no parameter '" + std::string(name) + "'");
}

std::string Arguments::text(std::string_view name) const {
  const Param& declared = param(name);
  const auto found = values_.find(name);
  return found == values_.end() || found->second.empty() ? std::string(declared.fallback)
                                                         : found->second.front();
}

std::vector<std::string> Arguments::list(std::string_view name) const {
  CHECK(param(name).repeated);
  const auto found = values_.find(name);
  return found == values_.end() ? std::vector<std::string>{} : found->second;
}

Result<std::int64_t> Arguments::integer(std::string_view name) const {
  const Param& declared = param(name);
  const std::string given = text(name);
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(given.data(), given.data() + given.size(), number);
  const bool read = error == std::errc{} && end == given.data() + given.size();
  const bool bounded = declared.at_least < declared.at_most;
  const auto low = static_cast<std::int64_t>(declared.at_least);
  const auto high = static_cast<std::int64_t>(declared.at_most);
  if (read && (!bounded || (number >= low && number <= high))) {
    return number;
  }
  return invalid_input(
      {fmt::format("{} is '{}'.", name, given), fmt::format("{} 的值为“{}”。", name, given)},
      {fmt::format("Give a whole number from {} to {}.", low, high),
       fmt::format("请给出 {} 到 {} 之间的整数。", low, high)});
}

Result<std::size_t> Arguments::choice(std::string_view name) const {
  const Param& declared = param(name);
  const std::string given = text(name);
  for (std::size_t i = 0; i < declared.choices.size(); ++i) {
    if (declared.choices[i] == given) {
      return i;
    }
  }
  return invalid_input(
      {fmt::format("{} is '{}'.", name, given), fmt::format("{} 的值为“{}”。", name, given)},
      {fmt::format("Give one of: {}.", list_of(declared.choices)),
       fmt::format("可选值：{}。", list_of(declared.choices))});
}

Result<std::optional<Date>> Arguments::date(std::string_view name) const {
  const std::string given = text(name);
  if (given.empty()) {
    return std::optional<Date>{};
  }
  TRY(const Date day, parse_date(given));
  return std::optional<Date>(day);
}

Result<engine::Query> build_query(const Inputs& inputs, std::string_view file, QueryParts parts) {
  schema::Fragments status = schema::status_fragments(inputs.status);
  const metrics::Condition condition = metrics::condition_of(inputs.filters);
  status["status_policy"] += condition.text;
  status.emplace("line_policy", status["status_policy"]);
  parts.fragments.merge(status);
  engine::Query query;
  TRY(query.text, schema::expand(embedded(file), parts.fragments));
  query.params = std::move(parts.params);
  query.params.emplace("from", kFirstDate);
  query.params.emplace("to", inputs.as_of);
  query.params.emplace("as_of", inputs.as_of);
  query.params.emplace("void_runs", inputs.void_runs);
  query.params.insert(condition.params.begin(), condition.params.end());
  query.limits = inputs.limits;
  return query;
}

Error invalid_input(Sentence what, Sentence hint) {
  return {Code::invalid_input, std::move(what.en), std::move(hint.en), std::move(what.zh),
          std::move(hint.zh)};
}

Error not_enough_data(Sentence what, Sentence hint) {
  return {Code::not_enough_data, std::move(what.en), std::move(hint.en), std::move(what.zh),
          std::move(hint.zh)};
}

void note_orders_without_customer(const Overview& overview, std::vector<Note>& notes) {
  if (overview.orders_without_customer == 0) {
    return;
  }
  const double share = 100 * static_cast<double>(overview.orders_without_customer) /
                       static_cast<double>(overview.orders);
  const std::string left_out = with_commas(overview.orders_without_customer);
  const std::string orders = with_commas(overview.orders);
  notes.push_back({"orders_without_customer",
                   {fmt::format("{} of {} orders ({} %) have no known customer and are left out.",
                                left_out, orders, short_number(share)),
                    fmt::format("{} 笔订单中有 {} 笔（{}%）没有可识别的客户，未计入。", orders,
                                left_out, short_number(share))}});
}

std::string with_commas(std::int64_t number) {
  std::string digits = std::to_string(number < 0 ? -number : number);
  for (std::size_t at = digits.size(); at > 3; at -= 3) {
    digits.insert(at - 3, ",");
  }
  return number < 0 ? "-" + digits : digits;
}

std::string short_number(double number, int decimals) {
  std::string digits = fmt::format("{:.{}f}", number, decimals);
  if (digits.find('.') != std::string::npos) {
    digits.erase(digits.find_last_not_of('0') + 1);
    if (digits.back() == '.') {
      digits.pop_back();
    }
  }
  return digits;
}

std::vector<AnswerColumn> columns_of(std::span<const ColumnCard> cards) {
  std::vector<AnswerColumn> columns;
  for (const ColumnCard& card : cards) {
    columns.push_back({std::string(card.name),
                       card.unit,
                       card.role,
                       {std::string(card.label.en), std::string(card.label.zh)}});
  }
  return columns;
}

Answer empty_answer(std::span<const ColumnCard> cards, View view) {
  Answer answer;
  answer.columns = columns_of(cards);
  answer.view = view;
  for (const ColumnCard& card : cards) {
    const bool whole = card.unit == Unit::count || card.unit == Unit::minor;
    const ColumnType type = card.unit == Unit::none ? ColumnType::text
                            : whole                 ? ColumnType::integer
                                                    : ColumnType::real;
    answer.frame.columns.push_back(make_column(std::string(card.name), type));
  }
  return answer;
}

void push(Column& column, std::optional<double> value) {
  value.has_value() ? column.push_real(*value) : column.push_null();
}

void push(Column& column, std::optional<std::int64_t> value) {
  value.has_value() ? column.push_integer(*value) : column.push_null();
}

std::optional<double> ratio(std::int64_t part, std::int64_t whole) {
  return whole == 0 ? std::nullopt
                    : std::optional(static_cast<double>(part) / static_cast<double>(whole));
}

}  // namespace huitou::analyses
