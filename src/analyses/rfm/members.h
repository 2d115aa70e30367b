#pragma once

// What all analyses that score customers share: reading their histories, choosing rules, and the
// list of a segment's customers.

#include <string>
#include <vector>

#include "analyses/analyses.h"
#include "analyses/rfm/report.h"
#include "analyses/rfm/rules.h"
#include "analyses/rfm/scoring.h"

namespace huitou::analyses {

/// The customers with a counted order in the period. `subject` names the analysis in errors.
/// Errors: not_enough_data below kLeastCustomers.
Result<Histories> read_histories(const Inputs& inputs, Words subject);

enum class Convention { classic, rfm_0_3, eight, rules };
/// The rules of a convention; `own` is the text of Convention::rules, with Others added where they
/// leave something over. Errors: those of parse_rules.
Result<std::vector<Rule>> choose_rules(Convention convention, const std::string& own);

/// The parameters `convention`, `threshold` and `rules`.
std::vector<Param> convention_params();
/// The parameters `segment` and `limit` of a list of members.
std::vector<Param> member_list_params();

struct MemberQuestion {
  std::string segment;  ///< in either language
  std::int64_t limit = 0;
};
/// The customers of a segment, the highest amounts first. Errors: not_found, with the names there
/// are.
Result<Answer> list_members(const Inputs& inputs, const Segmentation& segmentation,
                            const MemberQuestion& question);

}  // namespace huitou::analyses
