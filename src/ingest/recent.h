#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace huitou::ingest {

/// Remembers keys, and forgets them when others take their place: who asks again gets them twice,
/// which does no harm, for they are told apart once more where blocks come together.
class Recent {
 public:
  explicit Recent(std::size_t places = 1U << 14U) : places_(places) {}
  bool first_time(std::uint64_t key) {
    std::uint64_t& place = places_[key % places_.size()];
    const bool is_new = place != key;
    place = key;
    return is_new;
  }

 private:
  std::vector<std::uint64_t> places_;
};

}  // namespace huitou::ingest
