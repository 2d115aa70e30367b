#pragma once

// Running commands for requests, with the answers of reads kept until the data changes.

#include <atomic>
#include <functional>
#include <memory>
#include <string>

#include "commands/commands.h"
#include "server/cache.h"

namespace huitou::server {

using AnswerText = std::shared_ptr<const std::string>;

/// A request whose command and arguments are known to be right.
struct Checked {
  const commands::Command* command = nullptr;
  commands::Request request;
  std::string key;  ///< of the kept answer; holds command, arguments, language
};
Result<Checked> check_request(commands::Request request);

/// Any thread.
class Answers {
 public:
  Answers(commands::Shop& shop, std::size_t cache_bytes,
          std::function<void(const std::string&)> log);

  /// A kept answer; null if there is none. Does not block.
  AnswerText kept(const Checked& checked);
  /// Runs a read. A Bug or a foreign exception becomes an error that asks to report it.
  Result<AnswerText> read(const Checked& checked);
  /// Runs a command that changes data: answers from before are not found again.
  Result<Answer> change(const Checked& checked, const Progress& progress);

 private:
  Result<Answer> run(const Checked& checked, const Progress& progress);
  std::string key_of(const Checked& checked) const;

  commands::Shop& shop_;
  Cache cache_;
  std::function<void(const std::string&)> log_;
  std::atomic<std::uint64_t> generation_{0};  ///< odd while a change is under way: nothing is kept
};

/// What a bug looks like from outside; HTTP 500.
bool is_bug(const Error& error);

}  // namespace huitou::server
