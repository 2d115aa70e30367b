#include "commands/kept.h"

#include <fmt/format.h>

#include <filesystem>

#include "commands/answer_json.h"

namespace huitou::commands {
namespace {

constexpr std::int64_t kKeepSeconds = 14 * 24 * 3600;
constexpr int kKeepAnswers = 200;
constexpr int kAskAgain = 40;

}  // namespace

std::string question_of(const Request& checked) {
  return fmt::format("{}\n{}\n{}", checked.command, static_cast<int>(checked.language),
                     args_json(checked.args));
}

Status ensure_kept(store::Store& store) {
  TRY(store.run("CREATE TABLE IF NOT EXISTS changes (number INTEGER NOT NULL)"));
  TRY(store.run("INSERT INTO changes SELECT 0 WHERE NOT EXISTS (SELECT 1 FROM changes)"));
  TRY(
      store.run("CREATE TABLE IF NOT EXISTS kept_answers (question TEXT PRIMARY KEY, command TEXT "
                "NOT NULL, args TEXT NOT NULL, language INTEGER NOT NULL, state TEXT NOT NULL, "
                "asked_at INTEGER NOT NULL, answer TEXT NOT NULL)"));
  return {};
}

Status count_change(store::Store& store) {
  TRY(store.run("UPDATE changes SET number = number + 1"));
  return {};
}

Result<std::string> change_number(store::Store& store) {
  TRY(const Frame frame, store.run("SELECT number FROM changes"));
  return std::to_string(frame.integer("number", 0).value_or(0));
}

std::string program_mark() {
  std::error_code failed;
  const std::filesystem::path self("/proc/self/exe");
  const auto size = std::filesystem::file_size(self, failed);
  const auto time = std::filesystem::last_write_time(self, failed).time_since_epoch().count();
  return fmt::format("{}-{}", size, time);
}

std::string settings_mark(const Settings& settings) {
  return fmt::format("{} {} {}", settings.time_zone, settings.currency,
                     week_start_name(settings.week_start));
}

Result<std::string> KeptAnswers::state(Date today) const {
  TRY(const std::string number, change_number(store_));
  return fmt::format("{} {} {}", number, format_date(today), program_);
}

Result<std::optional<std::string>> KeptAnswers::find(std::string_view question,
                                                     std::string_view state) const {
  TRY(const Frame frame,
      store_.run("SELECT answer FROM kept_answers WHERE question = ? AND state = ?",
                 {std::string(question), std::string(state)}));
  return frame.rows() == 0 ? std::nullopt : frame.text("answer", 0);
}

Status KeptAnswers::keep(const Answered& answered) const {
  return store_.transaction([&](store::Store& store) -> Status {
    TRY(store.run(
        "INSERT OR REPLACE INTO kept_answers VALUES (?, ?, ?, ?, ?, ?, ?)",
        {answered.question, std::string(answered.request.command), args_json(answered.request.args),
         static_cast<std::int64_t>(answered.request.language), answered.state, answered.now,
         answered.answer}));
    TRY(store.run("DELETE FROM kept_answers WHERE asked_at < ?", {answered.now - kKeepSeconds}));
    TRY(
        store.run("DELETE FROM kept_answers WHERE question NOT IN (SELECT question FROM "
                  "kept_answers ORDER BY asked_at DESC, question LIMIT ?)",
                  {std::int64_t{kKeepAnswers}}));
    return {};
  });
}

Result<std::vector<Request>> KeptAnswers::unanswered(std::string_view state) const {
  TRY(const Frame frame,
      store_.run("SELECT command, args, language FROM kept_answers WHERE state != ? ORDER BY "
                 "asked_at DESC, question LIMIT ?",
                 {std::string(state), std::int64_t{kAskAgain}}));
  std::vector<Request> requests;
  for (std::size_t row = 0; row < frame.rows(); ++row) {
    // A question that this program does not know any more is not asked again.
    const auto command = commands::find(frame.text("command", row).value_or(""));
    const auto args = parse_args_json(frame.text("args", row).value_or(""));
    if (command.ok() && args.ok()) {
      requests.push_back({(*command)->name, *args,
                          static_cast<Language>(frame.integer("language", row).value_or(0))});
    }
  }
  return requests;
}

}  // namespace huitou::commands
