#include "quality/decisions.h"

namespace huitou::quality {
namespace {

constexpr std::string_view kTables[] = {
    "CREATE TABLE IF NOT EXISTS quality_decisions (order_key TEXT PRIMARY KEY, "
    "decision TEXT NOT NULL, rule TEXT NOT NULL, decided_at INTEGER NOT NULL, "
    "decided_by TEXT NOT NULL, reason TEXT NOT NULL, "
    "fix_gross INTEGER, fix_discount INTEGER, fix_refund INTEGER)",
    "CREATE TABLE IF NOT EXISTS quality_log (id INTEGER PRIMARY KEY AUTOINCREMENT, "
    "decided_at INTEGER NOT NULL, decision TEXT NOT NULL, target TEXT NOT NULL, "
    "orders INTEGER NOT NULL, decided_by TEXT NOT NULL, reason TEXT NOT NULL)"};

std::string decision_columns() {
  std::string names = "order_key, decision";
  for (const std::string_view column : kFixColumns) names += ", " + std::string(column);
  return names;
}

store::Value maybe(const std::optional<std::int64_t>& value) {
  return value ? store::Value(*value) : store::Value();
}

Decision decision_at(const Frame& frame, std::size_t row) {
  Decision decision{.order_key = frame.text("order_key", row).value_or(""),
                    .is_fix = frame.text("decision", row) == "fix"};
  Correction& fix = decision.correction;
  fix.gross_minor = frame.integer("fix_gross", row);
  fix.discount_minor = frame.integer("fix_discount", row);
  fix.refund_minor = frame.integer("fix_refund", row);
  const auto at = frame.integer("fix_at", row);
  const auto on = frame.integer("fix_on", row);
  if (at && on) fix.when = When{*at, Date{static_cast<std::int32_t>(*on)}};
  const auto status = frame.integer("fix_status", row);
  if (status) fix.status = static_cast<schema::OrderStatus>(*status);
  const auto account = frame.integer("fix_account", row);
  if (account) fix.account = static_cast<std::uint64_t>(*account);
  return decision;
}

struct Entry {
  std::string decision;
  std::string target;
  std::int64_t orders = 0;
};

/// What changed nothing is not written down.
Status write_log(store::Store& store, const Entry& entry, const Author& author) {
  if (entry.orders == 0) return {};
  TRY(store.run(
      "INSERT INTO quality_log (decided_at, decision, target, orders, decided_by, reason) "
      "VALUES (?, ?, ?, ?, ?, ?)",
      {author.now, entry.decision, entry.target, entry.orders, author.name, author.reason}));
  return {};
}

Result<std::int64_t> count(store::Store& store, std::string_view condition,
                           const std::vector<store::Value>& values) {
  TRY(const Frame frame,
      store.run("SELECT count(*) AS n FROM quality_decisions" + std::string(condition), values));
  return frame.integer("n", 0).value_or(0);
}

}  // namespace

std::array<std::optional<std::int64_t>, kFixColumns.size()> numbers_of(const Correction& fix) {
  std::array<std::optional<std::int64_t>, kFixColumns.size()> numbers{
      fix.gross_minor, fix.discount_minor, fix.refund_minor};
  if (fix.when) {
    numbers[3] = fix.when->ordered_at;
    numbers[4] = fix.when->ordered_on.days;
  }
  if (fix.status) numbers[5] = static_cast<std::int64_t>(*fix.status);
  if (fix.account) numbers[6] = static_cast<std::int64_t>(*fix.account);
  return numbers;
}

Status ensure_decisions(store::Store& store) {
  for (const std::string_view table : kTables) TRY(store.run(table));
  for (const std::string_view column : kFixColumns) {
    TRY(store::add_column(store, "quality_decisions", column, "INTEGER"));
  }
  return {};
}

Result<std::vector<Decision>> decisions(store::Store& store) {
  TRY(ensure_decisions(store));
  TRY(const Frame frame,
      store.run("SELECT " + decision_columns() + " FROM quality_decisions ORDER BY order_key"));
  std::vector<Decision> list;
  for (std::size_t row = 0; row < frame.rows(); ++row) list.push_back(decision_at(frame, row));
  return list;
}

Result<std::optional<Decision>> decision_of(store::Store& store, const std::string& order_key) {
  TRY(ensure_decisions(store));
  TRY(const Frame frame,
      store.run("SELECT " + decision_columns() + " FROM quality_decisions WHERE order_key = ?",
                {order_key}));
  return frame.rows() == 0 ? std::optional<Decision>() : std::optional(decision_at(frame, 0));
}

Result<std::int64_t> write_quarantine(store::Store& store, const std::vector<std::string>& keys,
                                      std::string_view rule, const Author& author) {
  TRY(ensure_decisions(store));
  std::int64_t written = 0;
  TRY(store.transaction([&](store::Store& in) -> Status {
    TRY(const std::int64_t before, count(in, "", {}));
    for (const std::string& key : keys) {
      TRY(
          in.run("INSERT OR IGNORE INTO quality_decisions (order_key, decision, rule, decided_at, "
                 "decided_by, reason) VALUES (?, 'quarantine', ?, ?, ?, ?)",
                 {key, std::string(rule), author.now, author.name, author.reason}));
    }
    TRY(const std::int64_t after, count(in, "", {}));
    written = after - before;
    const std::string target = rule.empty() && !keys.empty() ? keys.front() : std::string(rule);
    return write_log(in, {"quarantine", target, written}, author);
  }));
  return written;
}

Status write_fix(store::Store& store, const std::string& key, const Correction& correction,
                 const Author& author) {
  TRY(ensure_decisions(store));
  return store.transaction([&](store::Store& in) -> Status {
    std::vector<store::Value> values{key, author.now, author.name, author.reason};
    std::string names;
    std::string places;
    const auto numbers = numbers_of(correction);
    for (std::size_t i = 0; i < numbers.size(); ++i) {
      names += ", " + std::string(kFixColumns[i]);
      places += ", ?";
      values.push_back(maybe(numbers[i]));
    }
    TRY(
        in.run("INSERT INTO quality_decisions (order_key, decision, rule, decided_at, decided_by, "
               "reason" +
                   names + ") VALUES (?, 'fix', '', ?, ?, ?" + places + ")",
               values));
    return write_log(in, {"fix", key, 1}, author);
  });
}

Result<std::int64_t> write_release(store::Store& store, const std::string& target,
                                   const Author& author) {
  TRY(ensure_decisions(store));
  const bool is_rule = find(target).ok();
  const std::string condition = target.empty() ? ""
                                : is_rule      ? " WHERE rule = ?"
                                               : " WHERE order_key = ?";
  const std::vector<store::Value> values =
      target.empty() ? std::vector<store::Value>{} : std::vector<store::Value>{target};
  std::int64_t released = 0;
  TRY(store.transaction([&](store::Store& in) -> Status {
    TRY(released, count(in, condition, values));
    TRY(in.run("DELETE FROM quality_decisions" + condition, values));
    return write_log(in, {"release", target, released}, author);
  }));
  return released;
}

Result<std::int64_t> decisions_version(store::Store& store) {
  TRY(ensure_decisions(store));
  TRY(const Frame frame, store.run("SELECT coalesce(max(id), 0) AS version FROM quality_log"));
  return frame.integer("version", 0).value_or(0);
}

Result<Frame> decision_log(store::Store& store) {
  TRY(ensure_decisions(store));
  TRY(Frame frame, store.run("SELECT decided_at, decision, target, orders, decided_by, reason FROM "
                             "quality_log ORDER BY id DESC LIMIT 1000"));
  frame.at("decided_at").type = ColumnType::time;
  return frame;
}

Result<Frame> aside_by_rule(store::Store& store) {
  TRY(ensure_decisions(store));
  return store.run(
      "SELECT rule, count(*) AS orders FROM quality_decisions GROUP BY rule ORDER BY rule");
}

}  // namespace huitou::quality
