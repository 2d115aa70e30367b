// What follows from the days of purchases alone.

#include <algorithm>
#include <cmath>

#include "customer/customer.h"
#include "customer/statement.h"
#include "math/survival.h"

namespace huitou::customer {
namespace {

/// Months since year 0.
int month_of(Date day) {
  const Ymd ymd = ymd_of(day);
  return ymd.year * 12 + ymd.month - 1;
}

std::vector<math::ValueCount> counts_of(std::vector<std::int64_t> values) {
  std::sort(values.begin(), values.end());
  std::vector<math::ValueCount> counts;
  for (const std::int64_t value : values) {
    if (counts.empty() || counts.back().value != value) counts.push_back({value, 0});
    ++counts.back().count;
  }
  return counts;
}

Date after(Date day, double days) {
  return Date{day.days + static_cast<std::int32_t>(std::ceil(days))};
}

}  // namespace

Rhythm rhythm_of(const std::vector<PurchaseDay>& days, Date as_of) {
  Rhythm rhythm;
  if (days.empty()) return rhythm;
  for (std::size_t i = 1; i < days.size(); ++i) {
    rhythm.gaps.push_back(days[i].on.days - days[i - 1].on.days);
  }
  const Date last = days.back().on;
  rhythm.silent_days = as_of.days - last.days;
  if (rhythm.gaps.empty()) return rhythm;
  const auto counts = counts_of(rhythm.gaps);
  rhythm.shortest_quarter = math::quantile_of_counts(counts, 0.25);
  rhythm.median = math::quantile_of_counts(counts, 0.5);
  rhythm.longest_quarter = math::quantile_of_counts(counts, 0.75);
  const auto shorter = std::count_if(rhythm.gaps.begin(), rhythm.gaps.end(),
                                     [&](std::int64_t gap) { return gap < *rhythm.silent_days; });
  if (rhythm.gaps.size() < kLeastGaps) return rhythm;
  rhythm.outlasted = static_cast<double>(shorter) / static_cast<double>(rhythm.gaps.size());
  rhythm.next_from = after(last, *rhythm.shortest_quarter);
  rhythm.next_on = after(last, *rhythm.median);
  rhythm.next_to = after(last, *rhythm.longest_quarter);
  return rhythm;
}

std::optional<Stage> stage_of(const std::vector<PurchaseDay>& days, Date as_of) {
  if (days.empty()) return std::nullopt;
  const int month = month_of(as_of) - 1;
  const auto ordered_in = [&](int wanted) {
    return std::any_of(days.begin(), days.end(),
                       [&](const PurchaseDay& day) { return month_of(day.on) == wanted; });
  };
  const int first = month_of(days.front().on);
  if (first > month) return std::nullopt;
  if (first == month) return Stage::newcomer;
  const bool before = ordered_in(month - 1);
  if (ordered_in(month)) return before ? Stage::returning : Stage::resurrecting;
  return before ? Stage::dormant : Stage::silent;
}

std::optional<stages::Stage> activity_of(const std::vector<PurchaseDay>& days, Date as_of,
                                         const stages::Limits& limits) {
  if (days.empty()) return std::nullopt;
  stages::Seen seen{.age = as_of.days - 1 - days.front().on.days,
                    .silence = as_of.days - 1 - days.back().on.days};
  if (days.size() > 1) seen.gap = days.back().on.days - days[days.size() - 2].on.days;
  for (const PurchaseDay& day : days) seen.orders += day.orders;
  return stages::stage_of(seen, limits);
}

std::optional<stages::Stage> activity_without_orders(std::optional<Date> known_on, Date as_of,
                                                     const stages::Limits& limits) {
  if (!known_on) return std::nullopt;
  return stages::stage_of({.quiet = as_of.days - 1 - known_on->days}, limits);
}

Words stage_words(Stage stage) {
  switch (stage) {
    case Stage::newcomer:
      return {"New", "新客"};
    case Stage::returning:
      return {"Returning", "连续活跃"};
    case Stage::resurrecting:
      return {"Resurrecting", "回流"};
    case Stage::dormant:
      return {"Dormant", "沉默"};
    case Stage::silent:
      return {"Silent for longer", "更久未下单"};
  }
  return {};
}

Result<Purchases> read_purchases(const Asking& asking, const identity::Whose& whose) {
  TRY(const Frame rows,
      ask(asking, "purchase_days", {{"customer", static_cast<std::int64_t>(whose.customer)}}));
  Purchases out;
  const auto at = [&](const char* column, std::size_t row) {
    return rows.at(column).integers()[row];
  };
  for (std::size_t row = 0; row < rows.rows(); ++row) {
    const PurchaseDay day{Date{static_cast<std::int32_t>(at("day", row))}, at("orders", row),
                          at("amount_minor", row)};
    if (day.orders > 0) out.days.push_back(day);
    out.orders += day.orders;
    out.amount_minor += day.amount_minor;
    out.all_orders += at("all_orders", row);
    out.cancelled_orders += at("cancelled_orders", row);
    out.refunded_orders += at("refunded_orders", row);
    out.refunded_minor += at("refunded_minor", row);
    out.discounted_orders += at("discounted_orders", row);
  }
  return out;
}

Result<std::optional<Date>> last_counted_day(const Asking& asking) {
  TRY(const Frame rows, ask(asking, "last_counted_day", {}));
  if (rows.integer("orders", 0).value_or(0) == 0) return std::optional<Date>{};
  return std::optional(Date{static_cast<std::int32_t>(rows.integer("last_day", 0).value_or(0))});
}

Result<Frame> gaps(const Asking& asking, const identity::Whose& whose) {
  TRY(const Purchases purchases, read_purchases(asking, whose));
  Frame frame;
  frame.columns = {make_column("from_on", ColumnType::date), make_column("to_on", ColumnType::date),
                   make_column("gap_days", ColumnType::integer)};
  for (std::size_t i = 1; i < purchases.days.size(); ++i) {
    const Date from = purchases.days[i - 1].on;
    const Date to = purchases.days[i].on;
    frame.columns[0].push_integer(from.days);
    frame.columns[1].push_integer(to.days);
    frame.columns[2].push_integer(to.days - from.days);
  }
  return frame;
}

}  // namespace huitou::customer
