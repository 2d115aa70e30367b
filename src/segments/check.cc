#include "segments/check.h"

#include <fmt/format.h>

#include "segments/choices.h"
#include "segments/facts.h"
#include "segments/lexer.h"
#include "segments/print.h"
#include "segments/words.h"

namespace huitou::segments {
namespace {

std::string_view op_words(Op op, Language language) {
  switch (op) {
    case Op::between:
      return spelling(Keyword::between, language);
    case Op::in:
      return spelling(Keyword::in, language);
    case Op::contains:
      return spelling(Keyword::contains, language);
    default:
      return op_symbol(op);
  }
}

bool fits(Op op, ValueType type) {
  switch (op) {
    case Op::some:
      return type == ValueType::count;
    case Op::contains:
      return is_text(type);
    case Op::lt:
    case Op::le:
    case Op::gt:
    case Op::ge:
    case Op::between:
      return !is_text(type);
    default:
      return true;
  }
}

/// What a comparison compares.
struct Compared {
  std::string name;
  Words title;
  ValueType type;
  const Fact* fact = nullptr;  ///< where it is one and not a field of its rows
  bool has_choices() const { return fact != nullptr && !choices_of(*fact).empty(); }
};

class Checker {
 public:
  std::vector<Problem> problems;

  void rule(Rule& rule, const std::string& path, int depth) {
    if (++nodes_ > kMostNodes || depth > kMostLevels) return too_large(rule, path);
    switch (rule.kind) {
      case Kind::everyone:
        return;
      case Kind::condition:
        condition(rule, path);
        return;
      case Kind::segment:
        if (rule.name.empty() || rule.name.size() > kMostName) bad_name(rule, path);
        return;
      case Kind::negation:
        return children(rule, path, "/not", depth);
      case Kind::all_of:
        return children(rule, path, "/all/", depth);
      case Kind::any_of:
        return children(rule, path, "/any/", depth);
      case Kind::top:
        amount(rule, path);
        ranked(rule, path);
        return children(rule, path, "/of", depth);
      case Kind::sample:
        amount(rule, path);
        return children(rule, path, "/of", depth);
    }
  }

 private:
  static constexpr std::size_t kMostName = 100;

  void children(Rule& rule, const std::string& path, const char* step, int depth) {
    const bool numbered = rule.kind == Kind::all_of || rule.kind == Kind::any_of;
    for (std::size_t i = 0; i < rule.children.size(); ++i) {
      this->rule(rule.children[i], path + step + (numbered ? std::to_string(i) : ""), depth + 1);
    }
  }

  void add(std::string code, Span at, const std::string& path, Sentence message, Sentence hint,
           std::string replacement = "") {
    if (problems.size() >= kMostProblems) return;
    problems.push_back(
        {std::move(code), at, path, std::move(message), std::move(hint), std::move(replacement)});
  }

  void too_large(const Rule& rule, const std::string& path) {
    if (large_) return;
    large_ = true;
    add("too_large", rule.at, path,
        {fmt::format("The rule has more than {} parts or {} levels", kMostNodes, kMostLevels),
         fmt::format("规则超过 {} 个部分或 {} 层", kMostNodes, kMostLevels)},
        {"Save a part as a segment and refer to it.", "请把其中一部分保存为分群并引用。"});
  }

  void bad_name(const Rule& rule, const std::string& path) {
    add("bad_name", rule.at, path, {"The segment has no name", "没有分群名称"},
        {"Write in_segment('name').", "请写 在分群('名称')。"});
  }

  void amount(const Rule& rule, const std::string& path) {
    const Amount& amount = rule.amount;
    const bool whole = amount.micro % kMillion == 0;
    const bool right =
        amount.micro > 0 && (amount.percent ? amount.micro <= 100 * kMillion : whole);
    if (right) return;
    add("bad_amount", amount.at, path,
        {"So many customers cannot be chosen", "无法选取这样数量的客户"},
        {"Write a whole number above 0, or a share of more than 0% up to 100%.",
         "请写大于 0 的整数，或大于 0% 至 100% 的比例。"});
  }

