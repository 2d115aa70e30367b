// MySQL and MariaDB, through MariaDB's client library: rows are streamed, never held at once.

#include <errmsg.h>
#include <mysql.h>
#include <mysqld_error.h>
#include <sys/socket.h>

#include <array>
#include <charconv>

#include "connectors/database.h"
#include "connectors/server_address.h"

namespace huitou::connectors {

extern const Connector mysql;

namespace {

constexpr unsigned kConnectSeconds = 10;
/// Beyond the statement's own limit, the silence after which a connection counts as cut.
constexpr std::int64_t kSilenceSeconds = 30;
/// How long we may take between two pages before the server gives the connection up.
constexpr int kPauseSeconds = 600;
/// As long as a server can make a row. The library takes a longer one for a lost connection, so
/// that it is our own limit of a cell that speaks.
constexpr unsigned long kMostPacketBytes = 1UL << 30U;
constexpr unsigned kBinaryCharset = 63;
/// MySQL's own numbers for what MariaDB does not have.
constexpr unsigned kStatementTimeoutOfMysql = 3024;

Refusal reason_of(unsigned code) {
  switch (code) {
    case ER_ACCESS_DENIED_ERROR:
    case ER_ACCESS_DENIED_NO_PASSWORD_ERROR:
    case ER_HOST_NOT_PRIVILEGED:
      return Refusal::password;
    case ER_DBACCESS_DENIED_ERROR:
    case ER_TABLEACCESS_DENIED_ERROR:
    case ER_COLUMNACCESS_DENIED_ERROR:
    case ER_CANT_EXECUTE_IN_READ_ONLY_TRANSACTION:
      return Refusal::rights;
    case ER_BAD_DB_ERROR:
      return Refusal::no_database;
    case ER_NO_SUCH_TABLE:
    case ER_UNKNOWN_TABLE:
    case ER_NO_SUCH_TABLE_IN_ENGINE:
      return Refusal::no_table;
    case ER_STATEMENT_TIMEOUT:
    case kStatementTimeoutOfMysql:
      return Refusal::too_slow;
    case CR_NET_PACKET_TOO_LARGE:
    case ER_NET_PACKET_TOO_LARGE:
      return Refusal::too_long;
    case CR_SSL_CONNECTION_ERROR:
      return Refusal::certificate;
    case ER_CON_COUNT_ERROR:
    case ER_SERVER_SHUTDOWN:
    case ER_LOCK_DEADLOCK:
    case ER_LOCK_WAIT_TIMEOUT:
    case ER_QUERY_INTERRUPTED:
      return Refusal::busy;
    case ER_CONNECTION_KILLED:
      return Refusal::unreachable;
    default:
      return code >= CR_MIN_ERROR && code <= CR_MYSQL_LAST_ERROR ? Refusal::unreachable
                                                                 : Refusal::wrong_query;
  }
}

std::string_view type_word(enum_field_types type) {
  switch (type) {
    case MYSQL_TYPE_TINY:
      return "tinyint";
    case MYSQL_TYPE_SHORT:
      return "smallint";
    case MYSQL_TYPE_INT24:
      return "mediumint";
    case MYSQL_TYPE_LONG:
      return "int";
    case MYSQL_TYPE_LONGLONG:
      return "bigint";
    case MYSQL_TYPE_FLOAT:
      return "float";
    case MYSQL_TYPE_DOUBLE:
      return "double";
    case MYSQL_TYPE_DECIMAL:
    case MYSQL_TYPE_NEWDECIMAL:
      return "decimal";
    case MYSQL_TYPE_YEAR:
      return "year";
    case MYSQL_TYPE_BIT:
      return "bit";
    case MYSQL_TYPE_DATE:
    case MYSQL_TYPE_NEWDATE:
      return "date";
    case MYSQL_TYPE_TIME:
      return "time";
    case MYSQL_TYPE_DATETIME:
      return "datetime";
    case MYSQL_TYPE_TIMESTAMP:
      return "timestamp";
    case MYSQL_TYPE_JSON:
      return "json";
    case MYSQL_TYPE_GEOMETRY:
      return "geometry";
    case MYSQL_TYPE_NULL:
      return "null";
    default:
      return "";
  }
}

bool is_number(enum_field_types type) {
  return IS_NUM(type) || type == MYSQL_TYPE_LONGLONG || type == MYSQL_TYPE_BIT;
}

/// How a column's cells are written.
struct Cells {
  Scalar::Kind kind = Scalar::Kind::text;
  bool bits = false;
  bool instant = false;  ///< a TIMESTAMP: in UTC, as the session is
};

Cells cells_of(const MYSQL_FIELD& field) {
  Cells cells;
  cells.bits = field.type == MYSQL_TYPE_BIT;
  cells.instant = field.type == MYSQL_TYPE_TIMESTAMP;
  const bool is_text = type_word(field.type).empty();
  if (is_number(field.type)) {
    cells.kind = Scalar::Kind::number;
  } else if (field.type == MYSQL_TYPE_GEOMETRY || (is_text && field.charsetnr == kBinaryCharset)) {
    cells.kind = Scalar::Kind::bytes;
  }
  return cells;
}

std::string type_of(const MYSQL_FIELD& field) {
  std::string word(type_word(field.type));
  if (word.empty()) {
    word = cells_of(field).kind == Scalar::Kind::bytes ? "binary" : "text";
  } else if (word == "decimal") {
    const bool has_sign = (field.flags & UNSIGNED_FLAG) == 0;
    const unsigned long extra = (field.decimals > 0 ? 1UL : 0UL) + (has_sign ? 1UL : 0UL);
    word += "(" + std::to_string(field.length - std::min(field.length, extra)) + "," +
            std::to_string(field.decimals) + ")";
  }
  if (is_number(field.type) && (field.flags & UNSIGNED_FLAG) != 0 && word != "year" &&
      word != "bit") {
    word += " unsigned";
  }
  return word;
}

struct Closed {
  void operator()(MYSQL_STMT* statement) const { mysql_stmt_close(statement); }
  void operator()(MYSQL_RES* rows) const { mysql_free_result(rows); }
};
using Statement = std::unique_ptr<MYSQL_STMT, Closed>;
using Rows = std::unique_ptr<MYSQL_RES, Closed>;

class MysqlSession final : public Session {
 public:
  explicit MysqlSession(ServerAddress address) : address_(std::move(address)) {}
  ~MysqlSession() override {
    end_rows();
    mysql_close(db_);
  }
  MysqlSession(const MysqlSession&) = delete;
  MysqlSession& operator=(const MysqlSession&) = delete;

