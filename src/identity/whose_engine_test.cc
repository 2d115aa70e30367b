// From a key to the person on every engine, as `show` has it.

#include <gtest/gtest.h>

#include "identity/test_shop.h"

namespace huitou::identity {
namespace {

class WhoseTest : public IdentityTest {
 protected:
  void SetUp() override {
    IdentityTest::SetUp();
    keys({{1, "member", "anna"},
          {2, "member", "anna2"},
          {3, "member", "2"},
          {4, "member", "ben"},
          {1, "phone", "13912340001"},
          {2, "phone", "13912340001"},
          {2, "email", "a@example.com"},
          {3, "email", "c@example.com"},
          {4, "phone", "13912340004"},
          {3, "device", "tablet-1"},
          {4, "device", "tablet-1"}});
    orders(1, {20000});
    orders(2, {20100});
    run();
  }

  Whose asked(std::string_view written) {
    auto found = whose(engine(), *store_, written);
    EXPECT_TRUE(found.ok()) << written << ": " << describe(found.error());
    return found.ok() ? *found : Whose{};
  }
  Code refused(std::string_view written) {
    auto found = whose(engine(), *store_, written);
    EXPECT_FALSE(found.ok()) << written;
    return found.ok() ? Code::engine_failed : found.error().code;
  }
};

// Given two joined accounts, every key of either should lead to the person, and a number of ours
// too, old or new; a member number comes before a number of ours.
TEST_P(WhoseTest, FindsThePersonByAnyKey) {
  for (const char* written : {"anna", "anna2", "member:anna2", "139-1234-0001", "A@Example.com",
                              "phone:13912340001", "id:1", "id:2"}) {
    SCOPED_TRACE(written);
    const Whose found = asked(written);
    EXPECT_EQ(found.customer, 1U);
    ASSERT_EQ(found.accounts.size(), 2U);
    EXPECT_EQ(found.accounts[0].account, 1U);
    EXPECT_EQ(found.accounts[1].account, 2U);
    EXPECT_EQ(found.accounts[1].kind, "phone");
    EXPECT_EQ(found.accounts[1].linked_at, 5);
  }
  EXPECT_EQ(asked("id:2").named, 2U);
  EXPECT_EQ(asked("2").customer, 3U);
  EXPECT_EQ(asked("4").customer, 4U);
  EXPECT_EQ(asked("ben").accounts.size(), 1U);
}

TEST_P(WhoseTest, SaysWhenItIsNobodyOrSeveral) {
  EXPECT_EQ(refused("zoe"), Code::not_found);
  EXPECT_EQ(refused("id:99"), Code::not_found);
  EXPECT_EQ(refused("id:0"), Code::not_found);
  EXPECT_EQ(refused("id:x"), Code::not_found);
  EXPECT_EQ(refused("id:18446744073709551615"), Code::not_found);
  EXPECT_EQ(refused(""), Code::not_found);
  EXPECT_EQ(refused("tablet-1"), Code::invalid_input);
  const auto holders = holders_of(engine(), *store_, "tablet-1");
  ASSERT_TRUE(holders.ok());
  EXPECT_EQ(*holders, (std::vector<std::uint64_t>{3, 4}));
  const auto persons = persons_of(engine(), *store_, {4, 2, 1});
  ASSERT_TRUE(persons.ok());
  EXPECT_EQ(*persons, (std::vector<std::uint64_t>{4, 1, 1}));
}

// Given that the joining key is stopped, both should stand alone again, and come back.
TEST_P(WhoseTest, FollowsSplitsAndAgreesWithShow) {
  stop("phone", "13912340001");
  run();
  EXPECT_EQ(asked("anna2").customer, 2U);
  EXPECT_EQ(asked("id:1").accounts.size(), 1U);
  EXPECT_EQ(refused("13912340001"), Code::invalid_input);
  ASSERT_TRUE(remove_stop(*store_, {"phone", "13912340001"}).ok());
  run();
  for (const char* written : {"anna", "anna2", "2", "ben"}) {
    const auto frame = show(engine(), *store_, written);
    ASSERT_TRUE(frame.ok());
    EXPECT_EQ(frame->integer("customer_id", 0), static_cast<std::int64_t>(asked(written).customer));
  }
}

INSTANTIATE_TEST_SUITE_P(Engines, WhoseTest, testing::Range<std::size_t>(0, all_engines().size()),
                         [](const auto& engine) { return all_engines().at(engine.param).name; });

}  // namespace
}  // namespace huitou::identity
