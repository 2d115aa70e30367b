#pragma once

// The head of a table: refusing what is none, and naming its columns.

#include <string>
#include <vector>

#include "base/language.h"
#include "base/result.h"
#include "ingest/dialect.h"
#include "ingest/table.h"

namespace huitou::ingest {

/// "<file> <what>", invalid_input.
Error refuse(const std::string& path, Words what, Words advice);
/// limit_reached for more than kMaxColumns.
Status check_width(const std::string& path, std::size_t columns);

/// Fills `columns` with unique names; empty ones and second ones get a number.
void name_columns(const std::vector<std::string>& names, FileInfo& info);

/// "a, b, c"
std::string join_names(const std::vector<std::string>& names);

/// A note about the lines above the table, of which `first` are not part of it.
void note_passed_over(const std::vector<Record>& records, std::size_t first, FileInfo& info);

}  // namespace huitou::ingest
