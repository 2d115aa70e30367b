// One row of text, one canonical row: what is read, what follows, what is found.

#include "ingest/canonical.h"

#include <gtest/gtest.h>

#include "ingest/amounts.h"
#include "ingest/identity.h"
#include "ingest/repeats.h"
#include "ingest/test_files.h"

namespace huitou::ingest {
namespace {

using testing_files::Directory;

struct Outcome {
  RawBlock block;
  Converted converted;
  std::int64_t value(std::string_view column, std::size_t row = 0) const {
    return converted.frame.at(column).integers().at(row);
  }
  std::uint64_t found(Rule rule) const { return converted.findings.rows(rule); }
};

Outcome convert(const std::string& text) {
  const Directory directory;
  Outcome out;
  const auto info = inspect(directory.write("t.csv", text));
  EXPECT_TRUE(info.ok());
  const Mapping mapping = guess_mapping(*info);
  auto reader = TableReader::open(*info);
  EXPECT_TRUE(reader.ok() && reader->next(out.block).ok());
  auto converter =
      Converter::open(mapping, *info, {"Asia/Shanghai", "CNY", *parse_date("2025-01-01")});
  EXPECT_TRUE(converter.ok());
  converter->convert(out.block, out.converted);
  return out;
}

const std::string kHead = "订单号,客户编号,下单时间,实付金额,退款金额,订单状态\n";

TEST(CanonicalTest, AnOrder) {
  const Outcome out = convert(kHead + "A1,王,2024-01-05 07:30:00,\"1,234.50\",34.50,已完成\n");
  ASSERT_EQ(out.converted.frame.rows(), 1U);
  EXPECT_EQ(out.value("gross_minor"), 123450);
  EXPECT_EQ(out.value("discount_minor"), 0);
  EXPECT_EQ(out.value("refund_minor"), 3450);
  EXPECT_EQ(out.value("status"), 3);
  EXPECT_EQ(out.value("ordered_on"), parse_date("2024-01-05")->days);
  // 07:30 in Shanghai is 23:30 of the day before in UTC; the day stays that of the shop.
  EXPECT_EQ(out.value("ordered_at"), std::int64_t{parse_date("2024-01-04")->days} * 86400 + 84600);
  EXPECT_EQ(out.converted.customers.at(0), "王");
}

TEST(CanonicalTest, RowsThatCannotBeReadAreLeftOutWithAFinding) {
  const Outcome out = convert(kHead +
                              "A1,王,2024-01-05,10.00,0,已完成\n"
                              "A2,王,2024-13-05,10.00,0,已完成\n"
                              "A3,王,2024-01-05,面议,0,已完成\n"
                              "A4,王,,10.00,0,已完成\n"
                              "A5,王,2024-01-05,,0,已完成\n"
                              ",王,2024-01-05,10.00,0,已完成\n"
                              "A7,王,1980-01-05,10.00,0,已完成\n"
                              "A8,王,2024-01-05,10.00,0,已完成\n"
                              "A9,王,2024-01-05,10.00,0,已完成\n"
                              "B1,王,2024-01-05,10.00,0,已完成\nB2,王,2024-01-05,10.00,0,已完成\n"
                              "B3,王,2024-01-05,10.00,0,已完成\nB4,王,2024-01-05,10.00,0,已完成\n"
                              "B5,王,2024-01-05,10.00,0,已完成\nB6,王,2024-01-05,10.00,0,已完成\n"
                              "B7,王,2024-01-05,10.00,0,已完成\nB8,王,2024-01-05,10.00,0,已完成\n"
                              "B9,王,2024-01-05,10.00,0,已完成\nC1,王,2024-01-05,10.00,0,已完成\n");
  EXPECT_EQ(out.found(Rule::unreadable_date), 1U);
  EXPECT_EQ(out.found(Rule::unreadable_amount), 1U);
  EXPECT_EQ(out.found(Rule::missing_date), 1U);
  EXPECT_EQ(out.found(Rule::missing_amount), 1U);
  EXPECT_EQ(out.found(Rule::missing_order_key), 1U);
  EXPECT_EQ(out.found(Rule::date_too_early), 1U);
  EXPECT_EQ(out.converted.findings.left_out(), 6U);
  EXPECT_EQ(out.converted.rows_read, 19U);
  EXPECT_EQ(out.converted.frame.rows(), 13U);
  EXPECT_EQ(out.converted.findings.kept().at(0).line, 3U);
  EXPECT_EQ(out.converted.findings.kept().at(0).field, "下单时间");
  EXPECT_EQ(out.converted.findings.kept().at(0).value, "2024-13-05");
}

TEST(CanonicalTest, OddRowsAreKeptWithAFinding) {
  const Outcome out = convert(kHead +
                              "A1,,2024-01-05,10.00,0,已完成\n"
                              "A2,王,2025-06-01,10.00,0,已完成\n"
                              "A3,王,2024-01-05,-5.00,0,已完成\n"
                              "A4,王,2024-01-05,10.00,0,香蕉\n"
                              "A5,王,2024-01-05,10.00,10.00,已完成\n"
                              "A6,王,2024-01-05,10.00,0,退款成功\n"
                              "C7,王,2024-01-05,-5.00,0,已完成\n");
  EXPECT_EQ(out.converted.findings.left_out(), 0U);
  EXPECT_EQ(out.found(Rule::missing_customer), 1U);
  EXPECT_EQ(out.found(Rule::date_in_future), 1U);
  EXPECT_EQ(out.found(Rule::negative_amount), 1U);
  EXPECT_EQ(out.found(Rule::unknown_status), 1U);
  EXPECT_EQ(out.found(Rule::cancelled), 1U);
  EXPECT_EQ(out.value("status", 2), 4) << "an order that gives money back is a credit note";
  EXPECT_EQ(out.value("status", 3), 2);
  EXPECT_EQ(out.value("status", 4), 5) << "all of it came back";
  EXPECT_EQ(out.value("status", 5), 5);
  EXPECT_EQ(out.value("refund_minor", 5), 1000);
  EXPECT_EQ(out.value("status", 6), 4);
}

TEST(CanonicalTest, LinesInheritFromTheFirstLineOfTheirOrder) {
  const Outcome out = convert(
      "订单号,客户编号,下单时间,商品编号,数量,单价\n"
      "A1,王,2024-01-05,P1,2,5.00\n"
      "A1,,,P2,1,7.00\n"
      "A2,李,2024-01-06,P1,1,5.00\n"
      "A2,,,P3,1,1.00\n");
  ASSERT_EQ(out.converted.frame.rows(), 4U);
  EXPECT_EQ(out.converted.customers.at(1), "王");
  EXPECT_EQ(out.converted.customers.at(3), "李");
  EXPECT_EQ(out.value("ordered_on", 3), parse_date("2024-01-06")->days);
  EXPECT_EQ(out.value("gross_minor", 0), 1000);
  EXPECT_EQ(out.found(Rule::missing_customer), 0U);
}

TEST(AmountsTest, WhatFollowsFromWhat) {
  const auto paid = [](const WrittenAmounts& written) { return settle(written)->paid(); };
  EXPECT_EQ(paid({.gross = 100, .discount = 10}), 90);
  EXPECT_EQ(paid({.gross = 100, .paid = 80}), 80);
  EXPECT_EQ(settle({.gross = 100, .paid = 80})->discount, 20);
  EXPECT_EQ(paid({.refund = 5, .net = 75}), 80);
  EXPECT_EQ(paid({.gross = 100, .discount = 10, .refund = 90, .net = 0}), 90);
  EXPECT_EQ(paid({.price = 250, .quantity = 2000}), 500);
  EXPECT_EQ(settle({.discount = 10, .paid = 80})->gross, 90);
  EXPECT_FALSE(settle({.price = 250}).has_value());
  EXPECT_FALSE(settle({}).has_value());
  EXPECT_FALSE(settle({.paid = INT64_MAX}).has_value());
}

TEST(AmountsTest, PriceTimesQuantityRoundsHalfAwayFromZero) {
  EXPECT_EQ(price_times(3, 500), 2);
  EXPECT_EQ(price_times(3, -500), -2);
  EXPECT_EQ(price_times(255, 6000), 1530);
  EXPECT_FALSE(price_times(INT64_MAX, 2000).has_value());
  EXPECT_EQ(settle({.price = 1, .quantity = 10'000'000, .price_milli = 5})->gross, 5000);
}

TEST(LocalTimeTest, DaysOnWhichClocksChange) {
  auto time = LocalTime::open("America/New_York");
  ASSERT_TRUE(time.ok());
  const Date day = *parse_date("2024-03-10");  // 02:00 becomes 03:00
  const auto at = [&](std::int32_t seconds) {
    return time->instant({day, seconds, true, std::nullopt}).utc - std::int64_t{day.days} * 86400;
  };
  EXPECT_EQ(at(0), 5 * 3600);
  EXPECT_EQ(at(12 * 3600), 16 * 3600);
  // A time with an offset falls on the day of the shop.
  const LocalTime::Instant late = time->instant({day, 3 * 3600, true, 0});
  EXPECT_EQ(format_date(late.local_day), "2024-03-09");
  EXPECT_FALSE(LocalTime::open("Mars/Olympus").ok());
}

TEST(IdentityTest, KeysGetDenseIdsOnce) {
  Identities identities;
  for (int round = 0; round < 2; ++round) {
    for (std::uint64_t i = 1; i <= 5000; ++i) {
      ASSERT_EQ(identities.id_of("customer " + std::to_string(i)), i);
    }
  }
  EXPECT_EQ(identities.id_of(""), 0U);
  EXPECT_EQ(identities.find("customer 4711"), 4711U);
  EXPECT_EQ(identities.find("Customer 4711"), 0U);
  EXPECT_EQ(identities.next_id(), 5001U);
  EXPECT_EQ(identities.new_key(17), "customer 17");
}

TEST(RepeatsTest, CountsEachKey) {
  Repeats repeats;
  for (std::uint32_t round = 0; round < 3; ++round) {
    for (std::uint64_t key = 0; key < 3000; ++key) {
      ASSERT_EQ(repeats.next(key * 7919), round);
    }
  }
}

}  // namespace
}  // namespace huitou::ingest
