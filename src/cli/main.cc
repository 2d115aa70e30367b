// huitou: the program.

#include <fmt/format.h>
#include <pwd.h>
#include <signal.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "cli/cli.h"
#include "server/server.h"

namespace {

using namespace huitou;
using cli::Invocation;

constexpr int kExitBug = 70;

std::atomic<bool> interrupted{false};

extern "C" void on_interrupt(int) {
  interrupted.store(true);
  // A second interrupt ends the program at once.
  struct sigaction action {};
  action.sa_handler = SIG_DFL;
  sigaction(SIGINT, &action, nullptr);
}

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

int fail(const Error& error, Language language) {
  fmt::print(stderr, "{}", commands::print_error(error, language));
  return exit_code(error.code);
}

/// Paths mean the same for a server that runs in another directory.
void make_absolute(Invocation& invocation) {
  for (const Param& param : invocation.command->params) {
    if (param.type != ParamType::file) continue;
    const auto found = invocation.args.find(param.name);
    if (found == invocation.args.end()) continue;
    for (std::string& path : found->second)
      path = std::filesystem::absolute(path).lexically_normal().string();
  }
}

/// Who does it is the user of the computer where nobody else is named.
void name_user(Invocation& invocation) {
  if (invocation.command->kind != commands::Kind::job) return;  // a metric is asked --by month
  for (const Param& param : invocation.command->params) {
    if (param.name != "by" || invocation.args.contains("by")) continue;
    const passwd* user = getpwuid(geteuid());
    if (user != nullptr) invocation.args["by"] = {user->pw_name};
  }
}

Result<Answer> answer(const Invocation& invocation) {
  cli::ProgressBar bar(invocation.language);
  const Progress progress([&](const Step& step) { bar.show(step); }, &interrupted);
  TRY(commands::check(*invocation.command, invocation.args));
  if (const auto server = commands::running_server(invocation.home)) {
    return cli::ask_server(*server, invocation, progress);
  }
  TRY(const auto shop, commands::open_shop_until_exit(invocation.home));
  return commands::run(*shop, {invocation.command->name, invocation.args, invocation.language},
                       progress);
}

Status init(const Invocation& invocation) {
  TRY(const commands::Args args, commands::check(*invocation.command, invocation.args));
  commands::Settings settings;
  settings.time_zone = args.text("time_zone");
  settings.week_start = *parse_week_start(args.text("week_start"));
  settings.currency = args.text("currency");
  return commands::create_home(invocation.home, settings);
}

Status serve(const Invocation& invocation) {
  TRY(const commands::Args args, commands::check(*invocation.command, invocation.args));
  const bool chinese = invocation.language == Language::zh;
  return server::serve({.home = invocation.home,
                        .listen = args.text("listen"),
                        .port = static_cast<std::uint16_t>(args.integer("port")),
                        .web = args.text("web"),
                        .ready = [&](const std::string& address) {
                          fmt::print("{} {}\n{}\n", chinese ? "请打开" : "Open", address,
                                     chinese ? "按 Ctrl-C 停止。" : "Ctrl-C stops it.");
                          std::fflush(stdout);
                        }});
}

Status write_docs(const Invocation& invocation) {
  TRY(const commands::Args args, commands::check(*invocation.command, invocation.args));
  for (const auto& [path, text] : commands::generated_files()) {
    const auto file = std::filesystem::path(args.text("root")) / path;
    std::error_code error;
    std::filesystem::create_directories(file.parent_path(), error);
    std::ofstream out(file);
    out << text;
    out.close();
    if (!out) {
      return Error{Code::unavailable, fmt::format("'{}' cannot be written.", file.string()),
                   "Give the root of the repository.", fmt::format("无法写入“{}”。", file.string()),
                   "请给出代码仓库的根目录。"};
    }
  }
  return {};
}

int finish(const Status& status, Language language) {
  return status.ok() ? 0 : fail(status.error(), language);
}

int run(const std::vector<std::string>& arguments) {
  auto parsed = cli::parse(arguments, environment);
  if (!parsed.ok()) return fail(parsed.error(), cli::language_of(arguments, environment));
  Invocation& invocation = *parsed;
  if (invocation.version) {
    fmt::print("huitou {}\n", commands::kVersion);
    return 0;
  }
  if (invocation.help || invocation.command == nullptr) {
    fmt::print("{}", cli::help(invocation));
    return 0;
  }
  if (invocation.command->name == "init") return finish(init(invocation), invocation.language);
  if (invocation.command->name == "serve") return finish(serve(invocation), invocation.language);
  if (invocation.command->name == "docs")
    return finish(write_docs(invocation), invocation.language);
  make_absolute(invocation);
  name_user(invocation);
  struct sigaction action {};
  action.sa_handler = on_interrupt;
  sigaction(SIGINT, &action, nullptr);
  const auto result = answer(invocation);
  if (!result.ok()) return fail(result.error(), invocation.language);
  if (!invocation.output.empty()) {
    return finish(commands::write_answer(
                      *result, {invocation.output,
                                std::string(invocation.command->title.in(invocation.language)),
                                invocation.language}),
                  invocation.language);
  }
  fmt::print("{}", commands::print(*result, {.format = invocation.format,
                                             .language = invocation.language,
                                             .byte_order_mark = invocation.byte_order_mark}));
  return 0;
}

}  // namespace

int main(int count, char** words) {
  signal(SIGPIPE, SIG_IGN);
  try {
    const int code = run(std::vector<std::string>(words + 1, words + count));
    // Threads of the engine's library go on until here, and would meet its destroyed static
    // objects.
    std::fflush(nullptr);
    _exit(code);
  } catch (const Bug& bug) {
    fmt::print(stderr, "This is a bug of huitou; please report it: {}\n", bug.what());
    return kExitBug;
  }
}
