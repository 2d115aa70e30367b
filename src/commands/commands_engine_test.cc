// Every command on a small shop, in this process.

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "commands/commands.h"

namespace huitou::commands {
namespace {

class ShopTest : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    home_ = testing::TempDir() + "huitou_commands_" + std::to_string(getpid());
    auto opened = open_shop(home_);
    ASSERT_TRUE(opened.ok()) << describe(opened.error());
    shop_ = std::move(*opened);
    std::ofstream file(home_ + "/orders.csv");
    file << "order_key,customer_key,ordered_at,net,status,channel\n";
    for (int i = 0; i < 60; ++i) {
      for (int k = 0; k <= i % 5; ++k) {
        file << i << "-" << k << ",c" << i << ",2025-" << (k < 2 ? "0" : "") << 1 + k * 8 % 12
             << "-1" << i % 9 << "," << 10 + i << ".50,paid," << (i % 2 == 0 ? "天猫" : "门店")
             << "\n";
      }
    }
    file.close();
    const auto loaded = run("load", {{"files", {home_ + "/orders.csv"}}});
    ASSERT_TRUE(loaded.ok()) << describe(loaded.error());
    ASSERT_EQ(loaded->frame.integer("rows_loaded", 0), 180);
  }
  static void TearDownTestSuite() {
    shop_.reset();
    std::filesystem::remove_all(home_);
  }
  static Result<Answer> run(std::string_view command, RawArgs args) {
    return commands::run(*shop_, {command, std::move(args), Language::en}, Progress());
  }

  static std::string home_;
  static std::unique_ptr<Shop> shop_;
};
std::string ShopTest::home_;
std::unique_ptr<Shop> ShopTest::shop_;

TEST_F(ShopTest, EveryReadAnswersWithThePromisedColumns) {
  for (const Command* command : all()) {
    if (command->kind != Kind::read) continue;
    SCOPED_TRACE(command->name);
    RawArgs args;
    for (const Param& param : command->params) {
      if (!param.required) continue;
      args[std::string(param.name)] = {param.type == ParamType::file ? home_ + "/orders.csv"
                                                                     : "buyers"};
    }
    const auto answer = run(command->name, args);
    ASSERT_TRUE(answer.ok()) << describe(answer.error());
    EXPECT_GT(answer->frame.rows() + answer->notes.size(), 0u);
    for (const AnswerColumn& column : answer->columns) {
      EXPECT_TRUE(answer->frame.has(column.name)) << column.name;
      EXPECT_FALSE(column.label.en.empty()) << column.name;
      EXPECT_FALSE(column.label.zh.empty()) << column.name;
    }
    for (std::size_t i = 0; i < command->columns.size(); ++i) {
      ASSERT_LT(i, answer->columns.size());
      EXPECT_EQ(answer->columns[i].name, command->columns[i].name);
    }
    for (const Format format : {Format::table, Format::md, Format::csv}) {
      EXPECT_FALSE(print(*answer, {.format = format}).empty());
    }
    EXPECT_EQ(answer_json(*parse_answer_json(answer_json(*answer))), answer_json(*answer));
  }
}

TEST_F(ShopTest, AMetricIsSplitFilteredAndCompared) {
  const auto split = run("metric", {{"metric", {"buyers"}},
                                    {"group_by", {"channel"}},
                                    {"from", {"2025-01-01"}},
                                    {"to", {"2026-01-01"}}});
  ASSERT_TRUE(split.ok()) << describe(split.error());
  EXPECT_EQ(split->frame.rows(), 2u);
  const auto one = run("metric", {{"metric", {"buyers"}},
                                  {"filter", {"channel=门店"}},
                                  {"from", {"2025-01-01"}},
                                  {"to", {"2026-01-01"}}});
  ASSERT_TRUE(one.ok()) << describe(one.error());
  EXPECT_EQ(one->frame.real("buyers", 0), 30);
  EXPECT_EQ(one->currency, "CNY");
  const auto wrong = run("metric", {{"metric", {"buyers"}}, {"filter", {"门店"}}});
  ASSERT_FALSE(wrong.ok());
  EXPECT_EQ(wrong.error().message, "filter = '门店' is not a filter.");
}

TEST_F(ShopTest, TheWordForRepurchaseHasManyDefinitions) {
  const auto answer = run("metric", {{"metric", {"复购率"}}, {"definitions", {"true"}}});
  ASSERT_TRUE(answer.ok()) << describe(answer.error());
  EXPECT_GT(answer->frame.rows(), 10u);
}

TEST_F(ShopTest, AnExplanationHoldsTheQuery) {
  const auto answer = run("metric", {{"metric", {"repurchase_rate"}}, {"explain", {"true"}}});
  ASSERT_TRUE(answer.ok()) << describe(answer.error());
  EXPECT_NE(print(*answer, {}).find("SELECT"), std::string::npos);
}

TEST_F(ShopTest, VerifyFindsNothingBroken) {
  const auto answer = run("verify", {});
  ASSERT_TRUE(answer.ok()) << describe(answer.error());
  for (std::size_t row = 0; row < answer->frame.rows(); ++row) {
    EXPECT_EQ(answer->frame.integer("broken", row), 0) << *answer->frame.text("rule", row);
  }
}

TEST_F(ShopTest, TheReportIsShownWithEachRowsUnit) {
  const auto answer = run("report", {{"from", {"2025-01-01"}}, {"to", {"2026-01-01"}}});
  ASSERT_TRUE(answer.ok()) << describe(answer.error());
  const std::string text = print(*answer, {.language = Language::en});
  EXPECT_NE(text.find("80.00 %"), std::string::npos) << text;
  EXPECT_EQ(text.find("title_zh"), std::string::npos);
  EXPECT_EQ(text.find("复购"), std::string::npos) << text;
}

TEST(Generated, FilesOfTheRepositoryAreUpToDate) {
  for (const auto& [path, text] : generated_files()) {
    std::ifstream file(path);
    const std::string there((std::istreambuf_iterator<char>(file)),
                            std::istreambuf_iterator<char>());
    EXPECT_EQ(there, text) << path << ": run `huitou docs` in the root of the repository";
  }
}

// Given a shop without noise, there is no late file to load, and loading it should not be tried.
TEST_F(ShopTest, ACleanDemoShopLoads) {
  const auto loaded = run("demo", {{"customers", {"40"}},
                                   {"clean", {"true"}},
                                   {"load", {"true"}},
                                   {"to", {"2025-01-01"}},
                                   {"out", {home_ + "/clean"}}});
  ASSERT_TRUE(loaded.ok()) << describe(loaded.error());
  EXPECT_EQ(loaded->frame.rows(), 4U);
}

}  // namespace
}  // namespace huitou::commands
