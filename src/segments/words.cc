#include "segments/words.h"

#include <algorithm>
#include <map>

#include "base/edit_distance.h"

namespace huitou::segments {

std::span<const KeywordWords> keywords() {
  using K = Keyword;
  static const std::vector<KeywordWords> kWords{
      {K::all, {"and"}, {"且", "并且", "而且", "同时", "和", "与"}},
      {K::any, {"or"}, {"或", "或者"}},
      {K::negate, {"not", "no"}, {"非", "不", "没有", "未"}},
      {K::except, {"except"}, {"排除", "除去", "除了"}},
      {K::between, {"between"}, {"介于"}},
      {K::in, {"in"}, {"属于", "为以下之一"}},
      {K::contains, {"contains"}, {"包含", "含"}},
      {K::is, {"is"}, {}},
      {K::known, {"known"}, {"已知"}},
      {K::unknown, {"unknown"}, {"未知"}},
      {K::eq, {}, {"等于", "为", "是"}},
      {K::ne, {}, {"不等于", "不是", "不为"}},
      {K::lt, {}, {"小于", "少于", "低于", "早于"}},
      {K::le, {}, {"小于等于", "不超过", "至多", "不多于", "不高于", "不晚于"}},
      {K::gt, {}, {"大于", "超过", "多于", "高于", "晚于"}},
      {K::ge, {}, {"大于等于", "不少于", "至少", "不低于", "不早于"}},
      {K::last, {"last"}, {"近", "最近", "过去"}},
      {K::from, {"from", "since"}, {"从", "自"}},
      {K::to, {"to", "before"}, {"至", "到"}},
      {K::where, {"where"}, {"其中"}},
      {K::top, {"top"}, {"前", "最高"}},
      {K::bottom, {"bottom"}, {"后", "最低"}},
      {K::of, {"of"}, {"于"}},
      {K::by, {"by"}, {"按"}},
      {K::sample, {"sample"}, {"抽样", "随机抽取"}},
      {K::seed, {"seed"}, {"种子"}},
      {K::everyone, {"everyone"}, {"所有客户", "全部客户"}},
      {K::in_segment, {"in_segment"}, {"在分群", "属于分群"}},
      {K::hours, {"hours", "hour"}, {"小时"}},
      {K::days, {"days", "day"}, {"天", "日"}},
      {K::weeks, {"weeks", "week"}, {"周"}},
      {K::months, {"months", "month"}, {"个月", "月"}},
      {K::years, {"years", "year"}, {"年"}},
      {K::property, {"property"}, {"属性"}},
      {K::unit,
       {"times", "customers"},
       {"次", "单", "元", "笔", "件", "分", "个", "名", "人", "岁", "位", "分钟"}},
      {K::ten_thousand, {}, {"万", "万元"}},
  };
  return kWords;
}

std::optional<Keyword> keyword_of(std::string_view lower_word) {
  static const std::map<std::string_view, Keyword> kByWord = [] {
    std::map<std::string_view, Keyword> by_word;
    for (const KeywordWords& words : keywords()) {
      for (const auto* list : {&words.en, &words.zh}) {
        for (const std::string_view word : *list) by_word.emplace(word, words.keyword);
      }
    }
    return by_word;
  }();
  const auto found = kByWord.find(lower_word);
  return found == kByWord.end() ? std::nullopt : std::optional(found->second);
}

std::string_view spelling(Keyword keyword, Language language) {
  for (const KeywordWords& words : keywords()) {
    if (words.keyword != keyword) continue;
    const auto& list = language == Language::zh && !words.zh.empty() ? words.zh : words.en;
    return list.front();
  }
  return "";
}

std::optional<Keyword> keyword_of(WindowUnit unit) {
  switch (unit) {
    case WindowUnit::hours:
      return Keyword::hours;
    case WindowUnit::days:
      return Keyword::days;
    case WindowUnit::weeks:
      return Keyword::weeks;
    case WindowUnit::months:
      return Keyword::months;
    case WindowUnit::years:
      return Keyword::years;
    case WindowUnit::dates:
      return std::nullopt;
  }
  return std::nullopt;
}

std::string_view op_symbol(Op op) {
  switch (op) {
    case Op::eq:
      return "=";
    case Op::ne:
      return "!=";
    case Op::lt:
      return "<";
    case Op::le:
      return "<=";
    case Op::gt:
      return ">";
    case Op::ge:
      return ">=";
    default:
      return "";
  }
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& letter : out) {
    if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
  }
  return out;
}

std::vector<std::string_view> characters(std::string_view text) {
  std::vector<std::string_view> out;
  while (!text.empty()) {
    std::size_t size = 1;
    while (size < text.size() && size < 4 && (static_cast<unsigned char>(text[0]) & 0x80U) != 0 &&
           (static_cast<unsigned char>(text[size]) & 0xC0U) == 0x80U) {
      ++size;
    }
    out.push_back(text.substr(0, size));
    text.remove_prefix(size);
  }
  return out;
}

std::optional<std::string_view> nearest(std::string_view word,
                                        const std::vector<std::string_view>& candidates) {
  const std::string small = lower(word.substr(0, 64));
  const std::vector<std::string_view> letters = characters(small);
  std::optional<std::string_view> best;
  std::size_t least = std::max<std::size_t>(1, letters.size() / 3) + 1;
  for (const std::string_view candidate : candidates) {
    const std::size_t far = edit_distance(letters, characters(candidate));
    if (far < least && far < letters.size()) {
      least = far;
      best = candidate;
    }
  }
  if (best) return best;
  for (const std::string_view candidate : candidates) {
    if (small.size() >= 3 && candidate.find(small) != std::string_view::npos) return candidate;
  }
  return std::nullopt;
}

}  // namespace huitou::segments
