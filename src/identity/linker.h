#pragma once

// From shared keys to persons: the pure half of resolution, without engine or store.
//
// A key that two accounts hold joins them, and so on through all keys: the persons are the
// connected parts. The person's number is the smallest of its accounts, so it depends neither on
// the order of the keys nor on what was resolved before. Keys are given surest kind first; a key
// that joins what is joined already is not needed for the explanation, so each account is explained
// by the surest keys there are.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace huitou::identity {

/// An account of a person that has another account's number. `with` is the next account on the way
/// to the person's own; both hold the key.
struct Link {
  std::uint64_t account = 0;
  std::uint64_t customer = 0;
  std::uint64_t with = 0;
  std::string_view kind;
  std::string_view key;  ///< points into the linker
};

/// What became of the keys that several accounts hold.
struct KeyCounts {
  std::uint64_t joining = 0;
  std::uint64_t crowded = 0;  ///< held by more accounts than one person has
  std::uint64_t mixed = 0;    ///< a device or browser of several people who are known otherwise
};

class Linker {
 public:
  /// Of all accounts: their numbers are at most `largest_account`. A key of more than
  /// `most_holders` accounts is nobody's own.
  Linker(std::uint64_t largest_account, std::uint64_t most_holders);
  /// Of some accounts, however large their numbers: each once, in order, all holders among them.
  Linker(std::vector<std::uint64_t> accounts, std::uint64_t most_holders);

  struct Key {
    std::string_view kind;
    bool strong = true;
    std::string_view text;
  };
  /// Call with the surest kind first. `holders` are distinct. For a key that is not strong,
  /// `strong_holders` of them have a strong key too.
  void add(const Key& key, std::span<const std::uint64_t> holders,
           std::uint64_t strong_holders = 0);

  /// In the order of the accounts.
  std::vector<Link> links();
  const KeyCounts& counts() const { return counts_; }

 private:
  /// Between two places.
  struct Edge {
    std::uint32_t a = 0;
    std::uint32_t b = 0;
    std::uint64_t key_begin = 0;
    std::uint32_t key_size = 0;
    std::string_view kind;
  };
  /// Places are in the order of the accounts, from 1 on.
  std::uint32_t place_of(std::uint64_t account) const;
  std::uint64_t account_at(std::uint32_t place) const;
  std::uint32_t root(std::uint32_t place);

  std::vector<std::uint64_t> accounts_;  ///< empty: an account's place is its number
  std::uint64_t most_holders_;
  std::vector<std::uint32_t> parents_;  ///< 0: its own root; a parent is smaller than its child
  std::vector<Edge> edges_;
  std::string bytes_;
  KeyCounts counts_;
};

}  // namespace huitou::identity
