#pragma once

// The door to files that a spreadsheet opens: CSV and Excel workbooks, written block by block, so
// that memory does not depend on the number of rows.
//
// Invariants
// - A file is there whole or not at all: it is written under another name and renamed at the end.
// - No cell becomes a formula: texts of a workbook are texts, and a text of a CSV that begins as a
//   formula does is preceded by an apostrophe.
// - Texts stay texts, so that long numbers keep their digits.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/answer.h"
#include "base/result.h"

namespace huitou::spreadsheet {

/// Rows of one sheet, the names of columns included; more go on in a sheet `name (2)`.
inline constexpr std::uint64_t kSheetRows = 1'048'576;
/// Characters of one cell of a workbook; longer texts end with "…".
inline constexpr std::size_t kCellCharacters = 32'767;

enum class Kind { csv, xlsx };
/// By the end of its name; invalid_input for another.
Result<Kind> kind_of(const std::string& path);

/// What is to be written. The blocks' columns are those of `columns`, by name; a block's further
/// columns are left out.
struct Table {
  std::string name;
  std::vector<AnswerColumn> columns;
  std::string currency;
};

struct Target {
  std::string path;
  Language language = Language::en;
  bool replace = false;  ///< a file that is there already
  std::uint64_t sheet_rows = kSheetRows;
};

/// A file on its way. Destroyed unfinished it leaves nothing behind.
class Writer {
 public:
  virtual ~Writer() = default;
  /// Errors: unavailable (disk full).
  virtual Status write(const Frame& block) = 0;
  /// The file is there when this is done. `notes` are written where the file has room for them.
  virtual Status finish(const std::vector<Note>& notes) = 0;
};

/// CSV: UTF-8 with a byte order mark; columns by name; money in major units, days as yyyy-mm-dd,
/// instants in UTC, nothing where there is nothing. xlsx: a sheet with labels in the language, and
/// one that says name, unit and what must be known.
/// Errors: invalid_input (neither .csv nor .xlsx), conflict (the file is there), unavailable.
Result<std::unique_ptr<Writer>> create(const Target& target, const Table& table);

}  // namespace huitou::spreadsheet
