#pragma once

// Connections to chDB. One connection runs one statement at a time; several run side by side.
//
// A query that fails after it has produced something leaves that in its connection, and the next
// answer begins with the old bytes. So a connection that has seen any error is closed and never
// used again (a new one costs about a millisecond), and answers are taken as a stream.

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "engine/chdb_api.h"
#include "engine/engine.h"

namespace huitou::engine {

class Connection {
 public:
  Connection(const ChdbApi& api, ChdbConnection** handle) : api_(api), handle_(handle) {}
  ~Connection() { api_.close(handle_); }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  /// The limits and the id hold for the statements that follow.
  Status prepare(const Limits& limits, const std::string& id);
  /// Runs a statement and gives its whole answer as Native blocks.
  Result<std::string> run(std::string_view text);
  /// Gives the answer of a SELECT in pieces, each of whole Native blocks.
  Status stream(std::string_view text, const std::function<Status(std::string_view)>& take);

  ChdbInsert* begin_insert(std::string_view text);
  Status check_insert(ChdbInsert* insert);
  Status append(ChdbInsert* insert, std::string_view bytes);
  Status finish_insert(ChdbInsert* insert);
  /// Frees the insert; one that is not finished is given up.
  void end_insert(ChdbInsert* insert) { api_.destroy_insert(insert); }

  bool broken() const { return broken_; }
  void set_broken() { broken_ = true; }

 private:
  Status check(const char* error);

  const ChdbApi& api_;
  ChdbConnection** handle_;
  std::string settings_;
  Limits limits_;
  bool broken_ = false;
};

class Pool;

/// A connection that is ours until the lease ends.
class Lease {
 public:
  Lease(Pool& pool, std::unique_ptr<Connection> connection)
      : pool_(&pool), connection_(std::move(connection)) {}
  ~Lease();
  Lease(Lease&& other) noexcept = default;
  Lease& operator=(Lease&&) = delete;

  Connection* operator->() const { return connection_.get(); }

 private:
  Pool* pool_;
  std::unique_ptr<Connection> connection_;
};

/// At most `limit` connections are out at a time; who comes then waits for the next to return.
class Pool {
 public:
  Pool(const ChdbApi& api, std::vector<std::string> arguments, int limit)
      : api_(api), arguments_(std::move(arguments)), limit_(limit) {}

  /// A connection outside the limit, for what must not wait. nullptr: the library refused.
  std::unique_ptr<Connection> connect();
  /// Errors: unavailable if none becomes free within `seconds` or the library refuses.
  Result<Lease> acquire(double seconds);

 private:
  friend class Lease;
  void give_back(std::unique_ptr<Connection> connection);

  ChdbApi api_;
  std::vector<std::string> arguments_;
  int limit_;
  std::mutex mutex_;
  std::condition_variable returned_;
  int out_ = 0;
  std::vector<std::unique_ptr<Connection>> idle_;
};

}  // namespace huitou::engine
