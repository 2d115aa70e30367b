// The engine as a ClickHouse cluster, over HTTP. What makes the answers right:
//
// - Whole or not at all. `wait_end_of_query=1` makes the server finish before it answers; without
// it
//   an error in the middle of a query is text inside a body that bears status 200. A shard without
//   a replica is an error (`skip_unavailable_shards=0`), and so is one whose replicas are all
//   behind.
// - Any replica will do. A read goes on to another server when the first, or one behind it, falls.
// - Written once. Blocks bear a number of their own, so that a repeated write is dropped by the
//   servers and an equal block is not (cluster_tables.h). INSERT ... SELECT is never repeated.
// - Seen at once. A write ends when every replica that can be reached holds the rows; one that
//   could not is waited for when it answers again (cluster_sync.h).
// - Joins between tables that are spread differently are right: `distributed_product_mode=global`
//   sends the right side to all shards.

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cmath>
#include <map>
#include <mutex>
#include <thread>
#include <utility>

#include "engine/cluster_replicas.h"
#include "engine/cluster_tables.h"
#include "engine/ddl.h"
#include "engine/engine.h"
#include "engine/failure.h"
#include "engine/literal.h"
#include "engine/native.h"

namespace huitou::engine {
namespace {

/// Blocks are sent when they are this large together.
constexpr std::size_t kSendBytes = std::size_t{32} << 20;
constexpr double kInsertSeconds = 600;
constexpr double kCancelSeconds = 30;

Settings common_settings(const ClusterOptions& options) {
  const auto connect_ms = static_cast<long>(std::ceil(options.connect_seconds * 1000));
  return Settings{{"connect_timeout_with_failover_ms", std::to_string(connect_ms)},
                  {"distributed_product_mode", "global"},
                  {"enable_http_compression", "1"},
                  {"fallback_to_stale_replicas_for_distributed_queries", "0"},
                  {"http_zlib_compression_level", "1"},
                  {"max_replica_delay_for_distributed_queries", "1"},
                  {"skip_unavailable_shards", "0"}};
}

void add_limits(Settings& settings, const Limits& limits) {
  settings["max_execution_time"] =
      std::to_string(std::lround(std::max(1.0, std::ceil(limits.seconds))));
  settings["max_memory_usage"] = std::to_string(limits.memory_bytes);
  settings["max_bytes_before_external_group_by"] = std::to_string(limits.memory_bytes / 2);
  if (limits.threads > 0) {
    settings["max_threads"] = std::to_string(limits.threads);
  }
}

/// Which of our queries run, so that one that is cancelled is not put to the next replica.
class Running {
 public:
  class Entry {
   public:
    Entry(Running& running, std::string id) : running_(running), id_(std::move(id)) {
      const std::lock_guard lock(running_.mutex_);
      running_.entries_.emplace(id_, this);
    }
    ~Entry() {
      const std::lock_guard lock(running_.mutex_);
      auto [first, last] = running_.entries_.equal_range(id_);
      for (; first != last; ++first) {
        if (first->second == this) {
          running_.entries_.erase(first);
          return;
        }
      }
    }
    Entry(const Entry&) = delete;
    Entry& operator=(const Entry&) = delete;
    std::atomic<bool> cancelled{false};

   private:
    Running& running_;
    std::string id_;
  };

  void cancel(const std::string& id) {
    const std::lock_guard lock(mutex_);
    auto [first, last] = entries_.equal_range(id);
    for (; first != last; ++first) {
      first->second->cancelled = true;
    }
  }

 private:
  std::mutex mutex_;
  std::multimap<std::string, Entry*> entries_;
};

/// The table that an INSERT INTO writes to.
Result<std::string> target_of(std::string_view text) {
  constexpr std::string_view kInto = "INSERT INTO ";
  const auto at = text.find(kInto);
  if (at == std::string_view::npos) {
    return Error{Code::invalid_input, "The statement is no INSERT INTO ... SELECT",
                 "Use `query` for questions and the other members for tables.",
                 "该语句不是 INSERT INTO ... SELECT", "查询请用 query，表操作请用其他成员。"};
  }
  text.remove_prefix(at + kInto.size());
  std::string table(text.substr(0, text.find_first_of(" (\n")));
  TRY(check_name(table));
  return table;
}

Error server_came_back() {
  return Error{Code::unavailable,
               "A server came back while rows were derived, and may have lacked some of them",
               "Do it again; all servers have caught up.",
               "派生数据期间有服务器恢复，其数据当时可能不完整", "请重试；所有服务器现已同步。"};
}

/// What an inserter needs of the engine.
struct Target {
  Replicas& replicas;
  Synchroniser& synchroniser;
  Settings settings;
  std::string table;
  std::string database;
};

class ClusterInserter final : public Inserter {
 public:
  ClusterInserter(Target target, std::vector<TableColumn> columns)
      : Inserter(columns), target_(std::move(target)), columns_(std::move(columns)) {
    columns_.push_back(insert_column());
  }

