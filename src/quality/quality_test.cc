#include "quality/quality.h"

#include <gtest/gtest.h>

#include <set>

#include "quality/card_text.h"

namespace huitou::quality {
namespace {

TEST(Rules, AreCompleteAndShareAHundredPoints) {
  double weights = 0;
  std::set<std::string_view> names;
  for (const Rule* rule : all()) {
    SCOPED_TRACE(rule->card.name);
    EXPECT_TRUE(names.insert(rule->card.name).second);
    for (const Words& words : {rule->card.title, rule->card.question, rule->card.method}) {
      EXPECT_FALSE(words.en.empty());
      EXPECT_NE(words.en, words.zh);
    }
    EXPECT_NE(rule->sql.find("SELECT"), std::string_view::npos);
    for (const Param& param : rule->params) {
      EXPECT_NE(rule->sql.find("{" + std::string(param.name)), std::string_view::npos)
          << param.name << " changes nothing";
    }
    if (rule->advice == Advice::quarantine) {
      EXPECT_EQ(rule->grain, Grain::order);
    }
    weights += rule->weight;
  }
  EXPECT_DOUBLE_EQ(weights, 100);
}

TEST(Rules, AreFoundByName) {
  ASSERT_TRUE(find("gap_days").ok());
  EXPECT_EQ((*find("gap_days"))->grain, Grain::store_day);
  const auto none = find("gap_day");
  ASSERT_FALSE(none.ok());
  EXPECT_EQ(none.error().code, Code::not_found);
  EXPECT_NE(none.error().hint.find("gap_days"), std::string::npos);
}

TEST(Card, IsReadWithItsParameters) {
  const Rule rule = read_card(
      "-- rule r\n-- title A | 甲\n-- question B | 乙\n-- method C | 丙\n-- grain line\n"
      "-- severity info\n-- action fix\n-- value days D | 丁\n-- weight 7 at 0.25\n"
      "-- param least number 1.5 the least | 最少\nSELECT 1\n");
  EXPECT_EQ(rule.grain, Grain::line);
  EXPECT_EQ(rule.advice, Advice::fix);
  EXPECT_EQ(rule.value_unit, Unit::days);
  EXPECT_EQ(rule.weight, 7);
  EXPECT_EQ(rule.full_share, 0.25);
  ASSERT_EQ(rule.params.size(), 1u);
  EXPECT_EQ(rule.params[0].fallback, "1.5");
  EXPECT_EQ(rule.params[0].doc.zh, "最少");
  EXPECT_EQ(rule.sql, "SELECT 1\n");
  EXPECT_THROW(read_card("-- rule r\n-- title A\nSELECT 1\n"), Bug);
  EXPECT_THROW(read_card("-- rule r\n-- colour red\nSELECT 1\n"), Bug);
}

}  // namespace
}  // namespace huitou::quality
