#pragma once

// The door to identity resolution: which accounts are one person.
//
// An account is a customer as one system knows it: a member number. Accounts that share a phone, an
// e-mail address, a unionid ... (table `identities`) are one person. The person has the number of
// its oldest account; `customer_links` says for every other account which person it belongs to and
// by which key.
//
// Invariants
// - Who is one person follows from the keys and the stop-list alone: resolving step by step gives
//   what resolving everything at once gives.
// - History is only added to: a run appends its links; they count from the instant the store says
//   that the run is done. A killed run has never been.
// - Where an order stands follows from its account and the links, so moving orders can be killed
//   and done again. An order keeps its account, so nothing is lost by joining and all comes back by
//   splitting. Where an event stands follows from its ids in the same way (identity/owners.h).

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/frame.h"
#include "base/progress.h"
#include "base/result.h"
#include "engine/engine.h"
#include "identity/owners.h"
#include "store/store.h"

namespace huitou::identity {

struct ResolveOptions {
  std::int64_t now = 0;     ///< UTC seconds, kept with each link
  bool dry_run = false;     ///< say what would change, change nothing
  bool everything = false;  ///< all keys, not only what is new since the last run
  /// A key that more accounts hold belongs to nobody (a shop's counter, a family); none: as before,
  /// at first kMostHolders.
  std::optional<std::uint64_t> most_holders;
};
inline constexpr std::uint64_t kMostHolders = 5;
inline constexpr std::uint64_t kChangesShown = 1000;

struct Resolved {
  std::uint64_t run_id = 0;    ///< 0: there was nothing to do, or a dry run
  std::uint64_t accounts = 0;  ///< that were looked at; 0 with `everything`: all of them
  std::uint64_t keys = 0;      ///< held by several accounts: joining + stopped + crowded + mixed
  std::uint64_t joining = 0;
  std::uint64_t stopped = 0;  ///< on the stop-list
  std::uint64_t crowded = 0;  ///< held by more than `most_holders` accounts
  std::uint64_t mixed = 0;    ///< devices and browsers of several known people
  std::uint64_t joined = 0;   ///< accounts that came to another person
  std::uint64_t parted = 0;   ///< accounts that stand for themselves again
  std::uint64_t moved_rows = 0;
  std::uint64_t moved_months = 0;
  std::uint64_t moved_events = 0;
  /// The first kChangesShown: account_id, customer_id, was_customer_id, with_account, kind, key.
  Frame changes;
};

/// Joins what belongs together and parts what does not any more, then moves orders and events.
/// Errors: conflict if cancelled or while a load is being committed; those of engine and store.
Result<Resolved> resolve(engine::Engine& engine, store::Store& store, const ResolveOptions& options,
                         const Progress& progress = {});

/// What a load leaves to do, and events that say who a visitor is: resolves new keys and brings
/// orders and events to their persons. Costs next to nothing where there are none.
Result<Resolved> follow(engine::Engine& engine, store::Store& store, std::int64_t now,
                        const Progress& progress = {});

/// Runs of joining that were not done: their links in `customer_links` do not count. The parameter
/// `void_runs` of the relation `joined_accounts`.
Result<engine::IntegerList> void_runs(store::Store& store);

/// Ends what a killed run left behind. Call it when a home is opened, after `ingest::recover`.
Status recover(engine::Engine& engine, store::Store& store);

/// Everything that is known of the person whom any key or a number of ours names, a row a key:
/// customer_id, account_id, kind, key, source, state, and in the row of a member number the orders
/// of its account and, if it was joined: with_account, by_kind, by_key, linked_at (time). A state
/// is `own` (nobody else has it), `joined` and `alone` (member numbers), `joins` (the link of two
/// accounts), `agrees` (two accounts have it that are joined anyway), `stopped`, `shared` (others
/// have it too: it joins nobody).
/// Errors: not_found; invalid_input for a key that two people have.
Result<Frame> show(engine::Engine& engine, store::Store& store, std::string_view customer);

/// The person behind a key, and the accounts that are this person: her own first, then those that
/// were joined, each with the key by which it came.
struct Whose {
  struct Member {
    std::uint64_t account = 0;
    std::uint64_t with_account = 0;
    std::string kind;
    std::string key;
    std::int64_t linked_at = 0;
  };
  std::uint64_t customer = 0;
  std::uint64_t named = 0;  ///< the account that the key named: another number if it was joined
  std::vector<Member> accounts;
};
/// Whom a key (as `show` takes them) or a number of ours (`17`, or `id:17` where 17 may be a member
/// number too) names. Costs a few granules, however many customers there are. Errors: those of
/// `show`.
Result<Whose> whose(engine::Engine& engine, store::Store& store, std::string_view written);
/// Whom each of many keys names: 0 where that is nobody or several people. Reads the granules of
/// these keys, 500 keys a query.
struct Named {
  std::uint64_t customer = 0;
  std::size_t people = 0;
};
Result<std::vector<Named>> people_named(engine::Engine& engine, store::Store& store,
                                        const std::vector<std::string>& written);
/// Accounts that hold the key, at most 1000; none where nobody does.
Result<std::vector<std::uint64_t>> holders_of(engine::Engine& engine, store::Store& store,
                                              std::string_view written);
/// For each account the person it belongs to now.
Result<std::vector<std::uint64_t>> persons_of(engine::Engine& engine, store::Store& store,
                                              const std::vector<std::uint64_t>& accounts);

/// A key that joins nobody; of kind `member`: an account that is joined to nobody.
struct Stop {
  std::string kind;
  std::string key;
};
/// `phone:13800138000`, or a key whose kind is plain to see (a phone number, an address) or that is
/// found among the keys. Errors: invalid_input naming the kinds.
Result<Stop> parse_stop(engine::Engine& engine, std::string_view written);
/// Puts the key on the stop-list; the next `resolve` obeys. Conflict if it is there already.
Status add_stop(store::Store& store, const Stop& stop, const std::string& reason, std::int64_t now);
/// Errors: not_found.
Status remove_stop(store::Store& store, const Stop& stop);
/// kind, key, reason, added_at (time); null for keys known to every shop.
Result<Frame> stops(store::Store& store);

/// The key of this person that, once on the stop-list, takes it apart. Errors: not_found if the
/// person does not have the key; conflict if it joins nothing.
Result<Stop> splitting_key(engine::Engine& engine, store::Store& store, std::string_view customer,
                           std::string_view key);

}  // namespace huitou::identity