  void ranked(Rule& rule, const std::string& path) {
    const Fact* fact = term(rule.term, path + "/by");
    if (fact == nullptr || !is_text(fact->type)) return;
    add("wrong_type", rule.term.at, path + "/by",
        {fmt::format("'{}' is a text and ranks nobody", rule.term.fact),
         fmt::format("“{}”是文字，不能用于排序", fact->title.zh)},
        {"Rank by a number, an amount or a day.", "请按数值、金额或日期排序。"});
  }

  void condition(Rule& rule, const std::string& path) {
    const Fact* fact = term(rule.term, path);
    if (fact == nullptr) return;
    comparison(rule.is, {rule.term.fact, fact->title, fact->type, fact}, rule.term.at, path);
  }

  const Fact* term(Term& term, const std::string& path) {
    const Fact* fact = find_fact(lower(term.fact));
    if (fact == nullptr) {
      unknown_fact(term, path);
      return nullptr;
    }
    term.fact = fact->name;
    if (term.subject && fact->subject.empty()) {
      add("no_subject", term.at, path,
          {fmt::format("'{}' takes no text", fact->name),
           fmt::format("“{}”不接受文字参数", fact->title.zh)},
          {"Leave it out.", "请删除该文字。"});
    }
    if (fact->needs_subject && !term.subject) {
      add("needs_subject", term.at, path,
          {fmt::format("'{}' needs {}", fact->name, fact->subject_words.en),
           fmt::format("“{}”需要{}", fact->title.zh, fact->subject_words.zh)},
          {fmt::format("Write {}('...').", fact->name),
           fmt::format("请写 {}('…')。", fact->zh.front())});
    }
    for (std::size_t i = 0; i < term.where.size(); ++i) {
      filter(term.where[i], *fact, path + "/where/" + std::to_string(i));
    }
    if (term.window) window(*term.window, *fact, path + "/window");
    return fact;
  }

  void unknown_fact(const Term& term, const std::string& path) {
    const auto words = fact_words();
    const auto meant = nearest(term.fact, {words.begin(), words.end()});
    add("unknown_word", term.at, path,
        {fmt::format("There is no fact '{}'", term.fact), fmt::format("没有事实“{}”", term.fact)},
        meant ? Sentence{fmt::format("Did you mean '{}'?", *meant),
                         fmt::format("您是否想写“{}”？", *meant)}
              : Sentence{"`huitou segments words` lists all facts.",
                         "`huitou segments words` 列出全部可用事实。"},
        meant ? std::string(*meant) : "");
  }

  void filter(Filter& filter, const Fact& fact, const std::string& path) {
    if (filter.field == "property" || filter.field == "属性") {
      filter.field = "property";
      property(filter, fact, path);
      return;
    }
    const Field* field = find_field(fact.source, lower(filter.field));
    if (field == nullptr) return unknown_field(filter, fact, path);
    filter.field = field->name;
    comparison(filter.is, {filter.field, {field->name, field->zh}, field->type}, filter.at, path);
  }

  void property(Filter& filter, const Fact& fact, const std::string& path) {
    if (fact.source != Source::events || filter.property.empty())
      return unknown_field(filter, fact, path);
    const bool number =
        !filter.is.values.empty() && filter.is.values.front().kind == Literal::Kind::number;
    comparison(filter.is,
               {filter.property,
                {filter.property, filter.property},
                number ? ValueType::number : ValueType::text},
               filter.at, path);
  }

  void unknown_field(const Filter& filter, const Fact& fact, const std::string& path) {
    const SourceCard& card = source_card(fact.source);
    std::vector<std::string_view> words;
    std::string en, zh;
    for (const Field& field : card.fields) {
      words.push_back(field.name);
      words.push_back(field.zh);
      en += (en.empty() ? "" : ", ") + std::string(field.name);
      zh += (zh.empty() ? "" : "、") + std::string(field.zh);
    }
    if (fact.source == Source::events) {
      en += ", property 'name'";
      zh += "、属性 '名称'";
    }
    const auto meant = nearest(filter.field, words);
    Sentence hint = en.empty() ? Sentence{"Leave `where` out.", "请删除“其中”。"}
                               : Sentence{"They have: " + en + ".", "可用字段：" + zh + "。"};
    if (meant) {
      hint.en = fmt::format("Did you mean '{}'? ", *meant) + hint.en;
      hint.zh = fmt::format("您是否想写“{}”？", *meant) + hint.zh;
    }
    add("unknown_field", filter.at, path,
        {fmt::format("The {} that '{}' is made of have no field '{}'", card.title.en, fact.name,
                     filter.field),
         fmt::format("“{}”所依据的{}没有字段“{}”", fact.title.zh, card.title.zh, filter.field)},
        std::move(hint), meant ? std::string(*meant) : "");
  }

