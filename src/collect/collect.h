#pragma once

// The door to event collection: what a customer did, sent by web pages, apps and servers with the
// clients of Segment and RudderStack.
//
// Invariants
// - An event that was acknowledged is on the disk, and will be in the table `events` once, whatever
//   is killed in between. The same message of a source is counted once for as long as it is kept.
// - An event of a batch that is wrong is refused by itself, with its place and the reason.
// - Nothing waits without limit: a full inbox says so, and the client sends again.
// - Ecommerce events become orders by the same door as files.
// - Events and orders follow their person a few seconds after somebody says who it is.

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "base/date.h"
#include "collect/body.h"
#include "collect/inbox.h"
#include "collect/keys.h"
#include "engine/engine.h"
#include "store/store.h"

namespace huitou::collect {

class Mover;

struct CollectorOptions {
  std::string home;
  std::string time_zone;
  std::string currency;
  Limits limits{};
  int move_ms = 1000;     ///< between batches
  int orders_ms = 15000;  ///< between loads of orders, and between moves to the person
};

/// The world around the collector, as its owner has it.
struct Surroundings {
  std::function<std::int64_t()> now_ms;      ///< UTC
  std::function<Date(std::int64_t)> day_at;  ///< the shop's day at this UTC second
  /// Runs work that changes tables while no other does.
  std::function<Status(const std::function<Status()>&)> alone;
  /// The same for a load of orders: figures of before are out of date after it.
  std::function<Status(const std::function<Status()>&)> load;
  std::function<void(const std::string&)> log;
};

/// A request as it came.
struct Delivery {
  std::optional<Kind> kind;        ///< none: a batch
  std::string_view body;           ///< unpacked
  std::string_view authorization;  ///< the header
  std::string_view write_key;      ///< of the address; may be empty
};

/// What became of the events of a delivery; those that are not refused are on the disk.
struct Receipt {
  std::size_t taken = 0;
  std::vector<Refused> refused;
};

/// What waits, and what went wrong last.
struct CollectState {
  Waiting waiting;
  std::optional<Error> error;  ///< of the last try to move; nothing after one that went well
};

/// All members may be called from any thread.
class Collector {
 public:
  /// Opens HOME/inbox.sqlite. Errors: those of the store; invalid_input (time zone).
  static Result<std::unique_ptr<Collector>> open(engine::Engine& engine, store::Store& store,
                                                 const CollectorOptions& options);
  ~Collector();
  Collector(const Collector&) = delete;
  Collector& operator=(const Collector&) = delete;

  /// Begins to take and to move events.
  void start(Surroundings surroundings);
  /// Answers for what was taken, ends the batch under way, then takes nothing more.
  void stop();

  /// Calls `done` once, on this thread or on another: at once with an error (denied: no such key;
  /// those of `BodyReader`; unavailable: the inbox is full, or cannot be written), else when the
  /// events are on the disk. Does not wait.
  void take(const Delivery& delivery, std::function<void(Result<Receipt>)> done);

  Result<CollectState> state() const;

  /// For tests: moves all that waits and loads all orders, on this thread.
  Status drain(const Surroundings& surroundings);

 private:
  Collector(engine::Engine& engine, store::Store& store, const CollectorOptions& options);
  Result<std::string> source_of(const Delivery& delivery, const Body& body) const;
  std::string lines_of(const Body& body, const std::string& source);
  void read_key_ring();
  void run();
  bool wait();
  Status move_all();
  Status load_orders();
  Status follow_persons();
  Status follow_guests();
  void note(const Status& status);
  std::unique_ptr<BodyReader> borrow_reader();
  void give_back(std::unique_ptr<BodyReader> reader);

  engine::Engine& engine_;
  store::Store& store_;
  const CollectorOptions options_;
  std::unique_ptr<Inbox> inbox_;
  std::unique_ptr<Mover> mover_;
  Surroundings around_;
  std::string id_prefix_;
  std::atomic<std::uint64_t> ids_given_{0};

  mutable std::mutex mutex_;
  std::condition_variable wake_;
  std::shared_ptr<const KeyRing> keys_;
  std::vector<std::unique_ptr<BodyReader>> readers_;  ///< not in use
  std::optional<Error> error_;
  std::chrono::milliseconds pause_{options_.move_ms};
  bool running_ = false;
  std::int64_t guests_version_ = -1;  ///< of the data, when orders without customer were looked at
  bool is_to_follow_ = true;  ///< since the last time somebody said who it is, or orders came
  std::thread thread_;
};

/// A new write key for events of this source; it cannot be shown again. Errors: invalid_input.
Result<std::string> add_key(store::Store& store, const std::string& source, std::int64_t now);
/// id, source, beginning (of the key), added_at.
Result<Frame> list_keys(store::Store& store);
/// Errors: not_found.
Status remove_key(store::Store& store, std::int64_t id);

struct EventsQuery {
  Date from;
  std::string source;  ///< empty: all
  std::string name;    ///< empty: all
  std::uint64_t limit = 50;
};
/// received_at, occurred_at, source, kind, name, user_id, anonymous_id, customer_id, page,
/// message_id; the newest first.
Result<Frame> recent_events(engine::Engine& engine, const EventsQuery& query);
/// source, kind, name, events, customers, events_unknown, first_at, last_at.
Result<Frame> counted_events(engine::Engine& engine, Date from);

}  // namespace huitou::collect
