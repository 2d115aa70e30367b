#pragma once

#include "commands/command.h"

namespace huitou::commands {

/// refresh, profile columns, profile summary ...
std::vector<const Command*> profile_commands();

/// Whether the profile of a home that has one is out of date and has rested since the last refresh.
Result<bool> refresh_is_due(Shop& shop, std::int64_t now);

extern const Command refresh_command;
extern const Command profile_columns_command;
extern const Command profile_summary_command;
extern const Command profile_history_command;
extern const Command profile_show_command;

}  // namespace huitou::commands
