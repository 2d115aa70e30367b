// Tags and consent: given and taken, by whom, and asked for by rules.

#include <gtest/gtest.h>

#include "engine/testing.h"
#include "schema/testing.h"
#include "segments/journal.h"
#include "segments/segments.h"

namespace huitou::segments {
namespace {

using engine::testing::integers;
using engine::testing::texts;

std::vector<engine::testing::NamedEngine>& engines() {
  static auto opened = engine::testing::engines();
  return opened;
}

class MarksTest : public ::testing::Test {
 protected:
  void fill(engine::Engine& engine) {
    schema::testing::clear(engine);
    schema::testing::put(engine, "customers", {integers("customer_id", {1, 2, 3, 4})});
    // Account 4 is joined to person 1.
    schema::testing::put(
        engine, "customer_links",
        {integers("account_id", {4}), integers("run_id", {1}), integers("customer_id", {1})});
    store = store::open_sqlite(":memory:").value();
  }
  std::vector<std::int64_t> fitting(engine::Engine& engine, const std::string& text) {
    const Rule rule = *read(text).rule;
    const Library known = library(*store).value();
    const auto found =
        members(engine, {.rule = rule, .as_of = as_of_day(Date{20'000}, "UTC"), .library = known});
    EXPECT_TRUE(found.ok()) << describe(found.error());
    return found.ok() ? *found : std::vector<std::int64_t>{};
  }
  Said said(std::int64_t now, MarkKind kind = MarkKind::tag) const {
    return {.kind = kind, .by = "Li", .how = "hand", .file = "", .now = now};
  }

  std::unique_ptr<store::Store> store;
};

using Ids = std::vector<std::int64_t>;

TEST_F(MarksTest, AreGivenTakenCountedAndAskedFor) {
  for (const auto& [name, engine] : engines()) {
    SCOPED_TRACE(name);
    fill(*engine);
    const auto first = mark(*engine, *store, said(100), {{1, "VIP"}, {2, "VIP"}, {2, "new"}});
    ASSERT_TRUE(first.ok()) << describe(first.error());
    EXPECT_EQ(first->given, 3);
    const auto second =
        mark(*engine, *store, said(200), {{2, "VIP", false}, {1, "VIP"}, {3, "VIP", false}});
    ASSERT_TRUE(second.ok()) << describe(second.error());
    EXPECT_EQ(std::tuple(second->given, second->taken, second->unchanged), std::tuple(0, 1, 2));
    EXPECT_EQ(fitting(*engine, "tagged('VIP')"), Ids({1}));
    EXPECT_EQ(fitting(*engine, "标签('new') 或 标签 >= 1"), Ids({1, 2}));
    EXPECT_EQ(fitting(*engine, "not tagged"), Ids({3}));
    const auto counted = marks_counted(*engine, *store, MarkKind::tag);
    ASSERT_EQ(counted->rows(), 2U);
    EXPECT_EQ(counted->integer("yes", 0), 1);
    const auto lines =
        marks_history(*engine, *store, MarkKind::tag, {.customer = 2, .accounts = {2}});
    ASSERT_EQ(lines->size(), 3U);
    EXPECT_EQ(lines->front().given, false);
    EXPECT_EQ(lines->front().at, 200);
    EXPECT_EQ(lines->front().by, "Li");
    EXPECT_EQ(current_marks(*lines).size(), 2U);
    EXPECT_EQ(mark(*engine, *store, said(300), {{1, "VIP"}})->change, 0);
  }
}

TEST_F(MarksTest, TheLastWordOfAPersonsAccountsCounts) {
  for (const auto& [name, engine] : engines()) {
    SCOPED_TRACE(name);
    fill(*engine);
    const auto consent = [&](std::int64_t now, std::int64_t customer, bool given) {
      const auto done =
          mark(*engine, *store, said(now, MarkKind::consent), {{customer, "sms", given}});
      ASSERT_TRUE(done.ok()) << describe(done.error());
      EXPECT_NE(done->change, 0);
    };
    consent(1, 1, true);
    EXPECT_EQ(fitting(*engine, "allows('sms')"), Ids({1}));
    consent(2, 4, false);
    EXPECT_EQ(fitting(*engine, "allows('sms')"), Ids{});
    EXPECT_EQ(mark(*engine, *store, said(3, MarkKind::consent), {{1, "fax"}}).error().code,
              Code::invalid_input);
  }
}

TEST_F(MarksTest, OfAChangeThatWasKilledDoNotCount) {
  for (const auto& [name, engine] : engines()) {
    SCOPED_TRACE(name);
    fill(*engine);
    ASSERT_TRUE(Journal(*store).ensure().ok());
    const std::int64_t id = Journal(*store).begin({.now = 1}).value();
    schema::testing::put(
        *engine, "customer_marks",
        {texts("kind", {"tag"}), texts("name", {"VIP"}), integers("customer_id", {1}),
         integers("given", {1}), integers("run", {id})});
    EXPECT_EQ(fitting(*engine, "tagged('VIP')"), Ids{});
    EXPECT_EQ(mark(*engine, *store, said(2), {{1, "VIP"}})->given, 1);
    EXPECT_EQ(fitting(*engine, "tagged('VIP')"), Ids({1}));
  }
}

TEST_F(MarksTest, ListsAreWrittenWithTheKeysOfTheirChannel) {
  for (const auto& [name, engine] : engines()) {
    SCOPED_TRACE(name);
    fill(*engine);
    schema::testing::put(
        *engine, "identities",
        {integers("customer_id", {1, 4, 2, 3}), texts("kind", {"phone", "phone", "phone", "email"}),
         texts("key", {"139", "138", "137", "a@b"})});
    const auto agreed = mark(*engine, *store, said(1, MarkKind::consent),
                             {{1, "sms"}, {3, "sms"}, {2, "sms", false}});
    ASSERT_TRUE(agreed.ok()) << describe(agreed.error());
    const Library known = library(*store).value();
    const Rule rule = *read("allows('sms')").rule;
    Frame all;
    const Status done = stream_customers(
        *engine, {.rule = rule, .as_of = as_of_day(Date{20'000}, "UTC"), .library = known},
        {"phone"}, [&](const Frame& block) -> Status {
          if (all.columns.empty()) {
            all = block;
          } else {
            all.append(block);
          }
          return {};
        });
    ASSERT_TRUE(done.ok()) << describe(done.error());
    ASSERT_EQ(all.rows(), 2U);
    EXPECT_EQ(all.at("customer_id").integers(), Ids({1, 3}));
    EXPECT_EQ(all.text("phone", 0), "138");
    EXPECT_FALSE(all.text("phone", 1).has_value());
    EXPECT_EQ(all.at("last_order_on").type, ColumnType::date);
  }
}

TEST(Exports, AreInTheBookBeforeTheyBeginAndWhenTheyAreDone) {
  const auto store = store::open_sqlite(":memory:").value();
  EXPECT_EQ(list_exports(*store)->rows(), 0U);
  const ListExport list{.name = "vip", .rule = "orders >= 1", .channel = "sms", .by = "Li"};
  ASSERT_EQ(begin_export(*store, list).value(), 1);
  ASSERT_EQ(begin_export(*store, list).value(), 2);
  ASSERT_TRUE(
      finish_export(*store, 2,
                    {.fitting = 9, .written = 5, .without_consent = 3, .without_address = 1})
          .ok());
  const auto book = list_exports(*store);
  ASSERT_EQ(book->rows(), 2U);
  EXPECT_EQ(book->text("state", 0), "done");
  EXPECT_EQ(book->integer("customers", 0), 5);
  EXPECT_EQ(book->text("state", 1), "begun");
  EXPECT_EQ(book->text("by", 1), "Li");
}

}  // namespace
}  // namespace huitou::segments
