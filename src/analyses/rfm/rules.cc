#include "analyses/rfm/rules.h"

#include <fmt/format.h>

#include <algorithm>

#include "analyses/common.h"

namespace huitou::analyses {
namespace {

/// Reads the rules sign by sign; a position is the number of characters (not bytes) before it.
class Reader {
 public:
  explicit Reader(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
      const auto first = static_cast<unsigned char>(text[at]);
      const std::size_t length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
      signs_.push_back(narrow(text.substr(at, length)));
      at += length;
    }
  }

  bool ended() {
    skip_blanks();
    return at_ == signs_.size();
  }
  bool take(std::string_view sign) {
    skip_blanks();
    if (at_ == signs_.size() || signs_[at_] != sign) {
      return false;
    }
    ++at_;
    return true;
  }

  Result<std::string> name() {
    skip_blanks();
    const std::size_t begin = at_;
    std::string name;
    while (at_ < signs_.size() && signs_[at_] != ":" && signs_[at_] != ";") {
      name += signs_[at_++];
    }
    while (!name.empty() && (name.back() == ' ' || name.back() == '\n')) {
      name.pop_back();
    }
    if (name.empty() || !take(":")) {
      at_ = name.empty() ? begin : at_;
      return wrong(name.empty() ? Sentence{"a segment's name", "分群名称"}
                                : Sentence{"':'", "“:”"});
    }
    return name;
  }

  Result<Range> range() {
    TRY(const int low, score());
    if (!take("-")) {
      return Range{low, low};
    }
    const std::size_t begin = at_;
    TRY(const int high, score());
    if (high < low) {
      at_ = begin;
      return wrong(
          {fmt::format("a score of at least {}", low), fmt::format("不小于 {} 的分值", low)});
    }
    return Range{low, high};
  }

  Error wrong(const Sentence& expected) const {
    const std::string found = at_ < signs_.size() ? "'" + signs_[at_] + "'" : "the end";
    const std::string found_zh = at_ < signs_.size() ? "“" + signs_[at_] + "”" : "文本结尾";
    return invalid_input(
        {fmt::format("The rules have {} at position {} where {} should be.", found, at_ + 1,
                     expected.en),
         fmt::format("规则第 {} 个字符处是{}，此处应为{}。", at_ + 1, found_zh, expected.zh)},
        {"Write rules like 'Champions: r 4-5, f 4-5, m 4-5; Asleep: r 1; Rest:'.",
         "规则写法示例：“冠军: r 4-5, f 4-5, m 4-5; 沉睡: r 1; 其他:”。"});
  }

 private:
  static std::string narrow(std::string_view sign) {
    constexpr std::pair<std::string_view, std::string_view> kWide[] = {
        {"：", ":"}, {"；", ";"}, {"，", ","}, {"－", "-"}, {"–", "-"}, {"　", " "}};
    for (const auto& [wide, plain] : kWide) {
      if (sign == wide) {
        return std::string(plain);
      }
    }
    return std::string(sign);
  }
  void skip_blanks() {
    while (at_ < signs_.size() && (signs_[at_] == " " || signs_[at_] == "\n" ||
                                   signs_[at_] == "\t" || signs_[at_] == "\r")) {
      ++at_;
    }
  }
  Result<int> score() {
    skip_blanks();
    if (at_ < signs_.size() && signs_[at_].size() == 1 && signs_[at_][0] >= '1' &&
        signs_[at_][0] <= '0' + kBins) {
      return signs_[at_++][0] - '0';
    }
    return wrong({"a score from 1 to 5", "1 到 5 的分值"});
  }

  std::vector<std::string> signs_;
  std::size_t at_ = 0;
};

Result<Rule> parse_rule(Reader& reader) {
  Rule rule;
  TRY(const std::string name, reader.name());
  rule.name = {name, name};
  while (!reader.ended() && !reader.take(";")) {
    Range* range = reader.take("r") || reader.take("R")   ? &rule.r
                   : reader.take("f") || reader.take("F") ? &rule.f
                   : reader.take("m") || reader.take("M") ? &rule.m
                                                          : nullptr;
    if (range == nullptr) {
      return reader.wrong({"r, f, m or ';'", "r、f、m 或“;”"});
    }
    TRY(*range, reader.range());
    reader.take(",");
  }
  return rule;
}

}  // namespace

Result<std::vector<Rule>> parse_rules(std::string_view text) {
  Reader reader(text);
  std::vector<Rule> rules;
  do {
    TRY(Rule rule, parse_rule(reader));
    const auto same = [&](const Rule& other) { return other.name.en == rule.name.en; };
    if (std::any_of(rules.begin(), rules.end(), same)) {
      return invalid_input({fmt::format("The segment '{}' is named twice.", rule.name.en),
                            fmt::format("分群“{}”出现了两次。", rule.name.en)},
                           {"Give each rule its own name.", "请为每条规则取不同的名称。"});
    }
    rules.push_back(std::move(rule));
  } while (!reader.ended());
  return rules;
}

std::array<std::size_t, kCells> assign_cells(std::span<const Rule> rules, int levels) {
  std::array<std::size_t, kCells> taken{};
  for (std::size_t cell = 0; cell < kCells; ++cell) {
    const Scores scores = scores_of(cell);
    taken[cell] = kNoRule;
    const bool exists = scores.r <= levels && scores.f <= levels && scores.m <= levels;
    for (std::size_t rule = 0; exists && taken[cell] == kNoRule && rule < rules.size(); ++rule) {
      taken[cell] = rules[rule].holds(scores) ? rule : kNoRule;
    }
  }
  return taken;
}

std::vector<Swallowed> swallowed_rules(std::span<const Rule> rules, int levels) {
  const auto taken = assign_cells(rules, levels);
  std::vector<Swallowed> swallowed;
  for (std::size_t rule = 0; rule < rules.size(); ++rule) {
    if (std::find(taken.begin(), taken.end(), rule) != taken.end()) {
      continue;
    }
    Swallowed found{rule, {}};
    for (std::size_t cell = 0; cell < kCells; ++cell) {
      const bool wanted = taken[cell] != kNoRule && rules[rule].holds(scores_of(cell));
      if (wanted && std::find(found.by.begin(), found.by.end(), taken[cell]) == found.by.end()) {
        found.by.push_back(taken[cell]);
      }
    }
    std::sort(found.by.begin(), found.by.end());
    swallowed.push_back(std::move(found));
  }
  return swallowed;
}

}  // namespace huitou::analyses
