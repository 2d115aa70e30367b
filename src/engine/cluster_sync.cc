#include "engine/cluster_sync.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <thread>
#include <utility>

#include "engine/literal.h"

namespace huitou::engine {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

constexpr int kServerTimeout = 159;
/// A replica that answers but refuses to synchronise (it has lost ZooKeeper) may do so this long.
constexpr auto kRefusesFor = 10s;

Error too_slow_to_synchronise(const std::string& table, std::string_view said) {
  return Error{Code::unavailable,
               fmt::format("The replicas of {} do not hold the same rows yet: {}", table, said),
               "Look at the servers' and ZooKeeper's logs, then try again.",
               fmt::format("表 {} 的各副本数据尚未一致：{}", table, said),
               "请检查服务器和 ZooKeeper 的日志后重试。"};
}

Error is_behind(const std::string& url) {
  return Error{
      Code::unavailable,
      fmt::format("The server {} answers, but lacks what was written while it did not", url),
      "Look at its log and at ZooKeeper's, or stop the server; then try again.",
      fmt::format("服务器 {} 已恢复应答，但缺少其中断期间写入的内容", url),
      "请检查该服务器和 ZooKeeper 的日志，或停止该服务器后重试。"};
}

Statement reads(std::string text) {
  return Statement{.text = std::move(text),
                   .settings = {{"default_format", "TabSeparated"}, {"readonly", "2"}}};
}

}  // namespace

Synchroniser::Synchroniser(Replicas& replicas, std::string database)
    : replicas_(replicas), database_(std::move(database)), behind_(replicas.all().size()) {}

std::string Synchroniser::of_database() const {
  return " WHERE database = " + text_literal(database_);
}

/// SYSTEM SYNC REPLICA waits for merges too, so it is asked with a short limit. After that the
/// server says whether it has read the log to its end (a busy one may not have), and the queue
/// whether anything but merges is left.
Result<Synchroniser::Has> Synchroniser::replica(std::size_t replica, const std::string& table,
                                                std::chrono::seconds within) {
  const Statement sync{.text = "SYSTEM SYNC REPLICA " + database_ + "." + table + "_l",
                       .settings = {{"receive_timeout", "2"}}};
  const std::string of_table = of_database() + " AND table = " + text_literal(table + "_l");
  const Statement read =
      reads("SELECT toUInt8(log_pointer > log_max_index) FROM system.replicas" + of_table);
  const Statement left = reads("SELECT count() FROM system.replication_queue" + of_table +
                               " AND type != 'MERGE_PARTS'");
  const auto begin = Clock::now();
  while (true) {
    Reply reply = replicas_.ask(replica, sync);
    if (reply.good()) {
      return Has::all;
    }
    if (reply.kind != HttpAnswer::Kind::answered && !replicas_.is_reachable(replica)) {
      return Has::not_yet;
    }
    const bool late = reply.code == kServerTimeout || reply.kind != HttpAnswer::Kind::answered;
    // Only an attempt that came to its limit has read the log before it waited.
    if (reply.code == kServerTimeout) {
      const Reply has_read = replicas_.ask(replica, read);
      reply = replicas_.ask(replica, left);
      if (has_read.good() && has_read.body.starts_with("1\n") && reply.good() &&
          reply.body.starts_with("0\n")) {
        return Has::all;
      }
    }
    const auto waited = Clock::now() - begin;
    if (waited > within) {
      return too_slow_to_synchronise(table, reply.body);
    }
    if (!late && waited > kRefusesFor) {
      return Has::not_yet;
    }
    std::this_thread::sleep_for(50ms);
  }
}

Status Synchroniser::all(const std::string& table) {
  for (std::size_t replica = 0; replica < behind_.size(); ++replica) {
    if (!replicas_.is_reachable(replica)) {
      mark_behind(replica);
      continue;
    }
    TRY(const Has has, this->replica(replica, table));
    if (has == Has::not_yet) {
      mark_behind(replica);
    }
  }
  return {};
}

void Synchroniser::mark_unsure() {
  const Statement waiting = reads("SELECT count() FROM system.replication_queue" + of_database() +
                                  " AND type != 'MERGE_PARTS'");
  for (std::size_t replica = 0; replica < behind_.size(); ++replica) {
    if (!replicas_.ask(replica, waiting).body.starts_with("0\n")) {
      mark_behind(replica);
    }
  }
}

Result<std::uint64_t> Synchroniser::catch_up() {
  for (std::size_t replica = 0; replica < behind_.size(); ++replica) {
    if (behind_[replica] > 0 && answers(replica)) {
      TRY(catch_up(replica));
    }
  }
  return caught_up_.load();
}

bool Synchroniser::answers(std::size_t replica) {
  return replicas_.ask(replica, {.text = "SELECT 1", .limits = {.seconds = 2}, .grace_seconds = 0})
      .good();
}

/// Done when it has, or has fallen again.
Status Synchroniser::catch_up(std::size_t replica) {
  const auto end = Clock::now() + replicas_.patience();
  while (true) {
    std::uint64_t marks = behind_[replica];
    TRY(const bool has_all, has_everything(replica));
    if (has_all) {
      // Counted first: whoever sees the marks gone sees the number too. One that came meanwhile
      // stays.
      ++caught_up_;
      if (behind_[replica].compare_exchange_strong(marks, 0)) {
        return {};
      }
    }
    if (!answers(replica)) {
      return {};
    }
    if (Clock::now() > end) {
      return is_behind(replicas_.all()[replica].url);
    }
    std::this_thread::sleep_for(100ms);
  }
}

/// Has it carried out the changes of tables that the others have, and all that was written?
Result<bool> Synchroniser::has_everything(std::size_t replica) {
  const auto own = tables_of(replica);
  if (!own) {
    return false;
  }
  for (const std::size_t other : replicas_.reachable()) {
    if (other != replica && tables_of(other) != own) {
      return false;
    }
  }
  const auto within = std::chrono::duration_cast<std::chrono::seconds>(replicas_.patience());
  for (const std::string& table : *own) {
    TRY(const Has has, this->replica(replica, table.substr(0, table.find("_l\t")), within));
    if (has == Has::not_yet) {
      return false;
    }
  }
  return true;
}

/// Each with what tells one that was made anew from the last one of its name; nothing if the
/// server does not say.
std::optional<std::vector<std::string>> Synchroniser::tables_of(std::size_t replica) {
  const Reply reply = replicas_.ask(
      replica, reads("SELECT table, splitByChar('/', zookeeper_path)[-1] FROM system.replicas" +
                     of_database() + " AND endsWith(table, '_l') ORDER BY table"));
  if (!reply.good()) {
    return std::nullopt;
  }
  std::vector<std::string> tables;
  std::string_view rest = reply.body;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find('\n'), rest.size() - 1);
    tables.emplace_back(rest.substr(0, end));
    rest.remove_prefix(end + 1);
  }
  return tables;
}

}  // namespace huitou::engine
