#pragma once

// The lineage of analyses and of the profile, beside that of metrics and columns.

#include "commands/command.h"

namespace huitou::commands {

extern const Command lineage_analysis_command;
extern const Command lineage_profile_command;

}  // namespace huitou::commands
