// What all databases have in common (pages, cursors, overlap) is tested here, as SQLite needs no
// server.

#include <gtest/gtest.h>
#include <sqlite3.h>
#include <unistd.h>

#include <filesystem>
#include <map>
#include <set>

#include "connectors/connectors.h"

namespace huitou::connectors {
namespace {

class SqliteSource : public testing::Test {
 protected:
  void SetUp() override {
    path_ = testing::TempDir() + "connectors_" + std::to_string(getpid()) + ".sqlite";
    std::filesystem::remove(path_);
    ASSERT_EQ(sqlite3_open(path_.c_str(), &db_), SQLITE_OK);
    run("PRAGMA journal_mode = WAL");  // readers and writers do not wait for each other
  }
  void TearDown() override {
    sqlite3_close(db_);
    std::filesystem::remove(path_);
  }
  void run(const std::string& sql) {
    char* error = nullptr;
    ASSERT_EQ(sqlite3_exec(db_, sql.c_str(), nullptr, nullptr, &error), SQLITE_OK) << error;
  }
  /// `rows` rows of id 1 ..., changed one second after another from 2025-01-01 on.
  void orders(int rows) {
    run("CREATE TABLE orders (id INTEGER PRIMARY KEY, amount TEXT, changed TEXT)");
    run("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < " +
        std::to_string(rows) +
        ") INSERT INTO orders SELECT i, i || '.50', datetime('2025-01-01', '+' || i || ' seconds')"
        " FROM n");
  }
  Result<std::unique_ptr<Reader>> opened(Settings settings) {
    settings["path"] = {path_};
    return open(**find("sqlite"), settings, machine());
  }
  std::unique_ptr<Reader> reader(Settings settings) {
    Result<std::unique_ptr<Reader>> reader = opened(std::move(settings));
    EXPECT_TRUE(reader.ok()) << describe(reader.error());
    return std::move(reader).value();
  }
  Error refusal(Settings settings) {
    Result<std::unique_ptr<Reader>> reader = opened(std::move(settings));
    EXPECT_FALSE(reader.ok());
    return reader.ok() ? Error{} : reader.error();
  }

