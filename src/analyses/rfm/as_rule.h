#pragma once

// A segment of scores in the words of a rule: its cut points are whole numbers.

#include "analyses/as_rule.h"
#include "analyses/rfm/report.h"

namespace huitou::analyses {

/// A rule for each row of segment_table; null too for a segment that no score reaches.
RuleTexts segment_rules(const Segmentation& segmentation, const Inputs& inputs);
/// A rule for each row of cell_table, by the cut points of this answer; null too where the scores of
/// the cell can be nobody's.
RuleTexts cell_rules(const Segmentation& segmentation, const Inputs& inputs);

}  // namespace huitou::analyses
