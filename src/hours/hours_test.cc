// What people write, and what is kept of it.

#include "hours/hours.h"

#include <gtest/gtest.h>

namespace huitou::hours {
namespace {

Hours must(const Given& given, Hours before = {}) {
  const auto hours = changed(std::move(before), given);
  EXPECT_TRUE(hours.ok()) << describe(hours.error());
  return hours.ok() ? *hours : Hours{};
}

Hours usual() { return must({.week = {"mon-fri 9:00-18:00"}}); }

Date day(std::string_view text) { return *parse_date(text); }

/// What the line says of Monday.
std::string monday(const std::string& line) { return text(must({.week = {line}}).week[0]); }

TEST(Hours, AreReadAsPeopleWriteThem) {
  const std::string both = "9:00-12:00,13:30-18:00";
  for (const char* line :
       {"mon 9:00-12:00,13:30-18:00", "Monday: 9-12, 13:30 - 18", "MON 13:30-18:00 9:00-12:00",
        "周一 9:00-12:00，13:30-18:00", "星期一：９：００－１２：００、１３：３０～１８：００",
        "礼拜一　9:00至12:00；13:30到18:00", "mon-fri 09:00–12:00, 13:30—18:00",
        "每天 9:00-12:00 13:30-18:00", "weekdays   9:00 to 12:00 and 13:30 to 18:00",
        "mon 9:00——10:00,10:00-12:00,13:30-18:00"}) {
    EXPECT_EQ(monday(line), both) << line;
  }
  EXPECT_EQ(monday("daily 0:00-24:00"), "0:00-24:00");
  EXPECT_EQ(week_text(must({.week = {"周一至周五9:00-18:00", "周六 10:00-14:00", "周日休息"}})),
            "mon-fri 9:00-18:00; sat 10:00-14:00; sun closed");
  EXPECT_EQ(week_text(must({.week = {"sat-mon,wed 8-9"}})),
            "mon 8:00-9:00; tue closed; wed 8:00-9:00; thu-fri closed; sat-sun 8:00-9:00");
  EXPECT_EQ(minutes(usual().week[4]), 540);
}

TEST(Hours, ChangeOnlyWhatIsGiven) {
  const Hours hours = must({.week = {"sat 10:00-14:00"}}, usual());
  EXPECT_EQ(week_text(hours), "mon-fri 9:00-18:00; sat 10:00-14:00; sun closed");
  const Hours dated = must({.holidays = {"2026-10-01..2026-10-03"},
                            .workdays = {"2026年10月10日", "2026/2/16 9:00-12:00"}},
                           hours);
  ASSERT_EQ(dated.dates.size(), 5U);
  EXPECT_TRUE(dated.dates.at(day("2026-10-03")).empty());
  EXPECT_EQ(text(dated.dates.at(day("2026-10-10"))), "9:00-18:00");
  EXPECT_EQ(text(dated.dates.at(day("2026-02-16"))), "9:00-12:00");
  const Hours again = must({.workdays = {"2026-10-02 10-11"}}, dated);
  EXPECT_EQ(text(again.dates.at(day("2026-10-02"))), "10:00-11:00");
  EXPECT_EQ(must({.holidays = {"2026年10月1日至2026年10月7日 休息"}}, usual()).dates.size(), 7U);
}

struct Refused {
  Given given;
  std::string message;
};

TEST(Hours, RefuseWithOneSentence) {
  const std::vector<Refused> cases{
      {{.week = {"mon 9:00-12:00,11:00-18:00"}},
       "'mon 9:00-12:00,11:00-18:00': 9:00-12:00 and 11:00-18:00 overlap."},
      {{.week = {"mon 18:00-9:00"}}, "'mon 18:00-9:00': 18:00-9:00 ends before it begins."},
      {{.week = {"mon 9:00-9:00"}}, "'mon 9:00-9:00': 9:00-9:00 ends before it begins."},
      {{.week = {"mon 9:00-24:01"}}, "'mon 9:00-24:01': 9:00-24:01 is no span of hours."},
      {{.week = {"mon 9:60-10:00"}}, "'mon 9:60-10:00': 9:60-10:00 is no span of hours."},
      {{.week = {"mon 9:00"}}, "'mon 9:00': 9:00 is no span of hours."},
      {{.week = {"mon 9:00-18:00x"}}, "'mon 9:00-18:00x': 9:00-18:00x is no span of hours."},
      {{.week = {"mun 9:00-18:00"}}, "'mun 9:00-18:00': 'mun' is no weekday."},
      {{.week = {"mon-sum 9:00-18:00"}}, "'mon-sum 9:00-18:00': 'mon-sum' is no weekday."},
      {{.week = {"9:00-18:00"}}, "'9:00-18:00': it names no weekday."},
      {{.week = {"mon"}}, "'mon': it gives no hours."},
      {{.week = {""}}, "'': it gives no hours."},
      {{.week = {"mon-fri 9-18", "fri 9-12"}}, "'fri 9-12': Friday is given twice."},
      {{.week = {"daily closed"}}, "No weekday has hours."},
      {{.week = {"mon 9-18"}, .holidays = {"2026-02-30"}},
       "'2026-02-30': 2026-02-30 is no day of the calendar."},
      {{.week = {"mon 9-18"}, .holidays = {"tomorrow"}},
       "'tomorrow': 'tomorrow' does not begin with a date."},
      {{.week = {"mon 9-18"}, .holidays = {"2026-10-01 9:00-12:00"}},
       "'2026-10-01 9:00-12:00': a holiday has no hours."},
      {{.week = {"mon 9-18"}, .holidays = {"2026-10-07..2026-10-01"}},
       "'2026-10-07..2026-10-01': 2026-10-07 to 2026-10-01 is no span of days."},
      {{.week = {"mon 9-18"}, .holidays = {"2026-10-01"}, .workdays = {"2026-10-01"}},
       "'2026-10-01': 2026-10-01 is given twice."},
      {{.week = {"mon 9-18"}, .workdays = {"2026-10-01 18-9"}},
       "'2026-10-01 18-9': 18-9 ends before it begins."}};
  for (const Refused& refused : cases) {
    const auto hours = changed({}, refused.given);
    ASSERT_FALSE(hours.ok()) << refused.message;
    EXPECT_EQ(hours.error().message, refused.message);
    EXPECT_FALSE(hours.error().hint.empty());
    EXPECT_FALSE(hours.error().message_zh.empty());
    EXPECT_FALSE(hours.error().hint_zh.empty());
  }
  Given many{.week = {"mon 9-18"}};
  for (int year = 2000; year < 2003; ++year) {
    many.holidays.push_back(std::to_string(year) + "-01-01.." + std::to_string(year) + "-12-31");
  }
  EXPECT_EQ(changed({}, many).error().code, Code::limit_reached);
}

TEST(Hours, AreKeptWithTheirHistory) {
  const auto store = store::open_sqlite(":memory:").value();
  EXPECT_FALSE(kept(*store).value());
  const Hours hours = must({.week = {"mon-fri 9:00-12:00,13:30-18:00"},
                            .holidays = {"2026-10-01..2026-10-07"},
                            .workdays = {"2026-10-10", "2026-02-16 9:00-12:00"}});
  ASSERT_TRUE(keep(*store, {.hours = hours, .now = 100}).ok());
  EXPECT_EQ(kept(*store).value(), hours);
  ASSERT_TRUE(keep(*store, {.hours = std::nullopt, .now = 200}).ok());
  EXPECT_FALSE(kept(*store).value());
  const std::vector<Line> lines = history(*store).value();
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_EQ(lines[0].set_at, 200);
  EXPECT_FALSE(lines[0].hours);
  EXPECT_EQ(lines[1].hours, hours);
}

}  // namespace
}  // namespace huitou::hours
