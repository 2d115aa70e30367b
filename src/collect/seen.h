#pragma once

// Which messages the engine may already have, so that it is asked about few of them.
//
// A Bloom filter in blocks of one cache line: 32 bits a message, seven of them set. It never
// forgets a message; about one other in fifty thousand is taken for seen and asked about for
// nothing.

#include <array>
#include <cstdint>
#include <vector>

namespace huitou::collect {

class Seen {
 public:
  /// Room for so many messages, 4 bytes each.
  explicit Seen(std::uint64_t capacity);
  void add(std::uint64_t hash);
  /// False: surely not added.
  bool maybe(std::uint64_t hash) const;
  std::uint64_t capacity() const { return capacity_; }

 private:
  static constexpr std::size_t kWords = 8;  // 512 bits
  using Block = std::array<std::uint64_t, kWords>;
  static constexpr std::size_t kBits = 7;

  std::size_t block_of(std::uint64_t hash) const;
  /// The bit of the block that the hash means in its turn.
  static std::uint32_t bit(std::uint64_t mixed, std::size_t turn) {
    return static_cast<std::uint32_t>(mixed >> (turn * 9)) & 511U;
  }

  std::uint64_t capacity_;
  std::vector<Block> blocks_;
};

}  // namespace huitou::collect
