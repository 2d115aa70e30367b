#include "ingest/values.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace huitou::ingest {
namespace {

std::vector<std::string_view> views(const std::vector<std::string>& texts) {
  return {texts.begin(), texts.end()};
}

// What a text was read as: `2024-01-05 36000 +28800`, or the reading.
std::string shown(std::string_view text, DateShape shape) {
  Moment moment;
  switch (parse_moment(text, {.shape = shape}, moment)) {
    case Reading::nothing:
      return "nothing";
    case Reading::overflow:
      return "overflow";
    case Reading::ok:
      break;
    default:
      return "wrong";
  }
  std::string out = format_date(moment.date);
  if (moment.has_time) {
    out += " " + std::to_string(moment.seconds);
  }
  if (moment.utc_offset) {
    out += (*moment.utc_offset < 0 ? " " : " +") + std::to_string(*moment.utc_offset);
  }
  return out;
}

struct DateCase {
  DateShape shape;
  std::string_view text;
  std::string_view expected;
};

using enum DateShape;
constexpr DateCase kDates[] = {
    {year_first, "2024-01-05", "2024-01-05"},
    {year_first, "2024/1/5", "2024-01-05"},
    {year_first, "2024.1.5", "2024-01-05"},
    {year_first, " 2024-01-05\t", "2024-01-05"},
    {year_first, "'2024-01-05", "2024-01-05"},
    {year_first, "=\"2024-01-05 10:00:00\"", "2024-01-05 36000"},
    {year_first, "2024年1月7日", "2024-01-07"},
    {year_first, "2024年1月7日 13:05", "2024-01-07 47100"},
    {year_first, "2024年01月07日13时05分06秒", "2024-01-07 47106"},
    {year_first, "2024/1/7 下午 3:05", "2024-01-07 54300"},
    {year_first, "2024-01-05 10:00", "2024-01-05 36000"},
    {year_first, "2024-01-05T10:00:00Z", "2024-01-05 36000 +0"},
    {year_first, "2024-01-05T10:00:00.250+08:00", "2024-01-05 36000 +28800"},
    {year_first, "2024-01-05 10:00:00 -0330", "2024-01-05 36000 -12600"},
    {year_first, "2024-01-05 12:30 AM", "2024-01-05 1800"},
    {year_first, "2024-01-05 24:00:00", "2024-01-06 0"},
    {year_first, "2024-02-29", "2024-02-29"},
    {year_first, "2023-02-29", "wrong"},
    {year_first, "2024-13-01", "wrong"},
    {year_first, "2024-00-00", "wrong"},
    {year_first, "0000-00-00 00:00:00", "wrong"},
    {year_first, "2024-01-05 25:00", "wrong"},
    {year_first, "2024-01-05 10:60:00", "wrong"},
    {year_first, "2024-01-05x", "wrong"},
    {year_first, "2024-01/05", "wrong"},
    {year_first, "1969-12-31", "overflow"},
    {year_first, "2106-01-01", "overflow"},
    {year_first, "2105-12-31 24:00", "overflow"},
    {year_first, "2105-12-31", "2105-12-31"},
    {year_first, "", "nothing"},
    {year_first, "-", "nothing"},
    {year_first, "NULL", "nothing"},
    {compact, "20240105", "2024-01-05"},
    {compact, "20240105103000", "2024-01-05 37800"},
    {compact, "202401051030", "2024-01-05 37800"},
    {compact, "20240105 10:30", "2024-01-05 37800"},
    {compact, "20241332", "wrong"},
    {compact, "2024010", "wrong"},
    {month_first, "1/5/2024", "2024-01-05"},
    {month_first, "01/05/24 9:07 PM", "2024-01-05 76020"},
    {month_first, "13/5/2024", "wrong"},
    {day_first, "5/1/2024", "2024-01-05"},
    {day_first, "31.12.2024", "2024-12-31"},
    {month_name, "05-Jan-2024", "2024-01-05"},
    {month_name, "5 January 2024 10:30", "2024-01-05 37800"},
    {month_name, "Jan 5, 2024, 3:04 PM", "2024-01-05 54240"},
    {month_name, "Fri, 05 Jan 2024 10:00:00 GMT", "2024-01-05 36000 +0"},
    {month_name, "05-Foo-2024", "wrong"},
    {excel_serial, "45000", "2023-03-15"},
    {excel_serial, "45000.5", "2023-03-15 43200"},
    {excel_serial, "45000.9999999", "2023-03-16 0"},
    {excel_serial, "nan", "nothing"},
    {excel_serial, "1e4", "wrong"},
    {unix_seconds, "1704448800", "2024-01-05 36000 +0"},
    {unix_millis, "1704448800123", "2024-01-05 36000 +0"},
    {unix_seconds, "99999999999", "overflow"},
};

TEST(Dates, AreReadAsPeopleWriteThem) {
  for (const DateCase& c : kDates) {
    EXPECT_EQ(shown(c.text, c.shape), c.expected) << c.text;
  }
}

std::string guessed(const std::vector<std::string>& samples) {
  const auto texts = views(samples);
  const auto format = guess_date_format(texts);
  if (!format) {
    return "none";
  }
  return std::string(date_shape_name(format->shape)) + (format->ambiguous ? " ambiguous" : "");
}

TEST(Dates, FormatIsGuessedFromAllSamples) {
  EXPECT_EQ(guessed({"2024-01-05", "2024/1/6", ""}), "year_first");
  EXPECT_EQ(guessed({"20240105", "20231231"}), "compact");
  EXPECT_EQ(guessed({"1/5/2024", "1/13/2024"}), "month_first");
  EXPECT_EQ(guessed({"1/5/2024", "13/1/2024"}), "day_first");
  EXPECT_EQ(guessed({"1/5/2024", "3/4/2024"}), "month_first ambiguous");
  EXPECT_EQ(guessed({"05-Jan-2024"}), "month_name");
  EXPECT_EQ(guessed({"1704448800", "1704448801"}), "unix_seconds");
  EXPECT_EQ(guessed({"1704448800123"}), "unix_millis");
  EXPECT_EQ(guessed({"45000.25", "45001"}), "excel_serial");
  EXPECT_EQ(guessed({"12.50", "88"}), "none");
  EXPECT_EQ(guessed({"20240105", "20249999"}), "none");
  EXPECT_EQ(guessed({"anna", "ben"}), "none");
  EXPECT_EQ(guessed({"", ""}), "none");
  EXPECT_EQ(guessed({}), "none");
}

TEST(Dates, ShapesHaveNames) {
  EXPECT_EQ(parse_date_shape("day_first"), DateShape::day_first);
  EXPECT_EQ(parse_date_shape("fortnight"), std::nullopt);
}

std::string amount(std::string_view text, char decimal = '.') {
  std::int64_t minor = 0;
  switch (parse_money(text, {.decimal = decimal}, minor)) {
    case Reading::ok:
      return std::to_string(minor);
    case Reading::rounded:
      return std::to_string(minor) + " rounded";
    case Reading::nothing:
      return "nothing";
    case Reading::overflow:
      return "overflow";
    case Reading::wrong:
      break;
  }
  return "wrong";
}

TEST(Money, IsReadExactly) {
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"88", "8800"},
      {"1,234.50", "123450"},
      {"12,34,567.5", "123456750"},
      {"￥88", "8800"},
      {"¥88.00", "8800"},
      {"$1", "100"},
      {"€ 1.5", "150"},
      {"88元", "8800"},
      {"人民币88", "8800"},
      {"(12.00)", "-1200"},
      {"（12.00）", "-1200"},
      {"-12", "-1200"},
      {"￥-12.5", "-1250"},
      {"-￥12.5", "-1250"},
      {"12.5-", "-1250"},
      {"+3", "300"},
      {"８８．５０", "8850"},
      {" 7 ", "700"},
      {"USD 5.25", "525"},
      {"5.25 CNY", "525"},
      {".5", "50"},
      {"5.", "500"},
      {"1 234.50", "123450"},
      {"1'234.50", "123450"},
      {"1.005", "101 rounded"},
      {"-1.005", "-101 rounded"},
      {"1.0049", "100 rounded"},
      {"1.5000", "150"},
      {"0.29", "29"},
      {"", "nothing"},
      {"-", "nothing"},
      {"N/A", "nothing"},
      {"1e3", "wrong"},
      {"12-3", "wrong"},
      {"1.2.3", "wrong"},
      {"--5", "wrong"},
      {"1,23", "wrong"},
      {"1234,567", "wrong"},
      {"1.2万", "wrong"},
      {"abc", "wrong"},
      {"￥", "wrong"},
      {"0x10", "wrong"},
      {"12%", "wrong"},
      {"inf", "wrong"},
      {"9999999999999", "999999999999900"},
      {"10000000000000.01", "overflow"},
      {"99999999999999999999999", "overflow"},
      {"1,234 567", "wrong"},
      {"+-5", "wrong"},
      {"()", "wrong"},
  };
  for (const auto& [text, expected] : cases) {
    EXPECT_EQ(amount(text), expected) << text;
  }
  EXPECT_EQ(amount("1.234,50", ','), "123450");
  EXPECT_EQ(amount("12,5", ','), "1250");
  EXPECT_EQ(amount("1.234", ','), "123400");
}

