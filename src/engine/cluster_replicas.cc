#include "engine/cluster_replicas.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <random>
#include <thread>
#include <utility>

#include "engine/failure.h"

namespace huitou::engine {
namespace {

using namespace std::chrono_literals;

enum ServerCode {
  kCutOff = 32,        // the connection to another server ended
  kUnknownTable = 60,  // this server has not yet caught up with a CREATE
  kSocketTimeout = 209,
  kNetwork = 210,
  kAborted = 236,   // it is shutting down
  kReadOnly = 242,  // it has lost ZooKeeper
  kNoZooKeeper = 225,
  kNoConnection = 279,     // no replica of a shard can be reached
  kUnknownInsert = 319,    // it lost ZooKeeper while it committed
  kNoActiveReplica = 254,  // the leader's session has ended, the next has not begun
  kLeaderChanged = 292,
  kAllStale = 369,  // every replica of a shard is behind
  kZooKeeper = 999,
};

/// Codes after which another replica, or the same one later, may do better.
bool may_pass(int code) {
  switch (code) {
    case kCutOff:
    case kUnknownTable:
    case kSocketTimeout:
    case kNetwork:
    case kAborted:
    case kReadOnly:
    case kNoZooKeeper:
    case kNoConnection:
    case kUnknownInsert:
    case kNoActiveReplica:
    case kLeaderChanged:
    case kAllStale:
    case kZooKeeper:
      return true;
    default:
      return false;
  }
}

/// Codes that pass with time: a replica catches up, a session at ZooKeeper comes back.
bool worth_waiting(int code) {
  switch (code) {
    case kReadOnly:
    case kNoZooKeeper:
    case kUnknownInsert:
    case kNoActiveReplica:
    case kLeaderChanged:
    case kAllStale:
    case kZooKeeper:
      return true;
    default:
      return false;
  }
}

/// Rounds over all candidates when none can be reached.
constexpr int kRounds = 2;
/// A server that did not answer comes last for this long.
constexpr auto kAvoid = 30s;
/// A server that lives answers a probe within this time.
constexpr double kProbeSeconds = 5;

bool has_run(const Reply& reply) {
  return reply.kind == HttpAnswer::Kind::broken || reply.kind == HttpAnswer::Kind::too_late ||
         reply.kind == HttpAnswer::Kind::answered;
}

std::string first_line(std::string_view text) {
  constexpr std::size_t kMost = 300;
  return std::string(text.substr(0, std::min(text.find('\n'), kMost)));
}

Error too_late(const Statement& statement) {
  const double seconds = statement.limits.seconds + statement.grace_seconds;
  return Error{Code::unavailable, fmt::format("The cluster gave no answer within {:g} s", seconds),
               "Look at the servers' load and logs, then try again.",
               fmt::format("集群在 {:g} 秒内没有应答", seconds),
               "请检查服务器的负载和日志，然后重试。"};
}

Error cancelled() {
  return Error{Code::conflict, "The query was cancelled", "Run it again if it is still wanted.",
               "查询已被取消", "如仍需要，请重新运行。"};
}

}  // namespace

bool Reply::another_may_do() const { return kind != HttpAnswer::Kind::answered || may_pass(code); }

std::uint64_t random_number() {
  thread_local std::mt19937_64 random{(std::uint64_t{std::random_device{}()} << 32U) |
                                      std::random_device{}()};
  return random();
}

std::string id_prefix(std::string_view id) { return std::string(id) + "/"; }

Error cluster_unavailable(std::string_view said) {
  const std::string last = first_line(said);
  return Error{Code::unavailable, "A part of the cluster cannot be reached: " + last,
               "Start its servers again, then try again; no part of the data is ever left out.",
               "集群的一部分无法访问：" + last,
               "请重新启动相应服务器后重试；结果绝不会缺少部分数据。"};
}

Replicas::Replicas(const ClusterOptions& options)
    : options_(options),
      shards_(options.shards.size()),
      http_(HttpOptions{options.user, options.password, options.connect_seconds}) {
  for (std::size_t shard = 0; shard < shards_; ++shard) {
    for (const std::string& url : options.shards[shard]) {
      addresses_.push_back(Address{url, shard});
      states_.push_back(std::make_unique<State>());
    }
  }
}

std::string Replicas::address_of(std::size_t replica, const Statement& statement) const {
  std::string url =
      addresses_[replica].url + "/?database=" + url_escape(options_.database) +
      "&query_id=" + url_escape(fmt::format("{}{:016x}", id_prefix(statement.id), random_number()));
  for (const auto& [name, value] : statement.settings) {
    url += '&' + name + '=' + url_escape(value);
  }
  if (!statement.data.empty()) {
    url += "&query=" + url_escape(statement.text);
  }
  return url;
}

/// A server that works on a long query answers a short one; one that hangs does not.
bool Replicas::lives(std::size_t replica, const Statement& statement) {
  if (statement.cancelled != nullptr && statement.cancelled->load()) {
    return false;
  }
  HttpPost probe;
  probe.url = addresses_[replica].url + "/";
  probe.body = "SELECT 1";
  probe.seconds = kProbeSeconds;
  return http_.post(probe).kind == HttpAnswer::Kind::answered;
}

Reply Replicas::ask(std::size_t replica, const Statement& statement) {
  HttpPost post;
  post.url = address_of(replica, statement);
  post.body = statement.data.empty() ? statement.text : statement.data;
  post.body_is_gzip = !statement.data.empty();
  post.fresh = !statement.repeatable;
  post.seconds = statement.limits.seconds + statement.grace_seconds;
  if (post.seconds > kProbeSeconds) {
    post.still_there = [&] { return lives(replica, statement); };
  }
  HttpAnswer answer = http_.post(post);
  Reply reply;
  reply.kind = answer.kind;
  reply.body = std::move(answer.body);
  if (reply.kind != HttpAnswer::Kind::answered) {
    reply.body = addresses_[replica].url + ": " + reply.body;
    const auto until = Clock::now() + kAvoid;
    states_[replica]->avoid_until = until.time_since_epoch().count();
    return reply;
  }
  states_[replica]->avoid_until = 0;
  if (answer.status != 200) {
    reply.code = failure_code(reply.body);
    if (reply.code == 0) {
      reply.code = -1;
      reply.body = fmt::format("{} answered with HTTP status {}: {}", addresses_[replica].url,
                               answer.status, first_line(reply.body));
    }
  }
  return reply;
}

std::vector<std::size_t> Replicas::order(const std::function<bool(const Address&)>& wanted) {
  std::vector<std::size_t> candidates;
  const std::size_t first = turn_.fetch_add(1, std::memory_order_relaxed);
  for (std::size_t step = 0; step < addresses_.size(); ++step) {
    const std::size_t replica = (first + step) % addresses_.size();
    if (wanted(addresses_[replica])) {
      candidates.push_back(replica);
    }
  }
  const auto now = Clock::now().time_since_epoch().count();
  std::stable_partition(candidates.begin(), candidates.end(),
                        [&](std::size_t replica) { return states_[replica]->avoid_until <= now; });
  return candidates;
}

Result<std::string> Replicas::any(const Statement& statement) {
  return first_good(order([](const Address&) { return true; }), statement);
}

Result<std::string> Replicas::any_of_shard(std::size_t shard, const Statement& statement) {
  return first_good(order([&](const Address& address) { return address.shard == shard; }),
                    statement);
}

Result<std::string> Replicas::first_good(const std::vector<std::size_t>& candidates,
                                         const Statement& statement) {
  const auto end = Clock::now() + patience();
  Reply reply;
  for (int round = 0;; ++round) {
    bool all_unknown = true;
    bool wait = false;
    for (const std::size_t replica : candidates) {
      if (statement.cancelled != nullptr && statement.cancelled->load()) {
        return cancelled();
      }
      reply = ask(replica, statement);
      if (reply.good()) {
        return std::move(reply.body);
      }
      if (reply.kind == HttpAnswer::Kind::too_late) {
        return too_late(statement);
      }
      const bool refused = reply.kind == HttpAnswer::Kind::answered;
      if (!reply.another_may_do()) {
        return failure(reply.body, statement.limits);
      }
      if (!statement.repeatable && has_run(reply)) {
        return cluster_unavailable(reply.body);
      }
      all_unknown = all_unknown && refused && reply.code == kUnknownTable;
      wait = wait || (refused && worth_waiting(reply.code));
    }
    if (all_unknown) {
      return failure(reply.body, statement.limits);
    }
    if ((!wait && round + 1 >= kRounds) || Clock::now() > end) {
      return cluster_unavailable(reply.body);
    }
    std::this_thread::sleep_for(std::min<std::chrono::milliseconds>(200ms * (round + 1), 1s));
  }
}

bool Replicas::is_reachable(std::size_t replica) {
  return ask(replica, {.text = "SELECT 1", .limits = {.seconds = 5}, .grace_seconds = 0}).good();
}

std::vector<std::size_t> Replicas::reachable() {
  std::vector<std::size_t> up;
  Statement statement{.text = "SELECT 1", .limits = {.seconds = 2}, .grace_seconds = 0};
  for (std::size_t replica = 0; replica < addresses_.size(); ++replica) {
    if (ask(replica, statement).good()) {
      up.push_back(replica);
    }
  }
  return up;
}

}  // namespace huitou::engine
