#pragma once

// Writing JSON without building a tree: answers may have millions of cells.

#include <cstdint>
#include <string>
#include <string_view>

#include "base/language.h"

namespace huitou::commands {

/// Quoted and escaped; bytes that are not UTF-8 become U+FFFD.
void append_json(std::string& out, std::string_view text);
/// The shortest digits that read back as the same double; null if not finite.
void append_json(std::string& out, double value);
void append_json(std::string& out, std::int64_t value);
/// {"en": ..., "zh": ...}
void append_json(std::string& out, Words words);

std::string json_string(std::string_view text);

}  // namespace huitou::commands
