// The store in one SQLite file. One connection, one recursive lock: small exact state needs no
// parallel writers, and a caller inside `transaction` may use the store it was given or the outer
// one and means the same thing.

#include <sqlite3.h>

#include <mutex>
#include <optional>

#include "store/store.h"

namespace huitou::store {
namespace {

constexpr int kBusyMilliseconds = 10'000;

Error error_of(sqlite3* db, int code, std::string_view doing) {
  const std::string text = sqlite3_errmsg(db);
  const std::string what = "The store could not " + std::string(doing) + ": " + text + ".";
  const std::string what_zh = "存储操作失败：" + text + "。";
  switch (code & 0xff) {
    case SQLITE_CONSTRAINT:
      return {Code::conflict, what, "Use another key, or change the row that has it.", what_zh,
              "请换一个键，或修改已有的那一行。"};
    case SQLITE_FULL:
      return {Code::limit_reached, what, "The disk is full: free some space and try again.",
              what_zh, "磁盘已满：请释放空间后重试。"};
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return {Code::unavailable, what, "Another program uses the file: close it and try again.",
              what_zh, "另一个程序正在使用该文件：请关闭后重试。"};
    case SQLITE_ERROR:
    case SQLITE_MISUSE:
    case SQLITE_RANGE:
      return {Code::engine_failed, what, "The statement itself is wrong: please report it.",
              what_zh, "语句本身有误，请报告此问题。"};
    default:
      return {Code::unavailable, what, "Check the disk and the rights of the file.", what_zh,
              "请检查磁盘和文件权限。"};
  }
}

/// A prepared statement, finalised with the object.
class Statement {
 public:
  explicit Statement(sqlite3_stmt* statement) : statement_(statement) {}
  ~Statement() { sqlite3_finalize(statement_); }
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;
  sqlite3_stmt* get() const { return statement_; }

 private:
  sqlite3_stmt* statement_;
};

/// Binds without a copy: `value` outlives the execution of the statement.
int bind(sqlite3_stmt* statement, int index, const Value& value) {
  if (const auto* integer = std::get_if<std::int64_t>(&value)) {
    return sqlite3_bind_int64(statement, index, *integer);
  }
  if (const auto* real = std::get_if<double>(&value)) {
    return sqlite3_bind_double(statement, index, *real);
  }
  if (const auto* text = std::get_if<std::string>(&value)) {
    return sqlite3_bind_text64(statement, index, text->data(), text->size(), nullptr, SQLITE_UTF8);
  }
  return sqlite3_bind_null(statement, index);
}

Value value_of(sqlite3_stmt* statement, int column) {
  switch (sqlite3_column_type(statement, column)) {
    case SQLITE_INTEGER:
      return std::int64_t{sqlite3_column_int64(statement, column)};
    case SQLITE_FLOAT:
      return sqlite3_column_double(statement, column);
    case SQLITE_NULL:
      return std::monostate{};
    default: {
      const auto* bytes = static_cast<const char*>(sqlite3_column_blob(statement, column));
      const int size = sqlite3_column_bytes(statement, column);
      return bytes == nullptr ? std::string() : std::string(bytes, static_cast<std::size_t>(size));
    }
  }
}

ColumnType type_of(const std::vector<Value>& values) {
  for (const Value& value : values) {
    if (std::holds_alternative<std::int64_t>(value)) return ColumnType::integer;
    if (std::holds_alternative<double>(value)) return ColumnType::real;
    if (std::holds_alternative<std::string>(value)) return ColumnType::text;
  }
  return ColumnType::integer;
}

/// A value of another type than the column's is converted; text that is no number becomes null.
void push(Column& column, const Value& value) {
  const auto* integer = std::get_if<std::int64_t>(&value);
  const auto* real = std::get_if<double>(&value);
  const auto* text = std::get_if<std::string>(&value);
  if (column.type == ColumnType::text && text != nullptr) {
    column.push_text(*text);
  } else if (column.type == ColumnType::text && integer != nullptr) {
    column.push_text(std::to_string(*integer));
  } else if (column.type == ColumnType::real && (real != nullptr || integer != nullptr)) {
    column.push_real(real != nullptr ? *real : static_cast<double>(*integer));
  } else if (column.type == ColumnType::integer && integer != nullptr) {
    column.push_integer(*integer);
  } else {
    column.push_null();
  }
}

class SqliteStore final : public Store {
 public:
  explicit SqliteStore(sqlite3* db) : db_(db) {}
  ~SqliteStore() override { sqlite3_close(db_); }
  SqliteStore(const SqliteStore&) = delete;
  SqliteStore& operator=(const SqliteStore&) = delete;

  Result<Frame> run(std::string_view sql, const std::vector<Value>& values) override {
    const std::lock_guard lock(mutex_);
    sqlite3_stmt* raw = nullptr;
    int code = sqlite3_prepare_v2(db_, sql.data(), static_cast<int>(sql.size()), &raw, nullptr);
    const Statement statement(raw);
    if (code != SQLITE_OK) return error_of(db_, code, "read a statement");
    CHECK(raw != nullptr);
    CHECK(static_cast<int>(values.size()) == sqlite3_bind_parameter_count(raw));
    for (std::size_t i = 0; i < values.size(); ++i) {
      code = bind(raw, static_cast<int>(i + 1), values[i]);
      if (code != SQLITE_OK) return error_of(db_, code, "take a value");
    }
    return rows_of(raw);
  }

