#pragma once

// Fields in double quotes. The splitter (which looks for the end of a record) and the cutter (which
// takes fields) must agree on every byte, so both ask here.
//
// A quote opens a field if only spaces stand between it and the delimiter before it. It is closed
// by a quote before a delimiter or line end; a doubled quote is one quote of text. People also
// write
// `"24" screen"`: a quote inside that is neither doubled nor at the end is text, as long as the
// field has not yet passed a line end. After a line end such a quote means that the opening one was
// a mistake, as does a field of more than kMaxQuotedBytes: the line of the opening quote is then
// bad, and reading goes on behind it.

#include <cstddef>
#include <string_view>

#include "ingest/table.h"

namespace huitou::ingest {

struct Quoted {
  enum class End {
    closed,
    never,  ///< the opening quote is a mistake
    more,   ///< the bytes end inside
  };
  End end = End::more;
  std::size_t close = 0;  ///< where the closing quote is
  bool doubled = false;   ///< holds doubled quotes
  bool lines = false;     ///< holds line ends
};

/// Does the quote at `at` open a field? `begin` is where its record or field begins at the
/// earliest.
bool opens_field(std::string_view text, std::size_t at, std::size_t begin, const Dialect& dialect);

/// The end of the field whose opening quote is at `at`. `final`: no bytes follow `text`.
Quoted find_close(std::string_view text, std::size_t at, const Dialect& dialect, bool final);

/// Behind the last whole record in `text`, which begins with a record; 0 if it holds none.
std::size_t last_record_end(std::string_view text, const Dialect& dialect);

}  // namespace huitou::ingest
