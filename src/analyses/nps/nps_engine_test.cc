// NPS by store and product on every engine, counted again by hand.

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>

#include "analyses/test_engines.h"
#include "math/promoters.h"
#include "math/random.h"
#include "schema/testing.h"

namespace huitou::analyses {
namespace {

using engine::testing::integers;
using engine::testing::texts;

struct Given {
  std::int64_t customer = 0;
  std::int64_t day = 0;
  std::int64_t score = 0;
  std::string store;
  std::string product;
};
using Answers = std::vector<Given>;

/// Answers by store; every second one names a product.
class Asked {
 public:
  Answers answers;

  void ask(const char* store, int many, std::uint32_t from) {
    for (int i = 0; i < many; ++i) {
      answers.push_back({.customer = 1 + rng_.below(30),
                         .day = 20000 + rng_.below(60),
                         .score = from + rng_.below(11 - from),
                         .store = store,
                         .product = i % 2 == 0 ? "" : "p" + std::to_string(rng_.below(4))});
    }
  }

 private:
  Rng rng_{9};
};

Answers six_stores() {
  Asked asked;
  asked.ask("east", 80, 6);
  asked.ask("west", 60, 0);
  asked.ask("north", 40, 2);
  asked.ask("tiny", 7, 0);
  asked.ask("small", 9, 0);
  asked.ask("", 25, 0);
  return std::move(asked.answers);
}

math::Promoters promoters_of(const Answers& answers,
                             const std::function<bool(const Given&)>& counts) {
  math::Promoters out;
  for (const Given& answer : answers) {
    if (counts(answer)) out.add(answer.score, 1);
  }
  return out;
}

/// The least share of false ones among the tests that are at least as sure as some test that is no
/// surer than this one.
double rate_by_hand(const std::vector<double>& p_values, double p) {
  double q = 1;
  for (const double limit : p_values) {
    if (limit < p) continue;
    const auto as_sure = std::count_if(p_values.begin(), p_values.end(),
                                       [&](double other) { return other <= limit; });
    q = std::min(q, static_cast<double>(p_values.size()) * limit / static_cast<double>(as_sure));
  }
  return q;
}

class NpsEngine : public EnginesTest {
 protected:
  static void put_answers(engine::Engine& engine, const Answers& answers) {
    ASSERT_TRUE(put_orders(engine, {{1, Date{20100}, 100}}).ok());
    std::vector<std::int64_t> customers, days, at, scores;
    std::vector<std::string> keys, kinds, stores, products;
    for (const Given& answer : answers) {
      keys.push_back("Q" + std::to_string(keys.size()));
      kinds.emplace_back("nps");
      customers.push_back(answer.customer);
      days.push_back(answer.day);
      at.push_back(answer.day * 24 * 3600 + static_cast<std::int64_t>(keys.size()));
      scores.push_back(answer.score);
      stores.push_back(answer.store);
      products.push_back(answer.product);
    }
    ASSERT_TRUE(engine.truncate_table("surveys").ok());
    schema::testing::put(
        engine, "surveys",
        {texts("survey_key", keys), integers("customer_id", customers), texts("kind", kinds),
         integers("score", scores), integers("answered_at", at, ColumnType::time),
         integers("answered_on", days, ColumnType::date), texts("product_key", products),
         texts("store_key", stores)});
  }
};

// Each store stands beside the answers of all other stores, the one that does best first.
TEST_F(NpsEngine, ComparesEachStoreWithAllOthers) {
  const Answers answers = six_stores();
  for (auto& engine : engines()) {
    SCOPED_TRACE(engine.name);
    put_answers(*engine.engine, answers);
    const Answer found = ask(*engine.engine, "nps", {{"by", {"store"}}});
    const Frame& frame = found.frame;
    ASSERT_EQ(frame.rows(), 5U);
    std::vector<double> p_values;
    for (std::size_t row = 0; row < 3; ++row) {
      const std::string store = *frame.text("part", row);
      const math::Promoters own =
          promoters_of(answers, [&](const Given& one) { return one.store == store; });
      const math::Promoters rest = promoters_of(
          answers, [&](const Given& one) { return !one.store.empty() && one.store != store; });
      EXPECT_EQ(frame.integer("answers", row), own.answers());
      EXPECT_EQ(frame.integer("promoters", row), own.promoters);
      const auto difference = math::net_difference(own, rest);
      EXPECT_DOUBLE_EQ(*frame.real("difference", row), difference->value);
      EXPECT_DOUBLE_EQ(*frame.real("difference_low", row), difference->interval.low);
      EXPECT_DOUBLE_EQ(*frame.real("difference_high", row), difference->interval.high);
      p_values.push_back(difference->p);
      EXPECT_LE(*frame.real("nps", row), row == 0 ? 100 : *frame.real("nps", row - 1));
    }
    for (std::size_t row = 0; row < 3; ++row) {
      EXPECT_NEAR(*frame.real("q", row), rate_by_hand(p_values, p_values[row]), 1e-12);
    }
    EXPECT_EQ(found.notes.at(0).code, "many_comparisons");
  }
}

TEST_F(NpsEngine, ShowsNoStoreWithFewAnswersByItself) {
  const Answers answers = six_stores();
  for (auto& engine : engines()) {
    SCOPED_TRACE(engine.name);
    put_answers(*engine.engine, answers);
    const Answer found = ask(*engine.engine, "nps", {{"by", {"store"}}});
    EXPECT_EQ(found.frame.text("part", 3), "(the others together)");
    EXPECT_EQ(found.frame.integer("answers", 3), 16);
    EXPECT_FALSE(found.frame.real("difference", 3).has_value());
    EXPECT_EQ(found.frame.text("part", 4), "(none)");
    EXPECT_EQ(found.frame.integer("answers", 4), 25);
    EXPECT_EQ(found.notes.at(1).code, "small_groups");
    const Frame fewer = ask(*engine.engine, "nps", {{"by", {"store"}}, {"least", {"50"}}}).frame;
    ASSERT_EQ(fewer.rows(), 3U);  // 25 without a store are too few
    EXPECT_EQ(fewer.integer("answers", 2), 56);
    EXPECT_EQ(refuse(*engine.engine, "nps", {{"by", {"store"}}, {"least", {"500"}}}).code,
              Code::not_enough_data);
    EXPECT_EQ(refuse(*engine.engine, "nps", {{"by", {"store"}}, {"least", {"4"}}}).code,
              Code::invalid_input);
  }
}

TEST_F(NpsEngine, CountsProductsAndThePersonsOfStores) {
  const Answers answers = six_stores();
  for (auto& engine : engines()) {
    SCOPED_TRACE(engine.name);
    put_answers(*engine.engine, answers);
    const Frame products = ask(*engine.engine, "nps", {{"by", {"product"}}}).frame;
    EXPECT_EQ(products.rows(), 5U);
    for (std::size_t row = 0; row < products.rows(); ++row) {
      const std::string product = *products.text("part", row);
      EXPECT_EQ(products.integer("answers", row),
                std::count_if(answers.begin(), answers.end(), [&](const Given& one) {
                  return one.product == (product == "(none)" ? "" : product);
                }))
          << product;
    }
    std::map<std::int64_t, const Given*> last;
    for (const Given& one : answers) {
      const Given*& held = last[one.customer];
      if (held == nullptr || held->day <= one.day) held = &one;
    }
    const Frame latest =
        ask(*engine.engine, "nps", {{"by", {"store"}}, {"count", {"latest"}}, {"least", {"5"}}})
            .frame;
    ASSERT_GT(latest.rows(), 1U);
    for (std::size_t row = 0; row < latest.rows(); ++row) {
      const std::string store = *latest.text("part", row);
      if (store.starts_with("(")) continue;
      EXPECT_EQ(latest.integer("answers", row),
                std::count_if(last.begin(), last.end(),
                              [&](const auto& one) { return one.second->store == store; }))
          << store;
    }
  }
}

}  // namespace
}  // namespace huitou::analyses
