#pragma once

// How values get into a text. `render` (engine.h) is the way for queries; `text_literal` serves the
// statements that the engines build themselves.

#include <string>
#include <string_view>

namespace huitou::engine {

/// The text as a String literal of both dialects: quotes, backslashes and control bytes escaped.
std::string text_literal(std::string_view text);

}  // namespace huitou::engine
