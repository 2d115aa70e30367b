#include "sync/definitions.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "sync/deletes.h"
#include "sync/files_source.h"
#include "sync/lock.h"
#include "sync/secrets.h"

namespace huitou::sync {
namespace {

using nlohmann::json;

constexpr std::string_view kTables[] = {
    R"(CREATE TABLE IF NOT EXISTS sources (
  position INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  settings TEXT NOT NULL,
  mapping TEXT NOT NULL,
  obeyed TEXT NOT NULL DEFAULT '',
  system TEXT NOT NULL,
  schedule TEXT NOT NULL,
  enabled INTEGER NOT NULL,
  cursor TEXT NOT NULL DEFAULT '',
  columns TEXT NOT NULL DEFAULT '[]'))",
    R"(CREATE TABLE IF NOT EXISTS source_runs (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  source TEXT NOT NULL,
  state TEXT NOT NULL,
  started_at INTEGER NOT NULL,
  ended_at INTEGER,
  rows_read INTEGER NOT NULL DEFAULT 0,
  rows_loaded INTEGER NOT NULL DEFAULT 0,
  rows_rejected INTEGER NOT NULL DEFAULT 0,
  rows_removed INTEGER NOT NULL DEFAULT 0,
  pages INTEGER NOT NULL DEFAULT 0,
  tries INTEGER NOT NULL DEFAULT 0,
  error_en TEXT, error_zh TEXT, alerts_en TEXT, alerts_zh TEXT))",
    "CREATE INDEX IF NOT EXISTS source_runs_of ON source_runs (source, id)",
    R"(CREATE TABLE IF NOT EXISTS source_locks (
  source TEXT PRIMARY KEY,
  owner TEXT NOT NULL))",
    R"(CREATE TABLE IF NOT EXISTS source_files (
  source TEXT NOT NULL,
  path TEXT NOT NULL,
  content INTEGER NOT NULL,
  PRIMARY KEY (source, path)))",
    R"(CREATE TABLE IF NOT EXISTS source_compares (
  source TEXT PRIMARY KEY,
  compared_at INTEGER NOT NULL))"};

constexpr std::string_view kOneSource =
    "SELECT name, kind, settings, mapping, obeyed, system, schedule, enabled, cursor, columns "
    "FROM sources WHERE name = ?";
constexpr std::string_view kAllSources =
    "SELECT name, kind, settings, mapping, obeyed, system, schedule, enabled, cursor, columns "
    "FROM sources ORDER BY position";

Source source_at(const Frame& rows, std::size_t row) {
  Source source{.name = rows.text("name", row).value_or(""),
                .kind = rows.text("kind", row).value_or(""),
                .mapping = rows.text("mapping", row).value_or(""),
                .system = rows.text("system", row).value_or(""),
                .enabled = rows.integer("enabled", row).value_or(0) != 0};
  const json settings = json::parse(rows.text("settings", row).value_or("{}"));
  for (const auto& [name, values] : settings.items()) {
    source.settings[name] = values.get<std::vector<std::string>>();
  }
  const auto schedule = parse_schedule(rows.text("schedule", row).value_or(""));
  CHECK(schedule.ok());
  source.schedule = *schedule;
  return source;
}

std::string settings_json(const connectors::Settings& settings) {
  json out = json::object();
  for (const auto& [name, values] : settings) out[name] = values;
  return out.dump();
}

Status check_name(const std::string& name) {
  const bool right = !name.empty() && name.size() <= 64 && name.front() != '-' &&
                     std::all_of(name.begin(), name.end(), [](unsigned char c) {
                       return (std::isalnum(c) != 0 && c < 0x80) || c == '_' || c == '-';
                     });
  if (right) return {};
  return Error{Code::invalid_input, fmt::format("'{}' cannot be the name of a source.", name),
               "Use letters, digits, _ and -, at most 64 of them.",
               fmt::format("“{}”不能用作数据源名称。", name),
               "请使用字母、数字、_ 和 -，最多 64 个字符。"};
}

Status too_many(store::Store& store) {
  TRY(const Frame count, store.run("SELECT count(*) AS sources FROM sources"));
  if (count.integer("sources", 0).value_or(0) < static_cast<std::int64_t>(kMostSources)) return {};
  return Error{Code::limit_reached,
               fmt::format("There are {} sources (kMostSources).", kMostSources), "Remove one.",
               fmt::format("数据源已达 {} 个（kMostSources）。", kMostSources), "请先删除一个。"};
}

/// The same source but for what does not decide its rows: its cursor stays.
Status change_timing(store::Store& store, const Source& source) {
  TRY(store.run("UPDATE sources SET settings = ?, schedule = ?, enabled = ? WHERE name = ?",
                {settings_json(source.settings), format_schedule(source.schedule),
                 std::int64_t{source.enabled}, source.name}));
  return {};
}

Status write(store::Store& store, const Source& source) {
  TRY(store.run(
      "INSERT INTO sources (name, kind, settings, mapping, system, schedule, enabled) "
      "VALUES (?, ?, ?, ?, ?, ?, ?) "
      "ON CONFLICT (name) DO UPDATE SET kind = excluded.kind, settings = excluded.settings, "
      "mapping = excluded.mapping, system = excluded.system, schedule = excluded.schedule, "
      "enabled = excluded.enabled, obeyed = '', cursor = '', columns = '[]'",
      {source.name, source.kind, settings_json(source.settings), source.mapping, source.system,
       format_schedule(source.schedule), std::int64_t{source.enabled}}));
  TRY(store.run("DELETE FROM source_files WHERE source = ?", {source.name}));
  return {};
}

}  // namespace

