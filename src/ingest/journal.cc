#include "ingest/journal.h"

#include <set>

namespace huitou::ingest {
namespace {

constexpr std::string_view kLoadsTable = R"(
CREATE TABLE IF NOT EXISTS loads (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  state TEXT NOT NULL,
  path TEXT NOT NULL,
  table_name TEXT NOT NULL,
  source TEXT NOT NULL,
  content_hash INTEGER NOT NULL,
  mapping_hash INTEGER NOT NULL,
  bytes INTEGER NOT NULL,
  loaded_at INTEGER NOT NULL,
  plan TEXT NOT NULL DEFAULT '',
  rows_read INTEGER NOT NULL DEFAULT 0,
  rows_loaded INTEGER NOT NULL DEFAULT 0,
  rows_left_out INTEGER NOT NULL DEFAULT 0,
  replaced INTEGER NOT NULL DEFAULT 0,
  first_day INTEGER,
  last_day INTEGER,
  data_version INTEGER NOT NULL DEFAULT 0
))";
constexpr std::string_view kRulesTable = R"(
CREATE TABLE IF NOT EXISTS load_rules (
  load_id INTEGER NOT NULL,
  rule TEXT NOT NULL,
  severity TEXT NOT NULL,
  action TEXT NOT NULL,
  rows INTEGER NOT NULL,
  message_en TEXT NOT NULL,
  message_zh TEXT NOT NULL,
  PRIMARY KEY (load_id, rule)
))";

std::string join(const std::vector<std::string>& parts) {
  std::string out;
  for (const std::string& part : parts) {
    out += (out.empty() ? "" : ",") + part;
  }
  return out;
}

std::vector<std::string> split(std::string_view text) {
  std::vector<std::string> parts;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(','), text.size());
    parts.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return parts;
}

std::int64_t number(std::uint64_t value) { return static_cast<std::int64_t>(value); }

store::Value day(const std::optional<Date>& date) {
  return date ? store::Value(std::int64_t{date->days}) : store::Value();
}

}  // namespace

std::string to_text(const CommitPlan& plan) {
  return join(plan.order_months) + ";" + join(plan.line_months) + ";" + join(plan.whole) + ";" +
         join(plan.append);
}

