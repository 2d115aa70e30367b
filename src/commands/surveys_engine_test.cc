// Surveys from the command to the analysis, as a shop uses them.

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "commands/commands.h"
#include "surveys/surveys.h"

namespace huitou::commands {
namespace {

namespace fs = std::filesystem;

class SurveysTest : public testing::Test {
 protected:
  void SetUp() override {
    home_ = testing::TempDir() + "huitou_surveys_" + std::to_string(getpid());
    auto opened = open_shop(home_);
    ASSERT_TRUE(opened.ok()) << describe(opened.error());
    shop_ = std::move(*opened);
    write("orders.csv",
          "order_key,customer_key,ordered_at,paid,status,phone\n"
          "A1,anna,2025-01-05 08:00:00,70.00,paid,13900000001\n"
          "A2,ben,2025-03-01 08:00:00,8.00,paid,13900000002\n"
          "A3,cleo,2025-02-01 08:00:00,9.00,paid,\n");
    write("consent.csv", "customer,sms\nanna,yes\nben,no\ncleo,yes\n");
    must("load", {{"files", {home_ + "/orders.csv"}}});
    must("consent import", {{"file", {home_ + "/consent.csv"}}});
  }
  void TearDown() override {
    shop_.reset();
    fs::remove_all(home_);
  }
  void write(const std::string& name, const std::string& text) const {
    std::ofstream(home_ + "/" + name) << text;
  }
  Result<Answer> run(std::string_view command, RawArgs args) {
    return commands::run(*shop_, {command, std::move(args), Language::en}, Progress());
  }
  Answer must(std::string_view command, RawArgs args) {
    auto answer = run(command, std::move(args));
    EXPECT_TRUE(answer.ok()) << command << ": " << (answer.ok() ? "" : describe(answer.error()));
    return answer.ok() ? std::move(*answer) : Answer{};
  }
  std::string text_of(const std::string& name) const {
    std::stringstream text;
    text << std::ifstream(home_ + "/" + name, std::ios::binary).rdbuf();
    return text.str();
  }
  /// What stands behind "/q/" of a link.
  static std::string token_of(const std::string& link) { return link.substr(link.rfind('/') + 1); }
  void say(const std::string& token, const surveys::Given& given) {
    const auto taken = surveys::answer(*shop_->store, token, given, at_);
    EXPECT_TRUE(taken.ok()) << (taken.ok() ? "" : describe(taken.error()));
    EXPECT_TRUE(change(*shop_, [] { return Status(); }).ok());
  }
  std::int64_t answers_in_analysis() {
    const Answer answer = must("analyse nps", {{"from", {"2025-01-01"}}, {"to", {"2026-01-01"}}});
    return answer.frame.integer("answers", 0).value_or(0);
  }

