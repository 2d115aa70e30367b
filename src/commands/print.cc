#include "commands/print.h"

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <cstdlib>

#include "base/date.h"
#include "commands/answer_json.h"
#include "commands/json_text.h"
#include "commands/times.h"

namespace huitou::commands {
namespace {

constexpr std::int64_t kMinorPerMajor = 100;

std::string grouped(std::string digits) {
  const std::size_t begin = digits.starts_with('-') ? 1 : 0;
  const std::size_t point = std::min(digits.find('.'), digits.size());
  for (std::size_t i = point; i > begin + 3; i -= 3) digits.insert(i - 3, ",");
  return digits;
}

/// "770.0000" -> "770", "0.1250" -> "0.125"
std::string trimmed(std::string digits) {
  digits.erase(digits.find_last_not_of('0') + 1);
  if (digits.ends_with('.')) digits.pop_back();
  return digits;
}

/// Exactly, whatever the amount: 12345 is "123.45".
std::string major_units(std::int64_t minor) {
  const bool negative = minor < 0;
  const auto size =
      static_cast<std::uint64_t>(negative ? -(minor + 1) : minor) + (negative ? 1 : 0);
  return fmt::format("{}{}.{:02}", negative ? "-" : "", size / kMinorPerMajor,
                     size % kMinorPerMajor);
}

/// Raw values as text: what csv holds.
std::string raw_cell(const Column& column, Unit unit, std::size_t row) {
  if (column.is_null(row)) return "";
  if (column.type == ColumnType::text) return std::string(column.texts().at(row));
  if (column.type == ColumnType::real) {
    std::string out;
    append_json(out,
                unit == Unit::minor ? column.reals()[row] / kMinorPerMajor : column.reals()[row]);
    return out;
  }
  const std::int64_t value = column.integers()[row];
  if (column.type == ColumnType::date || unit == Unit::date) {
    return format_date(Date{static_cast<std::int32_t>(value)});
  }
  if (column.type == ColumnType::time || unit == Unit::time) return format_time(value);
  return unit == Unit::minor ? major_units(value) : std::to_string(value);
}

/// As people read it.
std::string shown_cell(const Column& column, Unit unit, std::size_t row, Language language) {
  if (column.is_null(row)) return "-";
  if (column.type == ColumnType::real) return format_figure(column.reals()[row], unit, language);
  if (column.type != ColumnType::integer || unit == Unit::date || unit == Unit::time) {
    return raw_cell(column, unit, row);
  }
  const std::int64_t value = column.integers()[row];
  if (unit == Unit::minor) return grouped(major_units(value));
  if (unit == Unit::none) return std::to_string(value);
  if (unit == Unit::ratio || unit == Unit::points) {
    return format_figure(static_cast<double>(value), unit, language);
  }
  return grouped(std::to_string(value));
}

std::string title_of(const AnswerColumn& column, const std::string& currency, Language language) {
  const std::string& label = column.label.in(language);
  const std::string title = label.empty() ? column.name : label;
  return column.unit == Unit::minor && !currency.empty() ? title + " (" + currency + ")" : title;
}

std::optional<Unit> unit_named(std::string_view name) {
  for (int i = 0; i <= static_cast<int>(Unit::points); ++i) {
    if (unit_name(static_cast<Unit>(i)) == name) return static_cast<Unit>(i);
  }
  return std::nullopt;
}

/// A column without a unit of its own takes each row's from the text column `unit`, or, for the
/// column `x`, from `x_unit`.
Unit unit_in_row(const Answer& answer, const AnswerColumn& column, std::size_t row) {
  if (column.unit != Unit::none || answer.frame.at(column.name).type != ColumnType::real)
    return column.unit;
  for (const std::string& name : {column.name + "_unit", std::string("unit")}) {
    if (answer.frame.has(name))
      return unit_named(answer.frame.text(name, row).value_or("")).value_or(Unit::none);
  }
  return column.unit;
}

/// Columns that are not for this reader: units that the figures show, and texts that are there in
/// the other language too (x_en and x_zh, or x and x_zh).
bool is_hidden(const Answer& answer, const AnswerColumn& column, Language language) {
  const std::string& name = column.name;
  const Frame& frame = answer.frame;
  if (name.ends_with("_unit") || (name == "unit" && frame.has("value"))) return true;
  const bool has_ending = name.ends_with("_en") || name.ends_with("_zh");
  const std::string stem = has_ending ? name.substr(0, name.size() - 3) : name;
  if (!frame.has(stem + "_zh")) return false;
  const bool is_chinese = name.ends_with("_zh");
  const bool has_other = frame.has(stem + "_en") || frame.has(stem);
  if (language == Language::zh) return !is_chinese && (has_ending || !frame.has(stem + "_en"));
  return is_chinese && has_other;
}

Answer for_reader(const Answer& answer, Language language) {
  Answer shown = answer;
  std::erase_if(shown.columns,
                [&](const AnswerColumn& column) { return is_hidden(answer, column, language); });
  return shown;
}

/// The table as text: first row = titles.
using Grid = std::vector<std::vector<std::string>>;

Grid grid_of(const Answer& answer, const PrintOptions& options, std::size_t rows) {
  Grid grid(rows + 1);
  for (const AnswerColumn& column : answer.columns) {
    grid[0].push_back(title_of(column, answer.currency, options.language));
    const Column& values = answer.frame.at(column.name);
    for (std::size_t row = 0; row < rows; ++row) {
      grid[row + 1].push_back(
          shown_cell(values, unit_in_row(answer, column, row), row, options.language));
    }
  }
  return grid;
}

std::vector<bool> right_aligned(const Answer& answer) {
  std::vector<bool> right;
  for (const AnswerColumn& column : answer.columns) {
    const ColumnType type = answer.frame.at(column.name).type;
    right.push_back(type == ColumnType::real ||
                    (type == ColumnType::integer && column.unit != Unit::date));
  }
  return right;
}

/// A single row of many figures reads better downwards.
void turn(Grid& grid, std::vector<bool>& right) {
  constexpr std::size_t kWidest = 7;
  if (grid.size() != 2 || grid[0].size() <= kWidest) return;
  Grid turned;
  for (std::size_t i = 0; i < grid[0].size(); ++i) turned.push_back({grid[0][i], grid[1][i]});
  turned.insert(turned.begin(), {"", ""});
  grid = std::move(turned);
  right = {false, true};
}

std::string padded(const std::string& text, std::size_t width, bool right) {
  const std::string blanks(width - display_width(text), ' ');
  return right ? blanks + text : text + blanks;
}

/// Cell texts of a file may hold line feeds: they would break the table.
void flatten(Grid& grid) {
  for (auto& row : grid) {
    for (std::string& cell : row) {
      for (char& c : cell) {
        if (static_cast<unsigned char>(c) < 0x20) c = ' ';
      }
    }
  }
}

/// Texts of many lines in the last column (a query, a mapping) go on below themselves.
void unfold(Grid& grid) {
  Grid unfolded;
  for (auto& row : grid) {
    std::string rest = row.back();
    const std::size_t width = row.size();
    do {
      const std::size_t end = rest.find('\n');
      row.back() = rest.substr(0, end);
      rest = end == std::string::npos ? "" : rest.substr(end + 1);
      unfolded.push_back(std::move(row));
      row.assign(width, "");
    } while (!rest.empty());
  }
  grid = std::move(unfolded);
}

std::string print_grid(const Grid& grid, const std::vector<bool>& right) {
  std::vector<std::size_t> widths(grid[0].size(), 0);
  for (const auto& row : grid) {
    for (std::size_t i = 0; i < row.size(); ++i)
      widths[i] = std::max(widths[i], display_width(row[i]));
  }
  std::string out;
  for (std::size_t line = 0; line < grid.size(); ++line) {
    std::string text;
    for (std::size_t i = 0; i < widths.size(); ++i) {
      text += (i == 0 ? "" : "  ") + padded(grid[line][i], widths[i], right[i]);
    }
    text.erase(text.find_last_not_of(' ') + 1);
    if (line == 0 && text.empty()) continue;
    out += text + "\n";
    if (line == 0) {
      for (std::size_t i = 0; i < widths.size(); ++i) {
        if (i > 0) out += "  ";
        for (std::size_t k = 0; k < widths[i]; ++k) out += "─";
      }
      out += "\n";
    }
  }
  return out;
}

std::string print_notes(const Answer& answer, Language language, std::string_view before) {
  std::string out;
  for (const Note& note : answer.notes) out += std::string(before) + note.text.in(language) + "\n";
  return out.empty() ? out : "\n" + out;
}

std::string print_table(const Answer& answer, const PrintOptions& options) {
  const bool chinese = options.language == Language::zh;
  const std::size_t all = answer.frame.rows();
  const std::size_t rows = options.rows == 0 ? all : std::min(all, options.rows);
  std::string out;
  if (answer.columns.empty() || all == 0) {
    out = answer.notes.empty() ? (chinese ? "没有数据行。\n" : "No rows.\n") : "";
  } else {
    Grid grid = grid_of(answer, options, rows);
    std::vector<bool> right = right_aligned(answer);
    turn(grid, right);
    unfold(grid);
    flatten(grid);
    out = print_grid(grid, right);
  }
  if (rows < all) {
    out += chinese ? fmt::format("……还有 {} 行\n", all - rows)
                   : fmt::format("... and {} more\n", all - rows);
  }
  return out + print_notes(answer, options.language, chinese ? "注：" : "Note: ");
}

std::string print_md(const Answer& answer, const PrintOptions& options) {
  Grid grid = grid_of(answer, options, answer.frame.rows());
  flatten(grid);
  const std::vector<bool> right = right_aligned(answer);
  std::string out;
  for (std::size_t line = 0; line < grid.size(); ++line) {
    out += "|";
    for (const std::string& cell : grid[line]) {
      out += " ";
      for (const char c : cell) out += c == '|' ? std::string("\\|") : std::string(1, c);
      out += " |";
    }
    out += "\n";
    if (line == 0) {
      out += "|";
      for (const bool is_right : right) out += is_right ? "---:|" : "---|";
      out += "\n";
    }
  }
  return out + print_notes(answer, options.language, "> ");
}

std::string csv_cell(std::string text, bool is_text) {
  static constexpr std::string_view kFormulaStarts = "=+-@\t\r";
  if (is_text && !text.empty() && kFormulaStarts.find(text[0]) != std::string_view::npos) {
    text.insert(0, "'");
  }
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char c : text) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + "\"";
}

std::string print_csv(const Answer& answer, const PrintOptions& options) {
  std::string out = options.byte_order_mark ? "\xEF\xBB\xBF" : "";
  std::vector<const Column*> columns;
  for (const AnswerColumn& column : answer.columns) {
    out += (columns.empty() ? "" : ",") + csv_cell(column.name, true);
    columns.push_back(&answer.frame.at(column.name));
  }
  out += "\r\n";
  for (std::size_t row = 0; row < answer.frame.rows(); ++row) {
    for (std::size_t i = 0; i < columns.size(); ++i) {
      if (i > 0) out += ',';
      out += csv_cell(raw_cell(*columns[i], answer.columns[i].unit, row),
                      columns[i]->type == ColumnType::text);
    }
    out += "\r\n";
  }
  return out;
}

}  // namespace

