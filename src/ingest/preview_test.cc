// What is shown of a file before it is loaded.

#include <gtest/gtest.h>

#include <algorithm>

#include "ingest/ingest.h"
#include "ingest/test_files.h"

namespace huitou::ingest {
namespace {

constexpr const char* kWithoutDate = "src/ingest/fixtures/broken/load_no_date.csv";
constexpr const char* kComplete = "src/ingest/fixtures/broken/gbk.csv";

bool has_note(const Preview& preview, const std::string& code) {
  return std::any_of(preview.notes.begin(), preview.notes.end(),
                     [&](const Note& note) { return note.code == code; });
}

LoadOptions options() { return {.today = Date{30000}}; }

TEST(Preview, ShowsTheColumnsOfAFileThatLacksOne) {
  const auto seen = preview(kWithoutDate, options());
  ASSERT_TRUE(seen.ok());
  EXPECT_EQ(seen->columns.size(), 3U);
  EXPECT_EQ(seen->rows.rows(), 0U);
  EXPECT_TRUE(has_note(*seen, "incomplete"));
  EXPECT_NE(seen->mapping.find("order_key"), std::string::npos);
}

TEST(Preview, ShowsRowsOnceTheMappingIsComplete) {
  const auto seen = preview(kComplete, options());
  ASSERT_TRUE(seen.ok());
  EXPECT_EQ(seen->rows.rows(), 2U);
  EXPECT_FALSE(has_note(*seen, "incomplete"));
}

TEST(Preview, SaysWhatACorrectionTakesAway) {
  const auto seen =
      preview(kComplete, options(), "table: orders\ncolumns:\n  订单编号: order_key\n");
  ASSERT_TRUE(seen.ok());
  EXPECT_TRUE(has_note(*seen, "incomplete"));
}

TEST(Preview, SaysWhatJsonLinesAre) {
  const testing_files::Directory directory;
  const auto seen =
      preview(directory.write("o.jsonl",
                              "{\"order_id\": \"A1\", \"buyer\": {\"id\": \"m1\"}, \"paid_at\": "
                              "\"2024-01-05 10:00:00\", \"amount\": 12.5}\n"
                              "{\"order_id\": \"A2\", \"buyer\": {\"id\": \"m2\"}, \"paid_at\": "
                              "\"2024-01-06 10:00:00\", \"amount\": 3}\n"),
              options());
  ASSERT_TRUE(seen.ok()) << seen.error().message;
  EXPECT_EQ(seen->format, "json_lines");
  EXPECT_EQ(seen->delimiter, "");
  EXPECT_EQ(seen->table, "orders");
  EXPECT_FALSE(has_note(*seen, "incomplete")) << seen->mapping;
  EXPECT_EQ(seen->columns[1].field, "customer_key");
  ASSERT_EQ(seen->rows.rows(), 2U);
  EXPECT_EQ(seen->rows.integer("gross_minor", 0), 1250);
}

TEST(Preview, ReadsTheFileAsTheMappingSays) {
  const testing_files::Directory directory;
  // Without the mapping: one table by commas, its first row taken for names.
  const std::string path = directory.write("o.csv", "no;a,b;2024-01-05\nn2;c,d;2024-01-06\n");
  const std::string columns = "columns:\n  c1: order_key\n  c3: ordered_at\n";
  const auto seen =
      preview(path, options(), "table: orders\ndelimiter: \";\"\nhas_header: false\n" + columns);
  ASSERT_TRUE(seen.ok()) << seen.error().message;
  ASSERT_EQ(seen->columns.size(), 3U);
  EXPECT_EQ(seen->columns[0].samples, (std::vector<std::string>{"no", "n2"}));
  EXPECT_FALSE(seen->has_header);
  EXPECT_NE(seen->mapping.find("has_header: false"), std::string::npos);
  EXPECT_FALSE(preview(path, options(), "table: orders\n" + columns).ok());
}

}  // namespace
}  // namespace huitou::ingest
