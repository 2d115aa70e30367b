#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace huitou::commands {

/// "2025-01-31T08:00:00Z" of UTC seconds since 1970, and back.
std::string format_time(std::int64_t seconds);
std::optional<std::int64_t> parse_time(std::string_view text);

}  // namespace huitou::commands
