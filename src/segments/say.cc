#include <fmt/format.h>

#include "segments/choices.h"
#include "segments/facts.h"
#include "segments/print.h"
#include "segments/words.h"

namespace huitou::segments {
namespace {

Words op_words(Op op) {
  switch (op) {
    case Op::eq:
      return {"is", "为"};
    case Op::ne:
      return {"is not", "不为"};
    case Op::lt:
      return {"is less than", "小于"};
    case Op::le:
      return {"is at most", "不超过"};
    case Op::gt:
      return {"is more than", "大于"};
    case Op::ge:
      return {"is at least", "不少于"};
    case Op::contains:
      return {"contains", "包含"};
    default:
      return {"", ""};
  }
}

Words day_words(Op op) {
  switch (op) {
    case Op::lt:
      return {"is before", "早于"};
    case Op::le:
      return {"is on or before", "不晚于"};
    case Op::gt:
      return {"is after", "晚于"};
    case Op::ge:
      return {"is on or after", "不早于"};
    default:
      return op_words(op);
  }
}

std::string value_in(const Literal& value, const Fact* fact, Language language) {
  if (value.kind != Literal::Kind::text) return print_value(value);
  const std::string text = named_in(value, fact, language).text;
  return language == Language::zh ? "“" + text + "”" : "'" + text + "'";
}

std::string values_in(const Comparison& is, const Fact* fact, Language language) {
  std::string out;
  for (const Literal& value : is.values) {
    if (!out.empty()) out += language == Language::zh ? "、" : ", ";
    out += value_in(value, fact, language);
  }
  return out;
}

/// ` is at least 3` / `不少于 3`; of days the unit stands behind the number. `fact`: that is
/// compared; null for a field of its rows.
Sentence compared(const Comparison& is, const Fact* fact) {
  const bool days = fact != nullptr && fact->type == ValueType::days;
  const Words unit = days ? Words{" days", " 天"} : Words{"", ""};
  switch (is.op) {
    case Op::some:
      return {" is at least 1", "至少 1"};
    case Op::known:
      return {" is known", "已知"};
    case Op::unknown:
      return {" is unknown", "未知"};
    case Op::between:
      return {fmt::format(" is between {} and {}{}", print_value(is.values[0]),
                          print_value(is.values[1]), unit.en),
              fmt::format("在 {} 到 {}{} 之间", print_value(is.values[0]),
                          print_value(is.values[1]), unit.zh)};
    case Op::in:
      return {fmt::format(" is one of {}", values_in(is, fact, Language::en)),
              fmt::format("为 {} 之一", values_in(is, fact, Language::zh))};
    default:
      break;
  }
  const bool day = is.values[0].kind == Literal::Kind::date;
  const Words op = day ? day_words(is.op) : op_words(is.op);
  return {fmt::format(" {} {}{}", op.en, value_in(is.values[0], fact, Language::en), unit.en),
          fmt::format("{} {}{}", op.zh, value_in(is.values[0], fact, Language::zh), unit.zh)};
}

Sentence window_of(const Window& window) {
  if (const auto unit = keyword_of(window.unit)) {
    const std::string_view plural = spelling(*unit, Language::en);
    const std::string_view word = window.last == 1 ? plural.substr(0, plural.size() - 1) : plural;
    return {window.last == 1 ? fmt::format(" in the last {}", word)
                             : fmt::format(" in the last {} {}", window.last, word),
            fmt::format("近 {} {}", window.last, spelling(*unit, Language::zh))};
  }
  Sentence out;
  if (window.from) {
    out = {" from " + format_date(*window.from), "自 " + format_date(*window.from) + " 起"};
  }
  if (window.to) {
    out.en += " before " + format_date(*window.to);
    out.zh += " " + format_date(*window.to) + " 之前";
  }
  return out;
}

Sentence term_of(const Term& term) {
  const Fact* fact = find_fact(term.fact);
  if (fact == nullptr) return {term.fact, term.fact};
  Sentence out{std::string(fact->title.en), ""};
  if (term.window) out.zh += window_of(*term.window).zh + "内";
  for (std::size_t i = 0; i < term.where.size(); ++i) {
    const Filter& filter = term.where[i];
    const Field* field = find_field(fact->source, filter.field);
    const Sentence is = compared(filter.is, nullptr);
    out.en += (i == 0 ? " where " : " and ") +
              (field != nullptr ? std::string(field->name) : filter.property) + is.en;
    out.zh +=
        (field != nullptr ? std::string(field->zh) : "“" + filter.property + "”") + is.zh + "的";
  }
  if (term.subject) {
    out.en += fmt::format(" ('{}')", *term.subject);
    out.zh += fmt::format("“{}”的", *term.subject);
  }
  if (term.window) out.en += window_of(*term.window).en;
  out.zh += fact->title.zh;
  return out;
}

Sentence amount_of(const Amount& amount, bool customers) {
  const std::string number = print_micro(amount.micro);
  if (amount.percent) return {number + "%", number + "%"};
  return {number + (customers ? " customers" : ""), number + " 位"};
}

Sentence say_inner(const Rule& rule);

Sentence joined(const Rule& rule, Words between) {
  Sentence out;
  for (const Rule& child : rule.children) {
    const Sentence part = say_inner(child);
    if (!out.en.empty()) {
      out.en += between.en;
      out.zh += between.zh;
    }
    out.en += part.en;
    out.zh += part.zh;
  }
  return out;
}

Sentence of_whom(const Rule& rule) {
  const Rule& child = rule.children.front();
  if (child.kind == Kind::everyone) return {"all customers", "全部客户"};
  const Sentence inner = say(child);
  return {"those with (" + inner.en + ")", "满足（" + inner.zh + "）的客户"};
}

Sentence negated(const Rule& child) {
  if (child.kind == Kind::condition && child.is.op == Op::some) {
    const Sentence term = term_of(child.term);
    return {term.en + " is 0", term.zh + "为 0"};
  }
  if (child.kind == Kind::segment) {
    return {fmt::format("not in segment '{}'", child.name),
            fmt::format("不属于分群“{}”", child.name)};
  }
  const Sentence inner = say(child);
  return {"not (" + inner.en + ")", "不满足（" + inner.zh + "）"};
}

/// A part that may stand beside others.
Sentence say_inner(const Rule& rule) {
  const Sentence out = say(rule);
  if (rule.kind != Kind::all_of && rule.kind != Kind::any_of) return out;
  return {"(" + out.en + ")", "（" + out.zh + "）"};
}

}  // namespace

Sentence say(const Rule& rule) {
  switch (rule.kind) {
    case Kind::everyone:
      return {"all customers", "全部客户"};
    case Kind::condition: {
      const Sentence term = term_of(rule.term);
      const Sentence is = compared(rule.is, find_fact(rule.term.fact));
      return {term.en + is.en, term.zh + is.zh};
    }
    case Kind::segment:
      return {fmt::format("in segment '{}'", rule.name), fmt::format("属于分群“{}”", rule.name)};
    case Kind::negation:
      return negated(rule.children.front());
    case Kind::all_of:
      return joined(rule, {", and ", "，且"});
    case Kind::any_of:
      return joined(rule, {", or ", "，或"});
    case Kind::top: {
      const Sentence of = of_whom(rule), by = term_of(rule.term),
                     amount = amount_of(rule.amount, false);
      return {fmt::format("the {} {} of {} by {}", rule.lowest ? "lowest" : "highest", amount.en,
                          of.en, by.en),
              fmt::format("{}中{}{}的 {}", of.zh, by.zh, rule.lowest ? "最低" : "最高", amount.zh)};
    }
    case Kind::sample: {
      const Sentence of = of_whom(rule), amount = amount_of(rule.amount, true);
      return {fmt::format("a random sample of {} of {} (seed {})", amount.en, of.en, rule.seed),
              fmt::format("从{}中随机抽取 {}（种子 {}）", of.zh, amount.zh, rule.seed)};
    }
  }
  return {};
}

}  // namespace huitou::segments
