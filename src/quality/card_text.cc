#include "quality/card_text.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "quality/statement.h"

namespace huitou::quality {
namespace {

template <typename T, std::size_t kSize>
using Names = std::array<std::pair<std::string_view, T>, kSize>;

constexpr Names<Grain, 5> kGrains{{{"order", Grain::order},
                                   {"line", Grain::line},
                                   {"product", Grain::product},
                                   {"store_day", Grain::store_day},
                                   {"channel_month", Grain::channel_month}}};
constexpr Names<Severity, 3> kSeverities{
    {{"info", Severity::info}, {"warning", Severity::warning}, {"error", Severity::error}}};
constexpr Names<Advice, 3> kAdvices{
    {{"keep", Advice::keep}, {"fix", Advice::fix}, {"quarantine", Advice::quarantine}}};
constexpr Names<Mend, 6> kMends{{{"", Mend::none},
                                 {"gross", Mend::gross},
                                 {"refund", Mend::refund},
                                 {"ordered_at", Mend::ordered_at},
                                 {"status", Mend::status},
                                 {"customer", Mend::customer}}};
constexpr Names<Unit, 4> kUnits{
    {{"minor", Unit::minor}, {"days", Unit::days}, {"count", Unit::count}, {"ratio", Unit::ratio}}};
constexpr Names<ParamType, 4> kTypes{{{"integer", ParamType::integer},
                                      {"number", ParamType::number},
                                      {"date", ParamType::date},
                                      {"text", ParamType::text}}};

[[noreturn]] void refuse(std::string_view what, std::string_view where) {
  throw Bug("a rule's file has " + std::string(what) + ": '" + std::string(where) + "'");
}

template <typename T, std::size_t kSize>
T choice(const Names<T, kSize>& names, std::string_view text) {
  for (const auto& [name, value] : names) {
    if (name == text) return value;
  }
  refuse("an unknown word", text);
}

template <typename T, std::size_t kSize>
std::string_view name_in(const Names<T, kSize>& names, T wanted) {
  for (const auto& [name, value] : names) {
    if (value == wanted) return name;
  }
  throw Bug("a value without name");
}

std::string_view trim(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \n");
  return begin == std::string_view::npos
             ? std::string_view()
             : text.substr(begin, text.find_last_not_of(" \n") - begin + 1);
}

std::string_view take_word(std::string_view& text) {
  text = trim(text);
  const std::size_t end = std::min(text.find(' '), text.size());
  const std::string_view word = text.substr(0, end);
  text = trim(text.substr(end));
  return word;
}

Words words(std::string_view text) {
  const std::size_t bar = text.find(" | ");
  if (bar == std::string_view::npos) refuse("a text in one language only", text);
  return {trim(text.substr(0, bar)), trim(text.substr(bar + 3))};
}

double number(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) refuse("no number", text);
  return value;
}

Param read_param(std::string_view text) {
  Param param;
  param.name = take_word(text);
  param.type = choice(kTypes, take_word(text));
  param.fallback = take_word(text);
  param.doc = words(text);
  return param;
}

struct Field {
  std::string_view name;
  void (*take)(Rule& rule, std::string_view value);
};

constexpr Field kFields[] = {
    {"rule", [](Rule& r, std::string_view v) { r.card.name = v; }},
    {"title", [](Rule& r, std::string_view v) { r.card.title = words(v); }},
    {"question", [](Rule& r, std::string_view v) { r.card.question = words(v); }},
    {"method", [](Rule& r, std::string_view v) { r.card.method = words(v); }},
    {"grain", [](Rule& r, std::string_view v) { r.grain = choice(kGrains, v); }},
    {"severity", [](Rule& r, std::string_view v) { r.severity = choice(kSeverities, v); }},
    {"action", [](Rule& r, std::string_view v) { r.advice = choice(kAdvices, v); }},
    {"mend", [](Rule& r, std::string_view v) { r.mend = choice(kMends, v); }},
    {"param", [](Rule& r, std::string_view v) { r.params.push_back(read_param(v)); }},
    {"value",
     [](Rule& r, std::string_view v) {
       r.value_unit = choice(kUnits, take_word(v));
       r.value_label = words(v);
     }},
    {"weight",
     [](Rule& r, std::string_view v) {
       r.weight = number(take_word(v));
       if (take_word(v) != "at") refuse("a weight without share", r.card.name);
       r.full_share = number(v);
     }},
};

void take_field(Rule& rule, std::string_view line) {
  const std::string_view name = take_word(line);
  for (const Field& field : kFields) {
    if (field.name == name) return field.take(rule, line);
  }
  refuse("an unknown field", name);
}

}  // namespace

std::string_view grain_name(Grain grain) { return name_in(kGrains, grain); }
std::string_view severity_name(Severity severity) { return name_in(kSeverities, severity); }
std::string_view advice_name(Advice advice) { return name_in(kAdvices, advice); }
std::string_view mend_name(Mend mend) { return name_in(kMends, mend); }

Rule read_card(std::string_view text) {
  Rule rule;
  rule.sql = body_of(text);
  for (std::string_view head = text.substr(0, text.size() - rule.sql.size()); !head.empty();) {
    const std::size_t end = std::min(head.find('\n'), head.size() - 1) + 1;
    take_field(rule, head.substr(2, end - 2));
    head.remove_prefix(end);
  }
  const bool whole = !rule.card.name.empty() && !rule.card.method.zh.empty() && rule.weight > 0 &&
                     rule.full_share > 0 && !rule.value_label.zh.empty();
  if (!whole) refuse("too short a card", rule.card.name);
  return rule;
}

}  // namespace huitou::quality
