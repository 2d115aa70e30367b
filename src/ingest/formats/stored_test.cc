#include "ingest/formats/stored.h"

#include <gtest/gtest.h>

#include <array>
#include <limits>
#include <string>

namespace huitou::ingest {
namespace {

constexpr std::int64_t kLeast = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();

template <typename Write, typename... Values>
std::string written(Write write, Values... values) {
  std::array<char, kMostStoredText + 8> text{};
  text.fill('#');
  const char* const end = write(values..., text.data());
  EXPECT_EQ(text[kMostStoredText], '#');
  return {text.data(), static_cast<std::size_t>(end - text.data())};
}

TEST(Stored, ADecimalHasAllItsDigits) {
  const auto decimal = [](std::int64_t value, int scale) {
    return written(&write_decimal, value, scale);
  };
  EXPECT_EQ(decimal(0, 0), "0");
  EXPECT_EQ(decimal(0, 2), "0.00");
  EXPECT_EQ(decimal(5, 2), "0.05");
  EXPECT_EQ(decimal(-5, 2), "-0.05");
  EXPECT_EQ(decimal(99, 2), "0.99");
  EXPECT_EQ(decimal(100, 2), "1.00");
  EXPECT_EQ(decimal(-1234, 1), "-123.4");
  EXPECT_EQ(decimal(1, kMostScale), "0.000000000000000001");
  EXPECT_EQ(decimal(kMost, kMostScale), "9.223372036854775807");
  EXPECT_EQ(decimal(kLeast, kMostScale), "-9.223372036854775808");
  EXPECT_EQ(decimal(kLeast, 0), "-9223372036854775808");
}

TEST(Stored, ADayIsACalendarDayOrFarAwayFromAll) {
  const auto day = [](std::int64_t days) { return written(&write_day, days); };
  EXPECT_EQ(day(0), "1970-01-01");
  EXPECT_EQ(day(-1), "1969-12-31");
  EXPECT_EQ(day(2932896), "9999-12-31");
  EXPECT_EQ(day(2932897), "10000-01-01");
  EXPECT_EQ(day(-719162), "0001-01-01");
  EXPECT_EQ(day(kMost), day(5'000'000));
  EXPECT_EQ(day(kLeast), day(-3'000'000));
}

TEST(Stored, AnInstantHasNoZerosAtItsEnd) {
  const auto instant = [](std::int64_t parts, int scale) {
    return written(&write_instant, parts, scale);
  };
  EXPECT_EQ(instant(0, 0), "1970-01-01 00:00:00");
  EXPECT_EQ(instant(-1, 0), "1969-12-31 23:59:59");
  EXPECT_EQ(instant(-1, 3), "1969-12-31 23:59:59.999");
  EXPECT_EQ(instant(1'704'448'800'250'000, 6), "2024-01-05 10:00:00.25");
  EXPECT_EQ(instant(1, 9), "1970-01-01 00:00:00.000000001");
  EXPECT_EQ(instant(253'402'300'799'000, 3), "9999-12-31 23:59:59");
  EXPECT_LE(instant(kMost, 0).size() + 1, kMostStoredText);
  EXPECT_LE(instant(kLeast, 9).size() + 1, kMostStoredText);
}

}  // namespace
}  // namespace huitou::ingest
