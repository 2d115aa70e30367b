#include <algorithm>
#include <chrono>

#include "commands/command.h"
#include "commands/desk.h"
#include "commands/forms.h"
#include "commands/kept.h"
#include "commands/lineage.h"
#include "commands/list.h"
#include "commands/marks.h"
#include "commands/profile.h"
#include "commands/segments.h"
#include "commands/shop.h"
#include "commands/spelling.h"
#include "commands/surveys.h"
#include "costs/costs.h"
#include "quality/quality.h"

namespace huitou::commands {
namespace {

std::vector<const Command*> make_list() {
  std::vector<const Command*> list = {
      &init_command,    &demo_command,   &load_command,   &preview_command,
      &quality_command, &report_command, &metric_command, &metrics_command,
  };
  list.insert(list.end(),
              {&quality_check_command, &quality_rules_command, &quality_effects_command,
               &quality_rows_command, &quality_score_command, &quality_quarantine_command,
               &quality_order_command, &quality_fix_command, &quality_release_command,
               &quality_aside_command, &quality_log_command, &lineage_metric_command,
               &lineage_analysis_command, &lineage_profile_command, &lineage_column_command});
  for (const Command* command : sources_commands()) list.push_back(command);
  for (const Command* command : forms_commands()) list.push_back(command);
  for (const Command* command : surveys_commands()) list.push_back(command);
  for (const Command* command : analyse_commands()) list.push_back(command);
  for (const Command* command : customer_commands()) list.push_back(command);
  for (const Command* command : identity_commands()) list.push_back(command);
  for (const Command* command : stages_commands()) list.push_back(command);
  for (const Command* command : hours_commands()) list.push_back(command);
  for (const Command* command : segments_commands()) list.push_back(command);
  for (const Command* command : profile_commands()) list.push_back(command);
  for (const Command* command : marks_commands()) list.push_back(command);
  for (const Command* command : event_commands()) list.push_back(command);
  list.insert(list.end(),
              {&export_command, &status_command, &verify_command, &serve_command, &docs_command});
  return list;
}

/// The one place where a command's clock is read.
std::int64_t utc_now() {
  return std::chrono::duration_cast<std::chrono::seconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

}  // namespace

std::string_view kind_name(Kind kind) {
  switch (kind) {
    case Kind::read:
      return "read";
    case Kind::job:
      return "job";
    case Kind::local:
      return "local";
  }
  return "";
}

std::span<const Command* const> all() {
  static const std::vector<const Command*> list = make_list();
  return list;
}

Result<const Command*> find(std::string_view name) {
  std::vector<std::string_view> names;
  for (const Command* command : all()) {
    if (command->name == name) return command;
    names.push_back(command->name);
  }
  const auto meant = nearest(name, names);
  const std::string word(name);
  const std::string did = meant ? "Did you mean '" + std::string(*meant) + "'? " : "";
  const std::string did_zh = meant ? "您是否想用“" + std::string(*meant) + "”？" : "";
  return Error{Code::not_found, "There is no command '" + word + "'.",
               did + "The commands are: " + joined(names) + ".", "没有命令“" + word + "”。",
               did_zh + "可用命令：" + joined(names, "、") + "。"};
}

std::string route_of(const Command& command) {
  std::string route = "/api/" + std::string(command.name);
  std::replace(route.begin(), route.end(), ' ', '/');
  return route;
}

Result<Answer> run(Shop& shop, const Request& request, const Progress& progress) {
  TRY(const Command* command, find(request.command));
  TRY(const Args args, check(*command, request.args));
  if (command->run == nullptr) {
    const std::string name(command->name);
    return Error{Code::invalid_input, "'" + name + "' works only on the command line.",
                 "Run `huitou " + name + "`.", "“" + name + "”只能在命令行中使用。",
                 "请运行 `huitou " + name + "`。"};
  }
  const std::int64_t now = utc_now();
  const Call call{.shop = shop,
                  .command = *command,
                  .args = args,
                  .progress = progress,
                  .language = request.language,
                  .today = day_at(shop.settings, now),
                  .now = now};
  if (command->kind != Kind::job) return command->run(call);
  if (command->keeps_figures) {
    const std::lock_guard lock(shop.changing);
    return command->run(call);
  }
  std::optional<Answer> answer;
  TRY(change(shop, [&]() -> Status {
    TRY(answer, command->run(call));
    return {};
  }));
  return std::move(*answer);
}

Status change(Shop& shop, const std::function<Status()>& work) {
  const std::lock_guard lock(shop.changing);
  TRY(count_change(*shop.store));
  const Status done = work();
  // What was decided of orders holds for those that came in again, even if the work failed halfway.
  const Status settled = quality::settle(*shop.engine, *shop.store);
  // What was entered stands before what came in with files.
  forms::Desk desk = desk_of(shop, utc_now());
  const Status entered = forms::settle(desk);
  const auto costed = costs::settle(*shop.engine, *shop.store, desk.now);
  TRY(count_change(*shop.store));
  if (!done.ok()) return done;
  if (!settled.ok()) return settled;
  if (!entered.ok()) return entered;
  return costed.ok() ? Status() : costed.error();
}

}  // namespace huitou::commands
