#pragma once

#include <string_view>

#include "engine/engine.h"
#include "schema/schema.h"

namespace huitou::forms {

/// One embedded statement, ready to run.
Result<engine::Query> statement(std::string_view name, engine::Params params = {},
                                const schema::Fragments& fragments = {});

}  // namespace huitou::forms