  Status begin() {
    TRY(const std::string names, column_names(columns_));
    text_ = "INSERT INTO " + target_.database + "." + target_.table + "_w (" + names +
            ") FORMAT Native";
    return {};
  }

  using Inserter::write;
  Status write(Block block) override {
    if (block.rows() == 0) {
      return {};
    }
    TRY(block.add_column(columns_.back(), static_cast<std::int64_t>(random_number() >> 1U)));
    waiting_ += block.native();
    return waiting_.size() >= kSendBytes ? send() : Status{};
  }

  Status finish() override {
    TRY(send());
    return target_.synchroniser.all(target_.table);
  }

 private:
  Status send() {
    if (waiting_.empty()) {
      return {};
    }
    Statement statement{.text = text_, .settings = target_.settings, .data = gzip(waiting_)};
    statement.limits.seconds = kInsertSeconds;
    waiting_.clear();
    TRY(target_.synchroniser.catch_up());
    TRY(target_.replicas.any(statement));
    return {};
  }

  Target target_;
  std::vector<TableColumn> columns_;
  std::string text_;
  std::string waiting_;
};

class Cluster final : public Engine {
 public:
  explicit Cluster(const ClusterOptions& options)
      : settings_(common_settings(options)),
        database_(options.database),
        replicas_(options),
        synchroniser_(replicas_, options.database),
        tables_(replicas_, synchroniser_, options) {}

  /// Notes which servers may lack what other processes wrote.
  void look() { synchroniser_.mark_unsure(); }

  Result<Frame> query(const Query& query) override {
    TRY(const std::string bytes, select(query));
    Frame frame;
    TRY(read_native(bytes, frame));
    if (frame.columns.empty()) {
      TRY(frame, header(query));
    }
    if (frame.rows() > query.limits.result_rows) {
      return too_many_rows(query.limits);
    }
    return frame;
  }

  Status stream(const Query& query, const std::function<Status(const Frame&)>& take) override {
    TRY(const std::string bytes, select(query));
    std::string_view rest = bytes;
    std::uint64_t rows = 0;
    while (!rest.empty()) {
      Frame batch;
      TRY(const std::size_t size, read_native_block(rest, batch));
      rest.remove_prefix(size);
      rows += batch.rows();
      if (rows > query.limits.result_rows) {
        return too_many_rows(query.limits);
      }
      if (batch.rows() > 0) {
        TRY(take(batch));
      }
    }
    return {};
  }

  Status execute(const Query& query) override {
    TRY(std::string text, render(query.text, query.params));
    TRY(const std::string table, target_of(text));
    const Running::Entry entry(running_, query.id);
    Statement statement{.text = std::move(text), .settings = write_settings(), .repeatable = false};
    // Rows that are equal to those of an earlier statement are meant.
    statement.settings["insert_deduplicate"] = "0";
    statement.id = query.id;
    add_limits(statement.settings, query.limits);
    statement.limits = query.limits;
    statement.cancelled = &entry.cancelled;
    TRY(const std::uint64_t before, synchroniser_.catch_up());
    TRY(replicas_.any(statement));
    TRY(const std::uint64_t after, synchroniser_.catch_up());
    if (after != before) {
      return server_came_back();
    }
    return synchroniser_.all(table);
  }

  Result<std::unique_ptr<Inserter>> insert(const std::string& table,
                                           std::vector<TableColumn> columns,
                                           Blocks /*blocks*/) override {
    TRY(check_name(table));
    Target target{replicas_, synchroniser_, write_settings(), table, database_};
    auto inserter = std::make_unique<ClusterInserter>(std::move(target), std::move(columns));
    TRY(inserter->begin());
    return std::unique_ptr<Inserter>(std::move(inserter));
  }

  /// Its servers decide when they sync; each row is on two of them.
  Status settle() override { return {}; }
  Status cancel(const std::string& id) override;
  Result<Health> health() override;

  Status create_table(const TableSpec& spec) override { return tables_.create(spec); }
  Status drop_table(const std::string& name) override { return tables_.drop(name); }
  Status truncate_table(const std::string& name) override { return tables_.truncate(name); }
  Result<std::vector<std::string>> tables() override { return tables_.names(); }
  Result<TableColumns> columns() override { return tables_.columns(); }
  Status replace_partitions(const std::string& table, const std::string& staging,
                            const std::vector<std::string>& partitions) override {
    return tables_.replace_partitions(table, staging, partitions);
  }
  Result<PartitionNames> partition_names(const std::string& table) override {
    return tables_.partition_names(table);
  }

