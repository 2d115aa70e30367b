// A SQLite file, read only. Cells have types of their own here, whatever their column says.

#include <sqlite3.h>

#include <array>
#include <chrono>
#include <cstdio>

#include "connectors/database.h"
#include "connectors/settings.h"

namespace huitou::connectors {

extern const Connector sqlite;

namespace {

constexpr int kBusyMilliseconds = 10'000;
/// How many steps of its machine SQLite takes between two looks at the clock.
constexpr int kStepsPerLook = 10'000;

struct Options {
  std::string path;
  double timeout_seconds = 0;
  Outside outside;
};

class SqliteSession final : public Session {
 public:
  explicit SqliteSession(Options options) : options_(std::move(options)) {}
  ~SqliteSession() override {
    sqlite3_finalize(rows_);
    sqlite3_close(db_);
  }
  SqliteSession(const SqliteSession&) = delete;
  SqliteSession& operator=(const SqliteSession&) = delete;

  Status open() {
    const int code = sqlite3_open_v2(options_.path.c_str(), &db_,
                                     SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, nullptr);
    if (code != SQLITE_OK) return failure(code);
    sqlite3_extended_result_codes(db_, 1);
    sqlite3_busy_timeout(db_, kBusyMilliseconds);
    // A column that is not there must not become a text.
    sqlite3_db_config(db_, SQLITE_DBCONFIG_DQS_DML, 0, nullptr);
    sqlite3_progress_handler(db_, kStepsPerLook, &SqliteSession::is_late, this);
    return {};
  }

  Result<std::vector<SourceColumn>> describe(const std::string& select) override {
    TRY(sqlite3_stmt* const statement, prepare(select));
    columns_.clear();
    for (int i = 0; i < sqlite3_column_count(statement); ++i) {
      const char* type = sqlite3_column_decltype(statement, i);
      columns_.push_back({sqlite3_column_name(statement, i), type == nullptr ? "" : type});
    }
    kinds_.assign(columns_.size(), Scalar::Kind::text);
    sqlite3_finalize(statement);
    return columns_;
  }

  Scalar::Kind kind(std::size_t index) const override { return kinds_.at(index); }

  Result<std::optional<Scalar>> single(const std::string& select) override {
    TRY(sqlite3_stmt* const statement, prepare(select));
    const int code = sqlite3_step(statement);
    std::optional<Scalar> found;
    if (code == SQLITE_ROW && sqlite3_column_type(statement, 0) != SQLITE_NULL) {
      found = Scalar{kind_of(sqlite3_column_type(statement, 0)), ""};
      found->text = text_at(statement, 0);
    }
    const Status done = code == SQLITE_ROW ? Status() : Status(failure(code));
    sqlite3_finalize(statement);
    TRY(done);
    return found;
  }

  Result<std::int64_t> now(std::size_t) override {
    TRY(const std::optional<Scalar> seconds, single("SELECT CAST(strftime('%s', 'now') AS TEXT)"));
    return std::stoll(seconds->text) * 1'000'000;
  }

  Status start(const std::string& select) override {
    sqlite3_finalize(rows_);
    rows_ = nullptr;
    TRY(rows_, prepare(select));
    return {};
  }

  Result<bool> fill(Page& page) override {
    while (!page.full()) {
      const int code = sqlite3_step(rows_);
      if (code == SQLITE_DONE) return false;
      if (code != SQLITE_ROW) return failure(code);
      for (std::size_t i = 0; i < columns_.size(); ++i) TRY(push(page, i));
    }
    return true;
  }

  std::string identifier(std::string_view name) const override { return quoted(name, '"'); }

  std::string literal(const Scalar& value) const override {
    switch (value.kind) {
      case Scalar::Kind::number:
        return value.text;
      case Scalar::Kind::bytes:
        return "x'" + value.text.substr(2) + "'";
      case Scalar::Kind::text:
        break;
    }
    return quoted(value.text, '\'');
  }

 private:
  static std::string quoted(std::string_view text, char mark) {
    std::string out(1, mark);
    for (const char c : text) {
      if (c == mark) out += mark;
      out += c;
    }
    return out + mark;
  }

  static Scalar::Kind kind_of(int type) {
    if (type == SQLITE_INTEGER || type == SQLITE_FLOAT) return Scalar::Kind::number;
    return type == SQLITE_BLOB ? Scalar::Kind::bytes : Scalar::Kind::text;
  }

  static int is_late(void* self) {
    const auto* session = static_cast<SqliteSession*>(self);
    return session->options_.outside.seconds() > session->deadline_ ? 1 : 0;
  }

  /// As written by SQLite, but reals with all their digits.
  static std::string text_at(sqlite3_stmt* row, int column) {
    if (sqlite3_column_type(row, column) == SQLITE_FLOAT) {
      std::array<char, 32> text{};
      std::snprintf(text.data(), text.size(), "%.15g", sqlite3_column_double(row, column));
      if (std::stod(text.data()) != sqlite3_column_double(row, column)) {
        std::snprintf(text.data(), text.size(), "%.17g", sqlite3_column_double(row, column));
      }
      return text.data();
    }
    const auto* bytes = static_cast<const char*>(sqlite3_column_blob(row, column));
    const auto size = static_cast<std::size_t>(sqlite3_column_bytes(row, column));
    const std::string_view cell(bytes == nullptr ? "" : bytes, bytes == nullptr ? 0 : size);
    return sqlite3_column_type(row, column) == SQLITE_BLOB ? hexadecimal(cell) : std::string(cell);
  }

