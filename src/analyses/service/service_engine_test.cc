// Times of tickets in business hours on every engine, against a clock that is read second by
// second.

#include <gtest/gtest.h>

#include <map>

#include "analyses/test_engines.h"
#include "hours/testing.h"
#include "schema/testing.h"

namespace huitou::analyses {
namespace {

using engine::testing::integers;
using engine::testing::texts;

constexpr std::int64_t kDay = 24 * 60 * 60;

struct Ticket {
  std::int64_t opened = 0;  ///< UTC seconds
  std::int64_t reply_minutes = -1;
  std::int64_t closed = -1;
  std::string reason;
};

/// Null for -1.
Column nullable(const char* name, const std::vector<std::int64_t>& values, ColumnType type) {
  Column column = make_column(name, type);
  for (const std::int64_t value : values) {
    value < 0 ? column.push_null() : column.push_integer(value);
  }
  return column;
}

Date local_day(const cctz::time_zone& zone, std::int64_t at) {
  const cctz::civil_day day(
      cctz::convert(cctz::time_point<cctz::seconds>(cctz::seconds(at)), zone));
  return date_of({static_cast<int>(day.year()), day.month(), day.day()});
}

cctz::time_zone zone_of(const char* name) {
  cctz::time_zone zone;
  EXPECT_TRUE(cctz::load_time_zone(name, &zone));
  return zone;
}

class ServiceEngine : public EnginesTest {
 protected:
  static void put(engine::Engine& engine, const cctz::time_zone& zone,
                  const std::vector<Ticket>& tickets) {
    std::vector<std::int64_t> customers, opened, days, replies, closed;
    std::vector<std::string> keys, reasons;
    for (const Ticket& ticket : tickets) {
      keys.push_back("T" + std::to_string(keys.size()));
      customers.push_back(static_cast<std::int64_t>(keys.size() % 7));
      opened.push_back(ticket.opened);
      days.push_back(local_day(zone, ticket.opened).days);
      replies.push_back(ticket.reply_minutes);
      closed.push_back(ticket.closed);
      reasons.push_back(ticket.reason);
    }
    ASSERT_TRUE(engine.create_table(schema::table("tickets")).ok());
    ASSERT_TRUE(engine.truncate_table("tickets").ok());
    schema::testing::put(
        engine, "tickets",
        {texts("ticket_key", keys), integers("customer_id", customers),
         integers("opened_at", opened, ColumnType::time),
         integers("opened_on", days, ColumnType::date),
         nullable("first_reply_minutes", replies, ColumnType::integer),
         nullable("closed_at", closed, ColumnType::time), texts("reason", reasons)});
  }

  struct Shop {
    const char* zone;
    std::optional<hours::Hours> hours;
  };
  static Result<Answer> try_service(engine::Engine& engine, const Shop& shop,
                                    const Values& values) {
    TRY(const Analysis* const analysis, find("service"));
    return answer(*analysis, {.engine = engine,
                              .values = values,
                              .today = kToday,
                              .currency = "CNY",
                              .time_zone = shop.zone,
                              .hours = shop.hours});
  }
  static Answer service(engine::Engine& engine, const Shop& shop, const Values& values) {
    auto found = try_service(engine, shop, values);
    EXPECT_TRUE(found.ok()) << describe(found.error());
    return found.ok() ? std::move(*found) : Answer{};
  }
};

/// Seconds at work before each second of a stretch of days.
class Watched {
 public:
  Watched(const hours::Hours& hours, const cctz::time_zone& zone, std::int64_t from,
          std::int64_t to)
      : from_(from), open_{0} {
    for (std::int64_t at = from; at < to; ++at) {
      open_.push_back(open_.back() + (hours::testing::is_open(hours, zone, at) ? 1 : 0));
    }
  }
  std::int64_t between(std::int64_t from, std::int64_t to) const { return at(to) - at(from); }

