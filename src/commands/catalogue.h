#pragma once

// The catalogue for programs: generated from the commands, metrics and analyses, never by hand.

#include <map>
#include <string>

namespace huitou::commands {

/// GET /api/catalogue: {"version", "commands": [...], "metrics": [...], "analyses": [...],
/// "dimensions": [...]}; the shapes are in web/src/shared/api/types.ts.
std::string catalogue_json();

/// GET /api/openapi.json: OpenAPI 3.1.
std::string openapi_json();

/// Files that are generated, by path below the root of the repository:
/// web/src/shared/api/types.ts, docs/reference/openapi.json, docs/reference/*.md.
std::map<std::string, std::string> generated_files();

}  // namespace huitou::commands
