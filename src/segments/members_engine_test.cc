// The query of a rule gives the customers that a slow reader finds by hand.

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>

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
  return library;
}

std::vector<std::int64_t> ask(engine::Engine& engine, const Question& question) {
  const auto found = members(engine, question);
  EXPECT_TRUE(found.ok()) << describe(found.error()) << "\n" << print(question.rule);
  return found.ok() ? *found : std::vector<std::int64_t>{};
}

int rounds() {
  const char* wanted = std::getenv("HUITOU_MEMBER_RULES");
  return wanted == nullptr ? 8 : std::atoi(wanted);
}

// Zones with a summer time that changes near the days, and instants at its edges.
struct Setting {
  const char* zone;
  const char* as_of;
};
constexpr Setting kSettings[] = {{"Asia/Shanghai", "2025-06-30"},
                                 {"America/New_York", "2025-03-10"},
                                 {"America/New_York", "2025-03-09 18:00"},
                                 {"Europe/London", "2025-10-26 12:00"},
                                 {"Pacific/Kiritimati", "2025-01-01"}};

TEST(Members, AreThoseThatASlowReaderFinds) {
  const Library library = small_library();
  std::uint64_t seed = 1;
  std::size_t found = 0;
  for (const Setting& setting : kSettings) {
    SCOPED_TRACE(std::string(setting.zone) + " " + setting.as_of);
    const AsOf as_of = *parse_as_of(setting.as_of, setting.zone);
    const testing::Shop shop = testing::random_shop(++seed, as_of.end, setting.zone);
    const testing::SlowReader slow(shop, as_of, library);
    testing::RandomRules random{.rng = std::mt19937_64(seed),
                                .texts = {"a", "b", "猫粮", "phone", "it's \"b\""},
                                .segments = {"base", "more"},
                                .today = as_of.end};
    for (const auto& [name, engine] : engines()) {
      const Status filled = testing::fill(*engine, shop);
      ASSERT_TRUE(filled.ok()) << describe(filled.error());
    }
    for (int i = 0; i < rounds(); ++i) {
      const Rule rule = random.rule(i % 4);
      const std::set<std::int64_t> right = slow.fitting(rule);
      found += right.size();
      for (const auto& [name, engine] : engines()) {
        SCOPED_TRACE(name);
        ASSERT_EQ(
            ask(*engine,
                {.rule = rule, .as_of = as_of, .library = library, .void_runs = shop.void_runs}),
            std::vector<std::int64_t>(right.begin(), right.end()))
            << print(rule);
      }
    }
  }
  EXPECT_GT(found, 100U);
}

TEST(Members, HoldForEveryFactAndOp) {
  const AsOf as_of = *parse_as_of("2025-03-09 18:00", "America/New_York");
  const Library library;
  const testing::Shop shop = testing::random_shop(99, as_of.end, "America/New_York");
  const testing::SlowReader slow(shop, as_of, library);
  for (const auto& [name, engine] : engines()) {
    SCOPED_TRACE(name);
    ASSERT_TRUE(testing::fill(*engine, shop).ok());
    for (const Fact& fact : facts()) {
      const std::string term = std::string(fact.name) + (fact.needs_subject ? "('a')" : "");
      for (const char* is : {" is known", " is unknown"}) {
        const Reading reading = read(term + is);
        ASSERT_TRUE(reading.rule.has_value()) << term;
        const std::set<std::int64_t> right = slow.fitting(*reading.rule);
        EXPECT_EQ(ask(*engine, {.rule = *reading.rule,
                                .as_of = as_of,
                                .library = library,
                                .void_runs = shop.void_runs}),
                  std::vector<std::int64_t>(right.begin(), right.end()))
            << term << is;
      }
    }
  }
}

