#include "commands/catalogue.h"

#include <algorithm>

#include "commands/card_json.h"
#include "commands/command.h"
#include "commands/generated.h"
#include "commands/json_text.h"

namespace huitou::commands {
namespace {

std::string command_json(const Command& command) {
  JsonObject object;
  object.text("name", command.name);
  object.text("route", route_of(command));
  object.words("title", command.title);
  object.words("doc", command.doc);
  object.text("kind", kind_name(command.kind));
  object.text("view", view_name(command.view));
  object.raw("params", params_json(command.params));
  object.raw("columns", columns_json(command.columns));
  std::vector<std::string> examples;
  for (const std::string_view example : command.examples) examples.push_back(json_string(example));
  object.raw("examples", json_list(examples));
  return object.done();
}

}  // namespace

std::string catalogue_json() {
  std::vector<std::string> commands;
  for (const Command* command : all()) commands.push_back(command_json(*command));
  JsonObject object;
  object.text("version", kVersion);
  object.raw("commands", json_list(commands));
  object.raw("metrics", "[]");
  object.raw("analyses", "[]");
  object.raw("dimensions", "[]");
  return object.done();
}

std::map<std::string, std::string> generated_files() {
  return {{"web/src/shared/api/types.ts", typescript({})},
          {"docs/reference/openapi.json", openapi_json()},
          {"docs/reference/commands.md", commands_page()}};
}

}  // namespace huitou::commands