  Status open() {
    static const int ready = mysql_library_init(0, nullptr, nullptr);
    db_ = mysql_init(nullptr);
    CHECK(ready == 0 && db_ != nullptr);
    set_options();
    if (mysql_real_connect(db_, address_.host.c_str(), address_.user.c_str(),
                           address_.password.c_str(), address_.database.c_str(),
                           static_cast<unsigned>(address_.port), nullptr, 0) == nullptr) {
      return failure();
    }
    const bool mariadb =
        std::string_view(mysql_get_server_info(db_)).find("MariaDB") != std::string_view::npos;
    const std::string limit = std::to_string(address_.timeout_seconds);
    for (const std::string& statement :
         {std::string("SET SESSION TRANSACTION READ ONLY"),
          "SET SESSION time_zone = '+00:00', net_write_timeout = " + std::to_string(kPauseSeconds),
          mariadb ? "SET SESSION max_statement_time = " + limit
                  : "SET SESSION max_execution_time = " + limit + "000"}) {
      if (mysql_real_query(db_, statement.data(), statement.size()) != 0) return failure();
    }
    return {};
  }

  Result<std::vector<SourceColumn>> describe(const std::string& select) override {
    // Prepared, not run: a query that computes would do so even for no rows.
    const Statement statement(mysql_stmt_init(db_));
    CHECK(statement != nullptr);
    if (mysql_stmt_prepare(statement.get(), select.data(), select.size()) != 0) {
      return refusal(address_, reason_of(mysql_stmt_errno(statement.get())),
                     mysql_stmt_error(statement.get()));
    }
    const Rows rows(mysql_stmt_result_metadata(statement.get()));
    CHECK(rows != nullptr);
    const unsigned count = mysql_num_fields(rows.get());
    const MYSQL_FIELD* fields = mysql_fetch_fields(rows.get());
    columns_.clear();
    cells_.clear();
    for (unsigned i = 0; i < count; ++i) {
      columns_.push_back({std::string(fields[i].name, fields[i].name_length), type_of(fields[i])});
      cells_.push_back(cells_of(fields[i]));
    }
    return columns_;
  }

