#pragma once

// All that is known of one person: the accounts, their keys, and which of them join.

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "engine/engine.h"
#include "identity/identity.h"
#include "store/store.h"

namespace huitou::identity {

struct Person {
  struct Key {
    std::uint64_t account = 0;
    std::string kind;
    std::string key;
    std::string source;
    std::string state;        ///< of `show`
    bool is_browser = false;  ///< in which events met the person
  };
  struct Joined {
    std::uint64_t with = 0;
    std::string kind;
    std::string key;
    std::int64_t linked_at = 0;
  };
  std::uint64_t customer = 0;
  std::vector<Key> keys;                         ///< account after account, the member number first
  std::map<std::uint64_t, Joined> joined;        ///< by account
  std::map<std::uint64_t, std::int64_t> orders;  ///< by account
};

/// not_found, and invalid_input for a key of several people.
Error nobody_known_as(std::string_view written);
Error key_of_several(std::string_view written, std::size_t people);

/// Errors: not_found; invalid_input for a key of several people.
Result<Person> find_person(engine::Engine& engine, store::Store& store, std::string_view written);

}  // namespace huitou::identity