char decimal_of(const std::vector<std::string>& samples) {
  const auto texts = views(samples);
  const auto format = guess_number_format(texts);
  return format ? format->decimal : '?';
}

TEST(Money, DecimalSignIsGuessedFromTheColumn) {
  EXPECT_EQ(decimal_of({"1,234.50", "3"}), '.');
  EXPECT_EQ(decimal_of({"1.234,50", "3"}), ',');
  EXPECT_EQ(decimal_of({"12,5", "1.234"}), ',');
  EXPECT_EQ(decimal_of({"1,234", "5,678"}), '.');
  EXPECT_EQ(decimal_of({"￥88", "", "-"}), '.');
  EXPECT_EQ(decimal_of({"1.234.567"}), ',');
  EXPECT_EQ(decimal_of({"anna", "3"}), '?');
  EXPECT_EQ(decimal_of({"", ""}), '?');
}

TEST(Money, CurrencyIsSeenInTheText) {
  EXPECT_EQ(currency_in("￥88"), "CNY");
  EXPECT_EQ(currency_in("88元"), "CNY");
  EXPECT_EQ(currency_in("RMB 5"), "CNY");
  EXPECT_EQ(currency_in("$5"), "USD");
  EXPECT_EQ(currency_in("5 EUR"), "EUR");
  EXPECT_EQ(currency_in("5"), "");
}

