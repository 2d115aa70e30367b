// Who came into a segment and who left it between two days.

#include <fmt/format.h>

#include "segments/segments.h"

namespace huitou::segments {
namespace {

// Names that no saved segment can have.
constexpr const char* kBefore =
    "\x01"
    "before";
constexpr const char* kAfter =
    "\x01"
    "after";

Rule in(const char* name) { return {.kind = Kind::segment, .name = name}; }

Rule in_but_not_in(const char* inside, const char* outside) {
  return {.kind = Kind::all_of,
          .children = {in(inside), {.kind = Kind::negation, .children = {in(outside)}}}};
}

Error backwards(const BetweenDays& days) {
  const std::string from = format_date(days.from), to = format_date(days.to);
  return {Code::invalid_input, fmt::format("{} is not after {}.", to, from),
          "Give a later day for `to`, or an earlier one for `from`.",
          fmt::format("{} 不晚于 {}。", to, from), "请把截止日改晚，或把起始日改早。"};
}

Error nothing_noted(const std::string& name) {
  return {Code::not_enough_data, fmt::format("No members of '{}' are noted yet.", name),
          "Refresh the segment; the server does so by itself after loads and every hour.",
          fmt::format("还没有记录“{}”的成员。", name),
          "请刷新该分群；服务会在加载数据后及每小时自动刷新。"};
}

Error too_early(const BetweenDays& days, Date since) {
  const std::string from = format_date(days.from), first = format_date(since);
  return {Code::not_enough_data,
          fmt::format("The members of '{}' are noted since {}, not as early as {}.", days.name,
                      first, from),
          fmt::format("Give {} or a later day.", first),
          fmt::format("“{}”的成员自 {} 起才有记录，早于此的 {} 无从得知。", days.name, first, from),
          fmt::format("请选择 {} 或更晚的日期。", first)};
}

}  // namespace

Result<Moved> moved(engine::Engine& engine, store::Store& store, const Question& question,
                    const BetweenDays& days) {
  TRY(const Frame noted, moves(engine, store, days.name));
  if (days.to.days <= days.from.days) return backwards(days);
  if (noted.rows() == 0) return nothing_noted(days.name);
  const Date since{static_cast<std::int32_t>(noted.integer("day", 0).value_or(0))};
  if (days.from.days < since.days) return too_early(days, since);
  Library library = question.library;
  library.kept = {{kBefore, {days.name, days.from}}, {kAfter, {days.name, days.to}}};
  const auto asked = [&](const Rule& rule) {
    return Question{.rule = rule,
                    .as_of = question.as_of,
                    .library = library,
                    .void_runs = question.void_runs,
                    .limits = question.limits};
  };
  const Rule before = in(kBefore), after = in(kAfter);
  const Rule came = in_but_not_in(kAfter, kBefore), left = in_but_not_in(kBefore, kAfter);
  TRY(const auto groups, together(engine, asked(before), {&before, &after}));
  Moved out{.before = customers_with(groups, 1),
            .after = customers_with(groups, 2),
            .stayed = customers_with(groups, 3),
            .came = {},
            .left = {}};
  TRY(out.came, customers(engine, asked(came), days.most));
  TRY(out.left, customers(engine, asked(left), days.most));
  return out;
}

}  // namespace huitou::segments
