#pragma once

#include <string>
#include <string_view>

#include "engine/engine.h"

namespace huitou::collect {

std::string_view embedded(std::string_view path);

/// The text sql/<name>.sql with its values.
inline engine::Query statement(std::string_view name, engine::Params params = {}) {
  return {.text = std::string(embedded("sql/" + std::string(name) + ".sql")),
          .params = std::move(params)};
}

}  // namespace huitou::collect
