#include <fmt/format.h>

#include "analyses/common.h"
#include "analyses/portrait/differences.h"
#include "analyses/portrait/features.h"

namespace huitou::analyses {

extern const Analysis portrait;

namespace {

constexpr std::int64_t kParts = 5;
constexpr std::int64_t kMostValues = 12;
constexpr std::size_t kMostBytesOfValue = 200;

constexpr ColumnCard kColumns[] = {
    {"part", Unit::none, Role::dimension, {"Part", "特征（英文）"}},
    {"part_zh", Unit::none, Role::detail, {"Part (Chinese)", "特征"}},
    {"share", Unit::ratio, Role::detail, {"Share of the segment", "分群内占比"}},
    {"other_share", Unit::ratio, Role::detail, {"Share of the others", "其余客户占比"}},
    {"lift", Unit::number, Role::value, {"Times as often as the others", "相对其余的倍数"}},
    {"lift_low", Unit::number, Role::low, {"Lower end (95 %)", "下限（95%）"}},
    {"lift_high", Unit::number, Role::high, {"Upper end (95 %)", "上限（95%）"}},
    {"customers", Unit::count, Role::base, {"Customers of the segment", "分群内客户数"}},
    {"others", Unit::count, Role::detail, {"Other customers", "其余客户数"}},
    {"q", Unit::number, Role::detail, {"q (false discoveries)", "q 值（错误发现率）"}},
    {"differs", Unit::none, Role::detail, {"Differs", "差异显著"}},
    {"rule", Unit::none, Role::detail, {"As a rule", "规则"}}};

Result<segments::Rule> rule_of(const std::string& text, const segments::Library& library) {
  const auto known = library.rules.find(text);
  if (known != library.rules.end()) return known->second;
  segments::Reading reading = segments::read(text);
  if (!reading.rule) return segments::error_of(reading.problems, text);
  const auto problems = segments::check_references(*reading.rule, "", library);
  if (!problems.empty()) return segments::error_of(problems, text);
  return std::move(*reading.rule);
}

Result<std::vector<PortraitCells>> features_of(const Inputs& inputs,
                                               const segments::Question& everyone) {
  const std::vector<const char*> facts = cut_facts();
  TRY(const auto cuts, segments::cut_points(inputs.engine, everyone, facts, kParts));
  std::vector<PortraitCells> out;
  for (std::size_t i = 0; i < facts.size(); ++i) {
    for (PortraitCells& parts : parts_of_fact(facts[i], cuts[i])) out.push_back(std::move(parts));
  }
  for (const ValueList& list : value_lists()) {
    const std::string day(list.day);
    TRY(const engine::Query query,
        build_query(inputs, "portrait/values.sql",
                    {{{"most", kMostValues}},
                     {{"table", list.table},
                      {"column", list.column},
                      {"condition", day.empty() ? "1" : day + " < {as_of:Date}"}}}));
    TRY(const Frame values, inputs.engine.query(query));
    for (std::size_t row = 0; row < values.rows(); ++row) {
      const std::string value = values.text("value", row).value_or("");
      if (value.size() <= kMostBytesOfValue) out.push_back(cell_of_value(list, value));
    }
  }
  return out;
}

Status check_enough(const GroupCounts& all, std::int64_t least) {
  if (all.inside >= least && all.outside >= least) return {};
  return not_enough_data(
      {fmt::format(
           "portrait needs {} customers on each side; the segment has {}, the others are {}.",
           least, all.inside, all.outside),
       fmt::format("客户画像要求两侧各不少于 {} 位客户；分群有 {} 位，其余有 {} 位。", least,
                   all.inside, all.outside)},
      {"Choose a wider rule, or another one to compare with.", "请放宽规则，或更换对比对象。"});
}

void add_row(const PortraitCell& cell, const CellDifference& found, Answer& answer) {
  auto& columns = answer.frame.columns;
  columns[0].push_text(cell.name.en);
  columns[1].push_text(cell.name.zh);
  columns[2].push_real(found.share);
  columns[3].push_real(found.other_share);
  push(columns[4], found.lift);
  columns[5].push_real(found.lift_interval.low);
  push(columns[6], found.lift_interval.high);
  columns[7].push_integer(found.counts.inside);
  columns[8].push_integer(found.counts.outside);
  columns[9].push_real(found.q);
  columns[10].push_text(found.q <= 0.05 ? "yes" : "no");
  columns[11].push_text(cell.text);
}

void add_notes(const GroupCounts& all, const Differences& found, std::int64_t least,
               std::vector<Note>& notes) {
  notes.push_back({"sides",
                   {fmt::format("{} customers are in the segment; {} others are compared with.",
                                with_commas(all.inside), with_commas(all.outside)),
                    fmt::format("分群有 {} 位客户，与其余 {} 位比较。", with_commas(all.inside),
                                with_commas(all.outside))}});
  notes.push_back({"no_cause",
                   {"What goes with the segment need not be its cause; what its rule asks for "
                    "differs of course.",
                    "与分群同时出现的特征未必是原因；规则本身涉及的特征必然不同。"}});
  if (found.hidden > 0) {
    notes.push_back(
        {"hidden",
         {fmt::format("{} parts are not shown: fewer than {} people are in them, or they would say "
                      "how few are in another.",
                      found.hidden, least),
          fmt::format("有 {} 项未显示：人数少于 {}，或会泄露其他少于此数的项。", found.hidden,
                      least)}});
  }
}

Result<Answer> run(const Inputs& inputs) {
  const Arguments arguments(portrait.params, inputs.values);
  TRY(const std::int64_t least, arguments.integer("least"));
  TRY(const std::int64_t limit, arguments.integer("limit"));
  const segments::Library none;
  const segments::Library& library = inputs.library == nullptr ? none : *inputs.library;
  TRY(const segments::Rule rule, rule_of(arguments.text("segment"), library));
  const std::string against = arguments.text("against");
  const segments::Rule everyone;
  TRY(const segments::Rule others,
      against.empty() ? Result<segments::Rule>(everyone) : rule_of(against, library));
  const auto asked = [&](const segments::Rule& of) {
    return segments::Question{.rule = of,
                              .as_of = segments::as_of_day(inputs.period.to, inputs.time_zone),
                              .library = library,
                              .void_runs = inputs.void_runs,
                              .limits = inputs.limits};
  };
  TRY(const std::vector<PortraitCells> features, features_of(inputs, asked(everyone)));
  std::vector<segments::Rule> cells;
  for (const PortraitCells& feature : features) {
    for (const PortraitCell& cell : feature.cells) {
      TRY(segments::Rule one, rule_of(cell.text, none));
      cells.push_back(std::move(one));
    }
  }
  TRY(const segments::Crossing counted, segments::cross(inputs.engine, asked(rule), others, cells));
  const GroupCounts all{counted.all.inside, counted.all.outside};
  TRY(check_enough(all, least));
  std::vector<PortraitFeature> groups;
  std::size_t next = 0;
  for (const PortraitCells& feature : features) {
    groups.emplace_back();
    for (std::size_t i = 0; i < feature.cells.size(); ++i, ++next) {
      groups.back().cells.push_back({counted.cells[next].inside, counted.cells[next].outside});
    }
  }
  const Differences found = differences_of(groups, all, least);
  Answer answer = empty_answer(kColumns, View::table);
  for (const CellDifference& cell : found.cells) {
    if (static_cast<std::int64_t>(answer.frame.rows()) == limit) break;
    add_row(features[cell.feature].cells[cell.cell], cell, answer);
  }
  add_notes(all, found, least, answer.notes);
  return answer;
}

std::vector<Param> make_params() {
  return {{"segment",
           ParamType::text,
           {"a saved segment, or a rule", "已保存的分群，或一条规则"},
           "orders >= 2"},
          {"against",
           ParamType::text,
           {"compare with those of this segment or rule who are not in the first; everyone else if "
            "not given",
            "与该分群或规则中不属于前者的客户比较；默认与其余全部客户比较"}},
          {.name = "least",
           .type = ParamType::integer,
           .doc = {"parts with fewer people than this on either side are not shown",
                   "任一侧人数少于此数的项不显示"},
           .fallback = "10",
           .at_least = 5,
           .at_most = 1000},
          {.name = "limit",
           .type = ParamType::integer,
           .doc = {"how many parts are shown, those that surely differ most first",
                   "显示的项数上限，差异最确定、最大的在前"},
           .fallback = "40",
           .at_least = 1,
           .at_most = 1000}};
}

}  // namespace

const Analysis portrait{
    {"portrait",
     {"Portrait of a segment", "分群画像"},
     {"What distinguishes the customers of a segment from the others?",
      "某个分群的客户与其他客户有什么不同？"},
     {"Customers are divided by each fact (fifths of everyone), region, channel, store, category "
      "and event; for each part its share within the segment over that among the others (lift) "
      "with a 95 % interval (Katz et al. 1978). q: chi-squared tests of all parts together, false "
      "discoveries controlled (Benjamini & Hochberg 1995); it differs where q is at most 0.05. "
      "First comes what surely differs most. All history before the end of the period counts.",
      "按各项指标（全体客户五等分）、地区、渠道、门店、品类和行为划分客户；每项给出分群内占比与其余"
      "客"
      "户占比之比（提升度）及 95% 区间（Katz 等 1978）。q "
      "值：全部项的卡方检验，经错误发现率控制（Benjamini & Hochberg 1995），q ≤ 0.05 "
      "视为差异显著。差异最确定、最大的排在前面。统计时段结束前的全部历史。"},
     View::table},
    make_params(),
    {std::begin(kColumns), std::end(kColumns)},
    run,
    nullptr,
    false};

}  // namespace huitou::analyses
