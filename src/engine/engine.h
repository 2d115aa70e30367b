#pragma once

// The door to the analytical engine. Two engines stand behind it, and nothing above can tell which:
// chDB in this process (chdb.cc) and a ClickHouse cluster over HTTP (cluster.cc).
//
// Invariants
// - One query text, in the common core of ClickHouse 18.16 and 26.7, gives the same rows on both.
// - Values enter a text only through `{name:Type}` placeholders and the literal renderer
// (literal.h).
// - A query ends with all its rows or with an error; never with a part of them.
// - One chDB path per process, locked; after any error the connection is dropped (stale output).
// - Every query has a time, memory and row limit; meeting one is `limit_reached` and names it.

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/date.h"
#include "base/frame.h"
#include "base/result.h"

namespace huitou::engine {

using TextList = std::vector<std::string>;
using IntegerList = std::vector<std::int64_t>;

/// A value for a placeholder. The placeholder's type decides how it is written, and a value that
/// does not fit the type is `invalid_input`.
using Value =
    std::variant<std::monostate, std::int64_t, double, std::string, Date, TextList, IntegerList>;
using Params = std::map<std::string, Value, std::less<>>;

/// `SELECT {x:UInt8}` with x = 1 becomes `SELECT toUInt8(1)`, the same on both engines.
/// Types: UInt8 UInt32 UInt64 Int64 Float64 Date DateTime (UTC seconds) String Array(String)
/// Array(Int64). After LIMIT and OFFSET (in capitals) and as the last parameter of an aggregate
/// function, `windowFunnel({w:UInt32})(...)`, an integer stands alone, as old servers want it. A
/// list is searched with `has({list:Array(String)}, x)`, not with IN. Values without placeholder
/// are passed over. Errors: invalid_input for a placeholder without value, an unknown type, a value
/// of another type.
Result<std::string> render(std::string_view text, const Params& params);

struct Limits {
  double seconds = 60;
  std::uint64_t memory_bytes = 4ULL << 30;
  std::uint64_t result_rows = 10'000'000;
  int threads = 0;  ///< 0: as many as there are cores
};

/// One statement. `text` has no `;` outside literals.
struct Query {
  std::string text;
  Params params;
  Limits limits{};
  std::string id;  ///< names the running query for `cancel`; may be empty
};

/// How a column of an engine table is typed. `type` is an engine type of the common core:
/// UInt8 UInt32 UInt64 Int32 Int64 Float64 String Date DateTime and Nullable of these.
struct TableColumn {
  std::string name;
  std::string type;
};

/// A table of ours. `partition_by` is an expression ("toYYYYMM(ordered_on)") or empty; rows are
/// kept in the order of `order_by`. On a cluster rows are spread by `shard_by` and replicated. The
/// rows of a `scratch` table are read a few times and dropped: they may be lost with the machine's
/// power, and are not merged.
struct TableSpec {
  std::string name;
  std::vector<TableColumn> columns;
  std::string partition_by;
  std::string order_by;
  std::string shard_by;
  bool scratch = false;
};

/// Rows on their way into a table. Blocks are sent as they come; `finish` ends the insert and only
/// then are all rows in. Destroyed unfinished, the insert is given up: what was sent may or may not
/// be there, which is why loads go to a staging table. Used from one thread; ends before its
/// engine.
class Inserter {
 public:
  virtual ~Inserter() = default;
  /// Columns by position as given to `Engine::insert`; integers outside the type's range, nulls
  /// where the type has none and reals that are no numbers are invalid_input.
  virtual Status write(const Frame& block) = 0;
  virtual Status finish() = 0;
};

struct Health {
  std::string kind;  ///< "chdb" or "cluster"
  std::string version;
  std::uint64_t replicas_up = 1;
  std::uint64_t replicas = 1;
};

/// All members may be called from any thread. Reads are retried where another replica can answer.
/// Errors of all members: engine_failed (with the engine's own text), limit_reached (names the
/// limit and its value), unavailable (a shard or the whole engine cannot be reached), invalid_input
/// (from `render`).
class Engine {
 public:
  virtual ~Engine() = default;

  /// All rows of a SELECT. A result without rows has its columns all the same. A real that is no
  /// number (0 / 0 in the query) comes as null.
  virtual Result<Frame> query(const Query& query) = 0;
  /// The rows of a SELECT in batches, in the order the engine gives them; `take` ends the query by
  /// returning an error, which becomes the result. A result without rows is one batch without rows.
  /// The query's time limit includes the time that `take` needs. On a cluster a batch is given out
  /// only when the whole answer is known to be good.
  virtual Status stream(const Query& query, const std::function<Status(const Frame&)>& take) = 0;
  /// An INSERT ... SELECT. Not retried.
  virtual Status execute(const Query& query) = 0;
  virtual Result<std::unique_ptr<Inserter>> insert(const std::string& table,
                                                   std::vector<TableColumn> columns) = 0;
  /// Stops the queries that run under this id; done when they have ended.
  virtual Status cancel(const std::string& id) = 0;
  virtual Result<Health> health() = 0;

  /// Creates the table where it is missing; an existing one is left as it is.
  virtual Status create_table(const TableSpec& spec) = 0;
  virtual Status drop_table(const std::string& name) = 0;
  virtual Status truncate_table(const std::string& name) = 0;
  /// Names of our tables, sorted.
  virtual Result<std::vector<std::string>> tables() = 0;
  /// Column names and types of a table, in order; not_found if there is none.
  virtual Result<std::vector<TableColumn>> columns_of(const std::string& table) = 0;
  /// Replaces in `table` the partitions with these values of the partition expression by those of
  /// `staging` (same columns); one that staging does not have becomes empty. Each partition is
  /// swapped atomically, and doing it again changes nothing. Values are digits (202501), or `all`
  /// for a table without partitions.
  virtual Status replace_partitions(const std::string& table, const std::string& staging,
                                    const std::vector<std::string>& partitions) = 0;
};

struct ChdbOptions {
  std::string path;                          ///< directory; empty = in memory
  std::uint64_t memory_bytes = 12ULL << 30;  ///< for the whole engine
  int connections = 0;                       ///< 0: twice the cores
};

/// Errors: conflict if another process owns the path, unavailable if the library cannot be loaded.
Result<std::unique_ptr<Engine>> open_chdb(const ChdbOptions& options);

/// One server address for each replica: `shards[i]` are the replicas of shard i.
struct ClusterOptions {
  std::string name;  ///< the cluster's name in the servers' configuration
  std::string database = "default";
  std::vector<std::vector<std::string>> shards;  ///< "http://127.0.0.1:8123"
  std::string user = "default";
  std::string password;
  double connect_seconds = 2;
  /// How long a statement waits for what passes by itself: a replica that catches up, a session at
  /// ZooKeeper that a fallen server has left. Longer than the servers' session_timeout_ms.
  double patience_seconds = 40;
};

Result<std::unique_ptr<Engine>> open_cluster(const ClusterOptions& options);

/// Bytes of one block in ClickHouse's Native format; the columns' values are written as `types`
/// say.
Result<std::string> native_block(const Frame& frame, const std::vector<TableColumn>& types);
/// Appends the blocks in `bytes` to `frame`. Errors: engine_failed if they are cut or unreadable.
Status read_native(std::string_view bytes, Frame& frame);

}  // namespace huitou::engine
