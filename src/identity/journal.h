#pragma once

// What must be exact: the stop-list, the runs, and how far they got.

#include <cstdint>
#include <string>
#include <vector>

#include "engine/engine.h"
#include "identity/identity.h"
#include "store/store.h"

namespace huitou::identity {

class Journal {
 public:
  explicit Journal(store::Store& store) : store_(store) {}
  store::Store& store() { return store_; }
  Status ensure();

  /// Keys of identities up to this batch have been resolved.
  Result<std::int64_t> batch() { return state("batch", 0); }
  Result<std::int64_t> most_holders() {
    return state("most_holders", static_cast<std::int64_t>(kMostHolders));
  }
  /// When the orders stood where the links say: the version of the data and the newest run.
  struct Settling {
    std::int64_t data_version = 0;
    std::int64_t run = 0;
    bool operator==(const Settling&) const = default;
  };
  Result<Settling> settled();
  Status settle(const Settling& settling);
  Result<std::int64_t> newest_run();

  /// The same of events: also how far member numbers and claims were obeyed.
  struct EventsSettling {
    std::int64_t data_version = 0;
    std::int64_t run = 0;
    std::int64_t batch = 0;
    std::int64_t claim = 0;
    bool operator==(const EventsSettling&) const = default;
  };
  Result<EventsSettling> events_settled();
  /// From `begin_events` to `settle_events` events may stand half here and half there.
  Status begin_events();
  Status settle_events(const EventsSettling& settling);
  Result<bool> events_begun();
  /// Browsers whose stops events do not obey yet.
  Result<std::vector<std::string>> pending_visitors();

  /// Stops that the links do not obey yet.
  Result<std::vector<Stop>> pending();

  struct Finished {
    std::int64_t batch = 0;
    std::int64_t most_holders = 0;
    std::int64_t now = 0;
    std::vector<Stop> obeyed;
  };
  Result<std::int64_t> begin(std::int64_t now);
  /// From here on the links of the run count.
  Status finish(std::int64_t run, const Finished& finished, const Resolved& resolved);
  /// For a run without links.
  Status note(const Finished& finished);
  /// Runs whose links do not count: killed ones, and the one that is open.
  Result<engine::IntegerList> void_runs();
  Status fail_open_runs();

 private:
  Result<std::int64_t> state(const std::string& name, std::int64_t fallback);
  Status put(store::Store& store, const std::string& name, std::int64_t value);
  Status write(store::Store& store, const Finished& finished);
  store::Store& store_;
};

/// Stops of the store and those known to every shop.
class StopList {
 public:
  static Result<StopList> load(store::Store& store);
  bool contains(std::string_view kind, std::string_view key) const;
  std::vector<std::string> keys_of(std::string_view kind) const;

 private:
  std::vector<std::string> entries_;  ///< kind and key with a tab between, sorted
};

/// Those that every shop has.
const std::vector<Stop>& known_stops();

}  // namespace huitou::identity
