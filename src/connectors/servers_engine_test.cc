// Real servers: HUITOU_DATABASES names the file that tools/databases.py writes. What all databases
// have in common is tested with SQLite; here is what only a server can do.

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>

#include "connectors/connectors.h"

namespace huitou::connectors {
namespace {

using nlohmann::json;

class Servers : public testing::TestWithParam<const char*> {
 protected:
  void SetUp() override {
    const char* path = std::getenv("HUITOU_DATABASES");
    if (path == nullptr) GTEST_SKIP() << "HUITOU_DATABASES names no servers (tools/databases.py)";
    std::ifstream file(path);
    all_ = json::parse(file);
  }

  std::string kind() const { return GetParam(); }
  bool is_mysql() const { return kind() == "mysql"; }

  void fixture(const std::string& words) const {
    const std::string command = "python3 tools/databases.py " + words + " --dir '" +
                                all_["dir"].get<std::string>() + "' --server " + kind();
    ASSERT_EQ(std::system(command.c_str()), 0) << command;
  }
  void sql(const std::string& text) const {
    const std::string path = testing::TempDir() + "statements_" + std::to_string(getpid()) + ".sql";
    std::ofstream(path) << text;
    fixture("sql < '" + path + "'");
    std::remove(path.c_str());
  }
  /// Rows 1 ..., changed one second after another.
  void orders(int rows) const {
    const std::string n = std::to_string(rows);
    sql("DROP TABLE IF EXISTS orders; CREATE TABLE orders (id BIGINT PRIMARY KEY, amount "
        "DECIMAL(12,2), "
        "name VARCHAR(200), changed TIMESTAMP(6) NULL);");
    sql(is_mysql()
            ? "INSERT INTO orders SELECT seq, seq + 0.5, CONCAT('顾客', seq, REPEAT('x', 100)), "
              "TIMESTAMP('2025-01-01') + INTERVAL seq SECOND FROM seq_1_to_" +
                  n + ";"
            : "INSERT INTO orders SELECT i, i + 0.5, '顾客' || i || repeat('x', 100), TIMESTAMP "
              "'2025-01-01' + i * INTERVAL '1 second' FROM generate_series(1, " +
                  n + ") i;");
  }
  Settings settings(Settings more) const {
    const json& server = all_[kind()];
    Settings settings{{"host", {server["host"].get<std::string>()}},
                      {"port", {std::to_string(server["port"].get<int>())}},
                      {"database", {server["database"].get<std::string>()}},
                      {"user", {server["user"].get<std::string>()}},
                      {"password", {server["password"].get<std::string>()}}};
    for (auto& [name, values] : more) settings[name] = values;
    return settings;
  }
  Result<std::unique_ptr<Reader>> opened(Settings more) const {
    return open(**find(kind()), settings(std::move(more)), machine());
  }
  std::unique_ptr<Reader> reader(Settings more) const {
    auto reader = opened(std::move(more));
    EXPECT_TRUE(reader.ok()) << describe(reader.error());
    return std::move(reader).value();
  }
  void expect_refusal(Settings more, Code code, const std::string& named) const {
    const auto reader = opened(more);
    ASSERT_FALSE(reader.ok()) << named;
    const std::string text = describe(reader.error()) + describe(reader.error(), true);
    EXPECT_EQ(reader.error().code, code) << text;
    EXPECT_NE(text.find(named), std::string::npos) << text;
    for (const auto& [name, values] : settings(more)) {
      if (name == "password") {
        EXPECT_EQ(text.find(values.front()), std::string::npos) << text;
      }
    }
  }