  std::string home_;
  std::unique_ptr<Shop> shop_;
  surveys::Moment at_{1'746'000'000, Date{20'208}, "2025-04-30 16:00:00"};
};

TEST_F(SurveysTest, AnAnswerIsSeenByTheAnalysisAndOnTheCustomersPageOnce) {
  const Answer made = must(
      "surveys add",
      {{"title_zh", {"体验"}}, {"comment", {"Why?"}}, {"address", {"https://ask.example.cn/"}}});
  const std::string link = made.frame.text("link", 0).value_or("");
  EXPECT_TRUE(link.starts_with("https://ask.example.cn/q/")) << link;
  EXPECT_TRUE(made.notes.empty());
  const std::string anna =
      surveys::personal_links(*shop_->store, 1, {{"anna"}, "sms"}, at_)->front();
  say(anna, {"9", "好喝, \"真的\"", ""});
  EXPECT_EQ(answers_in_analysis(), 1);
  at_.clock = "2025-05-02 09:00:00";
  say(anna, {"2", "", ""});
  EXPECT_EQ(answers_in_analysis(), 1) << "the later one stands alone";
  const Answer line = must("customer timeline", {{"customer", {"anna"}}});
  std::int64_t seen = 0;
  for (std::size_t row = 0; row < line.frame.rows(); ++row) {
    if (line.frame.text("kind", row) == "survey") ++seen;
  }
  EXPECT_EQ(seen, 1);
  const Answer poster = must("surveys link", {{"survey", {"1"}}, {"store", {"S1"}}});
  const std::string open = token_of(poster.frame.text("link", 0).value_or(""));
  say(open, {"10", "", surveys::new_page()});
  EXPECT_EQ(answers_in_analysis(), 2);
  must("export", {{"table", {"surveys"}}, {"to", {home_ + "/surveys.csv"}}});
  const std::string rows = text_of("surveys.csv");
  EXPECT_NE(rows.find(",1,nps,2,"), std::string::npos) << rows;
  EXPECT_NE(rows.find(",S1,form surveys"), std::string::npos) << rows;
  // Opened again, nothing is there twice.
  shop_.reset();
  auto opened = open_shop(home_);
  ASSERT_TRUE(opened.ok());
  shop_ = std::move(*opened);
  EXPECT_EQ(answers_in_analysis(), 2);
}

TEST_F(SurveysTest, PersonalLinksLeaveWithConsentAndAnEntryInTheBook) {
  const Answer made = must("surveys add", {{"title", {"Visit"}}, {"kind", {"csat"}}});
  ASSERT_EQ(made.notes.size(), 1U);
  EXPECT_EQ(made.notes[0].code, "no_address");
  const Answer reach = must("surveys reach", {{"rule", {"everyone"}}, {"for", {"sms"}}});
  EXPECT_EQ(must("segments exports", {}).frame.rows(), 0U) << "counting is no export";
  const RawArgs args{{"survey", {"1"}},
                     {"rule", {"everyone"}},
                     {"to", {home_ + "/list.csv"}},
                     {"for", {"sms"}},
                     {"by", {"Li"}}};
  const Answer answer = must("surveys links", args);
  EXPECT_EQ(answer.frame.integer("fitting", 0), 3);
  EXPECT_EQ(answer.frame.integer("customers", 0), 1);
  EXPECT_EQ(answer.frame.integer("without_consent", 0), 1);
  EXPECT_EQ(answer.frame.integer("without_address", 0), 1);
  for (const char* name : {"fitting", "customers", "without_consent", "without_address"}) {
    EXPECT_EQ(reach.frame.integer(name, 0), answer.frame.integer(name, 0)) << name;
  }
  const std::string list = text_of("list.csv");
  const std::size_t at = list.find(",/q/");
  ASSERT_NE(at, std::string::npos) << list;
  const std::string token = list.substr(at + 4, list.find('\r', at) - at - 4);
  const Answer book = must("segments exports", {});
  EXPECT_EQ(book.frame.text("name", 0), "survey 1: everyone");
  EXPECT_EQ(book.frame.text("by", 0), "Li");
  RawArgs again = args;
  again["replace"] = {"true"};
  must("surveys links", again);
  EXPECT_EQ(text_of("list.csv"), list) << "a customer keeps her link";
  const auto shown = [&] { return must("surveys show", {{"survey", {"1"}}}); };
  EXPECT_EQ(shown().frame.integer("links", 1), 1);
  EXPECT_EQ(shown().frame.real("response_rate", 1), 0.0);
  EXPECT_EQ(shown().frame.real("satisfied", 0), std::nullopt) << "nothing is not zero";
  EXPECT_EQ(shown().frame.real("response_rate", 0), std::nullopt);
  say(token, {"4", "", ""});
  EXPECT_EQ(shown().frame.real("satisfied", 1), 1.0);
  EXPECT_EQ(shown().frame.real("response_rate", 1), 1.0);
  EXPECT_LT(*shown().frame.real("response_low", 1), 0.5);
  const Answer who = must("surveys asked", {{"survey", {"1"}}});
  ASSERT_EQ(who.frame.rows(), 2U);
  EXPECT_EQ(who.frame.text("customer_key", 0), "anna");
  EXPECT_EQ(who.frame.text("channel", 0), "sms");
  EXPECT_EQ(who.frame.text("link", 0), std::nullopt);
  EXPECT_NE(who.frame.integer("answered_at", 0), std::nullopt);
  EXPECT_NE(who.frame.text("link", 1), std::nullopt);
  must("surveys close", {{"survey", {"1"}}});
  EXPECT_EQ(run("surveys links", again).error().code, Code::conflict);
  EXPECT_EQ(must("surveys list", {}).frame.text("state", 0), "closed");
}

TEST_F(SurveysTest, WhoCanBeAskedIsCountedAsTheListIsWritten) {
  write("guests.csv",
        "order_key,customer_key,ordered_at,paid,status,phone\n"
        "G1,,2025-03-02 08:00:00,5.00,paid,13900000009\n"
        "G2,dora,2025-03-03 08:00:00,5.00,paid,13900000010\n");
  write("more.csv", "customer,sms\ndora,yes\n");
  must("load", {{"files", {home_ + "/guests.csv"}}});
  must("consent import", {{"file", {home_ + "/more.csv"}}});
  must("surveys add", {{"title", {"Visit"}}});
  for (const char* rule : {"everyone", "orders >= 2", "customer_key in ('anna', 'ben')"}) {
    for (const char* channel : {"sms", "email", "wecom"}) {
      SCOPED_TRACE(std::string(rule) + " by " + channel);
      const Answer reach = must("surveys reach", {{"rule", {rule}}, {"for", {channel}}});
      const Answer list = must("surveys links", {{"survey", {"1"}},
                                                 {"rule", {rule}},
                                                 {"to", {home_ + "/list.csv"}},
                                                 {"for", {channel}},
                                                 {"replace", {"true"}}});
      for (const char* name : {"fitting", "customers", "without_consent", "without_address"}) {
        EXPECT_EQ(reach.frame.integer(name, 0), list.frame.integer(name, 0)) << name;
      }
    }
  }
  const Answer all = must("surveys reach", {{"rule", {"everyone"}}, {"for", {"sms"}}});
  EXPECT_EQ(all.frame.integer("customers", 0), 2);
  const Answer nobody = must("surveys reach", {{"rule", {"everyone"}}, {"for", {"email"}}});
  EXPECT_EQ(nobody.frame.integer("customers", 0), 0);
  EXPECT_EQ(nobody.notes.back().code, "nobody");
}

TEST_F(SurveysTest, WhatIsCorrectedInTheFormIsCorrectedInTheResults) {
  must("surveys add", {{"title", {"Visit"}}});
  const std::string token = surveys::personal_links(*shop_->store, 1, {{"anna"}, ""}, at_)->front();
  say(token, {"0", "", ""});
  const Answer entries = must("forms entries", {{"form", {"surveys"}}});
  const std::string entry = std::to_string(entries.frame.integer("entry", 0).value_or(0));
  must("forms change", {{"form", {"surveys"}}, {"entry", {entry}}, {"values", {"score=9"}}});
  EXPECT_EQ(must("surveys show", {{"survey", {"1"}}}).frame.real("nps", 0), 100.0);
  must("forms remove", {{"form", {"surveys"}}, {"entry", {entry}}});
  EXPECT_EQ(must("surveys show", {{"survey", {"1"}}}).frame.integer("answers", 0), 0);
  say(token, {"8", "", ""});
  EXPECT_EQ(must("surveys show", {{"survey", {"1"}}}).frame.integer("answers", 0), 1);
}

}  // namespace
}  // namespace huitou::commands
