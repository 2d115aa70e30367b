#include "sync/sync.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "sync/alerts.h"
#include "sync/lock.h"
#include "sync/mapping_text.h"
#include "sync/pull.h"
#include "sync/schedule.h"
#include "sync/spool.h"

namespace huitou::sync {
namespace {

namespace fs = std::filesystem;

class FolderTest : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::path(testing::TempDir()) /
              ("huitou_sync_" + std::to_string(getpid()) + "_" +
               testing::UnitTest::GetInstance()->current_test_info()->name());
    fs::remove_all(folder_);
    fs::create_directories(folder_);
  }
  void TearDown() override { fs::remove_all(folder_); }
  std::string path(const std::string& name) const { return (folder_ / name).string(); }
  std::string write(const std::string& name, const std::string& text) const {
    std::ofstream(path(name), std::ios::binary) << text;
    return path(name);
  }
  fs::path folder_;
};

Schedule schedule(const std::string& text) {
  const auto parsed = parse_schedule(text);
  EXPECT_TRUE(parsed.ok()) << text;
  return parsed.ok() ? *parsed : Schedule{};
}

TEST(ScheduleTest, IsWrittenAsPeopleWriteIt) {
  for (const char* text : {"manual", "every 15m", "every 2h", "every 1d", "daily 03:30"}) {
    EXPECT_EQ(format_schedule(schedule(text)), text);
  }
  EXPECT_EQ(format_schedule(schedule("120m")), "every 2h");
  for (const char* text : {"every", "every 0m", "every 5x", "daily 24:00", "daily 3:30", "often",
                           "every -5m", "every 99999999h"}) {
    EXPECT_FALSE(parse_schedule(text).ok()) << text;
  }
}

TEST(ScheduleTest, DailyIsAClockTimeOfTheShop) {
  // 2025-03-08 12:00 in New York; the night after has no 02:30.
  constexpr std::int64_t noon = 1741453200;
  EXPECT_EQ(next_due(schedule("daily 13:00"), noon, "America/New_York"), noon + 3600);
  EXPECT_EQ(next_due(schedule("daily 11:00"), noon, "America/New_York"), noon + 22 * 3600);
  EXPECT_EQ(next_due(schedule("daily 12:00"), noon, "America/New_York"), noon + 23 * 3600);
  EXPECT_EQ(next_due(schedule("daily 12:00"), noon, "Asia/Shanghai"), 1741492800);
  EXPECT_EQ(next_due(schedule("every 15m"), noon, "Asia/Shanghai"), noon + 900);
  EXPECT_EQ(next_due(schedule("every 15m"), std::nullopt, "Asia/Shanghai"), 0);
  EXPECT_EQ(next_due(schedule("manual"), std::nullopt, "Asia/Shanghai"), std::nullopt);
}

TEST(BackoffTest, DoublesUpToAMinute) {
  EXPECT_DOUBLE_EQ(backoff(1, 0), 0.5);
  EXPECT_DOUBLE_EQ(backoff(1, 1), 1);
  EXPECT_DOUBLE_EQ(backoff(4, 1), 8);
  EXPECT_DOUBLE_EQ(backoff(40, 1), 60);
}

TEST(AlertsTest, TellsWhatChangedInTheShape) {
  const std::vector<connectors::SourceColumn> before{{"id", "int"}, {"paid", "decimal(10,2)"}};
  EXPECT_TRUE(shape_alerts(before, before).empty());
  EXPECT_TRUE(shape_alerts({}, before).empty());
  const auto alerts = shape_alerts(before, {{"id", "bigint"}, {"note", "text"}});
  ASSERT_EQ(alerts.size(), 3U);
  EXPECT_EQ(alerts[0].code, "type_changed");
  EXPECT_EQ(alerts[1].code, "column_gone");
  EXPECT_EQ(alerts[2].code, "column_new");
}

TEST(AlertsTest, VolumeIsMeasuredAgainstTheLastRuns) {
  EXPECT_TRUE(volume_alerts({100, 100, 100, 100}, 0).empty());  // too few runs to say
  const std::vector<std::int64_t> steady{100, 104, 98, 101, 97};
  EXPECT_TRUE(volume_alerts(steady, 130).empty());
  EXPECT_EQ(volume_alerts(steady, 0).size(), 1U);
  EXPECT_EQ(volume_alerts(steady, 1000).size(), 1U);
  EXPECT_TRUE(volume_alerts({10, 500, 90, 1000, 300}, 900).empty());  // always uneven
}

