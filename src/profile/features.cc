#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "profile/profile.h"
#include "profile/statement.h"

namespace huitou::profile {
namespace {

std::string_view trim(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(' ');
  return begin == std::string_view::npos
             ? std::string_view()
             : text.substr(begin, text.find_last_not_of(' ') - begin + 1);
}

/// Cuts off and gives what stands before the next `mark`.
std::string_view cut(std::string_view& text, char mark) {
  const std::size_t end = std::min(text.find(mark), text.size());
  const std::string_view part = trim(text.substr(0, end));
  text.remove_prefix(std::min(end + 1, text.size()));
  return part;
}

segments::Term term_of(std::string_view text) {
  const segments::Reading reading = segments::read(std::string(text) + " is known");
  CHECK(reading.rule.has_value() && reading.rule->kind == segments::Kind::condition);
  return reading.rule->term;
}

std::string_view base_type(segments::ValueType type) {
  using T = segments::ValueType;
  switch (type) {
    case T::count:
      return "UInt32";
    case T::days:
      return "Int32";
    case T::money:
      return "Int64";
    case T::number:
    case T::ratio:
      return "Float64";
    case T::date:
      return "Date";
    case T::text:
      break;
  }
  return "String";
}

Unit unit_of(segments::ValueType type) {
  using T = segments::ValueType;
  switch (type) {
    case T::count:
      return Unit::count;
    case T::days:
      return Unit::days;
    case T::money:
      return Unit::minor;
    case T::number:
      return Unit::number;
    case T::ratio:
      return Unit::ratio;
    case T::date:
      return Unit::date;
    case T::text:
      break;
  }
  return Unit::none;
}

Sentence title_of(const segments::Fact& fact, const segments::Term& term, std::int64_t days) {
  Sentence title{std::string(fact.title.en), std::string(fact.title.zh)};
  if (term.subject) {
    title.en += ": " + *term.subject;
    title.zh += "：" + *term.subject;
  }
  if (days > 0) {
    title.en += fmt::format(", last {} days", days);
    title.zh += fmt::format("（近 {} 天）", days);
  }
  return title;
}

Feature feature_of(std::string_view column, segments::Term term, std::string_view window) {
  Feature feature{.column = std::string(column), .term = std::move(term)};
  if (window != "ever") {
    const auto end = window.data() + window.size();
    CHECK(std::from_chars(window.data(), end, feature.days).ptr == end && feature.days > 0);
    feature.column += fmt::format("_{}d", feature.days);
    feature.term.window =
        segments::Window{.unit = segments::WindowUnit::days, .last = feature.days};
  }
  feature.fact = segments::find_fact(feature.term.fact);
  CHECK(feature.fact != nullptr);
  const segments::Fact& fact = *feature.fact;
  const std::string_view type = base_type(fact.type);
  feature.type = fact.zero ? std::string(type) : fmt::format("Nullable({})", type);
  feature.unit = unit_of(fact.type);
  feature.title = title_of(fact, feature.term, feature.days);
  feature.nothing = {std::string(fact.nothing.en), std::string(fact.nothing.zh)};
  return feature;
}

std::vector<Feature> read_features() {
  std::vector<Feature> out;
  std::string_view text = embedded("features.txt");
  while (!text.empty()) {
    std::string_view line = cut(text, '\n');
    if (line.empty() || line.front() == '#') continue;
    const std::string_view column = cut(line, '|');
    const segments::Term term = term_of(cut(line, '|'));
    line = trim(line);
    while (!line.empty()) out.push_back(feature_of(column, term, cut(line, ' ')));
  }
  return out;
}

engine::TableSpec make_table() {
  engine::TableSpec spec{.name = "customer_profile",
                         .columns = {{"customer_id", "UInt64"},
                                     {"as_of", "Date"},
                                     {"fingerprint", "UInt64"},
                                     {"recent_fingerprint", "UInt64"}},
                         .partition_by = "",
                         .order_by = "customer_id",
                         .shard_by = "customer_id"};
  for (const Feature& feature : features()) spec.columns.push_back({feature.column, feature.type});
  return spec;
}

}  // namespace

std::span<const Feature> features() {
  static const std::vector<Feature> kFeatures = read_features();
  return kFeatures;
}

Result<std::string> query_of(engine::Engine& engine, const Feature& feature) {
  // Any day will do: which columns are read does not depend on it.
  segments::WideTable wide{.as_of = {.end = Date{20089}}};
  wide.columns.push_back({feature.column, feature.term});
  TRY(const engine::Query query, segments::wide_query(engine, wide));
  return fmt::format("SELECT customer_id, {} FROM (\n{}\n) AS everybody", feature.column,
                     query.text);
}

const engine::TableSpec& table() {
  static const engine::TableSpec kTable = make_table();
  return kTable;
}

}  // namespace huitou::profile
