#pragma once

#include <string_view>

#include "engine/engine.h"
#include "schema/schema.h"

namespace huitou::profile {

std::string_view embedded(std::string_view path);

/// sql/<name>.sql with its fragments put in.
Result<engine::Query> statement(std::string_view name, engine::Params params = {},
                                const schema::Fragments& fragments = {});

}  // namespace huitou::profile
