#pragma once

// The door to the command line: words become a command and its arguments, answers become text.

#include <atomic>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/progress.h"
#include "base/result.h"
#include "commands/commands.h"

namespace huitou::cli {

/// What the words on the command line ask for.
struct Invocation {
  std::string home = "home";
  commands::Format format = commands::Format::table;
  Language language = Language::en;
  bool byte_order_mark = false;
  std::string output;  ///< a .csv or .xlsx that the answer goes to; empty: the terminal
  bool help = false;
  bool version = false;
  const commands::Command* command = nullptr;  ///< null: none was named
  std::string words;                           ///< the words that were taken for a command
  commands::RawArgs args;
};

/// `arguments` without the program's name. `environment` gives HUITOU_HOME, LANG and the like; ""
/// if it is not set. Errors: invalid_input, not_found (no such command).
Result<Invocation> parse(const std::vector<std::string>& arguments,
                         std::string (*environment)(const char* name));

/// The language that --lang or the environment asks for, even where the rest cannot be read.
Language language_of(const std::vector<std::string>& arguments,
                     std::string (*environment)(const char* name));

/// Help for one command, or for a group of them ("analyse"), or for all.
std::string help(const Invocation& invocation);

/// A line on the error stream that is drawn over and over: stage, share, rate, time left.
class ProgressBar {
 public:
  explicit ProgressBar(Language language);
  ~ProgressBar();
  ProgressBar(const ProgressBar&) = delete;
  ProgressBar& operator=(const ProgressBar&) = delete;
  /// Draws at most ten times a second; nothing where the error stream is no terminal.
  void show(const Step& step);
  void clear();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// "Reading [#####-----]  50 %  1.2 M rows/s  00:12 left"
struct Pace {
  double seconds = 0;       ///< since the stage began
  std::uint64_t begun = 0;  ///< `done` at that time
};
std::string progress_line(const Step& step, const Pace& pace, Language language);

/// Asks the server that owns the home. A job is waited for; `cancelled` stops it.
Result<Answer> ask_server(const commands::ServerAddress& server, const Invocation& invocation,
                          const Progress& progress);

}  // namespace huitou::cli