  Status transaction(const std::function<Status(Store&)>& work) override {
    const std::lock_guard lock(mutex_);
    if (depth_ > 0) return work(*this);  // already inside: one outermost commit decides
    TRY(execute("BEGIN IMMEDIATE", "begin a transaction"));
    Rollback rollback(*this);
    TRY(work(*this));
    TRY(execute("COMMIT", "commit"));
    return {};
  }

  Status migrate(const std::vector<std::string_view>& migrations) override {
    return transaction([&](Store&) -> Status {
      TRY(const Frame version, run("PRAGMA user_version", {}));
      const auto done = static_cast<std::size_t>(version.columns.at(0).integers().at(0));
      if (done > migrations.size()) {
        return Error{Code::conflict,
                     "The store has format " + std::to_string(done) + ", this program knows " +
                         std::to_string(migrations.size()) + ".",
                     "Use the newer version of the program that wrote it.",
                     "存储格式版本为 " + std::to_string(done) + "，本程序只认识到 " +
                         std::to_string(migrations.size()) + "。",
                     "请使用写入它的较新版本程序。"};
      }
      for (std::size_t i = done; i < migrations.size(); ++i) {
        TRY(execute(std::string(migrations[i]), "apply migration " + std::to_string(i + 1)));
      }
      return execute("PRAGMA user_version = " + std::to_string(migrations.size()),
                     "set its version");
    });
  }

  Status execute(const std::string& sql, std::string_view doing) {
    const int code = sqlite3_exec(db_, sql.c_str(), nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) return error_of(db_, sqlite3_extended_errcode(db_), doing);
    return {};
  }

 private:
  /// Undoes the transaction unless it has been committed (or SQLite has undone it by itself).
  class Rollback {
   public:
    explicit Rollback(SqliteStore& store) : store_(store) { ++store_.depth_; }
    ~Rollback() {
      --store_.depth_;
      if (sqlite3_get_autocommit(store_.db_) == 0) {
        sqlite3_exec(store_.db_, "ROLLBACK", nullptr, nullptr, nullptr);
      }
    }
    Rollback(const Rollback&) = delete;
    Rollback& operator=(const Rollback&) = delete;

   private:
    SqliteStore& store_;
  };

  Result<Frame> rows_of(sqlite3_stmt* statement) {
    const int width = sqlite3_column_count(statement);
    std::vector<std::vector<Value>> columns(static_cast<std::size_t>(width));
    int code = sqlite3_step(statement);
    for (; code == SQLITE_ROW; code = sqlite3_step(statement)) {
      for (int i = 0; i < width; ++i) {
        columns[static_cast<std::size_t>(i)].push_back(value_of(statement, i));
      }
    }
    if (code != SQLITE_DONE) return error_of(db_, code, "run a statement");
    Frame frame;
    for (int i = 0; i < width; ++i) {
      const auto& values = columns[static_cast<std::size_t>(i)];
      Column column = make_column(sqlite3_column_name(statement, i), type_of(values));
      for (const Value& value : values) push(column, value);
      frame.columns.push_back(std::move(column));
    }
    return frame;
  }

  sqlite3* db_;
  std::recursive_mutex mutex_;
  int depth_ = 0;
};

Result<bool> has_column(Store& store, std::string_view table, std::string_view column) {
  TRY(const Frame there, store.run("SELECT 1 AS there FROM pragma_table_info(?) WHERE name = ?",
                                   {std::string(table), std::string(column)}));
  return there.rows() > 0;
}

}  // namespace

Status add_column(Store& store, std::string_view table, std::string_view column,
                  std::string_view declaration) {
  TRY(const bool there, has_column(store, table, column));
  if (there) return {};
  return store.transaction([&](Store& inside) -> Status {
    TRY(const bool since, has_column(inside, table, column));
    if (since) return {};
    std::string sql = "ALTER TABLE ";
    sql.append(table).append(" ADD COLUMN ").append(column).append(" ").append(declaration);
    TRY(inside.run(sql));
    return {};
  });
}

Result<std::unique_ptr<Store>> open_sqlite(const std::string& path) {
  sqlite3* db = nullptr;
  const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_FULLMUTEX;
  const int code = sqlite3_open_v2(path.c_str(), &db, flags, nullptr);
  auto store = std::make_unique<SqliteStore>(db);
  if (code != SQLITE_OK) return error_of(db, code, "open '" + path + "'");
  sqlite3_extended_result_codes(db, 1);
  sqlite3_busy_timeout(db, kBusyMilliseconds);
  TRY(store->execute(
      "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;",
      "open '" + path + "'"));
  return std::unique_ptr<Store>(std::move(store));
}

}  // namespace huitou::store
