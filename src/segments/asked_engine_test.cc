// Which customers a refresh asks, of which segments.

#include <gtest/gtest.h>

#include "engine/testing.h"
#include "segments/segments.h"
#include "segments/test_shop.h"
#include "stages/stages.h"

namespace huitou::segments {
namespace {

std::vector<engine::testing::NamedEngine>& engines() {
  static auto opened = engine::testing::engines();
  return opened;
}

/// Twenty customers who ordered and looked at something in each of three months.
class AskedTest : public ::testing::Test {
 protected:
  static testing::Row event(std::int64_t number, std::int64_t customer, Date day) {
    return {{"message_id", "m" + std::to_string(number)},
            {"message_hash", number},
            {"customer_id", customer},
            {"kind", "track"},
            {"name", "product_viewed"},
            {"occurred_on", std::int64_t{day.days}},
            {"occurred_at", as_of_day(day, "UTC").second}};
  }

  void SetUp() override {
    for (std::int64_t id = 1; id <= 20; ++id) {
      shop.tables["customers"].push_back({{"customer_id", id}});
      for (const std::int64_t ago : {2, 40, 100}) {
        const Date day{static_cast<std::int32_t>(today.days - ago - id % 5)};
        shop.tables["orders"].push_back({{"order_key", std::to_string(id * 1'000 + ago)},
                                         {"customer_id", id},
                                         {"status", std::int64_t{2}},
                                         {"ordered_on", std::int64_t{day.days}},
                                         {"ordered_at", as_of_day(day, "UTC").second}});
        shop.tables["events"].push_back(event(id * 1'000 + ago, id, day));
      }
    }
  }

  void begin(engine::Engine& engine) {
    store = store::open_sqlite(":memory:").value();
    ASSERT_TRUE(testing::fill(engine, shop).ok());
    ASSERT_TRUE(engine.truncate_table("segment_moves").ok());
    ASSERT_TRUE(save(*store, {.name = "viewers", .rule = "viewed >= 4"}).ok());
    ASSERT_TRUE(save(*store, {.name = "buyers", .rule = "orders(last 3 days)"}).ok());
    ASSERT_TRUE(save(*store, {.name = "best", .rule = "top 2 of (orders) by orders"}).ok());
  }

  /// Whom a refresh asks, as `buyers viewers best`, and how many where only some.
  std::string asked(engine::Engine& engine, Date day) {
    const AsOf as_of = as_of_day(day, "UTC");
    const auto done = refresh(engine, *store, {.as_of = as_of, .now = as_of.second}, std::nullopt);
    if (!done.ok()) return describe(done.error());
    std::string out;
    for (const char* name : {"buyers", "viewers", "best"}) {
      for (const Refreshed& one : *done) {
        if (one.name != name) continue;
        out += one.how == How::nothing ? "- "
               : one.how == How::whole ? "all "
                                       : std::to_string(one.asked) + " ";
      }
    }
    return out;
  }

  std::string after(engine::Engine& engine, const testing::Row& event, Date day) {
    const testing::Shop before = shop;
    shop.tables["events"].push_back(event);
    EXPECT_TRUE(testing::refill(engine, before, shop).ok());
    return asked(engine, day);
  }

  Date today = *parse_date("2025-06-20");
  testing::Shop shop;
  std::unique_ptr<store::Store> store;
};

TEST_F(AskedTest, WhoIsTouchedAndNobodyElse) {
  const testing::Shop first = shop;
  for (const auto& [name, engine] : engines()) {
    SCOPED_TRACE(name);
    shop = first;
    begin(*engine);
    EXPECT_EQ(asked(*engine, today), "all all all ");
    EXPECT_EQ(asked(*engine, today), "- - - ");
    EXPECT_EQ(after(*engine, event(1, 4, Date{today.days - 1}), today), "- 1 - ");
    // Nobody knows who it is: no rule can hold for her.
    EXPECT_EQ(after(*engine, event(2, 0, Date{today.days - 1}), today), "- - - ");
    // In a month that had been quiet; from then on it is watched.
    const Date late{today.days - 102};
    EXPECT_EQ(after(*engine, event(3, 5, late), today), "- all - ");
    EXPECT_EQ(after(*engine, event(4, 6, late), today), "- 1 - ");
    EXPECT_EQ(after(*engine, event(5, 7, *parse_date("2024-02-01")), today), "- 1 - ");
    // The four whose last order was on the first day of the window.
    EXPECT_EQ(asked(*engine, Date{today.days + 1}), "4 4 all ");
    EXPECT_EQ(kept_members(*engine, *store, "buyers").value(),
              (std::vector<std::int64_t>{5, 10, 15, 20}));
    ASSERT_TRUE(save(*store, {.name = "viewers", .rule = "viewed >= 5"}).ok());
    EXPECT_EQ(asked(*engine, Date{today.days + 1}), "- all - ");
  }
}

/// Of a stage of people without an order what they did decides, not orders alone.
TEST_F(AskedTest, WhoeverDidSomethingBecomesPotential) {
  const testing::Shop first = shop;
  for (const auto& [name, engine] : engines()) {
    SCOPED_TRACE(name);
    shop = first;
    shop.tables["customers"].push_back({{"customer_id", std::int64_t{21}}});
    begin(*engine);
    ASSERT_TRUE(stages::keep(*store, {.limits = {.potential_days = 30}}).ok());
    ASSERT_TRUE(save(*store, {.name = "viewers", .rule = "stage = 'potential'"}).ok());
    EXPECT_EQ(asked(*engine, today), "all all all ");
    EXPECT_EQ(kept_members(*engine, *store, "viewers").value(), std::vector<std::int64_t>{});
    EXPECT_EQ(after(*engine, event(1, 21, Date{today.days - 1}), today), "- 1 - ");
    EXPECT_EQ(kept_members(*engine, *store, "viewers").value(), std::vector<std::int64_t>{21});
  }
}

}  // namespace
}  // namespace huitou::segments
