// What distinguishes a segment, on both engines: a shop whose difference is known, and every row
// against a count of its own.

#include <map>

#include "analyses/test_engines.h"
#include "segments/segments.h"

namespace huitou::analyses {
namespace {

using PortraitEngine = EnginesTest;

/// 100 customers with one order, 60 with three; 45 of the 60 and 25 of the 100 bought tea.
TestOrders tea_shop() {
  TestOrders orders;
  for (std::uint64_t customer = 1; customer <= 160; ++customer) {
    const bool again = customer > 100;
    const bool tea = again ? customer <= 145 : customer <= 25;
    for (std::int32_t order = 0; order < (again ? 3 : 1); ++order) {
      orders.push_back(
          {.customer_id = customer,
           .ordered_on = Date{20000 + 30 * order + static_cast<std::int32_t>(customer % 20)},
           .amount_minor = 1000 + static_cast<std::int64_t>(customer % 7) * 100,
           .channel = customer % 2 == 0 ? "web" : "shop",
           .category = tea && order == 0 ? "tea" : "rice"});
    }
  }
  return orders;
}

std::map<std::string, std::size_t> rows_by_rule(const Answer& answer) {
  std::map<std::string, std::size_t> rows;
  for (std::size_t row = 0; row < answer.frame.rows(); ++row) {
    rows.emplace(answer.frame.text("rule", row).value_or(""), row);
  }
  return rows;
}

TEST_F(PortraitEngine, FindsWhatIsTrueOfTheShop) {
  for (auto& engine : engines()) {
    SCOPED_TRACE(engine.name);
    ASSERT_TRUE(put_orders(*engine.engine, tea_shop()).ok());
    const Answer found = ask(*engine.engine, "portrait", {});
    const auto rows = rows_by_rule(found);
    ASSERT_TRUE(rows.contains("bought('tea') >= 1"));
    const std::size_t tea = rows.at("bought('tea') >= 1");
    EXPECT_EQ(found.frame.integer("customers", tea), 45);
    EXPECT_EQ(found.frame.integer("others", tea), 25);
    EXPECT_NEAR(*found.frame.real("share", tea), 0.75, 1e-12);
    EXPECT_NEAR(*found.frame.real("lift", tea), 3.0, 1e-12);
    EXPECT_EQ(found.frame.text("differs", tea), "yes");
    ASSERT_TRUE(rows.contains("orders(where channel = 'web') >= 1"));
    EXPECT_EQ(found.frame.text("differs", rows.at("orders(where channel = 'web') >= 1")), "no");
  }
}

TEST_F(PortraitEngine, EveryRowIsACountOfItsOwn) {
  const segments::Library none;
  const std::string segment = "orders >= 3 or days_since_last_order < 60";
  const std::string against = "net_amount > 5";
  for (auto& engine : engines()) {
    SCOPED_TRACE(engine.name);
    ASSERT_TRUE(put_orders(*engine.engine, random_orders(7)).ok());
    const Answer found = ask(*engine.engine, "portrait",
                             {{"segment", {segment}},
                              {"against", {against}},
                              {"least", {"5"}},
                              {"limit", {"1000"}},
                              {"as_of", {format_date(Date{20200})}}});
    ASSERT_GT(found.frame.rows(), 5U);
    const auto count = [&](const std::string& text) {
      const segments::Reading reading = segments::read(text);
      EXPECT_TRUE(reading.rule.has_value()) << text;
      const auto counted = segments::count(
          *engine.engine, {.rule = *reading.rule,
                           .as_of = segments::as_of_day(Date{20200}, "Asia/Shanghai"),
                           .library = none});
      EXPECT_TRUE(counted.ok());
      return counted.ok() ? counted->customers : -1;
    };
    for (std::size_t row = 0; row < found.frame.rows(); ++row) {
      const std::string cell = *found.frame.text("rule", row);
      SCOPED_TRACE(cell);
      EXPECT_EQ(found.frame.integer("customers", row),
                count("(" + segment + ") and (" + cell + ")"));
      EXPECT_EQ(found.frame.integer("others", row),
                count("(" + against + ") and not (" + segment + ") and (" + cell + ")"));
      EXPECT_GE(
          *found.frame.integer("customers", row) == 0 ? 5 : *found.frame.integer("customers", row),
          5);
    }
  }
}

TEST_F(PortraitEngine, RefusesWhatItCannotCompare) {
  auto& engine = *engines().front().engine;
  ASSERT_TRUE(put_orders(engine, tea_shop()).ok());
  EXPECT_EQ(refuse(engine, "portrait", {{"segment", {"orders > 99"}}}).code, Code::not_enough_data);
  EXPECT_EQ(refuse(engine, "portrait", {{"segment", {"ordrs > 1"}}}).code, Code::invalid_input);
  EXPECT_EQ(refuse(engine, "portrait", {{"against", {"in_segment('gone')"}}}).code,
            Code::invalid_input);
  EXPECT_EQ(refuse(engine, "portrait", {{"filter", {"channel=web"}}}).code, Code::invalid_input);
}

}  // namespace
}  // namespace huitou::analyses
