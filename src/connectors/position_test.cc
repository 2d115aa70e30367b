#include "connectors/position.h"

#include <gtest/gtest.h>

namespace huitou::connectors {
namespace {

Scalar text(std::string value) { return {Scalar::Kind::text, std::move(value)}; }
Scalar number(std::string value) { return {Scalar::Kind::number, std::move(value)}; }

TEST(Position, ComesBackFromItsText) {
  Position position;
  position.since = text("2025-01-01 10:00:00.5Z");
  position.inside = true;
  position.dated = true;
  position.until = number("1735689600");
  position.updated = text("带&=%\x01");
  position.key = {{Scalar::Kind::bytes, "0x00ff"}, number("-12.5")};
  position.snapshot = "a b";
  const std::string cursor = format_position(position);
  for (const char c : cursor) EXPECT_TRUE(c > ' ' && c < '\x7f') << cursor;
  const Result<Position> read = parse_position(cursor);
  ASSERT_TRUE(read.ok()) << describe(read.error());
  EXPECT_EQ(*read, position);
  EXPECT_EQ(format_position({}), "");
  EXPECT_EQ(*parse_position(""), Position{});
}

TEST(Position, RefusesWhatItDidNotWrite) {
  for (const std::string_view cursor :
       {"nonsense", "since=", "since=x1", "since=n1%3B", "key=b0xzz", "key=t%4", "in=dated&other=t",
        "since=n1%20OR%201", "until=n", "in=2"}) {
    const Result<Position> read = parse_position(cursor);
    ASSERT_FALSE(read.ok()) << cursor;
    EXPECT_EQ(read.error().code, Code::invalid_input) << cursor;
  }
}

TEST(Position, TakesSecondsOffInTheWayTheTimeIsWritten) {
  struct Case {
    Scalar time;
    std::int64_t seconds;
    std::string expected;
  };
  const Case cases[] = {
      {text("2025-03-01 00:05:00"), 600, "2025-02-28 23:55:00"},
      {text("2025-01-01T00:00:00.250+08:00"), 1, "2024-12-31T23:59:59.250+08:00"},
      {text("2025-03-01"), 600, "2025-02-28"},
      {text("2025-03-01"), 0, "2025-03-01"},
      {number("1735689600"), 600, "1735689000"},
      {number("1735689600000"), 600, "1735689000000"},
      {number("1735689600000000"), 600, "1735689000000000"},
      {text("1735689600"), 600, "1735689000"},
      // Further back the number would be read as seconds, far later.
      {number("100000000000"), 600, "100000000000"},
      {number("100000000000005"), 600, "100000000000000"},
      {text("1970-01-01 00:00:10Z"), 20, "1969-12-31 23:59:50Z"},
  };
  for (const Case& c : cases) {
    const std::optional<Scalar> result = earlier(c.time, c.seconds);
    ASSERT_TRUE(result.has_value()) << c.time.text;
    EXPECT_EQ(result->text, c.expected);
    EXPECT_EQ(result->kind, c.time.kind);
  }
  for (const std::string_view wrong :
       {"", "yesterday", "2025-13-01", "2025-02-30", "2025-01-01 1"}) {
    EXPECT_FALSE(earlier(text(std::string(wrong)), 1).has_value()) << wrong;
  }
}

TEST(Position, NextRunBeginsNoLaterThanTheServersClock) {
  constexpr std::int64_t kNow = 1'735'732'800'000'000;  // 2025-01-01 12:00:00
  struct Case {
    std::optional<Scalar> latest;
    std::string expected;  ///< empty = none
  };
  const Case cases[] = {
      {std::nullopt, ""},
      {text("0000-00-00 00:00:00"), ""},
      {text("-infinity"), ""},
      {text("2025-01-01 11:59:59.9"), "2025-01-01 11:59:59.9"},
      {text("2099-01-01 00:00:00.5Z"), "2025-01-01 12:00:00Z"},
      {text("2099-01-01"), "2025-01-01"},
      {text("2025-01-01T20:00:00+08:00"), "2025-01-01T20:00:00+08:00"},
      {text("2025-01-01T20:00:01+08:00"), "2025-01-01T20:00:00+08:00"},
      {text("2025-01-01 08:30:01-0330"), "2025-01-01 08:30:00-0330"},
      {text("infinity"), "2025-01-01 12:00:00"},
      {number("4070908800"), "1735732800"},
      {number("4070908800000"), "1735732800000"},
      {number("1735732799"), "1735732799"},
  };
  for (const Case& c : cases) {
    const Result<std::optional<Scalar>> until = until_of(c.latest, kNow);
    ASSERT_TRUE(until.ok());
    EXPECT_EQ(until->has_value() ? (*until)->text : "", c.expected);
  }
  const Result<std::optional<Scalar>> wrong = until_of(text("gestern"), kNow);
  ASSERT_FALSE(wrong.ok());
  EXPECT_NE(wrong.error().message.find("gestern"), std::string::npos);
}

}  // namespace
}  // namespace huitou::connectors
