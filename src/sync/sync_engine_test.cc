// Sources in a SQLite file and in a folder, through to the tables.

#include <gtest/gtest.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <map>

#include "schema/schema.h"
#include "schema/testing.h"
#include "sync/sync.h"

namespace huitou::sync {
namespace {

namespace fs = std::filesystem;

class SyncTest : public testing::Test {
 protected:
  void SetUp() override {
    home_ = fs::path(testing::TempDir()) /
            ("huitou_sync_" + std::to_string(getpid()) + "_" +
             testing::UnitTest::GetInstance()->current_test_info()->name());
    fs::remove_all(home_);
    fs::create_directories(home_ / "mappings");
    fs::create_directories(home_ / "pos");
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
              .environment = [this](const std::string& name) { return environment_[name]; },
              .now = [this] { return now_; },
              .chance = [] { return 0.0; },
              .outside = connectors::machine(),
              .today = *parse_date("2026-01-01")});
    sql("CREATE TABLE orders (id INTEGER PRIMARY KEY, order_no TEXT, member TEXT, paid_at TEXT, "
        "amount TEXT, changed TEXT)");
    order(1, "12.50");
    order(2, "7.50");
  }
  void TearDown() override {
    place_.reset();
    store_.reset();
    engine_.reset();
    fs::remove_all(home_);
  }

  std::string file() const { return (home_ / "erp.db").string(); }
  void sql(const std::string& text) const {
    sqlite3* db = nullptr;
    ASSERT_EQ(sqlite3_open(file().c_str(), &db), SQLITE_OK);
    char* error = nullptr;
    EXPECT_EQ(sqlite3_exec(db, text.c_str(), nullptr, nullptr, &error), SQLITE_OK) << error;
    sqlite3_close(db);
  }
  void order(int id, const std::string& amount,
             const std::string& changed = "2025-05-01 00:00:00") {
    sql("INSERT OR REPLACE INTO orders VALUES (" + std::to_string(id) + ", 'o" +
        std::to_string(id) + "', 'anna', '2025-04-0" + std::to_string(id) + " 10:00:00', '" +
        amount + "', '" + changed + "')");
  }
  Source erp() const {
    return {.name = "erp",
            .kind = "sqlite",
            .settings = {{"path", {file()}},
                         {"table", {"orders"}},
                         {"key", {"id"}},
                         {"updated", {"changed"}},
                         {"overlap_seconds", {"0"}}}};
  }
  void add(const Source& source) {
    const auto put_in = put(*place_, source);
    ASSERT_TRUE(put_in.ok()) << describe(put_in.error());
  }
  sync::Run run(const std::string& name = "erp", bool full = false) {
    const auto done = sync(*place_, {.names = {name}, .full = full}, {});
    EXPECT_TRUE(done.ok()) << describe(done.error());
    return done.ok() && done->size() == 1 ? done->front() : sync::Run{};
  }
  std::int64_t net() {
    const auto sum = engine_->query({.text = "SELECT toInt64(sum(net_minor)) AS net FROM orders"});
    EXPECT_TRUE(sum.ok());
    return sum.ok() ? sum->integer("net", 0).value_or(0) : -1;
  }
  std::string cell(const Frame& frame, const std::string& column) {
    return frame.text(column, 0).value_or("");
  }

  fs::path home_;
  std::int64_t now_ = 1'750'000'000;
  std::map<std::string, std::string> environment_;
  std::unique_ptr<engine::Engine> engine_;
  std::unique_ptr<store::Store> store_;
  std::unique_ptr<Place> place_;
};

TEST_F(SyncTest, BringsWhatChanged) {
  add(erp());
  sync::Run first = run();
  EXPECT_EQ(first.state, "done");
  EXPECT_EQ(first.rows_loaded, 2);
  EXPECT_EQ(net(), 2000);
  order(2, "10.00", "2025-05-02 00:00:00");
  order(3, "1.00", "2025-05-02 00:00:01");
  sync::Run second = run();
  EXPECT_EQ(second.rows_read, 3);  // and order 1, whose time is that of the last cursor
  EXPECT_EQ(net(), 2350);
  EXPECT_EQ(run("erp", true).rows_read, 3);
  EXPECT_EQ(net(), 2350);
}

TEST_F(SyncTest, LooksWithoutLoading) {
  const auto seen = look(*place_, erp());
  ASSERT_TRUE(seen.ok()) << describe(seen.error());
  ASSERT_TRUE(seen->seen.has_value());
  EXPECT_EQ(seen->seen->table, "orders");
  EXPECT_EQ(seen->seen->columns.at(1).field, "order_key");
  EXPECT_EQ(seen->seen->columns.at(4).samples.front(), "12.50");
  EXPECT_EQ(seen->types.size(), seen->seen->columns.size());
  EXPECT_TRUE(seen->seen->problems.empty());
  EXPECT_EQ(net(), 0);
  EXPECT_TRUE(fs::is_empty(home_ / "spool"));
}

