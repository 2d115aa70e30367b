// Surveys, their links and answers, in a store alone.

#include "surveys/surveys.h"

#include <gtest/gtest.h>

#include <set>

#include "forms/forms.h"

namespace huitou::surveys {
namespace {

Moment day(std::int32_t number, const std::string& clock = "2025-06-01 10:00:00") {
  return {.now = 1'748'743'200 + 3600 * std::int64_t{number},
          .today = Date{20'240 + number},
          .clock = clock};
}

class SurveysTest : public testing::Test {
 protected:
  void SetUp() override {
    auto opened = store::open_sqlite(":memory:");
    ASSERT_TRUE(opened.ok());
    store_ = std::move(*opened);
  }
  Survey make(Survey survey = {.title = {"Coffee", "咖啡"}, .comment = {"Why?", "为什么？"}}) {
    const auto made = add(*store_, std::move(survey), day(0));
    EXPECT_TRUE(made.ok()) << (made.ok() ? "" : describe(made.error()));
    return *made;
  }
  std::string personal(const Survey& survey, const std::string& customer, std::int32_t at = 0) {
    const auto tokens = personal_links(*store_, survey.id, {{customer}, "sms"}, day(at));
    EXPECT_TRUE(tokens.ok());
    return tokens->front();
  }
  Result<Taken> say(const std::string& token, Given given, std::int32_t at = 0) {
    return answer(*store_, token, given, day(at));
  }
  std::vector<forms::Values> entries() {
    return *forms::entries_beginning(*store_, **forms::find("surveys"), "Q");
  }

  std::unique_ptr<store::Store> store_;
};

TEST_F(SurveysTest, ATextInOneLanguageStandsForBothAndTheQuestionIsTheUsualOne) {
  const Survey survey = make({.kind = "csat", .title = {"", "门店"}});
  EXPECT_EQ(survey.title.en, "门店");
  EXPECT_EQ(survey.question.en, "How satisfied are you with us?");
  EXPECT_EQ(survey.question.zh, "您对我们的服务满意吗？");
  EXPECT_TRUE(survey.comment.en.empty());
  const auto code = [&](Survey wrong) { return add(*store_, wrong, day(0)).error().code; };
  EXPECT_EQ(code({.kind = "stars", .title = {"a", ""}}), Code::invalid_input);
  EXPECT_EQ(code({}), Code::invalid_input);
  EXPECT_EQ(code({.title = {std::string(kMostTitleBytes + 1, 'a'), ""}}), Code::limit_reached);
  EXPECT_EQ(code({.title = {"a", ""}, .days = -1}), Code::invalid_input);
  for (const char* address : {"ask.example.cn", "javascript:alert(1)", "https://", "https://a b"}) {
    EXPECT_EQ(code({.title = {"a", ""}, .address = address}), Code::invalid_input) << address;
  }
  EXPECT_EQ(all(*store_)->size(), 1U);
}

TEST_F(SurveysTest, APersonalLinkHasOneAnswerAndALaterOneReplacesIt) {
  // Long enough that random characters are not it by chance.
  const std::string customer = "member-10086";
  const Survey survey = make();
  const std::string token = personal(survey, customer);
  EXPECT_EQ(token, personal(survey, customer)) << "a customer has one link";
  EXPECT_EQ(token.find(customer), std::string::npos);
  EXPECT_FALSE(visit(*store_, token, day(0), true)->was_answered);
  EXPECT_FALSE(say(token, {"9", "好", ""})->replaced);
  EXPECT_TRUE(visit(*store_, token, day(0), true)->was_answered);
  EXPECT_TRUE(say(token, {"3", "", ""}, 1)->replaced);
  ASSERT_EQ(entries().size(), 1U);
  const forms::Values values = entries()[0];
  EXPECT_EQ(values[1], "nps");
  EXPECT_EQ(values[2], "3");
  EXPECT_EQ(values[3], "");
  EXPECT_EQ(values[5], customer);
  EXPECT_EQ(values[6], "sms");
  const auto history = forms::history(*store_, {.form = "surveys"});
  EXPECT_EQ(history->rows(), 2U) << "what was said first is kept in the history";
}

TEST_F(SurveysTest, APageOfAnOpenLinkIsCountedOnceHoweverOftenItIsSent) {
  const Survey survey = make();
  const std::string token =
      *open_link(*store_, survey.id, {.channel = "poster", .store_key = "S1"}, day(0));
  EXPECT_EQ(token,
            *open_link(*store_, survey.id, {.channel = "poster", .store_key = "S1"}, day(0)));
  EXPECT_NE(token, *open_link(*store_, survey.id, {}, day(0)));
  const std::string page = new_page();
  EXPECT_FALSE(say(token, {"10", "", page})->replaced);
  EXPECT_TRUE(say(token, {"10", "", page})->replaced);
  EXPECT_FALSE(say(token, {"0", "", new_page()})->replaced);
  EXPECT_EQ(say(token, {"10", "", ""}).error().code, Code::invalid_input);
  EXPECT_EQ(say(token, {"10", "", std::string(21, 'a') + "'"}).error().code, Code::invalid_input);
  ASSERT_EQ(entries().size(), 2U);
  EXPECT_EQ(entries()[0][5], "");
  EXPECT_EQ(entries()[0][8], "S1");
}

TEST_F(SurveysTest, WhatIsWrongIsRefusedAndNothingIsKept) {
  const Survey survey = make();
  const std::string token = personal(survey, "M1");
  for (const char* score : {"", "11", "-1", "9.5", "nine", "9 ", "99999999999999999999"}) {
    EXPECT_EQ(say(token, {score, "", ""}).error().code, Code::invalid_input) << score;
  }
  EXPECT_EQ(say(token, {"9", std::string(kMostCommentBytes + 1, 'a'), ""}).error().code,
            Code::invalid_input);
  std::string forged = token;
  forged.back() = forged.back() == 'A' ? 'B' : 'A';
  const std::string other = "2" + token.substr(token.find('-'));
  for (const std::string& bad : {forged, other, token + "A", token.substr(1), std::string("-"),
                                 std::string(), std::string("1"), std::string(5000, '1'),
                                 "99999999999999999999" + token.substr(token.find('-'))}) {
    if (bad == token) continue;
    EXPECT_EQ(say(bad, {"9", "", ""}).error().code, Code::not_found) << bad;
    EXPECT_EQ(visit(*store_, bad, day(0), true).error().code, Code::not_found) << bad;
  }
  EXPECT_TRUE(entries().empty());
}

TEST_F(SurveysTest, ALinkIsGoodToItsLastDayAndUntilTheSurveyIsClosed) {
  const Survey survey = make({.title = {"a", ""}, .days = 3});
  const std::string token = personal(survey, "M1");
  EXPECT_EQ(visit(*store_, token, day(3), false)->state, State::open);
  EXPECT_TRUE(say(token, {"9", "ignored: no text is asked for", ""}, 3).ok());
  EXPECT_EQ(entries()[0][3], "");
  EXPECT_EQ(visit(*store_, token, day(4), false)->state, State::over);
  EXPECT_EQ(say(token, {"1", "", ""}, 4).error().code, Code::conflict);
  EXPECT_EQ(entries()[0][2], "9");
  EXPECT_EQ(personal(survey, "M1", 4), token);
  EXPECT_EQ(visit(*store_, token, day(7), false)->state, State::open) << "sent again, good again";
  ASSERT_TRUE(close(*store_, survey.id, 5).ok());
  EXPECT_EQ(close(*store_, survey.id, 5).error().code, Code::conflict);
  EXPECT_EQ(visit(*store_, token, day(5), false)->state, State::closed);
  EXPECT_EQ(say(token, {"1", "", ""}, 5).error().code, Code::conflict);
  EXPECT_EQ(personal_links(*store_, survey.id, {{"M2"}, ""}, day(5)).error().code, Code::conflict);
  EXPECT_EQ(close(*store_, 77, 5).error().code, Code::not_found);
}

TEST_F(SurveysTest, KnowsWhoWasAskedWhoLookedAndWhoAnswered) {
  const Survey survey = make({.kind = "csat", .title = {"a", ""}});
  const std::string anna = personal(survey, "anna");
  const std::string ben = personal(survey, "ben");
  personal(survey, "chen");
  const std::string open = *open_link(*store_, survey.id, {}, day(0));
  for (const std::string& token : {anna, ben, open, open}) {
    ASSERT_TRUE(visit(*store_, token, day(0), true).ok());
  }
  ASSERT_TRUE(visit(*store_, anna, day(0), false).ok());
  ASSERT_TRUE(say(anna, {"5", "", ""}).ok());
  ASSERT_TRUE(say(open, {"1", "", new_page()}).ok());
  // Another survey's answers are its own, also where one number begins with the other.
  for (int i = 0; i < 9; ++i) make();
  const Survey tenth = make();
  ASSERT_TRUE(say(personal(tenth, "anna"), {"7", "", ""}).ok());
  const auto found = results(*store_, survey);
  ASSERT_TRUE(found.ok());
  EXPECT_EQ(found->asked.links, 3);
  EXPECT_EQ(found->asked.opened, 2);
  EXPECT_EQ(found->asked.answered, 1);
  EXPECT_EQ(found->asked.open_views, 2);
  ASSERT_EQ(found->scores.size(), 2U);
  EXPECT_EQ(found->scores[0].answers, (std::vector<std::int64_t>{1, 0, 0, 0, 0}));
  EXPECT_TRUE(found->scores[1].is_personal);
  EXPECT_EQ(found->scores[1].answers, (std::vector<std::int64_t>{0, 0, 0, 0, 1}));
  const auto list = links(*store_, survey, 100);
  ASSERT_TRUE(list.ok());
  EXPECT_EQ(list->rows(), 4U);
  EXPECT_EQ(list->text("customer_key", 0), "chen");
  EXPECT_EQ(list->integer("answered_at", 0), std::nullopt);
  EXPECT_EQ(list->text("token", 0), std::nullopt) << "a personal one is its customer's alone";
  EXPECT_EQ(list->text("token", 3), open);
}

TEST_F(SurveysTest, TokensAreRandom) {
  const Survey survey = make();
  std::vector<std::string> keys;
  for (int i = 0; i < 1000; ++i) keys.push_back("M" + std::to_string(i));
  const auto tokens = personal_links(*store_, survey.id, {keys, "sms"}, day(0));
  ASSERT_TRUE(tokens.ok());
  std::set<std::string> secrets;
  for (const std::string& token : *tokens) secrets.insert(token.substr(token.find('-') + 1));
  EXPECT_EQ(secrets.size(), keys.size());
  EXPECT_EQ(link_of({.address = "https://ask.example.cn"}, "1-a"), "https://ask.example.cn/q/1-a");
}

}  // namespace
}  // namespace huitou::surveys
