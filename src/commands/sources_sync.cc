// sources apply, sync: what sources bring.

#include <fmt/format.h>

#include <chrono>
#include <cstdlib>
#include <random>

#include "commands/due.h"
#include "commands/joined.h"
#include "commands/list.h"
#include "commands/profile.h"
#include "commands/rows.h"
#include "commands/segments.h"
#include "commands/shop.h"
#include "commands/sources.h"

namespace huitou::commands {
namespace {

double chance() {
  static thread_local std::mt19937_64 dice{std::random_device{}()};
  return std::uniform_real_distribution<double>(0, 1)(dice);
}

std::int64_t utc_now() {
  return std::chrono::duration_cast<std::chrono::seconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

/// What failed, together; what did not is in all the same.
Error failures(const std::vector<sync::Run>& done) {
  Error error{};
  Sentence all;
  std::size_t failed = 0;
  for (const sync::Run& run : done) {
    if (!run.error) continue;
    if (failed++ == 0) error = *run.error;
    const std::string& zh = run.error->message_zh;
    all.en += fmt::format(" {}: {}", run.source, run.error->message);
    all.zh += fmt::format(" {}：{}", run.source, zh.empty() ? run.error->message : zh);
  }
  CHECK(failed > 0);
  error.message = fmt::format("{} of {} sources failed.{}", failed, done.size(), all.en);
  error.message_zh = fmt::format("{} 个数据源中有 {} 个失败。{}", done.size(), failed, all.zh);
  return error;
}

Result<Answer> runs_answer(const std::vector<sync::Run>& done) {
  Answer answer;
  for (const ColumnCard& card : sources_sync_command.columns) {
    answer.frame.columns.push_back(make_column(
        std::string(card.name), card.unit == Unit::count ? ColumnType::integer : ColumnType::text));
  }
  bool failed = false;
  for (const sync::Run& run : done) {
    failed = failed || run.error.has_value();
    answer.frame.at("source").push_text(run.source);
    answer.frame.at("state").push_text(run.state);
    answer.frame.at("rows_read").push_integer(run.rows_read);
    answer.frame.at("rows_loaded").push_integer(run.rows_loaded);
    answer.frame.at("rows_rejected").push_integer(run.rows_rejected);
    answer.frame.at("rows_removed").push_integer(run.rows_removed);
    answer.frame.at("pages").push_integer(run.pages);
    if (run.resumed) {
      answer.notes.push_back(
          {"resumed",
           {fmt::format("{} went on with pages that an interrupted run had kept.", run.source),
            fmt::format("{}：已从中断的同步所保存的数据继续。", run.source)}});
    }
    for (const Note& note : run.notes) {
      answer.notes.push_back({note.code,
                              {fmt::format("{}: {}", run.source, note.text.en),
                               fmt::format("{}：{}", run.source, note.text.zh)}});
    }
  }
  if (failed) return failures(done);
  answer.columns = columns_of(sources_sync_command.columns);
  return answer;
}

/// What came joins accounts, also where another source failed.
Result<Answer> sync_and_join(const Call& call, const sync::SyncOptions& options) {
  sync::Place place = place_of(call.shop, call.today);
  place.outside = connectors::machine(call.progress.flag());
  TRY(const auto done, sync::sync(place, options, call.progress));
  Answer joined;
  TRY(join_accounts(call, joined));
  TRY(Answer answer, runs_answer(done));
  answer.notes.insert(answer.notes.end(), joined.notes.begin(), joined.notes.end());
  return answer;
}

Result<Answer> sync_now(const Call& call) {
  sync::SyncOptions options{.names = call.args.list("names"),
                            .full = call.args.boolean("full"),
                            .compare = call.args.boolean("compare")};
  if (call.args.has("most_deleted_percent")) {
    options.most_deleted_percent = static_cast<int>(call.args.integer("most_deleted_percent"));
  }
  return sync_and_join(call, options);
}

Result<Answer> apply(const Call& call) {
  sync::Place place = place_of(call.shop, call.today);
  TRY(const auto described, sync::read_sources_file(call.args.text("file")));
  for (const sync::Source& source : described) TRY(sync::check(place, source));
  TextTable table({{"source", Unit::none, Role::dimension, {"Source", "数据源"}},
                   {"change", Unit::none, Role::value, {"Change", "变化"}}});
  for (const sync::Source& source : described) {
    TRY(const bool differs, sync::put(place, source));
    table.row({source.name, differs ? "changed" : "unchanged"});
  }
  if (!call.args.boolean("sync")) return table.answer();
  sync::SyncOptions options;
  for (const sync::Source& source : described) {
    if (source.enabled) options.names.push_back(source.name);
  }
  return sync_and_join(call, options);
}

}  // namespace

sync::Place place_of(Shop& shop, Date today) {
  return {.engine = *shop.engine,
          .store = *shop.store,
          .home = shop.home,
          .time_zone = shop.settings.time_zone,
          .currency = shop.settings.currency,
          .environment =
              [](const std::string& name) {
                const char* value = std::getenv(name.c_str());
                return std::string(value == nullptr ? "" : value);
              },
          .now = utc_now,
          .chance = chance,
          .outside = connectors::machine(),
          .today = today,
          .looks = &shop.looks};
}

Param source_name_param() {
  return {.name = "name",
          .doc = {"name of the source", "数据源名称"},
          .required = true,
          .positional = true};
}

Result<std::vector<Request>> due_requests(Shop& shop, std::int64_t now) {
  sync::Place place = place_of(shop, day_at(shop.settings, now));
  place.now = [now] { return now; };
  TRY(const std::vector<std::string> names, sync::due(place));
  std::vector<Request> out;
  for (const std::string& name : names) {
    out.push_back({.command = sources_sync_command.name, .args = {{"names", {name}}}});
  }
  TRY(const bool refresh, refresh_is_due(shop, now));
  if (refresh) out.push_back({.command = refresh_command.name, .args = {{"threads", {"1"}}}});
  TRY(const bool segments, segments_are_due(shop, now));
  if (segments) out.push_back({.command = segments_refresh_command.name, .args = {}});
  return out;
}

const Command sources_apply_command{
    .name = "sources apply",
    .title = {"Describe all sources in one file", "用一个文件描述全部数据源"},
    .doc =
        {"Adds or changes the sources that a YAML file describes; with --sync they run at once, in "
         "the order of the file. Sources that it does not name stay as they are. Nothing is "
         "changed if one of them is wrong.",
         "按 YAML 文件添加或修改数据源；加 --sync "
         "则按文件中的顺序立即同步。文件中未提到的数据源保持不变；"
         "有一处错误则全部不改。"},
    .kind = Kind::job,
    .params = {{.name = "file",
                .type = ParamType::file,
                .doc = {"the YAML file", "YAML 文件"},
                .required = true,
                .positional = true},
               {.name = "sync",
                .type = ParamType::boolean,
                .doc = {"run them now", "立即同步"},
                .fallback = "false"}},
    .examples = {"huitou sources apply company.yaml --sync"},
    .run = apply,
};

const Command sources_sync_command{
    .name = "sources sync",
    .title = {"Take in what is new", "同步数据源"},
    .doc = {"Runs each source once: reads what is new or changed and loads it, all of a run or "
            "nothing. A run that was cut off goes on where it stopped. One source that fails does "
            "not keep the others out.",
            "各数据源同步一次：读取新增和变化的数据并加载，一次同步要么全部写入要么不写。中断的同步"
            "会从断点继续；"
            "一个数据源失败不影响其他数据源。"},
    .kind = Kind::job,
    .params = {{.name = "names",
                .doc = {"sources to run; all that are enabled if not given",
                        "要同步的数据源；默认为全部启用的"},
                .positional = true,
                .repeated = true},
               {.name = "full",
                .type = ParamType::boolean,
                .doc = {"from the beginning, whatever was read before",
                        "从头读取，不论以前读过什么"},
                .fallback = "false"},
               {.name = "compare",
                .type = ParamType::boolean,
                .doc = {"also read all keys and take away orders, tickets and answers that were "
                        "deleted at the source",
                        "并读取全部主键，移除源库中已删除的订单、工单与答卷"},
                .fallback = "false"},
               {.name = "most_deleted_percent",
                .type = ParamType::integer,
                .doc = {"take nothing away if more rows are gone; the source's own setting if not "
                        "given",
                        "消失的行超过该百分比时不移除；默认按数据源设置"},
                .at_least = 0,
                .at_most = 100}},
    .columns = {{"source", Unit::none, Role::dimension, {"Source", "数据源"}},
                {"state", Unit::none, Role::value, {"State", "状态"}},
                {"rows_read", Unit::count, Role::detail, {"Rows read", "读取行"}},
                {"rows_loaded", Unit::count, Role::detail, {"Rows loaded", "载入行"}},
                {"rows_rejected", Unit::count, Role::detail, {"Rows left out", "剔除行"}},
                {"rows_removed", Unit::count, Role::detail, {"Rows taken away", "移除行"}},
                {"pages", Unit::count, Role::detail, {"Pages or files", "页数或文件数"}}},
    .examples = {"huitou sources sync", "huitou sources sync orders --full true",
                 "huitou sources sync orders --compare true"},
    .run = sync_now,
};

}  // namespace huitou::commands
