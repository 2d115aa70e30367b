#include "segments/segments.h"

#include <fmt/format.h>

#include <algorithm>
#include <sstream>

#include "base/replace_all.h"
#include "schema/schema.h"
#include "segments/ask.h"
#include "segments/scales.h"
#include "segments/sources.h"

namespace huitou::segments {
namespace {

/// What every question shows: enough to know a customer by.
const std::vector<Shown> kShown{
    {"customer_key", "shown_key"},       {"customer_name", "shown_name"},
    {"customer_region", "shown_region"}, {"orders", "shown_orders"},
    {"net_amount", "shown_net"},         {"last_order_on", "shown_last"}};
const std::vector<Shown> kCounted{{"orders", "shown_orders"}, {"net_amount", "shown_net"}};

Error missing(const std::string& name) {
  return {Code::not_found, fmt::format("There is no segment '{}'.", name),
          "`huitou segments list` shows those there are.", fmt::format("没有分群“{}”。", name),
          "`huitou segments list` 列出现有分群。"};
}

Result<Compiled> compiled(engine::Engine& engine, const Question& question,
                          const std::vector<Shown>& shown,
                          const std::vector<const Rule*>& further = {}) {
  TRY(const Scope scope, scope_of(engine, question));
  TRY(Compiled parts,
      compile(question.rule, scope, lookup_in(question.library), shown, further));
  TRY(put_scales(engine, question, scope, parts.scored, parts.params));
  return parts;
}

/// A query of the rule's parts.
Result<engine::Query> query_of(std::string_view name, Compiled parts,
                               const engine::Limits& limits) {
  engine::Query query{.params = std::move(parts.params), .limits = limits};
  TRY(query.text,
      text_of(name,
              {{"predicate", parts.predicate}, {"shown", parts.shown}, {"people", parts.people}}));
  return query;
}

/// What `count` needs; with `most`, also `first`: the numbers of so many who fit, the highest
/// amount first.
Result<Frame> counted(engine::Engine& engine, const Question& question, const Scope& scope,
                      std::optional<std::int64_t> most = {}) {
  TRY(Compiled parts, compile(question.rule, scope, lookup_in(question.library), kCounted));
  TRY(put_scales(engine, question, scope, parts.scored, parts.params));
  TRY(engine::Query query, query_of("count", std::move(parts), question.limits));
  std::string more;
  if (most) {
    TRY(more, text_of("first_numbers", {}));
    query.params["most"] = *most;
  }
  replace_all(query.text, "{{more}}", more);
  return engine.query(query);
}

Count count_of(const Frame& frame) {
  const auto value = [&](const char* name) { return frame.integer(name, 0).value_or(0); };
  return {value("everyone"), value("customers"), value("orders"), value("net_minor"),
          value("everyone_net_minor")};
}

engine::IntegerList numbers_in(const std::string& text) {
  engine::IntegerList numbers;
  std::istringstream in(text);
  for (std::int64_t number = 0; in >> number;) numbers.push_back(number);
  return numbers;
}

/// The people of the query, highest amount first.
Result<Frame> first_of(engine::Engine& engine, Compiled parts, const engine::Limits& limits,
                       std::int64_t most) {
  TRY(engine::Query query, query_of("members", std::move(parts), limits));
  TRY(query.text, text_of("first", {{"members", query.text}}));
  query.params["most"] = most;
  TRY(Frame frame, engine.query(query));
  frame.at("last_order_on").type = ColumnType::date;
  return frame;
}

}  // namespace

Result<Scope> scope_of(engine::Engine& engine, const Question& question) {
  Scope scope{.as_of = question.as_of,
              .void_runs = question.void_runs,
              .frozen = question.library.frozen,
              .kept = question.library.kept,
              .void_moves = question.library.void_moves,
              .limits = question.library.limits};
  TRY(scope.joined_accounts, some_joined(engine, question.void_runs, question.limits));
  return scope;
}

Result<bool> some_joined(engine::Engine& engine, const engine::IntegerList& void_runs,
                         const engine::Limits& limits) {
  TRY(const std::string joined_accounts, schema::expand("{{joined_accounts}}"));
  engine::Query query{.params = {{"void_runs", void_runs}}, .limits = limits};
  TRY(query.text, text_of("joined_accounts", {{"joined", joined_accounts}}));
  TRY(const Frame joined, engine.query(query));
  return joined.integer("accounts", 0).value_or(0) > 0;
}

Lookup lookup_in(const Library& library) {
  return [&library](const std::string& name) -> Result<const Rule*> {
    const auto found = library.rules.find(name);
    if (found == library.rules.end()) return missing(name);
    return &found->second;
  };
}

Result<Count> count(engine::Engine& engine, const Question& question) {
  TRY(const Scope scope, scope_of(engine, question));
  TRY(const Frame frame, counted(engine, question, scope));
  return count_of(frame);
}

Result<Preview> preview(engine::Engine& engine, const Question& question, std::int64_t most) {
  TRY(Scope scope, scope_of(engine, question));
  TRY(const Frame frame, counted(engine, question, scope, most));
  scope.among = numbers_in(frame.text("first", 0).value_or(""));
  const Rule everyone{.kind = Kind::everyone};
  TRY(Compiled parts, compile(everyone, scope, lookup_in(question.library), kShown));
  TRY(Frame examples, first_of(engine, std::move(parts), question.limits, most));
  return Preview{count_of(frame), std::move(examples)};
}

Result<std::vector<std::int64_t>> members(engine::Engine& engine, const Question& question) {
  TRY(Compiled parts, compiled(engine, question, {}));
  TRY(const engine::Query query, query_of("members", std::move(parts), question.limits));
  TRY(Frame frame, engine.query(query));
  std::vector<std::int64_t> ids = std::move(frame.at("customer_id").integers());
  std::sort(ids.begin(), ids.end());
  return ids;
}

Result<Crossing> cross(engine::Engine& engine, const Question& question, const Rule& others,
                       const std::vector<Rule>& cells) {
  std::vector<const Rule*> further{&others};
  for (const Rule& cell : cells) further.push_back(&cell);
  TRY(Compiled parts, compiled(engine, question, {}, further));
  std::string counts;
  for (std::size_t i = 1; i < parts.further.size(); ++i) {
    counts += fmt::format(
        ", toInt64(countIf(inside AND cell{0})) AS inside{0}, toInt64(countIf(outside "
        "AND cell{0})) AS outside{0}",
        i);
    parts.shown += fmt::format(", toUInt8({}) AS cell{}", parts.further[i], i);
  }
  engine::Query query{.params = std::move(parts.params), .limits = question.limits};
  TRY(query.text, text_of("cross", {{"inside", parts.predicate},
                                    {"others", parts.further.front()},
                                    {"cells", parts.shown},
                                    {"counts", counts},
                                    {"people", parts.people}}));
  TRY(const Frame frame, engine.query(query));
  const auto counted = [&](const std::string& name) { return frame.integer(name, 0).value_or(0); };
  Crossing crossing{{counted("inside_all"), counted("outside_all")}, {}};
  for (std::size_t i = 1; i <= cells.size(); ++i) {
    crossing.cells.push_back(
        {counted(fmt::format("inside{}", i)), counted(fmt::format("outside{}", i))});
  }
  return crossing;
}

Result<std::vector<std::vector<double>>> cut_points(engine::Engine& engine,
                                                    const Question& question,
                                                    const std::vector<const char*>& facts,
                                                    std::int64_t parts) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < facts.size(); ++i) names.push_back(fmt::format("f{}", i));
  std::vector<Shown> shown;
  std::string cuts;
  for (std::size_t i = 0; i < facts.size(); ++i) {
    shown.push_back({facts[i], names[i].c_str()});
    cuts += fmt::format(", toInt64(countIf(isNotNull(f{0}))) AS known{0}", i);
    for (std::int64_t cut = 1; cut < parts; ++cut) {
      cuts += fmt::format(
          ", toFloat64(quantileExactIf({0})(assumeNotNull(f{1}), isNotNull(f{1}))) AS f{1}_{2}",
          static_cast<double>(cut) / static_cast<double>(parts), i, cut);
    }
  }
  TRY(Compiled compiled_facts, compiled(engine, question, shown));
  engine::Query query{.params = std::move(compiled_facts.params), .limits = question.limits};
  TRY(query.text, text_of("cuts", {{"cuts", cuts},
                                   {"predicate", compiled_facts.predicate},
                                   {"shown", compiled_facts.shown},
                                   {"people", compiled_facts.people}}));
  TRY(const Frame frame, engine.query(query));
  std::vector<std::vector<double>> out(facts.size());
  for (std::size_t i = 0; i < facts.size(); ++i) {
    if (frame.integer(fmt::format("known{}", i), 0).value_or(0) == 0) continue;
    for (std::int64_t cut = 1; cut < parts; ++cut) {
      const double value = frame.real(fmt::format("f{}_{}", i, cut), 0).value_or(0);
      if (out[i].empty() || out[i].back() < value) out[i].push_back(value);
    }
  }
  return out;
}

Status stream_customers(engine::Engine& engine, const Question& question,
                        const std::vector<std::string>& kinds,
                        const std::function<Status(const Frame&)>& take) {
  std::vector<Shown> shown = kShown;
  std::vector<std::string> names;
  std::string columns;
  for (const std::string& kind : kinds) names.push_back("shown_key_" + kind);
  for (std::size_t i = 0; i < kinds.size(); ++i) {
    shown.push_back({.fact = "key_value", .as = names[i].c_str(), .subject = kinds[i]});
    columns += fmt::format(", {} AS {}", names[i], kinds[i]);
  }
  TRY(Compiled parts, compiled(engine, question, shown));
  TRY(engine::Query query, query_of("members", std::move(parts), question.limits));
  TRY(query.text, text_of("list", {{"members", query.text}, {"columns", columns}}));
  return engine.stream(query, [&](const Frame& block) -> Status {
    Frame typed = block;
    typed.at("last_order_on").type = ColumnType::date;
    return take(typed);
  });
}

Result<Frame> customers(engine::Engine& engine, const Question& question, std::int64_t most) {
  TRY(Compiled parts, compiled(engine, question, kShown));
  return first_of(engine, std::move(parts), question.limits, most);
}

}  // namespace huitou::segments