// A stage is what the limits say in the words of other facts, which count from the end of the day.
TEST(Members, OfAStageFollowTheLimitsOfTheShop) {
  const AsOf as_of = *parse_as_of("2025-06-30", "Asia/Shanghai");
  Library library;
  library.limits = {.first_days = 30,
                    .nurture_orders = 3,
                    .nurture_days = 60,
                    .active_days = 90,
                    .sleeping_days = 100,
                    .returned_days = 60,
                    .potential_days = 50};
  const testing::Shop shop = testing::random_shop(77, as_of.end, "Asia/Shanghai");
  const testing::SlowReader slow(shop, as_of, library);
  const std::string first = "(orders = 1 and days_since_first_order <= 31)";
  const std::string few = "(orders <= 3 and days_since_first_order <= 61)";
  const std::string back = "(days_between_last_orders > 101 and days_since_last_order <= 61)";
  const std::string known =
      "(days_since_registered between 1 and 51 or days_since_did between 1 and 51)";
  const std::pair<std::string, std::string> stages[] = {
      {"potential", "orders = 0 and " + known},
      {"returned", back},
      {"first", first},
      {"nurture", few + " and not " + first},
      {"active",
       "days_since_last_order <= 91 and not " + few + " and not " + first + " and not " + back},
      {"sleeping", "days_since_last_order between 92 and 101"},
      {"lost", "days_since_last_order > 101"}};
  for (const auto& [name, engine] : engines()) {
    SCOPED_TRACE(name);
    ASSERT_TRUE(testing::fill(*engine, shop).ok());
    std::size_t kinds = 0;
    for (const auto& [stage, words] : stages) {
      const std::set<std::int64_t> right = slow.fitting(*read(words).rule);
      const Rule rule = *read("stage = '" + stage + "'").rule;
      kinds += right.empty() ? 0U : 1U;
      EXPECT_EQ(
          ask(*engine,
              {.rule = rule, .as_of = as_of, .library = library, .void_runs = shop.void_runs}),
          std::vector<std::int64_t>(right.begin(), right.end()))
          << stage;
    }
    EXPECT_GE(kinds, 6U);
  }
}

// Scores compare with everybody who has such orders, whoever else the rule wants.
TEST(Members, OfScoresFollowFromTheNumbersOfAllBuyers) {
  const AsOf as_of = *parse_as_of("2025-06-30", "Asia/Shanghai");
  const Library library = small_library();
  const char* const rules[] = {
      "rfm_recency_score >= 4 and rfm_frequency_score <= 2",
      "rfm_monetary_score between 2 and 4 and in_segment('base')",
      "rfm_segment = '重要挽留' or rfm_segment = 'General To Keep'",
      "not rfm_segment in ('重要价值客户', 'General to win back')",
      "rfm_recency_score(last 60 days) is known",
      "rfm_frequency_score(where channel != 'b') > 2 or rfm_frequency_score = 1",
      "top 4 of (orders < 5) by rfm_monetary_score"};
  std::size_t fitting = 0, unscored = 0;
  for (const std::uint64_t seed : {41U, 42U, 43U}) {
    const testing::Shop shop = testing::random_shop(seed, as_of.end, "Asia/Shanghai");
    const testing::SlowReader slow(shop, as_of, library);
    const auto all = slow.fitting(*read("rfm_segment is known").rule);
    unscored += all.empty() ? 1U : 0U;
    for (const auto& [name, engine] : engines()) {
      SCOPED_TRACE(name);
      ASSERT_TRUE(testing::fill(*engine, shop).ok());
      for (const char* text : rules) {
        const Reading reading = read(text);
        ASSERT_TRUE(reading.rule.has_value()) << text;
        const std::set<std::int64_t> right = slow.fitting(*reading.rule);
        fitting += right.size();
        EXPECT_EQ(ask(*engine, {.rule = *reading.rule,
                                .as_of = as_of,
                                .library = library,
                                .void_runs = shop.void_runs}),
                  std::vector<std::int64_t>(right.begin(), right.end()))
            << text;
      }
    }
  }
  EXPECT_GT(fitting, 40U);
  EXPECT_LT(unscored, 3U);
}

