#pragma once

// What the commands about sources have in common.

#include <vector>

#include "base/answer.h"
#include "commands/command.h"
#include "sync/sync.h"

namespace huitou::commands {

/// The opened home with the clock, the environment and the chance of the machine.
sync::Place place_of(Shop& shop, Date today);
Param source_name_param();

extern const Command sources_add_command;
extern const Command sources_look_command;
extern const Command sources_apply_command;
extern const Command sources_sync_command;

}  // namespace huitou::commands
