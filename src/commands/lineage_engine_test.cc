// The lineage of analyses and of the profile, read from their queries over a small demo shop.

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <set>

#include "analyses/analyses.h"
#include "commands/commands.h"
#include "profile/profile.h"

namespace huitou::commands {
namespace {

class LineageTest : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    home_ = testing::TempDir() + "huitou_lineage_" + std::to_string(getpid());
    auto opened = open_shop(home_);
    ASSERT_TRUE(opened.ok()) << describe(opened.error());
    shop_ = std::move(*opened);
    const auto made = run("demo", {{"customers", {"600"}}});
    ASSERT_TRUE(made.ok()) << describe(made.error());
    std::vector<std::string> files;
    for (const char* name : {"orders", "order_lines", "customers", "products", "stores", "surveys",
                             "tickets", "events"}) {
      files.push_back(home_ + "/demo/" + name + ".csv");
    }
    const auto loaded = run("load", {{"files", files}});
    ASSERT_TRUE(loaded.ok()) << describe(loaded.error());
  }
  static void TearDownTestSuite() {
    shop_.reset();
    std::filesystem::remove_all(home_);
  }
  static Result<Answer> run(std::string_view command, RawArgs args) {
    return commands::run(*shop_, {command, std::move(args), Language::en}, Progress());
  }
  /// "kind name" of what an edge comes from.
  static std::set<std::string> sources(const Answer& answer) {
    std::set<std::string> out;
    for (std::size_t row = 0; row < answer.frame.rows(); ++row) {
      out.insert(*answer.frame.text("from_kind", row) + " " + *answer.frame.text("from", row));
    }
    return out;
  }
  static std::set<std::string> analyses_after(const std::string& column) {
    return after(column, "analysis");
  }
  static std::set<std::string> after(const std::string& column, const std::string& kind) {
    const auto answer = run("lineage column", {{"column", {column}}});
    EXPECT_TRUE(answer.ok()) << (answer.ok() ? "" : describe(answer.error()));
    std::set<std::string> out;
    for (std::size_t row = 0; answer.ok() && row < answer->frame.rows(); ++row) {
      if (answer->frame.text("to_kind", row) == kind) {
        out.insert(*answer->frame.text("to", row));
      }
    }
    return out;
  }

  static std::string home_;
  static std::unique_ptr<Shop> shop_;
};
std::string LineageTest::home_;
std::unique_ptr<Shop> LineageTest::shop_;

TEST_F(LineageTest, EveryAnalysisHasColumnsAndFiles) {
  std::size_t known = 0;
  for (const analyses::Analysis* analysis : analyses::all()) {
    const std::string name(analysis->card.name);
    const auto answer = run("lineage analysis", {{"analysis", {name}}});
    if (!answer.ok() && answer.error().code == Code::not_enough_data) continue;  // a small shop
    ++known;
    ASSERT_TRUE(answer.ok()) << name << ": " << describe(answer.error());
    const std::set<std::string> from = sources(*answer);
    const auto has = [&](const std::string& kind) {
      return std::any_of(from.begin(), from.end(),
                         [&](const std::string& one) { return one.starts_with(kind + " "); });
    };
    EXPECT_TRUE(has("column")) << name;
    if (analysis->of_orders) {
      EXPECT_TRUE(from.contains("column orders.status")) << name;
      EXPECT_TRUE(from.contains("column orders.ordered_on")) << name;
    }
  }
  EXPECT_GE(known, 12U);
}

TEST_F(LineageTest, AColumnNamesTheAnalysesThatNeedIt) {
  EXPECT_TRUE(analyses_after("orders.discount_minor").contains("price_sensitivity"));
  EXPECT_FALSE(analyses_after("orders.discount_minor").contains("rfm"));
  EXPECT_TRUE(analyses_after("surveys.score").contains("nps"));
  EXPECT_FALSE(analyses_after("surveys.score").contains("rfm"));
  EXPECT_TRUE(analyses_after("orders.customer_id").contains("rfm"));
  // Asked again, it comes from what was kept.
  EXPECT_TRUE(analyses_after("orders.customer_id").contains("rfm"));
}

TEST_F(LineageTest, EveryColumnOfTheProfileIsMadeOfSome) {
  for (const profile::Feature& feature : profile::features()) {
    const auto answer = run("lineage profile", {{"profile", {feature.column}}});
    ASSERT_TRUE(answer.ok()) << feature.column << ": " << describe(answer.error());
    // Who is a customer is made of orders and registrations; the rest is the column's own.
    EXPECT_TRUE(sources(*answer).contains("column customers.registered_on")) << feature.column;
    EXPECT_TRUE(sources(*answer).contains("source_column customers.csv: registered_on"))
        << feature.column;
  }
  const auto has = [](const char* column, const std::string& from) {
    const auto answer = run("lineage profile", {{"profile", {column}}});
    return answer.ok() && sources(*answer).contains(from);
  };
  EXPECT_TRUE(has("margin_minor_90d", "column orders.cost_minor"));
  EXPECT_TRUE(has("margin_minor_90d", "source_column products.csv: cost"));
  EXPECT_FALSE(has("net_minor_90d", "column orders.cost_minor"));
  EXPECT_FALSE(has("orders_30d", "column orders.net_minor"));
  EXPECT_FALSE(has("registered_on", "column orders.cost_minor"));
  EXPECT_TRUE(has("categories_365d", "column order_lines.category"));
  EXPECT_FALSE(has("categories_365d", "column tickets.ticket_key"));
  EXPECT_TRUE(has("nps_score", "column surveys.score"));
}

TEST_F(LineageTest, AColumnNamesTheColumnsOfTheProfileThatNeedIt) {
  EXPECT_EQ(after("orders.cost_minor", "profile"), (std::set<std::string>{"margin_minor"}));
  // Its first window stands for a column that has no other.
  EXPECT_TRUE(after("events.occurred_on", "profile").contains("active_days_7d"));
  EXPECT_FALSE(after("events.occurred_on", "profile").contains("active_days_30d"));
  const auto answer = run("lineage column", {{"column", {"orders.cost_minor"}}});
  ASSERT_TRUE(answer.ok());
  EXPECT_NE(answer->notes.front().text.en.find("5 columns of the customer profile"),
            std::string::npos)
      << answer->notes.front().text.en;
}

TEST_F(LineageTest, WhatIsNotThereIsAnError) {
  const auto analysis = run("lineage analysis", {{"analysis", {"rmf"}}});
  ASSERT_FALSE(analysis.ok());
  EXPECT_EQ(analysis.error().code, Code::not_found);
  const auto column = run("lineage profile", {{"profile", {"net_minor_31d"}}});
  ASSERT_FALSE(column.ok());
  EXPECT_EQ(column.error().code, Code::not_found);
}

}  // namespace
}  // namespace huitou::commands
