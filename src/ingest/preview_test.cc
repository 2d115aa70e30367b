// What is shown of a file before it is loaded.

#include <gtest/gtest.h>

#include <algorithm>

#include "ingest/ingest.h"

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

}  // namespace
}  // namespace huitou::ingest