TEST(Quantity, IsInThousandths) {
  std::int64_t milli = 0;
  EXPECT_EQ(parse_quantity("2", {}, milli), Reading::ok);
  EXPECT_EQ(milli, 2000);
  EXPECT_EQ(parse_quantity("-0.75", {}, milli), Reading::ok);
  EXPECT_EQ(milli, -750);
  EXPECT_EQ(parse_quantity("3件", {}, milli), Reading::ok);
  EXPECT_EQ(milli, 3000);
  EXPECT_EQ(parse_quantity("0.0005", {}, milli), Reading::rounded);
  EXPECT_EQ(milli, 1);
  EXPECT_EQ(parse_quantity("件", {}, milli), Reading::wrong);
  EXPECT_EQ(parse_quantity("3万", {}, milli), Reading::wrong);
}

TEST(Text, IsFreedOfWrappings) {
  EXPECT_EQ(clean_text("  a b\t"), "a b");
  EXPECT_EQ(clean_text("=\"00123\""), "00123");
  EXPECT_EQ(clean_text("'00123"), "00123");
  EXPECT_EQ(clean_text("\xe3\x80\x80李雷\xc2\xa0"), "李雷");
  EXPECT_EQ(clean_text(""), "");
  EXPECT_EQ(clean_text(" \t "), "");
  EXPECT_EQ(clean_text("'"), "'");
  EXPECT_TRUE(is_nothing(" N/A "));
  EXPECT_TRUE(is_nothing("无"));
  EXPECT_FALSE(is_nothing("0"));
}

}  // namespace
}  // namespace huitou::ingest
