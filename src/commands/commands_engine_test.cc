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
    file << "order_key,customer_key,ordered_at,net,discount,status,channel\n";
    for (int i = 0; i < 60; ++i) {
      for (int k = 0; k <= i % 5; ++k) {
        file << i << "-" << k << ",c" << i << ",2025-" << (k < 2 ? "0" : "") << 1 + k * 8 % 12
             << "-1" << i % 9 << "," << 10 + i << ".50," << (i + k) % 3 << ".00,paid,"
             << (i % 2 == 0 ? "天猫" : "门店") << "\n";
      }
    }
    file.close();
    const auto loaded = run("load", {{"files", {home_ + "/orders.csv"}}});
    ASSERT_TRUE(loaded.ok()) << describe(loaded.error());
    ASSERT_EQ(loaded->frame.integer("rows_loaded", 0), 180);
    load_contacts();
  }
  /// A ticket and an answer of ten customers, each on the day of the first order.
  static void load_contacts() {
    std::ofstream tickets(home_ + "/tickets.csv");
    std::ofstream answers(home_ + "/surveys.csv");
    tickets << "ticket_key,customer_key,opened_at,first_reply_minutes,reason,satisfaction\n";
    answers << "survey_key,customer_key,kind,score,answered_on\n";
    for (int i = 0; i < 10; ++i) {
      tickets << "T" << i << ",c" << i << ",2025-01-1" << i % 9 << " 12:00:00," << 5 + i << ",late,"
              << 1 + i % 5 << "\n";
      answers << "N" << i << ",c" << i << ",nps," << i + 1 << ",2025-01-1" << i % 9 << "\n";
    }
    tickets.close();
    answers.close();
    for (const char* name : {"/tickets.csv", "/surveys.csv"}) {
      const auto loaded = run("load", {{"files", {home_ + name}}});
      ASSERT_TRUE(loaded.ok()) << describe(loaded.error());
      ASSERT_EQ(loaded->frame.integer("rows_loaded", 0), 10);
    }
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
  ASSERT_TRUE(run("refresh", {}).ok());
  for (const Command* command : all()) {
    if (command->kind != Kind::read) continue;
    SCOPED_TRACE(command->name);
    RawArgs args;
    for (const Param& param : command->params) {
      if (!param.required) continue;
      args[std::string(param.name)] = {param.type == ParamType::file   ? home_ + "/orders.csv"
                                       : param.type == ParamType::date ? "2025-01-31"
                                       : param.name == "rule"          ? "orders >= 1"
                                       : param.name == "values"        ? "metric=buyers"
                                       : param.name == "analysis"      ? "rfm"
                                       : param.name == "profile"       ? "net_minor"
                                       : param.name == "survey"        ? "77"
                                       : !param.choices.empty() ? std::string(param.choices.front())
                                                                : "buyers"};
      if (param.name == "rules") args["rules"] = {"orders >= 1", "orders >= 2"};
      if (param.name == "fact") {
        args["fact"] = {"orders"};
        args["field"] = {"channel"};
      }
    }
    const auto answer = run(command->name, args);
    if (args.count("name") + args.count("customer") + args.count("survey") > 0) {  // of what this shop does not have
      ASSERT_FALSE(answer.ok());
      EXPECT_EQ(answer.error().code, Code::not_found);
      EXPECT_FALSE(answer.error().hint.empty());
      continue;
    }
    ASSERT_TRUE(answer.ok()) << describe(answer.error());
    // What is no figure may be an empty list: this shop has no sources.
    if (!command->live) {
      EXPECT_GT(answer->frame.rows() + answer->notes.size(), 0u);
    }
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

TEST_F(ShopTest, OneCustomerIsShownByAnyKeyAndPlacedAmongAll) {
  const auto shown = run("customer show", {{"customer", {"c9"}}});
  ASSERT_TRUE(shown.ok()) << describe(shown.error());
  const std::string id = "id:" + std::to_string(*shown->frame.integer("customer_id", 0));
  EXPECT_EQ(shown->frame.integer("orders", 0), 5);
  EXPECT_EQ(shown->frame.integer("amount_minor", 0), 9750);
  EXPECT_EQ(shown->frame.integer("tickets", 0), 1);
  EXPECT_EQ(shown->frame.integer("last_nps", 0), 10);
  const auto line = run("customer timeline", {{"customer", {id}}, {"limit", {"3"}}});
  ASSERT_TRUE(line.ok()) << describe(line.error());
  EXPECT_EQ(line->frame.rows(), 3U);
  EXPECT_EQ(line->notes.back().code, "more");
  const auto rest =
      run("customer timeline", {{"customer", {id}}, {"before", {"2025-01-30T00:00:00Z"}}});
  ASSERT_TRUE(rest.ok()) << describe(rest.error());
  EXPECT_GE(rest->frame.rows(), 3U);
  EXPECT_EQ(run("customer timeline", {{"customer", {id}}, {"before", {"soon"}}}).error().code,
            Code::invalid_input);
  // Twice: cut points that were reckoned, and cut points that were kept.
  for (int round = 0; round < 2; ++round) {
    const auto place = run("customer segment", {{"customer", {id}}});
    ASSERT_TRUE(place.ok()) << describe(place.error());
    const std::string segment = *place->frame.text("segment", 0);
    const auto members = run("analyse rfm", {{"segment", {segment}}, {"limit", {"1000"}}});
    ASSERT_TRUE(members.ok()) << describe(members.error());
    int found = 0;
    for (std::size_t row = 0; row < members->frame.rows(); ++row) {
      found += members->frame.text("customer_key", row) == "c9" ? 1 : 0;
    }
    EXPECT_EQ(found, 1);
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

TEST_F(ShopTest, ASegmentIsSavedCountedListedAndMarkedWhereItIsBroken) {
  const auto wrong = run("segments check", {{"rule", {"ordrs > 1"}}});
  ASSERT_TRUE(wrong.ok()) << describe(wrong.error());
  EXPECT_EQ(wrong->frame.text("replacement", 0), "orders");
  ASSERT_TRUE(run("segments save", {{"name", {"often"}}, {"rule", {"订单数 >= 3"}}}).ok());
  ASSERT_TRUE(
      run("segments save", {{"name", {"others"}}, {"rule", {"not in_segment('often')"}}}).ok());
  const auto preview = run("segments preview", {{"rule", {"often"}}});
  ASSERT_TRUE(preview.ok()) << describe(preview.error());
  EXPECT_EQ(preview->frame.integer("customers", 0), 36);
  EXPECT_EQ(preview->frame.integer("customers", 1), 60);
  EXPECT_EQ(preview->frame.rows(), 22U);
  const auto early = run("segments preview", {{"rule", {"often"}}, {"as_of", {"2025-01-01"}}});
  ASSERT_TRUE(early.ok()) << describe(early.error());
  EXPECT_EQ(early->frame.integer("customers", 1), 0);
  EXPECT_FALSE(early->frame.real("share", 0).has_value());
  EXPECT_EQ(run("segments customers", {{"rule", {"others"}}})->frame.rows(), 24U);
  const auto shown = run("segments show", {{"name", {"often"}}});
  ASSERT_TRUE(shown.ok()) << describe(shown.error());
  EXPECT_EQ(shown->frame.text("sentence_en", 0), "orders is at least 3");
  EXPECT_EQ(run("segments list", {})->frame.text("referred_by", 0), "others");
  EXPECT_FALSE(run("segments remove", {{"name", {"often"}}}).ok());
  ASSERT_TRUE(run("segments remove", {{"name", {"often"}}, {"anyway", {"true"}}}).ok());
  const auto list = run("segments list", {});
  ASSERT_TRUE(list.ok()) << describe(list.error());
  EXPECT_EQ(list->frame.text("state", 0), "broken");
  EXPECT_FALSE(list->frame.integer("customers", 0).has_value());
  ASSERT_TRUE(run("segments remove", {{"name", {"others"}}}).ok());
}

TEST_F(ShopTest, TheListBehindANumberIsARule) {
  using Given = std::map<std::string, std::vector<std::string>, std::less<>>;
  const std::vector<std::pair<std::string, Given>> questions{
      {"analyse rfm", {}},
      {"analyse rfm", {{"convention", {"rfm_0_3"}}}},
      {"analyse rfm", {{"by", {"cell"}}}},
      {"analyse rfm",
       {{"by", {"cell"}}, {"convention", {"eight"}}, {"threshold", {"score_median"}}}},
      {"analyse rfm",
       {{"convention", {"eight"}}, {"from", {"2025-02-01"}}, {"to", {"2025-06-01"}}}},
      {"analyse rfm", {{"convention", {"rules"}}, {"rules", {"A: r 4-5, f 3-5; B: r 2-5; C:"}}}},
      {"analyse value_activity", {}},
      {"analyse value_activity", {{"threshold", {"median"}}, {"activity", {"recency"}}}},
      {"analyse value_activity", {{"threshold", {"own"}}, {"value_at", {"300"}}}},
      {"analyse value_activity", {{"show", {"groups"}}}},
      {"analyse abc", {}},
      {"analyse abc", {{"a", {"50"}}, {"b", {"60"}}, {"from", {"2025-02-01"}}}},
      {"analyse stage_migration", {}},
      {"analyse stage_migration", {{"from", {"2025-03-01"}}, {"active_days", {"30"}}}}};
  for (auto [command, given] : questions) {
    given["with_rule"] = {"true"};
    const auto answer = run(command, given);
    ASSERT_TRUE(answer.ok()) << describe(answer.error());
    const char* const column = answer->frame.has("customers") ? "customers" : "items";
    std::int64_t counted = 0;
    for (std::size_t row = 0; row < answer->frame.rows(); ++row) {
      const std::int64_t customers = answer->frame.integer(column, row).value_or(-1);
      const auto rule = answer->frame.text("rule", row);
      counted += customers;
      if (!rule) {
        EXPECT_EQ(customers, 0) << command << " row " << row;
        continue;
      }
      const auto preview = run("segments preview", {{"rule", {*rule}}});
      ASSERT_TRUE(preview.ok()) << *rule << "\n" << describe(preview.error());
      EXPECT_EQ(preview->frame.integer("customers", 0), customers) << *rule;
    }
    EXPECT_GT(counted, 20) << command;
  }
  const auto paid = run("analyse rfm", {{"status", {"paid"}}, {"with_rule", {"true"}}});
  ASSERT_TRUE(paid.ok()) << describe(paid.error());
  EXPECT_FALSE(paid->frame.text("rule", 0).has_value());
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
  EXPECT_EQ(loaded->frame.rows(), 7U);
  const auto loads = run("quality", {{"part", {"loads"}}});
  ASSERT_TRUE(loads.ok()) << describe(loads.error());
  EXPECT_GT(loads->frame.integer("loaded_at", 0).value_or(0), 1'700'000'000)
      << "when it was loaded";
}

}  // namespace
}  // namespace huitou::commands
