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
extern const Command quality_check_command;
extern const Command quality_rules_command;
extern const Command quality_effects_command;
extern const Command quality_rows_command;
extern const Command quality_score_command;
extern const Command quality_quarantine_command;
extern const Command quality_fix_command;
extern const Command quality_order_command;
extern const Command quality_release_command;
extern const Command quality_aside_command;
extern const Command quality_log_command;
extern const Command lineage_metric_command;
extern const Command lineage_column_command;
extern const Command report_command;
extern const Command metric_command;
extern const Command metrics_command;
/// analyse rfm, analyse cohort_retention ...: one for each analysis.
std::vector<const Command*> analyse_commands();
/// identity resolve, show ...
std::vector<const Command*> identity_commands();
/// customer find, show, timeline ...
std::vector<const Command*> customer_commands();
/// sources list, add, sync ...
std::vector<const Command*> sources_commands();
/// stages show, suggest, set, history.
std::vector<const Command*> stages_commands();
/// hours show, set, history.
std::vector<const Command*> hours_commands();
/// events recent, events counts, events keys ...
std::vector<const Command*> event_commands();
extern const Command export_command;
extern const Command status_command;
extern const Command verify_command;

}  // namespace huitou::commands
