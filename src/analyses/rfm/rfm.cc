#include <fmt/format.h>

#include "analyses/common.h"
#include "analyses/rfm/as_rule.h"
#include "analyses/rfm/members.h"
#include "analyses/rfm/report.h"
#include "analyses/rfm/rules.h"
#include "analyses/rfm/scoring.h"

// One pass over the orders. Cut points at exact quantiles need every customer's three numbers, and
// asking the engine for the cut points first and for the scores then reads and groups all orders
// twice (0.9 s + 0.7 s for 20 million orders). So three numbers a customer (2 million: 32 MB) cross
// the border once, and cut points, scores and sums of the 125 cells are made here. Only a list of
// members asks again: the engine scores with the same cut points, which are whole numbers.

namespace huitou::analyses {

extern const Analysis rfm;

namespace {

constexpr Words kSubject{"rfm", "RFM 分析"};

enum class Form { segment, cell, cuts };

Result<Answer> run(const Inputs& inputs) {
  const Arguments arguments(rfm.params, inputs.values);
  TRY(const std::size_t convention_index, arguments.choice("convention"));
  TRY(const std::size_t threshold, arguments.choice("threshold"));
  TRY(const std::size_t form, arguments.choice("by"));
  const auto convention = static_cast<Convention>(convention_index);
  Segmentation segmentation;
  TRY(segmentation.rules, choose_rules(convention, arguments.text("rules")));
  TRY(const Histories histories, read_histories(inputs, kSubject));
  const bool two_levels = convention == Convention::eight;
  segmentation.levels = two_levels ? 2 : kBins;
  segmentation.scales =
      two_levels ? two_level_scales(histories, static_cast<Threshold>(threshold), kMinorPerUnit)
                 : five_bin_scales(histories, kMinorPerUnit);
  if (!arguments.text("segment").empty()) {
    TRY(const std::int64_t limit, arguments.integer("limit"));
    return list_members(inputs, segmentation, {arguments.text("segment"), limit});
  }
  segmentation.cells = fill_cells(histories, segmentation.scales);
  Answer answer = static_cast<Form>(form) == Form::segment ? segment_table(segmentation)
                  : static_cast<Form>(form) == Form::cell  ? cell_table(segmentation)
                                                           : cut_table(segmentation);
  answer.notes = notes_on(segmentation);
  if (wants_rules(inputs) && static_cast<Form>(form) == Form::segment) {
    add_rules(answer, segment_rules(segmentation, inputs));
  }
  if (wants_rules(inputs) && static_cast<Form>(form) == Form::cell) {
    add_rules(answer, cell_rules(segmentation, inputs));
  }
  return answer;
}

std::vector<Param> make_params() {
  std::vector<Param> params = convention_params();
  params.push_back({"by",
                    ParamType::choice,
                    {"a row for each segment, each pair of R and F scores, or each cut point",
                     "按分群、按 R×F 分值格，或按切分点输出"},
                    "segment",
                    {"segment", "cell", "cuts"}});
  for (Param& param : member_list_params()) params.push_back(std::move(param));
  params.push_back(with_rule_param());
  return params;
}

}  // namespace

const Analysis rfm{
    {"rfm",
     {"RFM segments", "RFM 客户分群"},
     {"Who are the best customers, who is leaving, and what is to be done with each group?",
      "谁是最有价值的客户，谁正在流失，每类客户该怎么运营？"},
     {"Each customer is scored by days since the last order (R), orders (F) and amount (M); the "
      "scores name the segment. Five bins: cut points at the 20, 40, 60, 80 % quantiles (type 7) "
      "plus one unit, as the R package rfm. eight: high or low against mean or median.",
      "按距上次下单天数（R）、订单数（F）、金额（M）为每位客户打分，由分值确定分群。五分位：以 "
      "20/40/60/80% "
      "分位数（第 7 类）加一个单位为切分点，与 R 语言 rfm "
      "包一致；八分群：与均值或中位数比较高低。"},
     View::bars},
    make_params(),
    {segment_columns().begin(), segment_columns().end()},
    run};

}  // namespace huitou::analyses
