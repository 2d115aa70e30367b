#include <fmt/format.h>

#include <algorithm>

#include "cli/cli.h"

namespace huitou::cli {
namespace {

using commands::Command;

/// Lines of "  left   right" with the right column aligned.
using Lines = std::vector<std::pair<std::string, std::string>>;

std::string aligned(const Lines& lines) {
  std::size_t width = 0;
  for (const auto& [left, right] : lines) width = std::max(width, commands::display_width(left));
  std::string out;
  for (const auto& [left, right] : lines) {
    out += "  " + left + std::string(width - commands::display_width(left) + 2, ' ') + right + "\n";
  }
  return out;
}

std::string dashed(std::string_view name) {
  std::string out(name);
  std::replace(out.begin(), out.end(), '_', '-');
  return out;
}

std::string value_hint(const Param& param, Language language) {
  if (param.type == ParamType::boolean) return "";
  if (param.type == ParamType::date) return language == Language::zh ? " 年-月-日" : " YYYY-MM-DD";
  if (param.type == ParamType::integer || param.type == ParamType::number) return " N";
  if (param.type == ParamType::file) return language == Language::zh ? " 文件" : " FILE";
  return language == Language::zh ? " 值" : " VALUE";
}

std::string param_text(const Param& param, Language language) {
  const bool chinese = language == Language::zh;
  std::string out(param.doc.in(language));
  if (!param.choices.empty()) {
    out += chinese ? "；可选：" : "; one of:";
    for (const std::string_view choice : param.choices) out += " " + std::string(choice);
  }
  if (param.at_least != param.at_most)
    out += fmt::format(" ({} – {})", param.at_least, param.at_most);
  if (param.repeated) out += chinese ? "；可多次给出" : "; may be given several times";
  if (param.required) out += chinese ? "；必填" : "; required";
  if (!param.fallback.empty())
    out += (chinese ? "；默认 " : "; default ") + std::string(param.fallback);
  return out;
}

Lines globals(bool chinese) {
  return {
      {"--home DIR", chinese ? "数据目录；默认 home，或环境变量 HUITOU_HOME"
                             : "directory of the data; default home, or HUITOU_HOME"},
      {"--format F",
       chinese ? "table、json、csv 或 md；默认 table" : "table, json, csv or md; default table"},
      {"--bom",
       chinese ? "csv 前加 BOM，便于 Excel 读中文" : "csv with a byte order mark, for Excel"},
      {"--output FILE", chinese ? "把结果写成 .csv（带 BOM）或 .xlsx 文件"
                                : "write the answer into a .csv (with byte order mark) or .xlsx"},
      {"--lang L", chinese ? "zh 或 en；默认取自环境" : "zh or en; default from the environment"},
      {"--help", chinese ? "命令说明" : "help for a command"},
      {"--version", chinese ? "版本" : "version"}};
}

std::string help_all(const Invocation& invocation) {
  const bool chinese = invocation.language == Language::zh;
  std::string out = chinese ? "用法：huitou [选项] 命令 [参数]\n\n复购分析引擎。命令：\n"
                            : "Usage: huitou [OPTIONS] COMMAND [ARGUMENTS]\n\n"
                              "Analytics of who comes back. Commands:\n";
  Lines lines;
  for (const Command* command : commands::all()) {
    if (invocation.words.empty() || command->name.starts_with(invocation.words + " ")) {
      lines.emplace_back(command->name, command->title.in(invocation.language));
    }
  }
  return out + aligned(lines) + (chinese ? "\n选项：\n" : "\nOptions:\n") +
         aligned(globals(chinese));
}

std::string help_command(const Command& command, Language language) {
  const bool chinese = language == Language::zh;
  std::string usage = fmt::format("huitou {}", command.name);
  Lines positional;
  Lines options;
  for (const Param& param : command.params) {
    if (param.positional) {
      const std::string name = std::string(param.name) + (param.repeated ? "..." : "");
      usage += param.required ? " " + name : " [" + name + "]";
      positional.emplace_back(param.name, param_text(param, language));
    } else {
      options.emplace_back("--" + dashed(param.name) + value_hint(param, language),
                           param_text(param, language));
    }
  }
  std::string out =
      fmt::format("{}{}\n\n{}\n", chinese ? "用法：" : "Usage: ", usage, command.doc.in(language));
  if (!positional.empty()) out += (chinese ? "\n参数：\n" : "\nArguments:\n") + aligned(positional);
  if (!options.empty()) out += (chinese ? "\n选项：\n" : "\nOptions:\n") + aligned(options);
  out += (chinese ? "\n通用选项：\n" : "\nOptions of every command:\n") + aligned(globals(chinese));
  out += chinese ? "\n例子：\n" : "\nExamples:\n";
  for (const std::string_view example : command.examples) out += fmt::format("  {}\n", example);
  return out;
}

}  // namespace

std::string help(const Invocation& invocation) {
  return invocation.command == nullptr ? help_all(invocation)
                                       : help_command(*invocation.command, invocation.language);
}

}  // namespace huitou::cli
