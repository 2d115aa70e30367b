#pragma once

// How a sample of text is cut: guessed from how well each way fits all its lines.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/table.h"

namespace huitou::ingest {

struct Record {
  std::size_t begin = 0;   ///< its first byte in the text
  std::uint64_t line = 1;  ///< 1-based
  std::vector<std::string> fields;
};

/// The first records of a text, blank ones left out; a field's quotes are taken off.
std::vector<Record> split_records(std::string_view text, const Dialect& dialect, std::size_t limit);

/// The number of fields that most records have, and the part of the records that has it. Fields at
/// the end that are empty in all of those do not count.
struct Shape {
  std::size_t columns = 0;
  double share = 0;
};
Shape shape_of(const std::vector<Record>& records);

/// The delimiter and line end that fit best. `columns` of the best is 1 if nothing separates.
Dialect guess_dialect(std::string_view text, const ReadOptions& options);

/// The record with the column names, or the first with data: what stands before it are titles.
std::size_t first_table_record(const std::vector<Record>& records, std::size_t columns);

/// Is the first of these records made of names? Yes, unless it has digits where the others have.
bool guess_header(const std::vector<Record>& records, std::size_t first, std::size_t columns);

}  // namespace huitou::ingest
