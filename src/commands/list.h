#pragma once

// One line for each command; `all()` in commands.cc gives them in the order of the documentation.

#include "commands/command.h"

namespace huitou::commands {

extern const Command init_command;
extern const Command serve_command;
extern const Command docs_command;
extern const Command status_command;

}  // namespace huitou::commands
