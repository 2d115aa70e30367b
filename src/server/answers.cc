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

/// A larger answer is not written down.
constexpr std::size_t kKeptBytes = 4U << 20U;

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
  std::string key = commands::question_of(request);
  std::string shown = command->secrets.empty() ? key : std::string(command->name);
  return Checked{command, std::move(request), std::move(key), std::move(shown)};
}

Answers::Answers(commands::Shop& shop, AnswersLimits limits,
                 std::function<void(const std::string&)> log)
    : shop_(shop),
      kept_seconds_(limits.kept_seconds),
      kept_(*shop.store, commands::program_mark() + " " + commands::settings_mark(shop.settings)),
      cache_(limits.cache_bytes),
      log_(std::move(log)) {}

Date Answers::today() const { return commands::day_at(shop_.settings, utc_now()); }

Result<std::string> Answers::state() const { return kept_.state(today()); }

Result<std::vector<commands::Request>> Answers::unanswered(const std::string& state) const {
  TRY(std::vector<commands::Request> requests, commands::first_screen(*shop_.engine));
  std::erase_if(requests, [&](const commands::Request& request) {
    const auto checked = check_request(request);
    if (!checked.ok()) return true;
    const auto known = kept_.find(checked->key, state);
    return known.ok() && known->has_value();
  });
  TRY(const auto lately, kept_.unanswered(state));
  requests.insert(requests.end(), lately.begin(), lately.end());
  return requests;
}

std::string Answers::key_of(const Checked& checked) const {
  return fmt::format("{}\n{}\n{}", generation_.load(), today().days, checked.key);
}

AnswerText Answers::kept(const Checked& checked) {
  return checked.command->live ? nullptr : cache_.find(key_of(checked));
}

Result<AnswerText> Answers::read(const Checked& checked) {
  running_.fetch_add(1);
  auto result = answer(checked);
  running_.fetch_sub(1);
  return result;
}

/// The same question asked twice at a time is computed once.
Result<AnswerText> Answers::answer(const Checked& checked) {
  if (AnswerText known = kept(checked)) return known;
  const std::string key = key_of(checked);
  std::promise<Result<AnswerText>> promise;
  {
    std::unique_lock lock(mutex_);
    const auto found = flights_.find(key);
    if (found != flights_.end()) {
      const Flight flight = found->second;
      lock.unlock();
      return flight.get();
    }
    flights_.emplace(key, promise.get_future().share());
  }
  auto result = compute(checked);
  promise.set_value(result);
  const std::lock_guard lock(mutex_);
  flights_.erase(key);
  return result;
}

Result<AnswerText> Answers::compute(const Checked& checked) {
  const bool lasting = !checked.command->live;
  const std::uint64_t before = generation_.load();
  std::string key = key_of(checked);
  TRY(const std::string state, kept_.state(today()));
  if (lasting && before % 2 == 0) {
    TRY(auto known, kept_.find(checked.key, state));
    if (known) {
      auto text = std::make_shared<const std::string>(std::move(*known));
      cache_.put(std::move(key), text);
      return AnswerText(text);
    }
  }
  const auto began = std::chrono::steady_clock::now();
  TRY(const Answer answer, run(checked, Progress()));
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
  auto text = std::make_shared<const std::string>(commands::answer_json(answer));
  const bool steady = before % 2 == 0 && generation_.load() == before;
  if (!steady || !lasting) return AnswerText(text);
  cache_.put(std::move(key), text);
  if (took.count() >= kept_seconds_ && text->size() <= kKeptBytes) {
    const Status kept = kept_.keep({checked.key, checked.request, *text, state, utc_now()});
    if (!kept.ok()) log_("not kept: " + describe(kept.error()));
  }
  return AnswerText(text);
}

Result<Answer> Answers::change(const Checked& checked, const Progress& progress) {
  if (checked.command->keeps_figures) return run(checked, progress);
  generation_.fetch_add(1);
  auto result = run(checked, progress);
  generation_.fetch_add(1);
  return result;
}

Status Answers::change(const std::function<Status()>& work) {
  generation_.fetch_add(1);
  Status done = commands::change(shop_, work);
  generation_.fetch_add(1);
  return done;
}

Result<Answer> Answers::run(const Checked& checked, const Progress& progress) {
  try {
    auto result = commands::run(shop_, checked.request, progress);
    if (!result.ok() && result.error().code == Code::engine_failed) {
      log_(fmt::format("{}: {}", checked.shown, describe(result.error())));
    }
    return result;
  } catch (const std::exception& thrown) {
    log_(fmt::format("{}: {}", checked.shown, thrown.what()));
    return bug(thrown.what());
  }
}

}  // namespace huitou::server
