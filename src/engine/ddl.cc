#include "engine/ddl.h"

#include <algorithm>

namespace huitou::engine {
namespace {

bool is_digit(char letter) { return letter >= '0' && letter <= '9'; }
bool is_letter(char letter) {
  return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') || letter == '_';
}

bool is_table_type(std::string_view type) {
  constexpr std::string_view kNullable = "Nullable(";
  if (type.starts_with(kNullable) && type.ends_with(')')) {
    type = type.substr(kNullable.size(), type.size() - kNullable.size() - 1);
  }
  constexpr std::string_view kTypes[] = {"UInt8",   "UInt32", "UInt64", "Int32",   "Int64",
                                         "Float64", "String", "Date",   "DateTime"};
  return std::find(std::begin(kTypes), std::end(kTypes), type) != std::end(kTypes);
}

}  // namespace

Status check_name(std::string_view name) {
  const auto in_word = [](char letter) { return is_letter(letter) || is_digit(letter); };
  if (!name.empty() && is_letter(name[0]) && std::all_of(name.begin(), name.end(), in_word)) {
    return {};
  }
  const std::string shown(name.substr(0, 60));
  return Error{Code::invalid_input, "'" + shown + "' is no name of a table or column",
               "Use letters, digits and underscores, not beginning with a digit.",
               "“" + shown + "”不是有效的表名或列名", "请使用字母、数字和下划线，且不以数字开头。"};
}

Status check_partition(std::string_view value) {
  const bool digits = !value.empty() && std::all_of(value.begin(), value.end(), is_digit);
  if (digits || value == "all") {
    return {};
  }
  const std::string shown(value.substr(0, 60));
  return Error{Code::invalid_input, "'" + shown + "' is no partition",
               "Name a partition by its digits, as 202501.", "“" + shown + "”不是有效的分区",
               "请用数字命名分区，例如 202501。"};
}

Result<std::string> column_definitions(const std::vector<TableColumn>& columns) {
  std::string text;
  for (const TableColumn& column : columns) {
    TRY(check_name(column.name));
    if (!is_table_type(column.type)) {
      return Error{Code::invalid_input,
                   "Column " + column.name + " has the unknown type " + column.type,
                   "Use a type that engine.h lists.",
                   "列 " + column.name + " 的类型 " + column.type + " 未知",
                   "请使用 engine.h 中列出的类型。"};
    }
    text += (text.empty() ? "" : ", ") + column.name + " " + column.type;
  }
  return text;
}

Result<std::string> column_names(const std::vector<TableColumn>& columns) {
  std::string text;
  for (const TableColumn& column : columns) {
    TRY(check_name(column.name));
    text += (text.empty() ? "" : ", ") + column.name;
  }
  return text;
}

Query parts_query(const PartsAsk& ask) {
  return {
      .text = "SELECT partition_id, concat(toString(count()), ' ', toString(sum(cityHash64(name, " +
              ask.and_what + ")))) AS held FROM system.parts WHERE database = " + ask.database +
              " AND table = {table:String} AND active GROUP BY partition_id",
      .params = {{"table", ask.table}}};
}

PartitionNames read_parts(const Frame& frame) {
  PartitionNames names;
  for (std::size_t row = 0; row < frame.rows(); ++row) {
    names[frame.text("partition_id", row).value_or("")] = frame.text("held", row).value_or("");
  }
  return names;
}

TableColumns columns_by_table(const Frame& rows) {
  TableColumns out;
  for (std::size_t row = 0; row < rows.rows(); ++row) {
    out[rows.text("table", row).value_or("")].push_back(
        {rows.text("name", row).value_or(""), rows.text("type", row).value_or("")});
  }
  return out;
}

}  // namespace huitou::engine
