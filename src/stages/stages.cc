#include "stages/stages.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace huitou::stages {

std::string_view embedded(std::string_view path);

namespace {

struct Name {
  std::string_view name;
  Words words;
};
constexpr std::array<Name, kStages> kNames{{{"first", {"First purchase", "首购"}},
                                            {"nurture", {"Nurture", "培育"}},
                                            {"active", {"Active", "活跃"}},
                                            {"sleeping", {"Sleeping", "沉睡"}},
                                            {"lost", {"Lost", "流失"}},
                                            {"potential", {"Potential", "潜在"}},
                                            {"returned", {"Returned", "回归"}}}};

constexpr LimitCard kCards[] = {
    {"first_days",
     &Limits::first_days,
     {"First purchase: days", "首购天数"},
     {"first purchase: one order, so many days ago at most; 0: no such stage",
      "首购：仅一笔订单，且距今不超过的天数；0 表示不设此阶段"}},
    {"nurture_orders",
     &Limits::nurture_orders,
     {"Nurture: orders", "培育订单数"},
     {"nurture: so many orders at most", "培育：订单数不超过"},
     1,
     1000},
    {"nurture_days",
     &Limits::nurture_days,
     {"Nurture: days", "培育天数"},
     {"nurture: the first order so many days ago at most; 0: no such stage",
      "培育：距首单不超过的天数；0 表示不设此阶段"}},
    {"active_days",
     &Limits::active_days,
     {"Active: days", "活跃天数"},
     {"active: so many days since the last order at most", "活跃：距上次下单不超过的天数"},
     1},
    {"sleeping_days",
     &Limits::sleeping_days,
     {"Sleeping: days", "沉睡天数"},
     {"sleeping: so many days at most; lost after that",
      "沉睡：距上次下单不超过的天数，超过即为流失"},
     2},
    {"returned_days",
     &Limits::returned_days,
     {"Returned: days", "回归天数"},
     {"returned: bought again after being lost, so many days ago at most and not since; 0: no such "
      "stage",
      "回归：流失后再次购买，距今不超过的天数，其后未再购买；0 表示不设此阶段"}},
    {"potential_days",
     &Limits::potential_days,
     {"Potential: days", "潜在天数"},
     {"potential: no order yet, registered or seen so many days ago at most; 0: no such stage",
      "潜在：尚无订单，且注册或最近一次行为距今不超过的天数；0 表示不设此阶段"}}};

Error wrong(Sentence what, Sentence hint) {
  return {Code::invalid_input, std::move(what.en), std::move(hint.en), std::move(what.zh),
          std::move(hint.zh)};
}

void put(std::string& text, std::string_view what, std::string_view with) {
  for (std::size_t at = text.find(what); at != std::string::npos;
       at = text.find(what, at + with.size())) {
    text.replace(at, what.size(), with);
  }
}

}  // namespace

std::span<const LimitCard> limit_cards() { return kCards; }

std::vector<Param> limit_params() {
  struct Doc {
    std::string en, zh;
  };
  static const std::vector<Doc> kDocs = [] {
    std::vector<Doc> docs;
    for (const LimitCard& card : kCards) {
      docs.push_back({fmt::format("{}; as set for the shop if not given", card.doc.en),
                      fmt::format("{}；未给出时按店铺设置", card.doc.zh)});
    }
    return docs;
  }();
  std::vector<Param> params;
  for (std::size_t i = 0; i < kDocs.size(); ++i) {
    params.push_back({.name = kCards[i].name,
                      .type = ParamType::integer,
                      .doc = {kDocs[i].en, kDocs[i].zh},
                      .at_least = kCards[i].at_least,
                      .at_most = kCards[i].at_most});
  }
  return params;
}

Status check(const Limits& limits) {
  for (const LimitCard& card : kCards) {
    const auto value = static_cast<double>(limits.*card.value);
    if (value >= card.at_least && value <= card.at_most) continue;
    return wrong(
        {fmt::format("{} is {}.", card.name, value), fmt::format("{} 为 {}。", card.name, value)},
        {fmt::format("Give a whole number from {} to {}.", card.at_least, card.at_most),
         fmt::format("请给出 {} 到 {} 之间的整数。", card.at_least, card.at_most)});
  }
  if (limits.active_days >= limits.sleeping_days) {
    return wrong({fmt::format("active_days is {} and sleeping_days {}.", limits.active_days,
                              limits.sleeping_days),
                  fmt::format("active_days 为 {}，sleeping_days 为 {}。", limits.active_days,
                              limits.sleeping_days)},
                 {"Customers sleep later than they are active: give a larger sleeping_days.",
                  "沉睡的天数应大于活跃的天数：请调大 sleeping_days。"});
  }
  for (const LimitCard& card : kCards) {
    const bool of_active =
        card.name == "first_days" || card.name == "nurture_days" || card.name == "returned_days";
    if (!of_active || limits.*card.value <= limits.active_days) continue;
    return wrong(
        {fmt::format("{} is {} and active_days {}.", card.name, limits.*card.value,
                     limits.active_days),
         fmt::format("{} 为 {}，active_days 为 {}。", card.name, limits.*card.value,
                     limits.active_days)},
        {fmt::format("Newcomers and the returned are a part of the active: give a smaller "
                     "{} or a larger active_days.",
                     card.name),
         fmt::format("新客与回归客户属于活跃客户：请调小 {} 或调大 active_days。", card.name)});
  }
  return {};
}

