#include "identity/journal.h"

#include <algorithm>

namespace huitou::identity {

std::string_view embedded(std::string_view path);

namespace {

constexpr std::string_view kTables[] = {
    "CREATE TABLE IF NOT EXISTS identity_runs (id INTEGER PRIMARY KEY AUTOINCREMENT, "
    "state TEXT NOT NULL, ran_at INTEGER NOT NULL, joined INTEGER NOT NULL DEFAULT 0, "
    "parted INTEGER NOT NULL DEFAULT 0)",
    "CREATE TABLE IF NOT EXISTS identity_state (name TEXT PRIMARY KEY, value INTEGER NOT NULL)",
    "CREATE TABLE IF NOT EXISTS identity_stops (kind TEXT NOT NULL, key TEXT NOT NULL, "
    "reason TEXT NOT NULL, added_at INTEGER NOT NULL, PRIMARY KEY (kind, key))",
    "CREATE TABLE IF NOT EXISTS identity_pending (kind TEXT NOT NULL, key TEXT NOT NULL, "
    "PRIMARY KEY (kind, key))",
    "CREATE TABLE IF NOT EXISTS identity_pending_visitors (key TEXT PRIMARY KEY)"};

std::vector<Stop> parse_known(std::string_view text) {
  std::vector<Stop> out;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    const std::size_t tab = line.find('\t');
    if (line.starts_with('#') || tab == std::string_view::npos) {
      continue;
    }
    const std::string kind(line.substr(0, tab));
    line.remove_prefix(tab + 1);
    while (!line.empty()) {
      const std::size_t bar = std::min(line.find('|'), line.size());
      out.push_back({kind, std::string(line.substr(0, bar))});
      line.remove_prefix(std::min(bar + 1, line.size()));
    }
  }
  return out;
}

std::string entry(std::string_view kind, std::string_view key) {
  return std::string(kind) + "\t" + std::string(key);
}

}  // namespace

const std::vector<Stop>& known_stops() {
  static const std::vector<Stop> kStops = parse_known(embedded("known_stops.tsv"));
  return kStops;
}

Status Journal::ensure() {
  for (const std::string_view table : kTables) {
    TRY(store_.run(table));
  }
  return {};
}

Result<std::int64_t> Journal::state(const std::string& name, std::int64_t fallback) {
  TRY(const Frame rows, store_.run("SELECT value FROM identity_state WHERE name = ?", {name}));
  return rows.rows() == 0 ? fallback : rows.integer("value", 0).value_or(fallback);
}

