// Corrections of time, status and customer: the tables are as if the order had come in right, and
// as it came when the correction is taken back.

#include <gtest/gtest.h>

#include "engine/testing.h"
#include "quality/quality.h"
#include "quality/test_shop.h"
#include "schema/schema.h"

namespace huitou::quality {
namespace {

using engine::testing::sorted_lines;
using schema::OrderStatus;
using testing::clean_shop;
using testing::TestOrder;
using testing::TestShop;

constexpr Date kOtherMonth{20100};
constexpr std::int64_t kMorning = std::int64_t{20100} * 24 * 3600 + 9 * 3600;

std::vector<engine::testing::NamedEngine>& engines() {
  static auto opened = engine::testing::engines();
  return opened;
}

/// All rows of a table with all their columns.
std::vector<std::string> content(engine::Engine& engine, const std::string& table) {
  std::string columns;
  for (const engine::TableColumn& column : schema::table(table).columns) {
    columns += (columns.empty() ? "" : ", ") + column.name;
  }
  const auto frame = engine.query({.text = "SELECT " + columns + " FROM " + table});
  EXPECT_TRUE(frame.ok()) << describe(frame.error());
  return frame.ok() ? sorted_lines(*frame) : std::vector<std::string>{};
}

struct State {
  std::vector<std::string> orders, lines;
  bool operator==(const State&) const = default;
};
State state_of(engine::Engine& engine) {
  return {content(engine, "orders"), content(engine, "order_lines")};
}
bool nothing_aside(engine::Engine& engine) {
  return content(engine, "aside_orders").empty() && content(engine, "aside_lines").empty();
}

TestOrder& order_of(TestShop& shop, const std::string& key) {
  for (TestOrder& order : shop.orders) {
    if (order.key == key) return order;
  }
  throw Bug("no such order");
}

class Corrections : public ::testing::Test {
 protected:
  void start(engine::Engine& engine) {
    shop_ = clean_shop();
    // Two months are enough.
    const auto is_far = [](Date day) { return day.days > 20020 && day != kOtherMonth; };
    for (const TestOrder& order : shop_.orders) {
      if (!is_far(order.day)) continue;
      std::erase_if(shop_.lines, [&](const auto& line) { return line.order == order.key; });
    }
    std::erase_if(shop_.orders, [&](const TestOrder& order) { return is_far(order.day); });
    shop_.lines.push_back({.order = "o10", .product = "p2"});
    load(engine, shop_);
    came_ = state_of(engine);
    for (const char* table : {"aside_orders", "aside_lines", "customer_links"}) {
      ASSERT_TRUE(engine.truncate_table(table).ok());
    }
    right_ = shop_;
    TestOrder& right = order_of(right_, "o10");
    right.day = kOtherMonth;
    right.minute = 9 * 60;
    right.customer = 77;
    right.status = 2;
    right.gross = 5000;
    load(engine, right_);
    clean_ = state_of(engine);
    load(engine, shop_);
    ASSERT_NE(came_.orders, clean_.orders);
    ASSERT_NE(came_.lines, clean_.lines);
    store_ = store::open_sqlite(":memory:").value();
  }
  static void load(engine::Engine& engine, const TestShop& shop) {
    const Status filled = fill(engine, shop);
    ASSERT_TRUE(filled.ok()) << describe(filled.error());
  }
  void fix_all(engine::Engine& engine) {
    const Status done = fix(engine, *store_, "o10", all_, {});
    ASSERT_TRUE(done.ok()) << describe(done.error());
  }
  void settled(engine::Engine& engine) {
    const Status done = settle(engine, *store_);
    ASSERT_TRUE(done.ok()) << describe(done.error());
  }
  void released(engine::Engine& engine) {
    const auto done = release(engine, *store_, "o10", {});
    ASSERT_TRUE(done.ok()) << describe(done.error());
    EXPECT_EQ(*done, 1);
  }
  static void insert(engine::Engine& engine, const std::string& table, const std::string& columns,
                     const std::string& values) {
    const Status done = engine.execute(
        {.text = "INSERT INTO " + table + " (" + columns + ") SELECT " + values, .params = {}});
    ASSERT_TRUE(done.ok()) << describe(done.error());
  }
  static void join(engine::Engine& engine, int account, int person, int run) {
    insert(engine, "customer_links", "account_id, run_id, customer_id",
           "toUInt64(" + std::to_string(account) + "), toUInt64(" + std::to_string(run) +
               "), toUInt64(" + std::to_string(person) + ")");
  }
  static Frame order_and_lines(engine::Engine& engine) {
    const auto frame = engine.query(
        {.text = "SELECT toUInt64(customer_id) AS customer, toUInt64(account_id) AS account, "
                 "ordered_on, toUInt64(status) AS state FROM orders WHERE order_key = 'o10' UNION "
                 "ALL SELECT toUInt64(customer_id) AS customer, toUInt64(account_id) AS account, "
                 "ordered_on, toUInt64(status) AS state FROM order_lines WHERE order_key = 'o10'"});
    EXPECT_TRUE(frame.ok()) << describe(frame.error());
    return frame.ok() ? *frame : Frame();
  }