  Scalar::Kind kind(std::size_t index) const override { return cells_.at(index).kind; }

  Result<std::optional<Scalar>> single(const std::string& select) override {
    TRY(start(select));
    at_end_ = true;  // one row is received, not cut
    const Cells cells = cells_of(*mysql_fetch_fields(rows_));
    MYSQL_ROW row = mysql_fetch_row(rows_);
    std::optional<Scalar> found;
    if (row != nullptr && row[0] != nullptr) {
      found = Scalar{cells.kind, written(cells, {row[0], mysql_fetch_lengths(rows_)[0]})};
    }
    const bool failed = mysql_errno(db_) != 0;
    const Error error = failure();
    end_rows();
    if (failed) return error;
    return found;
  }

  /// Times without a zone are those of the server's clock, as far as it can say it.
  Result<std::int64_t> now(std::size_t index) override {
    constexpr std::string_view kSince = "SELECT TIMESTAMPDIFF(SECOND, '1970-01-01', ";
    const bool local = !cells_.at(index).instant && cells_.at(index).kind == Scalar::Kind::text;
    const std::string utc = "UTC_TIMESTAMP()";
    const std::string there =
        "COALESCE(CONVERT_TZ(" + utc + ", '+00:00', @@global.time_zone), " + utc + ")";
    TRY(const std::optional<Scalar> seconds,
        single(std::string(kSince) + (local ? there : utc) + ")"));
    CHECK(seconds.has_value());
    return std::stoll(seconds->text) * 1'000'000;
  }

  Status start(const std::string& select) override {
    end_rows();
    if (mysql_real_query(db_, select.data(), select.size()) != 0) return failure();
    rows_ = mysql_use_result(db_);
    if (rows_ == nullptr) return failure();
    at_end_ = false;
    return {};
  }

  Result<bool> fill(Page& page) override {
    const std::size_t width = cells_.size();
    while (!page.full()) {
      MYSQL_ROW row = mysql_fetch_row(rows_);
      if (row == nullptr) {
        at_end_ = true;
        if (mysql_errno(db_) != 0) return failure();
        return false;
      }
      const unsigned long* lengths = mysql_fetch_lengths(rows_);
      for (std::size_t i = 0; i < width; ++i) {
        if (lengths[i] > kMostCellBytes) return cell_too_long(columns_[i].name, lengths[i]);
        const std::string_view cell(row[i] == nullptr ? "" : row[i], lengths[i]);
        const bool plain =
            cells_[i].kind != Scalar::Kind::bytes && !cells_[i].instant && !cells_[i].bits;
        if (plain || row[i] == nullptr) {
          page.push(cell);
        } else {
          page.push(written(cells_[i], cell));
        }
      }
    }
    return true;
  }

  std::string identifier(std::string_view name) const override {
    std::string out = "`";
    for (const char c : name) {
      if (c == '`') out += c;
      out += c;
    }
    return out + "`";
  }

  std::string literal(const Scalar& value) const override {
    if (value.kind != Scalar::Kind::text) return value.text;
    std::string_view text = value.text;
    if (text.ends_with('Z') && micros_of(value)) text.remove_suffix(1);  // the session is in UTC
    std::string out(2 * text.size() + 1, '\0');
    out.resize(mysql_real_escape_string(db_, out.data(), text.data(), text.size()));
    return "'" + out + "'";
  }

