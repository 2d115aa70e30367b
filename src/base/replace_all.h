#pragma once

// One word for another, all through a text.

#include <cstddef>
#include <string>
#include <string_view>

namespace huitou {

/// Puts `with` in the place of every `what` (not empty), from the left; what was put in is not
/// looked at again.
inline void replace_all(std::string& text, std::string_view what, std::string_view with) {
  for (std::size_t at = text.find(what); at != std::string::npos;
       at = text.find(what, at + with.size())) {
    text.replace(at, what.size(), with);
  }
}

}  // namespace huitou
