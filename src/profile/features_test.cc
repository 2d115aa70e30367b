#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "profile/profile.h"

namespace huitou::profile {
namespace {

const Feature& named(std::string_view column) {
  const auto all = features();
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const Feature& f) { return f.column == column; });
  CHECK(found != all.end());
  return *found;
}

TEST(Features, AreFactsOverWindows) {
  const Feature& feature = named("net_minor_90d");
  EXPECT_EQ(feature.fact->name, "net_amount");
  EXPECT_EQ(feature.days, 90);
  EXPECT_EQ(feature.type, "Int64");
  EXPECT_EQ(feature.unit, Unit::minor);
  EXPECT_EQ(feature.title.en, "net amount, last 90 days");
  EXPECT_EQ(feature.title.zh, "净消费金额（近 90 天）");
  ASSERT_TRUE(feature.term.window.has_value());
  EXPECT_EQ(feature.term.window->last, 90);
}

TEST(Features, SayWhenTheyAreUnknown) {
  EXPECT_EQ(named("orders").type, "UInt32");
  EXPECT_EQ(named("margin_minor").type, "Nullable(Int64)");
  EXPECT_EQ(named("first_order_on").type, "Nullable(Date)");
  EXPECT_EQ(named("home_region").type, "Nullable(String)");
  EXPECT_EQ(named("nps_score").term.subject, "nps");
  for (const Feature& feature : features()) {
    EXPECT_FALSE(feature.nothing.en.empty()) << feature.column;
    EXPECT_FALSE(feature.nothing.zh.empty()) << feature.column;
  }
}

TEST(Features, HaveNamesOfTheirOwn) {
  std::set<std::string> names{"customer_id", "as_of", "fingerprint", "recent_fingerprint"};
  for (const Feature& feature : features()) {
    EXPECT_TRUE(names.insert(feature.column).second) << feature.column;
  }
  EXPECT_EQ(table().columns.size(), features().size() + 4);
}

}  // namespace
}  // namespace huitou::profile
