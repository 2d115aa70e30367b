// What is counted where, on both engines, against counting by hand.

#include <map>

#include "analyses/test_engines.h"
#include "schema/testing.h"

namespace huitou::analyses {
namespace {

using AnomaliesEngine = EnginesTest;

constexpr Date kBegin{20200};
constexpr Date kEnd{20230};

/// Six channels and nine products over 230 days; in the last 30, one order in three of channel c2
/// is refunded, elsewhere one in twenty as ever. Some orders are cancelled, one in fifty has no
/// customer.
TestOrders shop() {
  TestOrders orders;
  for (std::int32_t i = 0; i < 6000; ++i) {
    const Date day{20000 + i % 230};
    const bool odd = i % 6 == 2 && day >= kBegin;
    const bool refunded = odd ? i % 3 == 2 : i % 19 == 4;
    orders.push_back({.customer_id = i % 50 == 0 ? 0U : static_cast<std::uint64_t>(1 + i % 700),
                      .ordered_on = day,
                      .amount_minor = 1000,
                      .status = i % 40 == 7 ? 4 : 3,
                      .refund_minor = refunded ? 400 : 0,
                      .channel = "c" + std::to_string(i % 6),
                      .category = i % 2 == 0 ? "even" : "odd",
                      .product = "p" + std::to_string(i % 9)});
  }
  return orders;
}

struct Counts {
  std::int64_t hits = 0, now = 0, before = 0;
};

std::map<std::string, Counts> by_hand(const std::string& by) {
  std::map<std::string, Counts> counts;
  for (const TestOrder& order : shop()) {
    if (order.status == 4) continue;
    Counts& place = counts[by == "channel"   ? order.channel
                           : by == "product" ? order.product
                                             : order.category];
    const bool now = order.ordered_on >= kBegin;
    now ? ++place.now : ++place.before;
    place.hits += now && order.refund_minor > 0 ? 1 : 0;
  }
  return counts;
}

Values asked(const std::string& by) {
  return {{"by", {by}}, {"as_of", {format_date(kEnd)}}, {"days", {"30"}}};
}

TEST_F(AnomaliesEngine, CountsOrdersWhereTheyAre) {
  for (auto& engine : engines()) {
    SCOPED_TRACE(engine.name);
    ASSERT_TRUE(put_orders(*engine.engine, shop()).ok());
    for (const std::string by : {"channel", "product", "category"}) {
      SCOPED_TRACE(by);
      const Answer found = ask(*engine.engine, "anomalies", asked(by));
      auto right = by_hand(by);
      ASSERT_EQ(found.frame.rows(), right.size());
      for (std::size_t row = 0; row < found.frame.rows(); ++row) {
        const Counts& place = right[*found.frame.text("item", row)];
        EXPECT_EQ(found.frame.integer("hits", row), place.hits);
        EXPECT_EQ(found.frame.integer("orders", row), place.now);
        EXPECT_EQ(found.frame.integer("orders_before", row), place.before);
      }
    }
  }
}

TEST_F(AnomaliesEngine, FindsTheChannelThatIsOdd) {
  for (auto& engine : engines()) {
    SCOPED_TRACE(engine.name);
    ASSERT_TRUE(put_orders(*engine.engine, shop()).ok());
    const Answer found = ask(*engine.engine, "anomalies", asked("channel"));
    EXPECT_EQ(found.frame.text("item", 0), "c2");
    EXPECT_EQ(found.frame.text("alarm", 0), "risen");
    EXPECT_GT(*found.frame.real("ratio_low", 0), 2);
    for (std::size_t row = 1; row < found.frame.rows(); ++row) {
      EXPECT_NE(found.frame.text("alarm", row), "risen") << *found.frame.text("item", row);
    }
  }
}

TEST_F(AnomaliesEngine, CountsComplaintsOfReasonsForEachOrder) {
  for (auto& engine : engines()) {
    SCOPED_TRACE(engine.name);
    ASSERT_TRUE(put_orders(*engine.engine, shop()).ok());
    ASSERT_TRUE(engine.engine->truncate_table("tickets").ok());
    const auto make = [](const char* name, ColumnType type, auto&& of) {
      Column column = make_column(name, type);
      for (std::int64_t i = 0; i < 400; ++i) of(column, i);
      return column;
    };
    schema::testing::put(
        *engine.engine, "tickets",
        {make("opened_on", ColumnType::date,
              [](Column& column, std::int64_t i) { column.push_integer(20010 + i % 220); }),
         make("reason", ColumnType::text,
              [](Column& column, std::int64_t i) {
                column.push_text(i % 4 == 0 ? "late" : "broken");
              }),
         make("is_complaint", ColumnType::integer, [](Column& column, std::int64_t i) {
           i % 5 == 0 ? column.push_null() : column.push_integer(i % 2);
         })});
    std::int64_t broken = 0;
    for (std::int64_t i = 0; i < 400; ++i) {
      broken += i % 4 != 0 && i % 5 != 0 && i % 2 == 1 && 20010 + i % 220 >= kBegin.days ? 1 : 0;
    }
    Values values = asked("reason");
    values["of"] = {"complaints"};
    const Answer found = ask(*engine.engine, "anomalies", values);
    for (std::size_t row = 0; row < found.frame.rows(); ++row) {
      const bool late = found.frame.text("item", row) == "late";
      EXPECT_EQ(found.frame.integer("hits", row), late ? 0 : broken);  // every fourth is even
    }
    EXPECT_EQ(found.frame.rows(), 2U);
  }
}

TEST_F(AnomaliesEngine, RefusesWhatItCannotCompare) {
  auto& engine = *engines().front().engine;
  ASSERT_TRUE(put_orders(engine, shop()).ok());
  EXPECT_EQ(refuse(engine, "anomalies", {{"by", {"reason"}}}).code, Code::invalid_input);
  EXPECT_EQ(refuse(engine, "anomalies", {{"of", {"complaints"}}, {"by", {"product"}}}).code,
            Code::invalid_input);
  EXPECT_EQ(refuse(engine, "anomalies", {{"days", {"3000"}}}).code, Code::not_enough_data);
  EXPECT_EQ(refuse(engine, "anomalies", {{"by", {"store"}}}).code, Code::not_enough_data);
  const Answer few = ask(engine, "anomalies", {{"least", {"100000"}}});
  EXPECT_EQ(few.frame.rows(), 6U);
  EXPECT_EQ(few.frame.text("alarm", 0), "too few orders");
  EXPECT_FALSE(few.frame.real("ratio", 0).has_value());
}

}  // namespace
}  // namespace huitou::analyses
