#include <algorithm>
#include <chrono>

#include "commands/command.h"
#include "commands/list.h"
#include "commands/shop.h"
#include "commands/spelling.h"

namespace huitou::commands {
namespace {

std::vector<const Command*> make_list() {
  std::vector<const Command*> list = {
      &init_command,    &demo_command,   &load_command,   &preview_command,
      &quality_command, &report_command, &metric_command, &metrics_command,
  };
  for (const Command* command : analyse_commands()) list.push_back(command);
  list.insert(list.end(), {&status_command, &verify_command, &serve_command, &docs_command});
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
  const Call call{.shop = shop,
                  .command = *command,
                  .args = args,
                  .progress = progress,
                  .language = request.language,
                  .today = day_at(shop.settings, utc_now())};
  return command->run(call);
}

}  // namespace huitou::commands