 private:
  void set_options() {
    const auto number = [&](mysql_option option, unsigned value) {
      mysql_options(db_, option, &value);
    };
    number(MYSQL_OPT_CONNECT_TIMEOUT, kConnectSeconds);
    number(MYSQL_OPT_READ_TIMEOUT,
           static_cast<unsigned>(address_.timeout_seconds + kSilenceSeconds));
    number(MYSQL_OPT_LOCAL_INFILE, 0);  // a server must not ask for our files
    number(MYSQL_OPT_PROTOCOL, MYSQL_PROTOCOL_TCP);
    mysql_options(db_, MYSQL_OPT_MAX_ALLOWED_PACKET, &kMostPacketBytes);
    mysql_options(db_, MYSQL_SET_CHARSET_NAME, "utf8mb4");
    const my_bool must = address_.tls == "off" ? 0 : 1, verify = address_.tls == "verify" ? 1 : 0;
    mysql_options(db_, MYSQL_OPT_SSL_ENFORCE, &must);
    mysql_options(db_, MYSQL_OPT_SSL_VERIFY_SERVER_CERT, &verify);
    if (verify != 0) mysql_options(db_, MYSQL_OPT_SSL_CA, address_.ca.c_str());
  }

  static std::string written(const Cells& cells, std::string_view cell) {
    if (cells.bits) {
      std::uint64_t number = 0;
      for (const char c : cell) number = number << 8U | static_cast<unsigned char>(c);
      return std::to_string(number);
    }
    if (cells.kind == Scalar::Kind::bytes) return cell.empty() ? "" : hexadecimal(cell);
    return std::string(cell) + (cells.instant && !cell.starts_with("0000") ? "Z" : "");
  }

  /// Rows that nobody wants any more are not received: the connection is cut instead.
  void end_rows() {
    if (rows_ == nullptr) return;
    if (!at_end_) {
      // With a reset the server learns it at once; a plain close may leave it waiting, with its
      // locks.
      const linger none{.l_onoff = 1, .l_linger = 0};
      const auto socket = static_cast<int>(mysql_get_socket(db_));
      setsockopt(socket, SOL_SOCKET, SO_LINGER, &none, sizeof none);
      shutdown(socket, SHUT_RDWR);
    }
    mysql_free_result(rows_);
    rows_ = nullptr;
  }

  Error failure() const { return refusal(address_, reason_of(mysql_errno(db_)), mysql_error(db_)); }

  ServerAddress address_;
  MYSQL* db_ = nullptr;
  MYSQL_RES* rows_ = nullptr;
  bool at_end_ = true;
  std::vector<SourceColumn> columns_;
  std::vector<Cells> cells_;
};

Result<std::unique_ptr<Reader>> open_source(const Settings& settings, const Outside&) {
  TRY(Selection selection, selection_of(mysql, settings));
  const ServerAddress address = server_address(mysql, settings);
  return read_database({.selection = std::move(selection),
                        .connect = [address]() -> Result<std::unique_ptr<Session>> {
                          auto session = std::make_unique<MysqlSession>(address);
                          TRY(session->open());
                          return std::unique_ptr<Session>(std::move(session));
                        }});
}

}  // namespace

const Connector mysql{
    .card =
        {.name = "mysql",
         .title = {"MySQL", "MySQL"},
         .question = {"Which rows has a database of MySQL or MariaDB, and which are new?",
                      "MySQL 或 MariaDB 数据库里有哪些行，哪些是新的？"},
         .method = {"Goes through a table or query by (updated, key) in a session that may only "
                    "read; every statement has a time limit.",
                    "在只读会话中按（更新时间，主键）读取表或查询；每条语句都有时间限制。"}},
    .params = server_params("3306", {"off", "require", "verify"}),
    .secrets = {"password"},
    .open = open_source,
};

}  // namespace huitou::connectors
