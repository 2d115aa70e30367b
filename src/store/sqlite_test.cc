#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <thread>

#include "store/store.h"

namespace huitou::store {
namespace {

class StoreTest : public testing::Test {
 protected:
  void SetUp() override {
    directory_ = std::filesystem::path(testing::TempDir()) /
                 ("huitou_store_" + std::to_string(getpid()) + "_" +
                  testing::UnitTest::GetInstance()->current_test_info()->name());
    std::filesystem::create_directories(directory_);
    open();
  }
  void TearDown() override {
    store_.reset();
    std::filesystem::remove_all(directory_);
  }
  void open() {
    store_.reset();
    auto opened = open_sqlite((directory_ / "store.sqlite").string());
    ASSERT_TRUE(opened.ok()) << describe(opened.error());
    store_ = std::move(*opened);
  }
  void must(std::string_view sql, const std::vector<Value>& values = {}) {
    const auto done = store_->run(sql, values);
    ASSERT_TRUE(done.ok()) << describe(done.error());
  }
  std::int64_t number(std::string_view sql) {
    const auto frame = store_->run(sql);
    EXPECT_TRUE(frame.ok()) << describe(frame.error());
    return frame.ok() ? frame->columns.at(0).integers().at(0) : -1;
  }

  std::filesystem::path directory_;
  std::unique_ptr<Store> store_;
};

TEST_F(StoreTest, GivesBackWhatWasStored) {
  must("CREATE TABLE t (i INTEGER, r REAL, s TEXT)");
  must("INSERT INTO t VALUES (?, ?, ?)", {std::int64_t{-7}, 0.1, std::string("复购\0x", 8)});
  must("INSERT INTO t VALUES (?, ?, ?)", {{}, {}, {}});
  const auto frame = store_->run("SELECT i, r, s FROM t");
  ASSERT_TRUE(frame.ok());
  EXPECT_EQ(frame->rows(), 2u);
  EXPECT_EQ(frame->integer("i", 0), -7);
  EXPECT_EQ(frame->real("r", 0), 0.1);
  EXPECT_EQ(frame->text("s", 0), std::string("复购\0x", 8));
  EXPECT_EQ(frame->integer("i", 1), std::nullopt);
  EXPECT_EQ(frame->text("s", 1), std::nullopt);
}

TEST_F(StoreTest, ATakenKeyIsAConflict) {
  must("CREATE TABLE t (k TEXT PRIMARY KEY)");
  must("INSERT INTO t VALUES ('a')");
  const auto again = store_->run("INSERT INTO t VALUES ('a')");
  ASSERT_FALSE(again.ok());
  EXPECT_EQ(again.error().code, Code::conflict);
  EXPECT_NE(again.error().message.find("UNIQUE"), std::string::npos);
}

TEST_F(StoreTest, ForeignKeysAreEnforced) {
  must("CREATE TABLE a (k INTEGER PRIMARY KEY)");
  must("CREATE TABLE b (k INTEGER REFERENCES a(k))");
  EXPECT_EQ(store_->run("INSERT INTO b VALUES (1)").error().code, Code::conflict);
}

TEST_F(StoreTest, AFailedTransactionLeavesNothing) {
  must("CREATE TABLE t (k INTEGER)");
  const Status failed = store_->transaction([](Store& inside) -> Status {
    TRY(inside.run("INSERT INTO t VALUES (1)"));
    return Error{Code::not_found, "no"};
  });
  EXPECT_EQ(failed.error().code, Code::not_found);
  EXPECT_EQ(number("SELECT count(*) FROM t"), 0);
  EXPECT_THROW((void)store_->transaction([](Store& inside) -> Status {
    TRY(inside.run("INSERT INTO t VALUES (1)"));
    CHECK(1 == 2);
    return {};
  }),
               Bug);
  EXPECT_EQ(number("SELECT count(*) FROM t"), 0);
  ASSERT_TRUE(store_
                  ->transaction([](Store& inside) -> Status {
                    TRY(inside.run("INSERT INTO t VALUES (1)"));
                    return {};
                  })
                  .ok());
  EXPECT_EQ(number("SELECT count(*) FROM t"), 1);
}

TEST_F(StoreTest, AnInnerTransactionIsUndoneWithTheOuter) {
  must("CREATE TABLE t (k INTEGER)");
  const Status failed = store_->transaction([](Store& outer) -> Status {
    TRY(outer.transaction([](Store& inner) -> Status {
      TRY(inner.run("INSERT INTO t VALUES (1)"));
      return {};
    }));
    return Error{Code::conflict, "no"};
  });
  EXPECT_FALSE(failed.ok());
  EXPECT_EQ(number("SELECT count(*) FROM t"), 0);
}

TEST_F(StoreTest, MigrationsRunOnceAndInOrder) {
  const std::vector<std::string_view> first = {
      "CREATE TABLE t (k INTEGER); INSERT INTO t VALUES (1)"};
  ASSERT_TRUE(store_->migrate(first).ok());
  open();
  std::vector<std::string_view> both = first;
  both.push_back("INSERT INTO t VALUES (2)");
  ASSERT_TRUE(store_->migrate(both).ok());
  ASSERT_TRUE(store_->migrate(both).ok());
  EXPECT_EQ(number("SELECT count(*) FROM t"), 2);
  const Status older = store_->migrate(first);
  ASSERT_FALSE(older.ok());
  EXPECT_EQ(older.error().message, "The store has format 2, this program knows 1.");
}

TEST_F(StoreTest, AFailedMigrationIsNotHalfApplied) {
  EXPECT_FALSE(store_->migrate({"CREATE TABLE t (k INTEGER); CREATE TABLE t (k INTEGER)"}).ok());
  EXPECT_EQ(number("SELECT count(*) FROM sqlite_master"), 0);
  EXPECT_EQ(number("PRAGMA user_version"), 0);
}

TEST_F(StoreTest, AFullDiskIsNamedAndWhatWasCommittedStays) {
  must("CREATE TABLE t (s TEXT)");
  must("INSERT INTO t VALUES ('kept')");
  must("PRAGMA max_page_count = 12");
  const Status full = store_->transaction([](Store& inside) -> Status {
    for (int i = 0; i < 100; ++i) {
      TRY(inside.run("INSERT INTO t VALUES (?)", {std::string(3000, 'x')}));
    }
    return {};
  });
  ASSERT_FALSE(full.ok());
  EXPECT_EQ(full.error().code, Code::limit_reached);
  EXPECT_EQ(full.error().hint, "The disk is full: free some space and try again.");
  EXPECT_EQ(number("SELECT count(*) FROM t"), 1);
}

TEST_F(StoreTest, ReopenedItHasTheRowsAndSafeSettings) {
  must("CREATE TABLE t (k INTEGER)");
  must("INSERT INTO t VALUES (42)");
  open();
  EXPECT_EQ(number("SELECT k FROM t"), 42);
  EXPECT_EQ(number("PRAGMA synchronous"), 2);
  EXPECT_EQ(store_->run("PRAGMA journal_mode")->text("journal_mode", 0), "wal");
}

TEST_F(StoreTest, TransactionsOfManyThreadsDoNotMix) {
  must("CREATE TABLE t (k INTEGER)");
  must("INSERT INTO t VALUES (0)");
  std::vector<std::thread> threads;
  for (int thread = 0; thread < 8; ++thread) {
    threads.emplace_back([&] {
      for (int i = 0; i < 10; ++i) {
        const Status done = store_->transaction([](Store& inside) -> Status {
          TRY(const Frame now, inside.run("SELECT k FROM t"));
          TRY(inside.run("UPDATE t SET k = ?", {*now.integer("k", 0) + 1}));
          return {};
        });
        EXPECT_TRUE(done.ok());
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(number("SELECT k FROM t"), 80);
}

TEST_F(StoreTest, AColumnThatManyFindMissingAtOnceIsAddedOnce) {
  for (int round = 0; round < 20; ++round) {
    const std::string table = "t" + std::to_string(round);
    must("CREATE TABLE " + table + " (k INTEGER)");
    must("INSERT INTO " + table + " VALUES (1)");
    std::vector<std::thread> threads;
    for (int thread = 0; thread < 8; ++thread) {
      threads.emplace_back([&, thread] {
        // Half as threads of one program, half as programs of their own.
        const auto own = open_sqlite((directory_ / "store.sqlite").string());
        Store& store = thread % 2 == 0 ? *store_ : **own;
        for (const std::string_view column : {"later", "latest"}) {
          const Status added = add_column(store, table, column, "INTEGER NOT NULL DEFAULT 7");
          EXPECT_TRUE(added.ok()) << describe(added.error());
        }
      });
    }
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(number("SELECT later + latest FROM " + table), 14);
    EXPECT_EQ(number("SELECT count(*) FROM pragma_table_info('" + table + "')"), 3);
  }
}

TEST(Sqlite, ADirectoryThatIsNotThereIsSaid) {
  const auto opened = open_sqlite("/nowhere/at/all/store.sqlite");
  ASSERT_FALSE(opened.ok());
  EXPECT_EQ(opened.error().code, Code::unavailable);
  EXPECT_NE(opened.error().message.find("/nowhere/at/all"), std::string::npos);
}

}  // namespace
}  // namespace huitou::store
