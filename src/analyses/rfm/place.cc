#include <array>

#include "analyses/common.h"
#include "analyses/rfm/rules.h"
#include "analyses/rfm/scoring.h"

namespace huitou::analyses {
namespace {

/// In the order of Measure; as `rfm` with by=cuts names them.
constexpr std::string_view kNames[] = {"days_since_last_order", "orders", "amount_minor"};

Error no_cuts() {
  return invalid_input({"These are no cut points of rfm.", "这不是 rfm 的切分点。"},
                       {"Ask rfm with by=cuts.", "请以 by=cuts 运行 rfm。"});
}

Result<Scales> scales_of(const Answer& cuts) {
  const Frame& frame = cuts.frame;
  if (!frame.has("measure") || !frame.has("lowest")) return no_cuts();
  Scales scales;
  scales[kDays].low_is_good = true;
  for (std::size_t row = 0; row < frame.rows(); ++row) {
    for (const Measure measure : {kDays, kOrders, kAmount}) {
      const auto lowest = frame.real("lowest", row);
      if (!lowest) return no_cuts();
      if (frame.text("measure", row) == kNames[measure]) {
        scales[measure].cuts.push_back({static_cast<std::int64_t>(*lowest), *lowest});
      }
    }
  }
  for (const Scale& scale : scales) {
    if (scale.levels() != kBins) return no_cuts();
  }
  return scales;
}

}  // namespace

Result<RfmPlace> rfm_place(const Answer& cuts, const RfmValues& values) {
  TRY(const Scales scales, scales_of(cuts));
  const Scores scores{scales[kDays].score(values.days_since_last_order),
                      scales[kOrders].score(values.orders),
                      scales[kAmount].score(values.amount_minor)};
  const std::vector<Rule>& rules = classic_rules();
  const std::size_t taken = assign_cells(rules, kBins)[cell_index(scores)];
  CHECK(taken != kNoRule);
  return RfmPlace{scores.r, scores.f, scores.m, rules[taken].name, rules[taken].next_action};
}

}  // namespace huitou::analyses
