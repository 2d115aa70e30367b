#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "analyses/test_engines.h"

// Laws that hold for every analysis and every choice of its parameters.

namespace huitou::analyses {
namespace {

/// Everything a person sees, as text.
std::string text_of(const Answer& answer) {
  std::string text;
  for (const std::string& line : engine::testing::lines(answer.frame)) {
    text += line + "\n";
  }
  for (const Note& note : answer.notes) {
    text += note.code + ": " + note.text.en + note.text.zh + "\n";
  }
  return text;
}

/// Defaults, and each other value of each choice.
std::vector<Values> variants(const Analysis& analysis) {
  std::vector<Values> all{{}};
  for (const Param& param : analysis.params) {
    for (const std::string_view choice : param.choices) {
      if (choice != param.fallback) {
        all.push_back({{std::string(param.name), {std::string(choice)}}});
      }
    }
  }
  for (Values& values : all) {
    values["rules"] = {"Best: r 4-5, m 4-5; Rest:"};
    if (values.count("counted") == 0 && values.count("returning") == 0) {
      values["status"] = {"paid"};
    }
  }
  return all;
}

class Laws : public EnginesTest {
 protected:
  /// The answer, or why there is none.
  static std::string told(engine::Engine& engine, std::string_view name, const Values& values) {
    const Result<Answer> answer = try_ask(engine, name, values);
    return answer.ok() ? text_of(*answer) : describe(answer.error());
  }

  static std::vector<std::string> all_answers(engine::Engine& engine, const std::string& as_of) {
    std::vector<std::string> answers;
    for (const Analysis* analysis : all()) {
      std::size_t without = 0;
      const std::vector<Values> asked = variants(*analysis);
      for (Values values : asked) {
        values["as_of"] = {as_of};
        without += try_ask(engine, analysis->card.name, values).ok() ? 0U : 1U;
        answers.push_back(told(engine, analysis->card.name, values));
      }
      EXPECT_LT(without, asked.size()) << analysis->card.name;
    }
    return answers;
  }

