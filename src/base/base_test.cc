#include <gtest/gtest.h>

#include "base/date.h"
#include "base/edit_distance.h"
#include "base/frame.h"
#include "base/replace_all.h"
#include "base/result.h"
#include "base/week.h"

namespace huitou {
namespace {

Result<int> half(int value) {
  if (value % 2 != 0) {
    return Error{Code::invalid_input, "odd", "Give an even number."};
  }
  return value / 2;
}

Result<int> quarter(int value) {
  TRY(const int once, half(value));
  TRY(const int twice, half(once));
  return twice;
}

TEST(Result, TryLeavesWithTheError) {
  EXPECT_EQ(*quarter(8), 2);
  EXPECT_EQ(describe(quarter(6).error()), "odd Give an even number.");
}

TEST(Result, CodesHaveStatusAndExit) {
  EXPECT_EQ(http_status(Code::not_found), 404);
  EXPECT_EQ(exit_code(Code::unavailable), 10);
  EXPECT_EQ(code_name(Code::limit_reached), "limit_reached");
}

TEST(Result, CheckThrowsABug) { EXPECT_THROW(CHECK(1 == 2), Bug); }

// Given every day of two centuries, the calendar should go there and back.
TEST(Date, EveryDayGoesThereAndBack) {
  for (std::int32_t days = -36525; days < 49709; ++days) {
    ASSERT_EQ(date_of(ymd_of(Date{days})).days, days);
  }
  EXPECT_EQ(format_date(kLastDate), "2105-12-31");
  EXPECT_EQ(weekday(*parse_date("2026-11-22")), 0);
}

TEST(Date, RefusesWhatIsNoDay) {
  for (const char* text : {"2025-02-29", "2025-13-01", "2025-1-1", "20250101", "", "2025-01-01 "}) {
    EXPECT_FALSE(parse_date(text).ok()) << text;
  }
  EXPECT_EQ(describe(parse_date("x").error()), "'x' is not a date. Write it as 2025-01-31.");
}

TEST(Date, StepsOfTheCalendar) {
  const Date date = *parse_date("2024-01-31");
  EXPECT_EQ(format_date(add_steps(date, Granularity::month, 1)), "2024-02-29");
  EXPECT_EQ(format_date(add_steps(date, Granularity::quarter, -1)), "2023-10-31");
  EXPECT_EQ(format_date(step_start(date, Granularity::week)), "2024-01-29");
  EXPECT_EQ(format_date(step_start(date, Granularity::quarter)), "2024-01-01");
  EXPECT_EQ(granularity_name(*parse_granularity("year")), "year");
}

// Given frames with and without nulls, appending should keep every value and every null.
TEST(Date, WeeksBeginOnMondayOrSunday) {
  const Date wednesday = date_of({2025, 1, 1});
  EXPECT_EQ(format_date(step_start(wednesday, Granularity::week, WeekStart::monday)), "2024-12-30");
  EXPECT_EQ(format_date(step_start(wednesday, Granularity::week, WeekStart::sunday)), "2024-12-29");
  const Date sunday = date_of({2024, 12, 29});
  EXPECT_EQ(step_start(sunday, Granularity::week, WeekStart::sunday), sunday);
  EXPECT_EQ(format_date(step_start(sunday, Granularity::week, WeekStart::monday)), "2024-12-23");
  EXPECT_EQ(format_date(step_start(sunday, Granularity::month, WeekStart::sunday)), "2024-12-01");
  EXPECT_EQ(parse_week_start("sunday"), WeekStart::sunday);
  EXPECT_FALSE(parse_week_start("friday").has_value());
}

TEST(Frame, AppendKeepsNulls) {
  Frame first{{make_column("n", ColumnType::integer), make_column("t", ColumnType::text)}};
  first.columns[0].push_integer(1);
  first.columns[1].push_text("a");
  Frame second{{make_column("n", ColumnType::integer), make_column("t", ColumnType::text)}};
  second.columns[0].push_null();
  second.columns[1].push_text("");
  first.append(second);
  first.append(second);
  EXPECT_THROW(first.append(first), Bug);
  ASSERT_EQ(first.rows(), 3U);
  EXPECT_EQ(first.integer("n", 0), 1);
  EXPECT_EQ(first.integer("n", 1), std::nullopt);
  EXPECT_EQ(first.text("t", 2), "");
  EXPECT_EQ(first.real("n", 0), 1.0);
  EXPECT_THROW(first.at("x"), Bug);
}

TEST(ReplaceAll, DoesNotLookAtWhatItPutIn) {
  std::string text = "a-b-";
  replace_all(text, "-", "--");
  EXPECT_EQ(text, "a--b--");
  replace_all(text, "--", "-");
  EXPECT_EQ(text, "a-b-");
  replace_all(text, "c", "d");
  EXPECT_EQ(text, "a-b-");
}

TEST(EditDistance, CountsSwapsAsOne) {
  const auto distance = [](std::string_view a, std::string_view b) { return edit_distance(a, b); };
  EXPECT_EQ(distance("form", "from"), 1U);
  EXPECT_EQ(distance("", "abc"), 3U);
  EXPECT_EQ(distance("kitten", "sitting"), 3U);
}

}  // namespace
}  // namespace huitou
