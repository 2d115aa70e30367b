#include "profile/journal.h"

namespace huitou::profile {
namespace {

constexpr std::int64_t kKeep = 500;

Status ensure(store::Store& store) {
  TRY(store.run(
      "CREATE TABLE IF NOT EXISTS profile_refreshes (id INTEGER PRIMARY KEY, holds INTEGER NOT "
      "NULL, refreshed_at INTEGER NOT NULL, looked_at INTEGER NOT NULL, as_of INTEGER NOT NULL, "
      "data TEXT NOT NULL, definition TEXT NOT NULL, how TEXT NOT NULL, customers INTEGER NOT "
      "NULL, computed INTEGER NOT NULL, seconds REAL NOT NULL)"));
  TRY(
      store.run("CREATE TABLE IF NOT EXISTS profile_sources (name TEXT PRIMARY KEY, held TEXT NOT "
                "NULL)"));
  return {};
}

Status write_sources(store::Store& store, const SourceNames& sources) {
  TRY(store.run("DELETE FROM profile_sources"));
  for (const auto& [name, held] : sources) {
    TRY(store.run("INSERT INTO profile_sources (name, held) VALUES (?, ?)", {name, held}));
  }
  return {};
}

}  // namespace

Result<std::optional<Kept>> kept(store::Store& store) {
  TRY(ensure(store));
  TRY(const Frame rows,
      store.run("SELECT as_of, data, definition, customers, looked_at, seconds FROM "
                "profile_refreshes WHERE holds = 1 ORDER BY id DESC LIMIT 1"));
  if (rows.rows() == 0) return std::optional<Kept>();
  TRY(const Frame sources, store.run("SELECT name, held FROM profile_sources"));
  const auto whole = [&](const char* name) { return rows.integer(name, 0).value_or(0); };
  Kept kept{.state = {.as_of = Date{static_cast<std::int32_t>(whole("as_of"))},
                      .data = rows.text("data", 0).value_or(""),
                      .customers = whole("customers"),
                      .looked_at = whole("looked_at"),
                      .seconds = rows.real("seconds", 0).value_or(0)},
            .definition = rows.text("definition", 0).value_or("")};
  for (std::size_t row = 0; row < sources.rows(); ++row) {
    kept.sources[sources.text("name", row).value_or("")] = sources.text("held", row).value_or("");
  }
  return std::optional(std::move(kept));
}

Status forget(store::Store& store) {
  TRY(store.run("UPDATE profile_refreshes SET holds = 0"));
  return {};
}

Status remember(store::Store& store, const Entry& entry) {
  const State& state = entry.kept.state;
  return store.transaction([&](store::Store& inside) -> Status {
    TRY(forget(inside));
    TRY(write_sources(inside, entry.kept.sources));
    TRY(
        inside.run("INSERT INTO profile_refreshes (holds, refreshed_at, looked_at, as_of, data, "
                   "definition, how, customers, computed, seconds) VALUES (1, ?, ?, ?, ?, ?, ?, "
                   "?, ?, ?)",
                   {state.looked_at, state.looked_at, std::int64_t{state.as_of.days}, state.data,
                    entry.kept.definition, std::string(how_name(entry.done.how)), state.customers,
                    entry.done.computed, state.seconds}));
    TRY(
        inside.run("DELETE FROM profile_refreshes WHERE id <= (SELECT max(id) FROM "
                   "profile_refreshes) - ?",
                   {kKeep}));
    return {};
  });
}

Status look(store::Store& store, const Looked& looked) {
  return store.transaction([&](store::Store& inside) -> Status {
    if (looked.sources != nullptr) TRY(write_sources(inside, *looked.sources));
    TRY(inside.run("UPDATE profile_refreshes SET data = ?, looked_at = ? WHERE holds = 1",
                   {looked.data, looked.now}));
    return {};
  });
}

Result<std::optional<State>> state(store::Store& store) {
  TRY(const auto found, kept(store));
  return found ? std::optional(found->state) : std::optional<State>();
}

Result<Frame> history(store::Store& store) {
  TRY(ensure(store));
  TRY(Frame frame, store.run("SELECT refreshed_at, as_of, how, customers, computed, seconds FROM "
                             "profile_refreshes ORDER BY id DESC LIMIT 500"));
  frame.at("refreshed_at").type = ColumnType::time;
  frame.at("as_of").type = ColumnType::date;
  return frame;
}

}  // namespace huitou::profile
