#pragma once

// Keys of customers to our dense ids. Equal keys (blanks around them cut off, case kept) are the
// same customer, whatever file they come from.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "engine/engine.h"

namespace huitou::ingest {

inline constexpr std::string_view kMemberKind = "member";

/// All keys of a kind in memory, about 40 bytes a customer and its key.
class Identities {
 public:
  Identities();
  /// Those in the table `identities`, streamed. Errors: those of the engine.
  static Result<Identities> load(engine::Engine& engine);

  /// The id of the key, a new one if it was not there; 0 for an empty key.
  std::uint64_t id_of(std::string_view key);
  /// 0 if the key is not known.
  std::uint64_t find(std::string_view key) const;

  /// Ids from this one on were given since `load`; their keys by `key`.
  std::uint64_t first_new() const { return first_new_; }
  std::uint64_t next_id() const { return next_id_; }
  std::string_view new_key(std::uint64_t id) const;

 private:
  struct Slot {
    std::uint64_t id = 0;  ///< 0: free
    std::uint64_t begin = 0;
    std::uint32_t size = 0;
    std::uint32_t hash = 0;
  };
  std::size_t place(std::string_view key, std::uint32_t short_hash, std::uint64_t full) const;
  void put(std::string_view key, std::uint64_t id);
  void grow();

  std::vector<Slot> slots_;
  std::string bytes_;
  std::size_t used_ = 0;
  std::uint64_t first_new_ = 1;
  std::uint64_t next_id_ = 1;
  std::vector<std::pair<std::uint64_t, std::uint32_t>> new_places_;
};

}  // namespace huitou::ingest
