// hours show, set, history: when the service of this shop is at work.

#include "hours/hours.h"

#include <fmt/format.h>

#include "commands/list.h"
#include "commands/rows.h"
#include "commands/shop.h"

namespace huitou::commands {
namespace {

using hours::Hours;
using hours::Spans;

std::vector<ColumnCard> show_columns() {
  return {{"day", Unit::none, Role::dimension, {"Day", "日期（英文）"}},
          {"day_zh", Unit::none, Role::detail, {"Day (Chinese)", "日期"}},
          {"hours", Unit::none, Role::value, {"Hours", "工作时间"}},
          {"minutes", Unit::number, Role::detail, {"Minutes", "分钟数"}},
          {"kind", Unit::none, Role::detail, {"Kind: weekday, holiday, workday", "类别"}}};
}

std::vector<ColumnCard> history_columns() {
  return {{"set_at", Unit::time, Role::dimension, {"Set", "设置时间"}},
          {"week", Unit::none, Role::value, {"Week", "每周工作时间"}},
          {"holidays", Unit::count, Role::detail, {"Holidays", "节假日数"}},
          {"workdays", Unit::count, Role::detail, {"Working days", "调休上班日数"}}};
}

Note not_set() {
  return {"wall",
          {"Business hours are not set: times of tickets are counted by the clock on the wall, "
           "nights and days off included.",
           "尚未设置工作时间：工单时长按自然时间统计，含夜间与休息日。"}};
}

/// A row of `show`; no spans: the hours are not set.
struct Shown {
  std::string day;
  std::string day_zh;
  const Spans* spans = nullptr;
  const char* kind = "weekday";
};

void push_row(Frame& frame, const Shown& shown) {
  frame.columns[0].push_text(shown.day);
  frame.columns[1].push_text(shown.day_zh);
  if (shown.spans == nullptr) {
    frame.columns[2].push_null();
    frame.columns[3].push_null();
  } else {
    frame.columns[2].push_text(hours::text(*shown.spans));
    frame.columns[3].push_integer(hours::minutes(*shown.spans));
  }
  frame.columns[4].push_text(shown.kind);
}

Result<Answer> shown(store::Store& store) {
  TRY(const std::optional<Hours> kept, hours::kept(store));
  Frame frame;
  frame.columns = {make_column("day", ColumnType::text), make_column("day_zh", ColumnType::text),
                   make_column("hours", ColumnType::text),
                   make_column("minutes", ColumnType::integer),
                   make_column("kind", ColumnType::text)};
  for (std::size_t day = 0; day < hours::kWeekdays; ++day) {
    const Words words = hours::day_words(day);
    push_row(frame,
             {std::string(words.en), std::string(words.zh), kept ? &kept->week.at(day) : nullptr});
  }
  if (kept) {
    for (const auto& [date, spans] : kept->dates) {
      const std::string day = format_date(date);
      push_row(frame, {day, day, &spans, spans.empty() ? "holiday" : "workday"});
    }
  }
  Answer answer = answer_of(std::move(frame), columns_of(show_columns()));
  if (!kept) answer.notes.push_back(not_set());
  return answer;
}

Result<Answer> show(const Call& call) { return shown(*call.shop.store); }

Error wrong(Sentence what, Sentence hint) {
  return {Code::invalid_input, std::move(what.en), std::move(hint.en), std::move(what.zh),
          std::move(hint.zh)};
}

/// The hours with what was given; errors before anything is kept.
Result<std::optional<Hours>> wanted(const Call& call) {
  const hours::Given given{.week = call.args.list("week"),
                           .holidays = call.args.list("holiday"),
                           .workdays = call.args.list("workday")};
  const bool clear_dates = call.args.boolean("clear_dates");
  const bool some =
      !given.week.empty() || !given.holidays.empty() || !given.workdays.empty() || clear_dates;
  if (call.args.boolean("none")) {
    if (!some) return std::optional<Hours>();
    return wrong({"Hours are given together with none, which takes them away.",
                  "none 表示取消工作时间，不能与其他设置同时给出。"},
                 {"Give one of the two.", "请只给出其中一种。"});
  }
  if (!some) {
    return wrong({"There is nothing to set.", "没有要设置的内容。"},
                 {"Give week, such as 'mon-fri 9:00-18:00', holiday, workday, clear_dates or none.",
                  "请给出 week（如“周一至周五 "
                  "9:00-18:00”）、holiday、workday、clear_dates 或 none。"});
  }
  TRY(const std::optional<Hours> kept, hours::kept(*call.shop.store));
  Hours before = kept.value_or(Hours{});
  if (clear_dates) before.dates.clear();
  TRY(Hours after, hours::changed(std::move(before), given));
  return std::optional(std::move(after));
}

Result<Answer> set(const Call& call) {
  TRY(std::optional<Hours> hours, wanted(call));
  TRY(hours::keep(*call.shop.store, {.hours = std::move(hours), .now = call.now}));
  return shown(*call.shop.store);
}

std::int64_t holidays_of(const Hours& hours) {
  std::int64_t count = 0;
  for (const auto& [date, spans] : hours.dates) count += spans.empty() ? 1 : 0;
  return count;
}

Result<Answer> history(const Call& call) {
  TRY(const std::vector<hours::Line> lines, hours::history(*call.shop.store));
  Frame frame;
  frame.columns = {make_column("set_at", ColumnType::time), make_column("week", ColumnType::text),
                   make_column("holidays", ColumnType::integer),
                   make_column("workdays", ColumnType::integer)};
  for (const hours::Line& line : lines) {
    frame.columns[0].push_integer(line.set_at);
    if (!line.hours) {
      for (std::size_t i = 1; i < frame.columns.size(); ++i) frame.columns[i].push_null();
      continue;
    }
    const std::int64_t holidays = holidays_of(*line.hours);
    frame.columns[1].push_text(hours::week_text(*line.hours));
    frame.columns[2].push_integer(holidays);
    frame.columns[3].push_integer(static_cast<std::int64_t>(line.hours->dates.size()) - holidays);
  }
  Answer answer = answer_of(std::move(frame), columns_of(history_columns()));
  if (lines.empty()) answer.notes.push_back(not_set());
  return answer;
}

std::vector<Param> set_params() {
  return {{.name = "week",
           .doc = {"weekdays and their hours: 'mon-fri 9:00-12:00,13:30-18:00', 'sun closed'; days "
                   "that are not named stay",
                   "星期与工作时间：周一至周五 9:00-12:00,13:30-18:00；周日 "
                   "休息；未写到的日子保持不变"},
           .repeated = true},
          {.name = "holiday",
           .doc = {"a day without hours, or days: 2026-10-01..2026-10-07",
                   "节假日，一天或连续多天：2026-10-01..2026-10-07"},
           .repeated = true},
          {.name = "workday",
           .doc = {"a date with hours of its own: 2026-10-10 (those of the first weekday with "
                   "hours), '2026-02-16 9:00-12:00'",
                   "调休上班日或半天：2026-10-10（按一周中第一个上班日的时间）、2026-02-16 "
                   "9:00-12:00"},
           .repeated = true},
          {.name = "clear_dates",
           .type = ParamType::boolean,
           .doc = {"first forget the dates that were set before", "先清除以前设置的日期"},
           .fallback = "false"},
          {.name = "none",
           .type = ParamType::boolean,
           .doc = {"take the hours away: times are counted by the clock on the wall",
                   "取消工作时间：时长按自然时间统计"},
           .fallback = "false"}};
}

const Command show_command{
    .name = "hours show",
    .title = {"Business hours", "工作时间设置"},
    .doc = {"When the service of the shop is at work: hours of each weekday, holidays and working "
            "days of their own, in the shop's time zone. The analysis `service` counts in them.",
            "客服的工作时间：每个星期几的时间段、节假日与调休上班日，按店铺时区。分析 service "
            "据此统计时长。"},
    .live = true,
    .columns = show_columns(),
    .examples = {"huitou hours show"},
    .run = show,
};

const Command set_command{
    .name = "hours set",
    .title = {"Set the business hours", "设置工作时间"},
    .doc =
        {"Sets hours of weekdays and dates; what is not given stays. Holds at once for `service`, "
         "for tickets of the past too; what was set before stays in the history.",
         "设置星期与日期的工作时间；未给出的保持不变。对 service "
         "立即生效，包括以往的工单；以往设置保留在历史中。"},
    .kind = Kind::job,
    .params = set_params(),
    .columns = show_columns(),
    .examples = {"huitou hours set --week 'mon-fri 9:00-12:00,13:30-18:00' --week 'sat-sun closed'",
                 "huitou hours set --holiday 2026-10-01..2026-10-07 --workday 2026-10-10",
                 "huitou hours set --none"},
    .run = set,
};

const Command history_command{
    .name = "hours history",
    .title = {"When the business hours were set", "工作时间设置历史"},
    .doc = {"What the business hours were set to, newest first; empty: taken away.",
            "工作时间的历次设置，新的在前；为空表示已取消。"},
    .live = true,
    .columns = history_columns(),
    .examples = {"huitou hours history"},
    .run = history,
};

}  // namespace

std::vector<const Command*> hours_commands() {
  return {&show_command, &set_command, &history_command};
}

}  // namespace huitou::commands
