// Where rules are wrong, what is said, what is proposed.

#include <gtest/gtest.h>

#include "segments/segments.h"

namespace huitou::segments {
namespace {

// Text; column of the first problem, its characters, code, what is said in both languages (a part),
// the word proposed; how many problems.
struct Wrong {
  const char* text;
  std::size_t column;
  const char* at;
  const char* code;
  const char* en;
  const char* zh;
  const char* replacement;
  std::size_t problems = 1;
};
constexpr Wrong kWrong[] = {
    {"ordrs >= 3", 1, "ordrs", "unknown_word", "There is no fact 'ordrs'", "没有事实“ordrs”",
     "orders"},
    {"订单数量 >= 3", 1, "订单数量", "unknown_word", "", "", "订单数"},
    {"距上次下单天 > 60", 1, "距上次下单天", "unknown_word", "There is no fact", "没有事实",
     "距上次下单天数"},
    {"orders >= ", 11, "", "expected",
     "a value: a number, a day or a text in quotes was expected, not the end", "此处应为值", ""},
    {"orders >= 3 and", 16, "", "expected", "a condition such as", "此处应为条件", ""},
    {"(orders >= 3", 1, "(", "expected", "The bracket is not closed", "括号没有闭合", ""},
    {"orders >= 3)", 12, ")", "expected", "`and`, `or` or the end was expected, not ')'",
     "此处应为“且”“或”或结尾", ""},
    {"orders >= 'many'", 11, "'many'", "wrong_type", "'orders' is a whole number: 'many' is none",
     "“订单数”应为整数", ""},
    {"orders >= 2.5", 11, "2.5", "wrong_type", "2.5 is none", "2.5 不是", ""},
    {"net_amount", 1, "net_amount", "needs_comparison", "must be compared", "需要比较", ""},
    {"customer_region > 'a'", 17, "> 'a'", "wrong_op", "`>` does not fit", "不能用“>”", ""},
    {"customer_region = 2025-01-01", 19, "2025-01-01", "wrong_type", "is a text in quotes",
     "引号中的文字", ""},
    {"rfm_segment = 'Champions'", 15, "'Champions'", "unknown_choice",
     "'rfm_segment' is never 'Champions'", "没有取值 'Champions'", ""},
    {"rfm_segment contains '重要'", 13, "contains '重要'", "wrong_op", "`contains` does not fit",
     "不能用“包含”", ""},
    {"first_order_on >= 2025-02-30", 19, "2025-02-30", "bad_date", "2025-02-30 is no calendar day",
     "不是有效日期", "", 2},
    {"did('x' where categry = 'a') >= 1", 15, "categry = 'a'", "unknown_field",
     "have no field 'categry'", "没有字段“categry”", "category"},
    {"orders(where category = 'a')", 14, "category = 'a'", "unknown_field",
     "have no field 'category'", "没有字段", ""},
    {"orders('x')", 8, "'x'", "no_subject", "'orders' takes no text", "不接受文字参数", ""},
    {"survey_score >= 9", 1, "survey_score", "needs_subject", "needs a kind of survey",
     "需要问卷类型", ""},
    {"bought('a', last 3 hours)", 13, "last 3 hours", "no_hours", "knows days, not hours",
     "只有日期，没有小时", ""},
    {"customer_region(last 3 days) = 'a'", 17, "last 3 days", "no_window", "has no time",
     "与时间无关", ""},
    {"orders(last 0 days)", 13, "0", "expected", "a whole number of 1 to 36600", "1 至 36600", ""},
    {"orders(from 2025-02-01 to 2025-02-01)", 8, "from 2025-02-01 to 2025-02-01", "bad_window",
     "no day", "没有日期", ""},
    {"orders between 5 and 3", 8, "between 5 and 3", "empty_range", "Nothing lies between",
     "之间为空", ""},
    {"top 0 by orders", 5, "0", "bad_amount", "cannot be chosen", "无法选取", ""},
    {"top 101% by orders", 5, "101%", "bad_amount", "cannot be chosen", "无法选取", ""},
    {"top 5 by customer_region", 10, "customer_region", "wrong_type", "ranks nobody",
     "不能用于排序", ""},
    {"top 5 orders", 7, "orders", "expected", "`by` and a fact to rank by", "“按”", ""},
    {"orders = 'open", 10, "'open", "open_quote", "not closed", "没有闭合", "", 2},
    {"orders # 3", 8, "#", "bad_character", "'#' has no meaning", "没有含义", "", 2},
    {"orders >= 99999999999", 11, "99999999999", "bad_number", "cannot be taken", "无法使用数字",
     "", 2},
    {"ordrs > 1 and (net_amont > 3 or did('x' where channel > 1)) and stors", 1, "ordrs",
     "unknown_word", "ordrs", "ordrs", "orders", 3},
    {"", 1, "", "expected", "a condition such as", "条件", ""},
};

TEST(Errors, NameThePlaceTheReasonAndTheMend) {
  for (const Wrong& wrong : kWrong) {
    SCOPED_TRACE(wrong.text);
    const std::string_view text = wrong.text;
    const Reading reading = read(text);
    ASSERT_FALSE(reading.rule.has_value());
    ASSERT_FALSE(reading.problems.empty());
    const Problem& first = reading.problems.front();
    EXPECT_EQ(place_of(text, first.at.begin).column, wrong.column);
    EXPECT_EQ(text.substr(first.at.begin, first.at.end - first.at.begin), wrong.at);
    EXPECT_EQ(first.code, wrong.code);
    EXPECT_NE(first.message.en.find(wrong.en), std::string::npos) << first.message.en;
    EXPECT_NE(first.message.zh.find(wrong.zh), std::string::npos) << first.message.zh;
    EXPECT_FALSE(first.hint.en.empty() || first.hint.zh.empty());
    EXPECT_EQ(first.replacement, wrong.replacement);
    EXPECT_EQ(reading.problems.size(), wrong.problems);
  }
}

TEST(Errors, NameTheLineAndColumnInTheMessage) {
  const std::string text = "orders >= 3 and\n  城市 = '上海'";
  const Reading reading = read(text);
  const Error error = error_of(reading.problems, text);
  EXPECT_EQ(error.code, Code::invalid_input);
  EXPECT_EQ(error.message, "There is no fact '城市' (line 2, column 3).");
  EXPECT_EQ(error.message_zh, "没有事实“城市”（第 2 行第 3 列）。");
}

TEST(Errors, OfJsonNameThePath) {
  const auto first = [](const char* json) {
    const Reading reading = read(json);
    return reading.problems.empty() ? Problem{} : reading.problems.front();
  };
  EXPECT_EQ(first("{").code, "bad_json");
  EXPECT_EQ(first(R"({"all":[{"fact":"orders","op":">=","values":[3]},{"facts":"x"}]})").path,
            "/all/1");
  EXPECT_EQ(first(R"({"all":[]})").path, "/all/");
  EXPECT_EQ(first(R"({"not":{"fact":"ordrs","op":">=","values":[3]}})").replacement, "orders");
  EXPECT_EQ(first(R"({"fact":"orders","op":">=","values":["x"]})").path, "/values/0");
  EXPECT_EQ(first(R"({"fact":"orders","op":"~","values":[1]})").path, "/op");
  EXPECT_EQ(first(R"({"fact":"orders","window":{"last":"3"}})").path, "/window");
  EXPECT_EQ(first(R"({"fact":"orders","where":[{"field":"x","op":"=","values":["a"]}]})").path,
            "/where/0");
  EXPECT_EQ(first(R"({"top":"10","by":{"fact":"orders"},"of":{"fact":"units"}})").path, "/of");
  EXPECT_EQ(first(R"({"top":"10","by":{"facts":"orders"}})").path, "/by");
}

TEST(Errors, LimitsAreNamed) {
  EXPECT_EQ(read(std::string(kMostBytes + 1, 'a')).problems.front().code, "too_long");
  const std::string deep = std::string(200, '(') + "orders" + std::string(200, ')');
  EXPECT_EQ(read(deep).problems.front().code, "too_deep");
  std::string wide = "orders";
  for (int i = 0; i < 600; ++i) wide += " or orders";
  EXPECT_EQ(read(wide).problems.front().code, "too_large");
}

}  // namespace
}  // namespace huitou::segments
