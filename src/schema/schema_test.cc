#include "schema/schema.h"

#include <gtest/gtest.h>

namespace huitou::schema {
namespace {

TEST(Tables, EachIsComplete) {
  for (const engine::TableSpec& spec : tables()) {
    EXPECT_FALSE(spec.order_by.empty()) << spec.name;
    EXPECT_FALSE(spec.shard_by.empty()) << spec.name;
  }
  EXPECT_EQ(table("orders").shard_by, "customer_id");
  EXPECT_THROW(table("order"), Bug);
}

// Stored beside every event: another function would not find the events of yesterday.
TEST(EventHash, StaysTheSameAndTellsSourcesApart) {
  EXPECT_EQ(event_hash("web", "m-1"), event_hash("web", "m-1"));
  EXPECT_NE(event_hash("web", "m-1"), event_hash("app", "m-1"));
  EXPECT_NE(event_hash("web", "m-1"), event_hash("webm", "-1"));
  EXPECT_EQ(event_hash("web", "018f3c2e-aaaa-bbbb"), 8483553305415745078ULL);
}

// Given nested fragments and a relation, everything should be put in, relations in brackets.
TEST(Expand, PutsFragmentsAndRelationsIn) {
  const Fragments fragments{
      {"amount", "net_minor"}, {"status_policy", "status IN {{kept}}"}, {"kept", "(2, 3)"}};
  const auto text = expand("SELECT count() FROM {{counted_orders}} AS o", fragments);
  ASSERT_TRUE(text.ok());
  EXPECT_NE(text->find("FROM (SELECT customer_id"), std::string::npos) << *text;
  EXPECT_NE(text->find("status IN (2, 3)"), std::string::npos);
  EXPECT_EQ(text->find("--"), std::string::npos);
}

TEST(StatusPolicy, SaysWhatCountsAndWithWhichAmount) {
  for (const std::string_view name : {"all", "paid", "delivered", "net"}) {
    ASSERT_TRUE(parse_status_policy(name).has_value());
    EXPECT_EQ(status_policy_name(*parse_status_policy(name)), name);
  }
  EXPECT_FALSE(parse_status_policy("NET").has_value());
  EXPECT_EQ(status_fragments(StatusPolicy::net).at("status_policy"), "status IN (2, 3)");
  EXPECT_EQ(status_fragments(StatusPolicy::net).at("amount"), "net_minor");
  EXPECT_EQ(status_fragments(StatusPolicy::paid).at("amount"), "gross_minor - discount_minor");
}

TEST(Expand, RefusesWhatCannotBe) {
  EXPECT_EQ(expand("{{nothing}}").error().message, "There is no relation 'nothing'.");
  EXPECT_EQ(expand("{{a}}", {{"a", "{{a}}"}}).error().message, "The relation 'a' contains itself.");
  EXPECT_EQ(expand("{{a").error().message, "A text has '{{' without '}}'.");
}

}  // namespace
}  // namespace huitou::schema
