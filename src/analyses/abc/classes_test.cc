#include "analyses/abc/classes.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "base/result.h"

namespace huitou::analyses {
namespace {

// 50 + 20 + 10 reach 80 of 100: the second of two items of 10 is already in class B.
TEST(AbcClasses, AClassEndsWithTheItemThatReachesItsShare) {
  const RankedItems items({{50, 1}, {20, 1}, {10, 2}, {5, 2}});
  const auto parts = items.classes({80, 95});
  ASSERT_EQ(parts.size(), 3U);
  EXPECT_EQ(parts[0].items, 3);
  EXPECT_EQ(parts[0].value, 80);
  EXPECT_EQ(parts[0].lowest, 10);
  EXPECT_EQ(parts[1].items, 2);
  EXPECT_EQ(parts[1].value, 15);
  EXPECT_EQ(parts[2].items, 1);
  EXPECT_EQ(items.class_of(79, {80, 95}), 0U);
  EXPECT_EQ(items.class_of(80, {80, 95}), 1U);
}

// 81 would be 81 %: the item that crosses the cut belongs to the upper class.
TEST(AbcClasses, TheItemThatCrossesBelongsToTheUpperClass) {
  const auto parts = RankedItems({{79, 1}, {11, 1}, {10, 1}}).classes({80, 95});
  EXPECT_EQ(parts[0].items, 2);
  EXPECT_EQ(parts[1].items, 1);
  EXPECT_EQ(parts[2].items, 0);
}

TEST(AbcClasses, NothingAndLessStandLast) {
  const auto parts = RankedItems({{100, 1}, {0, 2}, {-30, 1}}).classes({80, 95});
  EXPECT_EQ(parts[0].items, 1);
  EXPECT_EQ(parts[1].items, 0);
  EXPECT_EQ(parts[2].items, 3);
  EXPECT_EQ(parts[2].value, -30);
  EXPECT_THROW(RankedItems({{0, 3}}).classes({80}), Bug);
  EXPECT_THROW(RankedItems({{1, 1}, {1, 1}}), Bug);
}

TEST(AbcClasses, HugeSumsStayExact) {
  const std::int64_t huge = std::int64_t{1} << 60;
  const auto parts = RankedItems({{huge, 4}, {huge - 1, 1}}).classes({80, 95});
  EXPECT_EQ(parts[0].items, 4);
  EXPECT_EQ(parts[1].items, 1);
}

TEST(AbcClasses, AgreeWithItemByItem) {
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    std::mt19937_64 rng(seed);
    std::vector<std::int64_t> values{200};
    for (std::uint64_t i = 0; i < 5 + seed % 40; ++i) {
      values.push_back(static_cast<std::int64_t>(rng() % 25) - 3);
    }
    std::sort(values.rbegin(), values.rend());
    std::vector<ValueCount> counts;
    std::int64_t total = 0;
    for (const std::int64_t value : values) {
      if (counts.empty() || counts.back().value != value) {
        counts.push_back({value, 0});
      }
      ++counts.back().items;
      total += value;
    }
    const auto a = static_cast<std::int64_t>(1 + rng() % 97);
    const auto b = a + static_cast<std::int64_t>(1 + rng() % static_cast<std::uint64_t>(99 - a));
    std::vector<RankedPart> slow(3);
    std::int64_t before = 0;
    for (const std::int64_t value : values) {
      const std::size_t at = before * 100 < a * total ? 0 : before * 100 < b * total ? 1 : 2;
      ++slow[at].items;
      slow[at].value += value;
      before += value;
    }
    const RankedItems items(counts);
    const auto fast = items.classes({a, b});
    for (std::size_t at = 0; at < 3; ++at) {
      EXPECT_EQ(fast[at].items, slow[at].items) << seed;
      EXPECT_EQ(fast[at].value, slow[at].value) << seed;
    }
    EXPECT_EQ(items.highest(items.all().items).value, total);
    EXPECT_EQ(items.highest(1).value, values.front());
  }
}

}  // namespace
}  // namespace huitou::analyses
