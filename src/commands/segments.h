#pragma once

#include "commands/command.h"
#include "identity/identity.h"
#include "segments/segments.h"

namespace huitou::commands {

/// A rule that is right, with what is needed to ask it.
struct AskedRule {
  segments::Rule rule;
  segments::Library library;
  segments::AsOf as_of;
  engine::IntegerList void_runs;
  engine::Limits limits;

  segments::Question question() const {
    return {
        .rule = rule, .as_of = as_of, .library = library, .void_runs = void_runs, .limits = limits};
  }
};

/// The rule in words or JSON, or the one of the saved segment of that name. Errors: invalid_input
/// with the place; not_found of a segment it refers to.
Result<AskedRule> asked_rule(const Call& call, const std::string& text);

/// The argument `as_of`. Without it tomorrow's beginning while the shop sells (its last order is at
/// most kSellingDays old), so that windows close as days pass; else the day after the last order.
Result<segments::AsOf> asked_instant(const Call& call);
inline constexpr std::int32_t kSellingDays = 31;

/// "All days up to 2025-06-30 inclusive are counted."
Note as_of_note(const AskedRule& asked);

/// Whom the parameter `customer` names, and the accounts that are hers.
Result<identity::Whose> asked_person(const Call& call);
segments::Person person_of(const identity::Whose& whose);

Param as_of_instant_param();
Param segment_name_param();

/// The columns of a list of customers.
std::vector<ColumnCard> customer_columns();

/// Whether the memberships should be refreshed without being asked.
Result<bool> segments_are_due(Shop& shop, std::int64_t now);

/// segments check, preview, save ...
std::vector<const Command*> segments_commands();

extern const Command segments_check_command;
extern const Command segments_preview_command;
extern const Command segments_customers_command;
extern const Command segments_words_command;
extern const Command segments_values_command;
extern const Command segments_save_command;
extern const Command segments_list_command;
extern const Command segments_show_command;
extern const Command segments_remove_command;
extern const Command segments_why_command;
extern const Command segments_of_command;
extern const Command segments_refresh_command;
extern const Command segments_freeze_command;
extern const Command segments_history_command;
extern const Command segments_moves_command;
extern const Command segments_moved_command;
extern const Command segments_overlap_command;
extern const Command segments_export_command;
extern const Command segments_exports_command;

}  // namespace huitou::commands