TEST(Members, AreCountedWithWhatTheyBoughtAndListed) {
  const AsOf as_of = *parse_as_of("2025-06-30", "Asia/Shanghai");
  const Library library = small_library();
  const testing::Shop shop = testing::random_shop(5, as_of.end, "Asia/Shanghai");
  const testing::SlowReader slow(shop, as_of, library);
  const Rule rule = *read("in_segment('more') or top 3 by net_amount").rule;
  for (const auto& [name, engine] : engines()) {
    SCOPED_TRACE(name);
    ASSERT_TRUE(testing::fill(*engine, shop).ok());
    const Question question{
        .rule = rule, .as_of = as_of, .library = library, .void_runs = shop.void_runs};
    const auto counted = count(*engine, question);
    ASSERT_TRUE(counted.ok()) << describe(counted.error());
    const auto list = customers(*engine, question, 1000);
    ASSERT_TRUE(list.ok()) << describe(list.error());
    EXPECT_EQ(counted->everyone, static_cast<std::int64_t>(slow.everyone().size()));
    EXPECT_EQ(counted->customers, static_cast<std::int64_t>(slow.fitting(rule).size()));
    ASSERT_EQ(counted->customers, static_cast<std::int64_t>(list->rows()));
    std::int64_t net = 0;
    for (std::size_t row = 0; row < list->rows(); ++row) {
      net += *list->integer("net_minor", row);
      EXPECT_EQ(list->text("customer_key", row),
                "c" + std::to_string(*list->integer("customer_id", row)));
      if (row > 0) {
        EXPECT_LE(*list->integer("net_minor", row), *list->integer("net_minor", row - 1));
      }
    }
    EXPECT_EQ(counted->net_minor, net);
    EXPECT_EQ(customers(*engine, question, 2)->rows(), 2U);
  }
}

// Shops with joined accounts: the amounts and texts of the few are those of everyone's list.
TEST(Members, ArePreviewedInOnePassAsTheyAreCountedAndListed) {
  const AsOf as_of = *parse_as_of("2025-06-30", "Asia/Shanghai");
  const Library library = small_library();
  std::size_t shown = 0;
  for (const std::uint64_t seed : {5U, 6U, 7U}) {
    const testing::Shop shop = testing::random_shop(seed, as_of.end, "Asia/Shanghai");
    for (const auto& [name, engine] : engines()) {
      ASSERT_TRUE(testing::fill(*engine, shop).ok());
      for (const char* text : {"everyone", "in_segment('more') or top 3 by net_amount",
                               "orders = 0", "orders > 1000", "did('a', last 200 days)"}) {
        SCOPED_TRACE(name + " " + text);
        const Rule rule = *read(text).rule;
        const Question question{
            .rule = rule, .as_of = as_of, .library = library, .void_runs = shop.void_runs};
        const auto previewed = preview(*engine, question, 4);
        ASSERT_TRUE(previewed.ok()) << describe(previewed.error());
        const auto counted = count(*engine, question);
        const auto listed = customers(*engine, question, 4);
        EXPECT_EQ(previewed->count.customers, counted->customers);
        EXPECT_EQ(previewed->count.net_minor, counted->net_minor);
        EXPECT_EQ(previewed->count.everyone_net_minor, counted->everyone_net_minor);
        EXPECT_EQ(engine::testing::lines(previewed->examples), engine::testing::lines(*listed));
        EXPECT_EQ(previewed->examples.columns.back().type, ColumnType::date);
        shown += previewed->examples.rows();
      }
    }
  }
  EXPECT_GT(shown, 30U);
}

/// Values with their rows, the most frequent first, counted by hand.
using Counted = std::vector<std::pair<std::string, std::int64_t>>;
Counted counted_by_hand(const testing::Shop& shop, const char* table, const char* column,
                        const std::string& part) {
  std::map<std::string, std::int64_t> found;
  for (const testing::Row& row : shop.tables.at(table)) {
    const auto cell = row.find(column);
    if (cell == row.end() || !std::holds_alternative<std::string>(cell->second)) continue;
    const std::string& value = std::get<std::string>(cell->second);
    if (!value.empty() && value.find(part) != std::string::npos) ++found[value];
  }
  Counted counted(found.begin(), found.end());
  std::stable_sort(counted.begin(), counted.end(),
                   [](const auto& a, const auto& b) { return a.second > b.second; });
  return counted;
}

