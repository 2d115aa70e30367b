#pragma once

// Answers for people and spreadsheets.

#include <optional>
#include <string>
#include <string_view>

#include "base/answer.h"
#include "base/language.h"
#include "base/result.h"

namespace huitou::commands {

enum class Format { table, json, csv, md };
std::optional<Format> parse_format(std::string_view name);

struct PrintOptions {
  Format format = Format::table;
  Language language = Language::en;
  bool byte_order_mark = false;  ///< csv: what Excel needs to read Chinese
  std::size_t rows = 0;          ///< table: rows shown before "... and n more"; 0 = all
};

/// Ends with a line feed. Table and md show figures as people read them (25.3 %, 1,234.50, - for
/// nothing); csv and json keep the raw fractions, money in csv is in major units ("12.50").
/// csv: a text that a spreadsheet would take for a formula is preceded by an apostrophe.
std::string print(const Answer& answer, const PrintOptions& options);

/// "code: message hint" for the error stream.
std::string print_error(const Error& error, Language language);

/// One figure as the table shows it.
std::string format_figure(double value, Unit unit, Language language);

/// Columns a terminal needs for the text: 2 for a Chinese character.
std::size_t display_width(std::string_view text);

}  // namespace huitou::commands
