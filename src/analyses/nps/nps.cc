#include <fmt/format.h>

#include "analyses/happenings.h"
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

void add_row(const Parts& parts, const std::string& name, const math::Promoters& group,
             Answer& answer) {
  auto& columns = answer.frame.columns;
  const auto score = math::net_score(group);
  CHECK(score.has_value());
  columns[0].push_text(part_name(parts, name, false));
  columns[1].push_text(part_name(parts, name, true));
  columns[2].push_real(score->value);
  columns[3].push_real(score->interval.low);
  columns[4].push_real(score->interval.high);
  columns[5].push_real(score->error);
  columns[6].push_integer(group.promoters);
  columns[7].push_integer(group.passives);
  columns[8].push_integer(group.detractors);
  columns[9].push_integer(group.answers());
}

Result<Answer> run(const Inputs& inputs) {
  const Arguments arguments(nps.params, inputs.values);
  TRY(arguments.choice("by"));
  TRY(const std::size_t count, arguments.choice("count"));
  const Parts parts = parts_of(arguments.text("by"), "answered_on");
  TRY(const Found found, read_scores(inputs, parts, count == 1));
  if (found.groups.empty()) {
    const std::string day = format_date(inputs.period.to);
    return not_enough_data({fmt::format("There is no NPS answer from 0 to 10 before {}.", day),
                            fmt::format("{} 之前没有 0 至 10 分的 NPS 答卷。", day)},
                           {"Load survey answers of the kind nps, or widen the period.",
                            "请加载类型为 nps 的问卷答卷，或扩大时段。"});
  }
  Answer answer = empty_answer(kColumns, parts.by_month ? View::curve : View::bars);
  for (const auto& [name, group] : found.groups) {
    add_row(parts, name, group, answer);
  }
  answer.notes.push_back(
      {"answers_only",
       {"Only those who answered are counted: who is asked and who answers is no chance sample.",
        "仅统计作答者：被邀请者与作答者并非随机样本。"}});
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
           {"all answers together, by month or by channel", "合计、按月或按渠道"},
           "all",
           {"all", "month", "channel"}},
          {"count",
           ParamType::choice,
           {"every answer, or of each known customer the last one in the period",
            "每份答卷，或每位已知客户在时段内的最近一份"},
           "answers",
           {"answers", "latest"}}};
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
      "passives.",
      "100 ×（9、10 分占比 − 0 至 6 分占比），取值 -100 至 100，不是概率。标准误 "
      "100·√((p+d−(p−d)²)/n)。95% 区间：推荐者与贬损者各加 3/4 份、中立者加 3/2 份后的 Wald "
      "区间。"},
     View::bars},
    make_params(),
    {std::begin(kColumns), std::end(kColumns)},
    run,
    nullptr,
    false};

}  // namespace huitou::analyses
