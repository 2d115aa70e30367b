// The page behind a survey link, and how often it may be asked for.

#include "server/survey_page.h"

#include <gtest/gtest.h>

#include "server/survey_door.h"

namespace huitou::server {
namespace {

surveys::Visit visit_of(const std::string& kind) {
  surveys::Visit visit;
  visit.survey = {.id = 1,
                  .kind = kind,
                  .title = {"Coffee & <tea>", "咖啡"},
                  .question = {"How was it?", "怎么样？"},
                  .comment = {"Why?", "为什么？"}};
  return visit;
}

std::size_t count(const std::string& text, std::string_view part) {
  std::size_t found = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) {
    ++found;
  }
  return found;
}

TEST(SurveyPage, SpeaksTheReadersLanguage) {
  const std::pair<const char*, Language> cases[] = {
      {"", Language::en},
      {"fr", Language::en},
      {"zh", Language::zh},
      {"zh-CN,zh;q=0.9,en;q=0.8", Language::zh},
      {"en-US,en;q=0.9,zh;q=0.8", Language::en},
      {"fr;q=1, zh-TW;q=0.5, en;q=0.4", Language::zh},
      {"en;q=0, zh;q=0.1", Language::zh},
      {",,;q=,zh;q=x", Language::en},
  };
  for (const auto& [header, language] : cases) {
    EXPECT_EQ(preferred_language(header), language) << header;
  }
}

TEST(SurveyPage, HasTheScaleOfItsKindAndNoScript) {
  const surveys::Visit nps = visit_of("nps");
  const std::string page = question_html({.visit = nps, .page = "abc"}, Language::zh);
  EXPECT_EQ(count(page, "type=\"radio\""), 11U);
  EXPECT_EQ(count(page, "<script"), 0U);
  EXPECT_EQ(count(page, "name=\"page\" value=\"abc\""), 1U);
  EXPECT_NE(page.find("怎么样？"), std::string::npos);
  EXPECT_LT(page.size(), 8192U);
  surveys::Visit csat = visit_of("csat");
  csat.is_personal = true;
  const std::string personal = question_html({.visit = csat, .page = "abc"}, Language::en);
  EXPECT_EQ(count(personal, "type=\"radio\""), 5U);
  EXPECT_EQ(count(personal, "name=\"page\""), 0U);
  EXPECT_EQ(count(personal, "You have answered"), 0U);
  csat.was_answered = true;
  EXPECT_EQ(count(question_html({.visit = csat, .page = ""}, Language::en), "You have answered"),
            1U);
}

TEST(SurveyPage, WhatPeopleWroteIsTextAndStays) {
  const surveys::Visit visit = visit_of("nps");
  const std::string page = question_html({.visit = visit,
                                          .page = "\"><script>",
                                          .wrong = {"No <score>", "没有"},
                                          .given = {"7", "</textarea><script>'\"&", ""}},
                                         Language::en);
  EXPECT_EQ(count(page, "<script"), 0U);
  EXPECT_EQ(count(page, "</textarea>"), 1U);
  EXPECT_EQ(count(page, "Coffee &amp; &lt;tea&gt;"), 2U);
  EXPECT_EQ(count(page, "No &lt;score&gt;"), 1U);
  EXPECT_EQ(count(page, "value=\"7\" required checked"), 1U);
}

TEST(Rates, CountEachByItselfAndBeginAnewEveryMinute) {
  Rates rates;
  EXPECT_TRUE(rates.take("a", 2, 60));
  EXPECT_TRUE(rates.take("a", 2, 61));
  EXPECT_FALSE(rates.take("a", 2, 119));
  EXPECT_TRUE(rates.take("b", 2, 119));
  EXPECT_TRUE(rates.take("a", 2, 120));
}

TEST(ParseFields, ReadsFormsAndWhatIsNone) {
  const auto fields = parse_fields("score=9&comment=%E5%A5%BD+a%26b&&x&=&%zz=%");
  EXPECT_EQ(fields.find("comment")->second, "好 a&b");
  EXPECT_EQ(fields.find("x")->second, "");
  EXPECT_EQ(fields.find("%zz")->second, "%");
}

}  // namespace
}  // namespace huitou::server