Status Journal::put(store::Store& store, const std::string& name, std::int64_t value) {
  TRY(
      store.run("INSERT INTO identity_state (name, value) VALUES (?, ?) "
                "ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                {name, value}));
  return {};
}

Result<Journal::Settling> Journal::settled() {
  Settling settling;
  TRY(settling.data_version, state("settled_version", 0));
  TRY(settling.run, state("settled_run", 0));
  return settling;
}

Status Journal::settle(const Settling& settling) {
  return store_.transaction([&](store::Store& store) -> Status {
    TRY(put(store, "settled_version", settling.data_version));
    return put(store, "settled_run", settling.run);
  });
}

Result<Journal::EventsSettling> Journal::events_settled() {
  EventsSettling settling;
  TRY(settling.data_version, state("events_version", -1));
  TRY(settling.run, state("events_run", 0));
  TRY(settling.batch, state("events_batch", 0));
  TRY(settling.claim, state("events_claim", 0));
  return settling;
}

Status Journal::begin_events() { return put(store_, "events_begun", 1); }

Status Journal::settle_events(const EventsSettling& settling) {
  return store_.transaction([&](store::Store& store) -> Status {
    TRY(put(store, "events_version", settling.data_version));
    TRY(put(store, "events_run", settling.run));
    TRY(put(store, "events_batch", settling.batch));
    TRY(put(store, "events_claim", settling.claim));
    TRY(put(store, "events_begun", 0));
    TRY(store.run("DELETE FROM identity_pending_visitors"));
    return {};
  });
}

Result<bool> Journal::events_begun() {
  TRY(const std::int64_t begun, state("events_begun", 0));
  return begun != 0;
}

Result<std::vector<std::string>> Journal::pending_visitors() {
  TRY(const Frame rows, store_.run("SELECT key FROM identity_pending_visitors ORDER BY key"));
  std::vector<std::string> out;
  for (std::size_t row = 0; row < rows.rows(); ++row) {
    out.push_back(rows.text("key", row).value_or(""));
  }
  return out;
}

Result<std::int64_t> Journal::newest_run() {
  TRY(const Frame rows,
      store_.run("SELECT coalesce(max(id), 0) AS id FROM identity_runs WHERE state = 'done'"));
  return rows.integer("id", 0).value_or(0);
}

Result<std::vector<Stop>> Journal::pending() {
  TRY(const Frame rows, store_.run("SELECT kind, key FROM identity_pending ORDER BY kind, key"));
  std::vector<Stop> out;
  for (std::size_t row = 0; row < rows.rows(); ++row) {
    out.push_back({rows.text("kind", row).value_or(""), rows.text("key", row).value_or("")});
  }
  return out;
}

Result<std::int64_t> Journal::begin(std::int64_t now) {
  std::int64_t id = 0;
  TRY(store_.transaction([&](store::Store& store) -> Status {
    TRY(store.run("INSERT INTO identity_runs (state, ran_at) VALUES ('open', ?)", {now}));
    TRY(const Frame last, store.run("SELECT max(id) AS id FROM identity_runs"));
    id = last.integer("id", 0).value_or(0);
    return {};
  }));
  return id;
}

Status Journal::write(store::Store& store, const Finished& finished) {
  TRY(put(store, "batch", finished.batch));
  TRY(put(store, "most_holders", finished.most_holders));
  for (const Stop& stop : finished.obeyed) {
    TRY(store.run("DELETE FROM identity_pending WHERE kind = ? AND key = ?",
                  {stop.kind, stop.key}));
  }
  return {};
}

Status Journal::note(const Finished& finished) {
  return store_.transaction([&](store::Store& store) { return write(store, finished); });
}

Status Journal::finish(std::int64_t run, const Finished& finished, const Resolved& resolved) {
  return store_.transaction([&](store::Store& store) -> Status {
    TRY(write(store, finished));
    TRY(store.run("UPDATE identity_runs SET state = 'done', joined = ?, parted = ? WHERE id = ?",
                  {static_cast<std::int64_t>(resolved.joined),
                   static_cast<std::int64_t>(resolved.parted), run}));
    return {};
  });
}

Result<engine::IntegerList> void_runs(store::Store& store) {
  TRY(Journal(store).ensure());
  TRY(const Frame rows,
      store.run("SELECT id FROM identity_runs WHERE state != 'done' ORDER BY id"));
  engine::IntegerList out;
  for (std::size_t row = 0; row < rows.rows(); ++row) {
    out.push_back(rows.integer("id", row).value_or(0));
  }
  return out;
}

Result<engine::IntegerList> Journal::void_runs() { return identity::void_runs(store_); }

Status Journal::fail_open_runs() {
  TRY(store_.run("UPDATE identity_runs SET state = 'failed' WHERE state = 'open'"));
  return {};
}

Result<StopList> StopList::load(store::Store& store) {
  TRY(const Frame rows, store.run("SELECT kind, key FROM identity_stops"));
  StopList out;
  for (std::size_t row = 0; row < rows.rows(); ++row) {
    out.entries_.push_back(
        entry(rows.text("kind", row).value_or(""), rows.text("key", row).value_or("")));
  }
  for (const Stop& stop : known_stops()) {
    out.entries_.push_back(entry(stop.kind, stop.key));
  }
  std::sort(out.entries_.begin(), out.entries_.end());
  return out;
}

bool StopList::contains(std::string_view kind, std::string_view key) const {
  return std::binary_search(entries_.begin(), entries_.end(), entry(kind, key));
}

std::vector<std::string> StopList::keys_of(std::string_view kind) const {
  std::vector<std::string> out;
  const std::string prefix = entry(kind, "");
  for (auto at = std::lower_bound(entries_.begin(), entries_.end(), prefix);
       at != entries_.end() && at->starts_with(prefix); ++at) {
    out.push_back(at->substr(prefix.size()));
  }
  return out;
}

}  // namespace huitou::identity