std::string_view name(Stage stage) { return kNames.at(static_cast<std::size_t>(stage)).name; }
Words words(Stage stage) { return kNames.at(static_cast<std::size_t>(stage)).words; }

std::vector<Stage> stages_of(const Limits& limits) {
  std::vector<Stage> stages;
  if (limits.potential_days > 0) stages.push_back(Stage::potential);
  if (limits.first_days > 0) stages.push_back(Stage::first);
  if (limits.nurture_days > 0) stages.push_back(Stage::nurture);
  stages.push_back(Stage::active);
  if (limits.returned_days > 0) stages.push_back(Stage::returned);
  stages.push_back(Stage::sleeping);
  stages.push_back(Stage::lost);
  return stages;
}

Sentence meaning(Stage stage, const Limits& limits) {
  switch (stage) {
    case Stage::first:
      return {fmt::format("one order, at most {} days ago", limits.first_days),
              fmt::format("仅一笔订单，且在 {} 天内", limits.first_days)};
    case Stage::nurture:
      return {fmt::format("at most {} orders, the first at most {} days ago", limits.nurture_orders,
                          limits.nurture_days),
              fmt::format("订单不超过 {} 笔，且首单在 {} 天内", limits.nurture_orders,
                          limits.nurture_days)};
    case Stage::active:
      return {fmt::format("the last order at most {} days ago", limits.active_days),
              fmt::format("最近一单在 {} 天内", limits.active_days)};
    case Stage::sleeping:
      return {
          fmt::format("the last order {} to {} days ago", limits.active_days + 1,
                      limits.sleeping_days),
          fmt::format("最近一单在 {} 至 {} 天前", limits.active_days + 1, limits.sleeping_days)};
    case Stage::potential:
      return {fmt::format("no order yet, registered or seen at most {} days ago",
                          limits.potential_days),
              fmt::format("尚无订单，{} 天内注册或有过行为", limits.potential_days)};
    case Stage::returned:
      return {fmt::format("the last order at most {} days ago, the first after more than {} days "
                          "without one",
                          limits.returned_days, limits.sleeping_days),
              fmt::format("最近一单在 {} 天内，且此前超过 {} 天未下单", limits.returned_days,
                          limits.sleeping_days)};
    case Stage::lost:
      break;
  }
  return {fmt::format("the last order more than {} days ago", limits.sleeping_days),
          fmt::format("最近一单在 {} 天以前", limits.sleeping_days)};
}

Sentence meanings(const Limits& limits) {
  Sentence all;
  for (const Stage stage : stages_of(limits)) {
    const Sentence one = meaning(stage, limits);
    all.en += fmt::format("{}{}: {}", all.en.empty() ? "" : "; ", words(stage).en, one.en);
    all.zh += fmt::format("{}{}：{}", all.zh.empty() ? "" : "；", words(stage).zh, one.zh);
  }
  return {all.en + ".", all.zh + "。"};
}

std::optional<Stage> stage_of(const Seen& seen, const Limits& limits) {
  if (seen.orders == 0) {
    const bool known = seen.quiet >= 0 && seen.quiet <= limits.potential_days;
    return limits.potential_days > 0 && known ? std::optional(Stage::potential) : std::nullopt;
  }
  if (limits.first_days > 0 && seen.orders == 1 && seen.age <= limits.first_days) {
    return Stage::first;
  }
  if (limits.nurture_days > 0 && seen.orders <= limits.nurture_orders &&
      seen.age <= limits.nurture_days) {
    return Stage::nurture;
  }
  // The day before she bought, at its close, she had been silent for a day less than the gap.
  if (limits.returned_days > 0 && seen.gap - 1 > limits.sleeping_days &&
      seen.silence <= limits.returned_days) {
    return Stage::returned;
  }
  if (seen.silence <= limits.active_days) return Stage::active;
  return seen.silence <= limits.sleeping_days ? Stage::sleeping : Stage::lost;
}

std::string sql(const Expressions& expressions) {
  std::string_view file = embedded("stage.sql");
  while (file.starts_with("--")) {
    file.remove_prefix(std::min(file.find('\n'), file.size() - 1) + 1);
  }
  std::string text(file.substr(0, file.find_last_not_of('\n') + 1));
  put(text, "{{orders}}", expressions.orders);
  put(text, "{{age}}", "(" + expressions.age + ")");
  put(text, "{{silence}}", "(" + expressions.silence + ")");
  put(text, "{{gap}}", "(" + expressions.gap + ")");
  put(text, "{{quiet}}", "(" + expressions.quiet + ")");
  return text;
}

engine::Params params(const Limits& limits) {
  engine::Params params;
  for (const LimitCard& card : kCards) params.emplace(card.name, limits.*card.value);
  return params;
}

}  // namespace huitou::stages
