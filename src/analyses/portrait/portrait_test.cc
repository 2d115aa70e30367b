#include <gtest/gtest.h>

#include <cmath>

#include "analyses/portrait/differences.h"
#include "analyses/portrait/features.h"

namespace huitou::analyses {
namespace {

// The aspirin component of the Physicians' Health Study (1989): 189 heart attacks of 11,034 with
// placebo, 104 of 11,037 with aspirin; relative risk 1.82, 95 % from 1.43 to 2.30.
TEST(Differences, GiveThePublishedRelativeRisk) {
  const Differences found = differences_of({{{{189, 104}}}}, {11034, 11037}, 10);
  ASSERT_EQ(found.cells.size(), 1U);
  EXPECT_NEAR(*found.cells[0].lift, 1.818, 0.0005);
  EXPECT_NEAR(found.cells[0].lift_interval.low, 1.43, 0.005);
  EXPECT_NEAR(*found.cells[0].lift_interval.high, 2.31, 0.005);
  EXPECT_NEAR(found.cells[0].p, 5.69e-7, 0.01e-7);
  EXPECT_NEAR(found.cells[0].q, found.cells[0].p, 1e-12);
}

TEST(Differences, BeginWithWhatSurelyDiffersMost) {
  // A large but unsure difference, a small sure one, a large sure one, none.
  const Differences found = differences_of(
      {{{{12, 10}}}, {{{500, 400}}}, {{{100, 300}}}, {{{500, 500}}}}, {1000, 1000}, 10);
  ASSERT_EQ(found.cells.size(), 4U);
  EXPECT_EQ(found.cells[0].feature, 2U);
  EXPECT_EQ(found.cells[1].feature, 1U);
  EXPECT_EQ(found.cells[2].feature, 0U);
  EXPECT_EQ(found.cells[3].feature, 3U);
  EXPECT_DOUBLE_EQ(found.cells[3].p, 1);
  for (const CellDifference& cell : found.cells) EXPECT_GE(cell.q, cell.p);
}

TEST(Differences, HideFewPeopleAndWhatWouldBetrayThem) {
  // 4 insiders are few; without the next smallest, the rest would say so.
  const Differences parts = differences_of({{{{4, 50}, {30, 40}, {66, 110}}}}, {100, 200}, 10);
  ASSERT_EQ(parts.cells.size(), 1U);
  EXPECT_EQ(parts.cells[0].cell, 2U);
  EXPECT_EQ(parts.hidden, 2);
  // 3 insiders did not do it.
  const Differences one = differences_of({{{{97, 100}}}}, {100, 200}, 10);
  EXPECT_TRUE(one.cells.empty());
  EXPECT_EQ(one.hidden, 1);
  // Nobody is no person.
  const Differences nobody = differences_of({{{{0, 80}, {100, 120}}}}, {100, 200}, 10);
  ASSERT_EQ(nobody.cells.size(), 2U);
  for (const CellDifference& cell : nobody.cells) {
    if (cell.cell == 0) {
      EXPECT_EQ(cell.lift, 0.0);
      EXPECT_EQ(cell.lift_interval.low, 0);
      EXPECT_NEAR(*cell.lift_interval.high, 0.198, 0.0005);
    }
  }
  const Differences only = differences_of({{{{20, 0}, {80, 200}, {0, 0}}}}, {100, 200}, 10);
  ASSERT_EQ(only.cells.size(), 2U);
  EXPECT_EQ(only.cells[0].cell, 0U);  // 0 of 200 have what 20 of 100 have
  EXPECT_FALSE(only.cells[0].lift.has_value());
  EXPECT_GT(only.cells[0].lift_interval.low, 4);
  EXPECT_FALSE(only.cells[0].lift_interval.high.has_value());
}

TEST(Features, ArePartsThatRulesCanRead) {
  const auto check = [](const PortraitCells& cells) {
    for (const PortraitCell& cell : cells.cells) {
      const segments::Reading reading = segments::read(cell.text);
      ASSERT_TRUE(reading.rule.has_value()) << cell.text;
    }
  };
  for (const char* fact : cut_facts()) {
    for (const std::vector<double>& cuts :
         {std::vector<double>{0}, {1, 2, 3, 4}, {150, 1999, 123456, 900000}}) {
      for (const PortraitCells& parts : parts_of_fact(fact, cuts)) check(parts);
    }
    EXPECT_TRUE(parts_of_fact(fact, {}).empty());
  }
  for (const char* fact : {"discount_share", "days_between_orders"}) {
    for (const PortraitCells& parts : parts_of_fact(fact, {0.1234, 0.5, 0.98})) check(parts);
  }
  for (const ValueList& list : value_lists()) check(cell_of_value(list, "it's 宠物/猫粮"));
}

TEST(Features, AreWrittenAsPeopleWrite) {
  const auto names = [](const char* fact, const std::vector<double>& cuts) {
    std::vector<std::string> out;
    for (const PortraitCells& parts : parts_of_fact(fact, cuts)) {
      for (const PortraitCell& cell : parts.cells) out.push_back(cell.text);
    }
    return out;
  };
  EXPECT_EQ(names("orders", {0, 1, 3}),
            (std::vector<std::string>{"orders = 0", "orders = 1", "orders between 2 and 3",
                                      "orders > 3"}));
  EXPECT_EQ(names("net_amount", {1000, 1050}),
            (std::vector<std::string>{"net_amount <= 10", "net_amount > 10 and net_amount <= 10.50",
                                      "net_amount > 10.50"}));
  // Rounded to one decimal the second is the first.
  EXPECT_EQ(names("discount_share", {0.1, 0.10001, 0.25}),
            (std::vector<std::string>{"discount_share <= 10%",
                                      "discount_share > 10% and discount_share <= 25%",
                                      "discount_share > 25%", "discount_share is unknown"}));
}

}  // namespace
}  // namespace huitou::analyses