 private:
  std::int64_t at(std::int64_t second) const {
    return open_.at(static_cast<std::size_t>(second - from_));
  }
  std::int64_t from_;
  std::vector<std::int64_t> open_;
};

std::optional<double> minutes(std::int64_t seconds) { return static_cast<double>(seconds / 60); }

TEST_F(ServiceEngine, CountsBusinessHoursAsAClockReadSecondBySecond) {
  std::mt19937 rng(11);
  const auto draw = [&](std::int64_t below) { return static_cast<std::int64_t>(rng()) % below; };
  const char* zones[] = {"Asia/Shanghai", "Europe/Berlin", "America/New_York",
                         "Australia/Lord_Howe"};
  // The clocks of the last three change within these days.
  const std::int64_t starts[] = {20500, 20537, 20516, 20544};
  for (std::size_t round = 0; round < 4; ++round) {
    const cctz::time_zone zone = zone_of(zones[round]);
    const Date first{static_cast<std::int32_t>(starts[round])};
    const std::int64_t begin = first.days * kDay;
    const std::int64_t end = begin + 10 * kDay;
    const Shop shop{zones[round], hours::testing::random_hours(rng, first)};
    std::vector<Ticket> tickets;
    for (int i = 0; i < 150; ++i) {
      Ticket ticket{begin + draw(6 * kDay)};
      ticket.reply_minutes = draw(5) == 0 ? -1 : draw(2 * 24 * 60);
      ticket.closed = draw(5) == 0 ? -1 : ticket.opened + draw(3 * kDay);
      ticket.reason = std::to_string(1000 + i);
      tickets.push_back(ticket);
    }
    const Watched watched(*shop.hours, zone, begin, end);
    for (auto& engine : engines()) {
      SCOPED_TRACE(engine.name + " " + zones[round]);
      ASSERT_TRUE(put_orders(*engine.engine, {{1, Date{20600}, 100}}).ok());
      put(*engine.engine, zone, tickets);
      const Answer found = service(*engine.engine, shop, {{"by", {"reason"}}});
      ASSERT_EQ(found.frame.rows(), tickets.size());
      EXPECT_EQ(found.notes.back().code, "business_hours");
      for (std::size_t i = 0; i < tickets.size(); ++i) {
        const Ticket& ticket = tickets[i];
        const auto replied = ticket.reply_minutes < 0
                                 ? std::nullopt
                                 : minutes(watched.between(
                                       ticket.opened, ticket.opened + 60 * ticket.reply_minutes));
        const auto closed = ticket.closed < 0
                                ? std::nullopt
                                : minutes(watched.between(ticket.opened, ticket.closed));
        ASSERT_EQ(found.frame.text("part", i), ticket.reason);
        EXPECT_EQ(found.frame.real("reply_minutes_p50", i), replied) << i;
        EXPECT_EQ(found.frame.real("close_minutes_p90", i), closed) << i;
      }
    }
  }
}

// Monday 2 March 2026 is day 20514; Shanghai is 8 hours ahead of UTC.
constexpr std::int64_t kMonday = 20514 * kDay - 8 * 3600;

std::vector<Ticket> some_tickets() {
  return {{kMonday + 22 * 3600, 11 * 60 + 30, kMonday + kDay + 10 * 3600, "night"},
          {kMonday + 10 * 3600, 90, kMonday + 14 * 3600, "day"},
          {kMonday + 17 * 3600, 17 * 60, -1, "day"},
          {kMonday + 9 * 3600, -1, -1, "day"},
          {kMonday + 2 * kDay + 17 * 3600 + 1800, -1, -1, "late"}};
}

Result<hours::Hours> office() {
  return hours::changed({}, {.week = {"mon-fri 9:00-12:00,13:00-18:00"}});
}

TEST_F(ServiceEngine, StartsATicketOfTheNightAtTheNextOpening) {
  const Shop shop{"Asia/Shanghai", office().value()};
  for (auto& engine : engines()) {
    SCOPED_TRACE(engine.name);
    ASSERT_TRUE(put_orders(*engine.engine, {{1, Date{20600}, 100}}).ok());
    put(*engine.engine, zone_of(shop.zone), some_tickets());
    const Values by{{"by", {"reason"}}, {"as_of", {format_date(Date{20517})}}};
    const Frame frame = service(*engine.engine, shop, by).frame;
    ASSERT_EQ(frame.text("part", 2), "night");
    EXPECT_EQ(frame.real("reply_minutes_p50", 2), 30);
    EXPECT_EQ(frame.real("close_minutes_p50", 2), 60);
    EXPECT_EQ(frame.real("reply_minutes_p50", 0), 105);  // 90 by day; an hour, and one of the next
    EXPECT_EQ(frame.real("close_minutes_p50", 0), 180);  // noon is not worked
    Values wall = by;
    wall["clock"] = {"wall"};
    const Answer elapsed = service(*engine.engine, shop, wall);
    EXPECT_EQ(elapsed.frame.real("reply_minutes_p50", 2), 690);
    EXPECT_EQ(elapsed.notes.back().text.en.find("not set"), std::string::npos);
    const Answer never = service(*engine.engine, {shop.zone, std::nullopt}, by);
    EXPECT_EQ(never.frame.real("reply_minutes_p50", 2), 690);
    EXPECT_NE(never.notes.back().text.en.find("Business hours are not set"), std::string::npos);
  }
}

TEST_F(ServiceEngine, GivesTheShareWithinATarget) {
  const Shop shop{"Asia/Shanghai", office().value()};
  for (auto& engine : engines()) {
    SCOPED_TRACE(engine.name);
    ASSERT_TRUE(put_orders(*engine.engine, {{1, Date{20600}, 100}}).ok());
    put(*engine.engine, zone_of(shop.zone), some_tickets());
    const Values values{{"by", {"reason"}},
                        {"as_of", {format_date(Date{20517})}},
                        {"reply_target", {"60"}},
                        {"close_target", {"179"}}};
    const Answer found = service(*engine.engine, shop, values);
    const Frame& frame = found.frame;
    ASSERT_EQ(frame.rows(), 3U);
    // By day: 90 minutes are too late, and who waits since Monday morning counts as missed.
    EXPECT_DOUBLE_EQ(frame.real("reply_within_share", 0).value_or(-1), 0);
    EXPECT_DOUBLE_EQ(frame.real("close_within_share", 0).value_or(-1), 0);
    // Half an hour of work before the close: not decided yet.
    EXPECT_EQ(frame.text("part", 1), "late");
    EXPECT_FALSE(frame.real("reply_within_share", 1));
    EXPECT_DOUBLE_EQ(frame.real("reply_within_share", 2).value_or(-1), 1);
    EXPECT_EQ(found.notes.back().code, "target");
    Values wider = values;
    wider["reply_target"] = {"120"};
    wider.erase("close_target");
    const Answer wide = service(*engine.engine, shop, wider);
    EXPECT_DOUBLE_EQ(wide.frame.real("reply_within_share", 0).value_or(-1), 2.0 / 3);
    EXPECT_EQ(wide.frame.columns.back().name, "reply_within_share");
    EXPECT_EQ(try_service(*engine.engine, shop, {{"reply_target", {"0"}}}).error().code,
              Code::invalid_input);
    EXPECT_EQ(
        try_service(*engine.engine, shop, {{"as_of", {"2020-01-01"}}, {"from", {"2019-01-01"}}})
            .error()
            .code,
        Code::not_enough_data);
  }
}

// A shop that never wrote down when it replied is not one that never replied in time.
TEST_F(ServiceEngine, SaysNothingOfTimesThatNobodyRecorded) {
  const Shop shop{"Asia/Shanghai", office().value()};
  for (auto& engine : engines()) {
    SCOPED_TRACE(engine.name);
    ASSERT_TRUE(put_orders(*engine.engine, {{1, Date{20600}, 100}}).ok());
    put(*engine.engine, zone_of(shop.zone), {{kMonday, -1, kMonday + 10 * 3600, "a"}});
    const Frame frame = service(*engine.engine, shop, {{"reply_target", {"60"}}}).frame;
    EXPECT_EQ(frame.rows(), 1U);
    EXPECT_FALSE(frame.real("reply_within_share", 0));
  }
}

// 36 years in which every second week is unlike all others: near the limit of hours::calendar.
TEST_F(ServiceEngine, AsksLongSpansOfTimeInOneQuery) {
  Shop shop{"America/New_York", office().value()};
  for (int i = 0; i < 900; ++i) {
    shop.hours->dates[Date{7400 + 14 * i}] = {{i % 500, 1000 + i % 400}};
  }
  // Monday at 22:00, by New York's clock 5 hours behind UTC; answered at 9:30 the next day.
  const std::int64_t night = 20514 * kDay + (22 + 5) * 3600;
  for (auto& engine : engines()) {
    SCOPED_TRACE(engine.name);
    ASSERT_TRUE(put_orders(*engine.engine, {{1, Date{20600}, 100}}).ok());
    put(*engine.engine, zone_of(shop.zone),
        {{7400 * kDay, 1, -1, "first"}, {night, 11 * 60 + 30, -1, "last"}});
    const Frame frame = service(*engine.engine, shop, {{"by", {"reason"}}}).frame;
    ASSERT_EQ(frame.rows(), 2U);
    EXPECT_EQ(frame.real("reply_minutes_p50", 1), 30);
  }
}

}  // namespace
}  // namespace huitou::analyses
