// A mapping as a person can read and correct it.

#include "ingest/delimiters.h"
#include "ingest/mapping.h"

namespace huitou::ingest {
namespace {

std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      out += '\\';
    }
    if (c == '\n' || c == '\r' || c == '\t') {
      out += c == '\t' ? "\\t" : "\\n";
    } else {
      out += c;
    }
  }
  return out + "\"";
}

std::string column_yaml(const ColumnMapping& column) {
  std::string value = std::string(field_name(column.field));
  std::string extras;
  if (is_date(column.field)) {
    extras += ", date: " + std::string(date_shape_name(column.date.shape));
  }
  if (is_number(column.field) && column.number.decimal != '.') {
    extras += ", decimal: \",\"";
  }
  if (column.whole_units) {
    extras += ", whole_units: true";
  }
  if (!extras.empty()) {
    value = "{field: " + value + extras + "}";
  }
  return "  " + quoted(column.column) + ": " + value + "\n";
}

std::string reading_yaml(const ReadOptions& reading) {
  std::string out;
  if (reading.delimiter) {
    out += "delimiter: " + quoted(delimiter_name(*reading.delimiter)) + "\n";
  }
  if (reading.encoding) {
    out += "encoding: " + std::string(encoding_name(*reading.encoding)) + "\n";
  }
  if (reading.has_header) {
    out += std::string("has_header: ") + (*reading.has_header ? "true" : "false") + "\n";
  }
  if (!reading.sheet.empty()) {
    out += "sheet: " + quoted(reading.sheet) + "\n";
  }
  return out;
}

}  // namespace

std::string_view delimiter_name(char delimiter) {
  for (const NamedDelimiter& known : kDelimiters) {
    if (known.delimiter == delimiter) {
      return known.name;
    }
  }
  return {};
}

std::string to_yaml(const Mapping& mapping, const FileInfo&) {
  std::string out =
      "# What each column of the file means. Correct what is wrong and load the file again with "
      "it.\n"
      "# 文件各列的含义。如有错误请修改，然后重新加载。\n";
  out += "table: " + std::string(table_name(mapping.table)) +
         (mapping.reason.en.empty() ? "" : "  # " + mapping.reason.en) + "\n";
  for (const auto& [key, value] : {std::pair{"source", mapping.source},
                                   {"time_zone", mapping.time_zone},
                                   {"currency", mapping.currency}}) {
    if (!value.empty()) {
      out += std::string(key) + ": " + quoted(value) + "\n";
    }
  }
  out += reading_yaml(mapping.reading) + "columns:\n";
  for (const ColumnMapping& column : mapping.columns) {
    out += column_yaml(column);
  }
  return out;
}

}  // namespace huitou::ingest
