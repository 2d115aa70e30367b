#include "metrics/card_text.h"

#include <algorithm>
#include <array>

namespace huitou::metrics {
namespace {

[[noreturn]] void refuse(std::string_view what, std::string_view where) {
  throw Bug("a metric's file has " + std::string(what) + ": '" + std::string(where) + "'");
}

std::string_view trim(std::string_view text) {
  constexpr std::string_view kBlank = " \t\n,";
  const std::size_t begin = text.find_first_not_of(kBlank);
  return begin == std::string_view::npos
             ? std::string_view()
             : text.substr(begin, text.find_last_not_of(kBlank) - begin + 1);
}

Words words(std::string_view text) {
  const std::size_t bar = text.find(" | ");
  if (bar == std::string_view::npos) {
    refuse("a text in one language only", text);
  }
  return {trim(text.substr(0, bar)), trim(text.substr(bar + 3))};
}

template <typename T, std::size_t kSize>
T choice(std::string_view text, const std::array<std::pair<std::string_view, T>, kSize>& choices) {
  const auto found = std::find_if(choices.begin(), choices.end(),
                                  [&](const auto& pair) { return pair.first == text; });
  if (found == choices.end()) {
    refuse("an unknown word", text);
  }
  return found->second;
}

constexpr std::array<std::pair<std::string_view, Unit>, 5> kUnits{{{"count", Unit::count},
                                                                   {"ratio", Unit::ratio},
                                                                   {"minor", Unit::minor},
                                                                   {"number", Unit::number},
                                                                   {"days", Unit::days}}};
constexpr std::array<std::pair<std::string_view, Favourable>, 3> kFavourables{
    {{"up", Favourable::up}, {"down", Favourable::down}, {"neither", Favourable::neither}}};
constexpr std::array<std::pair<std::string_view, Maturity>, 3> kMaturities{
    {{"next_bucket", Maturity::next_bucket},
     {"after_end", Maturity::after_end},
     {"after_start", Maturity::after_start}}};
constexpr std::array<std::pair<std::string_view, bool>, 1> kYes{{{"yes", true}}};
constexpr std::array<std::pair<std::string_view, bool>, 1> kDay{{{"day", true}}};
constexpr std::array<std::pair<std::string_view, bool Uses::*>, 4> kUses{
    {{"merge_days", &Uses::merge_days},
     {"days", &Uses::days},
     {"window", &Uses::window},
     {"yearly_rate", &Uses::yearly_rate}}};

struct Field {
  std::string_view name;
  void (*take)(Metric& metric, std::string_view value);
};

constexpr Field kFields[] = {
    {"metric", [](Metric& m, std::string_view v) { m.card.name = v; }},
    {"code", [](Metric& m, std::string_view v) { m.code = v; }},
    {"title", [](Metric& m, std::string_view v) { m.card.title = words(v); }},
    {"aliases", [](Metric& m, std::string_view v) { m.aliases = split_list(v); }},
    {"question", [](Metric& m, std::string_view v) { m.card.question = words(v); }},
    {"formula", [](Metric& m, std::string_view v) { m.card.method = words(v); }},
    {"family", [](Metric& m, std::string_view v) { m.family = v; }},
    {"differs", [](Metric& m, std::string_view v) { m.differs = words(v); }},
    {"unit", [](Metric& m, std::string_view v) { m.unit = choice(v, kUnits); }},
    {"favourable", [](Metric& m, std::string_view v) { m.favourable = choice(v, kFavourables); }},
    {"from", [](Metric& m, std::string_view v) { m.relation = v; }},
    {"status", [](Metric& m, std::string_view v) { m.status = schema::parse_status_policy(v); }},
    {"grain", [](Metric& m, std::string_view v) { m.by_day = choice(v, kDay); }},
    {"interval", [](Metric& m, std::string_view v) { m.shares_customers = choice(v, kYes); }},
    {"history", [](Metric& m, std::string_view v) { m.reads_history = choice(v, kYes); }},
    {"recorded", [](Metric& m, std::string_view v) { m.recorded = v; }},
    {"unrecorded", [](Metric& m, std::string_view v) { m.unrecorded = words(v); }},
    {"lines", [](Metric& m, std::string_view v) { m.of_lines = choice(v, kYes); }},
    {"maturity", [](Metric& m, std::string_view v) { m.maturity = choice(v, kMaturities); }},
    {"uses",
     [](Metric& m, std::string_view v) {
       for (const std::string_view name : split_list(v)) {
         m.uses.*choice(name, kUses) = true;
       }
     }},
};

void take_field(Metric& metric, std::string_view line) {
  const std::size_t end = std::min(line.find(' '), line.size());
  const std::string_view name = line.substr(0, end);
  for (const Field& field : kFields) {
    if (field.name == name) {
      return field.take(metric, trim(line.substr(end)));
    }
  }
  refuse("an unknown field", name);
}

/// Takes the expression before ` AS <name>` off the front of `body`, if it is there.
std::string_view take_expression(std::string_view& body, std::string_view name) {
  const std::string mark = " AS " + std::string(name);
  const std::size_t end = body.find(mark);
  if (end == std::string_view::npos) {
    return {};
  }
  const std::string_view expression = trim(body.substr(0, end));
  body.remove_prefix(end + mark.size());
  return expression;
}

}  // namespace

std::vector<std::string_view> split_list(std::string_view text) {
  std::vector<std::string_view> parts;
  while (!trim(text).empty()) {
    const std::size_t end = std::min(text.find(','), text.size());
    parts.push_back(trim(text.substr(0, end)));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return parts;
}

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return out;
}

Metric read_card(std::string_view text) {
  Metric metric;
  while (text.starts_with("-- ")) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    take_field(metric, text.substr(3, end - 3));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  metric.value = take_expression(text, "value");
  metric.base = take_expression(text, "base");
  metric.numerator = take_expression(text, "numerator");
  metric.denominator = take_expression(text, "denominator");
  metric.card.view = View::curve;
  const bool divides = !metric.numerator.empty() && !metric.denominator.empty();
  if (metric.value.empty() != divides || !trim(text).empty()) {
    refuse("expressions that do not belong together", metric.card.name);
  }
  return metric;
}

}  // namespace huitou::metrics
