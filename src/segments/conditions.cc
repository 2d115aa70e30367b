#include "segments/conditions.h"

#include <fmt/format.h>

#include <algorithm>

#include "schema/schema.h"
#include "segments/words.h"

namespace huitou::segments {
namespace {

constexpr std::int64_t kHour = 3600;

/// In the unit that columns hold: hundredths of money, fractions of shares, days since 1970.
engine::Value value_of(const Literal& value, ValueType type) {
  switch (type) {
    case ValueType::text:
      return value.text;
    case ValueType::date:
      return std::int64_t{value.date.days};
    case ValueType::money:
      return value.micro / (kMillion / 100);
    case ValueType::ratio:
      return static_cast<double>(value.micro) / (100.0 * kMillion);
    case ValueType::number:
      return static_cast<double>(value.micro) / kMillion;
    case ValueType::count:
    case ValueType::days:
      break;
  }
  return value.micro / kMillion;
}

std::string_view parameter_type(ValueType type) {
  return is_text(type) ? "String" : is_real(type) ? "Float64" : "Int64";
}

}  // namespace

Date first_day(const Window& window, Date end) {
  const auto last = static_cast<int>(window.last);
  switch (window.unit) {
    case WindowUnit::weeks:
      return Date{end.days - 7 * last};
    case WindowUnit::months:
      return last > 2400 ? kFirstDate : add_steps(end, Granularity::month, -last);
    case WindowUnit::years:
      return last > 200 ? kFirstDate : add_steps(end, Granularity::year, -last);
    default:
      return Date{end.days - last};
  }
}

std::string Conditions::put(engine::Value value) {
  std::string name = fmt::format("p{}", params_.size());
  params_[name] = std::move(value);
  return name;
}

std::string Conditions::literal(const Literal& value, ValueType type) {
  return fmt::format("{{{}:{}}}", put(value_of(value, type)), parameter_type(type));
}

std::string Conditions::one(std::string_view op, const Operand& operand, const Literal& value) {
  const std::string text = fmt::format("{} {} {}", operand.sql, op, literal(value, operand.type));
  return operand.nullable ? fmt::format("ifNull({}, 0)", text) : text;
}

std::string Conditions::compared(const Comparison& is, const Operand& operand) {
  switch (is.op) {
    case Op::some:
      return operand.nullable ? fmt::format("ifNull({} >= 1, 0)", operand.sql)
                              : operand.sql + " >= 1";
    case Op::known:
      return fmt::format("isNotNull({})", operand.sql);
    case Op::unknown:
      return fmt::format("isNull({})", operand.sql);
    case Op::between:
      return fmt::format("({} AND {})", one(">=", operand, is.values[0]),
                         one("<=", operand, is.values[1]));
    case Op::in:
      return list(is, operand);
    case Op::contains: {
      const std::string text =
          operand.nullable ? fmt::format("ifNull({}, '')", operand.sql) : operand.sql;
      return fmt::format("position({}, {}) > 0", text, literal(is.values[0], operand.type));
    }
    default:
      return one(op_symbol(is.op), operand, is.values[0]);
  }
}

std::string Conditions::list(const Comparison& is, const Operand& operand) {
  if (is_real(operand.type)) {
    std::string out;
    for (const Literal& value : is.values) {
      out += (out.empty() ? "(" : " OR ") + one("=", operand, value);
    }
    return out + ")";
  }
  if (is_text(operand.type)) {
    engine::TextList texts;
    for (const Literal& value : is.values) texts.push_back(value.text);
    const std::string name = put(std::move(texts));
    return fmt::format("(isNotNull({0}) AND has({{{1}:Array(String)}}, ifNull({0}, '')))",
                       operand.sql, name);
  }
  engine::IntegerList numbers;
  for (const Literal& value : is.values) {
    numbers.push_back(std::get<std::int64_t>(value_of(value, operand.type)));
  }
  const std::string name = put(std::move(numbers));
  return fmt::format("(isNotNull({0}) AND has({{{1}:Array(Int64)}}, toInt64(ifNull({0}, 0))))",
                     operand.sql, name);
}

std::string Conditions::rows(const Fact& fact, const Term& term) {
  const SourceCard& card = source_card(fact.source);
  std::string out;
  const auto add = [&](const std::string& condition) {
    out += (out.empty() ? "" : " AND ") + condition;
  };
  if (fact.source == Source::orders || fact.source == Source::lines) {
    const auto policy = schema::parse_status_policy(fact.policy.empty() ? "net" : fact.policy);
    CHECK(policy.has_value());
    add("(" + schema::status_fragments(*policy)["status_policy"] + ")");
  }
  if (term.subject) {
    const std::string value = fmt::format("{{{}:String}}", put(*term.subject));
    std::string condition(fact.subject);
    for (std::size_t at = 0; (at = condition.find("{{subject}}", at)) != std::string::npos;) {
      condition.replace(at, 11, value);
    }
    add("(" + condition + ")");
  }
  for (const Filter& one : term.where) add("(" + filter(one, fact.source) + ")");
  if (term.window) add(window(*term.window, card));
  return out.empty() ? "1" : out;
}

std::string Conditions::filter(const Filter& filter, Source source) {
  if (filter.field == "property") {
    const std::string name = fmt::format("{{{}:String}}", put(filter.property));
    const bool number =
        !filter.is.values.empty() && filter.is.values[0].kind == Literal::Kind::number;
    const std::string has = fmt::format("visitParamHas(properties, {})", name);
    if (filter.is.op == Op::known) return has;
    if (filter.is.op == Op::unknown) return "NOT " + has;
    const std::string value =
        fmt::format("visitParamExtract{}(properties, {})", number ? "Float" : "String", name);
    return fmt::format(
        "{} AND {}", has,
        compared(filter.is, {value, number ? ValueType::number : ValueType::text, false}));
  }
  const Field* field = find_field(source, filter.field);
  CHECK(field != nullptr);
  if (is_text(field->type)) {
    // An empty text is an unknown one.
    const std::string value = fmt::format("nullIf({}, '')", field->column);
    return compared(filter.is, {value, field->type, true});
  }
  return compared(filter.is, {std::string(field->column), field->type, true});
}

std::string Conditions::window(const Window& window, const SourceCard& card) {
  if (window.unit == WindowUnit::hours) {
    return fmt::format("{0} >= {{{1}:DateTime}} AND {0} < {{{2}:DateTime}}", card.instant,
                       put(std::max<std::int64_t>(0, as_of_.second - window.last * kHour)),
                       put(as_of_.second));
  }
  std::string out;
  const auto from = window.unit == WindowUnit::dates ? window.from : first_day(window, as_of_.end);
  if (from) {
    out = fmt::format("{} >= {{{}:Date}}", card.day, put(std::clamp(*from, kFirstDate, kLastDate)));
  }
  if (window.to) {
    out += fmt::format("{}{} < {{{}:Date}}", out.empty() ? "" : " AND ", card.day,
                       put(std::clamp(*window.to, kFirstDate, kLastDate)));
  }
  return out;
}

std::string Conditions::until(const SourceCard& card) const {
  if (!as_of_.within_day || card.day.empty()) return "";
  if (card.instant.empty()) return fmt::format(" AND {} < {{last_day:Date}}", card.day);
  return fmt::format(" AND ({} < {{last_day:Date}} OR {} < {{until:DateTime}})", card.day,
                     card.instant);
}

}  // namespace huitou::segments