Status ensure(store::Store& store) {
  for (const std::string_view table : kTables) TRY(store.run(table));
  return store::add_column(store, "source_runs", "rows_removed", "INTEGER NOT NULL DEFAULT 0");
}

std::vector<Kind> kinds() {
  std::vector<Kind> out{files_kind()};
  for (const connectors::Connector* connector : connectors::all()) {
    out.push_back({connector->card, connector->params, connector->secrets});
  }
  return out;
}

Result<Kind> kind_of(std::string_view name) {
  if (name == kFilesKind) return files_kind();
  std::string names(kFilesKind);
  for (const connectors::Connector* connector : connectors::all()) {
    if (connector->card.name == name) {
      return Kind{connector->card, connector->params, connector->secrets};
    }
    names.append(", ").append(connector->card.name);
  }
  return Error{Code::invalid_input, fmt::format("There is no kind of source '{}'.", name),
               fmt::format("The kinds are: {}.", names),
               fmt::format("没有名为“{}”的数据源类型。", name),
               fmt::format("可用类型：{}。", names)};
}

std::string identity_of(const Source& source) {
  connectors::Settings settings = source.settings;
  std::erase_if(settings, [](const auto& one) { return is_about_deletes(one.first); });
  return json{source.kind, settings_json(settings), source.mapping, source.system}.dump();
}

Status check(const Place& place, const Source& source) {
  TRY(check_name(source.name));
  TRY(kind_of(source.kind));
  if (source.kind == kFilesKind) {
    TRY(check_files(source.settings));
  } else {
    TRY(const connectors::Connector* connector, connectors::find(source.kind));
    TRY(connectors::check(*connector, source.settings));
  }
  TRY(with_secrets(place, source));
  return {};
}

Result<bool> put(Place& place, const Source& source) {
  TRY(ensure(place.store));
  TRY(check(place, source));
  TRY(const Frame rows, place.store.run(kOneSource, {source.name}));
  if (rows.rows() == 0) {
    TRY(too_many(place.store));
    TRY(write(place.store, source));
    return true;
  }
  const Source old = source_at(rows, 0);
  if (identity_of(old) == identity_of(source)) {
    const bool differs = !(old.schedule == source.schedule) || old.enabled != source.enabled ||
                         old.settings != source.settings;
    TRY(change_timing(place.store, source));
    return differs;
  }
  TRY(const Lock lock, Lock::take(place.store, source.name));
  TRY(place.store.transaction([&](store::Store& store) { return write(store, source); }));
  return true;
}

Result<std::vector<Source>> sources(store::Store& store) {
  TRY(ensure(store));
  TRY(const Frame rows, store.run(kAllSources));
  std::vector<Source> out;
  for (std::size_t row = 0; row < rows.rows(); ++row) out.push_back(source_at(rows, row));
  return out;
}

Error no_source(const std::string& name, const std::vector<Source>& all) {
  std::string names;
  for (const Source& source : all) names += (names.empty() ? "" : ", ") + source.name;
  return {
      Code::not_found, fmt::format("There is no source '{}'.", name),
      names.empty() ? "Add one with `huitou sources add`."
                    : fmt::format("The sources are: {}.", names),
      fmt::format("没有名为“{}”的数据源。", name),
      names.empty() ? "请用 `huitou sources add` 添加。" : fmt::format("现有数据源：{}。", names)};
}

Result<Kept> kept(store::Store& store, const std::string& name) {
  TRY(ensure(store));
  TRY(const Frame rows, store.run(kOneSource, {name}));
  if (rows.rows() == 0) {
    TRY(const std::vector<Source> all, sources(store));
    return no_source(name, all);
  }
  return Kept{source_at(rows, 0), rows.text("obeyed", 0).value_or(""),
              rows.text("cursor", 0).value_or(""),
              parse_columns(rows.text("columns", 0).value_or("[]"))};
}

Result<Source> source(store::Store& store, const std::string& name) {
  TRY(Kept found, kept(store, name));
  if (!found.obeyed.empty()) found.source.mapping = std::move(found.obeyed);
  return std::move(found.source);
}

Status settle(store::Store& store, const Kept& after) {
  TRY(store.run("UPDATE sources SET obeyed = ?, cursor = ?, columns = ? WHERE name = ?",
                {after.obeyed, after.cursor, columns_json(after.columns), after.source.name}));
  return {};
}

Status remove(Place& place, const std::string& name) {
  TRY(kept(place.store, name));
  TRY(const Lock lock, Lock::take(place.store, name));
  TRY(place.store.transaction([&](store::Store& store) -> Status {
    TRY(store.run("DELETE FROM sources WHERE name = ?", {name}));
    TRY(store.run("DELETE FROM source_runs WHERE source = ?", {name}));
    TRY(store.run("DELETE FROM source_files WHERE source = ?", {name}));
    TRY(store.run("DELETE FROM source_compares WHERE source = ?", {name}));
    return {};
  }));
  std::error_code ignored;
  std::filesystem::remove_all(spool_folder(place, name), ignored);
  return {};
}

std::string columns_json(const std::vector<connectors::SourceColumn>& columns) {
  json out = json::array();
  for (const connectors::SourceColumn& column : columns) out.push_back({column.name, column.type});
  return out.dump(-1, ' ', false, json::error_handler_t::replace);
}

std::vector<connectors::SourceColumn> parse_columns(const std::string& text) {
  std::vector<connectors::SourceColumn> out;
  for (const auto& column : json::parse(text)) {
    out.push_back({column.at(0).get<std::string>(), column.at(1).get<std::string>()});
  }
  return out;
}

std::string spool_folder(const Place& place, const std::string& name) {
  return (std::filesystem::path(place.home) / "spool" / name).string();
}

}  // namespace huitou::sync