  /// Whose answers say something of everybody, whatever they ordered: a rule finds customers
  /// without a counted order, a refund is one whoever ordered.
  static bool knows_no_strangers(const Analysis& analysis) {
    return analysis.card.name == "portrait" || analysis.card.name == "anomalies";
  }
};

const Date kAsOf{20200};

TEST_F(Laws, OrdersOfTheDayOrLaterChangeNothing) {
  const TestOrders orders = random_orders(21);
  TestOrders known;
  for (const TestOrder& order : orders) {
    if (order.ordered_on < kAsOf) {
      known.push_back(order);
    }
  }
  ASSERT_LT(known.size(), orders.size());
  for (auto& engine : engines()) {
    SCOPED_TRACE(engine.name);
    ASSERT_TRUE(put_orders(*engine.engine, known).ok());
    const auto before = all_answers(*engine.engine, format_date(kAsOf));
    TestOrders more = orders;
    more.push_back({1, kAsOf, 12345});
    ASSERT_TRUE(put_orders(*engine.engine, more).ok());
    EXPECT_EQ(all_answers(*engine.engine, format_date(kAsOf)), before);
  }
}

TEST_F(Laws, TheOrderOfRowsChangesNothing) {
  TestOrders orders = random_orders(22);
  for (auto& engine : engines()) {
    SCOPED_TRACE(engine.name);
    ASSERT_TRUE(put_orders(*engine.engine, orders).ok());
    const auto before = all_answers(*engine.engine, format_date(kAsOf));
    std::shuffle(orders.begin(), orders.end(), std::mt19937_64(5));
    ASSERT_TRUE(put_orders(*engine.engine, orders).ok());
    EXPECT_EQ(all_answers(*engine.engine, format_date(kAsOf)), before);
  }
}

// Orders that the policy does not count, and those of nobody, change a note at most.
TEST_F(Laws, StrangersChangeNothing) {
  TestOrders orders;
  for (const TestOrder& order : random_orders(23)) {
    if (order.customer_id != 0) {
      orders.push_back(order);
    }
  }
  const Date first = std::min_element(orders.begin(), orders.end(), [](auto& a, auto& b) {
                       return a.ordered_on < b.ordered_on;
                     })->ordered_on;
  for (auto& engine : engines()) {
    SCOPED_TRACE(engine.name);
    ASSERT_TRUE(put_orders(*engine.engine, orders).ok());
    const Values values{{"as_of", {format_date(kAsOf)}}};
    std::vector<std::string> before;
    for (const Analysis* analysis : all()) {
      before.push_back(text_of(ask(*engine.engine, analysis->card.name, values)));
    }
    TestOrders more = orders;
    more.push_back({1, first, 777, 1});
    more.push_back({900, first, 777, 4});
    more.push_back({901, first, 777, 5, 777});
    more.push_back({0, Date{first.days + 3}, 777});
    ASSERT_TRUE(put_orders(*engine.engine, more).ok());
    for (std::size_t i = 0; i < all().size(); ++i) {
      if (knows_no_strangers(*all()[i])) continue;
      Answer after = ask(*engine.engine, all()[i]->card.name, values);
      if (!all()[i]->of_orders) {
        EXPECT_EQ(text_of(after), before[i]) << all()[i]->card.name;
        continue;
      }
      EXPECT_EQ(after.notes.back().code, "orders_without_customer");
      after.notes.pop_back();
      EXPECT_EQ(text_of(after), before[i]) << all()[i]->card.name;
    }
  }
}

// A filter gives the answer of a shop that has only the orders that match it.
TEST_F(Laws, AFilterLeavesTheOtherOrdersOut) {
  const TestOrders orders = random_orders(27);
  TestOrders online;
  for (const TestOrder& order : orders) {
    if (order.channel == "web") {
      online.push_back(order);
    }
  }
  for (auto& engine : engines()) {
    SCOPED_TRACE(engine.name);
    const Values values{{"as_of", {format_date(kAsOf)}}};
    ASSERT_TRUE(put_orders(*engine.engine, online).ok());
    std::vector<std::string> alone;
    for (const Analysis* analysis : all()) {
      alone.push_back(told(*engine.engine, analysis->card.name, values));
    }
    ASSERT_TRUE(put_orders(*engine.engine, orders).ok());
    for (std::size_t i = 0; i < all().size(); ++i) {
      Values filtered = values;
      filtered["filter"] = {"channel=web"};
      const std::string_view name = all()[i]->card.name;
      if (!all()[i]->of_orders) {
        EXPECT_EQ(refuse(*engine.engine, name, filtered).code, Code::invalid_input);
        continue;
      }
      EXPECT_EQ(told(*engine.engine, name, filtered), alone[i]) << name;
      EXPECT_NE(text_of(ask(*engine.engine, name, values)), alone[i]) << name;
      filtered["filter"] = {"colour=red"};
      EXPECT_EQ(refuse(*engine.engine, name, filtered).message, "There is no dimension 'colour'.");
    }
  }
}

TEST_F(Laws, BothEnginesAnswerAlike) {
  if (engines().size() < 2) {
    GTEST_SKIP() << "needs HUITOU_CLUSTER";
  }
  std::vector<std::vector<std::string>> answers;
  for (auto& engine : engines()) {
    ASSERT_TRUE(put_orders(*engine.engine, random_orders(24)).ok());
    answers.push_back(all_answers(*engine.engine, format_date(kAsOf)));
  }
  EXPECT_EQ(answers[0], answers[1]);
}

TEST_F(Laws, NoOrdersAreNotEnough) {
  for (auto& engine : engines()) {
    SCOPED_TRACE(engine.name);
    ASSERT_TRUE(put_orders(*engine.engine, {}).ok());
    for (const Analysis* analysis : all()) {
      const Error error = refuse(*engine.engine, analysis->card.name, {});
      EXPECT_EQ(error.code, Code::not_enough_data);
      EXPECT_FALSE(error.message_zh.empty());
    }
  }
}

TEST_F(Laws, PromisedColumnsCome) {
  for (auto& engine : engines()) {
    SCOPED_TRACE(engine.name);
    ASSERT_TRUE(put_orders(*engine.engine, random_orders(25)).ok());
    for (const Analysis* analysis : all()) {
      const Answer answer = ask(*engine.engine, analysis->card.name, {});
      ASSERT_EQ(answer.columns.size(), analysis->columns.size());
      ASSERT_EQ(answer.frame.columns.size(), analysis->columns.size());
      for (std::size_t i = 0; i < analysis->columns.size(); ++i) {
        EXPECT_EQ(answer.columns[i].name, analysis->columns[i].name);
        EXPECT_EQ(answer.frame.columns[i].name, analysis->columns[i].name);
        EXPECT_FALSE(answer.columns[i].label.zh.empty());
        EXPECT_FALSE(answer.columns[i].label.en.empty());
        EXPECT_EQ(answer.frame.columns[i].size(), answer.frame.rows());
      }
      EXPECT_EQ(answer.currency, "CNY");
      EXPECT_EQ(answer.view, analysis->card.view);
    }
  }
}

TEST_F(Laws, WrongArgumentsAreRefused) {
  auto& engine = *engines().front().engine;
  ASSERT_TRUE(put_orders(engine, random_orders(26)).ok());
  for (const Analysis* analysis : all()) {
    const auto name = analysis->card.name;
    EXPECT_EQ(refuse(engine, name, {{"as_of", {"2025-02-30"}}}).code, Code::invalid_input);
    EXPECT_EQ(refuse(engine, name, {{"status", {"sold"}}}).hint,
              "Give one of: all, paid, delivered, net.");
    EXPECT_EQ(refuse(engine, name, {{"from", {"2025-01-01"}}, {"to", {"2025-01-01"}}}).code,
              Code::invalid_input);
  }
  EXPECT_EQ(find("funnel").error().hint,
            "There are: rfm, cohort_retention, stickiness, repurchase_interval, lifecycle, "
            "stage_migration, stage_forecast, concentration, repurchase_by_first_purchase, abc, value_activity, "
            "price_sensitivity, rfm_migration, behaviour_clusters, nps, service, "
            "repurchase_after_contact, portrait, anomalies.");
}

}  // namespace
}  // namespace huitou::analyses
