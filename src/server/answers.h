#pragma once

// Running commands for requests. Answers of reads are kept until the data change: in memory, and
// in the home those that took time, so that a new process need not compute them again.

#include <atomic>
#include <functional>
#include <future>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "commands/commands.h"
#include "server/cache.h"

namespace huitou::server {

using AnswerText = std::shared_ptr<const std::string>;

/// A request whose command and arguments are known to be right.
struct Checked {
  const commands::Command* command = nullptr;
  commands::Request request;
  std::string key;    ///< of the kept answer; holds command, arguments, language
  std::string shown;  ///< the same as a log may have it: without arguments where some are secret
};
Result<Checked> check_request(commands::Request request);

struct AnswersLimits {
  std::size_t cache_bytes = 64U << 20U;
  double kept_seconds = 0.05;  ///< an answer that took longer is written down in the home
};

/// Any thread.
class Answers {
 public:
  Answers(commands::Shop& shop, AnswersLimits limits, std::function<void(const std::string&)> log);

  /// A kept answer; null if there is none. Does not block.
  AnswerText kept(const Checked& checked);
  /// Runs a read; one that runs already is waited for. A Bug or a foreign exception becomes an
  /// error that asks to report it.
  Result<AnswerText> read(const Checked& checked);
  /// Runs a command that changes data: answers from before are not found again, unless it
  /// keeps figures.
  Result<Answer> change(const Checked& checked, const Progress& progress);
  /// The same for work that is no command.
  Status change(const std::function<Status()>& work);

  /// Does a request run now?
  bool busy() const { return running_.load() > 0; }
  /// Names what answers depend on; another name means that questions may be asked again.
  Result<std::string> state() const;
  /// Questions of the first screen and of the last days that have no answer in this state.
  Result<std::vector<commands::Request>> unanswered(const std::string& state) const;

 private:
  using Flight = std::shared_future<Result<AnswerText>>;
  Result<AnswerText> answer(const Checked& checked);
  Result<AnswerText> compute(const Checked& checked);
  Result<Answer> run(const Checked& checked, const Progress& progress);
  std::string key_of(const Checked& checked) const;

  Date today() const;

  commands::Shop& shop_;
  const double kept_seconds_;
  commands::KeptAnswers kept_;
  Cache cache_;
  std::mutex mutex_;
  std::map<std::string, Flight> flights_;  ///< reads that run, by key
  std::atomic<int> running_{0};
  std::function<void(const std::string&)> log_;
  std::atomic<std::uint64_t> generation_{0};  ///< odd while a change is under way: nothing is kept
};

/// What a bug looks like from outside; HTTP 500.
bool is_bug(const Error& error);

}  // namespace huitou::server
