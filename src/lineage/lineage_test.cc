#include "lineage/lineage.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "lineage/scan.h"
#include "schema/schema.h"

namespace huitou::lineage {
namespace {

using Names = std::vector<std::string>;

Names columns(const char* metric) { return columns_of(**metrics::find(metric)).value(); }

bool holds(const Edges& edges, const Edge& edge) {
  return std::find(edges.begin(), edges.end(), edge) != edges.end();
}

const MappedFile kFile{
    "orders.csv",
    "table: orders\ncolumns:\n  \"订单号\": order_key\n  \"会员\": customer_key\n"
    "  \"时间\": {field: ordered_at, date: year_first}\n  \"实付\": paid\n"
    "  \"备注\": ignore\n"};

TEST(Scan, CountsWhatIsAskedForAndWhatIsACondition) {
  EXPECT_EQ(columns_used("SELECT sum(a) AS s FROM (SELECT net_minor - refund_minor AS a, channel "
                         "FROM orders WHERE status = 2 AND ordered_on >= {from:Date}) AS o"),
            (std::set<std::string>{"orders.net_minor", "orders.refund_minor", "orders.status",
                                   "orders.ordered_on"}));
  EXPECT_EQ(columns_used("SELECT count() AS rows FROM orders WHERE channel = 'status'"),
            std::set<std::string>{"orders.channel"});
}

TEST(Scan, ReadsPastComments) {
  EXPECT_EQ(columns_used("-- row: a store's region\nSELECT region FROM (-- it's FROM orders\n"
                         "SELECT region FROM stores WHERE name != '--') AS s -- the end's status"),
            (std::set<std::string>{"stores.region", "stores.name"}));
}

TEST(Columns, AreThoseThatCanChangeTheFigure) {
  EXPECT_EQ(columns("repurchase_rate"),
            (Names{"orders.customer_id", "orders.ordered_on", "orders.status"}));
  const Names amount = columns("net_amount");
  EXPECT_EQ(std::count(amount.begin(), amount.end(), "orders.net_minor"), 1);
  EXPECT_EQ(std::count(amount.begin(), amount.end(), "orders.cost_minor"), 0);
  const Names lines = columns("same_category_repurchase_rate");
  EXPECT_EQ(std::count(lines.begin(), lines.end(), "order_lines.category"), 1);
  EXPECT_EQ(std::count(lines.begin(), lines.end(), "order_lines.product_key"), 0);
}

TEST(Columns, EveryMetricHasSome) {
  for (const metrics::Metric* metric : metrics::all()) {
    const auto found = columns_of(*metric);
    ASSERT_TRUE(found.ok()) << metric->card.name;
    EXPECT_FALSE(found->empty()) << metric->card.name;
  }
}

TEST(Metric, IsTracedToTheFile) {
  const Edges edges = of_metric(**metrics::find("repurchase_rate"), {{kFile}}).value();
  EXPECT_TRUE(holds(edges, {{"file", "orders.csv"}, {"source_column", "orders.csv: 会员"}}));
  EXPECT_TRUE(
      holds(edges, {{"source_column", "orders.csv: 会员"}, {"column", "orders.customer_id"}}));
  EXPECT_TRUE(holds(edges, {{"column", "orders.customer_id"}, {"relation", "counted_orders"}}));
  EXPECT_TRUE(holds(edges, {{"relation", "counted_orders"}, {"relation", "customer_periods"}}));
  EXPECT_TRUE(holds(edges, {{"relation", "customer_periods"}, {"metric", "repurchase_rate"}}));
  for (const Edge& edge : edges) EXPECT_EQ(edge.from.name.find("实付"), std::string::npos);
}

TEST(Column, IsTracedToTheMetricsThatBreakWithoutIt) {
  const Edges edges = of_column("orders.cost_minor", {{kFile}}).value();
  EXPECT_TRUE(std::any_of(edges.begin(), edges.end(),
                          [](const Edge& edge) { return edge.to.name == "historical_margin"; }));
  for (const Edge& edge : edges) {
    EXPECT_NE(edge.to.name, "repurchase_rate");
    EXPECT_TRUE(edge.from.kind != "column" || edge.from.name == "orders.cost_minor");
  }
  EXPECT_TRUE(of_column("orders.campaign", {}).ok());
  const auto none = of_column("orders.customer", {});
  ASSERT_FALSE(none.ok());
  EXPECT_NE(none.error().hint.find("orders.customer_id"), std::string::npos);
}

std::string expanded(std::string_view text) {
  schema::Fragments fragments = schema::status_fragments(schema::StatusPolicy::net);
  fragments["first_bucket"] = "1";
  fragments["dims"] = "";
  return schema::expand(text, fragments).value();
}

TEST(Analysis, IsTracedThroughTheRelationsOfItsQueries) {
  const Asked asked{{"analysis", "made_up"},
                    {expanded("SELECT sum(saved_minor) AS saved FROM {{customer_discounts}} AS c"),
                     "SELECT region, count() AS stores FROM stores GROUP BY region"}};
  const Edges edges = of_asked(asked, {{kFile}});
  EXPECT_TRUE(holds(edges, {{"relation", "customer_discounts"}, {"analysis", "made_up"}}));
  EXPECT_TRUE(holds(edges, {{"relation", "counted_orders"}, {"relation", "customer_discounts"}}));
  EXPECT_FALSE(holds(edges, {{"relation", "counted_orders"}, {"analysis", "made_up"}}));
  EXPECT_TRUE(holds(edges, {{"column", "orders.discount_minor"}, {"relation", "counted_orders"}}));
  EXPECT_TRUE(holds(edges, {{"column", "stores.region"}, {"analysis", "made_up"}}));
  EXPECT_TRUE(
      holds(edges, {{"source_column", "orders.csv: 会员"}, {"column", "orders.customer_id"}}));
  EXPECT_FALSE(holds(edges, {{"column", "orders.cost_minor"}, {"relation", "counted_orders"}}));
}

TEST(Column, IsTracedToTheAnalysesThatBreakWithoutIt) {
  const std::vector<Asked> asked{
      {{"analysis", "made_up"}, {"SELECT region, count() AS stores FROM stores GROUP BY region"}}};
  const Edges edges = of_column("stores.region", {}, asked).value();
  EXPECT_TRUE(holds(edges, {{"column", "stores.region"}, {"analysis", "made_up"}}));
  EXPECT_TRUE(of_column("stores.name", {}, asked).value().empty());
}

TEST(Scan, EveryRelationIsFoundInItsOwnText) {
  for (const std::string_view name : schema::relations()) {
    const std::string_view text = schema::relation_text(name);
    std::string bare;
    for (std::size_t at = text.find("SELECT"); at < text.size(); ++at) bare += text[at];
    EXPECT_TRUE(holds_text(bare, text)) << name;
    EXPECT_FALSE(holds_text("SELECT 1 AS one FROM orders", text)) << name;
  }
}

TEST(Mapping, OfWhichNothingCanBeReadGivesNothing) {
  const MappedFile broken{"x.csv", "columns: [\n"};
  const Edges edges = of_column("orders.status", {{broken}}).value();
  for (const Edge& edge : edges) EXPECT_NE(edge.from.kind, "file");
}

}  // namespace
}  // namespace huitou::lineage
