#pragma once

// The servers of a cluster and how a statement is put to them: which one first, when to ask
// another, what to say when none can answer.
//
// A read may be put to another replica whenever the first gave no whole answer. A write may be put
// again only where doing it twice is the same as doing it once: the caller says so by `repeatable`.

#include <atomic>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/cluster_http.h"
#include "engine/engine.h"

namespace huitou::engine {

using Settings = std::map<std::string, std::string, std::less<>>;

/// A statement on its way to a server.
struct Statement {
  std::string text;
  Settings settings;
  std::string data;  ///< rows after an INSERT, as gzip; empty for other statements
  std::string id;    ///< each time it is asked, the query bears this and a random part
  bool repeatable = true;
  Limits limits{};
  double grace_seconds = 15;  ///< what a server may take beyond the time limit before we hang up
  const std::atomic<bool>* cancelled = nullptr;
};

/// One server's answer.
struct Reply {
  HttpAnswer::Kind kind = HttpAnswer::Kind::answered;
  int code = 0;      ///< the engine's error number; 0 = it did what was asked
  std::string body;  ///< the answer, or the error's text
  bool good() const { return kind == HttpAnswer::Kind::answered && code == 0; }
  /// Another replica, or the same one later, may do better.
  bool another_may_do() const;
};

struct Address {
  std::string url;
  std::size_t shard;
};

class Replicas {
 public:
  explicit Replicas(const ClusterOptions& options);

  const std::vector<Address>& all() const { return addresses_; }
  std::size_t shards() const { return shards_; }
  std::chrono::milliseconds patience() const {
    return std::chrono::milliseconds(std::llround(options_.patience_seconds * 1000));
  }

  /// Asks this server once.
  Reply ask(std::size_t replica, const Statement& statement);

  /// Asks one server after the other until one gives a whole answer. `shard` limits it to the
  /// replicas of one shard. Errors: as Engine says.
  Result<std::string> any(const Statement& statement);
  Result<std::string> any_of_shard(std::size_t shard, const Statement& statement);

  /// It answers within some seconds: one that is only busy counts.
  bool is_reachable(std::size_t replica);
  /// The servers that answer now.
  std::vector<std::size_t> reachable();

 private:
  using Clock = std::chrono::steady_clock;
  struct State {
    std::atomic<Clock::rep> avoid_until{0};  ///< it did not answer: others first until then
  };

  std::vector<std::size_t> order(const std::function<bool(const Address&)>& wanted);
  Result<std::string> first_good(const std::vector<std::size_t>& candidates,
                                 const Statement& statement);
  bool lives(std::size_t replica, const Statement& statement);
  std::string address_of(std::size_t replica, const Statement& statement) const;

  ClusterOptions options_;
  std::vector<Address> addresses_;
  std::size_t shards_;
  std::vector<std::unique_ptr<State>> states_;
  std::atomic<std::size_t> turn_{0};
  HttpClient http_;
};

/// A number like no other.
std::uint64_t random_number();

/// What the query_id of all queries with this id begins with.
std::string id_prefix(std::string_view id);

/// A shard, or the whole cluster, cannot be reached; `said` is the last thing heard.
Error cluster_unavailable(std::string_view said);

}  // namespace huitou::engine
