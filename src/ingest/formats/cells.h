#pragma once

// The values of a workbook's cells as text: what a number means is said by the cell's style.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/frame.h"

namespace huitou::ingest {

/// How a style shows a number.
enum class Shown : std::uint8_t { number, date, time, date_time };

/// What a format code such as `yyyy"年"m"月"d"日"` shows.
Shown shown_by(std::string_view format_code);
/// The same for the formats that a workbook knows by number.
Shown shown_by(int built_in_format);

/// Appends the number as a person would write it: a serial as the day and time that it means under
/// its style, another number with at most 15 digits and no exponent. What is no number is appended
/// as it is.
void append_number(std::string_view value, Shown shown, bool from_1904, std::string& to);

/// Appends text with the escapes `_x000D_` put back.
void append_unescaped(std::string_view text, std::string& to);

/// 0 for `A12`, 27 for `AB1`; -1 if the text does not begin with a column.
int column_of(std::string_view reference);

/// What cells refer to.
struct CellContext {
  TextColumn shared;          ///< shared strings, by number
  std::vector<Shown> styles;  ///< by number
  bool from_1904 = false;
};

}  // namespace huitou::ingest