TEST_F(SyncTest, ADraftIsTriedOnThePageThatIsHere) {
  Looks looks;
  place_->looks = &looks;
  ASSERT_TRUE(look(*place_, erp()).ok());
  sql("DROP TABLE orders");
  const auto seen = look(*place_, erp(), "columns: {order_no: ignore}");
  ASSERT_TRUE(seen.ok()) << describe(seen.error());
  ASSERT_FALSE(seen->seen->problems.empty());
  EXPECT_EQ(seen->seen->problems.front().code, "no_key");
  EXPECT_TRUE(seen->seen->problems.front().blocks);
  EXPECT_EQ(seen->seen->rows.rows(), 2U);
  now_ += Looks::kLookSeconds + 1;
  EXPECT_FALSE(look(*place_, erp()).ok());
}

TEST_F(SyncTest, AMappedColumnThatIsGoneStopsTheRun) {
  add(erp());
  run();
  sql("ALTER TABLE orders RENAME COLUMN amount TO total");
  order(3, "5.00", "2025-06-01 00:00:00");
  const sync::Run broken = run();
  EXPECT_EQ(broken.state, "failed");
  ASSERT_TRUE(broken.error.has_value());
  EXPECT_NE(broken.error->message.find("'amount'"), std::string::npos);
  EXPECT_EQ(net(), 2000);
  const auto list = overview(*place_);
  ASSERT_TRUE(list.ok());
  EXPECT_EQ(cell(*list, "state"), "failed");
  EXPECT_NE(cell(*list, "alerts_en").find("'amount'"), std::string::npos);
  sql("ALTER TABLE orders RENAME COLUMN total TO amount");
  EXPECT_EQ(run().state, "done");
  EXPECT_EQ(net(), 2500);
}

TEST_F(SyncTest, ANewDescriptionStartsFromTheBeginning) {
  add(erp());
  run();
  EXPECT_FALSE(*put(*place_, erp()));
  Source later = erp();
  later.schedule = {Schedule::Kind::every, 15};
  EXPECT_TRUE(*put(*place_, later));
  order(3, "1.00", "2025-05-02 00:00:00");
  EXPECT_LT(run().rows_read, 4);  // a schedule decides no rows: the cursor stayed
  later.mapping =
      "table: orders\ncolumns:\n  order_no: order_key\n  paid_at: ordered_at\n  amount: refund\n"
      "  id: paid\n";
  EXPECT_TRUE(*put(*place_, later));
  EXPECT_EQ(run().rows_read, 3);
}

TEST_F(SyncTest, SecretsAreNamesEverywhere) {
  Source source = erp();
  source.kind = "mysql";
  source.settings = {{"host", {"127.0.0.1"}}, {"port", {"1"}},       {"database", {"shop"}},
                     {"user", {"reader"}},    {"table", {"orders"}}, {"password", {"Sesam-0pen!"}}};
  const auto in_place = put(*place_, source);
  ASSERT_FALSE(in_place.ok());
  EXPECT_EQ(describe(in_place.error()).find("Sesam"), std::string::npos);
  source.settings["password"] = {"crm"};
  EXPECT_FALSE(put(*place_, source).ok());
  environment_["HUITOU_SECRET_CRM"] = "Sesam-0pen!";
  EXPECT_TRUE(put(*place_, source).ok());
  environment_.clear();
  const std::string secrets = (home_ / "secrets.toml").string();
  std::ofstream(secrets) << "crm = \"Sesam-0pen!\"\n";
  chmod(secrets.c_str(), 0644);
  const auto open_to_all = put(*place_, source);
  ASSERT_FALSE(open_to_all.ok());
  EXPECT_EQ(open_to_all.error().code, Code::denied);
  chmod(secrets.c_str(), 0600);
  EXPECT_TRUE(put(*place_, source).ok());
  const auto shown = sync::source(*store_, "erp");
  ASSERT_TRUE(shown.ok());
  EXPECT_EQ(to_yaml(*shown).find("Sesam"), std::string::npos);
}

