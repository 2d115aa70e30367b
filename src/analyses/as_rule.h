#pragma once

// The list behind a number as a rule of the rule language, so that it can be saved as a segment:
// whoever fits the rule is whom the number counts. Analyses know no rules, they write their words.

#include <optional>
#include <string>
#include <vector>

#include "analyses/analyses.h"

namespace huitou::analyses {

/// A rule for each row; null where no words say it.
using RuleTexts = std::vector<std::optional<std::string>>;

/// The language counts net orders, all of them: no other policy and no filter can be said.
bool can_be_rules(const Inputs& inputs);

/// `orders(from 2025-01-01 to 2026-01-01) >= 3`
std::string condition(std::string_view fact, Period period, std::string_view op,
                      std::string_view value);

/// The parameter `with_rule`, whether it is set, and the column that it puts at the end.
Param with_rule_param();
bool wants_rules(const Inputs& inputs);
void add_rules(Answer& answer, const RuleTexts& rules);

}  // namespace huitou::analyses
