#include "analyses/as_rule.h"

#include <fmt/format.h>

namespace huitou::analyses {

bool can_be_rules(const Inputs& inputs) {
  return inputs.status == schema::StatusPolicy::net && inputs.filters.empty();
}

std::string condition(std::string_view fact, Period period, std::string_view op,
                      std::string_view value) {
  return fmt::format("{}(from {} to {}) {} {}", fact, format_date(period.from),
                     format_date(period.to), op, value);
}

Param with_rule_param() {
  return {.name = "with_rule",
          .type = ParamType::boolean,
          .doc = {"with the rule of each list of customers, for `segments save`",
                  "附上每组客户的规则，可用于 `segments save`"},
          .fallback = "false"};
}

bool wants_rules(const Inputs& inputs) {
  const auto found = inputs.values.find("with_rule");
  return found != inputs.values.end() && !found->second.empty() && found->second.back() == "true";
}

void add_rules(Answer& answer, const RuleTexts& rules) {
  Column column = make_column("rule", ColumnType::text);
  for (const auto& rule : rules) {
    rule ? column.push_text(*rule) : column.push_null();
  }
  answer.frame.columns.push_back(std::move(column));
  answer.columns.push_back({"rule", Unit::none, Role::detail, {"As a rule", "规则写法"}});
}

}  // namespace huitou::analyses