TEST_F(SyncTest, FilesAreLoadedOnceAndWhenTheyChange) {
  add({.name = "pos", .kind = "files", .settings = {{"path", {(home_ / "pos").string()}}}});
  const auto write = [&](const std::string& name, const std::string& amount) {
    std::ofstream(home_ / "pos" / name)
        << "order_id,member_id,paid_at,amount\np" << name << ",anna,2025-01-05," << amount << "\n";
  };
  EXPECT_EQ(run("pos").pages, 0);
  write("b.csv", "2.00");
  write("a.csv", "1.00");
  std::ofstream(home_ / "pos" / "notes.md") << "not a table\n";
  EXPECT_EQ(run("pos").pages, 2);
  EXPECT_EQ(net(), 300);
  EXPECT_EQ(run("pos").pages, 0);
  write("a.csv", "5.00");
  std::ofstream(home_ / "pos" / "c.csv") << "\0\1\2";
  const sync::Run broken = run("pos");
  EXPECT_EQ(broken.state, "failed");
  EXPECT_EQ(broken.pages, 1);  // what can be loaded is
  EXPECT_EQ(net(), 700);
  ASSERT_TRUE(broken.error.has_value());
  EXPECT_TRUE(broken.error->message.starts_with("c.csv ")) << broken.error->message;
}

TEST_F(SyncTest, EachFileThatCannotBeLoadedIsNamed) {
  add({.name = "pos", .kind = "files", .settings = {{"path", {(home_ / "pos").string()}}}});
  const auto write = [&](const std::string& name, const std::string& text) {
    std::ofstream(home_ / "pos" / name) << text;
  };
  write("a.csv", "order_id,member_id,paid_at,amount\n");
  write("b.csv", "order_id,member_id,paid_at,amount\n1,anna,2025-01-05,1.00\n");
  write("c.csv", "");
  const sync::Run two = run("pos");
  EXPECT_EQ(two.pages, 1);
  ASSERT_TRUE(two.error.has_value());
  EXPECT_EQ(two.error->message,
            "2 of 3 files were not loaded: a.csv has column names and no rows; c.csv is empty.");
  EXPECT_EQ(two.error->message_zh,
            "3 个文件中有 2 个未能加载：a.csv 只有表头，没有数据行；c.csv 是空文件。");
  for (int i = 0; i < 25; ++i) {
    write("d" + std::to_string(i) + ".csv", "");
  }
  const sync::Run many = run("pos");
  ASSERT_TRUE(many.error.has_value());
  const std::string& said = many.error->message;
  EXPECT_TRUE(said.starts_with("27 of 28 files were not loaded: ")) << said;
  EXPECT_TRUE(said.ends_with("; and 7 more.")) << said;
  EXPECT_EQ(std::count(said.begin(), said.end(), ';'), 20);
  EXPECT_EQ(many.notes.size(), 20U);
  EXPECT_EQ(net(), 100);
}

TEST_F(SyncTest, IsDueByScheduleOnceAfterDowntimeAndWhenInterrupted) {
  Source source = erp();
  source.schedule = {Schedule::Kind::every, 15};
  add(source);
  const std::vector<std::string> mine{"erp"};
  EXPECT_EQ(*due(*place_), mine);
  run();
  EXPECT_TRUE(due(*place_)->empty());
  now_ += 900;
  EXPECT_EQ(*due(*place_), mine);
  now_ += 30 * 86'400;
  EXPECT_NE(cell(*overview(*place_), "alerts_en").find("Late"), std::string::npos);
  EXPECT_EQ(*due(*place_), mine);
  run();
  EXPECT_TRUE(due(*place_)->empty());
  // As a killed process leaves it.
  ASSERT_TRUE(store_->run("UPDATE source_runs SET state = 'running' WHERE id = 2").ok());
  EXPECT_EQ(cell(*overview(*place_), "state"), "interrupted");
  EXPECT_EQ(*due(*place_), mine);
  run();
  EXPECT_EQ(runs(*store_, "erp", 10)->rows(), 2U);
}

TEST_F(SyncTest, OneThatFailsKeepsNoOtherOut) {
  Source broken = erp();
  broken.name = "aaa";
  broken.settings["table"] = {"nothing"};
  add(broken);
  add(erp());
  const auto done = sync(*place_, {}, {});
  ASSERT_TRUE(done.ok());
  ASSERT_EQ(done->size(), 2U);
  EXPECT_EQ(done->at(0).state, "failed");
  EXPECT_EQ(done->at(1).state, "done");
  EXPECT_EQ(net(), 2000);
  ASSERT_TRUE(remove(*place_, "aaa").ok());
  EXPECT_EQ(sync(*place_, {.names = {"aaa"}}, {}).error().code, Code::not_found);
  EXPECT_EQ(net(), 2000);
}

TEST_F(SyncTest, ACancelledSyncBeginsNothing) {
  add(erp());
  const std::atomic<bool> stop{true};
  const Progress cancelled({}, &stop);
  const auto none = sync(*place_, {}, cancelled);
  ASSERT_TRUE(none.ok());
  EXPECT_TRUE(none->empty());
  EXPECT_EQ(net(), 0);
}

}  // namespace
}  // namespace huitou::sync
