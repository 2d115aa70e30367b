// events: what arrived, and who may send.

#include <fmt/format.h>

#include <chrono>

#include "commands/list.h"
#include "commands/rows.h"
#include "commands/shop.h"
#include "commands/times.h"

namespace huitou::commands {
namespace {

std::int64_t utc_now() {
  return std::chrono::duration_cast<std::chrono::seconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

Date first_day(const Call& call) {
  return Date{call.today.days - static_cast<std::int32_t>(call.args.integer("days")) + 1};
}

/// What waits for the engine, and why if it has waited for long.
Status put_waiting(const Call& call, Answer& answer) {
  TRY(const collect::CollectState state, call.shop.collector->state());
  const std::uint64_t waiting = state.waiting.events;
  if (waiting > 0) {
    answer.notes.push_back(
        {"waiting",
         {fmt::format("{} more wait to be moved; a running server moves them "
                      "about once a second.",
                      waiting),
          fmt::format("另有 {} 条等待写入；运行中的服务约每秒写入一次。", waiting)}});
  }
  if (state.error) {
    answer.notes.push_back({"not_moved",
                            {"The last try to move events failed: " + describe(*state.error),
                             "最近一次写入事件失败：" + describe(*state.error, true)}});
  }
  if (answer.frame.rows() == 0 && waiting == 0) {
    answer.notes.push_back(
        {"nothing",
         {"No event arrived in these days. Make a write key with `huitou events "
          "keys add` and see the guide.",
          "这段时间没有事件。请用 `huitou events keys add` 创建写入密钥，并参阅指南。"}});
  }
  return {};
}

Result<Answer> recent(const Call& call) {
  collect::EventsQuery query{.from = first_day(call),
                             .source = call.args.text("source"),
                             .name = call.args.text("name"),
                             .limit = static_cast<std::uint64_t>(call.args.integer("limit"))};
  TRY(Frame frame, collect::recent_events(*call.shop.engine, query));
  Answer answer = answer_of(std::move(frame), columns_of(call.command.columns));
  TRY(put_waiting(call, answer));
  return answer;
}

Result<Answer> counts(const Call& call) {
  TRY(Frame frame, collect::counted_events(*call.shop.engine, first_day(call)));
  Answer answer = answer_of(std::move(frame), columns_of(call.command.columns));
  TRY(put_waiting(call, answer));
  return answer;
}

Result<Answer> keys_add(const Call& call) {
  const std::string source = call.args.text("source");
  TRY(const std::string key, collect::add_key(*call.shop.store, source, utc_now()));
  TextTable table(columns_of(call.command.columns));
  table.row({source, key});
  Answer answer = table.answer();
  answer.notes.push_back({"once",
                          {"Keep the key: only its hash is stored, it cannot be shown again.",
                           "请保存该密钥：系统只存其哈希，无法再次显示。"}});
  return answer;
}

Result<Answer> keys_list(const Call& call) {
  TRY(Frame frame, collect::list_keys(*call.shop.store));
  return answer_of(std::move(frame), columns_of(call.command.columns));
}

Result<Answer> keys_remove(const Call& call) {
  const std::int64_t id = call.args.integer("id");
  TRY(collect::remove_key(*call.shop.store, id));
  TextTable table(columns_of(call.command.columns));
  table.row({std::to_string(id)});
  Answer answer = table.answer();
  answer.notes.push_back({"within_a_second",
                          {"A running server refuses the key within a second.",
                           "运行中的服务将在一秒内拒绝该密钥。"}});
  return answer;
}

Param days_param() {
  return {.name = "days",
          .type = ParamType::integer,
          .doc = {"so many days, today among them", "最近几天（含今天）"},
          .fallback = "7",
          .at_least = 1,
          .at_most = 36500};
}

const Command events_recent_command{
    .name = "events recent",
    .title = {"Events that arrived last", "最近到达的事件"},
    .doc = {"Shows the newest events of pages, apps and servers as they are in the table, and how "
            "many wait to be moved there.",
            "显示网页、应用与服务端最近发来的事件，以及尚待写入的数量。"},
    .live = true,
    .params = {days_param(),
               {.name = "source", .doc = {"only this source", "只看该来源"}},
               {.name = "name", .doc = {"only events of this name", "只看该名称的事件"}},
               {.name = "limit",
                .type = ParamType::integer,
                .doc = {"most rows shown", "最多显示行数"},
                .fallback = "50",
                .at_least = 1,
                .at_most = 10000}},
    .columns = {{"received_at", Unit::time, Role::detail, {"Received at", "接收时间"}},
                {"occurred_at", Unit::time, Role::detail, {"Occurred at", "发生时间"}},
                {"source", Unit::none, Role::detail, {"Source", "来源"}},
                {"kind", Unit::none, Role::detail, {"Kind", "类型"}},
                {"name", Unit::none, Role::detail, {"Name", "名称"}},
                {"user_id", Unit::none, Role::detail, {"User", "用户"}},
                {"anonymous_id", Unit::none, Role::detail, {"Anonymous id", "匿名标识"}},
                {"customer_id", Unit::none, Role::detail, {"Customer", "客户"}},
                {"page", Unit::none, Role::detail, {"Page", "页面"}},
                {"message_id", Unit::none, Role::detail, {"Message", "消息编号"}}},
    .examples = {"huitou events recent", "huitou events recent --source web --limit 5"},
    .run = recent,
};

const Command events_counts_command{
    .name = "events counts",
    .title = {"How many events arrived", "事件数量"},
    .doc = {"Counts the events of the last days by source and name, with how many customers did "
            "them and how many events belong to nobody yet.",
            "按来源与名称统计最近几天的事件数、涉及客户数，以及尚未归属客户的事件数。"},
    .live = true,
    .params = {days_param()},
    .columns = {{"source", Unit::none, Role::dimension, {"Source", "来源"}},
                {"kind", Unit::none, Role::dimension, {"Kind", "类型"}},
                {"name", Unit::none, Role::dimension, {"Name", "名称"}},
                {"events", Unit::count, Role::value, {"Events", "事件数"}},
                {"customers", Unit::count, Role::detail, {"Customers", "客户数"}},
                {"events_unknown", Unit::count, Role::detail, {"Of nobody known", "未归属事件"}},
                {"first_at", Unit::time, Role::detail, {"First at", "最早发生"}},
                {"last_at", Unit::time, Role::detail, {"Last received at", "最近接收"}}},
    .examples = {"huitou events counts", "huitou events counts --days 30"},
    .run = counts,
};

const Command events_keys_add_command{
    .name = "events keys add",
    .title = {"Make a write key", "创建写入密钥"},
    .doc = {"Makes a key with which a page, an app or a server may send events. Events are told "
            "apart by the source: several keys may share one.",
            "创建写入密钥，供网页、应用或服务端发送事件。事件按来源区分，多个密钥可共用一个来源。"},
    .kind = Kind::job,
    .params = {{.name = "source",
                .doc = {"name of the source: web, app, mini_program ...",
                        "来源名称：web、app、mini_program 等"},
                .required = true,
                .positional = true}},
    .columns = {{"source", Unit::none, Role::detail, {"Source", "来源"}},
                {"write_key", Unit::none, Role::value, {"Write key", "写入密钥"}}},
    .examples = {"huitou events keys add web"},
    .run = keys_add,
};

const Command events_keys_list_command{
    .name = "events keys list",
    .title = {"Write keys", "写入密钥"},
    .doc = {"Lists the write keys by their beginnings; whole keys are not stored.",
            "列出写入密钥的开头；系统不保存完整密钥。"},
    .live = true,
    .columns = {{"id", Unit::none, Role::dimension, {"Number", "编号"}},
                {"source", Unit::none, Role::detail, {"Source", "来源"}},
                {"beginning", Unit::none, Role::detail, {"Begins with", "开头"}},
                {"added_at", Unit::time, Role::detail, {"Added at", "创建时间"}}},
    .examples = {"huitou events keys list"},
    .run = keys_list,
};

const Command events_keys_remove_command{
    .name = "events keys remove",
    .title = {"Remove a write key", "移除写入密钥"},
    .doc = {"Takes a write key out of use; events that it sent stay.",
            "停用一个写入密钥；已发送的事件保留。"},
    .kind = Kind::job,
    .params = {{.name = "id",
                .type = ParamType::integer,
                .doc = {"its number in `events keys list`", "在 `events keys list` 中的编号"},
                .required = true,
                .positional = true}},
    .columns = {{"removed", Unit::none, Role::detail, {"Removed", "已移除"}}},
    .examples = {"huitou events keys remove 1"},
    .run = keys_remove,
};

}  // namespace

std::vector<const Command*> event_commands() {
  return {&events_recent_command, &events_counts_command, &events_keys_add_command,
          &events_keys_list_command, &events_keys_remove_command};
}

}  // namespace huitou::commands
