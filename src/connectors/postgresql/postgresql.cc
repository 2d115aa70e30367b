// PostgreSQL: rows come as the text of COPY, several times faster than as results.

#include <libpq-fe.h>
#include <poll.h>

#include <array>
#include <cstring>

#include "connectors/database.h"
#include "connectors/server_address.h"

namespace huitou::connectors {

extern const Connector postgresql;

namespace {

constexpr double kConnectSeconds = 10;

/// PostgreSQL's numbers of the types whose text is not taken as it is.
constexpr Oid kBool = 16, kBytea = 17, kDate = 1082, kTimestamp = 1114, kTimestamptz = 1184;

struct Freed {
  void operator()(PGresult* result) const { PQclear(result); }
  void operator()(char* bytes) const { PQfreemem(bytes); }
};
using Answer = std::unique_ptr<PGresult, Freed>;

Refusal reason_of(std::string_view state, std::string_view said) {
  struct Row {
    std::string_view state;
    Refusal reason;
  };
  constexpr std::array<Row, 16> kRows{{{"28", Refusal::password},
                                       {"42501", Refusal::rights},
                                       {"25006", Refusal::rights},
                                       {"3D000", Refusal::no_database},
                                       {"42P01", Refusal::no_table},
                                       {"3F000", Refusal::no_table},
                                       {"54000", Refusal::too_long},
                                       {"08", Refusal::unreachable},
                                       {"57P0", Refusal::unreachable},
                                       {"53", Refusal::busy},
                                       {"40", Refusal::busy},
                                       {"55", Refusal::busy},
                                       {"XX", Refusal::busy},
                                       {"58", Refusal::busy},
                                       {"42", Refusal::wrong_query},
                                       {"22", Refusal::wrong_query}}};
  if (state == "57014") {
    return said.find("statement timeout") != said.npos ? Refusal::too_slow : Refusal::busy;
  }
  for (const Row& row : kRows) {
    if (state.starts_with(row.state)) return row.reason;
  }
  // What libpq itself refuses bears no state.
  if (said.find("certificate") != said.npos) return Refusal::certificate;
  return state.empty() ? Refusal::unreachable : Refusal::wrong_query;
}

/// The five letters of a verbose message, `FATAL:  28P01: password ...`, and what follows them.
struct Told {
  std::string state;
  std::string words;
};

Told told_by(std::string_view message) {
  constexpr std::string_view kLetters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  for (std::size_t at = message.find(":  "); at != message.npos; at = message.find(":  ", at + 1)) {
    const std::string_view rest = message.substr(at + 3);
    const bool has_state = rest.size() > 7 && rest.substr(5, 2) == ": " &&
                           rest.substr(0, 5).find_first_not_of(kLetters) == rest.npos;
    if (has_state) {
      const std::string_view words = rest.substr(7);
      return {std::string(rest.substr(0, 5)), std::string(words.substr(0, words.find('\n')))};
    }
  }
  std::string words(message);
  for (char& c : words) c = c == '\n' || c == '\t' ? ' ' : c;
  return {"", words};
}

/// COPY's escapes undone, in place; the size that is left.
std::size_t unescape(char* text, std::size_t size) {
  constexpr std::string_view kLetters = "bfnrtv", kMeant = "\b\f\n\r\t\v";
  std::size_t out = 0;
  for (std::size_t i = 0; i < size; ++i) {
    char c = text[i];
    if (c == '\\' && i + 1 < size) {
      c = text[++i];
      const std::size_t letter = kLetters.find(c);
      if (letter != kLetters.npos) c = kMeant[letter];
    }
    text[out++] = c;
  }
  return out;
}

class PostgresqlSession final : public Session {
 public:
  PostgresqlSession(ServerAddress address, Outside outside)
      : address_(std::move(address)), outside_(std::move(outside)) {}
  ~PostgresqlSession() override { PQfinish(db_); }
  PostgresqlSession(const PostgresqlSession&) = delete;
  PostgresqlSession& operator=(const PostgresqlSession&) = delete;

  Status open() {
    TRY(connect());
    PQsetErrorVerbosity(db_, PQERRORS_DEFAULT);
    PQsetNoticeReceiver(
        db_, [](void*, const PGresult*) {}, nullptr);
    const std::string limit = std::to_string(address_.timeout_seconds);
    const std::string settings =
        "SET default_transaction_read_only = on; SET statement_timeout = '" + limit +
        "s'; SET TimeZone = 'UTC'; SET DateStyle = 'ISO, YMD'; SET bytea_output = 'hex'; "
        "SET standard_conforming_strings = on; SET lc_messages = 'C'";
    Answer done(PQexec(db_, settings.c_str()));
    if (PQresultStatus(done.get()) == PGRES_COMMAND_OK) return {};
    // Only a superuser chooses the language of messages.
    done.reset(PQexec(db_, settings.substr(0, settings.rfind(';')).c_str()));
    if (PQresultStatus(done.get()) != PGRES_COMMAND_OK) return failure(done.get());
    return {};
  }

