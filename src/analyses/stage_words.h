#pragma once

// The stages of customers as analyses ask for them.

#include <string>
#include <vector>

#include "analyses/common.h"
#include "stages/stages.h"

namespace huitou::analyses {

/// The shop's limits, but for those that an argument sets; without the stage of the potential where
/// filters choose orders, since whoever has none of these may have others. Errors: those of
/// `stages::check`.
Result<stages::Limits> limits_of(const Arguments& arguments, const Inputs& inputs);

/// `{{stage_before}}` of columns orders_before, age_before, silence_before, gap_before and
/// quiet_before.
std::string stage_of_columns(std::string_view when);

/// How many customers were in which stage at one close and at the next. Rows: step (from 1), stages
/// before and after as numbers from 1, 0 for none (but never twice), customers. A close is the
/// first day that does not count.
Result<Frame> read_stage_moves(const Inputs& inputs, const stages::Limits& limits,
                               const std::vector<Date>& closes);

/// Who was in the stage at the close of the day before `close`, as a rule.
std::string stage_as_rule(stages::Stage stage, Date close, const stages::Limits& limits);
/// Who was in no stage then.
std::string no_stage_as_rule(Date close, const stages::Limits& limits);

/// What each stage means under these limits.
Note stages_note(const stages::Limits& limits);

}  // namespace huitou::analyses
