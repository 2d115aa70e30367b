#pragma once

// What a portrait looks at: parts of the customers, each a rule of segments.

#include <string>
#include <vector>

#include "base/language.h"
#include "segments/segments.h"

namespace huitou::analyses {

struct PortraitCell {
  Sentence name;     ///< "orders: 2 to 3"
  std::string text;  ///< the rule in English words
};

/// Cells that exclude each other and together hold everyone, or a single one.
struct PortraitCells {
  Sentence title;
  std::vector<PortraitCell> cells;
};

/// Facts with a number, which are cut into equal parts of the customers.
std::vector<const char*> cut_facts();
/// The parts below, between and above the values, and those of whom it is unknown. `cuts` are
/// ascending; money is in minor units. Fewer than two parts say nothing: none.
std::vector<PortraitCells> parts_of_fact(const char* fact, const std::vector<double>& cuts);

/// A column whose common values are cells of their own.
struct ValueList {
  const char* table;
  const char* column;
  const char* day;   ///< column of the day; empty where rows have none
  const char* rule;  ///< with `{}` for the quoted value
  Words title;
};
const std::vector<ValueList>& value_lists();
PortraitCells cell_of_value(const ValueList& list, const std::string& value);

}  // namespace huitou::analyses
