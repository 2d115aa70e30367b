#pragma once

// What the sample rows say of a mapping, before anything is loaded.

#include <cstdint>
#include <string>
#include <vector>

#include "ingest/mapping.h"
#include "ingest/rules.h"

namespace huitou::ingest {

/// The sample values of one column, read as what it is mapped to.
struct ColumnReading {
  std::uint64_t values = 0;  ///< that are not nothing
  std::uint64_t empty = 0;
  std::uint64_t unreadable = 0;
  std::vector<std::string> unreadable_samples;  ///< the first few, each once, as written
};
ColumnReading read_column(const FileInfo& info, const ColumnMapping& column, std::size_t at);

/// What is wrong with the mapping itself: what it lacks, and columns that it uses in vain.
std::vector<Problem> problems_of(const Mapping& mapping);
/// What was found in sample rows, a problem for each rule and column, those first that leave most
/// rows out. Rows of a rule that several columns broke are counted up to kFindingsPerRule.
std::vector<Problem> problems_of(const Findings& findings, const Mapping& mapping);

}  // namespace huitou::ingest
