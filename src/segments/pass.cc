#include "segments/pass.h"

#include <fmt/format.h>

#include "segments/ask.h"
#include "segments/scales.h"

namespace huitou::segments {
namespace {

/// Of the text of a query; an engine reads 256 KiB.
constexpr std::size_t kMostText = 200'000;

/// The first so many of them, or the others.
Asked part_of(const Asked& all, std::size_t begin, std::size_t end) {
  Asked out;
  for (std::size_t i = begin; i < end; ++i) {
    out.names.push_back(all.names[i]);
    out.versions.push_back(all.versions[i]);
    out.rules.push_back(all.rules[i]);
  }
  return out;
}

}  // namespace

Result<std::map<std::string, Error>> Pass::write(const Asked& asked, bool touched) {
  std::map<std::string, Error> problems;
  TRY(write_some(asked, touched, problems));
  return problems;
}

Status Pass::write_some(const Asked& asked, bool touched, std::map<std::string, Error>& problems) {
  const Rule everyone;
  const Question question{.rule = everyone,
                          .as_of = run_.as_of,
                          .library = library_,
                          .void_runs = run_.void_runs,
                          .limits = run_.limits};
  TRY(Scope scope, scope_of(engine_, question));
  scope.touched = touched;
  std::vector<const Rule*> rules;
  for (const Rule& rule : asked.rules) rules.push_back(&rule);
  TRY(CompiledList compiled, compile_all(rules, scope, lookup_in(library_)));
  TRY(put_scales(engine_, question, scope, compiled.scored, compiled.params));
  engine::TextList names;
  engine::IntegerList versions;
  std::string fits;
  for (std::size_t i = 0; i < rules.size(); ++i) {
    const Result<std::string>& predicate = compiled.predicates[i];
    if (!predicate.ok()) {
      problems.emplace(asked.names[i], predicate.error());
      continue;
    }
    const std::string name = fmt::format("name{}", i);
    fits += fmt::format("{}if({}, {{{}:String}}, '')", fits.empty() ? "" : ", ", *predicate, name);
    compiled.params[name] = asked.names[i];
    names.push_back(asked.names[i]);
    versions.push_back(asked.versions[i]);
  }
  if (names.empty()) return {};
  engine::Query query{.params = std::move(compiled.params), .limits = run_.limits};
  query.params["names"] = names;
  query.params["versions"] = versions;
  query.params["moved_on"] = Date{run_.as_of.end.days - 1};
  query.params["moved_at"] = run_.as_of.second;
  query.params["run"] = id_;
  // Of few people their numbers leave out the most: names are compared afterwards.
  const char* who = touched ? "customer_id GLOBAL IN (SELECT customer_id FROM segment_touched)"
                            : "has({names:Array(String)}, segment)";
  TRY(query.text, text_of("refresh", {{"fits", fits}, {"people", compiled.people}, {"who", who}}));
  TRY(const std::string rendered, engine::render(query.text, query.params));
  if (const std::size_t many = asked.names.size(); rendered.size() > kMostText && many > 1) {
    TRY(write_some(part_of(asked, 0, many / 2), touched, problems));
    return write_some(part_of(asked, many / 2, many), touched, problems);
  }
  return engine_.execute(query);
}

namespace {

std::map<std::string, Refreshed> by_name(const Frame& frame) {
  std::map<std::string, Refreshed> out;
  for (std::size_t row = 0; row < frame.rows(); ++row) {
    const std::string name = frame.text("segment", row).value_or("");
    out[name] = {.name = name,
                 .customers = frame.integer("customers", row).value_or(0),
                 .came = frame.integer("came", row).value_or(0),
                 .went = frame.integer("went", row).value_or(0)};
  }
  return out;
}

}  // namespace

Result<std::map<std::string, Refreshed>> membership(engine::Engine& engine, const RunAt& run,
                                                    const engine::TextList& names,
                                                    const engine::IntegerList& void_moves,
                                                    std::int64_t id) {
  engine::Query query{.params = {{"names", names}, {"void_moves", void_moves}, {"run", id}},
                      .limits = run.limits};
  TRY(query.text, text_of("membership", {}));
  TRY(const Frame frame, engine.query(query));
  return by_name(frame);
}

Result<std::map<std::string, Refreshed>> moves_of(engine::Engine& engine, const RunAt& run,
                                                  std::int64_t id) {
  engine::Query query{.params = {{"run", id}}, .limits = run.limits};
  TRY(query.text, text_of("came_went", {}));
  TRY(const Frame frame, engine.query(query));
  return by_name(frame);
}

Status note(store::Store& in, const RunAt& run, std::int64_t id, const Refreshed& one) {
  TRY(in.run("INSERT OR REPLACE INTO segment_refreshed VALUES (?, ?, ?, ?, ?, ?, ?)",
             {one.name, one.version, id, run.as_of.second, std::int64_t{run.as_of.end.days - 1},
              std::int64_t{run.as_of.within_day ? 1 : 0}, one.customers}));
  return {};
}

}  // namespace huitou::segments