  Result<std::vector<SourceColumn>> describe(const std::string& select) override {
    // With parameters, even none, it must be a single statement.
    Answer answer(PQexecParams(db_, select.c_str(), 0, nullptr, nullptr, nullptr, nullptr, 0));
    if (PQresultStatus(answer.get()) != PGRES_TUPLES_OK) return failure(answer.get());
    columns_.clear();
    types_.clear();
    std::string words;
    for (int i = 0; i < PQnfields(answer.get()); ++i) {
      columns_.push_back({PQfname(answer.get(), i), ""});
      types_.push_back(PQftype(answer.get(), i));
      words += (i == 0 ? "SELECT format_type(" : ", format_type(") + std::to_string(types_.back()) +
               ", " + std::to_string(PQfmod(answer.get(), i)) + ")";
    }
    answer.reset(PQexec(db_, words.c_str()));
    if (PQresultStatus(answer.get()) != PGRES_TUPLES_OK) return failure(answer.get());
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      columns_[i].type = PQgetvalue(answer.get(), 0, static_cast<int>(i));
    }
    return columns_;
  }

  /// A literal without a type takes that of the column, numbers too.
  Scalar::Kind kind(std::size_t index) const override {
    return types_.at(index) == kBytea ? Scalar::Kind::bytes : Scalar::Kind::text;
  }

  Result<std::optional<Scalar>> single(const std::string& select) override {
    const Answer answer(PQexec(db_, select.c_str()));
    if (PQresultStatus(answer.get()) != PGRES_TUPLES_OK) return failure(answer.get());
    if (PQntuples(answer.get()) == 0 || PQgetisnull(answer.get(), 0, 0) != 0) {
      return std::optional<Scalar>();
    }
    std::string text = PQgetvalue(answer.get(), 0, 0);
    if (PQftype(answer.get(), 0) == kTimestamptz) text = in_utc(text);
    return std::optional(Scalar{Scalar::Kind::text, std::move(text)});
  }

  /// Times without a zone are those of the clock that the server shows to others.
  Result<std::int64_t> now(std::size_t index) override {
    const bool local = types_.at(index) == kTimestamp || types_.at(index) == kDate;
    const std::string zone =
        local ? "(SELECT reset_val FROM pg_settings WHERE name = 'TimeZone')" : "'UTC'";
    TRY(const std::optional<Scalar> seconds,
        single("SELECT floor(extract(epoch FROM (now() AT TIME ZONE " + zone + ")))::bigint"));
    CHECK(seconds.has_value());
    return std::stoll(seconds->text) * 1'000'000;
  }

  Status start(const std::string& select) override {
    const Answer answer(PQexec(db_, ("COPY (" + select + ") TO STDOUT").c_str()));
    if (PQresultStatus(answer.get()) != PGRES_COPY_OUT) return failure(answer.get());
    return {};
  }

  Result<bool> fill(Page& page) override {
    while (!page.full()) {
      char* raw = nullptr;
      const int size = PQgetCopyData(db_, &raw, 0);
      const std::unique_ptr<char, Freed> row(raw);
      if (size == -1) {
        const Answer answer(PQgetResult(db_));
        if (PQresultStatus(answer.get()) != PGRES_COMMAND_OK) return failure(answer.get());
        while (Answer(PQgetResult(db_))) {
        }
        return false;
      }
      if (size < 0) return failure(nullptr);
      TRY(push(page, row.get(), static_cast<std::size_t>(size)));
    }
    return true;
  }

  std::string identifier(std::string_view name) const override { return quoted(name, '"'); }