  void window(const Window& window, const Fact& fact, const std::string& path) {
    const SourceCard& card = source_card(fact.source);
    if (card.day.empty()) {
      return add("no_window", window.at, path,
                 {fmt::format("'{}' has no time", fact.name),
                  fmt::format("“{}”与时间无关", fact.title.zh)},
                 {"Leave the window out.", "请删除时间窗口。"});
    }
    if (window.unit == WindowUnit::hours && card.instant.empty()) {
      return add("no_hours", window.at, path,
                 {fmt::format("'{}' knows days, not hours", fact.name),
                  fmt::format("“{}”只有日期，没有小时", fact.title.zh)},
                 {"Write the window in days.", "请以天为单位。"});
    }
    if (window.unit != WindowUnit::dates) {
      if (window.last >= 1 && window.last <= kMostWindow) return;
      return add("bad_window", window.at, path,
                 {fmt::format("A window of {} is none", window.last),
                  fmt::format("时间窗口 {} 无效", window.last)},
                 {"Write a whole number of 1 to 36600.", "请写 1 至 36600 的整数。"});
    }
    if ((window.from || window.to) && (!window.from || !window.to || *window.from < *window.to))
      return;
    add("bad_window", window.at, path, {"The window has no day", "时间窗口中没有日期"},
        {"`to` is the day after the last one.", "“至”为最后一天的次日。"});
  }

  void comparison(Comparison& is, const Compared& of, Span at, const std::string& path) {
    if (!fits(is.op, of.type) || (is.op == Op::contains && of.has_choices())) {
      return wrong_op(is, of, at, path);
    }
    const bool none = is.op == Op::some || is.op == Op::known || is.op == Op::unknown;
    const std::size_t least = none ? 0 : is.op == Op::between ? 2 : 1;
    const std::size_t most = is.op == Op::in ? kMostValues : least;
    if (is.values.size() < least || is.values.size() > most) {
      return add("bad_values", is.at, path,
                 {fmt::format("'{}' has {} values here", of.name, is.values.size()),
                  fmt::format("“{}”此处有 {} 个值", of.title.zh, is.values.size())},
                 {fmt::format("Give {} to {}.", least, most),
                  fmt::format("请给出 {} 至 {} 个。", least, most)});
    }
    if (is.op == Op::contains && is.values[0].kind == Literal::Kind::text &&
        is.values[0].text.empty()) {
      return add("bad_values", is.at, path, {"Every text contains nothing", "任何文字都包含空文字"},
                 {"Write the part to look for.", "请写要查找的部分。"});
    }
    for (std::size_t i = 0; i < is.values.size(); ++i) {
      value(is.values[i], of, path + "/values/" + std::to_string(i));
    }
    if (is.op == Op::between && order_of(is.values[0]) > order_of(is.values[1])) {
      add("empty_range", is.at, path + "/values/0",
          {"Nothing lies between these values", "这两个值之间为空"},
          {"Write the smaller one first.", "请先写较小的值。"});
    }
  }

  static std::int64_t order_of(const Literal& value) {
    return value.kind == Literal::Kind::date ? value.date.days : value.micro;
  }

