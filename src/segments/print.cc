#include "segments/print.h"

#include <fmt/format.h>

#include "segments/choices.h"
#include "segments/facts.h"
#include "segments/words.h"

namespace huitou::segments {
namespace {

std::string quoted(std::string_view text) {
  std::string out = "'";
  for (const char c : text) {
    out += c;
    if (c == '\'') out += c;
  }
  return out + "'";
}

class Printer {
 public:
  explicit Printer(Language language) : language_(language) {}

  std::string rule(const Rule& rule) const {
    switch (rule.kind) {
      case Kind::everyone:
        return word(Keyword::everyone);
      case Kind::condition:
        return term(rule.term) + comparison(rule.is, find_fact(rule.term.fact));
      case Kind::segment:
        return fmt::format("{}({})", word(Keyword::in_segment), quoted(rule.name));
      case Kind::negation:
        return fmt::format("{} {}", word(Keyword::negate), inner(rule.children.front()));
      case Kind::all_of:
        return joined(rule, Keyword::all);
      case Kind::any_of:
        return joined(rule, Keyword::any);
      case Kind::top:
        return fmt::format("{} {}{} {} {}", word(rule.lowest ? Keyword::bottom : Keyword::top),
                           amount(rule.amount), of(rule), word(Keyword::by), term(rule.term));
      case Kind::sample:
        return fmt::format("{} {}{} {} {}", word(Keyword::sample), amount(rule.amount), of(rule),
                           word(Keyword::seed), rule.seed);
    }
    return "";
  }

 private:
  std::string word(Keyword keyword) const { return std::string(spelling(keyword, language_)); }
  bool chinese() const { return language_ == Language::zh; }

  /// A child in brackets where it would be read otherwise without.
  std::string inner(const Rule& child) const {
    const bool plain = child.kind == Kind::condition || child.kind == Kind::segment ||
                       child.kind == Kind::everyone;
    return plain ? rule(child) : "(" + rule(child) + ")";
  }

  std::string joined(const Rule& parent, Keyword keyword) const {
    std::string out;
    for (const Rule& child : parent.children) {
      if (!out.empty()) out += fmt::format(" {} ", word(keyword));
      out += child.kind == Kind::negation ? rule(child) : inner(child);
    }
    return out;
  }

  std::string of(const Rule& parent) const {
    const Rule& child = parent.children.front();
    if (child.kind == Kind::everyone) return "";
    return fmt::format(" {} ({})", word(Keyword::of), rule(child));
  }

  static std::string amount(const Amount& amount) {
    return print_micro(amount.micro) + (amount.percent ? "%" : "");
  }

  std::string term(const Term& term) const {
    const Fact* fact = find_fact(term.fact);
    std::string out = fact != nullptr && chinese() ? std::string(fact->zh.front()) : term.fact;
    std::string inside;
    if (term.subject) inside += quoted(*term.subject);
    for (std::size_t i = 0; i < term.where.size(); ++i) {
      inside += i > 0 ? fmt::format(" {} ", word(Keyword::all))
                      : fmt::format("{}{} ", inside.empty() ? "" : " ", word(Keyword::where));
      inside += filter(term.where[i], fact);
    }
    if (term.window) inside += (inside.empty() ? "" : ", ") + window(*term.window);
    return inside.empty() ? out : out + "(" + inside + ")";
  }

  std::string filter(const Filter& filter, const Fact* fact) const {
    std::string field = filter.field;
    if (filter.field == "property") {
      field = word(Keyword::property) + " " + quoted(filter.property);
    } else if (chinese() && fact != nullptr) {
      if (const Field* known = find_field(fact->source, filter.field)) field = known->zh;
    }
    return field + comparison(filter.is, nullptr);
  }

  std::string window(const Window& window) const {
    if (const auto unit = keyword_of(window.unit)) {
      return chinese() ? fmt::format("{}{}{}", word(Keyword::last), window.last, word(*unit))
                       : fmt::format("{} {} {}", word(Keyword::last), window.last, word(*unit));
    }
    std::string out;
    if (window.from) out = word(Keyword::from) + " " + format_date(*window.from);
    if (window.to) {
      out += (out.empty() ? "" : " ") + word(Keyword::to) + " " + format_date(*window.to);
    }
    return out;
  }

  /// Of the fact, where it is one that is compared.
  std::string comparison(const Comparison& is, const Fact* fact) const {
    switch (is.op) {
      case Op::some:
        return "";
      case Op::known:
        return chinese() ? " 已知" : " is known";
      case Op::unknown:
        return chinese() ? " 未知" : " is unknown";
      case Op::between:
        return fmt::format(" {} {} {} {}", word(Keyword::between), print_value(is.values[0]),
                           chinese() ? "和" : "and", print_value(is.values[1]));
      case Op::in: {
        std::string list;
        for (const Literal& value : is.values) {
          list += (list.empty() ? "" : ", ") + print_value(named_in(value, fact, language_));
        }
        return fmt::format(" {} ({})", word(Keyword::in), list);
      }
      case Op::contains:
        return fmt::format(" {} {}", word(Keyword::contains), print_value(is.values[0]));
      default:
        return fmt::format(" {} {}", op_symbol(is.op),
                           print_value(named_in(is.values[0], fact, language_)));
    }
  }

  Language language_;
};

}  // namespace

std::string print_micro(std::int64_t micro) {
  const std::int64_t whole = micro / kMillion;
  const std::int64_t part = micro % kMillion;
  std::string out = micro < 0 ? "-" : "";
  out += std::to_string(whole < 0 ? -whole : whole);
  if (part == 0) return out;
  std::string digits = fmt::format("{:06}", part < 0 ? -part : part);
  digits.erase(digits.find_last_not_of('0') + 1);
  return out + "." + digits;
}

std::string print_value(const Literal& value) {
  switch (value.kind) {
    case Literal::Kind::number:
      return print_micro(value.micro);
    case Literal::Kind::percent:
      return print_micro(value.micro) + "%";
    case Literal::Kind::date:
      return format_date(value.date);
    case Literal::Kind::text:
      return quoted(value.text);
  }
  return "";
}

std::string print(const Rule& rule, Language language) { return Printer(language).rule(rule); }

}  // namespace huitou::segments
