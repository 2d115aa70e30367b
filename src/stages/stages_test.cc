#include "stages/stages.h"

#include <gtest/gtest.h>

#include <thread>

namespace huitou::stages {
namespace {

constexpr Limits kAll{.first_days = 30,
                      .nurture_orders = 3,
                      .nurture_days = 60,
                      .active_days = 90,
                      .sleeping_days = 180,
                      .returned_days = 45,
                      .potential_days = 365};

TEST(Stages, EndWithTheirLastDay) {
  const Limits usual;
  EXPECT_EQ(stage_of({.orders = 1, .age = 0, .silence = 0}, usual), Stage::active);
  EXPECT_EQ(stage_of({.orders = 1, .age = 90, .silence = 90}, usual), Stage::active);
  EXPECT_EQ(stage_of({.orders = 1, .age = 91, .silence = 91}, usual), Stage::sleeping);
  EXPECT_EQ(stage_of({.orders = 9, .age = 400, .silence = 180}, usual), Stage::sleeping);
  EXPECT_EQ(stage_of({.orders = 9, .age = 400, .silence = 181}, usual), Stage::lost);
}

TEST(Stages, OfNewcomersAreTakenOutOfTheActive) {
  EXPECT_EQ(stage_of({.orders = 1, .age = 30, .silence = 30}, kAll), Stage::first);
  EXPECT_EQ(stage_of({.orders = 1, .age = 31, .silence = 31}, kAll), Stage::nurture);
  EXPECT_EQ(stage_of({.orders = 2, .age = 10, .silence = 0}, kAll), Stage::nurture);
  EXPECT_EQ(stage_of({.orders = 3, .age = 60, .silence = 0}, kAll), Stage::nurture);
  EXPECT_EQ(stage_of({.orders = 4, .age = 60, .silence = 0}, kAll), Stage::active);
  EXPECT_EQ(stage_of({.orders = 3, .age = 61, .silence = 0}, kAll), Stage::active);
}

TEST(Stages, OfTheReturnedEndWithTheirDaysOrTheNextPurchase) {
  // Lost for one day: 181 days without an order before the one of the gap's end.
  const Seen back{.orders = 2, .age = 400, .silence = 45, .gap = 182};
  EXPECT_EQ(stage_of(back, kAll), Stage::returned);
  EXPECT_EQ(stage_of({.orders = 2, .age = 400, .silence = 46, .gap = 182}, kAll), Stage::active);
  EXPECT_EQ(stage_of({.orders = 2, .age = 400, .silence = 0, .gap = 181}, kAll), Stage::active);
  EXPECT_EQ(stage_of({.orders = 3, .age = 400, .silence = 0, .gap = 9}, kAll), Stage::active);
  EXPECT_EQ(stage_of(back, {}), Stage::active) << "a shop that does not ask for it";
}

TEST(Stages, OfThePotentialNeedASignOfThem) {
  EXPECT_EQ(stage_of({.quiet = 0}, kAll), Stage::potential);
  EXPECT_EQ(stage_of({.quiet = 365}, kAll), Stage::potential);
  EXPECT_EQ(stage_of({.quiet = 366}, kAll), std::nullopt);
  EXPECT_EQ(stage_of({}, kAll), std::nullopt);
  EXPECT_EQ(stage_of({.quiet = 0}, {}), std::nullopt) << "a shop that does not ask for it";
  EXPECT_EQ(stage_of({.orders = 1, .age = 0, .silence = 0, .quiet = 0}, kAll), Stage::first);
}

TEST(Stages, AreThoseThatAreSet) {
  EXPECT_EQ(stages_of({}), (std::vector{Stage::active, Stage::sleeping, Stage::lost}));
  EXPECT_EQ(stages_of(kAll),
            (std::vector{Stage::potential, Stage::first, Stage::nurture, Stage::active,
                         Stage::returned, Stage::sleeping, Stage::lost}));
  EXPECT_EQ(meaning(Stage::sleeping, {}).en, "the last order 91 to 180 days ago");
  EXPECT_EQ(meaning(Stage::first, kAll).zh, "仅一笔订单，且在 30 天内");
}

TEST(Stages, RefuseLimitsThatContradictEachOther) {
  EXPECT_TRUE(check({}).ok());
  EXPECT_TRUE(check(kAll).ok());
  EXPECT_EQ(check({.active_days = 180}).error().message,
            "active_days is 180 and sleeping_days 180.");
  EXPECT_EQ(check({.first_days = 91}).error().hint,
            "Newcomers and the returned are a part of the active: give a smaller first_days or a "
            "larger active_days.");
  EXPECT_EQ(check({.returned_days = 91}).error().message,
            "returned_days is 91 and active_days 90.");
  EXPECT_TRUE(check({.potential_days = 3650}).ok());
  EXPECT_EQ(check({.nurture_days = 91}).error().message, "nurture_days is 91 and active_days 90.");
  EXPECT_EQ(check({.nurture_orders = 0}).error().message, "nurture_orders is 0.");
  EXPECT_EQ(check({.sleeping_days = 3651}).error().message_zh, "sleeping_days 为 3651。");
}

TEST(Stages, KeepTheLimitsOfAShopAndTheirHistory) {
  const auto store = store::open_sqlite(":memory:").value();
  EXPECT_EQ(kept(*store).value(), Limits{});
  ASSERT_TRUE(keep(*store, {.limits = kAll, .how = "hand", .now = 100}).ok());
  ASSERT_TRUE(keep(*store, {.limits = {.active_days = 60}, .how = "gaps", .now = 200}).ok());
  EXPECT_FALSE(keep(*store, {.limits = {.active_days = 500}, .now = 300}).ok());
  EXPECT_EQ(kept(*store).value(), Limits{.active_days = 60});
  const Frame lines = history(*store).value();
  ASSERT_EQ(lines.rows(), 2U);
  EXPECT_EQ(lines.integer("set_at", 0), 200);
  EXPECT_EQ(lines.text("how", 1), "hand");
  EXPECT_EQ(lines.integer("first_days", 1), 30);
  EXPECT_EQ(lines.integer("potential_days", 1), 365);
}

TEST(Stages, CanBeReadForTheFirstTimeByManyAtOnce) {
  for (int round = 0; round < 100; ++round) {
    const auto store = store::open_sqlite(":memory:").value();
    std::vector<std::thread> readers;
    for (int reader = 0; reader < 8; ++reader) {
      readers.emplace_back([&] {
        const auto limits = kept(*store);
        EXPECT_TRUE(limits.ok()) << describe(limits.error());
      });
    }
    for (std::thread& reader : readers) reader.join();
  }
}

TEST(Stages, OfAHomeOfAnEarlierVersionStay) {
  const auto store = store::open_sqlite(":memory:").value();
  ASSERT_TRUE(store
                  ->run("CREATE TABLE stage_limits (id INTEGER PRIMARY KEY, set_at INTEGER NOT "
                        "NULL, how TEXT NOT NULL, first_days INTEGER NOT NULL, nurture_orders "
                        "INTEGER NOT NULL, nurture_days INTEGER NOT NULL, active_days INTEGER NOT "
                        "NULL, sleeping_days INTEGER NOT NULL)")
                  .ok());
  ASSERT_TRUE(
      store->run("INSERT INTO stage_limits VALUES (1, 100, 'hand', 0, 3, 0, 60, 150)").ok());
  EXPECT_EQ(kept(*store).value(), (Limits{.active_days = 60, .sleeping_days = 150}));
  const Limits more{.active_days = 60, .sleeping_days = 150, .returned_days = 30};
  ASSERT_TRUE(keep(*store, {.limits = more, .how = "hand", .now = 200}).ok());
  EXPECT_EQ(kept(*store).value(), more);
  EXPECT_EQ(history(*store).value().rows(), 2U);
}

}  // namespace
}  // namespace huitou::stages
