#include "server/answers.h"

#include <fmt/format.h>

#include <chrono>

namespace huitou::server {
namespace {

constexpr std::string_view kBugHint = "Please report it with the lines of logs/server.log.";

Error bug(const std::string& what) {
  return {Code::engine_failed, fmt::format("This is a bug of huitou: {}", what),
          std::string(kBugHint), fmt::format("这是 huitou 的一个缺陷：{}", what),
          "请连同 logs/server.log 中的记录一起报告。"};
}

std::int64_t utc_now() {
  return std::chrono::duration_cast<std::chrono::seconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

}  // namespace

bool is_bug(const Error& error) { return error.hint == kBugHint; }

Result<Checked> check_request(commands::Request request) {
  TRY(const commands::Command* command, commands::find(request.command));
  TRY(commands::Args args, commands::check(*command, request.args));
  request.command = command->name;
  request.args = std::move(args.values);
  std::string key = fmt::format("{}\n{}\n{}", command->name, static_cast<int>(request.language),
                                commands::args_json(request.args));
  return Checked{command, std::move(request), std::move(key)};
}

Answers::Answers(commands::Shop& shop, std::size_t cache_bytes,
                 std::function<void(const std::string&)> log)
    : shop_(shop), cache_(cache_bytes), log_(std::move(log)) {}

std::string Answers::key_of(const Checked& checked) const {
  return fmt::format("{}\n{}\n{}", generation_.load(),
                     commands::day_at(shop_.settings, utc_now()).days, checked.key);
}

AnswerText Answers::kept(const Checked& checked) {
  return checked.command->live ? nullptr : cache_.find(key_of(checked));
}

Result<AnswerText> Answers::read(const Checked& checked) {
  if (AnswerText known = kept(checked)) return known;
  const std::uint64_t before = generation_.load();
  std::string key = key_of(checked);
  TRY(const Answer answer, run(checked, Progress()));
  auto text = std::make_shared<const std::string>(commands::answer_json(answer));
  const bool steady = before % 2 == 0 && generation_.load() == before;
  if (steady && !checked.command->live) cache_.put(std::move(key), text);
  return text;
}

Result<Answer> Answers::change(const Checked& checked, const Progress& progress) {
  generation_.fetch_add(1);
  auto result = run(checked, progress);
  generation_.fetch_add(1);
  return result;
}

Result<Answer> Answers::run(const Checked& checked, const Progress& progress) {
  try {
    auto result = commands::run(shop_, checked.request, progress);
    if (!result.ok() && result.error().code == Code::engine_failed) {
      log_(fmt::format("{}: {}", checked.key, describe(result.error())));
    }
    return result;
  } catch (const std::exception& thrown) {
    log_(fmt::format("{}: {}", checked.key, thrown.what()));
    return bug(thrown.what());
  }
}

}  // namespace huitou::server
