#include "commands/answer_json.h"

#include <array>
#include <nlohmann/json.hpp>

#include "base/date.h"
#include "commands/json_text.h"
#include "commands/times.h"

namespace huitou::commands {
namespace {

using nlohmann::json;

void append_cell(std::string& out, const Column& column, Unit unit, std::size_t row) {
  if (column.is_null(row)) {
    out += "null";
  } else if (column.type == ColumnType::text) {
    append_json(out, column.texts().at(row));
  } else if (column.type == ColumnType::real) {
    append_json(out, column.reals()[row]);
  } else if (column.type == ColumnType::date || unit == Unit::date) {
    const auto days = static_cast<std::int32_t>(column.integers()[row]);
    append_json(out, std::string_view(format_date(Date{days})));
  } else if (column.type == ColumnType::time || unit == Unit::time) {
    append_json(out, std::string_view(format_time(column.integers()[row])));
  } else {
    append_json(out, column.integers()[row]);
  }
}

void append_sentence(std::string& out, const Sentence& text) {
  append_json(out, Words{text.en, text.zh});
}

void append_columns(std::string& out, const Answer& answer) {
  for (std::size_t i = 0; i < answer.columns.size(); ++i) {
    const AnswerColumn& column = answer.columns[i];
    out += i == 0 ? "{\"name\":" : ",{\"name\":";
    append_json(out, std::string_view(column.name));
    out += ",\"unit\":";
    append_json(out, unit_name(column.unit));
    out += ",\"role\":";
    append_json(out, role_name(column.role));
    out += ",\"label\":";
    append_sentence(out, column.label);
    out += '}';
  }
}

void append_rows(std::string& out, const Answer& answer) {
  std::vector<const Column*> columns;
  for (const AnswerColumn& column : answer.columns) {
    columns.push_back(&answer.frame.at(column.name));
  }
  for (std::size_t row = 0; row < answer.frame.rows(); ++row) {
    out += row == 0 ? "[" : ",[";
    for (std::size_t i = 0; i < columns.size(); ++i) {
      if (i > 0) out += ',';
      append_cell(out, *columns[i], answer.columns[i].unit, row);
    }
    out += ']';
  }
}

Error bad_json(std::string_view what, std::string_view what_zh) {
  return {Code::invalid_input, std::string(what),
          R"(Send an object such as {"from": "2025-01-01", "days": 90}.)", std::string(what_zh),
          R"(请发送如 {"from": "2025-01-01", "days": 90} 的对象。)"};
}

/// A tree, or invalid_input; nothing is thrown.
Result<json> tree_of(std::string_view text) {
  json tree = json::parse(text, nullptr, false);
  if (tree.is_discarded()) {
    return bad_json("The body is not JSON.", "请求内容不是 JSON。");
  }
  return tree;
}

std::optional<std::string> scalar_text(const json& value) {
  if (value.is_string()) return value.get<std::string>();
  if (value.is_boolean()) return value.get<bool>() ? "true" : "false";
  if (value.is_number()) return value.dump();
  return std::nullopt;
}

Result<RawArgs> args_of(const json& tree) {
  if (tree.is_null()) return RawArgs{};
  if (!tree.is_object()) {
    return bad_json("The arguments are not a JSON object.", "参数不是 JSON 对象。");
  }
  RawArgs args;
  for (const auto& [name, value] : tree.items()) {
    if (value.is_null()) continue;
    const json list = value.is_array() ? value : json::array({value});
    for (const json& item : list) {
      const auto text = scalar_text(item);
      if (!text) {
        return bad_json("'" + name + "' is neither a text, number, true/false nor a list of them.",
                        "“" + name + "”不是文本、数字、布尔值或它们的列表。");
      }
      args[name].push_back(*text);
    }
  }
  return args;
}

template <std::size_t N, typename E>
E enum_of(const json& value, const std::array<E, N>& all, std::string_view (*name)(E),
          E otherwise) {
  for (const E item : all) {
    if (value.is_string() && value.get_ref<const std::string&>() == name(item)) return item;
  }
  return otherwise;
}

Unit unit_of(const json& value) {
  static constexpr std::array<Unit, 10> kAll{Unit::none,   Unit::count, Unit::ratio,  Unit::minor,
                                             Unit::number, Unit::days,  Unit::months, Unit::date,
                                             Unit::time,   Unit::points};
  return enum_of(value, kAll, unit_name, Unit::none);
}
Role role_of(const json& value) {
  static constexpr std::array<Role, 7> kAll{Role::dimension, Role::series, Role::value, Role::low,
                                            Role::high,      Role::base,   Role::detail};
  return enum_of(value, kAll, role_name, Role::value);
}
View view_of(const json& value) {
  static constexpr std::array<View, 7> kAll{View::table, View::curve, View::bars, View::heatmap,
                                            View::flow,  View::cards, View::map};
  return enum_of(value, kAll, view_name, View::table);
}
Code code_of(const json& value) {
  static constexpr std::array<Code, 9> kAll{
      Code::invalid_input,    Code::denied,        Code::not_found,
      Code::conflict,         Code::limit_reached, Code::not_enough_data,
      Code::did_not_converge, Code::engine_failed, Code::unavailable};
  return enum_of(value, kAll, code_name, Code::engine_failed);
}

ColumnType type_of(const json& rows, std::size_t column, Unit unit) {
  if (unit == Unit::date) return ColumnType::date;
  if (unit == Unit::time) return ColumnType::time;
  ColumnType type = ColumnType::integer;
  for (const json& row : rows) {
    if (row.at(column).is_string()) return ColumnType::text;
    if (row.at(column).is_number_float()) type = ColumnType::real;
  }
  return type;
}

void push_cell(Column& column, const json& cell) {
  if (cell.is_null()) {
    column.push_null();
  } else if (column.type == ColumnType::date) {
    const auto date = parse_date(cell.get<std::string>());
    date.ok() ? column.push_integer(date->days) : column.push_null();
  } else if (column.type == ColumnType::time) {
    const auto time = parse_time(cell.get<std::string>());
    time.has_value() ? column.push_integer(*time) : column.push_null();
  } else if (column.type == ColumnType::text) {
    column.push_text(cell.is_string() ? cell.get<std::string>() : cell.dump());
  } else if (column.type == ColumnType::real) {
    column.push_real(cell.get<double>());
  } else {
    column.push_integer(cell.get<std::int64_t>());
  }
}

Error error_of(const json& error) {
  return {code_of(error.at("code")), error.value("message", ""), error.value("hint", ""),
          error.value("message_zh", ""), error.value("hint_zh", "")};
}

Answer answer_of(const json& tree) {
  Answer answer;
  const json& rows = tree.at("rows");
  for (const json& column : tree.at("columns")) {
    const Unit unit = unit_of(column.at("unit"));
    const json& label = column.at("label");
    const std::size_t index = answer.columns.size();
    answer.columns.push_back({column.at("name").get<std::string>(),
                              unit,
                              role_of(column.at("role")),
                              {label.value("en", ""), label.value("zh", "")}});
    Column values = make_column(answer.columns.back().name, type_of(rows, index, unit));
    for (const json& row : rows) push_cell(values, row.at(index));
    answer.frame.columns.push_back(std::move(values));
  }
  for (const json& note : tree.at("notes")) {
    answer.notes.push_back({note.value("code", ""), {note.value("en", ""), note.value("zh", "")}});
  }
  answer.view = view_of(tree.at("view"));
  answer.currency = tree.value("currency", "");
  return answer;
}

}  // namespace

std::string answer_json(const Answer& answer) {
  std::string out = "{\"columns\":[";
  append_columns(out, answer);
  out += "],\"rows\":[";
  append_rows(out, answer);
  out += "],\"notes\":[";
  for (std::size_t i = 0; i < answer.notes.size(); ++i) {
    out += i == 0 ? "{\"code\":" : ",{\"code\":";
    append_json(out, std::string_view(answer.notes[i].code));
    out += ",\"en\":";
    append_json(out, std::string_view(answer.notes[i].text.en));
    out += ",\"zh\":";
    append_json(out, std::string_view(answer.notes[i].text.zh));
    out += '}';
  }
  out += "],\"view\":";
  append_json(out, view_name(answer.view));
  out += ",\"currency\":";
  append_json(out, std::string_view(answer.currency));
  out += '}';
  return out;
}

std::string error_json(const Error& error) {
  std::string out = "{\"error\":{\"code\":";
  append_json(out, code_name(error.code));
  const auto field = [&](std::string_view name, const std::string& text) {
    out += ",\"" + std::string(name) + "\":";
    append_json(out, std::string_view(text));
  };
  field("message", error.message);
  field("hint", error.hint);
  field("message_zh", error.message_zh.empty() ? error.message : error.message_zh);
  field("hint_zh", error.hint_zh.empty() ? error.hint : error.hint_zh);
  out += "}}";
  return out;
}

Result<Answer> parse_answer_json(std::string_view text) {
  const json tree = json::parse(text, nullptr, false);
  try {
    if (tree.is_object() && tree.contains("error")) return error_of(tree.at("error"));
    return answer_of(tree);
  } catch (const json::exception&) {
    return Error{Code::engine_failed, "The server's answer is not of the agreed shape.",
                 "Use the same version of the program on both sides.", "服务器的回答格式不符。",
                 "请在两端使用同一版本的程序。"};
  }
}

Result<RawArgs> parse_args_json(std::string_view text) {
  if (text.empty()) return RawArgs{};
  TRY(const json tree, tree_of(text));
  return args_of(tree);
}

std::string args_json(const RawArgs& args) {
  std::string out = "{";
  for (const auto& [name, values] : args) {
    if (out.size() > 1) out += ',';
    append_json(out, std::string_view(name));
    out += ":[";
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (i > 0) out += ',';
      append_json(out, std::string_view(values[i]));
    }
    out += ']';
  }
  return out + "}";
}

Result<std::vector<BatchEntry>> parse_batch_json(std::string_view text) {
  TRY(const json tree, tree_of(text));
  if (!tree.is_array()) return bad_json("A batch is a JSON list.", "批量请求必须是 JSON 列表。");
  std::vector<BatchEntry> entries;
  for (const json& entry : tree) {
    if (!entry.is_object() || !entry.contains("command") || !entry["command"].is_string()) {
      return bad_json("Every entry of a batch has a \"command\".",
                      "批量请求的每一项都要有 \"command\"。");
    }
    TRY(RawArgs args, args_of(entry.value("args", json())));
    entries.push_back({entry["command"].get<std::string>(), std::move(args)});
  }
  return entries;
}

}  // namespace huitou::commands
