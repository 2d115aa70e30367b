// OpenAPI 3.1 of all commands, with nlohmann's ordered tree: it is built once.

#include <nlohmann/json.hpp>

#include "commands/catalogue.h"
#include "commands/command.h"

namespace huitou::commands {
namespace {

using json = nlohmann::ordered_json;

json scalar_schema(const Param& param) {
  json schema;
  switch (param.type) {
    case ParamType::integer:
      schema["type"] = "integer";
      break;
    case ParamType::number:
      schema["type"] = "number";
      break;
    case ParamType::boolean:
      schema["type"] = "boolean";
      break;
    case ParamType::date:
      schema = {{"type", "string"}, {"format", "date"}};
      break;
    case ParamType::choice:
      schema = {{"type", "string"}, {"enum", param.choices}};
      break;
    case ParamType::text:
    case ParamType::file:
      schema["type"] = "string";
      break;
  }
  if (param.at_least != param.at_most) {
    schema["minimum"] = param.at_least;
    schema["maximum"] = param.at_most;
  }
  return schema;
}

json schema_of(const Param& param) {
  json schema = scalar_schema(param);
  if (param.repeated) schema = {{"type", "array"}, {"items", schema}};
  if (!param.fallback.empty() && !param.repeated) schema["default"] = param.fallback;
  schema["description"] = std::string(param.doc.en) + " | " + std::string(param.doc.zh);
  return schema;
}

json reply(const char* description, const char* schema) {
  json content;
  content["application/json"]["schema"]["$ref"] = std::string("#/components/schemas/") + schema;
  return {{"description", description}, {"content", content}};
}

json operation(const Command& command) {
  json arguments = {{"type", "object"}, {"additionalProperties", false}};
  json properties = json::object();
  json required = json::array();
  for (const Param& param : command.params) {
    properties[std::string(param.name)] = schema_of(param);
    if (param.required) required.push_back(param.name);
  }
  arguments["properties"] = properties;
  if (!required.empty()) arguments["required"] = required;
  json out = {{"operationId", command.name},
              {"summary", std::string(command.title.en) + " | " + std::string(command.title.zh)},
              {"description", command.doc.en}};
  out["requestBody"]["content"]["application/json"]["schema"] = arguments;
  if (command.kind == Kind::job) {
    out["responses"]["202"] = reply("The job that does it", "JobStarted");
  } else {
    out["responses"]["200"] = reply("The answer", "Answer");
  }
  out["responses"]["default"] = reply("The reason why there is none", "Failure");
  return out;
}

json schemas() {
  return json::parse(R"({
    "Sentence": {"type": "object", "properties": {"en": {"type": "string"}, "zh": {"type": "string"}},
                 "required": ["en", "zh"]},
    "Column": {"type": "object", "required": ["name", "unit", "role", "label"],
               "properties": {"name": {"type": "string"}, "unit": {"type": "string"},
                              "role": {"type": "string"},
                              "label": {"$ref": "#/components/schemas/Sentence"}}},
    "Note": {"type": "object", "required": ["code", "en", "zh"],
             "properties": {"code": {"type": "string"}, "en": {"type": "string"}, "zh": {"type": "string"}}},
    "Answer": {"type": "object", "required": ["columns", "rows", "notes", "view", "currency"],
               "properties": {"columns": {"type": "array", "items": {"$ref": "#/components/schemas/Column"}},
                              "rows": {"type": "array", "items": {"type": "array",
                                       "items": {"type": ["string", "number", "null"]}}},
                              "notes": {"type": "array", "items": {"$ref": "#/components/schemas/Note"}},
                              "view": {"type": "string"}, "currency": {"type": "string"}}},
    "Failure": {"type": "object", "required": ["error"],
                "properties": {"error": {"type": "object",
                  "required": ["code", "message", "hint", "message_zh", "hint_zh"],
                  "properties": {"code": {"type": "string"}, "message": {"type": "string"},
                                 "hint": {"type": "string"}, "message_zh": {"type": "string"},
                                 "hint_zh": {"type": "string"}}}}},
    "JobStarted": {"type": "object", "required": ["job"],
                   "properties": {"job": {"type": "object", "required": ["id", "state"],
                     "properties": {"id": {"type": "string"}, "state": {"type": "string"}}}}}
  })");
}

}  // namespace

std::string openapi_json() {
  json tree = {{"openapi", "3.1.0"}, {"info", {{"title", "Huitou"}, {"version", kVersion}}}};
  for (const Command* command : all()) {
    if (command->kind != Kind::local)
      tree["paths"][route_of(*command)]["post"] = operation(*command);
  }
  tree["components"]["schemas"] = schemas();
  tree["components"]["securitySchemes"]["token"] = {{"type", "http"}, {"scheme", "bearer"}};
  tree["security"] = json::array({{{"token", json::array()}}});
  return tree.dump(2) + "\n";
}

}  // namespace huitou::commands
