#pragma once

// What an engine says when it refuses, in our words. Both layouts are read:
//   26.7   Code: 159. DB::Exception: text (TIMEOUT_EXCEEDED)
//   18.16  Code: 159, e.displayText() = DB::Exception: text, e.what() = DB::Exception

#include <string_view>

#include "engine/engine.h"

namespace huitou::engine {

/// The number of the engine's error, 0 if the text has none.
int failure_code(std::string_view text);

/// limit_reached for time, memory and rows (named with their value from `limits`), conflict for a
/// cancelled query, else engine_failed with the engine's own text, shortened.
Error failure(std::string_view text, const Limits& limits);

/// The result has more rows than `limits` allows.
Error too_many_rows(const Limits& limits);

}  // namespace huitou::engine