  json all_;
};

std::set<std::string> ids_of(const Page& page) {
  std::set<std::string> ids;
  for (std::size_t row = 0; row < page.rows(); ++row) ids.emplace(page.at(row, 0));
  return ids;
}

/// All rows from `cursor` on; errors that pass are tried again with the same cursor.
std::set<std::string> read_all(Reader& reader, std::string& cursor) {
  std::set<std::string> ids;
  for (int attempt = 0; attempt < 100;) {
    const Result<Page> page = reader.next(cursor);
    if (!page.ok()) {
      EXPECT_EQ(page.error().code, Code::unavailable) << describe(page.error());
      ++attempt;
      continue;
    }
    ids.merge(ids_of(*page));
    cursor = page->cursor;
    if (page->last) break;
  }
  return ids;
}

void expect_row(const Page& page, std::size_t row, const std::vector<std::string_view>& cells) {
  ASSERT_EQ(page.columns(), cells.size());
  for (std::size_t i = 0; i < cells.size(); ++i)
    EXPECT_EQ(page.at(row, i), cells[i]) << "column " << i;
}

TEST_P(Servers, GivesEveryTypeAsText) {
  if (is_mysql()) {
    sql("DROP TABLE IF EXISTS kinds; CREATE TABLE kinds (a BIGINT UNSIGNED, b DECIMAL(20,4), c "
        "DATETIME(3), "
        "d TIMESTAMP NULL, e DATE, f VARCHAR(50) CHARACTER SET gbk, g TEXT, h BLOB, i BIT(9), j "
        "DOUBLE, k JSON);"
        "INSERT INTO kinds VALUES (18446744073709551615, -0.5, '2025-01-31 10:00:00.25', "
        "'2025-01-31 10:00:00',"
        "'2025-01-31', '小明', 'a\\tb\\\\N\\n', x'00ff', 257, 0.1, '{\"a\":1}'), "
        "(NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL), "
        "(0, 0, 0, 0, 0, '', '', '', 0, 0, '{}');");
  } else {
    sql("DROP TABLE IF EXISTS kinds; CREATE TABLE kinds (a BIGINT, b DECIMAL(20,4), c "
        "TIMESTAMP(3), d TIMESTAMPTZ, "
        "e DATE, f VARCHAR(50), g TEXT, h BYTEA, i BOOLEAN, j DOUBLE PRECISION, k JSONB);"
        "INSERT INTO kinds VALUES (-9223372036854775808, -0.5, '2025-01-31 10:00:00.25', "
        "'2025-01-31 10:00:00',"
        "'2025-01-31', '小明', E'a\\tb\\\\N\\n', '\\x00ff', true, 0.1, '{\"a\":1}'), (NULL, NULL, "
        "NULL, NULL, NULL, "
        "NULL, NULL, NULL, NULL, NULL, NULL), (0, 0, 'epoch', 'infinity', 'epoch', '', '\\N', '', "
        "false, 'NaN', '{}');");
  }
  const auto source = reader({{"table", {"kinds"}}});
  EXPECT_EQ(source->columns()[1].type, is_mysql() ? "decimal(20,4)" : "numeric(20,4)");
  const Result<Page> page = source->next("");
  ASSERT_TRUE(page.ok()) << describe(page.error());
  ASSERT_EQ(page->rows(), 3U);
  EXPECT_TRUE(page->last);
  if (is_mysql()) {
    expect_row(
        *page, 0,
        {"18446744073709551615", "-0.5000", "2025-01-31 10:00:00.250", "2025-01-31 02:00:00Z",
         "2025-01-31", "小明", "a\tb\\N\n", "0x00ff", "257", "0.1", "{\"a\":1}"});
    expect_row(*page, 2,
               {"0", "0.0000", "0000-00-00 00:00:00.000", "0000-00-00 00:00:00", "0000-00-00", "",
                "", "", "0", "0", "{}"});
  } else {
    expect_row(*page, 0,
               {"-9223372036854775808", "-0.5000", "2025-01-31 10:00:00.25", "2025-01-31 02:00:00Z",
                "2025-01-31", "小明", "a\tb\\N\n", "0x00ff", "true", "0.1", "{\"a\": 1}"});
    expect_row(*page, 2,
               {"0", "0.0000", "1970-01-01 00:00:00", "infinity", "1970-01-01", "", "\\N", "",
                "false", "NaN", "{}"});
  }
  expect_row(*page, 1, std::vector<std::string_view>(11, ""));
}

TEST_P(Servers, ReadsWhatChangedSinceTheLastRun) {
  orders(30'000);
  const Settings by_time{{"table", {"orders"}},
                         {"key", {"id"}},
                         {"updated", {"changed"}},
                         {"overlap_seconds", {"10"}}};
  std::string cursor;
  EXPECT_EQ(read_all(*reader(by_time), cursor).size(), 30'000U);
  sql("UPDATE orders SET changed = '2025-01-01 08:20:01' WHERE id = 7;"
      "UPDATE orders SET changed = NULL WHERE id = 8; UPDATE orders SET changed = '2025-02-01' "
      "WHERE id = 9;"
      "UPDATE orders SET changed = '2030-01-01' WHERE id = 10;");
  const std::set<std::string> ids = read_all(*reader(by_time), cursor);
  for (const std::string id : {"8", "9", "10", "29990", "30000"})
    EXPECT_TRUE(ids.contains(id)) << id;
  EXPECT_EQ(ids.size(), 15U);
  EXPECT_EQ(cursor.find("2030"), std::string::npos) << cursor;
  sql("UPDATE orders SET changed = CURRENT_TIMESTAMP WHERE id = 11;");
  EXPECT_TRUE(read_all(*reader(by_time), cursor).contains("11"));
}

TEST_P(Servers, AnotherReaderGoesOnWhereOneEnded) {
  orders(40'000);
  for (const Settings& how :
       {Settings{{"table", {"orders"}}, {"key", {"id"}}},
        Settings{{"table", {"orders"}}, {"key", {"name"}}},
        Settings{{"table", {"orders"}}, {"key", {"amount", "id"}}, {"updated", {"changed"}}},
        Settings{{"query", {"SELECT id, name, changed FROM orders;"}}, {"key", {"id"}}}}) {
    std::set<std::string> ids;
    std::string cursor;
    for (int pages = 0; pages < 20; ++pages) {
      const auto source = reader(how);
      const Result<Page> page = source->next(cursor);
      ASSERT_TRUE(page.ok()) << describe(page.error());
      ids.merge(ids_of(*page));
      cursor = page->cursor;
      if (page->last) break;
    }
    EXPECT_EQ(ids.size(), 40'000U);
  }
}

TEST_P(Servers, ARestartOrACutInTheMiddleLosesNothing) {
  orders(120'000);
  const std::string cut =
      is_mysql()
          ? "SELECT id INTO @id FROM information_schema.processlist WHERE user = 'reader' LIMIT 1; "
            "KILL @id;"
          : "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'reader';";
  for (const bool restart : {false, true}) {
    const auto source = reader({{"table", {"orders"}}, {"key", {"id"}}});
    std::set<std::string> ids;
    std::string cursor;
    for (int page = 0; page < 3; ++page) {
      const Result<Page> read = source->next(cursor);
      ASSERT_TRUE(read.ok());
      ids.merge(ids_of(*read));
      cursor = read->cursor;
    }
    if (restart) {
      fixture("restart");
    } else {
      sql(cut);
    }
    ids.merge(read_all(*source, cursor));
    EXPECT_EQ(ids.size(), 120'000U);
    EXPECT_EQ(cursor, "");
  }
}

TEST_P(Servers, SaysWhatIsWrongAndNeverTheSecret) {
  orders(10);
  sql("DROP TABLE IF EXISTS secret_table; CREATE TABLE secret_table (a INTEGER);");
  if (!is_mysql()) {
    sql("REVOKE SELECT ON secret_table FROM reader;");
    expect_refusal({{"table", {"secret_table"}}}, Code::denied, "reader");
  }
  const Settings table{{"table", {"orders"}}};
  const auto with = [&](const std::string& name, const std::string& value) {
    Settings more = table;
    more[name] = {value};
    return more;
  };
  expect_refusal(with("password", "wr0ng-Passw0rd"), Code::denied, "'reader'");
  expect_refusal(with("user", "nobody_here"), Code::denied, "'nobody_here'");
  expect_refusal(with("port", "1"), Code::unavailable, "127.0.0.1:1");
  expect_refusal(with("host", "no-such-host.invalid"), Code::unavailable, "no-such-host.invalid");
  expect_refusal(with("database", "nothing_here"), is_mysql() ? Code::denied : Code::not_found,
                 "nothing_here");
  expect_refusal(with("table", "gone"), Code::not_found, "gone");
  expect_refusal(with("columns", "price"), Code::invalid_input, "price");
  expect_refusal(with("key", "nr"), Code::not_found, "'nr'");
  expect_refusal(with("tls", "sometimes"), Code::invalid_input, "sometimes");
  expect_refusal({{"query", {"SELECT 1) AS x; DELETE FROM orders; --"}}}, Code::invalid_input,
                 kind() == "mysql" ? "MySQL" : "PostgreSQL");
  expect_refusal({{"query", {"DELETE FROM orders"}}}, Code::invalid_input,
                 is_mysql() ? "DELETE" : "FROM");
}

TEST_P(Servers, VerifiesCertificatesWhereAsked) {
  orders(10);
  const std::string own = all_[kind()]["certificate"].get<std::string>();
  const Settings table{{"table", {"orders"}}, {"key", {"id"}}};
  const auto with = [&](const std::string& tls, const std::string& ca,
                        const std::string& host = "127.0.0.1") {
    Settings more = table;
    more["tls"] = {tls};
    more["ca"] = {ca};
    more["host"] = {host};
    return more;
  };
  const auto rows = [&](Settings more) {
    const auto page = reader(std::move(more))->next("");
    return page.ok() ? page->rows() : 0U;
  };
  EXPECT_EQ(rows(with("verify", own)), 10U);
  EXPECT_EQ(rows(with("require", "not looked at")), 10U);
  // Known by nobody, and made out to another name.
  expect_refusal(with("verify", "/etc/ssl/certs/ca-certificates.crt"), Code::denied, "`ca`");
  expect_refusal(with("verify", own, "localhost"), Code::denied, "`host`");
}

TEST_P(Servers, WritesNothing) {
  orders(10);
  sql(is_mysql()
          ? "DROP FUNCTION IF EXISTS wipe;\nDELIMITER //\nCREATE FUNCTION wipe() RETURNS INT "
            "BEGIN DELETE FROM orders; RETURN 1; END//\n"
          : "CREATE OR REPLACE FUNCTION wipe() RETURNS int LANGUAGE sql SECURITY DEFINER AS "
            "'DELETE FROM orders; SELECT 1';");
  const auto source = opened({{"query", {"SELECT wipe() AS w"}}});
  const Error error = source.ok() ? (*source)->next("").error() : source.error();
  EXPECT_EQ(error.code, Code::denied) << describe(error);
  std::string cursor;
  EXPECT_EQ(read_all(*reader({{"table", {"orders"}}}), cursor).size(), 10U);
}

TEST_P(Servers, AStatementThatRunsTooLongIsStopped) {
  const std::string slow = is_mysql() ? "SELECT SLEEP(20) AS a" : "SELECT 1 AS a FROM pg_sleep(20)";
  const auto source = reader({{"query", {slow}}, {"timeout_seconds", {"1"}}});
  const Result<Page> page = source->next("");
  ASSERT_FALSE(page.ok());
  EXPECT_EQ(page.error().code, Code::limit_reached) << describe(page.error());
  EXPECT_NE(page.error().message.find("timeout_seconds is 1"), std::string::npos);
}

TEST_P(Servers, ALongCellIsOneClearErrorAndCanBeLeftOut) {
  sql("DROP TABLE IF EXISTS letters; CREATE TABLE letters (id INT PRIMARY KEY, body " +
      std::string(is_mysql() ? "LONGTEXT" : "TEXT") +
      "); INSERT INTO letters VALUES (1, 'short'), (2, repeat('x', 17 * 1024 * 1024)), "
      "(3, repeat('x', 80 * 1024 * 1024));");
  for (const std::string condition : {"id <= 2", "id <> 2"}) {
    const auto source = reader({{"query", {"SELECT id, body FROM letters WHERE " + condition}}});
    const Result<Page> page = source->next("");
    ASSERT_FALSE(page.ok());
    EXPECT_EQ(page.error().code, Code::limit_reached) << describe(page.error());
    EXPECT_NE(page.error().hint.find("`columns`"), std::string::npos);
  }
  std::string cursor;
  EXPECT_EQ(read_all(*reader({{"table", {"letters"}}, {"columns", {"id"}}}), cursor).size(), 3U);
}

TEST_P(Servers, AColumnThatGoesIsOneClearError) {
  orders(10);
  const auto source = reader({{"table", {"orders"}}, {"key", {"id"}}});
  sql("ALTER TABLE orders DROP COLUMN name;");
  const Result<Page> page = source->next("");
  ASSERT_FALSE(page.ok());
  EXPECT_EQ(page.error().code, Code::invalid_input) << describe(page.error());
  EXPECT_NE(page.error().message.find("name"), std::string::npos);
}

INSTANTIATE_TEST_SUITE_P(Sources, Servers, testing::Values("mysql", "postgresql"),
                         [](const auto& given) { return std::string(given.param); });

}  // namespace
}  // namespace huitou::connectors
