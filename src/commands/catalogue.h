#pragma once

// The catalogue for programs: generated from the commands, metrics and analyses, never by hand.

#include <map>
#include <string>
#include <string_view>

namespace huitou::commands {

/// Of the program; that of CMakeLists.txt.
inline constexpr std::string_view kVersion = "0.1.0";

/// GET /api/catalogue: {"version", "commands": [...], "metrics": [...], "analyses": [...],
/// "dimensions": [...], "fields": [...], "kinds": [...]}; the shapes are in
/// web/src/shared/api/types.ts.
std::string catalogue_json();

/// GET /api/openapi.json: OpenAPI 3.1.
std::string openapi_json();

/// Files that are generated, by path below the root of the repository:
/// web/src/shared/api/types.ts and commands.ts, docs/reference/openapi.json, docs/reference/*.md.
std::map<std::string, std::string> generated_files();

}  // namespace huitou::commands
