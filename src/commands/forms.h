#pragma once

// What the commands about forms have in common.

#include <vector>

#include "base/answer.h"
#include "commands/command.h"

namespace huitou::commands {

/// forms list, entries, add ...
std::vector<const Command*> forms_commands();

/// What is wrong, and what to do: the columns after those that say where.
std::vector<ColumnCard> issue_columns(std::vector<ColumnCard> where);

Param form_param();
Param entry_param(bool required);
Param values_param(bool required);

/// Made when they are first asked for: the names of the forms are not there before.
const Command& forms_add_command();
const Command& forms_change_command();
const Command& forms_remove_command();
const Command& forms_import_command();
const Command& forms_undo_command();

}  // namespace huitou::commands
