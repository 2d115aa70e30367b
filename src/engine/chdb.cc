// chDB: ClickHouse inside this process.
//
// Answers come as a stream of Native blocks, rows go in as Native blocks: the same bytes, and so
// the same types, as with the cluster. (An Arrow stream would also do, but carries a DateTime as a
// bare number and would need a second reader.) Limits and the query's id are set on the connection
// before the statement and only when they differ from what it has: a SETTINGS clause inside the
// text has a different place in SELECT, UNION and INSERT.

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <thread>
#include <utility>

#include "engine/chdb_api.h"
#include "engine/chdb_lock.h"
#include "engine/chdb_pool.h"
#include "engine/chdb_swap.h"
#include "engine/ddl.h"
#include "engine/engine.h"
#include "engine/literal.h"
#include "engine/native.h"

namespace huitou::engine {
namespace {

// Limits of our own statements: loading may take long, the others should not.
constexpr Limits kInsertLimits{.seconds = 6 * 3600.0};
constexpr Limits kTableLimits{.seconds = 600.0};
constexpr double kCancelSeconds = 10;
// The engine sorts what it collects, and holds it several times over while it does.
constexpr std::string_view kJoinedSettings = " SETTINGS min_insert_block_size_rows = 500000";
constexpr std::string_view kAsGivenSettings =
    " SETTINGS min_insert_block_size_rows = 0, min_insert_block_size_bytes = 0";
// Few files, and no work on what is dropped soon: no merges, no statistics. What a loss of power
// damages must not keep the engine from starting.
constexpr std::string_view kScratchSettings =
    " SETTINGS min_bytes_for_wide_part = 1073741824, auto_statistics_types = '', "
    "max_bytes_to_merge_at_max_space_in_pool = 1, max_bytes_to_merge_at_min_space_in_pool = 1, "
    "parts_to_delay_insert = 100000, parts_to_throw_insert = 100000, "
    "max_suspicious_broken_parts = 100000, max_suspicious_broken_parts_bytes = 1000000000000000";

class ChdbInserter : public Inserter {
 public:
  ChdbInserter(Lease lease, ChdbInsert* insert, std::vector<TableColumn> columns)
      : Inserter(std::move(columns)), lease_(std::move(lease)), insert_(insert) {}

  ~ChdbInserter() override {
    if (!finished_) {
      lease_->set_broken();
    }
    lease_->end_insert(insert_);
  }
  ChdbInserter(const ChdbInserter&) = delete;
  ChdbInserter& operator=(const ChdbInserter&) = delete;

  Status began() { return lease_->check_insert(insert_); }

  using Inserter::write;
  Status write(Block block) override {
    CHECK(!finished_);
    if (block.rows() == 0) {
      return {};
    }
    const std::string bytes = block.native();
    block.clear();
    return lease_->append(insert_, bytes);
  }

  Status finish() override {
    CHECK(!finished_);
    TRY(lease_->finish_insert(insert_));
    finished_ = true;
    return {};
  }

 private:
  Lease lease_;
  ChdbInsert* insert_;
  bool finished_ = false;
};

class ChdbEngine : public Engine {
 public:
  ChdbEngine(const ChdbApi& api, std::vector<std::string> arguments, int connections,
             std::string path)
      : pool_(api, std::move(arguments), connections), path_(std::move(path)) {}

  ~ChdbEngine() override { end_process_before_library(); }

  /// One connection is kept open, unused: with the last one the library would shut the engine down.
  bool start() {
    anchor_ = pool_.connect();
    return anchor_ != nullptr;
  }

  Result<Frame> query(const Query& query) override {
    Frame frame;
    TRY(read(query, frame, [](Frame&) -> Status { return {}; }));
    return frame;
  }

  Status stream(const Query& query, const std::function<Status(const Frame&)>& take) override {
    Frame batch;
    bool any = false;
    TRY(read(query, batch, [&](Frame& read_so_far) -> Status {
      if (read_so_far.rows() == 0) {
        return {};
      }
      any = true;
      return take(std::exchange(read_so_far, Frame{}));
    }));
    return any ? Status() : take(batch);
  }

  Status execute(const Query& query) override {
    TRY(const std::string text, render(query.text, query.params));
    TRY(Lease lease, acquire(query.limits, query.id));
    TRY(lease->run(text));
    return {};
  }

  Result<std::unique_ptr<Inserter>> insert(const std::string& table,
                                           std::vector<TableColumn> columns,
                                           Blocks blocks) override {
    TRY(check_name(table));
    TRY(const std::string names, column_names(columns));
    TRY(Lease lease, acquire(kInsertLimits, ""));
    std::string text = "INSERT INTO " + table + " (" + names + ")";
    text += blocks == Blocks::joined ? kJoinedSettings : kAsGivenSettings;
    ChdbInsert* insert = lease->begin_insert(text);
    auto inserter = std::make_unique<ChdbInserter>(std::move(lease), insert, std::move(columns));
    TRY(inserter->began());
    return std::unique_ptr<Inserter>(std::move(inserter));
  }