CommitPlan parse_plan(std::string_view text) {
  CommitPlan plan;
  for (std::vector<std::string>* part :
       {&plan.order_months, &plan.line_months, &plan.whole, &plan.append}) {
    const std::size_t end = std::min(text.find(';'), text.size());
    *part = split(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return plan;
}

Status Journal::ensure() {
  TRY(store_.run(kLoadsTable));
  TRY(store_.run(kRulesTable));
  return {};
}

Result<std::uint64_t> Journal::begin(const Beginning& b) {
  std::uint64_t id = 0;
  TRY(store_.transaction([&](store::Store& store) -> Status {
    TRY(store.run(
        "INSERT INTO loads (state, path, table_name, source, content_hash, mapping_hash, bytes, "
        "loaded_at) VALUES ('staged', ?, ?, ?, ?, ?, ?, ?)",
        {b.path, b.table, b.source, number(b.content), number(b.mapping), number(b.bytes), b.now}));
    TRY(const Frame last, store.run("SELECT max(id) AS id FROM loads"));
    id = static_cast<std::uint64_t>(last.integer("id", 0).value_or(0));
    return {};
  }));
  return id;
}

Status Journal::commit(std::uint64_t id, const CommitPlan& plan, const Loaded& loaded,
                       std::uint64_t replaced) {
  return store_.transaction([&](store::Store& store) -> Status {
    TRY(store.run(
        "UPDATE loads SET state = 'committing', plan = ?, rows_read = ?, rows_loaded = ?, "
        "rows_left_out = ?, replaced = ?, first_day = ?, last_day = ? WHERE id = ?",
        {to_text(plan), number(loaded.rows_read), number(loaded.rows_loaded),
         number(loaded.rows_left_out), number(replaced), day(loaded.first_day),
         day(loaded.last_day), number(id)}));
    for (const RuleCount& rule : loaded.rules) {
      TRY(store.run("INSERT INTO load_rules VALUES (?, ?, ?, ?, ?, ?, ?)",
                    {number(id), rule.rule, rule.severity, rule.action, number(rule.rows),
                     rule.meaning.en, rule.meaning.zh}));
    }
    return {};
  });
}

Result<std::int64_t> Journal::finish(std::uint64_t id) {
  TRY(store_.run(
      "UPDATE loads SET state = 'done', "
      "data_version = (SELECT coalesce(max(data_version), 0) + 1 FROM loads) WHERE id = ?",
      {number(id)}));
  return data_version();
}

Result<std::int64_t> Journal::changed(std::string_view by, std::int64_t now) {
  TRY(store_.run(
      "INSERT INTO loads (state, path, table_name, source, content_hash, mapping_hash, bytes, "
      "loaded_at, data_version) SELECT 'changed', ?, '', '', 0, 0, 0, ?, "
      "coalesce(max(data_version), 0) + 1 FROM loads",
      {std::string(by), now}));
  return data_version();
}

Status Journal::fail(std::uint64_t id) {
  TRY(store_.run("UPDATE loads SET state = 'failed' WHERE id = ? AND state = 'staged'",
                 {number(id)}));
  return {};
}

Result<std::vector<Journal::Open>> Journal::open_loads() {
  TRY(const Frame rows,
      store_.run(
          "SELECT id, state, plan FROM loads WHERE state IN ('staged', 'committing') ORDER BY id"));
  std::vector<Open> open;
  for (std::size_t row = 0; row < rows.rows(); ++row) {
    open.push_back({static_cast<std::uint64_t>(rows.integer("id", row).value_or(0)),
                    rows.text("state", row).value_or(""),
                    parse_plan(rows.text("plan", row).value_or(""))});
  }
  return open;
}

Result<std::optional<std::uint64_t>> Journal::same(const Beginning& b) {
  TRY(const Frame rows,
      store_.run("SELECT id FROM loads AS mine WHERE state = 'done' AND content_hash = ? AND "
                 "mapping_hash = ? "
                 "AND NOT EXISTS (SELECT 1 FROM loads AS later WHERE later.id > mine.id AND "
                 "later.state = 'done' AND later.replaced > 0) ORDER BY id DESC LIMIT 1",
                 {number(b.content), number(b.mapping)}));
  if (rows.rows() == 0) {
    return std::optional<std::uint64_t>();
  }
  return std::optional(static_cast<std::uint64_t>(rows.integer("id", 0).value_or(0)));
}

Result<std::int64_t> Journal::data_version() {
  TRY(const Frame rows, store_.run("SELECT coalesce(max(data_version), 0) AS version FROM loads"));
  return rows.integer("version", 0).value_or(0);
}

Result<MonthsLoaded> Journal::months_loaded(std::int64_t after) {
  TRY(const Frame rows,
      store_.run("SELECT id, plan FROM loads WHERE state = 'done' AND id > ? ORDER BY id",
                 {after}));
  MonthsLoaded out{.newest = after, .months = {}};
  std::set<std::int64_t> months;
  for (std::size_t row = 0; row < rows.rows(); ++row) {
    out.newest = rows.integer("id", row).value_or(after);
    const CommitPlan plan = parse_plan(rows.text("plan", row).value_or(""));
    for (const auto* names : {&plan.order_months, &plan.line_months}) {
      for (const std::string& name : *names) months.insert(std::stoll(name));
    }
  }
  out.months.assign(months.begin(), months.end());
  return out;
}

Result<std::vector<std::int64_t>> Journal::newest() {
  TRY(const Frame rows,
      store_.run("SELECT max(id) AS id FROM loads WHERE state = 'done' GROUP BY path ORDER BY id"));
  std::vector<std::int64_t> ids;
  for (std::size_t row = 0; row < rows.rows(); ++row) {
    ids.push_back(rows.integer("id", row).value_or(0));
  }
  return ids;
}

Status refuse_second(Journal& journal) {
  TRY(const std::vector<Journal::Open> open, journal.open_loads());
  if (open.empty()) {
    return {};
  }
  return Error{Code::conflict,
               "Load " + std::to_string(open.front().id) + " is still running or was interrupted.",
               "Wait for its end; after a crash open the home again.",
               "加载 " + std::to_string(open.front().id) + " 仍在进行或被中断。",
               "请等待其结束；若程序崩溃，请重新打开该目录。"};
}

}  // namespace huitou::ingest
