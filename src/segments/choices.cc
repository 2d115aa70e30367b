#include "segments/choices.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <vector>

#include "base/result.h"
#include "segments/words.h"

namespace huitou::segments {

std::string_view embedded(std::string_view path);

namespace {

constexpr std::string_view kLine = "-- values ";

/// `A | 甲; B | 乙` of the fact's file.
std::vector<Words> read_choices(std::string_view text) {
  std::vector<Words> out;
  const std::size_t begin = text.find(kLine);
  if (begin == std::string_view::npos) return out;
  text = text.substr(begin + kLine.size(), text.find('\n', begin) - begin - kLine.size());
  while (!text.empty()) {
    const std::size_t end = std::min(text.find("; "), text.size());
    const std::string_view one = text.substr(0, end);
    const std::size_t bar = one.find(" | ");
    CHECK(bar != std::string_view::npos);
    out.push_back({one.substr(0, bar), one.substr(bar + 3)});
    text.remove_prefix(std::min(end + 2, text.size()));
  }
  return out;
}

}  // namespace

std::span<const Words> choices_of(const Fact& fact) {
  static const std::map<std::string_view, std::vector<Words>> kChoices = [] {
    std::map<std::string_view, std::vector<Words>> all;
    for (const Fact& one : facts()) {
      all[one.name] = read_choices(embedded("facts/" + std::string(one.name) + ".sql"));
    }
    return all;
  }();
  const auto found = kChoices.find(fact.name);
  CHECK(found != kChoices.end());
  return found->second;
}

Sentence choices_said(const Fact& fact) {
  Sentence all;
  for (const Words& one : choices_of(fact)) {
    all.en += fmt::format("{}'{}'", all.en.empty() ? "" : ", ", one.en);
    all.zh += fmt::format("{}'{}'", all.zh.empty() ? "" : "、", one.zh);
  }
  return all;
}

const Words* find_choice(const Fact& fact, std::string_view text) {
  const std::span<const Words> choices = choices_of(fact);
  const auto found = std::find_if(choices.begin(), choices.end(), [&](const Words& one) {
    return lower(one.en) == lower(text) || one.zh == text || one.zh == std::string(text) + "客户";
  });
  return found == choices.end() ? nullptr : &*found;
}

Literal named_in(const Literal& value, const Fact* fact, Language language) {
  const Words* const known = fact == nullptr || value.kind != Literal::Kind::text
                                 ? nullptr
                                 : find_choice(*fact, value.text);
  if (known == nullptr) return value;
  Literal named = value;
  named.text = language == Language::zh ? known->zh : known->en;
  return named;
}

}  // namespace huitou::segments
