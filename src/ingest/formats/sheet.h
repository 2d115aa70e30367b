#pragma once

// A sheet of an .xlsx in two halves: its XML is unpacked and cut behind rows by one thread, and
// parsed into rows of text by any.

#include <limits>
#include <memory>
#include <string>

#include "base/result.h"
#include "ingest/formats/archive.h"
#include "ingest/formats/cells.h"
#include "ingest/table.h"

namespace huitou::ingest {

/// Pieces of the sheet's XML that begin and end between rows.
class SheetPieces {
 public:
  /// Passes over what comes before the rows. Errors: invalid_input (damaged, UTF-16).
  static Result<SheetPieces> open(std::unique_ptr<Entry> entry, const std::string& path);

  /// The next piece; false at the end. Errors: those of unpacking; limit_reached (a row longer than
  /// kMaxRecordBytes).
  Result<bool> next(Chunk& chunk);
  /// Rows that the sheet says it has; 0 if it says nothing.
  std::uint64_t announced_rows() const { return announced_rows_; }

 private:
  SheetPieces(std::unique_ptr<Entry> entry, std::string path)
      : entry_(std::move(entry)), path_(std::move(path)) {}
  Status find_rows();

  std::unique_ptr<Entry> entry_;
  std::string path_;
  std::string rest_;  // read, but not yet given out
  std::string row_begin_;
  std::string row_end_;
  std::string data_end_;
  std::uint64_t row_ = 1;  // number of the next row, for sheets whose rows have none
  std::uint64_t announced_rows_ = 0;
  bool ended_ = false;
};

/// What is wanted of a piece.
struct SheetRows {
  std::size_t columns = 0;      ///< cells further right are passed over
  std::uint64_t first_row = 1;  ///< rows above are passed over
  std::size_t most_rows = std::numeric_limits<std::size_t>::max();
};

/// Appends the piece's rows to the block; rows without text are blank lines. False if the piece is
/// not well-formed.
bool parse_sheet_piece(Chunk& chunk, const CellContext& context, const SheetRows& wanted,
                       RawBlock& block);

}  // namespace huitou::ingest
