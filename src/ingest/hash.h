#pragma once

// A 64-bit hash of bytes that stays the same for ever: keys made from it are stored. Not for
// secrets: an adversary can find two texts with one hash.

#include <cstdint>
#include <cstring>
#include <string_view>

namespace huitou::ingest {

inline std::uint64_t mix(std::uint64_t value) {
  value ^= value >> 32U;
  value *= 0xd6e8feb86659fd93ULL;
  value ^= value >> 32U;
  value *= 0xd6e8feb86659fd93ULL;
  return value ^ (value >> 32U);
}

inline std::uint64_t combine(std::uint64_t seed, std::uint64_t value) {
  return mix((seed ^ value) * 0x9e3779b97f4a7c15ULL + 0x632be59bd9b4e019ULL);
}

inline std::uint64_t hash(std::string_view text, std::uint64_t seed = 0) {
  std::uint64_t state = seed ^ (0x9e3779b97f4a7c15ULL * (text.size() + 1));
  const char* at = text.data();
  std::size_t left = text.size();
  for (; left >= 8; at += 8, left -= 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, at, 8);
    state = (state ^ word) * 0x9fb21c651e98df25ULL;
    state ^= state >> 29U;
  }
  std::uint64_t word = 0;
  if (left > 0) {  // a text without bytes may be nowhere
    std::memcpy(&word, at, left);
  }
  return mix((state ^ word) * 0x9fb21c651e98df25ULL);
}

}  // namespace huitou::ingest
