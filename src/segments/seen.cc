#include "segments/seen.h"

#include <sstream>

namespace huitou::segments {
namespace {

constexpr const char* kTables[] = {
    "CREATE TABLE IF NOT EXISTS segment_seen (run INTEGER NOT NULL, end_day INTEGER NOT NULL, "
    "second INTEGER NOT NULL, within_day INTEGER NOT NULL, prints INTEGER NOT NULL)",
    "CREATE TABLE IF NOT EXISTS segment_seen_parts (part INTEGER PRIMARY KEY, held TEXT NOT NULL, "
    "printed INTEGER NOT NULL)",
    "CREATE TABLE IF NOT EXISTS segment_seen_sources (source INTEGER PRIMARY KEY, since INTEGER "
    "NOT "
    "NULL, columns TEXT NOT NULL)",
    "CREATE TABLE IF NOT EXISTS segment_seen_rules (name TEXT PRIMARY KEY, rule TEXT NOT NULL)"};

Status ensure(store::Store& store) {
  for (const char* table : kTables) TRY(store.run(table));
  return {};
}

Status clear(store::Store& in) {
  for (const char* text : {"DELETE FROM segment_seen", "DELETE FROM segment_seen_parts",
                           "DELETE FROM segment_seen_sources", "DELETE FROM segment_seen_rules"}) {
    TRY(in.run(text));
  }
  return {};
}

}  // namespace

Result<Seen> read_seen(store::Store& store) {
  TRY(ensure(store));
  Seen seen;
  TRY(const Frame last, store.run("SELECT run, end_day, second, within_day, prints FROM "
                                  "segment_seen"));
  if (last.rows() == 0) return seen;
  const auto whole = [&](const char* name) { return last.integer(name, 0).value_or(0); };
  seen.run = whole("run");
  seen.as_of = {.end = Date{static_cast<std::int32_t>(whole("end_day"))},
                .second = whole("second"),
                .within_day = whole("within_day") != 0};
  seen.prints = whole("prints");
  TRY(const Frame parts, store.run("SELECT part, held, printed FROM segment_seen_parts"));
  for (std::size_t row = 0; row < parts.rows(); ++row) {
    seen.parts[parts.integer("part", row).value_or(0)] = {
        .held = parts.text("held", row).value_or(""),
        .printed = parts.integer("printed", row).value_or(0) != 0};
  }
  TRY(const Frame sources, store.run("SELECT source, since, columns FROM segment_seen_sources"));
  for (std::size_t row = 0; row < sources.rows(); ++row) {
    auto& source = seen.sources[static_cast<Source>(sources.integer("source", row).value_or(0))];
    source.since = sources.integer("since", row).value_or(0);
    std::istringstream words(sources.text("columns", row).value_or(""));
    for (std::string name; words >> name;) source.columns.insert(name);
  }
  TRY(const Frame rules, store.run("SELECT name, rule FROM segment_seen_rules"));
  for (std::size_t row = 0; row < rules.rows(); ++row) {
    seen.rules[rules.text("name", row).value_or("")] = rules.text("rule", row).value_or("");
  }
  return seen;
}

Status write_seen(store::Store& in, const Seen& seen) {
  TRY(clear(in));
  TRY(in.run("INSERT INTO segment_seen VALUES (?, ?, ?, ?, ?)",
             {seen.run, std::int64_t{seen.as_of.end.days}, seen.as_of.second,
              std::int64_t{seen.as_of.within_day ? 1 : 0}, seen.prints}));
  for (const auto& [part, one] : seen.parts) {
    TRY(in.run("INSERT INTO segment_seen_parts VALUES (?, ?, ?)",
               {part, one.held, std::int64_t{one.printed ? 1 : 0}}));
  }
  for (const auto& [source, one] : seen.sources) {
    std::string list;
    for (const std::string& name : one.columns) list += name + " ";
    TRY(in.run("INSERT INTO segment_seen_sources VALUES (?, ?, ?)",
               {static_cast<std::int64_t>(source), one.since, list}));
  }
  for (const auto& [name, rule] : seen.rules) {
    TRY(in.run("INSERT INTO segment_seen_rules VALUES (?, ?)", {name, rule}));
  }
  return {};
}

Status forget_seen(store::Store& store) {
  TRY(ensure(store));
  return store.transaction([](store::Store& in) { return clear(in); });
}

}  // namespace huitou::segments
