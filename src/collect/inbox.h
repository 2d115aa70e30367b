#pragma once

// Where events wait until the engine has them: one SQLite file, one thread that writes it, many
// events a commit. An event is answered for once its commit is on the disk.

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "base/result.h"
#include "collect/limits.h"
#include "store/store.h"

namespace huitou::collect {

/// Lines of one delivery on their way in. `done` is called once, on the writing thread: ok means
/// that they are on the disk, unavailable that they are not.
struct Arrival {
  std::string lines;
  std::uint64_t events = 0;
  std::function<void(const Status&)> done;
};

/// Some of the oldest lines. `last` is what `remove` takes.
struct Batch {
  std::int64_t last = 0;
  std::uint64_t events = 0;
  std::string lines;
};

/// What waits.
struct Waiting {
  std::uint64_t events = 0;
  std::uint64_t bytes = 0;
  std::optional<std::int64_t> since_ms;  ///< when the oldest was received
};

/// All members may be called from any thread.
class Inbox {
 public:
  /// `path` is made if it is not there. Errors: those of the store.
  static Result<std::unique_ptr<Inbox>> open(const std::string& path, const Limits& limits);
  ~Inbox();
  Inbox(const Inbox&) = delete;
  Inbox& operator=(const Inbox&) = delete;

  /// Begins to write. Until then, and after `stop`, `put` gives unavailable.
  void start();
  /// Writes what was put and answers for it, then ends.
  void stop();

  /// unavailable if too much waits; then `done` is not called.
  Status put(Arrival arrival);
  /// The oldest lines within the limits of a batch; none if nothing waits.
  Result<std::optional<Batch>> oldest();
  /// Forgets the lines up to `last`, together with `also` in one commit.
  Status remove(const Batch& batch, const std::function<Status(store::Store&)>& also);
  /// `work` in one commit, between those of the events.
  Status change(const std::function<Status(store::Store&)>& work);
  Result<Waiting> waiting() const;
  store::Store& store() { return *reading_; }

 private:
  Inbox(std::unique_ptr<store::Store> writing, std::unique_ptr<store::Store> reading,
        const Limits& limits);
  void run();
  void write(std::vector<Arrival>& arrivals);
  Status write_lines(const std::vector<Arrival>& arrivals);

  const Limits limits_;
  std::unique_ptr<store::Store> writing_;
  std::unique_ptr<store::Store> reading_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::vector<Arrival> arrived_;
  std::uint64_t held_events_ = 0;  ///< arrived and not yet removed
  std::uint64_t held_bytes_ = 0;
  bool running_ = false;
  std::thread thread_;
};

}  // namespace huitou::collect
