#pragma once

// Whose an event is, from its user id, its anonymous id and what is known of both.
//
// - A user id that is a member's number is that account, and so its person. One that is not may be
//   the former number of another (an alias); else it is somebody of whom nothing else is known yet.
// - An anonymous id is a browser. It is whoever was met with it: by an event that has both ids, or
//   by an alias. A browser of two people is nobody's, as one on the stop-list (kind `cookie`) is,
//   and one of more than kMostClaims user ids; they join no accounts either.
// - An event with a user id is that one's, whatever the browser; without, it is the browser's.

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "base/result.h"
#include "engine/engine.h"
#include "store/store.h"

namespace huitou::identity {

/// An event with both ids, or an alias, whose `visitor` is the number before.
struct Claim {
  std::string visitor;
  std::string user_id;
  bool is_alias = false;
  bool operator==(const Claim&) const = default;
};
inline constexpr std::size_t kMostClaims = 20;
/// A former number is followed so often; one that became two is not.
inline constexpr int kAliasSteps = 8;

/// Keeps those that are not kept yet; false if there were none. Ids that are words for nothing
/// claim nothing.
Result<bool> keep_claims(engine::Engine& engine, const std::vector<Claim>& claims);

/// The ids of some events.
struct EventIds {
  std::unordered_set<std::string> users;
  std::unordered_set<std::string> visitors;
  /// Whatever decides whose an event with both is.
  void add(std::string_view user_id, std::string_view anonymous_id);
};

class EventOwners {
 public:
  /// Looks up these ids alone. Errors: those of engine and store.
  static Result<EventOwners> find(engine::Engine& engine, store::Store& store, EventIds ids);

  /// The person of an event with these ids, which `find` was asked for; 0: not known.
  std::uint64_t of(std::string_view user_id, std::string_view anonymous_id) const;
  /// The user id of the one who alone was met with this browser: of several accounts of a person
  /// the oldest; empty: nobody, or several people.
  std::string user_of(std::string_view anonymous_id) const;

 private:
  /// Somebody: a person, or a user id of which nothing else is known.
  struct Who {
    std::uint64_t person = 0;
    std::uint64_t account = 0;
    std::string user_id;
  };
  class Finder;
  using Names = std::unordered_map<std::string, std::vector<std::string>>;

  std::vector<Who> people_of(const std::vector<std::string>& users) const;
  Who user(std::string user_id) const;
  Who visitor(std::string_view anonymous_id) const;

  std::unordered_map<std::string, std::uint64_t> accounts_;   ///< of members
  std::unordered_map<std::uint64_t, std::uint64_t> persons_;  ///< of joined accounts
  Names claimants_;                                           ///< of visitors
  Names later_numbers_;                                       ///< of former ones
};

}  // namespace huitou::identity
