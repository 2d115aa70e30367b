#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "analyses/happenings.h"
#include "math/false_discoveries.h"
#include "math/promoters.h"

namespace huitou::analyses {

extern const Analysis nps;

namespace {

constexpr ColumnCard kColumns[] = {
    {"part", Unit::none, Role::dimension, {"Answers", "范围（英文）"}},
    {"part_zh", Unit::none, Role::detail, {"Answers (Chinese)", "范围"}},
    {"nps", Unit::number, Role::value, {"NPS (-100 to 100)", "NPS（-100 至 100）"}},
    {"nps_low", Unit::number, Role::low, {"Lower end (95 %)", "下限（95%）"}},
    {"nps_high", Unit::number, Role::high, {"Upper end (95 %)", "上限（95%）"}},
    {"nps_error", Unit::number, Role::detail, {"Standard error", "标准误"}},
    {"promoters", Unit::count, Role::detail, {"Promoters (9, 10)", "推荐者（9、10）"}},
    {"passives", Unit::count, Role::detail, {"Passives (7, 8)", "中立者（7、8）"}},
    {"detractors", Unit::count, Role::detail, {"Detractors (0 to 6)", "贬损者（0 至 6）"}},
    {"answers", Unit::count, Role::base, {"Answers", "答卷数"}}};

/// Where groups are compared; those who make up a group are not in what it is compared with.
constexpr ColumnCard kAgainstColumns[] = {
    {"difference", Unit::number, Role::detail, {"Above the others", "高于其余答卷"}},
    {"difference_low",
     Unit::number,
     Role::detail,
     {"Lower end of the difference (95 %)", "差值下限（95%）"}},
    {"difference_high",
     Unit::number,
     Role::detail,
     {"Upper end of the difference (95 %)", "差值上限（95%）"}},
    {"q", Unit::number, Role::detail, {"q (false discoveries)", "q 值（错误发现率）"}}};

constexpr std::size_t kMostGroups = 200;  // with the most answers; the others come together

struct Found {
  std::map<std::string, math::Promoters> groups;
  std::int64_t off_scale = 0;
};

Result<Found> read_scores(const Inputs& inputs, const Parts& parts, bool latest) {
  const Period period = happenings_period(inputs);
  const std::string answers(embedded(latest ? "nps/latest.sql" : "nps/each.sql"));
  TRY(const engine::Query query,
      build_query(inputs, "nps/scores.sql",
                  {{{"begin", period.from}, {"end", period.to}},
                   {{"answers", "\n" + answers}, {"group", parts.sql}}}));
  TRY(const Frame rows, inputs.engine.query(query));
  Found found;
  for (std::size_t row = 0; row < rows.rows(); ++row) {
    const std::int64_t number = rows.at("answers").integers()[row];
    math::Promoters group;
    if (group.add(rows.at("points").integers()[row], number)) {
      math::Promoters& held = found.groups[rows.text("part", row).value_or("")];
      held.promoters += group.promoters;
      held.passives += group.passives;
      held.detractors += group.detractors;
    } else {
      found.off_scale += number;
    }
  }
  return found;
}

void add_row(const Sentence& name, const math::Promoters& group, Answer& answer) {
  auto& columns = answer.frame.columns;
  const auto score = math::net_score(group);
  CHECK(score.has_value());
  columns[0].push_text(name.en);
  columns[1].push_text(name.zh);
  columns[2].push_real(score->value);
  columns[3].push_real(score->interval.low);
  columns[4].push_real(score->interval.high);
  columns[5].push_real(score->error);
  columns[6].push_integer(group.promoters);
  columns[7].push_integer(group.passives);
  columns[8].push_integer(group.detractors);
  columns[9].push_integer(group.answers());
}

Sentence name_of(const Parts& parts, const std::string& group) {
  return {part_name(parts, group, false), part_name(parts, group, true)};
}

void add(math::Promoters& to, const math::Promoters& more) {
  to.promoters += more.promoters;
  to.passives += more.passives;
  to.detractors += more.detractors;
}

math::Promoters without(const math::Promoters& all, const math::Promoters& part) {
  return {all.promoters - part.promoters, all.passives - part.passives,
          all.detractors - part.detractors};
}

/// A store or product with enough answers, and how far it is from all other answers that name one.
struct Compared {
  std::string name;
  math::Promoters group;
  std::optional<math::NetDifference> against{};
  std::optional<double> q{};
};

struct Groups {
  std::vector<Compared> shown;
  math::Promoters small;    ///< of groups with too few answers, or beyond the most that are shown
  std::int64_t hidden = 0;  ///< how many these are
  math::Promoters unnamed;  ///< answers that name no store or product
};

double net_of(const Compared& one) { return math::net_score(one.group)->value; }

void compare(Groups& groups, const math::Promoters& all) {
  std::vector<double> p_values;
  std::vector<Compared*> tested;
  for (Compared& one : groups.shown) {
    one.against = math::net_difference(one.group, without(all, one.group));
    if (!one.against) continue;
    p_values.push_back(one.against->p);
    tested.push_back(&one);
  }
  const std::vector<double> rates = math::false_discovery_rates(p_values);
  for (std::size_t i = 0; i < tested.size(); ++i) tested[i]->q = rates[i];
}

Groups groups_of(const Found& found, std::int64_t least) {
  Groups groups;
  math::Promoters all;
  for (const auto& [name, group] : found.groups) {
    if (name.empty()) {
      groups.unnamed = group;
      continue;
    }
    add(all, group);
    groups.shown.push_back({name, group});
  }
  std::stable_sort(groups.shown.begin(), groups.shown.end(),
                   [](const Compared& a, const Compared& b) {
                     return a.group.answers() > b.group.answers();
                   });
  while (!groups.shown.empty() && (groups.shown.size() > kMostGroups ||
                                   groups.shown.back().group.answers() < least)) {
    add(groups.small, groups.shown.back().group);
    ++groups.hidden;
    groups.shown.pop_back();
  }
  compare(groups, all);
  std::sort(groups.shown.begin(), groups.shown.end(), [](const Compared& a, const Compared& b) {
    const double first = net_of(a), second = net_of(b);
    return first != second ? first > second : a.name < b.name;
  });
  return groups;
}

void add_against(const Compared* one, Answer& answer) {
  const bool known = one != nullptr && one->against.has_value();
  using Value = std::optional<double>;
  push(answer.frame.at("difference"), known ? Value(one->against->value) : Value());
  push(answer.frame.at("difference_low"), known ? Value(one->against->interval.low) : Value());
  push(answer.frame.at("difference_high"), known ? Value(one->against->interval.high) : Value());
  push(answer.frame.at("q"), known ? one->q : Value());
}

void note_groups(const Groups& groups, std::int64_t least, std::vector<Note>& notes) {
  const std::size_t tested = groups.shown.size();
  if (tested > 1) {
    notes.push_back(
        {"many_comparisons",
         {fmt::format("{} groups are compared, each with all other answers that name one: if all "
                      "were alike, about {} of the differences would still leave out 0 by chance. "
                      "q takes account of that: of those with q up to 0.05 at most 5 % are "
                      "expected to be false.",
                      tested, short_number(0.05 * static_cast<double>(tested))),
          fmt::format("共比较 {} 组，各组均与其余已填写者比较：即使各组毫无差别，"
                      "仍约有 {} 个差值区间会因偶然而不含 0。q 值已计入多次比较：取 q 不超过 "
                      "0.05 者，其中预期至多 5% 为误报。",
                      tested, short_number(0.05 * static_cast<double>(tested)))}});
  }
  if (groups.hidden > 0) {
    const bool shown = groups.small.answers() >= least;
    notes.push_back(
        {"small_groups",
         {fmt::format("{} groups with fewer than {} answers, or beyond the {} with the most, are "
                      "not shown by themselves{}.",
                      with_commas(groups.hidden), least, kMostGroups,
                      shown ? ", but together" : ""),
          fmt::format("{} 组的答卷不足 {} 份，或不在答卷最多的 {} 组之内，不单独列出{}。",
                      with_commas(groups.hidden), least, kMostGroups,
                      shown ? "，合并为一行" : "")}});
  }
}

Error too_few(std::int64_t least) {
  return not_enough_data(
      {fmt::format("No store or product has {} NPS answers in the period.", least),
       fmt::format("时段内没有任何门店或商品的 NPS 答卷达到 {} 份。", least)},
      {"Widen the period, or leave `by` out.", "请扩大时段，或省略 by。"});
}

Result<Answer> compared_answer(const Parts& parts, const Found& found, std::int64_t least) {
  const Groups groups = groups_of(found, least);
  std::vector<ColumnCard> cards(std::begin(kColumns), std::end(kColumns));
  cards.insert(cards.end(), std::begin(kAgainstColumns), std::end(kAgainstColumns));
  Answer answer = empty_answer(cards, View::bars);
  for (const Compared& one : groups.shown) {
    add_row(name_of(parts, one.name), one.group, answer);
    add_against(&one, answer);
  }
  if (groups.small.answers() >= least) {
    add_row({"(the others together)", "（其余合并）"}, groups.small, answer);
    add_against(nullptr, answer);
  }
  if (groups.unnamed.answers() >= least) {
    add_row(name_of(parts, ""), groups.unnamed, answer);
    add_against(nullptr, answer);
  }
  if (answer.frame.rows() == 0) return too_few(least);
  note_groups(groups, least, answer.notes);
  return answer;
}

Answer plain_answer(const Parts& parts, const Found& found) {
  Answer answer = empty_answer(kColumns, parts.by_month ? View::curve : View::bars);
  for (const auto& [name, group] : found.groups) {
    add_row(name_of(parts, name), group, answer);
  }
  return answer;
}

Result<Answer> run(const Inputs& inputs) {
  const Arguments arguments(nps.params, inputs.values);
  TRY(arguments.choice("by"));
  TRY(const std::size_t count, arguments.choice("count"));
  TRY(const std::int64_t least, arguments.integer("least"));
  const std::string by = arguments.text("by");
  const Parts parts = parts_of(by, "answered_on");
  TRY(const Found found, read_scores(inputs, parts, count == 1));
  if (found.groups.empty()) {
    const std::string day = format_date(inputs.period.to);
    return not_enough_data({fmt::format("There is no NPS answer from 0 to 10 before {}.", day),
                            fmt::format("{} 之前没有 0 至 10 分的 NPS 答卷。", day)},
                           {"Load survey answers of the kind nps, or widen the period.",
                            "请加载类型为 nps 的问卷答卷，或扩大时段。"});
  }
  const bool compares = by == "store" || by == "product";
  TRY(Answer answer, compares ? compared_answer(parts, found, least)
                              : Result<Answer>(plain_answer(parts, found)));
  answer.notes.push_back(
      {"answers_only",
       {"Only those who answered are counted: who is asked and who answers is no chance sample.",
        "仅统计作答者：被邀请者与作答者并非随机样本。"}});
  const auto is_lone = [](const auto& group) { return group.second.answers() == 1; };
  if (std::any_of(found.groups.begin(), found.groups.end(), is_lone)) {
    answer.notes.push_back(
        {"lone_answer",
         {"The interval of a single answer is drawn towards 0, as for few answers it should be, "
          "and can end short of the score itself; one answer says next to nothing.",
          "仅有一份答卷时，区间按少量样本的方法向 0 收缩，可能不含得分本身；一份答卷几乎不能说明"
          "问题。"}});
  }
  if (found.off_scale > 0) {
    answer.notes.push_back(
        {"off_scale",
         {fmt::format("{} answers are not on the scale from 0 to 10 and are left out.",
                      with_commas(found.off_scale)),
          fmt::format("{} 份答卷的评分不在 0 至 10 之间，未计入。",
                      with_commas(found.off_scale))}});
  }
  return answer;
}

std::vector<Param> make_params() {
  return {{"by",
           ParamType::choice,
           {"all answers together, by month, by channel, or by the store or product that the "
            "answer names, each against all others",
            "合计、按月、按渠道，或按答卷所填的门店、商品（各与其余答卷比较）"},
           "all",
           {"all", "month", "channel", "store", "product"}},
          {"count",
           ParamType::choice,
           {"every answer, or of each known customer the last one in the period",
            "每份答卷，或每位已知客户在时段内的最近一份"},
           "answers",
           {"answers", "latest"}},
          {.name = "least",
           .type = ParamType::integer,
           .doc = {"a store or product with fewer answers is not shown by itself",
                   "答卷少于此数的门店或商品不单独列出"},
           .fallback = "10",
           .at_least = 5,
           .at_most = 10000}};
}

}  // namespace

const Analysis nps{
    {"nps",
     {"Net promoter score", "净推荐值（NPS）"},
     {"Would customers recommend the shop, and how sure is that figure?",
      "客户愿意推荐本店吗？这个数字有多可靠？"},
     {"100 x (share of answers 9 and 10 - share of answers 0 to 6); it runs from -100 to 100 and "
      "is "
      "no probability. Standard error 100 sqrt((p + d - (p - d)^2) / n). Interval (95 %): the Wald "
      "interval after 3/4 of an answer is added to promoters and to detractors and 3/2 to "
      "passives. By store or product each is compared with all other answers that name one; q is "
      "the false discovery rate of Benjamini and Hochberg.",
      "100 ×（9、10 分占比 − 0 至 6 分占比），取值 -100 至 100，不是概率。标准误 "
      "100·√((p+d−(p−d)²)/n)。95% 区间：推荐者与贬损者各加 3/4 份、中立者加 3/2 份后的 Wald "
      "区间。按门店或商品时，各与其余已填写者比较；q 为 Benjamini–Hochberg 错误发现率。"},
     View::bars},
    make_params(),
    {std::begin(kColumns), std::end(kColumns)},
    run,
    nullptr,
    false};

}  // namespace huitou::analyses
