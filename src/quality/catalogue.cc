#include "quality/card_text.h"
#include "quality/list.h"
#include "quality/statement.h"

namespace huitou::quality {
namespace {

std::vector<Rule> read_all() {
  std::vector<Rule> rules;
  for (const std::string_view name : kRuleNames) {
    rules.push_back(read_card(embedded("rules/" + std::string(name) + ".sql")));
    CHECK(rules.back().card.name == name);
  }
  return rules;
}

}  // namespace

std::span<const Rule* const> all() {
  static const std::vector<Rule> rules = read_all();
  static const std::vector<const Rule*> pointers = [] {
    std::vector<const Rule*> list;
    for (const Rule& rule : rules) list.push_back(&rule);
    return list;
  }();
  return pointers;
}

Result<const Rule*> find(std::string_view name) {
  std::string names;
  for (const Rule* rule : all()) {
    if (rule->card.name == name) return rule;
    names += (names.empty() ? "" : ", ") + std::string(rule->card.name);
  }
  const std::string asked(name.substr(0, 100));
  return Error{Code::not_found, "There is no rule '" + asked + "'.",
               "The rules are: " + names + ".", "没有名为“" + asked + "”的规则。",
               "可用规则：" + names + "。"};
}

}  // namespace huitou::quality