  void wrong_op(const Comparison& is, const Compared& of, Span at, const std::string& path) {
    if (is.op == Op::some) {
      return add("needs_comparison", at, path,
                 {fmt::format("'{}' is {} and must be compared", of.name, type_words(of.type).en),
                  fmt::format("“{}”是{}，需要比较", of.title.zh, type_words(of.type).zh)},
                 {is_text(of.type) ? fmt::format("Write {} = '...'.", of.name)
                                   : fmt::format("Write {} >= ... .", of.name),
                  is_text(of.type) ? "请写如 = '…' 的比较。" : "请写如 >= 的比较。"});
    }
    add("wrong_op", is.at, path,
        {fmt::format("'{}' is {}: `{}` does not fit", of.name, type_words(of.type).en,
                     op_words(is.op, Language::en)),
         fmt::format("“{}”是{}，不能用“{}”", of.title.zh, type_words(of.type).zh,
                     op_words(is.op, Language::zh))},
        of.has_choices() ? Sentence{"It is compared with =, != and in.", "可用 =、!=、属于 比较。"}
        : is_text(of.type) ? Sentence{"Texts are compared with =, !=, in and contains.",
                                    "文字可用 =、!=、属于、包含 比较。"}
                         : Sentence{"It is compared with =, !=, <, <=, >, >=, between and in.",
                                    "可用 =、!=、<、<=、>、>=、介于、属于 比较。"});
  }

  void value(Literal& value, const Compared& of, const std::string& path) {
    if (brought_into_form(value, of.type)) {
      if (of.has_choices()) known_choice(value, of, path);
      return;
    }
    const std::string shown = print_value(value);
    add("wrong_type", value.at, path,
        {fmt::format("'{}' is {}: {} is none", of.name, type_words(of.type).en, shown),
         fmt::format("“{}”应为{}，而 {} 不是", of.title.zh, type_words(of.type).zh, shown)},
        {fmt::format("Write {}.", type_words(of.type).en),
         fmt::format("请写{}。", type_words(of.type).zh)});
  }

  void known_choice(Literal& value, const Compared& of, const std::string& path) {
    if (const Words* known = find_choice(*of.fact, value.text)) {
      value.text = known->en;
      return;
    }
    const Sentence all = choices_said(*of.fact);
    add("unknown_choice", value.at, path,
        {fmt::format("'{}' is never {}", of.name, print_value(value)),
         fmt::format("“{}”没有取值 {}", of.title.zh, print_value(value))},
        {"There are: " + all.en + ".", "可用取值：" + all.zh + "。"});
  }

  static bool brought_into_form(Literal& value, ValueType type) {
    using K = Literal::Kind;
    const bool in_bounds =
        value.micro <= kMostNumber * kMillion && value.micro >= -kMostNumber * kMillion;
    switch (type) {
      case ValueType::text:
        if (value.kind == K::number) {
          value.text = print_value(value);
          value.kind = K::text;
          value.micro = 0;
        }
        return value.kind == K::text && value.text.size() <= kMostText;
      case ValueType::date:
        if (value.kind == K::text) {
          const auto day = parse_date(value.text);
          if (!day.ok() || *day > kLastDate) return false;
          value = {.kind = K::date, .date = *day, .at = value.at};
        }
        return value.kind == K::date;
      case ValueType::ratio:
        if (value.kind == K::text) take_percent(value);
        if (value.kind == K::number && value.micro <= kMostNumber * kMillion / 100 &&
            value.micro >= -kMostNumber * kMillion / 100) {
          value.kind = K::percent;
          value.micro *= 100;
        }
        return value.kind == K::percent && in_bounds;
      case ValueType::count:
      case ValueType::days:
        return value.kind == K::number && in_bounds && value.micro % kMillion == 0;
      case ValueType::money:
        return value.kind == K::number && in_bounds && value.micro % kMinorMicro == 0;
      case ValueType::number:
        return value.kind == K::number && in_bounds;
    }
    return false;
  }

  /// The "30%" of JSON.
  static void take_percent(Literal& value) {
    const std::vector<Token> tokens = lex(value.text).tokens;
    if (tokens.size() != 2 || tokens[0].kind != TokenKind::number || !tokens[0].percent) return;
    value.kind = Literal::Kind::percent;
    value.micro = tokens[0].micro;
    value.text.clear();
  }

  static constexpr std::size_t kMostText = 1'000;
  static constexpr std::int64_t kMinorMicro = 10'000;  // a hundredth
  std::size_t nodes_ = 0;
  bool large_ = false;
};

}  // namespace

std::vector<Problem> check_types(Rule& rule) {
  Checker checker;
  checker.rule(rule, "", 0);
  return std::move(checker.problems);
}

}  // namespace huitou::segments