  std::string literal(const Scalar& value) const override {
    if (value.kind == Scalar::Kind::bytes) return "'\\x" + value.text.substr(2) + "'::bytea";
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

  static std::string in_utc(std::string text) {
    if (text.ends_with("+00")) text.replace(text.size() - 3, 3, "Z");
    return text;
  }

  /// Step by step, as only so the server says in a language-free way why it refuses.
  Status connect() {
    const std::string port = std::to_string(address_.port);
    const std::string tls = address_.tls == "verify" ? "verify-full" : address_.tls;
    const char* ca = address_.tls == "verify" ? address_.ca.c_str() : "";
    const std::array<const char*, 13> names{"host",
                                            "port",
                                            "dbname",
                                            "user",
                                            "password",
                                            "sslmode",
                                            "sslrootcert",
                                            "client_encoding",
                                            "application_name",
                                            "passfile",
                                            "keepalives_idle",
                                            "tcp_user_timeout",
                                            nullptr};
    const std::array<const char*, 13> values{address_.host.c_str(),
                                             port.c_str(),
                                             address_.database.c_str(),
                                             address_.user.c_str(),
                                             address_.password.c_str(),
                                             tls.c_str(),
                                             ca,
                                             "UTF8",
                                             "huitou",
                                             "/dev/null",
                                             "30",
                                             "60000",
                                             nullptr};
    db_ = PQconnectStartParams(names.data(), values.data(), 0);
    CHECK(db_ != nullptr);
    PQsetErrorVerbosity(db_, PQERRORS_VERBOSE);
    const double deadline = outside_.seconds() + kConnectSeconds;
    PostgresPollingStatusType wanted = PGRES_POLLING_WRITING;
    while (PQstatus(db_) != CONNECTION_BAD) {
      const double left = deadline - outside_.seconds();
      pollfd socket{PQsocket(db_),
                    static_cast<short>(wanted == PGRES_POLLING_READING ? POLLIN : POLLOUT), 0};
      if (left <= 0 || poll(&socket, 1, static_cast<int>(left * 1000) + 1) == 0) {
        return refusal(address_, Refusal::unreachable, "no answer within 10 seconds");
      }
      wanted = PQconnectPoll(db_);
      if (wanted == PGRES_POLLING_OK) return {};
      if (wanted == PGRES_POLLING_FAILED) break;
    }
    const Told told = told_by(PQerrorMessage(db_));
    return refusal(address_, reason_of(told.state, told.words), told.words);
  }

  Status push(Page& page, char* row, std::size_t size) {
    char* const end = row + size - 1;  // the line ends with '\n'
    const bool escaped = std::memchr(row, '\\', size) != nullptr;
    for (std::size_t i = 0; i < types_.size(); ++i) {
      auto* tab = static_cast<char*>(std::memchr(row, '\t', static_cast<std::size_t>(end - row)));
      char* const cell_end = tab == nullptr ? end : tab;
      CHECK((tab == nullptr) == (i + 1 == types_.size()));
      std::size_t length = static_cast<std::size_t>(cell_end - row);
      if (length > kMostCellBytes) return cell_too_long(columns_[i].name, length);
      if (escaped && length == 2 && row[0] == '\\' && row[1] == 'N') {
        page.push({});
      } else {
        if (escaped) length = unescape(row, length);
        push_cell(page, types_[i], {row, length});
      }
      row = cell_end + 1;
    }
    return {};
  }

  static void push_cell(Page& page, Oid type, std::string_view cell) {
    switch (type) {
      case kBool:
        return page.push(cell == "t" ? "true" : "false");
      case kBytea:
        return page.push(cell.size() <= 2 ? "" : "0" + std::string(cell.substr(1)));
      case kTimestamptz:
        return page.push(in_utc(std::string(cell)));
      default:
        return page.push(cell);
    }
  }

  Error failure(const PGresult* answer) const {
    const char* state = answer == nullptr ? nullptr : PQresultErrorField(answer, PG_DIAG_SQLSTATE);
    const char* primary =
        answer == nullptr ? nullptr : PQresultErrorField(answer, PG_DIAG_MESSAGE_PRIMARY);
    const std::string words = primary != nullptr ? primary : told_by(PQerrorMessage(db_)).words;
    return refusal(address_, reason_of(state == nullptr ? "" : state, words), words);
  }

  ServerAddress address_;
  Outside outside_;
  PGconn* db_ = nullptr;
  std::vector<SourceColumn> columns_;
  std::vector<Oid> types_;
};

Result<std::unique_ptr<Reader>> open_source(const Settings& settings, const Outside& outside) {
  TRY(Selection selection, selection_of(postgresql, settings));
  const ServerAddress address = server_address(postgresql, settings);
  return read_database({.selection = std::move(selection),
                        .connect = [address, outside]() -> Result<std::unique_ptr<Session>> {
                          auto session = std::make_unique<PostgresqlSession>(address, outside);
                          TRY(session->open());
                          return std::unique_ptr<Session>(std::move(session));
                        }});
}

}  // namespace

const Connector postgresql{
    .card = {.name = "postgresql",
             .title = {"PostgreSQL", "PostgreSQL"},
             .question = {"Which rows has a database of PostgreSQL, and which are new?",
                          "PostgreSQL 数据库里有哪些行，哪些是新的？"},
             .method =
                 {"Copies a table or query out by (updated, key) in a session that may only "
                  "read; every statement has a time limit.",
                  "在只读会话中按（更新时间，主键）复制出表或查询的数据；每条语句都有时间限制。"}},
    .params = server_params("5432", {"prefer", "require", "verify"}),
    .secrets = {"password"},
    .open = open_source,
};

}  // namespace huitou::connectors
