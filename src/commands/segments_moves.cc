// segments refresh, freeze, history, moves: memberships that are kept with their history.

#include <fmt/format.h>

#include <algorithm>

#include "commands/customer.h"
#include "commands/rows.h"
#include "commands/segments.h"
#include "commands/shop.h"

namespace huitou::commands {
namespace {

using segments::How;
using segments::Refreshed;

std::vector<ColumnCard> refresh_columns() {
  return {
      {"name", Unit::none, Role::dimension, {"Segment", "分群"}},
      {"customers", Unit::count, Role::value, {"Customers", "客户数"}},
      {"came", Unit::count, Role::value, {"Came in", "进入"}},
      {"went", Unit::count, Role::value, {"Left", "离开"}},
      {"state", Unit::none, Role::detail, {"State", "状态"}},
      {"problem_en", Unit::none, Role::detail, {"Problem", "问题（英文）"}},
      {"problem_zh", Unit::none, Role::detail, {"Problem (Chinese)", "问题"}},
      {"version", Unit::count, Role::detail, {"Version", "版本"}},
      {"how",
       Unit::none,
       Role::detail,
       {"Asked whom: nobody, touched, everybody", "询问范围（nobody/touched/everybody）"}},
      {"asked", Unit::count, Role::detail, {"Touched customers asked", "所询问的有变化客户数"}}};
}

const char* how_word(How how) {
  return how == How::nothing ? "nobody" : how == How::touched ? "touched" : "everybody";
}

/// How many were asked for how many segments.
Note asked_note(const std::vector<Refreshed>& rows) {
  std::int64_t none = 0, some = 0, all = 0, customers = 0;
  for (const Refreshed& row : rows) {
    if (row.frozen) continue;
    ++(row.how == How::nothing ? none : row.how == How::touched ? some : all);
    customers = std::max(customers, row.asked);
  }
  return {"asked",
          {fmt::format("Everybody was asked for {} segments; for {} only the {} customers of whom "
                       "something changed or whom the passing days can move; for {} nobody, as "
                       "nothing they look at has changed.",
                       all, some, customers, none),
           fmt::format("{} 个分群询问了全部客户；{} 个分群只询问了有变化或随日期可能变动的 {} "
                       "位客户；{} 个分群所依据的数据没有变化，无需询问。",
                       all, some, customers, none)}};
}

Answer refreshed_answer(const std::vector<Refreshed>& rows) {
  Frame frame;
  for (const ColumnCard& card : refresh_columns()) {
    frame.columns.push_back(make_column(
        std::string(card.name), card.unit == Unit::count ? ColumnType::integer : ColumnType::text));
  }
  const auto problem = [&](const char* column, const Refreshed& row, bool chinese) {
    row.problem ? frame.at(column).push_text(describe(*row.problem, chinese))
                : frame.at(column).push_null();
  };
  for (const Refreshed& row : rows) {
    frame.at("name").push_text(row.name);
    frame.at("customers").push_integer(row.customers);
    frame.at("came").push_integer(row.came);
    frame.at("went").push_integer(row.went);
    frame.at("state").push_text(row.problem ? "broken" : row.frozen ? "frozen" : "ok");
    problem("problem_en", row, false);
    problem("problem_zh", row, true);
    frame.at("version").push_integer(row.version);
    const bool touched = row.how == How::touched;
    frame.at("how").push_text(how_word(row.how));
    touched ? frame.at("asked").push_integer(row.asked) : frame.at("asked").push_null();
  }
  return answer_of(std::move(frame), columns_of(refresh_columns()));
}

/// A job that asks many rules of everybody may take longer than an answer that somebody waits for.
constexpr double kQuerySeconds = 600;

segments::RunAt run_at(const Call& call, const AskedRule& asked) {
  segments::RunAt run{
      .as_of = asked.as_of, .void_runs = asked.void_runs, .limits = asked.limits, .now = call.now};
  run.limits.seconds = std::max(run.limits.seconds, kQuerySeconds);
  return run;
}

Result<Answer> refresh(const Call& call) {
  TRY(AskedRule asked, asked_rule(call, "everyone"));
  TRY(const auto last, segments::last_instant(*call.shop.store));
  const bool goes_back = last && last->second > asked.as_of.second;
  if (goes_back && !call.args.has("as_of")) asked.as_of = *last;
  TRY(const std::string data, data_version(call.shop));
  const bool all = !call.args.has("name");
  const auto name = all ? std::nullopt : std::optional(call.args.text("name"));
  const auto rows =
      segments::refresh(*call.shop.engine, *call.shop.store, run_at(call, asked), name);
  // One that fails is not begun again before something changes, or the hour.
  if (all) TRY(segments::note_refreshed(*call.shop.store, data, call.now));
  if (!rows.ok()) return rows.error();
  Answer answer = refreshed_answer(*rows);
  answer.notes.push_back(asked_note(*rows));
  answer.notes.push_back(as_of_note(asked));
  return answer;
}

Result<Answer> freeze(const Call& call) {
  TRY(const AskedRule asked, asked_rule(call, "everyone"));
  TRY(const Refreshed row,
      segments::freeze(*call.shop.engine, *call.shop.store, run_at(call, asked),
                       {.name = call.args.text("name"),
                        .as = call.args.text("as"),
                        .description = call.args.text("description"),
                        .owner = call.args.text("owner")}));
  Answer answer = refreshed_answer({row});
  answer.notes.push_back(
      {"frozen",
       {fmt::format("'{}' keeps these customers; rules ask for them with in_segment('{}').",
                    row.name, row.name),
        fmt::format("“{}”的成员保持不变；规则中可用 在分群('{}') 引用。", row.name, row.name)}});
  answer.notes.push_back(as_of_note(asked));
  return answer;
}

std::vector<ColumnCard> history_columns() {
  return {{"segment", Unit::none, Role::dimension, {"Segment", "分群"}},
          {"came_on", Unit::date, Role::value, {"In since", "进入日期"}},
          {"left_on", Unit::date, Role::value, {"Out since", "离开日期"}},
          {"state", Unit::none, Role::detail, {"Code", "代码"}},
          {"state_en", Unit::none, Role::detail, {"State", "状态（英文）"}},
          {"state_zh", Unit::none, Role::detail, {"State (Chinese)", "状态"}},
          {"version", Unit::count, Role::detail, {"Version of the rule", "规则版本"}}};
}

Result<Answer> history(const Call& call) {
  TRY(const identity::Whose whose, asked_person(call));
  TRY(const auto stays, segments::history(*call.shop.engine, *call.shop.store, person_of(whose)));
  Frame frame;
  for (const ColumnCard& card : history_columns()) {
    const ColumnType type = card.unit == Unit::date    ? ColumnType::date
                            : card.unit == Unit::count ? ColumnType::integer
                                                       : ColumnType::text;
    frame.columns.push_back(make_column(std::string(card.name), type));
  }
  for (const segments::Stay& stay : stays) {
    frame.at("segment").push_text(stay.segment);
    frame.at("came_on").push_integer(stay.came_on.days);
    stay.left_on ? frame.at("left_on").push_integer(stay.left_on->days)
                 : frame.at("left_on").push_null();
    const bool inside = !stay.left_on;
    frame.at("state").push_text(stay.removed ? "removed" : inside ? "in" : "out");
    frame.at("state_en")
        .push_text(stay.removed ? "the segment was removed"
                   : inside     ? "in"
                                : "out");
    frame.at("state_zh").push_text(stay.removed ? "分群已移除" : inside ? "属于" : "已离开");
    frame.at("version").push_integer(stay.version);
  }
  Answer answer = answer_of(std::move(frame), columns_of(history_columns()));
  answer.notes.push_back(
      {"days",
       {"A day is the last one that counted in the refresh that noticed the move; what happened "
        "between two refreshes is not seen.",
        "日期为发现变动的那次刷新所统计的最后一日；两次刷新之间的进出不会被看到。"}});
  return answer;
}

Result<Answer> moves(const Call& call) {
  TRY(Frame frame, segments::moves(*call.shop.engine, *call.shop.store, call.args.text("name")));
  Answer answer = answer_of(std::move(frame), columns_of(call.command.columns));
  answer.view = View::curve;
  if (answer.frame.rows() == 0) {
    answer.notes.push_back({"nothing",
                            {"Nobody moved yet: `huitou segments refresh` notes who is in.",
                             "还没有变动记录：`huitou segments refresh` 会记下成员。"}});
  }
  return answer;
}

Param customer_option() {
  Param param = customer_param();
  param.positional = false;
  return param;
}

}  // namespace

const Command segments_refresh_command{
    .name = "segments refresh",
    .title = {"Refresh memberships", "刷新分群成员"},
    .doc = {"Asks the rules of all saved segments, or of one, and notes who came in and who left "
            "since the last refresh. Doing it again changes nothing. Frozen segments stay as they "
            "are; of a broken one the problem is named and its members stay. For all segments "
            "together only the customers of whom something changed since the last refresh are "
            "asked, where "
            "it can be known who they are; the answer says how many. `serve` does it after "
            "loads, when a segment was saved, and every hour.",
            "按全部（或一个）已保存分群的规则，记录自上次刷新以来进入和离开的客户；重复执行不会改变"
            "任何"
            "内容。冻结的分群保持不变；失效的分群会说明原因，成员保持不变。刷新全部分群时，"
            "凡能确知哪些客户自上次刷新以来有变化，就只询问这些客户，并说明人数。`serve` "
            "会在加载数据后、保存分群后及每小时自动执行。"},
    .kind = Kind::job,
    .keeps_figures = true,
    .params = {{.name = "name", .doc = {"only this segment", "仅此分群"}, .positional = true},
               as_of_instant_param()},
    .columns = refresh_columns(),
    .examples = {"huitou segments refresh", "huitou segments refresh sleeping --as-of 2025-06-30"},
    .run = refresh,
};

const Command segments_freeze_command{
    .name = "segments freeze",
    .title = {"Freeze a segment", "冻结分群"},
    .doc = {"Keeps who is in a segment at an instant under a new name, for ever. The rule stands "
            "beside it as a reminder; the members no longer follow it.",
            "以新名称永久保留某一时刻的分群成员。原规则仅作备注，成员不再随其变动。"},
    .kind = Kind::job,
    .params = {segment_name_param(),
               {.name = "as", .doc = {"the new name", "新名称"}, .required = true},
               {.name = "description", .doc = {"what it is for", "用途说明"}},
               {.name = "owner", .doc = {"who is asked about it", "负责人"}},
               as_of_instant_param()},
    .columns = refresh_columns(),
    .examples = {"huitou segments freeze sleeping --as sleeping_june --as-of 2025-06-30"},
    .run = freeze,
};

const Command segments_history_command{
    .name = "segments history",
    .title = {"A customer's segments over time", "客户的分群历史"},
    .doc = {"Every stay of a customer in a saved segment, as the refreshes saw it: since when, "
            "until when, by which version of the rule.",
            "一位客户在各已保存分群中的历次停留（以刷新为准）：何时进入、何时离开、依据哪个版本的规"
            "则。"},
    .live = true,
    .params = {customer_option()},
    .columns = history_columns(),
    .examples = {"huitou segments history --customer M0042"},
    .run = history,
};

const Command segments_moves_command{
    .name = "segments moves",
    .title = {"Moves of a segment", "分群进出"},
    .doc = {"How many came into a segment and left it on each day that a refresh noted moves for, "
            "and how many were in it then.",
            "按日列出刷新所记录的分群进入与离开人数，以及当时的成员数。"},
    .view = View::curve,
    .live = true,
    .params = {segment_name_param()},
    .columns = {{"day", Unit::date, Role::dimension, {"Day", "日期"}},
                {"customers", Unit::count, Role::value, {"Customers", "客户数"}},
                {"came", Unit::count, Role::detail, {"Came in", "进入"}},
                {"went", Unit::count, Role::detail, {"Left", "离开"}}},
    .examples = {"huitou segments moves sleeping"},
    .run = moves,
};

Result<bool> segments_are_due(Shop& shop, std::int64_t now) {
  TRY(const std::string data, data_version(shop));
  return segments::refresh_is_due(*shop.store, data, now);
}

}  // namespace huitou::commands
