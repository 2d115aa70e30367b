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

  bool operator==(const TableColumn&) const = default;
};

/// A table of ours. `partition_by` is an expression ("toYYYYMM(ordered_on)") or empty; rows are
/// kept in the order of `order_by`. On a cluster rows are spread by `shard_by` and replicated. What
/// is written to a `scratch` table is not merged, and only `Engine::settle` makes it durable.
struct TableSpec {
  std::string name;
  std::vector<TableColumn> columns;
  std::string partition_by;
  std::string order_by;
  std::string shard_by;
  bool scratch = false;
};

/// Rows in the form in which they travel to an engine (Native): each column end to end, at the
/// width of its type. Takes half the memory of a Frame.
class Block {
 public:
  explicit Block(std::vector<TableColumn> columns);
  /// Appends all rows of a frame, or those with these numbers; columns by position. Errors:
  /// invalid_input for integers outside the type's range, nulls where the type has none and reals
  /// that are no numbers; the block is of no use then.
  Status append(const Frame& frame);
  Status append(const Frame& frame, std::span<const std::uint32_t> rows);
  /// Adds a column that has this value in every row.
  Status add_column(TableColumn column, std::int64_t value);

  std::size_t rows() const { return rows_; }
  std::size_t bytes() const;
  /// Forgets the rows and gives their memory back.
  void clear();
  /// The bytes that both engines read.
  std::string native() const;

 private:
  /// Bytes that grow without being moved.
  struct Bytes {
    std::vector<std::string> parts;
    std::size_t size = 0;
    /// Where the next `bytes` go.
    char* room(std::size_t bytes);
  };
  struct Held {
    Bytes nulls;  // one byte a row, where the type has nulls
    Bytes values;
  };
  template <typename Rows>
  Status take(const Frame& frame, const Rows& rows);

  std::vector<TableColumn> types_;
  std::vector<Held> held_;
  std::size_t rows_ = 0;
};

/// What the engine does with the blocks of an insert: joins small ones, or writes each as it comes
/// (fast and without another copy where blocks are large and of one partition).
enum class Blocks { joined, as_given };

/// Rows on their way into a table. Blocks are sent as they come; `finish` ends the insert and only
/// then are all rows in. Destroyed unfinished, the insert is given up: what was sent may or may not
/// be there, which is why loads go to a staging table. Used from one thread; ends before its
/// engine.
class Inserter {
 public:
  virtual ~Inserter() = default;
  /// A block with the columns that were given to `Engine::insert`.
  virtual Status write(Block block) = 0;
  virtual Status finish() = 0;
  /// A frame with these columns, by position. Errors: those of `Block::append`.
  Status write(const Frame& frame);

 protected:
  explicit Inserter(std::vector<TableColumn> columns) : columns_(std::move(columns)) {}

 private:
  std::vector<TableColumn> columns_;
};

/// By partition value (202501, or `all`), a text that names what it holds.
using PartitionNames = std::map<std::string, std::string>;
/// Of each table, by its name.
using TableColumns = std::map<std::string, std::vector<TableColumn>, std::less<>>;

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
                                                   std::vector<TableColumn> columns,
                                                   Blocks blocks = Blocks::joined) = 0;
  /// When this is done, what was written before survives the loss of power.
  virtual Status settle() = 0;
  /// Stops the queries that run under this id; done when they have ended.
  virtual Status cancel(const std::string& id) = 0;
  virtual Result<Health> health() = 0;

  /// Creates the table where it is missing; an existing one is left as it is.
  virtual Status create_table(const TableSpec& spec) = 0;
  virtual Status drop_table(const std::string& name) = 0;
  virtual Status truncate_table(const std::string& name) = 0;
  /// Names of our tables, sorted.
  virtual Result<std::vector<std::string>> tables() = 0;
  /// The columns of each of our tables, in their order.
  virtual Result<TableColumns> columns() = 0;
  /// Replaces in `table` the partitions with these values of the partition expression by those of
  /// `staging` (same columns); one that staging does not have becomes empty. Each partition is
  /// swapped atomically, and doing it again changes nothing. Values are digits (202501), or `all`
  /// for a table without partitions.
  virtual Status replace_partitions(const std::string& table, const std::string& staging,
                                    const std::vector<std::string>& partitions) = 0;
  /// What each partition of the table holds, as a name: where it is the same as before, so are the
  /// rows. The engine gives equal rows another name when it merges them. Cost: no row is read.
  virtual Result<PartitionNames> partition_names(const std::string& table) = 0;
};

