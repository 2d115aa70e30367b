#include "engine/cluster_tables.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <thread>
#include <utility>

#include "engine/ddl.h"
#include "engine/failure.h"
#include "engine/literal.h"

namespace huitou::engine {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

constexpr int kServerTimeout = 159;
/// Servers that are up carry out a change of tables within this time.
constexpr int kChangeSeconds = 60;
constexpr double kReplaceSeconds = 600;
/// Replicas that are up have each other's rows within this time.
constexpr auto kSynchroniseWithin = 300s;
/// A replica that answers but refuses to synchronise (it has lost ZooKeeper) may do so this long.
constexpr auto kRefusesFor = 10s;

Status check_table_name(const TableSpec& spec) {
  TRY(check_name(spec.name));
  if (spec.name.ends_with("_l") || spec.name.ends_with("_w")) {
    return Error{Code::invalid_input, "'" + spec.name + "' ends with _l or _w",
                 "These ends belong to the cluster's own tables; choose another name.",
                 "“" + spec.name + "”以 _l 或 _w 结尾",
                 "这些结尾由集群自身的表使用；请换一个名称。"};
  }
  return {};
}

Error change_is_late(const std::string& table) {
  return Error{
      Code::unavailable,
      fmt::format("Not every server changed the table {} within {} s", table, kChangeSeconds),
      "Look at the servers' logs, then try again: the change can be repeated.",
      fmt::format("并非所有服务器都在 {1} 秒内更改了表 {0}", table, kChangeSeconds),
      "请检查服务器日志后重试：该操作可以重复执行。"};
}

Error too_slow_to_synchronise(const std::string& table, std::string_view said) {
  return Error{Code::unavailable,
               fmt::format("The replicas of {} do not hold the same rows yet: {}", table, said),
               "Look at the servers' and ZooKeeper's logs, then try again.",
               fmt::format("表 {} 的各副本数据尚未一致：{}", table, said),
               "请检查服务器和 ZooKeeper 的日志后重试。"};
}

Result<Frame> read(Result<std::string> bytes) {
  TRY(const std::string block, std::move(bytes));
  Frame frame;
  TRY(read_native(block, frame));
  return frame;
}

Statement select(std::string text) {
  return Statement{.text = std::move(text),
                   .settings = {{"default_format", "Native"}, {"readonly", "2"}}};
}

}  // namespace

TableColumn insert_column() { return TableColumn{"insert_", "UInt64"}; }

ClusterTables::ClusterTables(Replicas& replicas, const ClusterOptions& options)
    : replicas_(replicas), cluster_(options.name), database_(options.database) {}

std::string ClusterTables::full(const std::string& name) const { return database_ + "." + name; }

std::string ClusterTables::on() const { return " ON CLUSTER " + cluster_ + " "; }

Status ClusterTables::create(const TableSpec& spec) {
  TRY(check_table_name(spec));
  // A table made anew must not meet what the last one of its name left behind.
  const std::string incarnation = fmt::format("{:016x}", random_number());
  const std::string order = spec.order_by.empty() ? "tuple()" : spec.order_by;
  TRY(const std::string columns, column_definitions(spec.columns));
  TRY(const std::string inserted, column_definitions({insert_column()}));
  const std::string all_columns = columns + ", " + inserted;
  const std::string local = spec.name + "_l";
  const std::string path =
      "/clickhouse/tables/{shard}/" + database_ + "/" + spec.name + "/" + incarnation;
  const std::string shard_by = spec.shard_by.empty() ? spec.columns.front().name : spec.shard_by;
  const std::string engine = fmt::format(" ENGINE = Distributed({}, {}, {}, cityHash64({}))",
                                         cluster_, database_, local, shard_by);
  TRY(on_cluster(
      {fmt::format("CREATE TABLE IF NOT EXISTS {}{}({} DEFAULT 0) ENGINE = "
                   "ReplicatedMergeTree('{}', '{{replica}}') PARTITION BY ({}) ORDER BY ({})",
                   full(local), on(), all_columns, path,
                   spec.partition_by.empty() ? "tuple()" : spec.partition_by, order),
       local, true}));
  TRY(on_cluster({fmt::format("CREATE TABLE IF NOT EXISTS {}{}({}){}", full(spec.name + "_w"), on(),
                              all_columns, engine),
                  spec.name + "_w", true}));
  return on_cluster(
      {fmt::format("CREATE TABLE IF NOT EXISTS {}{}({}){}", full(spec.name), on(), columns, engine),
       spec.name, true});
}

