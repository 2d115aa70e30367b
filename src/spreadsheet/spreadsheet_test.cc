// What is written reads back as it was, in both kinds of file.

#include "spreadsheet/spreadsheet.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "base/date.h"
#include "ingest/ingest.h"

namespace huitou::spreadsheet {
namespace {

namespace fs = std::filesystem;

class SpreadsheetTest : public testing::Test {
 protected:
  SpreadsheetTest() {
    folder_ = fs::temp_directory_path() / ("huitou_spreadsheet_" + std::to_string(::getpid()));
    fs::create_directories(folder_);
    frame_.columns = {
        make_column("key", ColumnType::text),    make_column("day", ColumnType::date),
        make_column("at", ColumnType::time),     make_column("net_minor", ColumnType::integer),
        make_column("share", ColumnType::real),  make_column("id", ColumnType::integer),
        make_column("hidden", ColumnType::text),
    };
    add("110101199003077000", 5, 123450, 0.25, 7);
    add("=1+1", 86399, -5, 1.0 / 3, 1234567890123456789);
    add("安, \"b\"\n@", 0, 0, -2, 0);
    for (std::size_t i = 0; i < 6; ++i) frame_.columns[i].push_null();
    frame_.columns[6].push_text("x");
    table_ = {.name = "订单: [2025]",
              .columns = {{"key", Unit::none, Role::detail, {"Key", "编号"}},
                          {"day", Unit::date, Role::detail, {"Day", "日期"}},
                          {"at", Unit::time, Role::detail, {"At", "时间"}},
                          {"net_minor", Unit::minor, Role::value, {"Net", "净额"}},
                          {"share", Unit::ratio, Role::value, {"Share", "占比"}},
                          {"id", Unit::none, Role::detail, {"Id", "号"}}},
              .currency = "CNY"};
  }
  ~SpreadsheetTest() override { fs::remove_all(folder_); }

  void add(const char* key, std::int64_t at, std::int64_t net, double share, std::int64_t id) {
    frame_.at("key").push_text(key);
    frame_.at("day").push_integer(parse_date("2025-01-31")->days);
    frame_.at("at").push_integer(at);
    frame_.at("net_minor").push_integer(net);
    frame_.at("share").push_real(share);
    frame_.at("id").push_integer(id);
    frame_.at("hidden").push_text("x");
  }
  std::string path(const std::string& name) const { return (folder_ / name).string(); }

  Status write(const Target& target, int blocks = 1) {
    TRY(const auto writer, create(target, table_));
    for (int i = 0; i < blocks; ++i) TRY(writer->write(frame_));
    return writer->finish({{"note", {"Twelve of 12", "共十二"}}});
  }
  // The rows of a sheet, values divided by bars.
  static std::vector<std::string> sheet(const std::string& file, const std::string& name) {
    std::vector<std::string> rows;
    const auto info = ingest::inspect(file, {.has_header = false, .sheet = name});
    EXPECT_TRUE(info.ok()) << describe(info.error());
    for (const auto& cells : info->samples) {
      std::string row;
      for (const std::string& cell : cells) row += (row.empty() ? "" : "|") + cell;
      rows.push_back(row);
    }
    return rows;
  }

  fs::path folder_;
  Frame frame_;
  Table table_;
};

TEST_F(SpreadsheetTest, Csv) {
  ASSERT_TRUE(write({.path = path("a.csv")}).ok());
  std::stringstream text;
  text << std::ifstream(path("a.csv"), std::ios::binary).rdbuf();
  EXPECT_EQ(text.str(),
            "\xef\xbb\xbfkey,day,at,net_minor,share,id\r\n"
            "110101199003077000,2025-01-31,1970-01-01 00:00:05,1234.50,0.25,7\r\n"
            "'=1+1,2025-01-31,1970-01-01 23:59:59,-0.05,0.3333333333333333,1234567890123456789\r\n"
            "\"安, \"\"b\"\"\n@\",2025-01-31,1970-01-01 00:00:00,0.00,-2,0\r\n"
            ",,,,,\r\n");
}

TEST_F(SpreadsheetTest, Workbook) {
  ASSERT_TRUE(write({.path = path("a.xlsx"), .language = Language::zh}).ok());
  EXPECT_EQ(sheet(path("a.xlsx"), "订单   2025 "),
            (std::vector<std::string>{
                "编号|日期|时间|净额 (CNY)|占比|号",
                "110101199003077000|2025-01-31|1970-01-01 00:00:05|1234.5|0.25|7",
                "=1+1|2025-01-31|1970-01-01 23:59:59|-0.05|0.333333333333333|1234567890123456789",
                "安, \"b\"\n@|2025-01-31|1970-01-01 00:00:00|0|-2|0"}));
  const std::vector<std::string> meaning = sheet(path("a.xlsx"), "说明");
  ASSERT_GE(meaning.size(), 8U);
  EXPECT_EQ(meaning[4], "净额 (CNY)|net_minor|金额");
  EXPECT_EQ(meaning.back().substr(0, std::string("共十二").size()), "共十二");
}

TEST_F(SpreadsheetTest, AFullSheetGoesOnInTheNext) {
  ASSERT_TRUE(write({.path = path("a.xlsx"), .sheet_rows = 6}, 3).ok());
  EXPECT_EQ(sheet(path("a.xlsx"), "订单   2025 ").size(), 5U);  // one of its rows is empty
  EXPECT_EQ(sheet(path("a.xlsx"), "订单   2025  (2)").size(), 5U);
  EXPECT_EQ(sheet(path("a.xlsx"), "订单   2025  (3)").size(), 2U);
}

TEST_F(SpreadsheetTest, AFileIsThereWholeOrNotAtAll) {
  for (const char* name : {"a.csv", "a.xlsx"}) {
    {
      auto writer = create({.path = path(name)}, table_);
      ASSERT_TRUE(writer.ok());
      ASSERT_TRUE((*writer)->write(frame_).ok());
    }
    EXPECT_TRUE(fs::is_empty(folder_)) << name;
  }
  ASSERT_TRUE(write({.path = path("b.csv")}).ok());
  const Status again = write({.path = path("b.csv")});
  ASSERT_FALSE(again.ok());
  EXPECT_EQ(again.error().code, Code::conflict);
  EXPECT_TRUE(write({.path = path("b.csv"), .replace = true}).ok());
  EXPECT_EQ(write({.path = path("c.txt")}).error().code, Code::invalid_input);
  EXPECT_EQ(write({.path = path("none/c.csv")}).error().code, Code::unavailable);
  EXPECT_EQ(write({.path = path("none/c.xlsx")}).error().code, Code::unavailable);
}

TEST_F(SpreadsheetTest, ALongTextIsCutAtACharacter) {
  std::string text;
  for (int i = 0; i < 40'000; ++i) text += "安";
  frame_ = {};
  frame_.columns = {make_column("key", ColumnType::text), make_column("day", ColumnType::date)};
  frame_.at("key").push_text(text);
  frame_.at("day").push_integer(0);
  table_.columns.resize(2);
  ASSERT_TRUE(write({.path = path("a.xlsx")}).ok());
  const std::string row = sheet(path("a.xlsx"), "订单   2025 ").at(1);
  EXPECT_EQ(row.size(), 3 * kCellCharacters + std::string("|1970-01-01").size());
  EXPECT_NE(row.find("安…|"), std::string::npos);
}

}  // namespace
}  // namespace huitou::spreadsheet
