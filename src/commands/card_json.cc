#include "commands/card_json.h"

#include <array>

#include "commands/json_text.h"

namespace huitou::commands {

void JsonObject::raw(std::string_view name, std::string_view json) {
  if (text_.size() > 1) text_ += ',';
  append_json(text_, name);
  text_ += ':';
  text_ += json;
}

void JsonObject::text(std::string_view name, std::string_view value) {
  raw(name, json_string(value));
}

void JsonObject::words(std::string_view name, Words value) {
  std::string json;
  append_json(json, value);
  raw(name, json);
}

void JsonObject::boolean(std::string_view name, bool value) { raw(name, value ? "true" : "false"); }

void JsonObject::number(std::string_view name, double value) {
  std::string json;
  append_json(json, value);
  raw(name, json);
}

std::string json_list(const std::vector<std::string>& items) {
  std::string out = "[";
  for (const std::string& item : items) {
    if (out.size() > 1) out += ',';
    out += item;
  }
  return out + "]";
}

std::string_view param_type_name(ParamType type) {
  static constexpr std::array<std::string_view, 7> kNames{"text", "integer", "number", "boolean",
                                                          "date", "choice",  "file"};
  return kNames.at(static_cast<std::size_t>(type));
}

std::string params_json(std::span<const Param> params) {
  std::vector<std::string> items;
  for (const Param& param : params) {
    JsonObject object;
    object.text("name", param.name);
    object.text("type", param_type_name(param.type));
    object.words("doc", param.doc);
    object.text("default", param.fallback);
    std::vector<std::string> choices;
    for (const std::string_view choice : param.choices) choices.push_back(json_string(choice));
    object.raw("choices", json_list(choices));
    object.boolean("required", param.required);
    object.boolean("positional", param.positional);
    object.boolean("repeated", param.repeated);
    const bool bounded = param.at_least != param.at_most;
    bounded ? object.number("at_least", param.at_least) : object.raw("at_least", "null");
    bounded ? object.number("at_most", param.at_most) : object.raw("at_most", "null");
    items.push_back(object.done());
  }
  return json_list(items);
}

std::string columns_json(std::span<const ColumnCard> columns) {
  std::vector<std::string> items;
  for (const ColumnCard& column : columns) {
    JsonObject object;
    object.text("name", column.name);
    object.text("unit", unit_name(column.unit));
    object.text("role", role_name(column.role));
    object.words("label", column.label);
    items.push_back(object.done());
  }
  return json_list(items);
}

}  // namespace huitou::commands
