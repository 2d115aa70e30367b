// Why a person fits: every part says what a slow reader says of it.

#include <gtest/gtest.h>

#include "engine/testing.h"
#include "segments/test_rules.h"
#include "segments/test_shop.h"

namespace huitou::segments {
namespace {

std::vector<engine::testing::NamedEngine>& engines() {
  static auto opened = engine::testing::engines();
  return opened;
}

Library small_library() {
  Library library;
  library.rules.emplace("base", *read("orders >= 2 or viewed").rule);
  library.rules.emplace("more", *read("in_segment('base') and not customer_region = 'a'").rule);
  library.rules.emplace("best", *read("top 5 of (in_segment('base')) by net_amount").rule);
  library.rules.emplace("broken", *read("orders >= 1 and in_segment('gone')").rule);
  return library;
}

Person person(std::int64_t id) {
  Person person{.customer = id, .accounts = {id}};
  if (id == testing::kPerson) person.accounts.push_back(testing::kJoined);
  return person;
}

TEST(Why, EveryPartIsAsASlowReaderSeesIt) {
  const AsOf as_of = *parse_as_of("2025-03-09 18:00", "America/New_York");
  const Library library = small_library();
  const testing::Shop shop = testing::random_shop(31, as_of.end, "America/New_York");
  const testing::SlowReader slow(shop, as_of, library);
  testing::RandomRules random{.rng = std::mt19937_64(8),
                              .texts = {"a", "b", "猫粮", "phone"},
                              .segments = {"base", "more", "best"},
                              .today = as_of.end};
  for (const auto& [name, engine] : engines()) {
    ASSERT_TRUE(testing::fill(*engine, shop).ok());
  }
  std::size_t parts = 0;
  for (int i = 0; i < 16; ++i) {
    const Rule rule = random.rule(i % 4);
    const std::set<std::int64_t> everyone = slow.everyone();
    for (const std::int64_t id : {testing::kPerson, std::int64_t{1 + (i * 5) % 22}}) {
      for (const auto& [name, engine] : engines()) {
        SCOPED_TRACE(name + " " + std::to_string(id) + " " + print(rule));
        const auto found =
            why(*engine,
                {.rule = rule, .as_of = as_of, .library = library, .void_runs = shop.void_runs},
                person(id));
        ASSERT_TRUE(found.ok()) << describe(found.error());
        ASSERT_EQ(found->known, everyone.contains(id));
        EXPECT_EQ(found->fits, slow.fitting(rule).contains(id));
        for (const Reason& part : found->parts) {
          const Reading reading = read(part.rule_en);
          ASSERT_TRUE(reading.rule.has_value()) << part.rule_en;
          EXPECT_EQ(part.state == Reason::State::holds, slow.fitting(*reading.rule).contains(id))
              << part.rule_en;
          ++parts;
        }
      }
    }
  }
  EXPECT_GT(parts, 50U);
}

/// One customer with two orders, of whom nothing else is known.
testing::Shop shop_of_one(Date today) {
  testing::Shop shop;
  shop.tables["customers"].push_back({{"customer_id", std::int64_t{1}}});
  for (const std::int64_t days : {40, 10}) {
    shop.tables["orders"].push_back({{"order_key", "o" + std::to_string(days)},
                                     {"customer_id", std::int64_t{1}},
                                     {"status", std::int64_t{2}},
                                     {"ordered_on", today.days - days},
                                     {"ordered_at", (today.days - days) * 86'400},
                                     {"net_minor", std::int64_t{12'350}}});
  }
  return shop;
}

TEST(Why, NamesValuesUnknownsAndTheSegmentsBelow) {
  const AsOf as_of = *parse_as_of("2025-06-30", "UTC");
  Library library;
  library.rules.emplace("buyers", *read("orders >= 3").rule);
  const Rule rule =
      *read(
           "in_segment('buyers') or (net_amount > 100 and not days_since_registered > 9 and "
           "last_order_on > 2025-06-01)")
           .rule;
  for (const auto& [name, engine] : engines()) {
    SCOPED_TRACE(name);
    ASSERT_TRUE(testing::fill(*engine, shop_of_one(as_of.end)).ok());
    const auto found = why(*engine, {.rule = rule, .as_of = as_of, .library = library}, person(1));
    ASSERT_TRUE(found.ok()) << describe(found.error());
    EXPECT_TRUE(found->fits);
    using S = Reason::State;
    const std::vector<std::tuple<int, std::string, S, std::string>> wanted{
        {0, "any_of", S::holds, ""},       {1, "segment", S::fails, ""},
        {2, "condition", S::fails, "2"},   {1, "all_of", S::holds, ""},
        {2, "condition", S::holds, "247"}, {2, "not", S::holds, ""},
        {3, "condition", S::unknown, ""},  {2, "condition", S::holds, "2025-06-20"}};
    ASSERT_EQ(found->parts.size(), wanted.size());
    for (std::size_t i = 0; i < wanted.size(); ++i) {
      const Reason& part = found->parts[i];
      EXPECT_EQ(std::tuple(part.depth, part.kind, part.state, part.value.value_or("")), wanted[i])
          << i;
      const bool seen = part.value.has_value();
      EXPECT_EQ(part.type, !seen ? "" : i == 2 ? "count" : i == 4 ? "money" : "date") << i;
    }
    EXPECT_EQ(found->parts[2].text.zh, "订单数不少于 3");
  }
}

TEST(Why, SaysOfAllSavedSegmentsWhetherAPersonIsIn) {
  const AsOf as_of = *parse_as_of("2025-06-30", "Asia/Shanghai");
  const Library library = small_library();
  const testing::Shop shop = testing::random_shop(5, as_of.end, "Asia/Shanghai");
  const testing::SlowReader slow(shop, as_of, library);
  const Rule everyone;
  const std::vector<std::string> names{"base", "best", "broken", "more"};
  for (const auto& [name, engine] : engines()) {
    SCOPED_TRACE(name);
    ASSERT_TRUE(testing::fill(*engine, shop).ok());
    for (const std::int64_t id : {1, 2, 3, 4, 5, 6}) {
      const auto found = segments_of(
          *engine,
          {.rule = everyone, .as_of = as_of, .library = library, .void_runs = shop.void_runs},
          names, person(id));
      ASSERT_TRUE(found.ok()) << describe(found.error());
      EXPECT_EQ(found->at(2).error().code, Code::not_found);
      for (const std::size_t i : {0U, 1U, 3U}) {
        ASSERT_TRUE(found->at(i).ok());
        EXPECT_EQ(*found->at(i), slow.fitting(library.rules.at(names[i])).contains(id))
            << names[i] << " " << id;
      }
    }
  }
}

// Random rules of two to four parts: she just misses one where a slow reader finds that exactly one
// part does not hold.
TEST(Why, NamesTheOnePartThatIsMissing) {
  const AsOf as_of = *parse_as_of("2025-06-30", "Asia/Shanghai");
  Library library = small_library();
  testing::RandomRules random{.rng = std::mt19937_64(11),
                              .texts = {"a", "b", "猫粮", "phone"},
                              .segments = {"base", "more"},
                              .today = as_of.end};
  std::vector<std::string> names{"base", "best", "broken", "more"};
  for (std::size_t i = 0; i < 44; ++i) {
    Rule rule{.kind = Kind::all_of};
    for (std::size_t part = 0; part < 2 + i % 3; ++part) rule.children.push_back(random.rule(0));
    names.push_back("r" + std::to_string(i));
    library.rules.emplace(names.back(), rule);
  }
  const testing::Shop shop = testing::random_shop(7, as_of.end, "Asia/Shanghai");
  const testing::SlowReader slow(shop, as_of, library);
  const Rule everyone;
  std::size_t missed = 0;
  for (const auto& [name, engine] : engines()) {
    SCOPED_TRACE(name);
    ASSERT_TRUE(testing::fill(*engine, shop).ok());
    for (const std::int64_t id : {1, 2}) {
      const auto found = just_missed(
          *engine,
          {.rule = everyone, .as_of = as_of, .library = library, .void_runs = shop.void_runs},
          names, person(id));
      ASSERT_TRUE(found.ok()) << describe(found.error());
      ASSERT_EQ(found->size(), names.size());
      for (std::size_t i = 0; i < names.size(); ++i) {
        std::vector<Sentence> lacking;
        const Rule& rule = library.rules.at(names[i]);
        const bool several = rule.kind == Kind::all_of && names[i] != "broken";
        for (const Rule& part : several ? rule.children : std::vector<Rule>()) {
          if (!slow.fitting(part).contains(id)) lacking.push_back(say(part));
        }
        ASSERT_EQ(found->at(i).has_value(), lacking.size() == 1) << names[i] << " " << print(rule);
        if (lacking.size() != 1) continue;
        EXPECT_EQ(found->at(i)->en, lacking.front().en);
        ++missed;
      }
    }
  }
  EXPECT_GT(missed, 10U);
}

TEST(Together, CountsWhatSetsShare) {
  const AsOf as_of = *parse_as_of("2025-06-30", "Asia/Shanghai");
  const Library library = small_library();
  const testing::Shop shop = testing::random_shop(6, as_of.end, "Asia/Shanghai");
  const testing::SlowReader slow(shop, as_of, library);
  const Rule everyone;
  const std::vector<Rule> rules{*read("in_segment('best')").rule, *read("in_segment('base')").rule,
                                *read("not viewed").rule};
  const std::vector<const Rule*> pointers{&rules[0], &rules[1], &rules[2]};
  for (const auto& [name, engine] : engines()) {
    SCOPED_TRACE(name);
    ASSERT_TRUE(testing::fill(*engine, shop).ok());
    const auto groups = together(
        *engine,
        {.rule = everyone, .as_of = as_of, .library = library, .void_runs = shop.void_runs},
        pointers);
    ASSERT_TRUE(groups.ok()) << describe(groups.error());
    for (std::uint64_t mask = 0; mask < 8; ++mask) {
      std::set<std::int64_t> right = slow.everyone();
      for (std::size_t i = 0; i < rules.size(); ++i) {
        if ((mask >> i & 1U) == 0) continue;
        const std::set<std::int64_t> fitting = slow.fitting(rules[i]);
        std::erase_if(right, [&](std::int64_t id) { return !fitting.contains(id); });
      }
      EXPECT_EQ(customers_with(*groups, mask), static_cast<std::int64_t>(right.size())) << mask;
    }
  }
}

}  // namespace
}  // namespace huitou::segments
