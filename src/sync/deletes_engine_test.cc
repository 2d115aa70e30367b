// Rows that are deleted in a SQLite file, through to the tables.

#include <gtest/gtest.h>
#include <sqlite3.h>
#include <unistd.h>

#include <filesystem>

#include "schema/testing.h"
#include "sync/sync.h"

namespace huitou::sync {
namespace {

namespace fs = std::filesystem;

class DeletesTest : public testing::Test {
 protected:
  void SetUp() override {
    home_ = fs::path(testing::TempDir()) /
            ("huitou_deletes_" + std::to_string(getpid()) + "_" +
             testing::UnitTest::GetInstance()->current_test_info()->name());
    fs::remove_all(home_);
    fs::create_directories(home_ / "mappings");
    auto engine = engine::open_chdb({});
    ASSERT_TRUE(engine.ok());
    engine_ = std::move(*engine);
    schema::testing::clear(*engine_);
    auto store = store::open_sqlite(":memory:");
    ASSERT_TRUE(store.ok());
    store_ = std::move(*store);
    place_ = std::make_unique<Place>(
        Place{.engine = *engine_,
              .store = *store_,
              .home = home_.string(),
              .environment = [](const std::string&) { return std::string(); },
              .now = [this] { return now_; },
              .chance = [] { return 0.0; },
              .outside = connectors::machine(),
              .today = *parse_date("2026-01-01")});
    sql("CREATE TABLE orders (id INTEGER PRIMARY KEY, order_no TEXT, member TEXT, paid_at TEXT, "
        "amount TEXT, changed TEXT)");
    for (int id = 1; id <= 30; ++id) {
      sql("INSERT INTO orders VALUES (" + std::to_string(id) + ", 'o" + std::to_string(id) +
          "', 'anna', '2025-04-01 10:00:00', '1.00', '2025-05-01 00:00:00')");
    }
  }
  void TearDown() override {
    place_.reset();
    store_.reset();
    engine_.reset();
    fs::remove_all(home_);
  }

  void sql(const std::string& text) const {
    sqlite3* db = nullptr;
    ASSERT_EQ(sqlite3_open((home_ / "erp.db").string().c_str(), &db), SQLITE_OK);
    char* error = nullptr;
    EXPECT_EQ(sqlite3_exec(db, text.c_str(), nullptr, nullptr, &error), SQLITE_OK) << error;
    sqlite3_close(db);
  }
  Source erp(const std::string& deletes, const std::string& name = "erp") const {
    return {.name = name,
            .kind = "sqlite",
            .settings = {{"path", {(home_ / "erp.db").string()}},
                         {"table", {"orders"}},
                         {"key", {"id"}},
                         {"updated", {"changed"}},
                         {"overlap_seconds", {"0"}},
                         {"deletes", {deletes}}}};
  }
  void add(const Source& source) {
    const auto put_in = put(*place_, source);
    ASSERT_TRUE(put_in.ok()) << describe(put_in.error());
  }
  sync::Run run(SyncOptions options = {}) {
    options.names = {"erp"};
    const auto done = sync(*place_, options, {});
    EXPECT_TRUE(done.ok()) << describe(done.error());
    return done.ok() && done->size() == 1 ? done->front() : sync::Run{};
  }
  std::int64_t orders() {
    const auto count = engine_->query({.text = "SELECT toUInt64(count()) AS orders FROM orders"});
    EXPECT_TRUE(count.ok());
    return count.ok() ? count->integer("orders", 0).value_or(-1) : -1;
  }

  fs::path home_;
  std::int64_t now_ = 1'750'000'000;
  std::unique_ptr<engine::Engine> engine_;
  std::unique_ptr<store::Store> store_;
  std::unique_ptr<Place> place_;
};

TEST_F(DeletesTest, AreKeptUnlessAskedFor) {
  add(erp("keep"));
  run();
  sql("DELETE FROM orders WHERE id = 7");
  EXPECT_EQ(run().rows_removed, 0);
  EXPECT_EQ(orders(), 30);
  const sync::Run compared = run({.compare = true});
  EXPECT_EQ(compared.rows_removed, 1);
  EXPECT_EQ(orders(), 29);
  const auto history = runs(*store_, "erp", 1);
  ASSERT_TRUE(history.ok());
  EXPECT_EQ(history->integer("rows_removed", 0), 1);
}

TEST_F(DeletesTest, AreLookedForOnceADay) {
  add(erp("daily"));
  run();
  sql("DELETE FROM orders WHERE id = 7");
  now_ += 3600;
  EXPECT_EQ(run().rows_removed, 0);
  now_ += 24 * 3600;
  EXPECT_EQ(run().rows_removed, 1);
  // How often decides no rows: the source goes on where it was.
  add(erp("always"));
  sql("DELETE FROM orders WHERE id = 8");
  const sync::Run always = run();
  EXPECT_EQ(always.rows_removed, 1);
  EXPECT_LT(always.pages, 2);
  EXPECT_EQ(orders(), 28);
}

TEST_F(DeletesTest, AnEmptiedTableIsAnAlertAndNoLoss) {
  add(erp("always"));
  run();
  sql("DELETE FROM orders WHERE id > 5");
  const sync::Run much = run();
  EXPECT_EQ(much.state, "done");
  EXPECT_EQ(much.rows_removed, 0);
  EXPECT_EQ(orders(), 30);
  const auto list = overview(*place_);
  ASSERT_TRUE(list.ok());
  EXPECT_NE(list->text("alerts_en", 0).value_or("").find("25 of 30"), std::string::npos);
  EXPECT_EQ(run({.most_deleted_percent = 90}).rows_removed, 25);
  sql("DELETE FROM orders");
  EXPECT_EQ(run({.most_deleted_percent = 100}).rows_removed, 0);
  EXPECT_EQ(orders(), 5);
}

TEST_F(DeletesTest, RowsOfAnotherSourceOfTheSystemAreNotMistaken) {
  Source other = erp("keep", "archive");
  other.system = "erp";
  add(other);
  add(erp("always"));
  EXPECT_TRUE(sync(*place_, {.names = {"archive"}}, {}).ok());
  const sync::Run mixed = run();
  EXPECT_EQ(mixed.state, "failed");
  ASSERT_TRUE(mixed.error.has_value());
  EXPECT_NE(mixed.error->message.find("'archive'"), std::string::npos);
}

TEST_F(DeletesTest, CustomersStayAndItIsSaid) {
  sql("CREATE TABLE members (id INTEGER PRIMARY KEY, member TEXT, city TEXT)");
  sql("INSERT INTO members VALUES (1, 'anna', 'x'), (2, 'ben', 'y')");
  Source members = erp("always");
  members.settings["table"] = {"members"};
  members.settings.erase("updated");
  members.mapping = "table: customers\ncolumns:\n  member: customer_key\n  city: region\n";
  add(members);
  run();
  sql("DELETE FROM members WHERE id = 2");
  const sync::Run compared = run();
  EXPECT_EQ(compared.rows_removed, 0);
  ASSERT_FALSE(compared.notes.empty());
  EXPECT_EQ(compared.notes.back().code, "not_compared");
}

}  // namespace
}  // namespace huitou::sync
