#pragma once

// One line for each command; `all()` in commands.cc gives them in the order of the documentation.

#include "commands/command.h"

namespace huitou::commands {

extern const Command init_command;
extern const Command serve_command;
extern const Command docs_command;
extern const Command demo_command;
extern const Command load_command;
extern const Command preview_command;
extern const Command quality_command;
extern const Command report_command;
extern const Command metric_command;
extern const Command metrics_command;
/// analyse rfm, analyse cohort_retention ...: one for each analysis.
std::vector<const Command*> analyse_commands();
extern const Command status_command;
extern const Command verify_command;

}  // namespace huitou::commands