constexpr const char* kMapping =
    "table: orders\ncolumns:\n  no: order_key\n  at: {field: ordered_at, date: year_first}\n"
    "  amount: paid\n  remark: ignore\n";

TEST(MappingTextTest, AUsedColumnThatIsGoneIsAnError) {
  const auto gone = fitting(kMapping, {"no", "at", "remark"}, "erp");
  ASSERT_FALSE(gone.ok());
  EXPECT_EQ(gone.error().code, Code::invalid_input);
  EXPECT_NE(gone.error().message.find("'amount'"), std::string::npos);
  const auto unused = fitting(kMapping, {"no", "at", "amount", "more"}, "erp");
  ASSERT_TRUE(unused.ok());
  EXPECT_EQ(unused->find("remark"), std::string::npos);
  EXPECT_NE(unused->find("year_first"), std::string::npos);
}

TEST(MappingTextTest, RowsNeedAKeyOfTheirOwn) {
  const auto checked = [](const std::string& table, const std::string& field) {
    return check_keys({table, {{"a", field}}}, "erp").ok();
  };
  EXPECT_TRUE(checked("orders", "order_key"));
  EXPECT_FALSE(checked("orders", "paid"));
  EXPECT_TRUE(checked("lines", "line_number"));
  EXPECT_FALSE(checked("order_lines", "order_key"));
  EXPECT_TRUE(checked("customers", "customer_key"));
}

connectors::Page page_of(const std::vector<std::string>& cells, const std::string& cursor,
                         bool last) {
  connectors::Page page(2);
  for (const std::string& cell : cells) page.push(cell);
  page.cursor = cursor;
  page.last = last;
  return page;
}

class SpoolTest : public FolderTest {
 protected:
  Spool open(const std::string& head = "head") {
    auto spool = Spool::open(path("pages"), head, 2);
    EXPECT_TRUE(spool.ok());
    return std::move(*spool);
  }
  /// All rows with their numbers, "1:a|b".
  static std::vector<std::string> rows(const Spool& spool) {
    ingest::FileInfo info;
    info.columns = {"x", "y"};
    auto reader = spool.reader(info)();
    EXPECT_TRUE(reader.ok());
    std::vector<std::string> out;
    ingest::RawBlock block;
    while (true) {
      const auto more = (*reader)->next(block);
      EXPECT_TRUE(more.ok());
      if (!more.ok() || !*more) return out;
      for (std::size_t i = 0; i < block.rows(); ++i) {
        out.push_back(std::to_string(block.line(i)) + ":" + std::string(block.at(i, 0)) + "|" +
                      std::string(block.at(i, 1)));
      }
    }
  }
};

TEST_F(SpoolTest, GoesOnWhereItWasCutOff) {
  {
    Spool spool = open();
    ASSERT_TRUE(spool.append(page_of({"a", "", "乙", "2"}, "c1", false)).ok());
    ASSERT_TRUE(spool.append(page_of({"d", "3"}, "c2", false)).ok());
  }
  const auto whole = fs::file_size(path("pages"));
  for (std::uintmax_t size = whole; size + 30 > whole; --size) {
    fs::resize_file(path("pages"), size);
    Spool spool = open();
    EXPECT_EQ(spool.cursor(), size == whole ? "c2" : "c1") << size;
    EXPECT_FALSE(spool.complete());
  }
  Spool spool = open();
  ASSERT_TRUE(spool.append(page_of({"e", "4"}, "c3", true)).ok());
  EXPECT_TRUE(open().complete());
  EXPECT_EQ(rows(open()), (std::vector<std::string>{"1:a|", "2:乙|2", "3:e|4"}));
  EXPECT_EQ(open().samples(2)->at(1), (std::vector<std::string>{"乙", "2"}));
}

TEST_F(SpoolTest, OfOtherPagesIsBegunAnew) {
  {
    Spool spool = open();
    ASSERT_TRUE(spool.append(page_of({"a", "1"}, "c1", false)).ok());
  }
  EXPECT_EQ(open("other settings").pages(), 0);
  EXPECT_EQ(open("other settings").cursor(), "");
}

