#include "commands/spelling.h"

#include <algorithm>

#include "base/edit_distance.h"

namespace huitou::commands {

std::optional<std::string_view> nearest(std::string_view word,
                                        const std::vector<std::string_view>& candidates) {
  std::optional<std::string_view> best;
  std::size_t best_distance = std::max<std::size_t>(1, word.size() / 3) + 1;
  for (const std::string_view candidate : candidates) {
    const std::size_t distance = edit_distance(word, candidate);
    if (distance < best_distance) {
      best_distance = distance;
      best = candidate;
    }
  }
  for (const std::string_view candidate : candidates) {
    if (!best && word.size() >= 3 && candidate.starts_with(word)) best = candidate;
  }
  return best;
}

std::string joined(const std::vector<std::string_view>& words, std::string_view between) {
  std::string out;
  for (const std::string_view word : words) {
    if (!out.empty()) out += between;
    out += word;
  }
  return out;
}

}  // namespace huitou::commands
