#include "segments/journal.h"

#include <fmt/format.h>

#include "segments/segments.h"

namespace huitou::segments {
namespace {

constexpr std::string_view kTables[] = {
    "CREATE TABLE IF NOT EXISTS segment_runs (id INTEGER PRIMARY KEY AUTOINCREMENT, "
    "state TEXT NOT NULL, ran_at INTEGER NOT NULL, asked_at INTEGER NOT NULL, day INTEGER NOT "
    "NULL)",
    "CREATE TABLE IF NOT EXISTS segment_refreshed (name TEXT PRIMARY KEY, version INTEGER NOT "
    "NULL, run INTEGER NOT NULL, asked_at INTEGER NOT NULL, day INTEGER NOT NULL, within_day "
    "INTEGER NOT NULL, customers INTEGER NOT NULL)",
    "CREATE TABLE IF NOT EXISTS segment_frozen (name TEXT PRIMARY KEY, of_name TEXT NOT NULL, "
    "of_version INTEGER NOT NULL, day INTEGER NOT NULL, frozen_at INTEGER NOT NULL)",
    "CREATE TABLE IF NOT EXISTS segment_tags (name TEXT PRIMARY KEY)",
    "CREATE TABLE IF NOT EXISTS mark_changes (run INTEGER PRIMARY KEY, kind TEXT NOT NULL, said_by "
    "TEXT NOT NULL, how TEXT NOT NULL, file TEXT NOT NULL, said_at INTEGER NOT NULL)",
    "CREATE TABLE IF NOT EXISTS segment_state (name TEXT PRIMARY KEY, value TEXT NOT NULL)"};

constexpr std::int64_t kHour = 3600;

/// What the memberships depend on, as text; empty where no segment is saved.
Result<std::string> state_of(store::Store& store, const std::string& data, std::int64_t now) {
  TRY(const std::vector<Segment> segments, saved(store));
  if (segments.empty()) return std::string();
  std::int64_t versions = 0;
  for (const Segment& segment : segments) versions += segment.version;
  return fmt::format("{} {} {} {}", data, segments.size(), versions, now / kHour);
}

}  // namespace

Status Journal::ensure() {
  for (const std::string_view table : kTables) TRY(store_.run(table));
  return {};
}

Result<std::int64_t> Journal::begin(const RunAt& run) {
  std::int64_t id = 0;
  TRY(store_.transaction([&](store::Store& in) -> Status {
    TRY(in.run("INSERT INTO segment_runs (state, ran_at, asked_at, day) VALUES ('open', ?, ?, ?)",
               {run.now, run.as_of.second, std::int64_t{run.as_of.end.days - 1}}));
    TRY(const Frame last, in.run("SELECT max(id) AS id FROM segment_runs"));
    id = last.integer("id", 0).value_or(0);
    return {};
  }));
  return id;
}

Status Journal::finish(std::int64_t run, const std::function<Status(store::Store&)>& work) {
  return store_.transaction([&](store::Store& in) -> Status {
    TRY(work(in));
    TRY(in.run("UPDATE segment_runs SET state = 'done' WHERE id = ?", {run}));
    return {};
  });
}

Result<engine::IntegerList> Journal::void_moves() {
  TRY(const Frame rows,
      store_.run("SELECT id FROM segment_runs WHERE state != 'done' ORDER BY id"));
  engine::IntegerList out;
  for (std::size_t row = 0; row < rows.rows(); ++row) {
    out.push_back(rows.integer("id", row).value_or(0));
  }
  return out;
}

Result<Lefts> Journal::left() {
  TRY(const Frame rows,
      store_.run("SELECT name, run, asked_at, customers FROM segment_refreshed ORDER BY name"));
  Lefts out;
  for (std::size_t row = 0; row < rows.rows(); ++row) {
    const auto integer = [&](const char* column) { return rows.integer(column, row).value_or(0); };
    out[rows.text("name", row).value_or("")] = {integer("run"), integer("asked_at"),
                                                integer("customers")};
  }
  return out;
}

Result<std::optional<AsOf>> last_instant(store::Store& store) {
  TRY(Journal(store).ensure());
  TRY(const Frame rows, store.run("SELECT asked_at, day, within_day FROM segment_refreshed "
                                  "ORDER BY asked_at DESC LIMIT 1"));
  if (rows.rows() == 0) return std::optional<AsOf>();
  const auto integer = [&](const char* column) { return rows.integer(column, 0).value_or(0); };
  return std::optional(AsOf{.end = Date{static_cast<std::int32_t>(integer("day")) + 1},
                            .second = integer("asked_at"),
                            .within_day = integer("within_day") != 0});
}

Result<bool> refresh_is_due(store::Store& store, const std::string& data, std::int64_t now) {
  TRY(Journal(store).ensure());
  TRY(const std::string state, state_of(store, data, now));
  if (state.empty()) return false;
  TRY(const Frame last, store.run("SELECT value FROM segment_state WHERE name = 'refreshed'"));
  return last.rows() == 0 || last.text("value", 0) != state;
}

Status note_refreshed(store::Store& store, const std::string& data, std::int64_t now) {
  TRY(const std::string state, state_of(store, data, now));
  TRY(store.run("INSERT OR REPLACE INTO segment_state VALUES ('refreshed', ?)", {state}));
  return {};
}

}  // namespace huitou::segments
