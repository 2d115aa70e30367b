#pragma once

// Answers that outlive the process: they cost seconds on a large shop, and its data change seldom.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "commands/command.h"
#include "commands/shop.h"
#include "engine/engine.h"
#include "store/store.h"

namespace huitou::commands {

/// An answer holds as long as the home's data, its settings, the shop's day and the program are the
/// same. Any thread.
class KeptAnswers {
 public:
  /// `program` names what computes: `program_mark` and `settings_mark`. Errors of the members:
  /// those of the store.
  KeptAnswers(store::Store& store, std::string program)
      : store_(store), program_(std::move(program)) {}

  /// Names the data, the day and the program: read it before an answer is computed and give it back
  /// to `keep`, so that a change in between is noticed.
  Result<std::string> state(Date today) const;  // of the shop
  /// The answer to this question under the state; empty if there is none.
  Result<std::optional<std::string>> find(std::string_view question, std::string_view state) const;
  struct Answered {
    std::string question;  ///< names command, arguments and language
    Request request;       ///< that asks it
    std::string answer;
    std::string state;
    std::int64_t now = 0;  ///< UTC seconds
  };
  /// Also forgets what was not asked for long, and the oldest beyond a number.
  Status keep(const Answered& answered) const;
  /// What was asked in the last two weeks and has no answer under the state, the newest first.
  Result<std::vector<Request>> unanswered(std::string_view state) const;

 private:
  store::Store& store_;
  std::string program_;
};

/// Names a question: command, language and arguments as `check` gives them.
std::string question_of(const Request& checked);

/// The tables of kept answers and of the number that `count_change` makes larger.
Status ensure_kept(store::Store& store);
/// To be called before and after the data change: answers from before are not found again.
Status count_change(store::Store& store);
/// That number, as text.
Result<std::string> change_number(store::Store& store);

/// What the first screen of the page asks as long as nobody chose anything, in both languages; none
/// while there are no orders. Errors: those of the engine.
Result<std::vector<Request>> first_screen(engine::Engine& engine);

/// Names the file that runs: its size and time.
std::string program_mark();
/// Names the settings that figures depend on.
std::string settings_mark(const Settings& settings);

}  // namespace huitou::commands
