// Workbooks as people have them: what cells mean, which sheet is the table, what is refused.

#include "ingest/formats/xlsx.h"

#include <gtest/gtest.h>

#include <fstream>

#include "ingest/formats/cells.h"
#include "ingest/formats/test_workbook.h"
#include "ingest/table.h"
#include "ingest/test_files.h"

namespace huitou::ingest {
namespace {

using testing_files::Directory;
using testing_workbook::Parts;
using testing_workbook::Sheet;
using testing_workbook::text_row;
using testing_workbook::workbook_parts;
using testing_workbook::write_archive;

class XlsxTest : public testing::Test {
 protected:
  std::string path() const { return directory_.path("w.xlsx"); }

  // `sheet|a|b`, then `row:value|value` for each; or what was wrong.
  std::string read(const Parts& parts, const ReadOptions& options = {}) {
    write_archive(path(), parts);
    auto info = inspect(path(), options);
    if (!info.ok()) {
      return "refused: " + info.error().message + " / " + info.error().hint;
    }
    notes_ = info->notes;
    std::string out = info->sheet;
    for (const std::string& name : info->columns) {
      out += "|" + name;
    }
    auto reader = open_rows(*info);
    if (!reader.ok()) {
      return "refused: " + reader.error().message;
    }
    RawBlock block;
    for (auto more = (*reader)->next(block); !more.ok() || *more; more = (*reader)->next(block)) {
      if (!more.ok()) {
        return out + "\nerror: " + more.error().message;
      }
      for (std::size_t row = 0; row < block.rows(); ++row) {
        out += "\n" + std::to_string(block.line(row)) + ":";
        for (std::size_t column = 0; column < block.columns(); ++column) {
          out += (column > 0 ? "|" : "") + std::string(block.at(row, column));
        }
      }
    }
    return out;
  }
  std::string read_rows(const std::string& rows, const std::vector<std::string>& shared = {},
                        const std::string& properties = "") {
    return read(workbook_parts({{"S", rows}}, shared, properties));
  }
  bool has_note(const std::string& code, const std::string& part) const {
    for (const Note& note : notes_) {
      if (note.code == code && note.text.en.find(part) != std::string::npos) {
        return true;
      }
    }
    return false;
  }

