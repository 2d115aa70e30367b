// Saved segments: versions, references, removal.

#include <gtest/gtest.h>

#include "segments/segments.h"

namespace huitou::segments {
namespace {

class SavedTest : public ::testing::Test {
 protected:
  std::unique_ptr<store::Store> store = store::open_sqlite(":memory:").value();

  Result<Segment> put(const std::string& name, const std::string& rule) {
    return save(*store, {.name = name, .rule = rule, .description = "d", .owner = "Li", .now = 77});
  }
};

TEST_F(SavedTest, KeepsEveryVersionInCanonicalForm) {
  ASSERT_TRUE(put("vip", "净消费金额>=5000").ok());
  const auto second = put("vip", R"({"fact":"net_amount","op":">","values":[6000.5]})");
  ASSERT_TRUE(second.ok()) << describe(second.error());
  EXPECT_EQ(second->version, 2);
  const auto found = find(*store, "vip");
  ASSERT_TRUE(found.ok());
  EXPECT_EQ(found->rule, "net_amount > 6000.5");
  EXPECT_EQ(found->owner, "Li");
  EXPECT_EQ(found->saved_at, 77);
  const auto all = versions(*store, "vip");
  ASSERT_TRUE(all.ok());
  ASSERT_EQ(all->rows(), 2U);
  EXPECT_EQ(all->text("rule", 1), "net_amount >= 5000");
}

TEST_F(SavedTest, RefusesWhatIsMissingOrCircular) {
  EXPECT_EQ(put("a", "in_segment('b')").error().message,
            "There is no segment 'b' (line 1, column 1).");
  ASSERT_TRUE(put("a", "orders >= 1").ok());
  ASSERT_TRUE(put("b", "in_segment('a') and orders >= 2").ok());
  ASSERT_TRUE(put("c", "not in_segment('b')").ok());
  const auto self = put("b", "orders > 2 or in_segment('b')");
  ASSERT_FALSE(self.ok());
  EXPECT_EQ(self.error().message, "'b' leads back to 'b' itself (line 1, column 15).");
  const auto circle = put("a", "in_segment('c')");
  ASSERT_FALSE(circle.ok());
  EXPECT_EQ(circle.error().message_zh, "“c”又引用回“a”自身（第 1 行第 1 列）。");
  EXPECT_EQ(find(*store, "a")->rule, "orders >= 1");
}

TEST_F(SavedTest, IsRemovedOnlyWhereNobodyRefersToIt) {
  ASSERT_TRUE(put("base", "orders >= 1").ok());
  ASSERT_TRUE(put("more", "in_segment('base') and orders >= 2").ok());
  EXPECT_EQ(referrers(*library(*store), "base"), std::vector<std::string>{"more"});
  EXPECT_TRUE(referrers(*library(*store), "more").empty());
  const Status refused = remove(*store, "base", false, 80);
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, Code::conflict);
  EXPECT_NE(refused.error().message.find("'more'"), std::string::npos);
  ASSERT_TRUE(remove(*store, "base", true, 80).ok());
  const auto known = library(*store);
  ASSERT_TRUE(known.ok());
  const auto problems = check_references(known->rules.at("more"), "more", *known);
  ASSERT_EQ(problems.size(), 1U);
  EXPECT_EQ(problems[0].message.en, "The segment 'base' was removed");
  EXPECT_EQ(find(*store, "bas").error().code, Code::not_found);
  ASSERT_TRUE(put("base", "orders >= 5").ok());
  EXPECT_EQ(find(*store, "base")->version, 2);
  EXPECT_TRUE(check_references(known->rules.at("more"), "more", *library(*store)).empty());
}

TEST_F(SavedTest, RefusesNamesThatAreNone) {
  for (const std::string& name :
       {std::string(), std::string(" a"), std::string("a\nb"), std::string(101, 'x')}) {
    EXPECT_EQ(put(name, "orders").error().code, Code::invalid_input) << name;
  }
  EXPECT_EQ(put("x", "orders >").error().code, Code::invalid_input);
}

}  // namespace
}  // namespace huitou::segments