  Status settle() override;
  Status cancel(const std::string& id) override;
  Result<Health> health() override;
  Status create_table(const TableSpec& spec) override;
  Status drop_table(const std::string& name) override {
    TRY(check_name(name));
    return statement("DROP TABLE IF EXISTS " + name + " SYNC");
  }
  Status truncate_table(const std::string& name) override {
    TRY(check_name(name));
    return statement("TRUNCATE TABLE " + name);
  }
  Result<std::vector<std::string>> tables() override;
  Result<TableColumns> columns() override;
  Status replace_partitions(const std::string& table, const std::string& staging,
                            const std::vector<std::string>& partitions) override;
  Result<PartitionNames> partition_names(const std::string& table) override {
    TRY(const Frame frame, query(parts_query({"currentDatabase()", table, "hash_of_all_files"})));
    return read_parts(frame);
  }
  /// Ends the swaps in whose middle the process before was killed.
  Status finish_swaps();

 private:
  Status swap_in(const Swap& swap);
  Result<Lease> acquire(const Limits& limits, const std::string& id) {
    note_use_of_library();
    TRY(Lease lease, pool_.acquire(limits.seconds));
    TRY(lease->prepare(limits, id));
    return lease;
  }

  /// Reads the answer's pieces into `frame` and calls `after` each; the columns are there at the
  /// end even if no row was.
  Status read(const Query& query, Frame& frame, const std::function<Status(Frame&)>& after) {
    TRY(const std::string text, render(query.text, query.params));
    TRY(Lease lease, acquire(query.limits, query.id));
    bool any = false;
    TRY(lease->stream(text, [&](std::string_view bytes) -> Status {
      any = true;
      TRY(read_native(bytes, frame));
      return after(frame);
    }));
    if (!any) {
      TRY(frame, header_of(lease, text));
    }
    return {};
  }

  /// A result without rows comes without names, so they are asked for.
  static Result<Frame> header_of(Lease& lease, const std::string& text) {
    TRY(const std::string bytes, lease->run("DESCRIBE TABLE (" + text + "\n)"));
    Frame described;
    TRY(read_native(bytes, described));
    Frame header;
    for (std::size_t row = 0; row < described.rows(); ++row) {
      TRY(Column column, column_for(described.text("name", row).value_or(""),
                                    described.text("type", row).value_or("")));
      header.columns.push_back(std::move(column));
    }
    return header;
  }

  Status statement(const std::string& text) {
    TRY(Lease lease, acquire(kTableLimits, ""));
    TRY(lease->run(text));
    return {};
  }

