#include "sync/history.h"

#include "sync/alerts.h"
#include "sync/definitions.h"
#include "sync/lock.h"

namespace huitou::sync {
namespace {

store::Value text_or_null(const std::string& text) {
  if (text.empty()) return std::monostate{};
  return text;
}

std::optional<std::int64_t> last_began(const Frame& row, std::size_t at) {
  return row.integer("started_at", at);
}

/// The newest run of each source beside the source, and its last success.
constexpr std::string_view kOverview = R"(
SELECT s.name AS source, s.kind AS kind, s.schedule AS schedule, s.enabled AS enabled,
  r.state AS state, r.started_at AS started_at, r.rows_read AS rows_read,
  r.error_en AS error_en, r.error_zh AS error_zh, r.alerts_en AS alerts_en, r.alerts_zh AS alerts_zh,
  (SELECT max(ended_at) FROM source_runs AS d WHERE d.source = s.name AND d.state = 'done')
    AS last_success_at
FROM sources AS s
LEFT JOIN source_runs AS r
  ON r.id = (SELECT max(id) FROM source_runs AS n WHERE n.source = s.name)
ORDER BY s.position)";

struct Standing {
  std::string name;
  std::string state;
  std::optional<std::int64_t> due;
  bool late = false;
};

Result<Standing> standing(Place& place, const Frame& rows, std::size_t at) {
  Standing out{.name = rows.text("source", at).value_or(""),
               .state = rows.text("state", at).value_or("never")};
  if (out.state == "running") {
    TRY(const bool held, Lock::held(place.store, out.name));
    if (!held) out.state = "interrupted";
  }
  if (rows.integer("enabled", at).value_or(0) == 0) return out;
  const auto schedule = parse_schedule(rows.text("schedule", at).value_or(""));
  CHECK(schedule.ok());
  out.due = next_due(*schedule, last_began(rows, at), place.time_zone);
  out.late = out.due && *out.due > 0 && out.state != "running" &&
             place.now() > *out.due + patience(*schedule);
  return out;
}

std::string with(const std::string& text, const std::string& more) {
  return text.empty() || more.empty() ? text + more : text + " " + more;
}

void push(Column& column, const std::string& text) {
  text.empty() ? column.push_null() : column.push_text(text);
}

void push(Column& column, std::optional<std::int64_t> value) {
  value ? column.push_integer(*value) : column.push_null();
}

}  // namespace

Status History::begin(const std::string& source, std::int64_t now) {
  TRY(const Frame open,
      store_.run("SELECT max(id) AS id FROM source_runs WHERE source = ? AND state = 'running'",
                 {source}));
  if (const auto id = open.integer("id", 0)) {
    id_ = *id;
    return {};
  }
  TRY(const Frame row,
      store_.run("INSERT INTO source_runs (source, state, started_at) VALUES (?, 'running', ?) "
                 "RETURNING id",
                 {source, now}));
  id_ = row.integer("id", 0).value_or(0);
  TRY(
      store_.run("DELETE FROM source_runs WHERE source = ? AND id NOT IN (SELECT id FROM "
                 "source_runs WHERE source = ? ORDER BY id DESC LIMIT ?)",
                 {source, source, kKeptRuns}));
  return {};
}

Status History::end(const Run& run, const RunEnd& end) {
  const Sentence alerts = joined(end.alerts);
  TRY(store_.run(
      "UPDATE source_runs SET state = ?, ended_at = ?, rows_read = ?, rows_loaded = ?, "
      "rows_rejected = ?, rows_removed = ?, pages = ?, tries = ?, error_en = ?, error_zh = ?, "
      "alerts_en = ?, "
      "alerts_zh = ? WHERE id = ?",
      {run.state, end.now, run.rows_read, run.rows_loaded, run.rows_rejected, run.rows_removed,
       run.pages, std::int64_t{end.tries}, text_or_null(run.error ? describe(*run.error) : ""),
       text_or_null(run.error ? describe(*run.error, true) : ""), text_or_null(alerts.en),
       text_or_null(alerts.zh), id_}));
  return {};
}

Result<std::vector<std::int64_t>> History::rows_before(const std::string& source) {
  TRY(const Frame rows, store_.run("SELECT rows_read FROM source_runs WHERE source = ? AND state = "
                                   "'done' ORDER BY id DESC LIMIT 20",
                                   {source}));
  return rows.rows() == 0 ? std::vector<std::int64_t>{} : rows.at("rows_read").integers();
}

Result<Frame> runs(store::Store& store, const std::string& name, std::int64_t limit) {
  TRY(ensure(store));
  if (!name.empty()) TRY(kept(store, name));
  return store.run(
      "SELECT source, state, started_at, ended_at, rows_read, rows_loaded, rows_rejected, "
      "rows_removed, pages, "
      "tries, error_en, error_zh, alerts_en, alerts_zh FROM source_runs WHERE ? = '' OR source = ? "
      "ORDER BY id DESC LIMIT ?",
      {name, name, limit});
}

Result<Frame> overview(Place& place) {
  TRY(ensure(place.store));
  TRY(const Frame rows, place.store.run(kOverview));
  Frame out;
  for (const char* name : {"source", "kind", "schedule", "enabled", "state"}) {
    out.columns.push_back(make_column(name, ColumnType::text));
  }
  for (const char* name : {"last_success_at", "next_due_at"}) {
    out.columns.push_back(make_column(name, ColumnType::time));
  }
  out.columns.push_back(make_column("rows_read", ColumnType::integer));
  out.columns.push_back(make_column("alerts_en", ColumnType::text));
  out.columns.push_back(make_column("alerts_zh", ColumnType::text));
  for (std::size_t at = 0; at < rows.rows(); ++at) {
    TRY(const Standing now, standing(place, rows, at));
    const auto text = [&](const char* name) { return rows.text(name, at).value_or(""); };
    out.at("source").push_text(now.name);
    out.at("kind").push_text(text("kind"));
    out.at("schedule").push_text(text("schedule"));
    out.at("enabled").push_text(rows.integer("enabled", at).value_or(0) != 0 ? "true" : "false");
    out.at("state").push_text(now.state);
    push(out.at("last_success_at"), rows.integer("last_success_at", at));
    push(out.at("next_due_at"), now.due && *now.due == 0 ? place.now() : now.due);
    push(out.at("rows_read"), rows.integer("rows_read", at));
    push(out.at("alerts_en"),
         with(now.late ? "Late." : "", with(text("error_en"), text("alerts_en"))));
    push(out.at("alerts_zh"),
         with(now.late ? "已逾期。" : "", with(text("error_zh"), text("alerts_zh"))));
  }
  return out;
}

Result<std::vector<std::string>> due(Place& place) {
  TRY(ensure(place.store));
  TRY(const Frame rows, place.store.run(kOverview));
  std::vector<std::string> out;
  for (std::size_t at = 0; at < rows.rows(); ++at) {
    TRY(const Standing now, standing(place, rows, at));
    const bool time_has_come = now.due && *now.due <= place.now();
    const bool cut = now.state == "interrupted" && rows.integer("enabled", at).value_or(0) != 0;
    if (now.state != "running" && (time_has_come || cut)) out.push_back(now.name);
  }
  return out;
}

}  // namespace huitou::sync