Status ClusterTables::drop(const std::string& name) {
  TRY(check_name(name));
  for (const std::string& table : {name, name + "_w", name + "_l"}) {
    TRY(on_cluster({"DROP TABLE IF EXISTS " + full(table) + on(), table, false}));
  }
  return {};
}

/// The servers carry out the change one by one from a queue that outlives them: a server that is
/// down does it when it comes back. So we wait for all when all are up, which also tells what went
/// wrong, and for those that are up otherwise.
Status ClusterTables::on_cluster(const Change& change) {
  const bool all_up = replicas_.reachable().size() == replicas_.all().size();
  if (all_up) {
    TRY(const bool is_applied, applied(change));
    if (is_applied) {
      return {};
    }
  }
  const std::string seconds = all_up ? std::to_string(kChangeSeconds) : "0";
  Statement statement{.text = change.text, .settings = {{"distributed_ddl_task_timeout", seconds}}};
  statement.limits.seconds = kChangeSeconds;
  if (all_up) {
    statement.limits.seconds += kChangeSeconds;
  }
  const Result<std::string> done = replicas_.any(statement);
  if (!done.ok() && done.error().code != Code::limit_reached) {
    return done.error();
  }
  if (done.ok() && all_up) {
    return {};
  }
  const auto end = Clock::now() + std::chrono::seconds(kChangeSeconds);
  while (true) {
    TRY(const bool is_applied, applied(change));
    if (is_applied) {
      return {};
    }
    if (Clock::now() > end) {
      return change_is_late(change.table);
    }
    std::this_thread::sleep_for(50ms);
  }
}

/// Is the table there, or gone, on every server that is up?
Result<bool> ClusterTables::applied(const Change& change) {
  const Statement statement{.text = "EXISTS TABLE " + full(change.table),
                            .settings = {{"default_format", "TabSeparated"}}};
  std::vector<bool> shard_up(replicas_.shards(), false);
  for (const std::size_t replica : replicas_.reachable()) {
    const Reply reply = replicas_.ask(replica, statement);
    if (reply.good() && reply.body.starts_with(change.present ? "0" : "1")) {
      return false;
    }
    shard_up[replicas_.all()[replica].shard] = true;
  }
  if (std::find(shard_up.begin(), shard_up.end(), false) != shard_up.end()) {
    return cluster_unavailable("no server of a shard answers");
  }
  return true;
}

Status ClusterTables::on_each_shard(const std::string& text) {
  for (std::size_t shard = 0; shard < replicas_.shards(); ++shard) {
    const Statement statement{.text = text,
                              .settings = {{"replication_alter_partitions_sync", "1"}}};
    TRY(replicas_.any_of_shard(shard, statement));
  }
  return {};
}

Status ClusterTables::truncate(const std::string& name) {
  TRY(check_name(name));
  TRY(on_each_shard("TRUNCATE TABLE " + full(name + "_l")));
  return synchronise(name);
}

Result<std::vector<std::string>> ClusterTables::names() {
  TRY(const Frame frame,
      read(replicas_.any(
          select("SELECT name FROM system.tables WHERE database = " + text_literal(database_) +
                 " AND engine = 'Distributed' AND NOT endsWith(name, '_w')"))));
  std::vector<std::string> names;
  for (std::size_t row = 0; row < frame.rows(); ++row) {
    names.emplace_back(frame.columns[0].texts().at(row));
  }
  std::sort(names.begin(), names.end());
  return names;
}

Result<std::vector<TableColumn>> ClusterTables::columns(const std::string& table) {
  TRY(const Frame frame,
      read(replicas_.any(select("SELECT name, type FROM system.columns WHERE database = " +
                                text_literal(database_) + " AND table = " + text_literal(table)))));
  if (frame.rows() == 0) {
    return Error{Code::not_found, "There is no table '" + table + "'", "Load data first.",
                 "没有名为“" + table + "”的表", "请先加载数据。"};
  }
  std::vector<TableColumn> columns;
  for (std::size_t row = 0; row < frame.rows(); ++row) {
    columns.push_back(TableColumn{std::string(frame.columns[0].texts().at(row)),
                                  std::string(frame.columns[1].texts().at(row))});
  }
  return columns;
}

