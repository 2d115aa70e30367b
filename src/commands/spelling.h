#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace huitou::commands {

/// The candidate that was probably meant: within a third of the word's length, or one that begins
/// with the word. Nothing if none is near.
std::optional<std::string_view> nearest(std::string_view word,
                                        const std::vector<std::string_view>& candidates);

/// "a, b, c"
std::string joined(const std::vector<std::string_view>& words, std::string_view between = ", ");

}  // namespace huitou::commands