  const Correction all_{.gross_minor = 5000,
                        .when = When{kMorning, kOtherMonth},
                        .status = OrderStatus::paid,
                        .account = 77};
  TestShop shop_, right_;
  std::unique_ptr<store::Store> store_;
  State clean_, came_;
};

TEST_F(Corrections, MakeTheOrderAndItsLinesAsIfTheyHadComeInRight) {
  for (const auto& named : engines()) {
    SCOPED_TRACE(named.name);
    engine::Engine& engine = *named.engine;
    start(engine);
    fix_all(engine);
    EXPECT_EQ(state_of(engine), clean_);
    settled(engine);
    EXPECT_EQ(state_of(engine), clean_);
    load(engine, shop_);  // the same file again
    settled(engine);
    EXPECT_EQ(state_of(engine), clean_);
    const auto rows = aside(engine, *store_, 10);
    ASSERT_TRUE(rows.ok()) << describe(rows.error());
    EXPECT_EQ(rows->integer("customer_id", 0), 11);
    EXPECT_EQ(rows->integer("fix_account", 0), 77);
    EXPECT_EQ(rows->integer("fix_on", 0), kOtherMonth.days);
    released(engine);
    EXPECT_EQ(state_of(engine), came_);
    EXPECT_TRUE(nothing_aside(engine));
  }
}

TEST_F(Corrections, GoOverEarlierOnesAndGiveWayToAQuarantine) {
  for (const auto& named : engines()) {
    SCOPED_TRACE(named.name);
    engine::Engine& engine = *named.engine;
    start(engine);
    fix_all(engine);
    ASSERT_TRUE(fix(engine, *store_, "o10", {.account = 0}, {}).ok());
    const Frame nobody = order_and_lines(engine);
    ASSERT_EQ(nobody.rows(), 3u);
    for (std::size_t row = 0; row < nobody.rows(); ++row) {
      EXPECT_EQ(nobody.integer("customer", row), 0);
      EXPECT_EQ(nobody.integer("ordered_on", row), kOtherMonth.days);
      EXPECT_EQ(nobody.integer("state", row), 2);
    }
    ASSERT_EQ(quarantine(engine, *store_, "o10", {}).value(), 1);
    EXPECT_EQ(order_and_lines(engine).rows(), 0u);
    released(engine);
    EXPECT_EQ(state_of(engine), came_);
    EXPECT_TRUE(nothing_aside(engine));
  }
}

// A swap of several months that is cut off leaves the order in both or in neither.
TEST_F(Corrections, AreCarriedOnBetweenTwoMonths) {
  for (const auto& named : engines()) {
    SCOPED_TRACE(named.name);
    engine::Engine& engine = *named.engine;
    start(engine);
    fix_all(engine);
    const auto came_aside = content(engine, "aside_orders");
    const auto lines_aside = content(engine, "aside_lines");
    TestShop neither = shop_;
    std::erase_if(neither.orders, [](const auto& order) { return order.key == "o10"; });
    std::erase_if(neither.lines, [](const auto& line) { return line.order == "o10"; });
    load(engine, neither);
    settled(engine);
    EXPECT_EQ(state_of(engine), clean_);
    TestShop both = shop_;
    both.orders.push_back(order_of(right_, "o10"));
    load(engine, both);
    settled(engine);
    EXPECT_EQ(state_of(engine).orders, clean_.orders);
    EXPECT_EQ(content(engine, "aside_orders"), came_aside);
    EXPECT_EQ(content(engine, "aside_lines"), lines_aside);
    EXPECT_EQ(state_of(engine), clean_);
    // The same of a release: it was written down, and the order is in neither place.
    load(engine, neither);
    const auto other = store::open_sqlite(":memory:").value();
    ASSERT_TRUE(settle(engine, *other).ok());
    EXPECT_EQ(state_of(engine), came_);
    EXPECT_TRUE(nothing_aside(engine));
  }
}

TEST_F(Corrections, NameAnAccountWhoeverThatIs) {
  for (const auto& named : engines()) {
    SCOPED_TRACE(named.name);
    engine::Engine& engine = *named.engine;
    start(engine);
    join(engine, 77, 5, 1);
    fix_all(engine);
    Frame joined = order_and_lines(engine);
    ASSERT_EQ(joined.rows(), 3u);
    for (std::size_t row = 0; row < joined.rows(); ++row) {
      EXPECT_EQ(joined.integer("customer", row), 5);
      EXPECT_EQ(joined.integer("account", row), 77);
    }
    join(engine, 77, 77, 2);  // taken apart: moving the rows is the business of identity
    const State before = state_of(engine);
    settled(engine);
    EXPECT_EQ(state_of(engine), before);
    load(engine, shop_);
    settled(engine);
    EXPECT_EQ(state_of(engine), clean_);
    join(engine, 11, 3, 3);  // of the customer with whom the order came
    released(engine);
    joined = order_and_lines(engine);
    ASSERT_EQ(joined.rows(), 3u);
    for (std::size_t row = 0; row < joined.rows(); ++row) {
      EXPECT_EQ(joined.integer("customer", row), 3);
      EXPECT_EQ(joined.integer("account", row), 11);
    }
  }
}

TEST_F(Corrections, TakeLinesAlongThatComeInLater) {
  for (const auto& named : engines()) {
    SCOPED_TRACE(named.name);
    engine::Engine& engine = *named.engine;
    start(engine);
    fix_all(engine);
    // A file of lines takes time, status and customer of the order that is there.
    insert(engine, "order_lines",
           "order_key, line_number, customer_id, ordered_on, status, product_key",
           "'o10', toUInt32(3), toUInt64(77), toDate(toUInt16(20100)), toUInt8(2), 'p1'");
    const State later = state_of(engine);
    settled(engine);
    EXPECT_EQ(state_of(engine), later);
    released(engine);
    const Frame back = order_and_lines(engine);
    ASSERT_EQ(back.rows(), 4u);
    for (std::size_t row = 0; row < back.rows(); ++row) {
      EXPECT_EQ(back.integer("customer", row), 11);
      EXPECT_EQ(back.integer("ordered_on", row), 20001);
      EXPECT_EQ(back.integer("state", row), 3);
    }
    EXPECT_TRUE(nothing_aside(engine));
  }
}

TEST_F(Corrections, OfTheStatusKeepCancelledLinesAndGiveBackWhatWasPaid) {
  for (const auto& named : engines()) {
    SCOPED_TRACE(named.name);
    engine::Engine& engine = *named.engine;
    start(engine);
    shop_.lines.push_back({.order = "o10", .product = "p1", .status = 4});
    load(engine, shop_);
    came_ = state_of(engine);
    ASSERT_TRUE(fix(engine, *store_, "o10", {.status = OrderStatus::refunded}, {}).ok());
    const auto order = order_now(engine, "o10");
    ASSERT_TRUE(order.ok()) << describe(order.error());
    EXPECT_EQ(order->integer("status", 0), 5);
    EXPECT_EQ(order->integer("refund_minor", 0), 9000);
    EXPECT_EQ(order->integer("net_minor", 0), 0);
    const State fixed = state_of(engine);
    settled(engine);
    EXPECT_EQ(state_of(engine), fixed);
    const Frame rows = order_and_lines(engine);
    int cancelled = 0;
    for (std::size_t row = 0; row < rows.rows(); ++row) {
      cancelled += rows.integer("state", row) == 4 ? 1 : 0;
    }
    EXPECT_EQ(cancelled, 1);
    released(engine);
    EXPECT_EQ(state_of(engine), came_);
  }
}

// A home of an earlier version knows corrections of amounts alone.
TEST_F(Corrections, OfAnEarlierVersionHold) {
  for (const auto& named : engines()) {
    SCOPED_TRACE(named.name);
    engine::Engine& engine = *named.engine;
    start(engine);
    ASSERT_TRUE(store_
                    ->run("CREATE TABLE quality_decisions (order_key TEXT PRIMARY KEY, decision "
                          "TEXT NOT NULL, rule TEXT NOT NULL, decided_at INTEGER NOT NULL, "
                          "decided_by TEXT NOT NULL, reason TEXT NOT NULL, fix_gross INTEGER, "
                          "fix_discount INTEGER, fix_refund INTEGER)")
                    .ok());
    ASSERT_TRUE(store_
                    ->run("INSERT INTO quality_decisions VALUES ('o10', 'fix', '', 7, 'Li', 'x', "
                          "5000, NULL, NULL)")
                    .ok());
    // As the earlier version left it: the order as it came is aside, the lines are not.
    insert(engine, "aside_orders",
           "order_key, customer_id, ordered_at, ordered_on, status, "
           "gross_minor, net_minor, store_key, channel",
           "order_key, customer_id, ordered_at, ordered_on, status, gross_minor, net_minor, "
           "store_key, channel FROM orders WHERE order_key = 'o10'");
    TestShop of_old = shop_;
    order_of(of_old, "o10").gross = 5000;
    load(engine, of_old);
    const State old = state_of(engine);
    settled(engine);
    EXPECT_EQ(state_of(engine), old);
    EXPECT_TRUE(content(engine, "aside_lines").empty());
    const auto rows = aside(engine, *store_, 10);
    ASSERT_TRUE(rows.ok()) << describe(rows.error());
    EXPECT_EQ(rows->text("decided_by", 0), "Li");
    EXPECT_EQ(rows->integer("fix_gross", 0), 5000);
    EXPECT_FALSE(rows->integer("fix_account", 0).has_value());
    fix_all(engine);
    EXPECT_EQ(state_of(engine), clean_);
    released(engine);
    EXPECT_EQ(state_of(engine), came_);
  }
}

}  // namespace
}  // namespace huitou::quality
