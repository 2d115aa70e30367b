#include "segments/moves.h"

#include <fmt/format.h>

#include <algorithm>

#include "segments/ask.h"
#include "segments/journal.h"
#include "segments/pass.h"
#include "segments/saved.h"

namespace huitou::segments {
namespace {

Error taken(const std::string& name) {
  return {Code::conflict, fmt::format("There is a segment '{}' already.", name),
          "Give another name with --as.", fmt::format("分群“{}”已存在。", name),
          "请用 --as 给出其他名称。"};
}

}  // namespace

Result<Refreshed> freeze(engine::Engine& engine, store::Store& store, const RunAt& run,
                         const Freeze& freeze) {
  Journal journal(store);
  TRY(journal.ensure());
  TRY(const Segment from, find(store, freeze.name));
  TRY(const Library known, library(store));
  TRY(check_name(freeze.as));
  TRY(const std::vector<Segment> all, saved(store));
  if (std::any_of(all.begin(), all.end(),
                  [&](const Segment& one) { return one.name == freeze.as; })) {
    return taken(freeze.as);
  }
  TRY(const std::int64_t id, journal.begin(run));
  Segment segment{.name = freeze.as,
                  .rule = from.rule,
                  .description = freeze.description,
                  .owner = freeze.owner,
                  .saved_at = run.now};
  TRY(segment.version, next_version(store, freeze.as));
  const Asked asked{.names = {freeze.as},
                    .versions = {segment.version},
                    .rules = {{.kind = Kind::segment, .name = freeze.name}}};
  TRY(auto problems, Pass(engine, run, known, id).write(asked));
  if (!problems.empty()) return problems.begin()->second;
  TRY(auto counts, membership(engine, run, {freeze.as}, known.void_moves, id));
  Refreshed out = counts[freeze.as];
  out.name = freeze.as;
  out.version = segment.version;
  out.frozen = true;
  TRY(journal.finish(id, [&](store::Store& in) -> Status {
    TRY(write_version(in, segment));
    TRY(in.run(
        "INSERT INTO segment_frozen VALUES (?, ?, ?, ?, ?)",
        {freeze.as, from.name, from.version, std::int64_t{run.as_of.end.days - 1}, run.now}));
    return note(in, run, id, out);
  }));
  return out;
}

Result<std::optional<Frozen>> frozen(store::Store& store, const std::string& name) {
  TRY(Journal(store).ensure());
  TRY(const Frame rows, store.run("SELECT of_name, of_version, day, frozen_at FROM segment_frozen "
                                  "WHERE name = ?",
                                  {name}));
  if (rows.rows() == 0) return std::optional<Frozen>();
  const auto integer = [&](const char* column) { return rows.integer(column, 0).value_or(0); };
  return std::optional(Frozen{.of_name = rows.text("of_name", 0).value_or(""),
                              .of_version = integer("of_version"),
                              .day = Date{static_cast<std::int32_t>(integer("day"))},
                              .frozen_at = integer("frozen_at")});
}

Result<std::optional<std::int64_t>> kept_count(store::Store& store, const std::string& name) {
  TRY(Journal(store).ensure());
  TRY(const Frame rows,
      store.run("SELECT customers FROM segment_refreshed WHERE name = ?", {name}));
  if (rows.rows() == 0) return std::optional<std::int64_t>();
  return rows.integer("customers", 0);
}

Result<std::vector<Stay>> history(engine::Engine& engine, store::Store& store,
                                  const Person& person) {
  Journal journal(store);
  TRY(journal.ensure());
  TRY(const engine::IntegerList void_moves, journal.void_moves());
  TRY(const Library known, library(store));
  engine::Query query{.params = {{"accounts", person.accounts}, {"void_moves", void_moves}}};
  TRY(query.text, text_of("history", {}));
  TRY(const Frame frame, engine.query(query));
  std::vector<Stay> out;
  for (std::size_t row = 0; row < frame.rows(); ++row) {
    const std::string name = frame.text("segment", row).value_or("");
    const Date day{static_cast<std::int32_t>(frame.integer("day", row).value_or(0))};
    if (frame.integer("came", row).value_or(0) != 0) {
      out.push_back({.segment = name,
                     .version = frame.integer("of_version", row).value_or(0),
                     .came_on = day,
                     .removed = !known.rules.contains(name)});
    } else if (!out.empty() && out.back().segment == name) {
      out.back().left_on = day;
    }
  }
  return out;
}

Result<Frame> moves(engine::Engine& engine, store::Store& store, const std::string& name) {
  TRY(find(store, name));
  Journal journal(store);
  TRY(journal.ensure());
  TRY(const engine::IntegerList void_moves, journal.void_moves());
  engine::Query query{.params = {{"name", name}, {"void_moves", void_moves}}};
  TRY(query.text, text_of("moves", {}));
  TRY(Frame frame, engine.query(query));
  frame.at("day").type = ColumnType::date;
  Column customers = make_column("customers", ColumnType::integer);
  std::int64_t number = 0;
  for (std::size_t row = 0; row < frame.rows(); ++row) {
    number += frame.integer("came", row).value_or(0) - frame.integer("went", row).value_or(0);
    customers.push_integer(number);
  }
  frame.columns.push_back(std::move(customers));
  return frame;
}

}  // namespace huitou::segments
