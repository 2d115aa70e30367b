// Files of the world as they are; skipped where the data folder is not there.

#include <gtest/gtest.h>

#include <filesystem>
#include <set>
#include <string>

#include "ingest/table.h"
#include "ingest/values.h"

namespace huitou::ingest {
namespace {

namespace fs = std::filesystem;

const fs::path kData = "../shared/data";

#define SKIP_WITHOUT_DATA()                                 \
  if (!fs::exists(kData)) {                                 \
    GTEST_SKIP() << "no data folder at " << kData.string(); \
  }

/// What a whole file comes to, read by the columns named.
struct Sums {
  std::size_t rows = 0;
  std::size_t bad = 0;
  std::size_t unreadable = 0;
  std::set<std::string> keys;
  std::int64_t minor = 0;
};

struct Columns {
  std::size_t key;
  std::size_t date;
  std::size_t amount;
};

FileInfo inspected(const std::string& file) {
  auto info = inspect((kData / file).string());
  EXPECT_TRUE(info.ok()) << describe(info.error());
  return info.ok() ? *info : FileInfo{};
}

std::vector<std::string_view> column(const FileInfo& info, std::size_t index) {
  std::vector<std::string_view> values;
  for (const auto& row : info.samples) {
    values.push_back(row[index]);
  }
  return values;
}

Sums sums_of(const FileInfo& info, Columns columns) {
  Sums sums;
  const auto date_format = guess_date_format(column(info, columns.date));
  const auto number_format = guess_number_format(column(info, columns.amount));
  EXPECT_TRUE(date_format && number_format);
  auto reader = TableReader::open(info);
  EXPECT_TRUE(reader.ok());
  RawBlock block;
  for (auto more = reader->next(block); more.ok() && *more; more = reader->next(block)) {
    for (std::size_t row = 0; row < block.rows(); ++row) {
      Moment moment;
      std::int64_t minor = 0;
      const bool dated =
          parse_moment(block.at(row, columns.date), *date_format, moment) == Reading::ok;
      const bool priced =
          parse_money(block.at(row, columns.amount), *number_format, minor) == Reading::ok;
      sums.unreadable += dated && priced ? 0U : 1U;
      sums.minor += minor;
      if (!block.at(row, columns.key).empty()) {
        sums.keys.emplace(block.at(row, columns.key));
      }
    }
    sums.rows += block.rows();
    sums.bad += block.bad().size();
  }
  return sums;
}

TEST(RealFiles, CdnowMasterIsAlignedWithNames) {
  SKIP_WITHOUT_DATA();
  const FileInfo info = inspected("clv/cdnow_master.txt");
  EXPECT_EQ(info.dialect.delimiter, ' ');
  EXPECT_EQ(info.columns,
            (std::vector<std::string>{"customer_id", "date", "number_of_cds", "dollar_value"}));
  const Sums sums = sums_of(info, {0, 1, 3});
  EXPECT_EQ(sums.rows, 69659U);
  EXPECT_EQ(sums.bad + sums.unreadable, 0U);
  EXPECT_EQ(sums.keys.size(), 23570U);
  EXPECT_EQ(sums.minor, 250031563);
}

TEST(RealFiles, CdnowSampleHasNoNames) {
  SKIP_WITHOUT_DATA();
  const FileInfo info = inspected("clv/cdnow_sample.txt");
  EXPECT_FALSE(info.dialect.has_header);
  EXPECT_EQ(info.columns, (std::vector<std::string>{"c1", "c2", "c3", "c4", "c5"}));
  const Sums sums = sums_of(info, {1, 2, 4});
  EXPECT_EQ(sums.rows, 6919U);
  EXPECT_EQ(sums.bad + sums.unreadable, 0U);
  EXPECT_EQ(sums.keys.size(), 2357U);
  EXPECT_EQ(sums.minor, 24409194);
}

TEST(RealFiles, OnlineRetailIsPackedAndQuoted) {
  SKIP_WITHOUT_DATA();
  const FileInfo info = inspected("clv/online_retail_lines.csv.gz");
  EXPECT_TRUE(info.packed);
  EXPECT_EQ(info.columns.size(), 8U);
  const Sums sums = sums_of(info, {6, 4, 5});
  EXPECT_EQ(sums.rows, 541909U);
  EXPECT_EQ(sums.bad, 0U);
  EXPECT_EQ(sums.keys.size(), 4372U);
}

TEST(RealFiles, SmallOrderListsAreReadWhole) {
  SKIP_WITHOUT_DATA();
  const Sums apparel = sums_of(inspected("clv/apparel_trans.csv"), {0, 1, 2});
  EXPECT_EQ(apparel.rows, 3187U);
  EXPECT_EQ(apparel.bad + apparel.unreadable, 0U);
  EXPECT_EQ(apparel.keys.size(), 600U);
  const Sums rfm = sums_of(inspected("clv/rfm_orders.csv"), {0, 1, 2});
  EXPECT_EQ(rfm.rows, 4906U);
  EXPECT_EQ(rfm.bad + rfm.unreadable, 0U);
  EXPECT_EQ(rfm.keys.size(), 995U);
  const Sums invoices = sums_of(inspected("clv/online_retail_invoices.csv"), {2, 1, 6});
  EXPECT_EQ(invoices.rows, 25900U);
  EXPECT_EQ(invoices.bad, 0U);
}

TEST(RealFiles, CompleteJourneyLines) {
  SKIP_WITHOUT_DATA();
  const FileInfo info = inspected("rec/completejourney_sample.csv");
  EXPECT_EQ(info.columns.at(10), "transaction_timestamp");
  const Sums sums = sums_of(info, {0, 10, 5});
  EXPECT_EQ(sums.rows, 75000U);
  EXPECT_EQ(sums.bad, 0U);
  EXPECT_EQ(sums.unreadable, 1U);  // 4.440892e-16, a float that slipped through
}

TEST(RealFiles, OddSeparatorsAndListsOfItems) {
  SKIP_WITHOUT_DATA();
  const FileInfo sessions = inspected("rec/epub_sessions.csv");
  EXPECT_EQ(sessions.dialect.delimiter, ';');
  EXPECT_FALSE(sessions.dialect.has_header);
  EXPECT_EQ(sessions.columns.size(), 2U);
  const FileInfo labels = inspected("rec/groceries_labels.tsv");
  EXPECT_EQ(labels.dialect.delimiter, '\t');
  EXPECT_EQ(labels.columns.size(), 3U);
  // A basket a line, of any length: no table.
  EXPECT_FALSE(inspect((kData / "rec/fimi_retail.dat").string()).ok());
}

}  // namespace
}  // namespace huitou::ingest
