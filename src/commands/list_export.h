#pragma once

// The one way in which a list of customers leaves the house: who agreed to the channel and can be
// reached, with an entry in the book before a byte is written.

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/frame.h"
#include "commands/command.h"

namespace huitou::commands {

/// What a list is called in the book, and a column that it has beside the usual ones.
struct ListAsked {
  std::string name;
  std::optional<ColumnCard> extra = std::nullopt;
  /// Appends the column to a block; rows that cannot have it are left out.
  std::function<Result<Frame>(const Frame&)> fill = nullptr;
};

/// Takes `rule`, `to`, `for`, `by`, `replace` and `as_of` from the call. Errors: those of the rule,
/// the file and the engine.
Result<Answer> export_list(const Call& call, const ListAsked& list);

/// How many a list of people with member numbers would have, were it written now: one row, nothing
/// is written and nobody is noted. Takes `rule`, `for` and `as_of`; errors: those of the rule and
/// the engine.
Result<Answer> count_list(const Call& call);

std::vector<Param> list_params();
std::vector<Param> list_count_params();
std::vector<ColumnCard> list_export_columns();
/// customers (the list's), fitting, without_consent, without_address: counts of customers.
std::vector<ColumnCard> list_count_columns();

}  // namespace huitou::commands
