#pragma once

// The tables and notes of the answer, from the sums of the cells.

#include <span>
#include <vector>

#include "analyses/analyses.h"
#include "analyses/rfm/rules.h"
#include "analyses/rfm/scoring.h"

namespace huitou::analyses {

/// What a convention makes of the customers.
struct Segmentation {
  std::vector<Rule> rules;
  int levels = kBins;
  Scales scales;
  Cells cells{};
};

/// A row for each rule, in their order.
Answer segment_table(const Segmentation& segmentation);
std::span<const ColumnCard> segment_columns();
/// Each pair of R and F, the highest first, of any M.
std::vector<Scores> grid_cells(int levels);
/// A row for each of them: the heat map.
Answer cell_table(const Segmentation& segmentation);
/// A row for each cut point.
Answer cut_table(const Segmentation& segmentation);

/// Rules that can never be reached, and scores that nobody has because of ties.
std::vector<Note> notes_on(const Segmentation& segmentation);

}  // namespace huitou::analyses
