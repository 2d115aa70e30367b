#pragma once

#include <cstdint>
#include <vector>

namespace huitou::ingest {

/// Counts how often each hash was seen; 12 bytes a slot, at most two in three used.
class Repeats {
 public:
  Repeats() : keys_(1024), counts_(1024) {}

  /// 0 the first time.
  std::uint32_t next(std::uint64_t key) {
    if ((used_ + 1) * 3 > keys_.size() * 2) {
      grow();
    }
    const std::size_t at = place(key);
    used_ += counts_[at] == 0 ? 1U : 0U;
    keys_[at] = key;
    return counts_[at]++;
  }

 private:
  std::size_t place(std::uint64_t key) const {
    const std::size_t mask = keys_.size() - 1;
    std::size_t at = key & mask;
    while (counts_[at] != 0 && keys_[at] != key) {
      at = (at + 1) & mask;
    }
    return at;
  }
  void grow() {
    std::vector<std::uint64_t> keys(keys_.size() * 2);
    std::vector<std::uint32_t> counts(keys_.size() * 2);
    keys.swap(keys_);
    counts.swap(counts_);
    for (std::size_t i = 0; i < keys.size(); ++i) {
      if (counts[i] != 0) {
        const std::size_t at = place(keys[i]);
        keys_[at] = keys[i];
        counts_[at] = counts[i];
      }
    }
  }

  std::vector<std::uint64_t> keys_;
  std::vector<std::uint32_t> counts_;
  std::size_t used_ = 0;
};

}  // namespace huitou::ingest