TEST_F(SpoolTest, TheSameRowsHaveTheSameContent) {
  std::vector<std::uint64_t> contents;
  for (const char* cell : {"a", "a", "b"}) {
    fs::remove(path("pages"));
    Spool spool = open();
    ASSERT_TRUE(spool.append(page_of({cell, "1"}, "c1", true)).ok());
    EXPECT_EQ(open().content(), spool.content());
    contents.push_back(spool.content());
  }
  EXPECT_EQ(contents[0], contents[1]);
  EXPECT_NE(contents[0], contents[2]);
}

TEST(LockTest, IsTakenOverFromTheDeadOnly) {
  const auto store = store::open_sqlite(":memory:");
  ASSERT_TRUE(store.ok());
  ASSERT_TRUE(sources(**store).ok());  // makes the tables
  {
    const auto first = Lock::take(**store, "erp");
    ASSERT_TRUE(first.ok());
    EXPECT_TRUE(*Lock::held(**store, "erp"));
    const auto second = Lock::take(**store, "erp");
    ASSERT_FALSE(second.ok());
    EXPECT_EQ(second.error().code, Code::conflict);
    EXPECT_TRUE(Lock::take(**store, "crm").ok());
  }
  EXPECT_FALSE(*Lock::held(**store, "erp"));
  // Our own number with another beginning: a process that died and whose number was used again.
  const std::string dead = std::to_string(getpid()) + " 1 some-boot";
  ASSERT_TRUE((*store)->run("INSERT INTO source_locks VALUES ('erp', ?)", {dead}).ok());
  EXPECT_FALSE(*Lock::held(**store, "erp"));
  EXPECT_TRUE(Lock::take(**store, "erp").ok());
}

class SourcesFileTest : public FolderTest {};

TEST_F(SourcesFileTest, DescribesSeveralSources) {
  const std::string file = write("company.yaml",
                                 "sources:\n"
                                 "  erp:\n"
                                 "    kind: sqlite\n"
                                 "    settings: {path: erp.db, table: orders, key: [shop, no]}\n"
                                 "    schedule: every 15m\n"
                                 "    mapping:\n"
                                 "      table: orders\n"
                                 "      columns: {编号: order_key}\n"
                                 "  pos:\n"
                                 "    kind: files\n"
                                 "    settings: {path: [pos/*.csv, old]}\n"
                                 "    enabled: false\n");
  const auto read = read_sources_file(file);
  ASSERT_TRUE(read.ok()) << describe(read.error());
  ASSERT_EQ(read->size(), 2U);
  const Source& erp = read->front();
  EXPECT_EQ(erp.name, "erp");
  EXPECT_EQ(erp.settings.at("key"), (std::vector<std::string>{"shop", "no"}));
  EXPECT_EQ(erp.settings.at("path"), std::vector<std::string>{path("erp.db")});
  EXPECT_EQ(format_schedule(erp.schedule), "every 15m");
  EXPECT_EQ(read_mapping(erp.mapping)->columns.front().column, "编号");
  EXPECT_FALSE(read->back().enabled);
  // What is written is read back as the same.
  const auto again = read_sources_file(write("again.yaml", to_yaml(erp)));
  ASSERT_TRUE(again.ok()) << describe(again.error());
  EXPECT_EQ(again->front().settings, erp.settings);
  EXPECT_EQ(again->front().schedule, erp.schedule);
}

TEST_F(SourcesFileTest, ErrorsNameTheLine) {
  const auto message = [&](const std::string& text) {
    const auto read = read_sources_file(write("wrong.yaml", text));
    EXPECT_FALSE(read.ok()) << text;
    return read.ok() ? "" : read.error().message;
  };
  EXPECT_NE(message("sources:\n  a:\n    kind: files\n    colour: red\n").find("line 4: 'colour'"),
            std::string::npos);
  EXPECT_NE(message("sources:\n  a:\n    settings: {}\n").find("'kind' is missing"),
            std::string::npos);
  EXPECT_NE(message("sources:\n  a: {kind: files, schedule: often}\n").find("often"),
            std::string::npos);
  EXPECT_NE(message("tables: 1\n").find("line 1"), std::string::npos);
  EXPECT_NE(message("sources: [\n").find("line 2"), std::string::npos);
}

}  // namespace
}  // namespace huitou::sync