std::optional<Format> parse_format(std::string_view name) {
  if (name == "table") return Format::table;
  if (name == "json") return Format::json;
  if (name == "csv") return Format::csv;
  if (name == "md") return Format::md;
  return std::nullopt;
}

std::string format_figure(double value, Unit unit, Language language) {
  if (!std::isfinite(value)) return "-";
  switch (unit) {
    case Unit::ratio:
      return fmt::format("{:.2f} %", 100 * value);
    case Unit::points:
      return fmt::format("{:+.2f} {}", 100 * value, language == Language::zh ? "个百分点" : "pp");
    case Unit::minor:
      return grouped(fmt::format("{:.2f}", value / kMinorPerMajor));
    case Unit::count:
      return grouped(fmt::format("{:.0f}", value));
    case Unit::days:
    case Unit::months:
      return grouped(fmt::format("{:.1f}", value));
    default:
      return grouped(trimmed(fmt::format("{:.4f}", value)));
  }
}

std::string print(const Answer& answer, const PrintOptions& options) {
  switch (options.format) {
    case Format::json:
      return answer_json(answer) + "\n";
    case Format::csv:
      return print_csv(answer, options);
    case Format::md:
      return print_md(for_reader(answer, options.language), options);
    case Format::table:
      break;
  }
  return print_table(for_reader(answer, options.language), options);
}

std::string print_error(const Error& error, Language language) {
  return std::string(code_name(error.code)) + ": " + describe(error, language == Language::zh) +
         "\n";
}

}  // namespace huitou::commands
