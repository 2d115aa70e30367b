#include "quality/records.h"

namespace huitou::quality {
namespace {

constexpr std::string_view kTables[] = {
    "CREATE TABLE IF NOT EXISTS quality_checks (id INTEGER PRIMARY KEY AUTOINCREMENT, "
    "checked_at INTEGER NOT NULL, data_version INTEGER NOT NULL, orders INTEGER NOT NULL, "
    "score REAL, period_from INTEGER, period_to INTEGER)",
    "CREATE TABLE IF NOT EXISTS quality_results (rule TEXT PRIMARY KEY, rows INTEGER NOT NULL, "
    "base INTEGER NOT NULL, lost REAL NOT NULL)",
    "CREATE TABLE IF NOT EXISTS quality_effects (rule TEXT NOT NULL, metric TEXT NOT NULL, "
    "value REAL, without REAL, PRIMARY KEY (rule, metric))"};

Status ensure(store::Store& store) {
  for (const std::string_view table : kTables) TRY(store.run(table));
  return {};
}

store::Value maybe(const std::optional<double>& value) {
  return value ? store::Value(*value) : store::Value();
}

store::Value text(std::string_view value) { return std::string(value); }

/// A column without a value that is not null comes as integers.
void make_real(Frame& frame, std::string_view name) {
  Column& column = frame.at(name);
  if (column.type == ColumnType::real) return;
  Column real = make_column(column.name, ColumnType::real);
  for (std::size_t row = 0; row < column.size(); ++row) {
    column.is_null(row) ? real.push_null()
                        : real.push_real(static_cast<double>(column.integers()[row]));
  }
  column = std::move(real);
}

}  // namespace

Status write_check(store::Store& store, const Checked& checked,
                   const std::vector<RuleResult>& results, const std::vector<Effect>& effects) {
  TRY(ensure(store));
  return store.transaction([&](store::Store& in) -> Status {
    const auto day = [](Date date) { return store::Value(std::int64_t{date.days}); };
    TRY(
        in.run("INSERT INTO quality_checks (checked_at, data_version, orders, score, period_from, "
               "period_to) VALUES (?, ?, ?, ?, ?, ?)",
               {checked.checked_at, checked.data_version, checked.orders, maybe(checked.score),
                checked.period ? day(checked.period->from) : store::Value(),
                checked.period ? day(checked.period->to) : store::Value()}));
    TRY(in.run("DELETE FROM quality_results"));
    TRY(in.run("DELETE FROM quality_effects"));
    for (const RuleResult& result : results) {
      TRY(in.run("INSERT INTO quality_results VALUES (?, ?, ?, ?)",
                 {text(result.rule), result.rows, result.base, result.lost}));
    }
    for (const Effect& effect : effects) {
      TRY(in.run(
          "INSERT INTO quality_effects VALUES (?, ?, ?, ?)",
          {text(effect.rule), text(effect.metric), maybe(effect.value), maybe(effect.without)}));
    }
    return {};
  });
}

Result<std::optional<Checked>> last_check(store::Store& store) {
  TRY(ensure(store));
  TRY(const Frame frame,
      store.run("SELECT checked_at, data_version, orders, score, period_from, period_to FROM "
                "quality_checks ORDER BY id DESC LIMIT 1"));
  if (frame.rows() == 0) return std::optional<Checked>();
  Checked checked{.checked_at = frame.integer("checked_at", 0).value_or(0),
                  .data_version = frame.integer("data_version", 0).value_or(0),
                  .orders = frame.integer("orders", 0).value_or(0),
                  .score = frame.real("score", 0)};
  const auto from = frame.integer("period_from", 0);
  const auto to = frame.integer("period_to", 0);
  if (from && to) {
    checked.period =
        Period{Date{static_cast<std::int32_t>(*from)}, Date{static_cast<std::int32_t>(*to)}};
  }
  return std::optional(checked);
}

Result<Frame> checks(store::Store& store) {
  TRY(ensure(store));
  TRY(Frame frame, store.run("SELECT checked_at, score, orders, data_version FROM quality_checks "
                             "ORDER BY id DESC LIMIT 1000"));
  frame.at("checked_at").type = ColumnType::time;
  make_real(frame, "score");
  return frame;
}

Result<Frame> results(store::Store& store) {
  TRY(ensure(store));
  TRY(Frame frame, store.run("SELECT rule, rows, base, lost FROM quality_results"));
  make_real(frame, "lost");
  return frame;
}

Result<Frame> effects(store::Store& store) {
  TRY(ensure(store));
  TRY(Frame frame, store.run("SELECT rule, metric, value, without FROM quality_effects"));
  make_real(frame, "value");
  make_real(frame, "without");
  return frame;
}

}  // namespace huitou::quality
