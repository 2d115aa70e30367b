#include "analyses/stage_words.h"

#include <fmt/format.h>

namespace huitou::analyses {
namespace {

using stages::Stage;

std::string day_ago(Date close, std::int64_t ago) {
  const Date day{static_cast<std::int32_t>(close.days - 1 - ago)};
  return format_date(std::max(day, kFirstDate));
}

/// At most so many orders until then, the first so many days ago at most.
std::string newcomer(Date close, std::int64_t orders, std::int64_t days) {
  const std::string to = format_date(close);
  return fmt::format("orders(to {}) <= {} and first_order_on(to {}) >= {}", to, orders, to,
                     day_ago(close, days));
}

/// Bought after being lost, and not since.
std::string came_back(Date close, const stages::Limits& limits) {
  const std::string to = format_date(close);
  return fmt::format("days_between_last_orders(to {}) > {} and last_order_on(to {}) >= {}", to,
                     limits.sleeping_days + 1, to, day_ago(close, limits.returned_days));
}

std::string no_order_but_known(Date close, const stages::Limits& limits) {
  const std::string from = day_ago(close, limits.potential_days);
  const std::string to = format_date(close);
  return fmt::format(
      "orders(to {1}) = 0 and ((registered_on >= {0} and registered_on < {1}) or "
      "did(from {0} to {1}) >= 1)",
      from, to);
}

}  // namespace

std::string stage_of_columns(std::string_view when) {
  return stages::sql({.orders = fmt::format("orders_{}", when),
                      .age = fmt::format("age_{}", when),
                      .silence = fmt::format("silence_{}", when),
                      .gap = fmt::format("gap_{}", when),
                      .quiet = fmt::format("quiet_{}", when)});
}

Result<stages::Limits> limits_of(const Arguments& arguments, const Inputs& inputs) {
  stages::Limits limits = inputs.stages;
  for (const stages::LimitCard& card : stages::limit_cards()) {
    if (arguments.text(card.name).empty()) continue;
    TRY(limits.*card.value, arguments.integer(card.name));
  }
  if (!inputs.filters.empty()) limits.potential_days = 0;
  TRY(stages::check(limits));
  return limits;
}

Result<Frame> read_stage_moves(const Inputs& inputs, const stages::Limits& limits,
                               const std::vector<Date>& closes) {
  engine::IntegerList days;
  engine::IntegerList steps;
  for (const Date close : closes) {
    if (!days.empty()) steps.push_back(static_cast<std::int64_t>(days.size()));
    days.push_back(close.days);
  }
  engine::Params params = stages::params(limits);
  params.emplace("closes", std::move(days));
  params.emplace("steps", std::move(steps));
  params.emplace("to", closes.back());
  std::string rows(embedded("stage_days.sql"));
  if (limits.potential_days > 0) rows += embedded("stage_signs.sql");
  TRY(const engine::Query query, build_query(inputs, "stage_moves.sql",
                                             {std::move(params),
                                              {{"stage_days", std::move(rows)},
                                               {"stage_before", stage_of_columns("before")},
                                               {"stage_after", stage_of_columns("after")}}}));
  return inputs.engine.query(query);
}

std::string stage_as_rule(Stage stage, Date close, const stages::Limits& limits) {
  const std::string last = fmt::format("last_order_on(to {})", format_date(close));
  const std::string active = fmt::format("{} >= {}", last, day_ago(close, limits.active_days));
  const std::string not_lost = fmt::format("{} >= {}", last, day_ago(close, limits.sleeping_days));
  const std::string first = newcomer(close, 1, limits.first_days);
  const std::string nurture = newcomer(close, limits.nurture_orders, limits.nurture_days);
  const std::string not_first = limits.first_days > 0 ? " and not (" + first + ")" : "";
  const std::string not_returned =
      limits.returned_days > 0 ? " and not (" + came_back(close, limits) + ")" : "";
  switch (stage) {
    case Stage::potential:
      return no_order_but_known(close, limits);
    case Stage::returned:
      return came_back(close, limits);
    case Stage::first:
      return first;
    case Stage::nurture:
      return nurture + not_first;
    case Stage::active:
      return active + not_first + (limits.nurture_days > 0 ? " and not (" + nurture + ")" : "") +
             not_returned;
    case Stage::sleeping:
      return fmt::format("{} and {} < {}", not_lost, last, day_ago(close, limits.active_days));
    case Stage::lost:
      break;
  }
  return fmt::format("{} < {}", last, day_ago(close, limits.sleeping_days));
}

std::string no_stage_as_rule(Date close, const stages::Limits& limits) {
  const std::string none = fmt::format("orders(to {}) = 0", format_date(close));
  return limits.potential_days == 0 ? none
                                    : none + " and not (" + no_order_but_known(close, limits) + ")";
}

Note stages_note(const stages::Limits& limits) { return {"stages", stages::meanings(limits)}; }

}  // namespace huitou::analyses
