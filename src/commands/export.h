#pragma once

// Answers and tables as files that a spreadsheet opens.

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/answer.h"
#include "base/result.h"

namespace huitou::commands {

/// An answer as a .csv or .xlsx, whatever was there before. Errors: invalid_input (another name),
/// unavailable (cannot be written).
struct AnswerFile {
  std::string path;
  std::string title;  ///< of the sheet
  Language language = Language::en;
};
Status write_answer(const Answer& answer, const AnswerFile& file);

/// A table that can be exported: the text of its query, and what its columns mean.
struct ExportTable {
  std::string_view name;
  std::string_view sql;
  Words title;
  std::string_view
      span;  ///< the text of its days, where `sql` takes the days [from, to); else empty
  std::vector<ColumnCard> columns;
};
std::span<const ExportTable> export_tables();

}  // namespace huitou::commands
