#pragma once

// How near two words are, for "did you mean".

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

namespace huitou {

/// Fewest insertions, deletions, replacements and swaps of neighbours that make `a` into `b`; both
/// are sequences of letters, whatever a letter is. Source: optimal string alignment.
template <typename Sequence>
std::size_t edit_distance(const Sequence& a, const Sequence& b) {
  // Three rows of the table of distances between beginnings: two back, one back, current.
  std::vector<std::size_t> before(b.size() + 1);
  std::vector<std::size_t> last(b.size() + 1);
  std::vector<std::size_t> now(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    now[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      now[j] = std::min({last[j] + 1, now[j - 1] + 1, replaced});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        now[j] = std::min(now[j], before[j - 2] + 1);
      }
    }
    std::swap(before, last);
    std::swap(last, now);
  }
  return last[b.size()];
}

}  // namespace huitou
