// sources list, kinds, show, runs, remove: what is taken in by itself, and what became of it.

#include "commands/sources.h"

#include <algorithm>

#include "commands/list.h"
#include "commands/rows.h"
#include "commands/shop.h"

namespace huitou::commands {
namespace {

/// Numbers and days stay as they are; a name ending in _at is an instant.
Unit unit_of(std::string_view name) {
  if (name.ends_with("_at")) return Unit::time;
  return name.starts_with("rows_") || name == "pages" || name == "tries" ? Unit::count : Unit::none;
}

constexpr ColumnCard kListColumns[] = {
    {"source", Unit::none, Role::dimension, {"Source", "数据源"}},
    {"kind", Unit::none, Role::detail, {"Kind", "类型"}},
    {"schedule", Unit::none, Role::detail, {"Schedule", "计划"}},
    {"enabled", Unit::none, Role::detail, {"Enabled", "启用"}},
    {"state", Unit::none, Role::value, {"State", "状态"}},
    {"last_success_at", Unit::time, Role::detail, {"Last success", "上次成功"}},
    {"next_due_at", Unit::time, Role::detail, {"Next due", "下次同步"}},
    {"rows_read", Unit::count, Role::detail, {"Rows read", "读取行"}},
    {"alerts_en", Unit::none, Role::detail, {"Alerts", "提醒（英文）"}},
    {"alerts_zh", Unit::none, Role::detail, {"Alerts (Chinese)", "提醒"}}};

constexpr ColumnCard kRunColumns[] = {
    {"source", Unit::none, Role::dimension, {"Source", "数据源"}},
    {"state", Unit::none, Role::value, {"State", "状态"}},
    {"started_at", Unit::time, Role::detail, {"Began", "开始"}},
    {"ended_at", Unit::time, Role::detail, {"Ended", "结束"}},
    {"rows_read", Unit::count, Role::detail, {"Rows read", "读取行"}},
    {"rows_loaded", Unit::count, Role::detail, {"Rows loaded", "载入行"}},
    {"rows_rejected", Unit::count, Role::detail, {"Rows left out", "剔除行"}},
    {"rows_removed", Unit::count, Role::detail, {"Rows taken away", "移除行"}},
    {"pages", Unit::count, Role::detail, {"Pages or files", "页数或文件数"}},
    {"tries", Unit::count, Role::detail, {"Tried again", "重试次数"}},
    {"error_en", Unit::none, Role::detail, {"Error", "错误（英文）"}},
    {"error_zh", Unit::none, Role::detail, {"Error (Chinese)", "错误"}},
    {"alerts_en", Unit::none, Role::detail, {"Alerts", "提醒（英文）"}},
    {"alerts_zh", Unit::none, Role::detail, {"Alerts (Chinese)", "提醒"}}};

constexpr ColumnCard kKindColumns[] = {
    {"kind", Unit::none, Role::dimension, {"Kind", "类型"}},
    {"setting", Unit::none, Role::dimension, {"Setting", "设置"}},
    {"fallback", Unit::none, Role::detail, {"If not given", "默认值"}},
    {"need", Unit::none, Role::detail, {"Need", "要求"}},
    {"meaning_en", Unit::none, Role::detail, {"Meaning", "含义（英文）"}},
    {"meaning_zh", Unit::none, Role::detail, {"Meaning (Chinese)", "含义"}}};

constexpr ColumnCard kShowColumns[] = {
    {"source", Unit::none, Role::dimension, {"Source", "数据源"}},
    {"description", Unit::none, Role::value, {"Description", "描述"}}};

constexpr ColumnCard kSettingColumns[] = {
    {"item", Unit::none, Role::dimension, {"Item", "项目"}},
    {"name", Unit::none, Role::dimension, {"Setting", "设置项"}},
    {"value", Unit::none, Role::value, {"Value", "值"}}};

template <std::size_t N>
std::vector<ColumnCard> cards(const ColumnCard (&list)[N]) {
  return {std::begin(list), std::end(list)};
}

/// What the store gives as numbers is typed by its column.
Answer typed_answer(Frame frame, const std::vector<ColumnCard>& columns) {
  for (Column& column : frame.columns) {
    if (unit_of(column.name) == Unit::time) column.type = ColumnType::time;
  }
  return answer_of(std::move(frame), columns_of(columns));
}

Result<Answer> list(const Call& call) {
  sync::Place place = place_of(call.shop, call.today);
  TRY(Frame frame, sync::overview(place));
  const bool none = frame.rows() == 0;
  Answer answer = typed_answer(std::move(frame), cards(kListColumns));
  if (none) {
    answer.notes.push_back({"nothing",
                            {"There is no source yet: add one with `huitou sources add`.",
                             "还没有数据源：请用 `huitou sources add` 添加。"}});
  }
  return answer;
}

Result<Answer> runs(const Call& call) {
  TRY(Frame frame,
      sync::runs(*call.shop.store, call.args.text("name"), call.args.integer("limit")));
  return typed_answer(std::move(frame), cards(kRunColumns));
}

/// Item by item, for whoever changes one of them. Of secrets: which are known, never what they are.
Result<Answer> show_settings(const Call& call, const sync::Source& obeyed) {
  const sync::Place place = place_of(call.shop, call.today);
  TRY(const std::vector<sync::Source> all, sync::sources(*call.shop.store));
  const auto source = std::find_if(
      all.begin(), all.end(), [&](const sync::Source& one) { return one.name == obeyed.name; });
  CHECK(source != all.end());
  TRY(const std::vector<std::string> secrets, sync::known_secrets(place, *source));
  TextTable table(columns_of(cards(kSettingColumns)));
  table.row({"kind", "", source->kind});
  table.row({"schedule", "", sync::format_schedule(source->schedule)});
  table.row({"enabled", "", source->enabled ? "true" : "false"});
  table.row({"system", "", source->system});
  for (const auto& [name, values] : source->settings) {
    for (const std::string& value : values) table.row({"set", name, value});
  }
  for (const std::string& setting : secrets) table.row({"secret", setting, "***"});
  table.row({"mapping", "", source->mapping});
  table.row({"obeyed", "", obeyed.mapping});
  return table.answer();
}

Result<Answer> show(const Call& call) {
  TRY(const sync::Source source, sync::source(*call.shop.store, call.args.text("name")));
  if (call.args.text("part") == "settings") return show_settings(call, source);
  TextTable table(columns_of(cards(kShowColumns)));
  table.row({source.name, sync::to_yaml(source)});
  return table.answer();
}

Result<Answer> remove(const Call& call) {
  sync::Place place = place_of(call.shop, call.today);
  TRY(sync::remove(place, call.args.text("name")));
  Answer answer;
  answer.notes.push_back({"removed",
                          {"The source is forgotten; the rows that it brought stay.",
                           "数据源已移除；已加载的数据保留。"}});
  return answer;
}

Result<Answer> list_kinds(const Call&) {
  TextTable table(columns_of(cards(kKindColumns)));
  for (const sync::Kind& kind : sync::kinds()) {
    for (const Param& param : kind.params) {
      const bool secret =
          std::find(kind.secrets.begin(), kind.secrets.end(), param.name) != kind.secrets.end();
      table.row({std::string(kind.card.name), std::string(param.name), std::string(param.fallback),
                 param.required && !secret ? "required"
                 : secret                  ? "secret"
                                           : "",
                 std::string(param.doc.en), std::string(param.doc.zh)});
    }
  }
  return table.answer();
}

}  // namespace

const Command sources_list_command{
    .name = "sources list",
    .title = {"Sources and how fresh they are", "数据源及其新鲜度"},
    .doc =
        {"Each source with its schedule, its last run, when the next one is due, and what is odd: "
         "late, columns that changed, an unusual number of rows, the last error.",
         "列出各数据源的计划、上次同步、下次时间以及异常：逾期、列变化、行数异常、最近的错误。"},
    .live = true,
    .columns = cards(kListColumns),
    .examples = {"huitou sources list"},
    .run = list,
};

const Command sources_kinds_command{
    .name = "sources kinds",
    .title = {"Kinds of sources and their settings", "数据源类型及其设置"},
    .doc =
        {"Lists what `sources add` can take in, with every setting. A setting marked secret takes "
         "the name of a line in HOME/secrets.toml (a file that only you may read: chmod 600) or "
         "of a variable HUITOU_SECRET_<NAME>, never the secret itself.",
         "列出 `sources add` 支持的类型及全部设置。标为 secret 的设置填写 HOME/secrets.toml"
         "（仅本人可读：chmod 600）中某一行的名称，或环境变量 "
         "HUITOU_SECRET_<名称>，不要填写密钥本身。"},
    .columns = cards(kKindColumns),
    .examples = {"huitou sources kinds"},
    .run = list_kinds,
};

const Command sources_show_command{
    .name = "sources show",
    .title = {"A source as a file would describe it", "查看数据源的描述"},
    .doc =
        {"Shows settings, schedule and the mapping that loads obey, as YAML that can be corrected "
         "and given to `sources apply`. --part settings lists them one by one.",
         "以 YAML 显示设置、计划与加载所用映射；可修改后交给 `sources apply`。--part settings "
         "逐项列出。"},
    .live = true,
    .params = {source_name_param(),
               {.name = "part",
                .type = ParamType::choice,
                .doc = {"what to show", "显示内容"},
                .fallback = "description",
                .choices = {"description", "settings"}}},
    .columns = cards(kShowColumns),
    .examples = {"huitou sources show orders"},
    .run = show,
};

const Command sources_runs_command{
    .name = "sources runs",
    .title = {"History of the runs", "同步历史"},
    .doc = {"Runs, newest first, with rows read, loaded and left out, errors and alerts.",
            "按时间倒序列出各次同步：读取、载入、剔除行数，错误与提醒。"},
    .live = true,
    .params = {{.name = "name", .doc = {"only this source", "只看该数据源"}, .positional = true},
               {.name = "limit",
                .type = ParamType::integer,
                .doc = {"most runs shown", "最多显示次数"},
                .fallback = "50",
                .at_least = 1,
                .at_most = 10000}},
    .columns = cards(kRunColumns),
    .examples = {"huitou sources runs orders"},
    .run = runs,
};

const Command sources_remove_command{
    .name = "sources remove",
    .title = {"Forget a source", "移除数据源"},
    .doc = {"Forgets a source and its history. The rows that it brought stay.",
            "移除数据源及其历史，已加载的数据保留。"},
    .kind = Kind::job,
    .params = {source_name_param()},
    .examples = {"huitou sources remove orders"},
    .run = remove,
};

std::vector<const Command*> sources_commands() {
  return {&sources_list_command, &sources_kinds_command, &sources_add_command,
          &sources_look_command, &sources_apply_command, &sources_show_command,
          &sources_sync_command, &sources_runs_command,  &sources_remove_command};
}

}  // namespace huitou::commands
