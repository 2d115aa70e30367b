#pragma once

#include <string_view>

#include "engine/engine.h"
#include "schema/schema.h"

namespace huitou::quality {

/// The text of sql/<name>.sql with its fragments put in.
Result<engine::Query> statement(std::string_view name, engine::Params params = {},
                                const schema::Fragments& fragments = {});

/// The text of an embedded file of this folder.
std::string_view embedded(std::string_view path);

/// Without its first lines that are comments.
std::string_view body_of(std::string_view text);

}  // namespace huitou::quality
