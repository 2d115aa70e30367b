#pragma once

// One command: what a person or program can ask, declared once.

#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/answer.h"
#include "base/date.h"
#include "base/param.h"
#include "base/progress.h"
#include "base/result.h"

namespace huitou::commands {

using huitou::Param;
using huitou::ParamType;

/// Arguments as they arrive: a parameter may have several values.
using RawArgs = std::map<std::string, std::vector<std::string>, std::less<>>;

/// Checked arguments: every name is a declared one, every value fits its type.
class Args {
 public:
  bool has(std::string_view name) const;
  /// The first value (or the declared default); CHECKs that there is one. `text` of nothing is "".
  std::string text(std::string_view name) const;
  std::int64_t integer(std::string_view name) const;
  double number(std::string_view name) const;
  bool boolean(std::string_view name) const;
  std::optional<Date> date(std::string_view name) const;
  std::vector<std::string> list(std::string_view name) const;

  RawArgs values;
};

class Shop;  // commands/shop.h: the opened home (engine, store, settings)
struct Command;

/// What a handler is given beside its arguments.
struct Call {
  Shop& shop;
  const Command& command;
  const Args& args;
  const Progress& progress;
  Language language = Language::en;
  Date today;  ///< the shop's calendar day and the UTC second: the only clock a handler sees
  std::int64_t now = 0;
};

enum class Kind {
  read,   ///< answers from the data; GET or POST, may be cached by data version
  job,    ///< long work that changes data; runs as a job with progress and cancel
  local,  ///< only on the command line (serve, init)
};
std::string_view kind_name(Kind kind);

struct Command {
  std::string_view name;  ///< words with blanks: "analyse rfm"; the route is /api/analyse/rfm
  Words title;
  Words doc;
  Kind kind = Kind::read;
  View view = View::table;
  bool live = false;           ///< asks for more than the data: its answers are never kept
  bool keeps_figures = false;  ///< a job that changes no figure: answers stay as good as they were
  std::vector<Param> params = {};
  std::vector<std::string_view> secrets = {};  ///< params whose values are never written down
  std::vector<ColumnCard> columns =
      {};  ///< promised columns; empty where they depend on the arguments
  std::vector<std::string_view> examples = {};
  Result<Answer> (*run)(const Call& call) =
      nullptr;  ///< null where the command line itself does it
};

/// All commands, in the order of the documentation.
std::span<const Command* const> all();
/// not_found with the nearest name as hint.
Result<const Command*> find(std::string_view name);
/// "/api/analyse/rfm"
std::string route_of(const Command& command);

/// Turns raw values into checked arguments, filling in defaults. Errors: invalid_input naming the
/// parameter, the value and what would be right.
Result<Args> check(const Command& command, RawArgs raw);

/// Checks and runs. Errors: those of `check` and of the command; a Bug passes through.
struct Request {
  std::string_view command;
  RawArgs args;
  Language language = Language::en;
};
Result<Answer> run(Shop& shop, const Request& request, const Progress& progress);

/// Runs work that changes figures as a job does: alone, and kept answers are out of date after it.
/// Errors: those of the work, of the store and of the engine.
Status change(Shop& shop, const std::function<Status()>& work);

}  // namespace huitou::commands
