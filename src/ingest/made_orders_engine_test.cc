// Orders that are made while the file is read equal those that the engine makes of waiting rows.

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "engine/engine.h"
#include "ingest/ingest.h"
#include "ingest/test_rows.h"
#include "schema/schema.h"
#include "schema/testing.h"

namespace huitou::ingest {
namespace {

using testing_rows::Rows;
using testing_rows::rows_source;

const std::vector<std::string> kColumns{
    "order_id",     "line_number",     "member_id", "paid_at", "sku",     "quantity",
    "gross_amount", "discount_amount", "refund",    "status",  "channel", "order_amount",
    "cost"};

class Orders {
 public:
  explicit Orders(unsigned seed) : random_(seed) {}

  std::size_t below(std::size_t limit) { return random_() % limit; }

  /// The rows of one order (none leaves out what another says, which would be filled down): often
  /// plain, sometimes cancelled in part, refunded, of two minds about
  /// the customer, day or channel, or with a line twice.
  Rows rows(std::size_t number) {
    const std::string day =
        "2025-0" + std::to_string(1 + below(3)) + "-1" + std::to_string(below(9));
    const std::string customer = below(6) == 0 ? "" : "c" + std::to_string(below(9));
    const std::string channel = "shop" + std::to_string(below(2));
    const std::string paid = below(4) == 0 ? std::to_string(below(90)) : "";
    const char* statuses[] = {"已完成", "已付款", "待付款", "已取消", "已退款"};
    const std::string usual = statuses[below(5)];
    Rows out;
    for (std::size_t line = 0; line <= below(4); ++line) {
      const bool odd = below(12) == 0;
      out.push_back(
          {"o" + std::to_string(number), std::to_string(below(15) == 0 ? 1 : line + 1),
           odd && below(3) == 0 && !customer.empty() ? "other" : customer,
           (odd && below(2) == 0 ? "2025-04-02" : day) + " 0" + std::to_string(below(9)) + ":00:00",
           "p" + std::to_string(below(5)), below(5) == 0 ? "" : std::to_string(below(4)),
           std::to_string(below(50)) + ".25", below(3) == 0 ? "1.10" : "0",
           below(5) == 0 ? std::to_string(below(40)) : "0",
           below(6) == 0 ? statuses[below(5)] : usual, odd ? "elsewhere" : channel, paid,
           below(5) == 0 ? "" : std::to_string(below(30)) + ".5"});
    }
    return out;
  }

 private:
  std::mt19937 random_;
};

class MadeOrdersTest : public testing::TestWithParam<unsigned> {
 protected:
  /// The tables after one load into an empty engine, with customers by their keys.
  std::vector<std::string> tables_of(const Rows& rows) {
    auto opened = engine::open_chdb({});
    EXPECT_TRUE(opened.ok());
    engine::Engine& engine = **opened;
    schema::testing::clear(engine);
    auto store = store::open_sqlite(":memory:");
    const LoadOptions options{.source = "shop", .today = *parse_date("2026-01-01"), .now = 5};
    const auto loaded = load_rows(engine, **store, rows_source("rows", kColumns, rows), options);
    EXPECT_TRUE(loaded.ok()) << (loaded.ok() ? "" : describe(loaded.error()));
    EXPECT_EQ(loaded->table, "lines");
    std::vector<std::string> out;
    for (const char* table : {"orders", "order_lines"}) {
      const auto frame = engine.query(
          {.text =
               "SELECT * FROM " + std::string(table) +
               " AS t ANY LEFT JOIN (SELECT customer_id, customer_key FROM customers) AS c USING "
               "customer_id ORDER BY order_key" +
               (table == std::string("orders") ? "" : ", line_number")});
      EXPECT_TRUE(frame.ok()) << describe(frame.error());
      for (std::size_t row = 0; row < frame->rows(); ++row) {
        out.push_back(text_of(*frame, row));
      }
    }
    return out;
  }

  static std::string text_of(const Frame& frame, std::size_t row) {
    std::string text;
    for (const Column& column : frame.columns) {
      if (column.name == "customer_id") {
        continue;
      }
      text += column.name + "=";
      if (column.is_null(row)) {
        text += "null";
      } else {
        text += column.type == ColumnType::text ? std::string(column.texts().at(row))
                                                : std::to_string(column.integers()[row]);
      }
      text += " ";
    }
    return text;
  }
};

TEST_P(MadeOrdersTest, EqualThoseThatWaited) {
  Orders orders(GetParam());
  std::vector<Rows> by_order;
  Rows together;
  for (std::size_t number = 0; number < 60; ++number) {
    by_order.push_back(orders.rows(number));
    together.insert(together.end(), by_order.back().begin(), by_order.back().end());
  }
  // The same orders, each with its rows in their order, but mixed; and every order comes back at
  // the end with its last row again, so that none can be made on the way.
  Rows mixed;
  std::vector<std::size_t> next(by_order.size(), 0);
  while (mixed.size() < together.size()) {
    const std::size_t order = orders.below(by_order.size());
    if (next[order] < by_order[order].size()) {
      mixed.push_back(by_order[order][next[order]++]);
    }
  }
  for (const Rows& rows : by_order) {
    mixed.push_back(rows.back());
  }
  const std::vector<std::string> made = tables_of(together);
  const std::vector<std::string> waited = tables_of(mixed);
  ASSERT_EQ(made.size(), waited.size());
  for (std::size_t row = 0; row < made.size(); ++row) {
    EXPECT_EQ(made[row], waited[row]);
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, MadeOrdersTest, testing::Values(1U, 2U, 3U));

}  // namespace
}  // namespace huitou::ingest
