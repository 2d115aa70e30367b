// Open seconds against a clock that is read second by second.

#include <cctz/time_zone.h>
#include <gtest/gtest.h>

#include <random>

#include "hours/hours.h"
#include "hours/testing.h"

namespace huitou::hours {
namespace {

using testing::is_open;
using testing::random_hours;

constexpr std::int64_t kDay = 24 * 60 * 60;

Hours must(const Given& given) { return changed({}, given).value(); }

std::int64_t utc(int year, int month, int day, int hour, int minute = 0, int second = 0) {
  return std::int64_t{date_of({year, month, day}).days} * kDay + 3600 * hour + 60 * minute + second;
}

TEST(Calendar, ATicketOfTheNightStartsAtTheNextOpening) {
  const Hours hours = must({.week = {"mon-fri 9:00-12:00,13:30-18:00"},
                            .holidays = {"2026-10-01..2026-10-07"},
                            .workdays = {"2026-10-10"}});
  const Instants all{utc(2026, 9, 28, 0), utc(2026, 10, 20, 0)};
  const Calendar found = calendar(hours, "Asia/Shanghai", all).value();
  const auto open = [&](std::int64_t from, std::int64_t to) {
    return open_until(found, to) - open_until(found, from);
  };
  // Shanghai is 8 hours ahead: 23:00 to 9:10 of the next day.
  EXPECT_EQ(open(utc(2026, 9, 28, 15), utc(2026, 9, 29, 1, 10)), 600);
  // Over the break at noon: 11:59 to 13:31.
  EXPECT_EQ(open(utc(2026, 9, 29, 3, 59), utc(2026, 9, 29, 5, 31)), 120);
  // From the eve of the holidays, 17:59, to the Thursday after them, 9:01.
  EXPECT_EQ(open(utc(2026, 9, 30, 9, 59), utc(2026, 10, 8, 1, 1)), 120);
  // Saturday the 10th is worked, Sunday is not.
  EXPECT_EQ(open(utc(2026, 10, 9, 16), utc(2026, 10, 11, 16)), 27000);
  EXPECT_EQ(open(all.first, all.first), 0);
}

TEST(Calendar, ADayOfAnotherClockHasItsOwnLength) {
  const Hours hours = must({.week = {"daily 0:00-24:00"}});
  const Hours morning = must({.week = {"daily 2:00-4:00"}});
  const auto open = [](const Hours& of, const char* zone, std::int64_t from, std::int64_t to) {
    const Calendar found = calendar(of, zone, {from, to}).value();
    return open_until(found, to) - open_until(found, from);
  };
  // Berlin, 29 March 2026: 2:00 becomes 3:00. 25 October: 3:00 becomes 2:00.
  EXPECT_EQ(open(hours, "Europe/Berlin", utc(2026, 3, 28, 23), utc(2026, 3, 29, 22)), 23 * 3600);
  EXPECT_EQ(open(morning, "Europe/Berlin", utc(2026, 3, 28, 23), utc(2026, 3, 29, 22)), 3600);
  EXPECT_EQ(open(morning, "Europe/Berlin", utc(2026, 10, 24, 22), utc(2026, 10, 25, 23)), 3 * 3600);
  EXPECT_EQ(day_begin(date_of({2026, 3, 30}), "Europe/Berlin").value(), utc(2026, 3, 29, 22));
  EXPECT_EQ(calendar(hours, "Mars/Olympus", {0, 1}).error().code, Code::invalid_input);
}

TEST(Calendar, AgreesWithAClockReadSecondBySecond) {
  std::mt19937 rng(7);
  const auto draw = [&](std::int64_t below) { return static_cast<std::int64_t>(rng()) % below; };
  const char* zones[] = {"Asia/Shanghai",       "Europe/Berlin",  "America/New_York",
                         "Australia/Lord_Howe", "Asia/Kathmandu", "Pacific/Apia"};
  // Around the changes of the clock of 2026, which every third begins near.
  const std::int64_t changes[] = {utc(2026, 3, 28, 12), utc(2026, 10, 24, 12), utc(2026, 3, 7, 12),
                                  utc(2026, 4, 4, 6)};
  for (int round = 0; round < 24; ++round) {
    const Hours hours = random_hours(rng, date_of({2026, 3, 1}));
    const char* name = zones[round % 6];
    cctz::time_zone zone;
    ASSERT_TRUE(cctz::load_time_zone(name, &zone));
    const std::int64_t first = utc(2026, 3, 1, 0) + draw(1000);
    const Calendar found = calendar(hours, name, {first, first + 240 * kDay}).value();
    for (int i = 0; i < 3; ++i) {
      const std::int64_t near = i == 0 ? changes[draw(4)] - first : draw(230 * kDay);
      const std::int64_t from = first + std::max<std::int64_t>(0, near);
      const std::int64_t to = from + draw(kDay + kDay / 2);
      std::int64_t open = 0;
      for (std::int64_t at = from; at < to; ++at) open += is_open(hours, zone, at) ? 1 : 0;
      EXPECT_EQ(open_until(found, to) - open_until(found, from), open)
          << name << " " << from << " " << to;
    }
  }
}

TEST(Calendar, HoldsOutLongSpansOfTimeAndSaysWhereItDoesNot) {
  const Hours plain = must({.week = {"mon-fri 9:00-12:00,13:30-18:00"}});
  const Instants century{0, std::int64_t{kLastDate.days} * kDay};
  const Calendar found = calendar(plain, "America/New_York", century).value();
  EXPECT_LT(found.begins.size(), 1000U);
  Hours hours = plain;
  for (int i = 0; i < 1000; ++i) hours.dates[Date{10'000 + 7 * i}] = {{i, 1440}};
  const auto refused = calendar(hours, "Asia/Shanghai", century);
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, Code::limit_reached);
}

}  // namespace
}  // namespace huitou::hours
