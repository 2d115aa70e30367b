// The limits of a shop, in its store: a line each time they are set, none is changed.

#include <fmt/format.h>

#include "stages/stages.h"

namespace huitou::stages {
namespace {

/// Limits that came after the table; 0 in its older lines.
constexpr std::string_view kLater[] = {"returned_days", "potential_days"};

Status ensure(store::Store& store) {
  TRY(store.run(
      "CREATE TABLE IF NOT EXISTS stage_limits (id INTEGER PRIMARY KEY, set_at INTEGER NOT NULL, "
      "how TEXT NOT NULL, first_days INTEGER NOT NULL, nurture_orders INTEGER NOT NULL, "
      "nurture_days INTEGER NOT NULL, active_days INTEGER NOT NULL, sleeping_days INTEGER NOT "
      "NULL)"));
  for (const std::string_view column : kLater) {
    TRY(store::add_column(store, "stage_limits", column, "INTEGER NOT NULL DEFAULT 0"));
  }
  return {};
}

}  // namespace

Result<Limits> kept(store::Store& store) {
  TRY(const Frame lines, history(store));
  Limits limits;
  if (lines.rows() == 0) return limits;
  for (const LimitCard& card : limit_cards()) {
    limits.*card.value = lines.integer(card.name, 0).value_or(limits.*card.value);
  }
  return limits;
}

Status keep(store::Store& store, const Keep& keep) {
  TRY(check(keep.limits));
  TRY(ensure(store));
  const Limits& limits = keep.limits;
  TRY(store.run(
      "INSERT INTO stage_limits (set_at, how, first_days, nurture_orders, nurture_days, "
      "active_days, sleeping_days, returned_days, potential_days) "
      "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
      {keep.now, keep.how, limits.first_days, limits.nurture_orders, limits.nurture_days,
       limits.active_days, limits.sleeping_days, limits.returned_days, limits.potential_days}));
  return {};
}

Result<Frame> history(store::Store& store) {
  TRY(ensure(store));
  return store.run(
      "SELECT set_at, how, first_days, nurture_orders, nurture_days, active_days, sleeping_days, "
      "returned_days, potential_days FROM stage_limits ORDER BY id DESC LIMIT 100");
}

}  // namespace huitou::stages
