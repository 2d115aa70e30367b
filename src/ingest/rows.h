#pragma once

// Cuts decoded text into rows of fields.
//
// Sixty-four bytes at a time are compared with the delimiter, the line end and the quote (SSE2,
// which every x86-64 has); the bits that are set are the only bytes looked at one by one. That
// makes the cost of a row its fields, not its bytes.

#include <cstdint>
#include <string_view>

#include "ingest/table.h"

namespace huitou::ingest {

/// Number of line ends.
std::uint64_t count_bytes(std::string_view text, char byte);

class RowCutter {
 public:
  /// Cuts the text in the block's buffer, which begins and ends with a record.
  RowCutter(const Dialect& dialect, std::size_t columns, std::uint64_t first_line, RawBlock& block);
  void run();

 private:
  void cut_separated();
  void cut_aligned();
  void cut_line_of_blanks(std::size_t begin, std::size_t end);
  void reserve_fields();
  void push(std::size_t begin, std::size_t end);
  std::size_t take_quoted(std::size_t quote);
  void end_row(std::size_t newline);
  void finish_row(std::size_t end);
  void finish_odd_row(std::size_t end);
  void give_up_row(BadReason reason, std::size_t end);
  bool is_blank(std::size_t fields) const;
  void unescape();

  const Dialect dialect_;
  const std::size_t columns_;
  RawBlock& block_;
  char* data_;
  std::size_t size_;
  std::size_t count_ = 0;      // fields so far
  std::size_t row_start_ = 0;  // first field of the row
  std::size_t begin_ = 0;      // of the field
  std::size_t row_begin_ = 0;  // byte
  std::uint64_t line_;         // of the row's beginning
  std::uint64_t row_lines_ = 1;
  std::vector<std::size_t> doubled_;  // fields of the row with doubled quotes
};

}  // namespace huitou::ingest
