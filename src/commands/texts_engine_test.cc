// The query texts of this folder on every engine.

#include <gtest/gtest.h>

#include "commands/export.h"
#include "commands/rows.h"
#include "engine/testing.h"
#include "schema/schema.h"

namespace huitou::commands {
namespace {

using engine::testing::integers;
using engine::testing::texts;

/// Two sound orders, one of them of nobody, and one that breaks every rule and is there twice.
void fill(engine::Engine& engine) {
  const auto& orders = schema::table("orders");
  Frame frame;
  for (const engine::TableColumn& column : orders.columns) {
    if (column.type == "String") {
      frame.columns.push_back(texts(column.name, {"a", "b", "c", "c"}));
    } else {
      frame.columns.push_back(integers(column.name, {0, 0, 0, 0}));
    }
  }
  frame.at("customer_id") = integers("customer_id", {1, 0, 7, 7});
  frame.at("ordered_on") = integers("ordered_on", {20000, 20040, 20010, 20010}, ColumnType::date);
  frame.at("status") = integers("status", {2, 3, 9, 9});
  frame.at("gross_minor") = integers("gross_minor", {500, 400, 100, 100});
  frame.at("discount_minor") = integers("discount_minor", {100, 0, 0, 0});
  frame.at("net_minor") = integers("net_minor", {400, 400, 300, 300});
  auto inserter = engine.insert("orders", orders.columns);
  ASSERT_TRUE(inserter.ok()) << describe(inserter.error());
  ASSERT_TRUE((*inserter)->write(frame).ok());
  ASSERT_TRUE((*inserter)->finish().ok());
  Frame keys;
  keys.columns = {integers("customer_id", {1}), texts("kind", {"member"}), texts("key", {"anna"}),
                  texts("source", {"a"}), integers("batch", {1})};
  auto known = engine.insert("identities", schema::table("identities").columns);
  ASSERT_TRUE(known.ok()) << describe(known.error());
  ASSERT_TRUE((*known)->write(keys).ok());
  ASSERT_TRUE((*known)->finish().ok());
}

std::int64_t rows_by(engine::Engine& engine, std::string_view file) {
  const auto frame = engine.query({.text = std::string(embedded(file))});
  EXPECT_TRUE(frame.ok()) << describe(frame.error());
  return frame.ok() ? frame->integer("rows", 0).value_or(-1) : -1;
}

TEST(Texts, FindWhatIsBrokenOnEveryEngine) {
  for (const auto& [name, engine] : engine::testing::engines()) {
    SCOPED_TRACE(name);
    ASSERT_TRUE(schema::ensure(*engine).ok());
    const auto none = orders_span(*engine);
    ASSERT_TRUE(none.ok()) << describe(none.error());
    EXPECT_FALSE(none->first.has_value());
    fill(*engine);
    EXPECT_EQ(rows_by(*engine, "sql/orders_unknown_status.sql"), 2);
    EXPECT_EQ(rows_by(*engine, "sql/orders_wrong_net.sql"), 2);
    EXPECT_EQ(rows_by(*engine, "sql/orders_twice.sql"), 1);
    EXPECT_EQ(rows_by(*engine, "sql/orders_unknown_customer.sql"), 2);
    EXPECT_EQ(*rows_of(*engine, "orders"), 4);
    const auto span = orders_span(*engine);
    ASSERT_TRUE(span.ok()) << describe(span.error());
    EXPECT_EQ(span->first, Date{20000});
    EXPECT_EQ(span->last, Date{20040});
    for (const ExportTable& table : export_tables()) {
      const auto frame = engine->query(
          {.text = std::string(embedded(table.sql)),
           .params = {{"from", Date{20000}}, {"to", Date{20040}}, {"chinese", std::int64_t{1}}}});
      ASSERT_TRUE(frame.ok()) << table.name << describe(frame.error());
      for (const ColumnCard& column : table.columns) {
        EXPECT_TRUE(frame->has(column.name)) << table.name << " " << column.name;
      }
      if (table.name == "orders") {
        EXPECT_EQ(frame->rows(), 3U);
      }
    }
  }
}

}  // namespace
}  // namespace huitou::commands
