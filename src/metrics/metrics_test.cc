#include "metrics/metrics.h"

#include <gtest/gtest.h>

#include <set>

#include "metrics/buckets.h"
#include "metrics/card_text.h"

namespace huitou::metrics {
namespace {

Date day(std::string_view text) { return parse_date(text).value(); }

TEST(Catalogue, EveryMetricSaysWhatItMeansInBothLanguages) {
  std::set<std::string_view> names;
  for (const Metric* metric : all()) {
    EXPECT_TRUE(names.insert(metric->card.name).second) << metric->card.name;
    for (const Words& words : {metric->card.title, metric->card.question, metric->card.method}) {
      EXPECT_FALSE(words.en.empty()) << metric->card.name;
      EXPECT_FALSE(words.zh.empty()) << metric->card.name;
    }
    EXPECT_EQ(metric->family.empty(), metric->differs.en.empty()) << metric->card.name;
  }
}

// Given each name that a metric bears, nothing but that metric should be found.
TEST(Catalogue, NamesLeadToOneMetric) {
  for (const Metric* metric : all()) {
    std::vector<std::string_view> called = metric->aliases;
    called.push_back(metric->card.name);
    called.push_back(metric->card.title.en);
    called.push_back(metric->card.title.zh);
    for (const std::string_view name : called) {
      ASSERT_TRUE(find(name).ok()) << name;
      EXPECT_EQ((*find(name))->card.name, metric->card.name) << name;
    }
  }
  EXPECT_EQ((*find("复购率"))->card.name, "repurchase_rate");
  EXPECT_EQ((*find("rr-ret"))->card.name, "returning_customer_rate");
  EXPECT_EQ((*find("AOV"))->card.name, "average_order_value");
}

TEST(Catalogue, NamesTheNearestOfAnUnknownOne) {
  const auto found = find("repurchse_rate");
  ASSERT_FALSE(found.ok());
  EXPECT_EQ(found.error().code, Code::not_found);
  EXPECT_NE(found.error().hint.find("repurchase_rate"), std::string::npos) << found.error().hint;
  EXPECT_FALSE(found.error().message_zh.empty());
}

TEST(Catalogue, FamiliesGatherTheDefinitionsOfAWord) {
  const auto repurchase = family("复购率");
  ASSERT_TRUE(repurchase.ok());
  EXPECT_GE(repurchase->size(), 10U);
  EXPECT_EQ(family("average_order_value")->size(), 2U);
  EXPECT_EQ(family("orders")->size(), 1U);
  EXPECT_FALSE(family("nonsense").ok());
}

TEST(CardText, RefusesWhatItDoesNotKnow) {
  EXPECT_THROW(read_card("-- metric  x\n-- titel x | y\n1 AS value\n"), Bug);
  EXPECT_THROW(read_card("-- metric  x\n-- title only one\n1 AS value\n"), Bug);
  EXPECT_THROW(read_card("-- metric  x\ncount() AS numerator\n"), Bug);
  EXPECT_THROW(read_card("-- metric  x\n1 AS value,\n2 AS other\n"), Bug);
  EXPECT_EQ(read_card("-- metric x\n-- unit days\n1 AS value\n").unit, Unit::days);
}

TEST(Buckets, AreCalendarStepsCutAtTheEdges) {
  const auto buckets = buckets_of({day("2024-01-15"), day("2024-03-10")}, Granularity::month);
  ASSERT_EQ(buckets.size(), 3U);
  EXPECT_EQ(buckets[0].key, day("2024-01-01"));
  EXPECT_EQ(buckets[0].span.from, day("2024-01-15"));
  EXPECT_EQ(buckets[2].span.to, day("2024-03-10"));
  EXPECT_EQ(buckets_of({day("2024-01-15"), day("2024-03-10")}, {}).size(), 1U);
}

TEST(Comparison, KeepsWholeMonthsWhole) {
  const Period march{day("2024-03-01"), day("2024-04-01")};
  const Period before = compared_period(march, Comparison::previous_period);
  EXPECT_EQ(format_date(before.from), "2024-02-01");
  EXPECT_EQ(format_date(before.to), "2024-03-01");
  const Period ten{day("2024-03-11"), day("2024-03-21")};
  EXPECT_EQ(format_date(compared_period(ten, Comparison::previous_period).from), "2024-03-01");
  EXPECT_EQ(format_date(compared_period(march, Comparison::same_period_last_year).from),
            "2023-03-01");
}

Question january() {
  Question question;
  question.metrics = {find("repurchase_rate").value()};
  question.period = {day("2024-01-01"), day("2024-02-01")};
  return question;
}

TEST(Compile, PutsMetricsOfOneRelationIntoOneQuery) {
  Question question = january();
  for (const char* name : {"buyers", "amount", "refund_rate"}) {
    question.metrics.push_back(find(name).value());
  }
  const auto compiled = compile(question, day("2024-03-01"));
  ASSERT_TRUE(compiled.ok()) << compiled.error().message;
  ASSERT_EQ(compiled->parts.size(), 2U);
  EXPECT_EQ(compiled->parts[0].metrics, (std::vector<std::size_t>{0, 1, 2}));
  EXPECT_EQ(compiled->parts[1].status, StatusPolicy::paid);
}

// Given a day of knowledge inside the period, nothing of it or later should be read.
TEST(Compile, ReadsNothingOfTheDayOfKnowledge) {
  for (const Metric* metric : all()) {
    Question question = january();
    question.metrics = {metric};
    const auto compiled = compile(question, day("2024-01-20"));
    ASSERT_TRUE(compiled.ok());
    EXPECT_LE(std::get<Date>(compiled->parts[0].query.params.at("to")), day("2024-01-20"));
  }
}

void expect_refused(const Question& question, std::string_view message) {
  const auto compiled = compile(question, day("2025-01-01"));
  ASSERT_FALSE(compiled.ok()) << message;
  EXPECT_EQ(compiled.error().message, message);
  EXPECT_FALSE(compiled.error().hint.empty());
  EXPECT_FALSE(compiled.error().message_zh.empty());
}

TEST(Compile, RefusesWhatCannotBeAsked) {
  Question question = january();
  question.period.to = question.period.from;
  expect_refused(question, "The period 2024-01-01 – 2024-01-01 has no days that can be asked for.");
  question = january();
  question.dimensions = {"colour"};
  expect_refused(question, "There is no dimension 'colour'.");
  question.dimensions = {"product_key"};
  expect_refused(question, "The dimension 'product_key' belongs to order lines.");
  question.dimensions = {"channel", "channel"};
  expect_refused(question, "The dimension 'channel' is given twice.");
  question = january();
  question.filters = {{"channel", {}}};
  expect_refused(question, "The filter on 'channel' has no value.");
  question = january();
  question.switches.days = 0;
  expect_refused(question, "days is 0.");
  question = january();
  question.metrics.clear();
  expect_refused(question, "No metric is asked for.");
  question = january();
  question.period = {kFirstDate, day("2024-01-01")};
  question.by = Granularity::day;
  EXPECT_EQ(compile(question, day("2025-01-01")).error().code, Code::limit_reached);
}

TEST(Explain, NamesFormulaSwitchesAndQuery) {
  const auto answer =
      explain(january(), {day("2023-01-01"), day("2024-05-01"), 12, "v7"}, Language::en);
  ASSERT_TRUE(answer.ok()) << answer.error().message;
  std::string text;
  for (std::size_t row = 0; row < answer->frame.rows(); ++row) {
    text += *answer->frame.text("item", row) + ": " + *answer->frame.text("text", row) + "\n";
  }
  for (const char* part : {"formula: customers with ≥ 2 orders", "status = net",
                           "merge_days = false", "FROM orders", "version v7", "as_of 2024-05-02"}) {
    EXPECT_NE(text.find(part), std::string::npos) << part << " in\n" << text;
  }
}

}  // namespace
}  // namespace huitou::metrics
