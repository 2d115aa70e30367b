#include "segments/test_rules.h"

#include <algorithm>

#include "segments/choices.h"

namespace huitou::segments::testing {

Literal RandomRules::literal(ValueType type) {
  switch (type) {
    case ValueType::text:
      return {.kind = Literal::Kind::text, .text = text()};
    case ValueType::date:
      return {.kind = Literal::Kind::date,
              .date = Date{today.days - 200 + static_cast<int>(below(220))}};
    case ValueType::ratio:
      return {.kind = Literal::Kind::percent, .micro = below(1001) * (kMillion / 10)};
    case ValueType::money:
      return {.micro = below(40'000) * 10'000};
    case ValueType::number:
      return {.micro = below(4) == 0 ? below(20'000'000) : below(20) * kMillion};
    case ValueType::count:
      return {.micro = below(6) * kMillion};
    case ValueType::days:
      return {.micro = below(200) * kMillion};
  }
  return {};
}

Comparison RandomRules::comparison(ValueType type, bool may_be_some) {
  static constexpr Op kNumbers[] = {Op::eq, Op::ne,      Op::lt, Op::le,    Op::gt,
                                    Op::ge, Op::between, Op::in, Op::known, Op::unknown};
  static constexpr Op kTexts[] = {Op::eq, Op::ne, Op::in, Op::contains, Op::known, Op::unknown};
  Comparison is;
  if (may_be_some && type == ValueType::count && below(3) == 0) return is;
  is.op = type == ValueType::text ? kTexts[below(std::size(kTexts))]
                                  : kNumbers[below(std::size(kNumbers))];
  const bool none = is.op == Op::known || is.op == Op::unknown;
  const std::int64_t values = none                   ? 0
                              : is.op == Op::between ? 2
                              : is.op == Op::in      ? 1 + below(3)
                                                     : 1;
  for (std::int64_t i = 0; i < values; ++i) is.values.push_back(literal(type));
  if (is.op == Op::contains && is.values[0].text.empty()) is.values[0].text = "x";
  if (is.op == Op::between) {
    const auto key = [](const Literal& a) {
      return a.kind == Literal::Kind::date ? a.date.days : a.micro;
    };
    if (key(is.values[0]) > key(is.values[1])) std::swap(is.values[0], is.values[1]);
  }
  return is;
}

Window RandomRules::window(bool hours) {
  Window window;
  if (below(4) == 0) {
    window.unit = WindowUnit::dates;
    const Date from{today.days - 100 + static_cast<int>(below(100))};
    const std::int64_t shape = below(3);
    if (shape != 1) window.from = from;
    if (shape != 0) window.to = Date{from.days + 1 + static_cast<int>(below(60))};
    return window;
  }
  window.unit = static_cast<WindowUnit>(hours ? below(5) : 1 + below(4));
  static constexpr std::int64_t kMost[] = {100, 120, 20, 6, 3};
  window.last = 1 + below(kMost[static_cast<std::size_t>(window.unit)]);
  return window;
}

Filter RandomRules::filter(Source source) {
  const auto& fields = source_card(source).fields;
  if (source == Source::events && below(4) == 0) {
    const ValueType type = below(2) == 0 ? ValueType::text : ValueType::number;
    return {.field = "property",
            .property = below(2) == 0 ? "color" : "size",
            .is = comparison(type, false)};
  }
  const Field& field =
      fields[static_cast<std::size_t>(below(static_cast<std::int64_t>(fields.size())))];
  return {.field = std::string(field.name), .is = comparison(field.type, false)};
}

Term RandomRules::term() {
  const Fact& fact =
      facts()[static_cast<std::size_t>(below(static_cast<std::int64_t>(facts().size())))];
  Term term{.fact = std::string(fact.name)};
  if (!fact.subject.empty() && (fact.needs_subject || below(3) != 0)) term.subject = text();
  const SourceCard& card = source_card(fact.source);
  if (!card.fields.empty() && below(3) == 0) {
    const std::int64_t many = 1 + below(2);
    for (std::int64_t i = 0; i < many; ++i) term.where.push_back(filter(fact.source));
  }
  if (!card.day.empty() && below(2) == 0) term.window = window(!card.instant.empty());
  return term;
}

Rule RandomRules::condition() {
  Rule rule{.kind = Kind::condition, .term = term()};
  const Fact* fact = find_fact(rule.term.fact);
  rule.is = comparison(fact->type, true);
  const std::span<const Words> choices = choices_of(*fact);
  if (choices.empty()) return rule;
  if (rule.is.op == Op::contains) rule.is.op = Op::eq;
  for (Literal& value : rule.is.values) {
    value.text = choices[static_cast<std::size_t>(below(std::ssize(choices)))].en;
  }
  return rule;
}

Rule RandomRules::set(int levels) {
  Rule rule{.kind = below(2) == 0 ? Kind::top : Kind::sample};
  rule.amount.percent = below(2) == 0;
  rule.amount.micro =
      rule.amount.percent ? (1 + below(1000)) * (kMillion / 10) : (1 + below(8)) * kMillion;
  rule.children.push_back(below(2) == 0 ? Rule{} : this->rule(levels - 1));
  if (rule.kind == Kind::sample) {
    rule.seed = below(1000);
    return rule;
  }
  rule.lowest = below(2) == 0;
  do {
    rule.term = term();
  } while (is_text(find_fact(rule.term.fact)->type));
  return rule;
}

Rule RandomRules::rule(int levels) {
  const std::int64_t shape = levels <= 0 ? 9 : below(10);
  if (shape == 0) return set(levels);
  if (shape == 1 && !segments.empty()) {
    return {
        .kind = Kind::segment,
        .name =
            segments[static_cast<std::size_t>(below(static_cast<std::int64_t>(segments.size())))]};
  }
  if (shape == 2)
    return below(8) == 0 ? Rule{} : Rule{.kind = Kind::negation, .children = {rule(levels - 1)}};
  if (shape > 5) return condition();
  Rule parent{.kind = shape == 3 ? Kind::any_of : Kind::all_of};
  const std::int64_t many = 2 + below(2);
  for (std::int64_t i = 0; i < many; ++i) {
    Rule child = rule(levels - 1);
    // The reader knows no list inside a list of the same kind.
    if (child.kind == parent.kind)
      child = Rule{.kind = Kind::negation, .children = {std::move(child)}};
    parent.children.push_back(std::move(child));
  }
  return parent;
}

}  // namespace huitou::segments::testing