struct ChdbOptions {
  std::string path;                          ///< directory; empty = in memory
  std::uint64_t memory_bytes = 12ULL << 30;  ///< for the whole engine
  int connections = 0;                       ///< 0: twice the cores
};

/// Errors: conflict if another process owns the path, unavailable if the library cannot be loaded.
Result<std::unique_ptr<Engine>> open_chdb(const ChdbOptions& options);

/// Keeps the engine open until the process ends, which then does not shut it down: the shutdown of
/// the embedded engine is a race with its own background threads, and what it holds is on the disk.
void keep_open(std::shared_ptr<Engine> engine);

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

/// How the values of a column of Parquet lie in a block.
enum class ParquetForm : std::uint8_t {
  text,
  whole,       ///< integers of up to eight bytes
  natural,     ///< the same without a sign
  decimal,     ///< whole numbers of the last of `scale` digits
  day,         ///< days since 1970-01-01
  local_time,  ///< since 1970-01-01 00:00:00 of an unknown zone, in parts of a second: `scale`
               ///< digits
  utc_time     ///< the same of UTC
};

/// A column of a Parquet file. `type` says in plain words what it holds ("decimal, 2 digits behind
/// the point", "local time"); the values of a `nested` one (a list, a map, a group) come as JSON.
struct ParquetColumn {
  std::string name;
  std::string type;
  bool nested = false;
  ParquetForm form = ParquetForm::text;
  int scale = 0;
};

/// The values of a column in one block. Places are counted in the bytes of the block.
struct ParquetCells {
  struct Text {
    std::uint32_t begin;
    std::uint32_t size;
  };
  std::size_t nulls = 0;  ///< of a byte a row, not 0 where there is nothing; 0: all are there
  std::size_t begin = 0;  ///< of the first value
  std::size_t end = 0;    ///< behind the last one
  std::size_t width = 0;  ///< bytes of a value, little end first; 0: texts
  std::vector<Text> texts;
};

/// One of the Native blocks that `ParquetRows::next` gives.
struct ParquetBlock {
  std::size_t rows = 0;
  std::vector<ParquetCells> columns;  ///< the last is the row's number from 1 (eight bytes)
  std::size_t end = 0;                ///< where the next block begins
};
/// The block that begins there, in bytes of less than 4 GiB. Errors: engine_failed if it is cut or
/// unreadable.
Result<ParquetBlock> parquet_block(std::string_view bytes, std::size_t begin);

/// The rows of a Parquet file, whatever engine the home has. They are read by chDB in a process of
/// its own, which ends with this object: damaged files crash its reader or keep it busy.
/// Errors: engine_failed (the file is damaged, or of a kind that is not read; the reason in the
/// message), limit_reached, unavailable (the program that reads cannot be started).
class ParquetRows {
 public:
  virtual ~ParquetRows() = default;
  virtual const std::vector<ParquetColumn>& columns() const = 0;
  virtual std::uint64_t rows() const = 0;
  /// Rows that `next` has given so far.
  virtual std::uint64_t given() const = 0;
  /// The next rows, in the file's order, as Native blocks in the room that it asks for: each column
  /// in its form, then the row's number. Texts are the bytes of the file, or made by the engine:
  /// decimals of more than 18 digits, times of day, numbers with a fraction. False when all rows
  /// were given.
  virtual Result<bool> next(const std::function<char*(std::size_t)>& room) = 0;
};

struct ParquetOptions {
  std::string path;
  double patience_seconds = 120;  ///< without progress
  std::string program;            ///< that reads; empty: huitou_parquet beside this program
};
Result<std::unique_ptr<ParquetRows>> open_parquet(const ParquetOptions& options);

/// Bytes of one block in ClickHouse's Native format; the columns' values are written as `types`
/// say.
Result<std::string> native_block(const Frame& frame, const std::vector<TableColumn>& types);
/// Appends the blocks in `bytes` to `frame`. Errors: engine_failed if they are cut or unreadable.
Status read_native(std::string_view bytes, Frame& frame);

}  // namespace huitou::engine
