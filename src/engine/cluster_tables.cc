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

/// Servers that are up carry out a change of tables within this time.
constexpr int kChangeSeconds = 60;
constexpr double kReplaceSeconds = 600;

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

ClusterTables::ClusterTables(Replicas& replicas, Synchroniser& synchroniser,
                             const ClusterOptions& options)
    : replicas_(replicas),
      synchroniser_(synchroniser),
      cluster_(options.name),
      database_(options.database) {}

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
/// wrong, and for those that are up otherwise; the rest is behind.
Status ClusterTables::on_cluster(const Change& change) {
  const std::vector<std::size_t> up = replicas_.reachable();
  const bool all_up = up.size() == replicas_.all().size();
  for (std::size_t replica = 0; replica < replicas_.all().size(); ++replica) {
    if (std::find(up.begin(), up.end(), replica) == up.end()) {
      synchroniser_.mark_behind(replica);
    }
  }
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
  return synchroniser_.all(name);
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

Result<TableColumns> ClusterTables::columns() {
  const std::string ours = "database = " + text_literal(database_);
  TRY(const Frame frame,
      read(replicas_.any(select("SELECT table, name, type FROM system.columns WHERE " + ours +
                                " AND table IN (SELECT name FROM system.tables WHERE " + ours +
                                " AND engine = 'Distributed' AND NOT endsWith(name, '_w'))"))));
  return columns_by_table(frame);
}

Status ClusterTables::replace_partitions(const std::string& table, const std::string& staging,
                                         const std::vector<std::string>& partitions) {
  TRY(check_name(table));
  TRY(check_name(staging));
  for (const std::string& partition : partitions) {
    TRY(check_partition(partition));
  }
  TRY(synchroniser_.catch_up());
  for (std::size_t shard = 0; shard < replicas_.shards(); ++shard) {
    TRY(replace_on_shard({table, staging, shard}, partitions));
  }
  return synchroniser_.all(table);
}

/// Replicas merge in their own time: asked another, a shard may give equal rows another name. But
/// what one names, the others must hold too, and one that came back just now may have answered
/// without what it missed.
Result<PartitionNames> ClusterTables::partition_names(const std::string& table) {
  TRY(check_name(table));
  TRY(synchroniser_.all(table));
  // A table made anew has another path; on one path names do not come again.
  const std::string database = text_literal(database_);
  const Query query = parts_query({.database = database,
                                   .table = table + "_l",
                                   .and_what = "(SELECT max(zookeeper_path) FROM system.replicas "
                                               "WHERE database = " +
                                               database + " AND table = {table:String})"});
  TRY(const std::string text, render(query.text, query.params));
  TRY(std::uint64_t before, synchroniser_.catch_up());
  while (true) {
    PartitionNames names;
    for (std::size_t shard = 0; shard < replicas_.shards(); ++shard) {
      TRY(const Frame frame, read(replicas_.any_of_shard(shard, select(text))));
      for (const auto& [partition, held] : read_parts(frame)) {
        names[partition] += fmt::format("{}:{} ", shard, held);
      }
    }
    TRY(const std::uint64_t after, synchroniser_.catch_up());
    if (after == before) {
      return names;
    }
    before = after;
  }
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
      TRY(const Synchroniser::Has has, synchroniser_.replica(replica, replacement.staging));
      if (has == Synchroniser::Has::not_yet) {
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

/// A partition that the staging table lacks on this shard is dropped: the servers' queue loses the
/// replacement by nothing if it meets another one there (18.16 takes an entry without new parts for
/// one that any other covers).
Reply ClusterTables::replace_on(std::size_t replica, const Replacement& replacement,
                                const std::vector<std::string>& partitions) {
  Reply reply = replicas_.ask(
      replica,
      {.text = "SELECT DISTINCT partition_id FROM system.parts WHERE active AND database = " +
               text_literal(database_) + " AND table = " + text_literal(replacement.staging + "_l"),
       .settings = {{"default_format", "TabSeparated"}, {"readonly", "2"}}});
  if (!reply.good()) {
    return reply;
  }
  const std::string staged = "\n" + reply.body;
  for (const std::string& partition : partitions) {
    const bool has_rows = staged.find("\n" + partition + "\n") != std::string::npos;
    const std::string id = " PARTITION ID " + text_literal(partition);
    reply = replicas_.ask(
        replica, {.text = "ALTER TABLE " + full(replacement.table + "_l") +
                          (has_rows ? " REPLACE" + id + " FROM " + full(replacement.staging + "_l")
                                    : " DROP" + id),
                  .settings = {{"replication_alter_partitions_sync", "1"}},
                  .limits = {.seconds = kReplaceSeconds}});
    if (!reply.good()) {
      break;
    }
  }
  return reply;
}

}  // namespace huitou::engine