TEST(Values, AreThoseOfTheDataMostFrequentFirst) {
  struct Case {
    ValuesQuestion question;
    const char* table;
    const char* column;
  };
  const std::vector<Case> cases{
      {{.fact = "orders", .field = "渠道"}, "orders", "channel"},
      {{.fact = "bought"}, "order_lines", "category"},
      {{.fact = "购买", .field = "product"}, "order_lines", "product_key"},
      {{.fact = "did"}, "events", "name"},
      {{.fact = "viewed", .part = "猫"}, "events", "category"},
      {{.fact = "complaints"}, "tickets", "reason"},
      {{.fact = "survey_score"}, "surveys", "kind"},
      {{.fact = "customer_region"}, "customers", "region"},
      {{.fact = "has_key"}, "identities", "kind"}};
  const testing::Shop shop = testing::random_shop(5, Date{20270}, "Asia/Shanghai");
  for (const auto& [name, engine] : engines()) {
    SCOPED_TRACE(name);
    ASSERT_TRUE(testing::fill(*engine, shop).ok());
    std::size_t seen = 0;
    for (Case each : cases) {
      SCOPED_TRACE(each.question.fact + " " + each.question.field);
      each.question.most = 3;
      const auto listed = values(*engine, each.question);
      ASSERT_TRUE(listed.ok()) << describe(listed.error());
      Counted right = counted_by_hand(shop, each.table, each.column, each.question.part);
      if (right.size() > 3) right.resize(3);
      Counted got;
      for (std::size_t row = 0; row < listed->rows(); ++row) {
        got.emplace_back(*listed->text("value", row), *listed->integer("found", row));
      }
      EXPECT_EQ(got, right);
      seen += got.size();
    }
    EXPECT_GT(seen, 12U);
    const auto known = values(*engine, {.fact = "八分群", .part = "挽留", .most = 9});
    ASSERT_TRUE(known.ok()) << describe(known.error());
    ASSERT_EQ(known->rows(), 2U);
    EXPECT_EQ(known->text("value", 0), "重要挽留客户");
    EXPECT_FALSE(known->integer("found", 0).has_value());
    for (const ValuesQuestion& wrong :
         {ValuesQuestion{.fact = "ordrs"}, ValuesQuestion{.fact = "orders"},
          ValuesQuestion{.fact = "customer_name"},
          ValuesQuestion{.fact = "orders", .field = "amount"},
          ValuesQuestion{.fact = "orders", .field = "product"}}) {
      EXPECT_EQ(values(*engine, wrong).error().code, Code::invalid_input) << wrong.fact;
    }
  }
}

TEST(Members, OfAMissingOrCircularSegmentAreRefused) {
  Library library;
  library.rules.emplace("a", *read("in_segment('b')").rule);
  library.rules.emplace("b", *read("not in_segment('a')").rule);
  const AsOf as_of = *parse_as_of("2025-06-30", "Asia/Shanghai");
  const Rule circle = *read("in_segment('a')").rule;
  const Rule missing = *read("in_segment('c')").rule;
  for (const auto& [name, engine] : engines()) {
    ASSERT_TRUE(testing::fill(*engine, {}).ok());
    const auto first = count(*engine, {.rule = circle, .as_of = as_of, .library = library});
    ASSERT_FALSE(first.ok());
    EXPECT_EQ(first.error().code, Code::conflict);
    EXPECT_NE(first.error().message.find("'a' → 'b' → 'a'"), std::string::npos)
        << first.error().message;
    EXPECT_EQ(count(*engine, {.rule = missing, .as_of = as_of, .library = library}).error().code,
              Code::not_found);
    const Rule everyone = *read("everyone").rule;
    const auto none = count(*engine, {.rule = everyone, .as_of = as_of, .library = library});
    ASSERT_TRUE(none.ok()) << describe(none.error());
    EXPECT_EQ(none->everyone, 0);
  }
}

}  // namespace
}  // namespace huitou::segments