  Directory directory_;
  std::vector<Note> notes_;
};

const std::string kHead = text_row({"订单号", "日期", "金额"});

TEST_F(XlsxTest, CellsOfEveryKind) {
  const std::string rows =
      "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"s\"><v>1</v></c>"
      "<c r=\"C1\" t=\"inlineStr\"><is><t>金额</t></is></c><c r=\"D1\" "
      "t=\"str\"><v>备注</v></c></row>"
      "<row r=\"3\"><c r=\"A3\" t=\"s\"><v>2</v></c><c r=\"B3\" s=\"2\"><v>45000.5</v></c>"
      "<c r=\"C3\" s=\"5\"><v>12.340000000000002</v></c><c r=\"D3\" t=\"b\"><v>1</v></c></row>"
      "<row r=\"4\" spans=\"1:4\"/>"
      "<row r=\"5\"><c r=\"A5\"><v>1.23456789E+8</v></c><c r=\"B5\" s=\"1\"><v>45000</v></c>"
      "<c r=\"C5\"><f>B2*2</f><v>7</v></c><c r=\"D5\" t=\"e\"><v>#DIV/0!</v></c></row>"
      "<row r=\"6\"><c r=\"B6\" s=\"4\"><v>45000.999999999</v></c><c r=\"C6\" t=\"str\">"
      "<f>A1&amp;\"x\"</f><v>a &lt; b</v></c><c r=\"D6\" s=\"3\"><v>0.25</v></c></row>"
      "<row r=\"7\"><c r=\"A7\" t=\"d\"><v>2024-01-05T10:00:00</v></c><c r=\"D7\"><f>A1</f></c>"
      "<c r=\"ZZ7\"><v>1</v></c></row>";
  EXPECT_EQ(
      read_rows(rows, {"<t>订单号</t>",
                       "<r><t>下单</t></r><r><rPr><b/></rPr><t>日期</t></r><rPh><t>x</t></rPh>",
                       "<t xml:space=\"preserve\">A_x000D_\n1</t>"}),
      "S|订单号|下单日期|金额|备注\n"
      "3:A\r\n1|2023-03-15 12:00:00|12.34|TRUE\n"
      "5:123456789|2023-03-15|7|#DIV/0!\n"
      "6:|2023-03-16|a < b|06:00:00\n"
      "7:2024-01-05 10:00:00|||");
}

TEST_F(XlsxTest, RowsAndCellsWithoutNumbers) {
  EXPECT_EQ(
      read_rows(kHead + text_row({"A1", "2024-01-05", "3"}) + "<row/>" + text_row({"A2", "", "4"})),
      "S|订单号|日期|金额\n2:A1|2024-01-05|3\n4:A2||4");
}

TEST_F(XlsxTest, DaysSince1904) {
  EXPECT_EQ(read_rows(kHead + "<row r=\"2\"><c r=\"A2\"><v>1</v></c><c r=\"B2\" s=\"1\"><v>43538"
                              "</v></c><c r=\"C2\"><v>2</v></c></row>",
                      {}, "<workbookPr date1904=\"1\"/>"),
            "S|订单号|日期|金额\n2:1|2023-03-15|2");
}

TEST_F(XlsxTest, TitlesAndNamesInMergedCells) {
  EXPECT_EQ(read_rows(text_row({"2024 年订单"}) + text_row({"订单号", "会员", "", "金额"}) +
                      text_row({"", "编号", "姓名", ""}) + text_row({"A1", "m1", "安", "3"}) +
                      text_row({"A2", "m2", "本", "4"})),
            "S|订单号|会员 编号|会员 姓名|金额\n4:A1|m1|安|3\n5:A2|m2|本|4");
  EXPECT_TRUE(has_note("two_header_rows", "two rows"));
  EXPECT_TRUE(has_note("title_lines", "2024 年订单"));
}

TEST_F(XlsxTest, TheSheetThatLooksLikeTheTable) {
  const std::string small = text_row({"说明", "值"}) + text_row({"店", "1"});
  const std::string table =
      kHead + text_row({"A1", "2024-01-05", "3"}) + text_row({"A2", "2024-01-06", "4"});
  std::string large = table;
  for (int i = 0; i < 20; ++i) {
    large += text_row({"B", "2024-02-01", "1"});
  }
  const Parts parts =
      workbook_parts({{"说明", small}, {"订单", table}, {"旧", large, "hidden"}, {"空", ""}});
  EXPECT_TRUE(read(parts).starts_with("订单|订单号"));
  EXPECT_TRUE(has_note("sheet_chosen", "not read: 说明, 旧, 空"));
  EXPECT_TRUE(read(parts, {.sheet = "旧"}).starts_with("旧|订单号"));
  EXPECT_EQ(read(parts, {.sheet = "九月"}),
            "refused: w.xlsx has no sheet '九月' / Its sheets are: 说明, 订单, 旧, 空");
}

TEST_F(XlsxTest, ManyRowsInManyPieces) {
  std::string rows = kHead;
  for (int i = 2; i < 60'000; ++i) {
    const std::string row = std::to_string(i);
    rows += "<row r=\"" + row + "\"><c r=\"A" + row + "\"><v>" + row + "</v></c><c r=\"C" + row +
            "\" t=\"inlineStr\"><is><t>some text of the row</t></is></c></row>";
  }
  std::string expected = "S|订单号|日期|金额";
  for (int i = 2; i < 60'000; ++i) {
    expected += "\n" + std::to_string(i) + ":" + std::to_string(i) + "||some text of the row";
  }
  EXPECT_TRUE(read_rows(rows) == expected);
}

TEST_F(XlsxTest, WhatIsNoTable) {
  EXPECT_TRUE(read_rows("").starts_with("refused: w.xlsx is a workbook without a table"));
  EXPECT_TRUE(read_rows(kHead).starts_with("refused: w.xlsx is a workbook without a table"));
  Parts no_sheets = workbook_parts({{"S", kHead}});
  no_sheets.erase("xl/worksheets/sheet1.xml");
  EXPECT_TRUE(read(no_sheets).starts_with("refused: w.xlsx is damaged: xl/worksheets"));
  Parts torn = workbook_parts({{"S", kHead}});
  torn["xl/workbook.xml"] = "<workbook><sheets>";
  EXPECT_TRUE(read(torn).starts_with("refused: w.xlsx is damaged: xl/workbook.xml"));
  EXPECT_TRUE(read({{"xl/readme.txt", "no workbook"}}).starts_with("refused: w.xlsx is an Excel"));
  Parts laughs = workbook_parts({{"S", kHead}});
  laughs["xl/styles.xml"] = "<!DOCTYPE s [<!ENTITY a \"aa\"><!ENTITY b \"&a;&a;\">]><s>&b;</s>";
  EXPECT_TRUE(read(laughs).starts_with("refused: w.xlsx is damaged: xl/styles.xml"));
}

TEST_F(XlsxTest, ASheetThatBreaksOffIsAnError) {
  std::string rows = kHead;
  for (int i = 0; i < 30'000; ++i) {
    rows += text_row({"A1", "2024-01-05", "3"});
  }
  Parts torn = workbook_parts({{"S", rows}});
  std::string& sheet = torn["xl/worksheets/sheet1.xml"];
  sheet.resize(sheet.size() - 1000);
  EXPECT_NE(read(torn).find("error: w.xlsx is damaged: sheetData"), std::string::npos);
  EXPECT_NE(read_rows(rows + "<row><c></row>").find("error: w.xlsx is damaged: S"),
            std::string::npos);
  EXPECT_NE(read_rows(rows + text_row({std::string(17U << 20, 'x')})).find("longer than 16 MiB"),
            std::string::npos);
}

TEST_F(XlsxTest, ABombIsNotUnpacked) {
  std::string rows = kHead + text_row({"A1", "2024-01-05", "3"});
  while (rows.size() < kFreeUnpackedBytes + (8U << 20)) {
    rows += "<row></row><row></row><row></row><row></row><row></row><row></row><row></row>";
  }
  EXPECT_NE(read_rows(rows).find("kMaxUnpackedRatio"), std::string::npos);
}

TEST_F(XlsxTest, ADamagedOrLockedFile) {
  write_archive(path(), workbook_parts({{"S", kHead}}));
  std::filesystem::resize_file(path(), std::filesystem::file_size(path()) / 2);
  EXPECT_EQ(inspect(path()).error().message, "w.xlsx is damaged: its ZIP data cannot be unpacked");
  std::string locked("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8);
  locked += std::string(600, '\0');
  for (const char c : std::string("EncryptedPackage")) {
    locked += {c, '\0'};
  }
  const std::string file = directory_.write("locked.xlsx", locked);
  EXPECT_EQ(inspect(file).error().message,
            "locked.xlsx is a workbook protected by a password, not a table of text");
}

TEST(Cells, FormatsSayWhatANumberMeans) {
  for (const auto& [code, shown] : std::initializer_list<std::pair<const char*, Shown>>{
           {"General", Shown::number},
           {"#,##0.00_);[Red](#,##0.00)", Shown::number},
           {"0.00E+00", Shown::number},
           {"@", Shown::number},
           {"yyyy-mm-dd", Shown::date},
           {"[$-409]d/m/yy h:mm AM/PM;@", Shown::date_time},
           {"yyyy\"年\"m\"月\"", Shown::date},
           {"mmm", Shown::date},
           {"h:mm:ss", Shown::time},
           {"[h]:mm", Shown::time},
           {"mm:ss.0", Shown::time},
           {"\"day\" 0", Shown::number}}) {
    EXPECT_EQ(shown_by(code), shown) << code;
  }
}

TEST(Cells, Numbers) {
  for (const auto& [value, shown, text] :
       std::initializer_list<std::tuple<const char*, Shown, const char*>>{
           {"0.1", Shown::number, "0.1"},
           {"0.30000000000000004", Shown::number, "0.3"},
           {"1E-3", Shown::number, "0.001"},
           {"6.0221E+23", Shown::number, "602210000000000000000000"},
           {"-1234.5600000000001", Shown::number, "-1234.56"},
           {"1.5E+1", Shown::number, "15"},
           {"0.00000000000001", Shown::number, "0.00000000000001"},
           {"123456789012345678", Shown::number, "123456789012345678"},
           {"-5", Shown::date, "-5"},
           {"9999999", Shown::date, "9999999"},
           {"1", Shown::date, "1900-01-01"},
           {"59", Shown::date, "1900-02-28"},
           {"61", Shown::date, "1900-03-01"},
           {"45000.99999999", Shown::date_time, "2023-03-16 00:00:00"},
           {"nan", Shown::date, "nan"}}) {
    std::string out;
    append_number(value, shown, false, out);
    EXPECT_EQ(out, text) << value;
  }
  EXPECT_EQ(column_of("A1"), 0);
  EXPECT_EQ(column_of("AB12"), 27);
  EXPECT_EQ(column_of("12"), -1);
}

}  // namespace
}  // namespace huitou::ingest
