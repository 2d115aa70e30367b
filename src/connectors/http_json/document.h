#pragma once

// An answer in JSON as it was written: numbers keep all their digits.

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

#include "base/result.h"

namespace huitou::connectors {

/// Deeper nesting is refused.
inline constexpr std::size_t kMostDepth = 100;

/// Numbers with a fraction, an exponent or more digits than 64 bits have are kept as text. `name`
/// says in an error which answer it is. Errors: invalid_input with the byte at which it breaks.
Result<nlohmann::json> parse_json(std::string_view text, const std::string& name);
/// A value as a cell: null is empty, an object or array is JSON.
std::string cell_of(const nlohmann::json& value);
/// What a pointer (`/data/orders`) leads to; null if it leads nowhere.
const nlohmann::json* at_pointer(const nlohmann::json& document, std::string_view pointer);
bool is_pointer(std::string_view text);

}  // namespace huitou::connectors
