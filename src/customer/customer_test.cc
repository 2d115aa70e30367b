// What follows from the days of purchases, and how keys are masked.

#include "customer/customer.h"

#include <gtest/gtest.h>

namespace huitou::customer {
namespace {

std::vector<PurchaseDay> on(std::initializer_list<const char*> days) {
  std::vector<PurchaseDay> out;
  for (const char* day : days) out.push_back({*parse_date(day), 1, 100});
  return out;
}

Date day(const char* text) { return *parse_date(text); }

TEST(Masked, HidesPhonesAndAddresses) {
  EXPECT_EQ(masked("phone", "13912340001"), "139****0001");
  EXPECT_EQ(masked("phone", "+4917012345678"), "+49****5678");
  EXPECT_EQ(masked("phone", "6234567"), "****67");
  EXPECT_EQ(masked("email", "anna@example.com"), "a***@example.com");
  EXPECT_EQ(masked("email", "a@example.com"), "***@example.com");
  EXPECT_EQ(masked("email", "broken"), "****");
  EXPECT_EQ(masked("unionid", "oAbC-1"), "oAbC-1");
}

TEST(Rhythm, SaysNothingOfTheNextPurchaseBelowThreeGaps) {
  EXPECT_FALSE(rhythm_of({}, day("2025-01-01")).silent_days);
  const Rhythm one = rhythm_of(on({"2025-01-01"}), day("2025-01-11"));
  EXPECT_EQ(one.silent_days, 10);
  EXPECT_FALSE(one.median);
  const Rhythm three = rhythm_of(on({"2025-01-01", "2025-01-11", "2025-01-31"}), day("2025-02-01"));
  EXPECT_EQ(three.gaps, (std::vector<std::int64_t>{10, 20}));
  EXPECT_EQ(three.median, 15.0);
  EXPECT_FALSE(three.next_on);
  EXPECT_FALSE(three.outlasted);
}

// Gaps 10, 20, 31 and 59: type 7 gives 17.5, 25.5 and 38.
TEST(Rhythm, IsTheQuantilesOfTheOwnGaps) {
  const auto days = on({"2025-01-01", "2025-01-11", "2025-01-31", "2025-03-03", "2025-05-01"});
  const Rhythm rhythm = rhythm_of(days, day("2025-06-01"));
  EXPECT_EQ(rhythm.shortest_quarter, 17.5);
  EXPECT_EQ(rhythm.median, 25.5);
  EXPECT_EQ(rhythm.longest_quarter, 38.0);
  EXPECT_EQ(format_date(*rhythm.next_from), "2025-05-19");
  EXPECT_EQ(format_date(*rhythm.next_on), "2025-05-27");
  EXPECT_EQ(format_date(*rhythm.next_to), "2025-06-08");
  EXPECT_EQ(rhythm.silent_days, 31);
  EXPECT_EQ(rhythm.outlasted, 0.5);  // a gap of 31 days is not shorter than 31 days
  EXPECT_EQ(rhythm_of(days, day("2025-06-02")).outlasted, 0.75);
}

TEST(Stage, IsThatOfTheLastMonthThatIsOver) {
  const Date march = day("2025-03-01");
  EXPECT_FALSE(stage_of({}, march));
  EXPECT_EQ(stage_of(on({"2025-02-28"}), march), Stage::newcomer);
  EXPECT_EQ(stage_of(on({"2025-01-31", "2025-02-01"}), march), Stage::returning);
  EXPECT_EQ(stage_of(on({"2024-12-31", "2025-02-01"}), march), Stage::resurrecting);
  EXPECT_EQ(stage_of(on({"2025-01-01"}), march), Stage::dormant);
  EXPECT_EQ(stage_of(on({"2024-12-31"}), march), Stage::silent);
  EXPECT_EQ(stage_of(on({"2025-02-28"}), day("2025-03-31")), Stage::newcomer);
  EXPECT_FALSE(stage_of(on({"2025-03-02"}), day("2025-03-31")));
  EXPECT_EQ(stage_of(on({"2024-12-31"}), day("2025-01-01")), Stage::newcomer);
}

TEST(Activity, CountsDaysSinceTheLastOrder) {
  EXPECT_FALSE(activity_of({}, day("2025-03-01"), {}));
  const auto days = on({"2025-01-01"});
  EXPECT_EQ(activity_of(days, Date{day("2025-01-01").days + 91}, {}), stages::Stage::active);
  EXPECT_EQ(activity_of(days, Date{day("2025-01-01").days + 92}, {}), stages::Stage::sleeping);
  EXPECT_EQ(activity_of(days, Date{day("2025-01-01").days + 181}, {}), stages::Stage::sleeping);
  EXPECT_EQ(activity_of(days, Date{day("2025-01-01").days + 182}, {}), stages::Stage::lost);
  const stages::Limits newcomers{.first_days = 10, .nurture_days = 20, .active_days = 30};
  EXPECT_EQ(activity_of(days, Date{day("2025-01-01").days + 11}, newcomers), stages::Stage::first);
  const auto twice = on({"2025-01-01", "2025-01-05"});
  EXPECT_EQ(activity_of(twice, day("2025-01-06"), newcomers), stages::Stage::nurture);
  EXPECT_EQ(activity_of(twice, day("2025-01-23"), newcomers), stages::Stage::active);
  const stages::Limits all{.returned_days = 30, .potential_days = 60};
  const auto back = on({"2025-01-01", "2025-07-02"});  // lost from 1 July on
  EXPECT_EQ(activity_of(back, day("2025-07-03"), all), stages::Stage::returned);
  EXPECT_EQ(activity_of(back, day("2025-08-02"), all), stages::Stage::returned);
  EXPECT_EQ(activity_of(back, day("2025-08-03"), all), stages::Stage::active);
  EXPECT_EQ(activity_of(back, day("2025-07-03"), {}), stages::Stage::active);
  EXPECT_EQ(activity_without_orders(day("2025-01-01"), day("2025-03-03"), all),
            stages::Stage::potential);
  EXPECT_FALSE(activity_without_orders(day("2025-01-01"), day("2025-03-04"), all));
  EXPECT_FALSE(activity_without_orders(day("2025-01-01"), day("2025-01-02"), {}));
}

}  // namespace
}  // namespace huitou::customer
