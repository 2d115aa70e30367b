// What is read is what was printed: words in both languages, JSON; and what examples mean.

#include <gtest/gtest.h>

#include <cstdlib>

#include "segments/test_rules.h"

namespace huitou::segments {
namespace {

std::string problems_of(const Reading& reading) {
  std::string out;
  for (const Problem& problem : reading.problems) {
    out += std::to_string(problem.at.begin) + ": " + problem.message.en + " / " + problem.hint.en +
           "\n";
  }
  return out;
}

std::string canonical(std::string_view text) {
  const Reading reading = read(text);
  return reading.rule ? print(*reading.rule) : problems_of(reading);
}

// Text, its canonical form, in Chinese.
struct Example {
  const char* text;
  const char* en;
  const char* zh;
};
constexpr Example kExamples[] = {
    {"days_since_last_order between 60 and 120 and orders >= 3 and did('page_view' where category "
     "= "
     "'猫粮', last 30 days) >= 2 and not bought('A-100', last 90 days) and in_segment('vip')",
     "days_since_last_order between 60 and 120 and orders >= 3 and did('page_view' where category "
     "= "
     "'猫粮', last 30 days) >= 2 and not bought('A-100', last 90 days) and in_segment('vip')",
     "距上次下单天数 介于 60 和 120 且 订单数 >= 3 且 做过('page_view' 其中 品类 = '猫粮', 近30天) "
     ">= 2 且 非 "
     "购买('A-100', 近90天) 且 在分群('vip')"},
    {"距上次下单天数 介于 60 和 120", "days_since_last_order between 60 and 120",
     "距上次下单天数 介于 60 和 120"},
    {"近30天浏览 猫粮 >= 2次", "viewed('猫粮', last 30 days) >= 2", "浏览('猫粮', 近30天) >= 2"},
    {"最近30天订单数至少3单且没有购买 和田玉", "orders(last 30 days) >= 3 and not bought('和田玉')",
     "订单数(近30天) >= 3 且 非 购买('和田玉')"},
    {"净消费金额大于1.5万元 或 优惠占比 > 0.3", "net_amount > 15000 or discount_share > 30%",
     "净消费金额 > 15000 或 优惠占比 > 30%"},
    {"orders(where 渠道 = '天猫' and amount > 100, from 2025-01-01 to 2025-07-01) > 1",
     "orders(where channel = '天猫' and amount > 100, from 2025-01-01 to 2025-07-01) > 1",
     "订单数(其中 渠道 = '天猫' 且 金额 > 100, 从 2025-01-01 至 2025-07-01) > 1"},
    {"top 100 of (orders >= 2) by net_amount(last 1 years)",
     "top 100 of (orders >= 2) by net_amount(last 1 years)",
     "前 100 于 (订单数 >= 2) 按 净消费金额(近1年)"},
    {"前 10% 按 订单数", "top 10% by orders", "前 10% 按 订单数"},
    {"sample 5% of (everyone) seed 7 except bought 'A'", "(sample 5% seed 7) and not bought('A')",
     "(抽样 5% 种子 7) 且 非 购买('A')"},
    {"a_b = 1 or orders", "0: There is no fact 'a_b' / `huitou segments words` lists all facts.\n",
     ""},
    {"ORDERS >= 3 AND (orders<5 and orders != 4)", "orders >= 3 and orders < 5 and orders != 4",
     "订单数 >= 3 且 订单数 < 5 且 订单数 != 4"},
    {"first_order_on >= '2025-01-31'", "first_order_on >= 2025-01-31",
     "首次下单日期 >= 2025-01-31"},
    {"客户地区 属于（“上海”、‘it\'s’）", "customer_region in ('上海', 'it''s')",
     "客户地区 属于 ('上海', 'it''s')"},
    {"did(where property 'color' contains 'red') and survey_score('nps') <= 6",
     "did(where property 'color' contains 'red') and survey_score('nps') <= 6",
     "做过(其中 属性 'color' 包含 'red') 且 问卷评分('nps') <= 6"},
    {"orders(last 36 hours) is unknown", "orders(last 36 hours) is unknown",
     "订单数(近36小时) 未知"},
    {"rfm_segment = '重要挽留' and r_score >= 4",
     "rfm_segment = 'Important to win back' and rfm_recency_score >= 4",
     "价值分群 = '重要挽留客户' 且 近度得分 >= 4"},
    {"价值分群 属于 ('general VALUE', '一般保持客户')",
     "rfm_segment in ('General value', 'General to keep')",
     "价值分群 属于 ('一般价值客户', '一般保持客户')"},
};

TEST(Rules, AreReadAndPrintedInBothLanguages) {
  for (const Example& example : kExamples) {
    SCOPED_TRACE(example.text);
    const Reading reading = read(example.text);
    EXPECT_EQ(canonical(example.text), example.en);
    if (reading.rule) {
      EXPECT_EQ(print(*reading.rule, Language::zh), example.zh);
    }
  }
}

TEST(Rules, AreSaidInBothLanguages) {
  const Reading reading = read(
      "days_since_last_order between 60 and 120 and not bought('A-100', last 90 days) and "
      "viewed('猫粮' where channel = 'web', last 30 days) >= 2");
  ASSERT_TRUE(reading.rule.has_value());
  const Sentence sentence = say(*reading.rule);
  EXPECT_EQ(sentence.en,
            "days since the last order is between 60 and 120 days, and orders with the product or "
            "category ('A-100') in the last 90 days is 0, and views of pages or of the product or "
            "category where channel is 'web' ('猫粮') in the last 30 days is at least 2");
  EXPECT_EQ(sentence.zh,
            "距上次下单天数在 60 到 120 天 之间，且近 90 天内“A-100”的含该商品或品类的订单数为 "
            "0，且近 30 "
            "天内渠道为 “web”的“猫粮”的浏览次数不少于 2");
}

TEST(Rules, HoldAsJson) {
  const Reading reading =
      read("bought('A-100' where channel = 'web', last 90 days) >= 2 and discount_share > 12.5%");
  ASSERT_TRUE(reading.rule.has_value());
  EXPECT_EQ(
      to_json(*reading.rule),
      R"({"all":[{"fact":"bought","subject":"A-100","where":[{"field":"channel","op":"=","values":["web"]}],)"
      R"("window":{"last":90,"unit":"days"},"op":">=","values":[2]},{"fact":"discount_share","op":">","values":["12.5%"]}]})");
}

TEST(Rules, FromJsonNeedNotBeInTheShortestForm) {
  EXPECT_EQ(
      canonical(
          R"({"all":[{"all":[{"fact":"订单数","op":">=","values":[3]},{"everyone":true}]},{"any":[{"segment":"a"}]}]})"),
      "orders >= 3 and everyone and in_segment('a')");
}

int random_rules() {
  const char* wanted = std::getenv("HUITOU_RULES");
  return wanted == nullptr ? 1000 : std::atoi(wanted);
}

TEST(Rules, AreTheSameAfterPrintingAndReading) {
  testing::RandomRules random{.rng = std::mt19937_64(7),
                              .texts = {"猫粮", "A-100", "it's", "", "and", "订单数", "“quoted”",
                                        "a\nb", "  ", "100%", "\\'", "{p}"},
                              .segments = {"vip", "沉睡 客户", "o'clock"}};
  int read_back = 0;
  for (int i = 0; i < random_rules(); ++i) {
    const Rule rule = random.rule(4);
    for (const Language language : {Language::en, Language::zh}) {
      const std::string text = print(rule, language);
      const Reading reading = read(text);
      ASSERT_TRUE(reading.rule.has_value()) << text << "\n" << problems_of(reading);
      ASSERT_EQ(*reading.rule, rule) << text << "\n" << print(*reading.rule, language);
    }
    const Reading from_json = read(to_json(rule));
    ASSERT_TRUE(from_json.rule.has_value()) << to_json(rule) << "\n" << problems_of(from_json);
    ASSERT_EQ(*from_json.rule, rule) << to_json(rule);
    const Sentence sentence = say(rule);
    ASSERT_FALSE(sentence.en.empty() || sentence.zh.empty());
    ++read_back;
  }
  EXPECT_GE(read_back, 1000);
}

TEST(Rules, DoNotBreakTheReaderWhateverIsCutOrSwapped) {
  testing::RandomRules random{
      .rng = std::mt19937_64(11), .texts = {"猫粮", "A'"}, .segments = {"v"}};
  for (int i = 0; i < 600; ++i) {
    std::string text = print(random.rule(3), i % 2 == 0 ? Language::en : Language::zh);
    for (int times = 0; times < 3 && !text.empty(); ++times) {
      const auto at =
          static_cast<std::size_t>(random.below(static_cast<std::int64_t>(text.size())));
      text.erase(at, static_cast<std::size_t>(1 + random.below(6)));
    }
    const Reading reading = read(text);
    EXPECT_NE(reading.rule.has_value(), !reading.problems.empty()) << text;
    for (const Problem& problem : reading.problems) {
      EXPECT_LE(problem.at.begin, text.size());
      EXPECT_LE(problem.at.end, text.size());
      EXPECT_FALSE(problem.message.en.empty() || problem.message.zh.empty() ||
                   problem.hint.en.empty() || problem.hint.zh.empty());
    }
    if (reading.rule) {
      EXPECT_EQ(canonical(print(*reading.rule)), print(*reading.rule));
    }
  }
}

TEST(Facts, HaveWordsInBothLanguagesAndAreFoundByThem) {
  EXPECT_GE(facts().size(), 40U);
  for (const Fact& fact : facts()) {
    EXPECT_EQ(find_fact(fact.name), &fact);
    for (const std::string_view word : fact.zh) EXPECT_EQ(find_fact(word), &fact) << word;
    EXPECT_FALSE(fact.title.zh.empty() || fact.nothing.zh.empty()) << fact.name;
    // Every word of the language means one thing.
    EXPECT_EQ(canonical(std::string(fact.zh.front()) + " is known").find("There is no fact"),
              std::string::npos)
        << fact.name;
  }
}

}  // namespace
}  // namespace huitou::segments
