#pragma once

// What is wrong with a mapping, or with what it makes of a file.

#include <cstdint>
#include <string>

#include "base/language.h"

namespace huitou::ingest {

struct Problem {
  /// missing_field, two_columns, no_such_column, not_taken, not_converted; no_key for rows that
  /// come again; else the rule that sample rows broke.
  std::string code;
  std::string severity;    ///< error: it cannot be loaded, or rows are left out; warning, info
  bool blocks = false;     ///< nothing can be loaded like this
  std::string column;      ///< of the file; empty: of none
  std::string field;       ///< a name of `fields()`, or empty
  std::uint64_t rows = 0;  ///< of the sample, where it is about rows
  std::string value;       ///< the first that broke the rule, as written
  Sentence text;
};

}  // namespace huitou::ingest
