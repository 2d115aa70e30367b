// What may be left unread, from the names of partitions alone.

#include "profile/sources.h"

#include <gtest/gtest.h>

namespace huitou::profile {
namespace {

TEST(Sources, SaysWhatMayHaveChanged) {
  const std::vector<segments::WideSource> sources{
      {.table = "orders"}, {.table = "tickets"}, {.table = "customer_links", .recent = false}};
  const SourceNames before{{"orders 202503", "a"},
                           {"orders 202505", "b"},
                           {"tickets all", "c"},
                           {"customer_links all", "d"}};
  const Date since = *parse_date("2025-05-01");
  const auto with = [&](const char* name, const char* held) {
    SourceNames now = before;
    now[name] = held;
    return compare(before, now, since, sources);
  };
  EXPECT_EQ(compare(before, before, since, sources), Changed::nothing);
  EXPECT_EQ(with("orders 202505", "x"), Changed::recent);
  EXPECT_EQ(with("orders 202506", "new"), Changed::recent);
  EXPECT_EQ(with("tickets all", "x"), Changed::recent);
  EXPECT_EQ(with("orders 202503", "x"), Changed::any);
  EXPECT_EQ(with("orders 202504", "new"), Changed::any);
  EXPECT_EQ(with("customer_links all", "x"), Changed::any);
  EXPECT_EQ(with("something 202506", "new"), Changed::any);
  SourceNames gone = before;
  gone.erase("orders 202505");
  EXPECT_EQ(compare(before, gone, since, sources), Changed::recent);
  gone.erase("orders 202503");
  EXPECT_EQ(compare(before, gone, since, sources), Changed::any);
  EXPECT_EQ(compare({}, before, since, sources), Changed::any);
}

TEST(Sources, RecentIsTheMonthOfTheLastDayAndTheOneBefore) {
  const auto since = [](const char* as_of) {
    return format_date(recent_since(*parse_date(as_of)));
  };
  EXPECT_EQ(since("2025-06-30"), "2025-05-01");
  EXPECT_EQ(since("2025-07-01"), "2025-05-01");
  EXPECT_EQ(since("2025-07-02"), "2025-06-01");
  EXPECT_EQ(since("2025-01-15"), "2024-12-01");
  EXPECT_EQ(since("1970-01-02"), "1970-01-01");
}

}  // namespace
}  // namespace huitou::profile