  std::string path_;
  sqlite3* db_ = nullptr;
};

/// What one run gave: the first cell of each row with how often it came, and where the next begins.
struct Gathered {
  std::map<std::string, int> rows;
  std::string cursor;
  int pages = 0;
};

Page page_of(Reader& reader, const std::string& cursor) {
  Result<Page> page = reader.next(cursor);
  EXPECT_TRUE(page.ok()) << describe(page.error());
  return page.ok() ? std::move(page).value() : Page(1);
}

Gathered run_from(Reader& reader, std::string cursor) {
  Gathered run;
  while (true) {
    const Page page = page_of(reader, cursor);
    ++run.pages;
    for (std::size_t row = 0; row < page.rows(); ++row) ++run.rows[std::string(page.at(row, 0))];
    cursor = run.cursor = page.cursor;
    if (page.last || testing::Test::HasFailure()) return run;
  }
}

TEST_F(SqliteSource, GivesEveryKindOfCellAsText) {
  run("CREATE TABLE t (id INTEGER, name TEXT, price REAL, bytes BLOB, empty TEXT)");
  run("INSERT INTO t VALUES (9007199254740993, '小明', 0.1, x'00ff', NULL), (-1, '', 1e300, '', "
      "7)");
  const auto source = reader({{"table", {"t"}}});
  ASSERT_EQ(source->columns().size(), 5U);
  EXPECT_EQ(source->columns()[2], (SourceColumn{"price", "REAL"}));
  const Page page = page_of(*source, "");
  ASSERT_EQ(page.rows(), 2U);
  const std::string_view expected[] = {"9007199254740993", "小明", "0.1", "0x00ff", "", "-1", "",
                                       "1e+300",           "",     "7"};
  for (std::size_t i = 0; i < 10; ++i) EXPECT_EQ(page.at(i / 5, i % 5), expected[i]);
  EXPECT_TRUE(page.last);
  EXPECT_EQ(page.cursor, "");
}

TEST_F(SqliteSource, ReadsEachRowOnceInOneRun) {
  orders(25'000);
  for (const Settings& settings :
       {Settings{{"table", {"orders"}}}, Settings{{"table", {"orders"}}, {"key", {"id"}}},
        Settings{{"query", {"SELECT id, amount, changed FROM orders -- all ;\n;"}}},
        Settings{{"table", {"main.orders"}}, {"key", {"id"}}, {"updated", {"changed"}}}}) {
    const auto source = reader(settings);
    const Gathered run = run_from(*source, "");
    EXPECT_EQ(run.pages, 3);
    EXPECT_EQ(run.rows.size(), 25'000U);
    for (const auto& [id, times] : run.rows) ASSERT_EQ(times, 1) << id;
  }
}

TEST_F(SqliteSource, AnotherReaderGoesOnWhereOneEnded) {
  orders(25'000);
  run("UPDATE orders SET changed = NULL WHERE id % 2 = 0");
  run("UPDATE orders SET changed = '2025-01-01 00:00:07' WHERE id % 2 = 1 AND id < 24000");
  for (const Settings& settings :
       {Settings{{"table", {"orders"}}}, Settings{{"table", {"orders"}}, {"key", {"id"}}},
        Settings{{"table", {"orders"}}, {"key", {"amount", "id"}}},
        Settings{{"table", {"orders"}}, {"key", {"id"}}, {"updated", {"changed"}}}}) {
    std::set<std::string> seen;
    std::string cursor;
    for (int attempt = 0; attempt < 5; ++attempt) {
      const auto source = reader(settings);
      const Page page = page_of(*source, cursor);
      for (std::size_t row = 0; row < page.rows(); ++row) seen.emplace(page.at(row, 0));
      cursor = page.cursor;
      if (page.last) break;
    }
    const bool has_key = settings.contains("key");
    EXPECT_EQ(seen.size(), has_key ? 25'000U : 10'000U);
    if (has_key) continue;
    EXPECT_EQ(run_from(*reader(settings), cursor).rows.size(), 25'000U);  // all of it again
  }
}

TEST_F(SqliteSource, APageThatIsAskedForAgainIsNotSkipped) {
  orders(45'000);
  for (const Settings& settings :
       {Settings{{"table", {"orders"}}}, Settings{{"table", {"orders"}}, {"key", {"id"}}}}) {
    const auto source = reader(settings);
    const Page first = page_of(*source, "");
    page_of(*source, page_of(*source, first.cursor).cursor);
    const Gathered rest = run_from(*source, first.cursor);
    for (int id = 10'001; id <= 45'000; ++id) {
      ASSERT_TRUE(rest.rows.contains(std::to_string(id))) << id;
    }
  }
}

TEST_F(SqliteSource, RowsThatShareAKeyAreNotLostWhereAPageEnds) {
  orders(25'000);
  run("UPDATE orders SET amount = id / 7");
  std::set<std::string> seen;
  std::string cursor;
  for (int pages = 0; pages < 6; ++pages) {
    const auto source = reader({{"table", {"orders"}}, {"key", {"amount"}}});
    const Page page = page_of(*source, cursor);
    for (std::size_t row = 0; row < page.rows(); ++row) seen.emplace(page.at(row, 0));
    cursor = page.cursor;
    if (page.last) break;
  }
  EXPECT_EQ(seen.size(), 25'000U);
}

TEST_F(SqliteSource, LaterRunsReadWhatChangedAndTheOverlap) {
  orders(1000);  // the last at 00:16:40
  const Settings settings{{"table", {"orders"}},
                          {"key", {"id"}},
                          {"updated", {"changed"}},
                          {"overlap_seconds", {"10"}}};
  const Gathered first = run_from(*reader(settings), "");
  EXPECT_EQ(first.rows.size(), 1000U);
  const Gathered nothing_new = run_from(*reader(settings), first.cursor);
  EXPECT_EQ(nothing_new.rows.size(), 11U);
  EXPECT_EQ(nothing_new.cursor, first.cursor);

  run("UPDATE orders SET changed = '2025-01-01 01:00:00' WHERE id = 3");
  run("UPDATE orders SET changed = '2025-01-01 00:16:31' WHERE id = 4");  // committed late
  run("INSERT INTO orders VALUES (2000, '1', NULL)");
  run("INSERT INTO orders VALUES (2001, '1', '2099-01-01 00:00:00')");
  const Gathered second = run_from(*reader(settings), first.cursor);
  for (const std::string id : {"3", "4", "2000", "2001", "990", "1000"}) {
    EXPECT_TRUE(second.rows.contains(id)) << id;
  }
  EXPECT_EQ(second.rows.size(), 15U);
  EXPECT_EQ(second.cursor.find("2099"), std::string::npos) << second.cursor;
}

TEST_F(SqliteSource, CellsOfAnyTypeCanBeTheKey) {
  run("CREATE TABLE t (k, v TEXT)");  // no affinity: 10 < '10' < x'10'
  run("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 24000) INSERT INTO "
      "t "
      "SELECT CASE i % 4 WHEN 0 THEN i WHEN 1 THEN i || '''' WHEN 2 THEN CAST('b' || i AS BLOB) "
      "ELSE "
      "i / 3.0 END, i FROM n");
  std::set<std::string> seen;
  std::string cursor;
  for (int pages = 0; pages < 6; ++pages) {
    const auto source = reader({{"table", {"t"}}, {"key", {"k"}}});
    const Page page = page_of(*source, cursor);
    for (std::size_t row = 0; row < page.rows(); ++row) seen.emplace(page.at(row, 1));
    cursor = page.cursor;
    if (page.last) break;
  }
  EXPECT_EQ(seen.size(), 24'000U);
}

TEST_F(SqliteSource, NamedColumnsAloneAreReadAndTheKeyWithThem) {
  orders(3);
  const auto source = reader({{"table", {"orders"}}, {"columns", {"amount"}}, {"key", {"id"}}});
  ASSERT_EQ(source->columns().size(), 2U);
  EXPECT_EQ(source->columns()[0].name, "amount");
  EXPECT_EQ(source->columns()[1].name, "id");
}

TEST_F(SqliteSource, SaysWhatIsWrong) {
  orders(3);
  struct Case {
    Settings settings;
    Code code;
    std::string_view named;
  };
  const Case cases[] = {
      {{{"table", {"visits"}}}, Code::not_found, "visits"},
      {{{"table", {"orders"}}, {"key", {"nr"}}}, Code::not_found, "'nr'"},
      {{{"table", {"orders"}}, {"columns", {"price"}}}, Code::invalid_input, "price"},
      {{{"query", {"DELETE FROM orders"}}}, Code::invalid_input, "DELETE"},
      {{{"query", {"SELECT 1); DELETE FROM orders; --"}}}, Code::invalid_input, "path"},
      {{}, Code::invalid_input, "table"},
      {{{"table", {"orders"}}, {"query", {"SELECT 1"}}}, Code::invalid_input, "table"},
      {{{"table", {"orders"}}, {"updated", {"changed"}}}, Code::invalid_input, "key"},
      {{{"table", {"orders"}}, {"overlap_seconds", {"-1"}}},
       Code::invalid_input,
       "overlap_seconds"},
      {{{"tabel", {"orders"}}}, Code::invalid_input, "tabel"},
      {{{"table", {"orders", "more"}}}, Code::invalid_input, "once"},
  };
  for (const Case& c : cases) {
    const Error error = refusal(c.settings);
    EXPECT_EQ(error.code, c.code) << describe(error);
    if (c.named != "path") {
      EXPECT_NE(describe(error).find(c.named), std::string::npos) << describe(error);
    }
    EXPECT_FALSE(error.message_zh.empty());
  }
  run("DROP TABLE orders");
  EXPECT_EQ(refusal({{"table", {"orders"}}}).code, Code::not_found);
}

TEST_F(SqliteSource, FilesThatAreNoneOfSqlite) {
  const std::string other = path_ + ".txt";
  FILE* file = std::fopen(other.c_str(), "w");
  std::fputs(std::string(5000, 'x').c_str(), file);
  std::fclose(file);
  const auto code = [](const std::string& path) {
    return open(**find("sqlite"), {{"path", {path}}, {"table", {"t"}}}, machine()).error().code;
  };
  EXPECT_EQ(code(other), Code::invalid_input);
  EXPECT_EQ(code(path_ + ".none"), Code::not_found);
  std::filesystem::remove(other);
}

TEST_F(SqliteSource, AnEmptyKeyAndALongCellAreErrors) {
  run("CREATE TABLE t (k TEXT, v BLOB)");
  run("INSERT INTO t VALUES (NULL, 1)");
  const Result<Page> empty_key = reader({{"table", {"t"}}, {"key", {"k"}}})->next("");
  ASSERT_FALSE(empty_key.ok());
  EXPECT_NE(empty_key.error().message.find("'k'"), std::string::npos);
  run("UPDATE t SET k = 1, v = zeroblob(17 << 20)");
  const Result<Page> long_cell = reader({{"table", {"t"}}, {"key", {"k"}}})->next("");
  ASSERT_FALSE(long_cell.ok());
  EXPECT_EQ(long_cell.error().code, Code::limit_reached);
}

TEST_F(SqliteSource, AStatementThatRunsTooLongIsStopped) {
  double clock = 0;
  const Outside hasty{.seconds = [&clock] { return clock += 1; },
                      .wait = [](double) { return true; }};
  const Settings settings{
      {"path", {path_}},
      {"timeout_seconds", {"5"}},
      {"query",
       {"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"}}};
  auto source = open(**find("sqlite"), settings, hasty);
  ASSERT_TRUE(source.ok()) << describe(source.error());
  const Result<Page> page = (*source)->next("");
  ASSERT_FALSE(page.ok());
  EXPECT_EQ(page.error().code, Code::limit_reached);
  EXPECT_NE(page.error().message.find("timeout_seconds"), std::string::npos);
}

TEST_F(SqliteSource, AChangedShapeIsAnErrorAndAForeignCursorToo) {
  orders(25'000);
  const auto source = reader({{"table", {"orders"}}, {"key", {"id"}}});
  const Page page = page_of(*source, "");
  run("ALTER TABLE orders DROP COLUMN amount");
  run("ALTER TABLE orders ADD COLUMN amount INTEGER");
  EXPECT_FALSE(source->next("key=n1&in=undated").ok());
  const auto fresh = reader({{"table", {"orders"}}, {"key", {"id"}}});
  EXPECT_EQ(fresh->next("in=undated&key=n1&key=n2").error().code, Code::invalid_input);
  EXPECT_EQ(fresh->next("' OR 1=1").error().code, Code::invalid_input);
  EXPECT_EQ(page_of(*fresh, page.cursor).rows(), 10'000U);  // usable after an error
}

}  // namespace
}  // namespace huitou::connectors
