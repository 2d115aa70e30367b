#include "collect/seen.h"

#include <algorithm>

namespace huitou::collect {
namespace {

constexpr std::uint64_t kMessagesPerBlock = 16;
constexpr std::uint64_t kLeastCapacity = 1 << 16;

__extension__ using Wide = unsigned __int128;

std::uint64_t mixed(std::uint64_t value) {
  value *= 0x9e3779b97f4a7c15ULL;
  return value ^ (value >> 29U);
}

}  // namespace

Seen::Seen(std::uint64_t capacity)
    : capacity_(std::max(capacity, kLeastCapacity)), blocks_(capacity_ / kMessagesPerBlock + 1) {}

std::size_t Seen::block_of(std::uint64_t hash) const {
  const auto wide = static_cast<Wide>(mixed(~hash)) * blocks_.size();
  return static_cast<std::size_t>(wide >> 64U);
}

void Seen::add(std::uint64_t hash) {
  Block& block = blocks_[block_of(hash)];
  const std::uint64_t bits = mixed(hash);
  for (std::size_t turn = 0; turn < kBits; ++turn) {
    const std::uint32_t at = bit(bits, turn);
    block[at / 64] |= std::uint64_t{1} << (at % 64);
  }
}

bool Seen::maybe(std::uint64_t hash) const {
  const Block& block = blocks_[block_of(hash)];
  const std::uint64_t bits = mixed(hash);
  for (std::size_t turn = 0; turn < kBits; ++turn) {
    const std::uint32_t at = bit(bits, turn);
    if ((block[at / 64] >> (at % 64) & 1U) == 0) return false;
  }
  return true;
}

}  // namespace huitou::collect
