#pragma once

// `name=value&name=value`: how cursors are written. Values are escaped, so that any bytes make
// ASCII.

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

namespace huitou::connectors {

/// A byte other than a letter, a digit or one of -.:_ becomes %XX.
std::string escape(std::string_view text);
std::optional<std::string> unescape(std::string_view text);

using Fields = std::vector<std::pair<std::string, std::string>>;
std::string join_fields(const Fields& fields);
/// None if `join_fields` did not make it.
std::optional<Fields> split_fields(std::string_view text);

/// invalid_input: a cursor that we did not write.
Error wrong_cursor(std::string_view cursor);

}  // namespace huitou::connectors