  Status push(Page& page, std::size_t index) {
    const int column = static_cast<int>(index);
    const int type = sqlite3_column_type(rows_, column);
    kinds_[index] = kind_of(type);
    if (type == SQLITE_FLOAT) {
      page.push(text_at(rows_, column));
      return {};
    }
    const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(rows_, column));
    const auto size = static_cast<std::size_t>(sqlite3_column_bytes(rows_, column));
    if (size > kMostCellBytes) return cell_too_long(columns_[index].name, size);
    const std::string_view cell(text == nullptr ? "" : text, text == nullptr ? 0 : size);
    if (type == SQLITE_BLOB) {
      page.push(hexadecimal(cell));
    } else {
      page.push(cell);
    }
    return {};
  }

  Result<sqlite3_stmt*> prepare(const std::string& select) {
    deadline_ = options_.outside.seconds() + options_.timeout_seconds;
    sqlite3_stmt* statement = nullptr;
    const char* rest = nullptr;
    const int code = sqlite3_prepare_v2(db_, select.c_str(), -1, &statement, &rest);
    if (code != SQLITE_OK) return failure(code);
    if (*rest != '\0') {
      sqlite3_finalize(statement);
      return Error{Code::invalid_input, "The query is more than one statement.",
                   "Give one SELECT without `;`.", "查询包含多条语句。",
                   "请给出一条不带 `;` 的 SELECT 语句。"};
    }
    return statement;
  }

  Error failure(int code) const {
    const std::string said = db_ == nullptr ? "no memory" : sqlite3_errmsg(db_);
    const std::string what = "SQLite file '" + options_.path + "': " + said + ".";
    const std::string what_zh = "SQLite 文件“" + options_.path + "”：" + said + "。";
    switch (code & 0xff) {
      case SQLITE_CANTOPEN:
        return {Code::not_found, what, "Check the path and the rights of the file.", what_zh,
                "请检查文件路径和权限。"};
      case SQLITE_NOTADB:
      case SQLITE_CORRUPT:
        return {Code::invalid_input, what, "Give a whole file of SQLite.", what_zh,
                "请给出完整的 SQLite 文件。"};
      case SQLITE_INTERRUPT:
        return {Code::limit_reached,
                "The statement on '" + options_.path + "' ran longer than `timeout_seconds`.",
                "Raise `timeout_seconds`, or put an index on the key and updated columns.",
                "“" + options_.path + "”上的语句超过了 `timeout_seconds`。",
                "请调大 `timeout_seconds`，或为主键列和更新时间列建立索引。"};
      case SQLITE_ERROR:
        return {said.starts_with("no such table") ? Code::not_found : Code::invalid_input, what,
                "Correct `table`, `columns` or `query`.", what_zh,
                "请更正 `table`、`columns` 或 `query`。"};
      case SQLITE_READONLY:
        return {Code::denied, what, "Give a query that only reads.", what_zh, "请给出只读的查询。"};
      default:
        return {Code::unavailable, what, "Try again when no other program writes the file.",
                what_zh, "请在没有其他程序写入该文件时重试。"};
    }
  }

  Options options_;
  sqlite3* db_ = nullptr;
  sqlite3_stmt* rows_ = nullptr;
  std::vector<SourceColumn> columns_;
  std::vector<Scalar::Kind> kinds_;
  double deadline_ = 0;
};

Result<std::unique_ptr<Reader>> open_source(const Settings& settings, const Outside& outside) {
  TRY(Selection selection, selection_of(sqlite, settings));
  const Options options{.path = text_of(sqlite, settings, "path"),
                        .timeout_seconds = number_of(sqlite, settings, "timeout_seconds"),
                        .outside = outside};
  return read_database({.selection = std::move(selection),
                        .connect = [options]() -> Result<std::unique_ptr<Session>> {
                          auto session = std::make_unique<SqliteSession>(options);
                          TRY(session->open());
                          return std::unique_ptr<Session>(std::move(session));
                        }});
}

}  // namespace

const Connector sqlite{
    .card = {.name = "sqlite",
             .title = {"SQLite file", "SQLite 文件"},
             .question = {"Which rows has a SQLite file, and which are new?",
                          "SQLite 文件里有哪些行，哪些是新的？"},
             .method = {"Opens the file for reading only and goes through a table or query by "
                        "(updated, key).",
                        "以只读方式打开文件，按（更新时间，主键）读取表或查询。"}},
    .params = database_params(
        {{.name = "path", .doc = {"The path of the file.", "文件路径。"}, .required = true}}),
    .secrets = {},
    .open = open_source,
};

}  // namespace huitou::connectors
