#include "segments/reader.h"

#include <fmt/format.h>

#include <algorithm>

#include "segments/facts.h"

namespace huitou::segments {
namespace {

Problem unreadable_problem(const Unreadable& part, std::string_view text) {
  const std::string written(
      text.substr(part.at.begin, std::min<std::size_t>(part.at.end - part.at.begin, 40)));
  switch (part.why) {
    case Unreadable::Why::quote:
      return {"open_quote",
              part.at,
              "",
              {"A quote is not closed", "引号没有闭合"},
              {"Close the text with the same quote; a quote inside is written twice.",
               "请用同样的引号结束文字；文字中的引号写两次。"},
              ""};
    case Unreadable::Why::number:
      return {"bad_number",
              part.at,
              "",
              {fmt::format("The number {} cannot be taken", written),
               fmt::format("无法使用数字 {}", written)},
              {"At most 1,000,000,000 and six decimals can.", "数字不超过 10 亿，小数不超过六位。"},
              ""};
    case Unreadable::Why::date:
      return {
          "bad_date",
          part.at,
          "",
          {fmt::format("{} is no calendar day", written), fmt::format("{} 不是有效日期", written)},
          {"Write a day such as 2025-01-31, up to 2105-12-31.",
           "请写如 2025-01-31 的日期，最晚 2105-12-31。"},
          ""};
    case Unreadable::Why::character:
      break;
  }
  return {"bad_character",
          part.at,
          "",
          {fmt::format("'{}' has no meaning here", written),
           fmt::format("此处的“{}”没有含义", written)},
          {"Leave it out, or put the text into quotes.", "请删除，或把文字放入引号。"},
          ""};
}

bool ends_condition(const Token& token) {
  return token.kind == TokenKind::keyword &&
         (token.keyword == Keyword::all || token.keyword == Keyword::any ||
          token.keyword == Keyword::except);
}

bool is_value(const Token& token) {
  return token.kind == TokenKind::number || token.kind == TokenKind::date ||
         token.kind == TokenKind::text;
}

}  // namespace

Reader::Reader(std::string_view text) : text_(text) {
  if (text.size() > kMostBytes) {
    too_long_ = true;
    problems_.push_back(
        {"too_long",
         {kMostBytes, text.size()},
         "",
         {fmt::format("The rule has {} bytes, at most {} are read", text.size(), kMostBytes),
          fmt::format("规则有 {} 字节，最多 {}", text.size(), kMostBytes)},
         {"Save parts of it as segments and refer to them.", "请把其中一部分保存为分群并引用。"},
         ""});
    return;
  }
  Lexed lexed = lex(text);
  tokens_ = std::move(lexed.tokens);
  for (const Unreadable& part : lexed.unreadable) {
    if (problems_.size() < kMostProblems) problems_.push_back(unreadable_problem(part, text));
  }
}

void Reader::expect_end() {
  if (peek().kind == TokenKind::end) return;
  expected({"`and`, `or` or the end", "“且”“或”或结尾"});
}

std::vector<Problem> Reader::take_problems() {
  std::stable_sort(problems_.begin(), problems_.end(),
                   [](const Problem& a, const Problem& b) { return a.at.begin < b.at.begin; });
  if (problems_.size() > kMostProblems) problems_.resize(kMostProblems);
  return std::move(problems_);
}

void Reader::skip() {
  if (peek().kind != TokenKind::end) ++place_;
}

void Reader::skip_unit() {
  const bool unit = peek().kind == TokenKind::keyword &&
                    (peek().keyword == Keyword::unit || peek().keyword == Keyword::days ||
                     peek().keyword == Keyword::hours || peek().keyword == Keyword::months ||
                     peek().keyword == Keyword::years || peek().keyword == Keyword::weeks);
  if (unit) skip();
}

void Reader::open() {
  in_arguments_ = true;
  skip();
}

void Reader::close() {
  if (!sound()) return;
  if (peek().kind == TokenKind::close) {
    in_arguments_ = false;
    skip();
  } else {
    expected({"`)`", "“)”"});
  }
}

std::size_t Reader::last_end() const {
  return place_ == 0 ? peek().at.begin : tokens_[place_ - 1].at.end;
}

std::string_view Reader::written(const Token& token) const {
  return text_.substr(token.at.begin, token.at.end - token.at.begin);
}

void Reader::problem(std::string code, Span at, Sentence message, Sentence hint,
                     std::string replacement) {
  if (problems_.size() < kMostProblems) {
    problems_.push_back(
        {std::move(code), at, "", std::move(message), std::move(hint), std::move(replacement)});
  }
  recover();
}

/// Goes on at the next `and` or `or` outside the brackets that are open here, or at what closes a
/// group. The `and` of `between 1 and 2` is none.
void Reader::recover() {
  int level = 0;
  while (peek().kind != TokenKind::end) {
    const bool inside = level > 0 || in_arguments_;
    if (peek().kind == TokenKind::open) ++level;
    if (peek().kind == TokenKind::close) {
      if (level > 0) {
        --level;
      } else if (in_arguments_) {
        in_arguments_ = false;
      } else {
        break;
      }
    } else if (!inside && ends_condition(peek()) && !is_value(ahead())) {
      break;
    }
    ++place_;
  }
  in_arguments_ = false;
  stopped_at_ = place_;
}

Sentence Reader::found() const {
  if (peek().kind == TokenKind::end) return {"the end", "结尾"};
  const std::string text(written(peek()).substr(0, 60));
  return {fmt::format("'{}'", text), fmt::format("“{}”", text)};
}

void Reader::expected(Words what) {
  const Sentence got = found();
  problem("expected", peek().at,
          {fmt::format("{} was expected, not {}", what.en, got.en),
           fmt::format("此处应为{}，而不是{}", what.zh, got.zh)},
          {fmt::format("Write {} here.", what.en), fmt::format("请在此处写{}。", what.zh)});
}

void Reader::too_deep() {
  problem("too_deep", peek().at,
          {fmt::format("Brackets are nested more than {} deep", kMostDepth),
           fmt::format("括号嵌套超过 {} 层", kMostDepth)},
          {"Save a part as a segment and refer to it.", "请把其中一部分保存为分群并引用。"});
}

void Reader::unknown_fact() {
  if (peek().kind != TokenKind::word) {
    return expected({"a condition such as `orders >= 3`", "条件，如“订单数 >= 3”"});
  }
  const std::span<const std::string_view> known = fact_words();
  std::vector<std::string_view> words(known.begin(), known.end());
  words.insert(words.end(),
               {"in_segment", "everyone", "not", "top", "sample", "在分群", "所有客户"});
  const std::string word(written(peek()).substr(0, 60));
  const auto meant = nearest(word, words);
  problem("unknown_word", peek().at,
          {fmt::format("There is no fact '{}'", word), fmt::format("没有事实“{}”", word)},
          meant ? Sentence{fmt::format("Did you mean '{}'?", *meant),
                           fmt::format("您是否想写“{}”？", *meant)}
                : Sentence{"`huitou segments words` lists all facts.",
                           "`huitou segments words` 列出全部可用事实。"},
          meant ? std::string(*meant) : "");
}

void Reader::no_subject(const std::string& fact) {
  problem("no_subject", peek().at,
          {fmt::format("'{}' takes no text", fact), fmt::format("“{}”不接受文字参数", fact)},
          {"Choose rows with `where`, such as where channel = 'web'.",
           "请用“其中”筛选，如 其中 渠道 = 'web'。"});
}

bool Reader::takes_subject(const std::string& fact) {
  const Fact* found = find_fact(fact);
  return found != nullptr && !found->subject.empty();
}

}  // namespace huitou::segments