Status ClusterTables::replace_partitions(const std::string& table, const std::string& staging,
                                         const std::vector<std::string>& partitions) {
  TRY(check_name(table));
  TRY(check_name(staging));
  for (const std::string& partition : partitions) {
    TRY(check_partition(partition));
  }
  for (std::size_t shard = 0; shard < replicas_.shards(); ++shard) {
    TRY(replace_on_shard({table, staging, shard}, partitions));
  }
  return synchronise(table);
}

/// One replica does it and the others follow. It must hold all rows of the staging table: what it
/// lacks would be lost.
Status ClusterTables::replace_on_shard(const Replacement& replacement,
                                       const std::vector<std::string>& partitions) {
  const auto end = Clock::now() + replicas_.patience();
  std::string said;
  do {
    for (const std::size_t replica : replicas_.reachable()) {
      if (replicas_.all()[replica].shard != replacement.shard) {
        continue;
      }
      TRY(const Synchronised synchronised, synchronise_replica(replica, replacement.staging));
      if (synchronised != Synchronised::yes) {
        continue;
      }
      const Reply reply = replace_on(replica, replacement, partitions);
      if (reply.good()) {
        return {};
      }
      if (!reply.another_may_do()) {
        return failure(reply.body, Limits{.seconds = kReplaceSeconds});
      }
      said = reply.body;
    }
    std::this_thread::sleep_for(200ms);
  } while (!said.empty() && Clock::now() < end);
  return cluster_unavailable(said.empty() ? "no replica of a shard holds all rows" : said);
}

Reply ClusterTables::replace_on(std::size_t replica, const Replacement& replacement,
                                const std::vector<std::string>& partitions) {
  Reply reply;
  for (const std::string& partition : partitions) {
    reply = replicas_.ask(replica, {.text = "ALTER TABLE " + full(replacement.table + "_l") +
                                            " REPLACE PARTITION ID " + text_literal(partition) +
                                            " FROM " + full(replacement.staging + "_l"),
                                    .settings = {{"replication_alter_partitions_sync", "1"}},
                                    .limits = {.seconds = kReplaceSeconds}});
    if (!reply.good()) {
      break;
    }
  }
  return reply;
}

Status ClusterTables::synchronise(const std::string& table) {
  for (const std::size_t replica : replicas_.reachable()) {
    TRY(synchronise_replica(replica, table));
  }
  return {};
}

/// SYSTEM SYNC REPLICA waits for merges too, so it is asked with a short limit: what it always does
/// is read the log, and after that the queue tells whether anything but merges is left.
Result<ClusterTables::Synchronised> ClusterTables::synchronise_replica(std::size_t replica,
                                                                       const std::string& table) {
  const Statement sync{.text = "SYSTEM SYNC REPLICA " + full(table + "_l"),
                       .settings = {{"receive_timeout", "2"}}};
  const Statement left{.text = "SELECT count() FROM system.replication_queue WHERE database = " +
                               text_literal(database_) + " AND table = " +
                               text_literal(table + "_l") + " AND type != 'MERGE_PARTS'",
                       .settings = {{"default_format", "TabSeparated"}, {"readonly", "2"}}};
  const auto begin = Clock::now();
  while (true) {
    Reply reply = replicas_.ask(replica, sync);
    if (reply.good()) {
      return Synchronised::yes;
    }
    if (reply.kind != HttpAnswer::Kind::answered) {
      return Synchronised::no;
    }
    const bool read_log = reply.code == kServerTimeout;
    if (read_log) {
      reply = replicas_.ask(replica, left);
      if (reply.good() && reply.body.starts_with("0\n")) {
        return Synchronised::yes;
      }
    }
    const auto waited = Clock::now() - begin;
    if (waited > kSynchroniseWithin) {
      return too_slow_to_synchronise(table, reply.body);
    }
    if (!read_log && waited > kRefusesFor) {
      return Synchronised::no;
    }
    std::this_thread::sleep_for(50ms);
  }
}

}  // namespace huitou::engine
