// Resolution on every engine: who is joined, where the orders go, that steps give what one run
// gives, and that killed runs have never been.

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <set>

#include "identity/identity.h"
#include "identity/journal.h"
#include "identity/test_shop.h"
#include "ingest/ingest.h"
#include "math/random.h"
#include "schema/schema.h"

namespace huitou::identity {
namespace {

// Given three accounts in a chain, their orders should go to the oldest and come back when a key is
// stopped, in the months concerned alone.
TEST_P(IdentityTest, JoinsMovesAndSplits) {
  keys({{1, "member", "anna"},
        {2, "member", "anna2"},
        {3, "member", "anna3"},
        {4, "member", "ben"},
        {1, "phone", "13912340001"},
        {3, "phone", "13912340001"},
        {2, "email", "a@example.com"},
        {3, "email", "a@example.com"},
        {4, "phone", "13912340004"}});
  orders(1, {20000});
  orders(2, {20000, 20100});
  orders(3, {20200});
  orders(4, {20000, 20300});
  const Lines before = placed();
  ResolveOptions dry{.dry_run = true};
  const Resolved would = run(dry);
  EXPECT_EQ(would.joined, 2U);
  EXPECT_EQ(would.changes.rows(), 2U);
  EXPECT_EQ(placed(), before);
  EXPECT_EQ(rows("SELECT toUInt64(count()) AS n FROM customer_links"), Lines{"0"});

  const Resolved done = run();
  EXPECT_EQ(done.joined, 2U);
  EXPECT_EQ(done.keys, 2U);
  EXPECT_EQ(done.joining, 2U);
  EXPECT_EQ(done.moved_rows, 6U);
  EXPECT_EQ(done.moved_months, 6U);
  const Lines joined{"o1-20000\t1\t0", "o2-20000\t1\t2", "o2-20100\t1\t2",
                     "o3-20200\t1\t3", "o4-20000\t4\t0", "o4-20300\t4\t0"};
  EXPECT_EQ(placed(), joined);
  EXPECT_EQ(placed("order_lines"), joined);
  EXPECT_EQ(shown("anna2"),
            (Lines{"1 member:anna own", "1 phone:13912340001 joins", "2 member:anna2 joined",
                   "2 email:a@example.com joins", "3 member:anna3 joined",
                   "3 email:a@example.com joins", "3 phone:13912340001 joins"}));
  const Resolved again = run({.everything = true});
  EXPECT_EQ(again.joined + again.parted + again.moved_rows, 0U);

  const auto splitting = splitting_key(engine(), *store_, "anna", "A@Example.com");
  ASSERT_TRUE(splitting.ok()) << describe(splitting.error());
  stop(splitting->kind, splitting->key);
  const Resolved split = run();
  EXPECT_EQ(split.parted, 1U);
  EXPECT_EQ(split.moved_rows, 4U);
  EXPECT_EQ(placed()[1], "o2-20000\t2\t0");
  EXPECT_EQ(placed()[3], "o3-20200\t1\t3");
  ASSERT_TRUE(remove_stop(*store_, *splitting).ok());
  EXPECT_EQ(run().joined, 1U);
  EXPECT_EQ(placed(), joined);

  stop("member", "anna3");
  EXPECT_EQ(run().parted, 2U);
  EXPECT_EQ(placed(), before);
}

TEST_P(IdentityTest, LeavesSharedAndWorthlessKeysAlone) {
  std::vector<KeyRow> counter;
  for (std::int64_t account = 1; account <= 6; ++account) {
    counter.push_back({account, "member", "m" + std::to_string(account)});
    counter.push_back({account, "phone", "02162345678"});
  }
  keys(counter);
  keys({{7, "member", "x"},
        {8, "member", "y"},
        {9, "member", "z"},
        {7, "phone", "13800138000"},
        {8, "phone", "13800138000"},
        {7, "phone", "13912340007"},
        {8, "phone", "13912340008"},
        {7, "device", "tablet"},
        {8, "device", "tablet"},
        {8, "cookie", "c-8-9"},
        {9, "cookie", "c-8-9"}});
  const Resolved done = run();
  EXPECT_EQ(done.keys, 4U);
  EXPECT_EQ(done.crowded, 1U);
  EXPECT_EQ(done.stopped, 1U);
  EXPECT_EQ(done.mixed, 1U);
  EXPECT_EQ(done.joining, 1U);
  EXPECT_EQ(
      rows("SELECT toUInt64(account_id) AS a, toUInt64(customer_id) AS c FROM customer_links"),
      Lines{"9\t8"});
  EXPECT_EQ(shown("z"), (Lines{"8 member:y own", "8 cookie:c-8-9 joins", "8 device:tablet shared",
                               "8 phone:13800138000 stopped", "8 phone:13912340008 own",
                               "9 member:z joined", "9 cookie:c-8-9 joins"}));
  EXPECT_EQ(show(engine(), *store_, "021-62345678").error().code, Code::invalid_input);
  EXPECT_EQ(show(engine(), *store_, "nobody").error().code, Code::not_found);
  EXPECT_EQ(splitting_key(engine(), *store_, "z", "tablet").error().code, Code::conflict);
  EXPECT_EQ(splitting_key(engine(), *store_, "z", "nothing").error().code, Code::not_found);
  // With more people to a key, the counter becomes a family.
  EXPECT_EQ(run({.most_holders = 6}).joined, 5U);
  EXPECT_EQ(run().joined, 0U);
  EXPECT_EQ(run({.most_holders = 5}).parted, 5U);
}

// A batch should look at the persons of its keys alone, and still know that others hold them too;
// the same text as a key of another kind is another key.
TEST_P(IdentityTest, ABatchComparesOnlyWhatItTouches) {
  std::vector<KeyRow> before;
  for (std::int64_t account = 1; account <= 6; ++account) {
    before.push_back({account, "member", "m" + std::to_string(account)});
    before.push_back({account, "phone", "02162345678"});
  }
  before.push_back({1, "email", "a@example.com"});
  before.push_back({7, "device", "a@example.com"});
  before.push_back({8, "device", "a@example.com"});
  keys(before);
  EXPECT_EQ(run().joined, 1U);
  keys({{9, "member", "m9"}, {9, "email", "a@example.com"}});
  const Resolved done = run();
  EXPECT_EQ(done.accounts, 2U);
  EXPECT_EQ(done.keys, 2U);
  EXPECT_EQ(done.joining, 1U);
  EXPECT_EQ(done.crowded, 1U);
  EXPECT_EQ(done.joined, 1U);
  EXPECT_EQ(run({.everything = true}).changes.rows(), 0U);
}

// Whatever comes in whatever order, step by step should give what one run gives.
TEST_P(IdentityTest, StepsGiveWhatOneRunGives) {
  const std::uint64_t seeds = all_engines().at(GetParam()).name == "chdb" ? 4 : 1;
  for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
    SetUp();
    batch_ = 0;
    Rng rng(seed, 0);
    std::int64_t account = 0;
    std::set<std::string> seen;
    for (int step = 0; step < 5; ++step) {
      std::vector<KeyRow> rows;
      for (int i = 0; i < 12; ++i) {
        rows.push_back({++account, "member", "m" + std::to_string(account)});
        orders(account, {20000 + static_cast<std::int64_t>(rng.below(100))});
      }
      for (int i = 0; i < 20; ++i) {
        const auto holder =
            static_cast<std::int64_t>(1 + rng.below(static_cast<std::uint32_t>(account)));
        constexpr std::array<const char*, 4> kKinds{"phone", "email", "device", "cookie"};
        const std::string kind = kKinds[rng.below(4)];
        const std::string key = kind + "-" + std::to_string(rng.below(30));
        if (seen.insert(std::to_string(holder) + key).second) {
          rows.push_back({holder, kind, key});
        }
      }
      keys(rows);
      if (step == 2) {
        stop("phone", "phone-3");
        stop("member", "m5");
      }
      if (step == 4) {
        ASSERT_TRUE(remove_stop(*store_, {"phone", "phone-3"}).ok());
      }
      run();
    }
    const Lines by_steps = placed();
    EXPECT_EQ(placed("order_lines"), by_steps);
    ResolveOptions everything{.everything = true};
    const Resolved whole = run(everything);
    EXPECT_EQ(whole.changes.rows(), 0U) << "seed " << seed;
    EXPECT_EQ(whole.joined + whole.parted + whole.moved_rows, 0U) << "seed " << seed;
    EXPECT_EQ(placed(), by_steps);
  }
}

// A run that was killed before its end has never been; one killed while it moved orders goes on.
TEST_P(IdentityTest, KilledRunsHaveNeverBeen) {
  keys({{1, "member", "a"},
        {2, "member", "b"},
        {1, "phone", "13912340001"},
        {2, "phone", "13912340001"}});
  orders(1, {20000});
  orders(2, {20000, 20100});
  Journal journal(*store_);
  ASSERT_TRUE(journal.ensure().ok());
  const auto open = journal.begin(5);
  ASSERT_TRUE(open.ok());
  put("customer_links",
      {engine::testing::integers("account_id", {2}), engine::testing::integers("run_id", {*open}),
       engine::testing::integers("customer_id", {1}),
       engine::testing::integers("with_account", {1}), engine::testing::texts("kind", {"phone"}),
       engine::testing::texts("key", {"x"})});
  ASSERT_TRUE(recover(engine(), *store_).ok());
  const Lines apart{"o1-20000\t1\t0", "o2-20000\t2\t0", "o2-20100\t2\t0"};
  EXPECT_EQ(placed(), apart);
  EXPECT_EQ(shown("b"), (Lines{"2 member:b own", "2 phone:13912340001 shared"}));

  run();
  const Lines joined{"o1-20000\t1\t0", "o2-20000\t1\t2", "o2-20100\t1\t2"};
  EXPECT_EQ(placed(), joined);
  // As if it had been killed when only the first month was swapped, with its scratch left behind.
  ASSERT_TRUE(engine().truncate_table("orders").ok());
  orders(1, {20000});
  put("orders", {engine::testing::texts("order_key", {"o2-20000", "o2-20100"}),
                 engine::testing::integers("customer_id", {1, 2}),
                 engine::testing::integers("account_id", {2, 0}),
                 engine::testing::integers("ordered_on", {20000, 20100}, ColumnType::date)});
  engine::TableSpec scratch = schema::table("orders");
  scratch.name = "identity_orders";
  ASSERT_TRUE(engine().create_table(scratch).ok());
  ASSERT_TRUE(journal.settle({-1, 0}).ok());
  ASSERT_TRUE(recover(engine(), *store_).ok());
  EXPECT_EQ(placed(), joined);
  const auto tables = engine().tables();
  ASSERT_TRUE(tables.ok());
  EXPECT_EQ(std::count(tables->begin(), tables->end(), "identity_orders"), 0);
}

TEST_P(IdentityTest, FollowsALoadAndTellsTheCache) {
  const auto version = [&] { return ingest::data_version(*store_).value(); };
  auto followed = follow(engine(), *store_, 5);
  ASSERT_TRUE(followed.ok()) << describe(followed.error());
  EXPECT_EQ(followed->run_id, 0U);
  EXPECT_EQ(version(), 0);
  keys({{1, "member", "a"},
        {2, "member", "b"},
        {1, "phone", "13912340001"},
        {2, "phone", "13912340001"}});
  orders(2, {20000});
  followed = follow(engine(), *store_, 5);
  ASSERT_TRUE(followed.ok());
  EXPECT_EQ(followed->joined, 1U);
  EXPECT_EQ(version(), 1);
  // Later orders of the account come in under its own number.
  orders(2, {20050});
  ASSERT_TRUE(ingest::data_changed(*store_, "test", 5).ok());
  followed = follow(engine(), *store_, 5);
  ASSERT_TRUE(followed.ok());
  EXPECT_EQ(followed->moved_rows, 2U);
  EXPECT_EQ(version(), 3);
  EXPECT_EQ(placed(), (Lines{"o2-20000\t1\t2", "o2-20050\t1\t2"}));
  const auto listed = ingest::loads(*store_);
  ASSERT_TRUE(listed.ok());
  EXPECT_EQ(listed->rows(), 0U);
}

TEST_P(IdentityTest, StopsAreKeptOnce) {
  keys({{1, "member", "a"}, {1, "openid", "oAb12345"}});
  const auto stop_of = [&](const char* written) {
    const auto stop = parse_stop(engine(), written);
    return stop.ok() ? stop->kind + ":" + stop->key : std::string(code_name(stop.error().code));
  };
  EXPECT_EQ(stop_of("phone:+86 13912340001"), "phone:13912340001");
  EXPECT_EQ(stop_of("139-1234-0001"), "phone:13912340001");
  EXPECT_EQ(stop_of("X@Example.com"), "email:x@example.com");
  EXPECT_EQ(stop_of("oAb12345"), "openid:oAb12345");
  EXPECT_EQ(stop_of("a"), "member:a");
  EXPECT_EQ(stop_of("what is this"), "invalid_input");
  stop("phone", "13912340001");
  EXPECT_EQ(add_stop(*store_, {"phone", "13912340001"}, "", 5).error().code, Code::conflict);
  EXPECT_EQ(add_stop(*store_, {"phone", "13800138000"}, "", 5).error().code, Code::conflict);
  EXPECT_EQ(remove_stop(*store_, {"phone", "13800138000"}).error().code, Code::not_found);
  const auto listed = stops(*store_);
  ASSERT_TRUE(listed.ok());
  EXPECT_EQ(listed->text("key", 0), "13912340001");
  EXPECT_TRUE(remove_stop(*store_, {"phone", "13912340001"}).ok());
}

INSTANTIATE_TEST_SUITE_P(Engines, IdentityTest,
                         testing::Range<std::size_t>(0, all_engines().size()),
                         [](const auto& engine) { return all_engines().at(engine.param).name; });

}  // namespace
}  // namespace huitou::identity