  Pool pool_;
  std::string path_;  // empty: in memory
  std::unique_ptr<Connection> anchor_;
};

// KILL QUERY ... SYNC hangs in this engine, so we ask without waiting and look until they are gone.
// The connection is one of its own: all others may be busy with what is to be stopped.
Status ChdbEngine::cancel(const std::string& id) {
  if (id.empty()) {
    return Error{Code::invalid_input, "A query without id cannot be cancelled",
                 "Give the query an id.", "没有编号的查询无法取消", "请为查询指定编号。"};
  }
  const std::unique_ptr<Connection> control = pool_.connect();
  if (control == nullptr) {
    return Error{Code::unavailable, "The engine refused the connection that cancels queries",
                 "Try again.", "引擎拒绝了用于取消查询的连接", "请重试。"};
  }
  const std::string named = " WHERE Settings['log_comment'] = " + text_literal(id);
  const auto until =
      std::chrono::steady_clock::now() + std::chrono::duration<double>(kCancelSeconds);
  while (std::chrono::steady_clock::now() < until) {
    TRY(control->run("KILL QUERY" + named + " ASYNC"));
    TRY(const std::string bytes, control->run("SELECT query_id FROM system.processes" + named));
    if (bytes.empty()) {
      return {};
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  return Error{Code::unavailable,
               fmt::format("Query {} still runs {:g} s after it was cancelled", id, kCancelSeconds),
               "Wait a little and look again.",
               fmt::format("查询 {} 在取消 {:g} 秒后仍在运行", id, kCancelSeconds),
               "请稍候再查看。"};
}

// The engine can only sync part by part as it writes them, which costs more than one sync of all.
Status ChdbEngine::settle() {
  if (path_.empty()) {
    return {};
  }
  const int folder = open(path_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  const bool synced = folder >= 0 && syncfs(folder) == 0;
  if (folder >= 0) {
    close(folder);
  }
  return synced ? Status()
                : Status(Error{Code::unavailable,
                               "The disk under " + path_ + " did not take what was written",
                               "Check the disk and do it again.", path_ + " 所在磁盘未能写入数据",
                               "请检查磁盘后重试。"});
}

Result<Health> ChdbEngine::health() {
  TRY(const Frame frame, query({.text = "SELECT version() AS version", .limits = {.seconds = 5}}));
  return Health{.kind = "chdb", .version = frame.text("version", 0).value_or("")};
}

Status ChdbEngine::create_table(const TableSpec& spec) {
  TRY(check_name(spec.name));
  TRY(const std::string columns, column_definitions(spec.columns));
  std::string text =
      "CREATE TABLE IF NOT EXISTS " + spec.name + " (" + columns + ") ENGINE = MergeTree";
  if (!spec.partition_by.empty()) {
    text += " PARTITION BY " + spec.partition_by;
  }
  text += " ORDER BY " + (spec.order_by.empty() ? "tuple()" : "(" + spec.order_by + ")");
  if (spec.scratch) {
    text += kScratchSettings;
  } else if (!path_.empty()) {
    text += " SETTINGS fsync_after_insert = 1, fsync_part_directory = 1";
  }
  return statement(text);
}

Result<std::vector<std::string>> ChdbEngine::tables() {
  TRY(const Frame frame,
      query(
          {.text =
               "SELECT name FROM system.tables WHERE database = currentDatabase() ORDER BY name"}));
  std::vector<std::string> names;
  for (std::size_t row = 0; row < frame.rows(); ++row) {
    names.emplace_back(frame.columns[0].texts().at(row));
  }
  return names;
}

Result<TableColumns> ChdbEngine::columns() {
  TRY(const Frame frame,
      query({.text = "SELECT table, name, type FROM system.columns "
                     "WHERE database = currentDatabase() ORDER BY table, position"}));
  return columns_by_table(frame);
}

Status ChdbEngine::replace_partitions(const std::string& table, const std::string& staging,
                                      const std::vector<std::string>& partitions) {
  TRY(check_name(table));
  TRY(check_name(staging));
  for (const std::string& partition : partitions) {
    TRY(check_partition(partition));
  }
  const Swap swap{table, staging, partitions};
  if (path_.empty()) {
    return swap_in(swap);
  }
  TRY(note_swap(path_, swap));
  const Status swapped = swap_in(swap);
  forget_swap(path_, swap);
  return swapped;
}

Status ChdbEngine::finish_swaps() {
  TRY(const std::vector<std::string> there, tables());
  for (const Swap& swap : noted_swaps(path_)) {
    if (std::find(there.begin(), there.end(), swap.staging) != there.end()) {
      TRY(swap_in(swap));
    }
    forget_swap(path_, swap);
  }
  return {};
}

Status ChdbEngine::swap_in(const Swap& swap) {
  TRY(const Frame frame,
      query(
          {.text =
               "SELECT DISTINCT partition_id FROM system.parts WHERE database = currentDatabase() "
               "AND table = {table:String} AND active AND rows > 0",
           .params = {{"table", swap.staging}}}));
  const TextColumn& held = frame.columns[0].texts();
  for (const std::string& partition : swap.partitions) {
    bool in_staging = false;
    for (std::size_t row = 0; row < held.size(); ++row) {
      in_staging = in_staging || held.at(row) == partition;
    }
    const std::string named = " PARTITION ID " + text_literal(partition);
    TRY(statement("ALTER TABLE " + swap.table + (in_staging ? " REPLACE" : " DROP") + named +
                  (in_staging ? " FROM " + swap.staging : "")));
  }
  return {};
}

}  // namespace

Result<std::unique_ptr<Engine>> open_chdb(const ChdbOptions& options) {
  TRY(const ChdbApi api, load_chdb());
  std::vector<std::string> arguments{
      "huitou", "--session_timezone=UTC",
      fmt::format("--max_server_memory_usage={}", options.memory_bytes)};
  std::filesystem::path whole;
  if (!options.path.empty()) {
    // chDB takes parts of a relative path twice, so it is given a whole one.
    std::error_code failed;
    whole = std::filesystem::absolute(options.path, failed).lexically_normal();
    whole = whole.has_filename() ? whole : whole.parent_path();
    std::filesystem::create_directories(whole, failed);
    if (failed) {
      return cannot_open(options.path);
    }
    arguments.push_back("--path=" + whole.string());
  }
  const int cores = static_cast<int>(std::thread::hardware_concurrency());
  const int connections = options.connections > 0 ? options.connections : std::max(4, 2 * cores);
  auto engine =
      std::make_unique<ChdbEngine>(api, std::move(arguments), connections, whole.string());
  if (!engine->start()) {
    return cannot_open(options.path);
  }
  if (!options.path.empty()) {
    TRY(engine->finish_swaps());
  }
  return std::unique_ptr<Engine>(std::move(engine));
}

void keep_open(std::shared_ptr<Engine> engine) {
  static auto& kept = *new std::vector<std::shared_ptr<Engine>>();  // never destroyed
  kept.push_back(std::move(engine));
}

}  // namespace huitou::engine
