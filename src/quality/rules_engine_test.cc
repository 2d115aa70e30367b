// Every rule: a shop in which it is broken a known number of times, and one in which it is not.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <functional>

#include "engine/testing.h"
#include "quality/flagging.h"
#include "quality/test_shop.h"

namespace huitou::quality {
namespace {

using testing::clean_shop;
using testing::TestOrder;
using testing::TestShop;

constexpr Date kToday{20300};

std::vector<engine::testing::NamedEngine>& engines() {
  static auto opened = engine::testing::engines();
  return opened;
}

/// "key day value" of the rows that the rule flags in the shop.
std::vector<std::string> flagged(engine::Engine& engine, std::string_view rule,
                                 const Settings& settings = {}) {
  const Rule* const rules[] = {*find(rule)};
  const auto done = flag(engine, rules, {.settings = settings, .today = kToday}, {});
  EXPECT_TRUE(done.ok()) << describe(done.error());
  if (!done.ok()) return {};
  const auto found = rows(engine, rule, 100);
  EXPECT_TRUE(found.ok()) << describe(found.error());
  std::vector<std::string> lines;
  for (std::size_t row = 0; found.ok() && row < found->rows(); ++row) {
    lines.push_back(fmt::format("{} {} {:.6g}", found->text("key", row).value_or("?"),
                                found->integer("ordered_on", row).value_or(0),
                                found->real("value", row).value_or(-1)));
  }
  return lines;
}

struct Break {
  std::string rule;
  std::function<void(TestShop&)> change;
  std::vector<std::string> found;
  Settings settings = {};
};

TestOrder extra(std::string key) { return {.key = std::move(key), .day = Date{20050}}; }

const Break kBreaks[] = {
    {"duplicate_orders",
     [](TestShop& shop) {
       shop.orders.push_back(extra("a1"));
       shop.orders.push_back(extra("a2"));
       shop.orders.back().minute += 10;
       shop.orders.push_back(extra("a3"));
       shop.orders.back().minute += 21;
       shop.orders.push_back(extra("a4"));
       shop.orders.back().status = 4;
     },
     {"a2 20050 10000"}},
    {"split_orders",
     [](TestShop& shop) {
       shop.orders.push_back(extra("a1"));
       shop.orders.push_back(extra("a2"));
       shop.orders.back().gross = 2500;
       shop.orders.back().minute += 1;
       shop.orders.push_back(extra("a3"));
       shop.orders.back().minute += 30;
     },
     {"a2 20050 2500"}},
    {"before_registration",
     [](TestShop& shop) {
       shop.customers.push_back({500, "Ben", Date{20060}});
       shop.orders.push_back(extra("a1"));
       shop.orders.back().customer = 500;
       shop.orders.push_back(extra("a2"));
       shop.orders.back().customer = 500;
       shop.orders.back().day = Date{20060};
     },
     {"a1 20050 10"}},
    {"negative_amounts",
     [](TestShop& shop) {
       shop.orders[10].gross = -100;
       shop.orders[20].discount = shop.orders[20].gross + 1;
       shop.orders[30].gross = -100;
       shop.orders[30].status = 4;
     },
     {"o20 20002 -1", "o10 20001 -100"}},
    {"refund_over_paid",
     [](TestShop& shop) {
       shop.orders[10].refund = shop.orders[10].gross + 5;
       shop.orders[11].refund = shop.orders[11].gross;
     },
     {"o10 20001 5"}},
    {"zero_amounts",
     [](TestShop& shop) {
       shop.orders[10].gross = 0;
       shop.orders[11].discount = shop.orders[11].gross;
     },
     {"o10 20001 0", "o11 20001 9100"}},
    {"orphan_lines",
     [](TestShop& shop) {
       shop.lines.push_back({"nowhere", "p1"});
       shop.lines.push_back({"nowhere", "p2"});
     },
     {"nowhere 20000 2"}},
    {"orphan_customers",
     [](TestShop& shop) { shop.orders[10].customer = 999; },
     {"o10 20001 9000"}},
    {"orphan_stores",
     [](TestShop& shop) {
       shop.orders[10].store = "s9";
       shop.orders[11].store = "";
     },
     {"o10 20001 9000"}},
    {"orphan_products",
     [](TestShop& shop) {
       shop.lines.push_back({"o1", "p9"});
       shop.lines.push_back({"o2", "p9"});
     },
     {"p9 20000 2"}},
    {"future_orders",
     [](TestShop& shop) {
       shop.orders.push_back(extra("a1"));
       shop.orders.back().day = Date{kToday.days + 3};
       shop.orders.push_back(extra("a2"));
       shop.orders.back().day = kToday;
     },
     {"a1 20303 3"}},
    {"ancient_orders",
     [](TestShop& shop) {
       shop.orders.push_back(extra("a1"));
       shop.orders.back().day = Date{0};
     },
     {"a1 0 10957"}},
    {"clock_disagrees",
     [](TestShop& shop) {
       shop.orders[10].clock_days = -30;
       shop.orders[11].clock_days = 1;
     },
     {"o10 20001 30"}},
    {"test_accounts",
     [](TestShop& shop) {
       shop.customers.push_back({501, "Test user", std::nullopt});
       shop.customers.push_back({502, "测试号", std::nullopt});
       shop.customers.push_back({503, "Testa Contest", std::nullopt});
       for (const int id : {501, 502, 503}) {
         shop.orders.push_back(extra("a" + std::to_string(id)));
         shop.orders.back().customer = id;
       }
     },
     {"a501 20050 10000", "a502 20050 10000"}},
    {"staff_accounts",
     [](TestShop& shop) {
       shop.customers.push_back({501, "内部员工", std::nullopt});
       shop.orders.push_back(extra("a1"));
       shop.orders.back().customer = 501;
     },
     {"a1 20050 10000"}},
    {"many_orders_a_day",
     [](TestShop& shop) {
       for (int i = 0; i < 11; ++i) {
         shop.orders.push_back(extra(fmt::format("a{:02}", i)));
         shop.orders.back().minute += 20 * i;
         shop.orders.back().customer = 2;
       }
       for (int i = 0; i < 10; ++i) {
         shop.orders.push_back(extra(fmt::format("b{:02}", i)));
         shop.orders.back().minute += 20 * i;
         shop.orders.back().customer = 3;
       }
     },
     {"a00 20050 11", "a01 20050 11", "a02 20050 11", "a03 20050 11", "a04 20050 11",
      "a05 20050 11", "a06 20050 11", "a07 20050 11", "a08 20050 11", "a09 20050 11",
      "a10 20050 11"}},
    {"outlier_amounts",
     [](TestShop& shop) {
       shop.orders[10].gross = 12'000'000;
       shop.orders[11].gross = 90'000;
     },
     {"o10 20001 1.2e+07"}},
    {"gap_days",
     [](TestShop& shop) {
       std::erase_if(shop.orders, [](const TestOrder& order) {
         return order.day.days == 20030 || order.day.days == 20031 || order.day.days == 20090;
       });
       std::erase_if(shop.lines, [](const testing::TestLine&) { return true; });
     },
     {"s1 20090 1", "s1 20030 2"},
     {{"gap_days.orders", "5"}}},
    {"missing_customers",
     [](TestShop& shop) {
       for (TestOrder& order : shop.orders) {
         if (order.day.days < 20010) order.customer = 0;
         if (order.day.days == 20100) order.customer = 0;
       }
     },
     {"web 19997 0.357143"}},
};

TEST(Rules, FindWhatIsBrokenAndNothingElse) {
  for (const auto& named : engines()) {
    for (const Break& one : kBreaks) {
      SCOPED_TRACE(named.name + " " + one.rule);
      TestShop shop = clean_shop();
      one.change(shop);
      const Status filled = fill(*named.engine, shop);
      ASSERT_TRUE(filled.ok()) << describe(filled.error());
      EXPECT_EQ(flagged(*named.engine, one.rule, one.settings), one.found);
    }
  }
}

TEST(Rules, FindCustomerNumbersThatManyShare) {
  for (const auto& named : engines()) {
    SCOPED_TRACE(named.name);
    TestShop shop = clean_shop();
    for (std::size_t i = 0; i < 101; ++i) shop.orders[i * 10].customer = 7;
    ASSERT_TRUE(fill(*named.engine, shop).ok());
    EXPECT_GE(flagged(*named.engine, "collective_accounts").size(), 100u);
    EXPECT_TRUE(
        flagged(*named.engine, "collective_accounts", {{"collective_accounts.orders", "150"}})
            .empty());
  }
}

TEST(Rules, FindNothingInACleanShopOrAnEmptyOne) {
  for (const auto& named : engines()) {
    for (const TestShop& shop : {clean_shop(), TestShop{}}) {
      ASSERT_TRUE(fill(*named.engine, shop).ok());
      const auto done = flag(*named.engine, all(), {.today = kToday}, {});
      ASSERT_TRUE(done.ok()) << describe(done.error());
      ASSERT_EQ(done->results.size(), all().size());
      for (const RuleResult& result : done->results) {
        EXPECT_EQ(result.rows, 0) << named.name << " " << result.rule;
      }
    }
  }
}

TEST(Rules, AreAllTried) {
  for (const Rule* rule : all()) {
    const bool tried = std::any_of(std::begin(kBreaks), std::end(kBreaks),
                                   [&](const Break& one) { return one.rule == rule->card.name; });
    EXPECT_TRUE(tried || rule->card.name == "collective_accounts") << rule->card.name;
  }
}

}  // namespace
}  // namespace huitou::quality