 private:
  Settings write_settings() const {
    Settings settings = settings_;
    settings["insert_distributed_sync"] = "1";
    settings["load_balancing"] = "in_order";
    return settings;
  }

  Statement read_statement(const Query& query, std::string text) const {
    Statement statement{
        .text = std::move(text), .settings = settings_, .id = query.id, .limits = query.limits};
    statement.settings["default_format"] = "Native";
    statement.settings["readonly"] = "2";
    statement.settings["wait_end_of_query"] = "1";
    statement.settings["buffer_size"] = "1048576";
    // A healthy server tells of its progress all the time; one that is silent has fallen.
    statement.settings["receive_timeout"] = "10";
    add_limits(statement.settings, query.limits);
    return statement;
  }

  Result<std::string> select(const Query& query) {
    TRY(std::string text, render(query.text, query.params));
    const Running::Entry entry(running_, query.id);
    Statement statement = read_statement(query, std::move(text));
    statement.settings["max_result_rows"] = std::to_string(query.limits.result_rows);
    statement.settings["result_overflow_mode"] = "throw";
    statement.cancelled = &entry.cancelled;
    TRY(std::uint64_t before, synchroniser_.catch_up());
    while (true) {
      TRY(std::string bytes, replicas_.any(statement));
      TRY(const std::uint64_t after, synchroniser_.catch_up());
      if (after == before) {
        return bytes;
      }
      before = after;
    }
  }

  /// The columns of a result without rows: Native says nothing of them.
  Result<Frame> header(const Query& query) {
    TRY(const std::string text, render(query.text, query.params));
    TRY(const std::string bytes,
        replicas_.any(read_statement(query, "DESCRIBE TABLE (\n" + text + "\n)")));
    Frame description;
    TRY(read_native(bytes, description));
    Frame frame;
    for (std::size_t row = 0; row < description.rows(); ++row) {
      TRY(Column column, column_for(std::string(description.at("name").texts().at(row)),
                                    description.at("type").texts().at(row)));
      frame.columns.push_back(std::move(column));
    }
    return frame;
  }

  Settings settings_;
  std::string database_;
  Replicas replicas_;
  Synchroniser synchroniser_;
  ClusterTables tables_;
  Running running_;
};

Status Cluster::cancel(const std::string& id) {
  CHECK(!id.empty());
  running_.cancel(id);
  const std::string wanted = "startsWith(query_id, " + text_literal(id_prefix(id)) + ")";
  const auto end = std::chrono::steady_clock::now() + std::chrono::duration<double>(kCancelSeconds);
  for (const std::size_t replica : replicas_.reachable()) {
    while (true) {
      const Reply kill = replicas_.ask(replica, {.text = "KILL QUERY WHERE " + wanted + " ASYNC"});
      const Reply left =
          replicas_.ask(replica, {.text = "SELECT count() FROM system.processes WHERE " + wanted});
      if (!left.good() || left.body.starts_with("0\n")) {
        break;
      }
      if (std::chrono::steady_clock::now() > end) {
        return cluster_unavailable("a query does not end");
      }
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
  }
  return {};
}

Result<Health> Cluster::health() {
  const std::vector<std::size_t> up = replicas_.reachable();
  if (up.empty()) {
    return cluster_unavailable("no server answers");
  }
  const Reply version = replicas_.ask(up.front(), {.text = "SELECT version()"});
  return Health{"cluster", version.good() ? version.body.substr(0, version.body.find('\n')) : "",
                up.size(), replicas_.all().size()};
}

Status check_options(const ClusterOptions& options) {
  TRY(check_name(options.name));
  TRY(check_name(options.database));
  bool complete = !options.shards.empty();
  for (const std::vector<std::string>& replicas : options.shards) {
    complete = complete && !replicas.empty();
  }
  if (complete) {
    return {};
  }
  return Error{Code::invalid_input, "The cluster has no servers, or a shard of it has none",
               "Name the HTTP address of every replica of every shard.",
               "集群或其中某个分片没有服务器", "请列出每个分片每个副本的 HTTP 地址。"};
}

}  // namespace

Result<std::unique_ptr<Engine>> open_cluster(const ClusterOptions& options) {
  TRY(check_options(options));
  auto cluster = std::make_unique<Cluster>(options);
  TRY(cluster->health());
  cluster->look();
  return std::unique_ptr<Engine>(std::move(cluster));
}

}  // namespace huitou::engine
