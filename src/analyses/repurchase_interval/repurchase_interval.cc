#include <fmt/format.h>

#include <algorithm>

#include "analyses/common.h"
#include "math/survival.h"

namespace huitou::analyses {

extern const Analysis repurchase_interval;

namespace {

constexpr std::int64_t kLeastPurchases = 20;

enum class Form { curve, summary, gaps };

/// All purchases that somebody waits after, by how the waiting went.
struct Spells {
  std::vector<math::SurvivalCount> counts;
  std::int64_t purchases = 0;
  std::int64_t followed = 0;

  std::vector<math::ValueCount> gaps() const {
    std::vector<math::ValueCount> gaps;
    for (const math::SurvivalCount& count : counts) {
      if (count.events > 0) {
        gaps.push_back({count.time, count.events});
      }
    }
    return gaps;
  }
};

Result<Spells> read_spells(const Inputs& inputs, bool first_only) {
  QueryParts parts;
  // What lies before the period only matters for who is new in it.
  parts.params = {{"from", first_only ? kFirstDate : inputs.period.from},
                  {"begin", inputs.period.from},
                  {"end", inputs.period.to},
                  {"first_only", std::int64_t{first_only ? 1 : 0}}};
  parts.fragments = {{"dims", ""},
                     {"purchase_day_numbers", "arrayDistinct(groupArray(toInt32(ordered_on)))"}};
  TRY(const engine::Query query,
      build_query(inputs, "repurchase_interval/spells.sql", std::move(parts)));
  TRY(const Frame rows, inputs.engine.query(query));
  Spells spells;
  for (std::size_t row = 0; row < rows.rows(); ++row) {
    const math::SurvivalCount count{rows.at("days").integers()[row],
                                    rows.at("events").integers()[row],
                                    rows.at("censored").integers()[row]};
    spells.counts.push_back(count);
    spells.purchases += count.events + count.censored;
    spells.followed += count.events;
  }
  if (spells.purchases < kLeastPurchases) {
    return not_enough_data(
        {fmt::format("repurchase_interval needs {} purchases of known customers; this selection "
                     "has {}.",
                     kLeastPurchases, spells.purchases),
         fmt::format("复购间隔分析至少需要 {} 次可识别客户的购买；当前范围只有 {} 次。",
                     kLeastPurchases, spells.purchases)},
        {"Widen the period or choose another status.", "请扩大时段，或更换 status。"});
  }
  return spells;
}

constexpr ColumnCard kCurveColumns[] = {
    {"days", Unit::days, Role::dimension, {"Days since the purchase", "购买后天数"}},
    {"returned", Unit::ratio, Role::value, {"Have ordered again", "已复购占比"}},
    {"returned_low", Unit::ratio, Role::low, {"Lower end (95 %)", "下限（95%）"}},
    {"returned_high", Unit::ratio, Role::high, {"Upper end (95 %)", "上限（95%）"}},
    {"still_waiting", Unit::count, Role::base, {"Watched that long", "观察到该天的人次"}},
    {"followed", Unit::count, Role::detail, {"Ordered again on this day", "当天复购人次"}},
    {"censored", Unit::count, Role::detail, {"Last watched on this day", "当天观察截止人次"}}};

constexpr ColumnCard kSummaryColumns[] = {
    {"statistic", Unit::none, Role::dimension, {"Statistic", "统计量（英文）"}},
    {"statistic_zh", Unit::none, Role::detail, {"Statistic (Chinese)", "统计量"}},
    {"days",
     Unit::days,
     Role::value,
     {"Days to the next order (Kaplan-Meier)", "距下次购买天数（Kaplan-Meier）"}},
    {"gap_days",
     Unit::days,
     Role::detail,
     {"Days between orders (only those who came back)", "购买间隔天数（仅已复购者）"}},
    {"purchases", Unit::count, Role::base, {"Purchases", "购买次数"}},
    {"gaps", Unit::count, Role::detail, {"Gaps seen", "已观察到的间隔数"}}};

constexpr ColumnCard kGapColumns[] = {
    {"days", Unit::days, Role::dimension, {"Days between orders", "购买间隔天数"}},
    {"gaps", Unit::count, Role::value, {"Gaps", "间隔数"}},
    {"share", Unit::ratio, Role::detail, {"Share of gaps", "间隔占比"}}};

Answer answer_of(std::span<const ColumnCard> cards, View view) {
  Answer answer;
  answer.columns = columns_of(cards);
  answer.view = view;
  for (const ColumnCard& card : cards) {
    const bool text = card.unit == Unit::none;
    const bool whole =
        card.unit == Unit::count || (card.unit == Unit::days && card.role == Role::dimension);
    answer.frame.columns.push_back(make_column(std::string(card.name), text    ? ColumnType::text
                                                                       : whole ? ColumnType::integer
                                                                               : ColumnType::real));
  }
  return answer;
}

std::optional<double> complement(std::optional<double> share) {
  return share.has_value() ? std::optional(1 - *share) : std::nullopt;
}

/// A row for each day while anybody is watched; days without an event keep the level before.
Answer curve_table(std::span<const math::SurvivalPoint> curve, std::int64_t horizon) {
  Answer answer = answer_of(kCurveColumns, View::curve);
  Frame& frame = answer.frame;
  const std::int64_t last = std::min(horizon, curve.back().time);
  std::size_t next = 0;
  math::SurvivalPoint level{};
  for (std::int64_t day = 0; day <= last; ++day) {
    const bool observed = curve[next].time == day;
    const std::int64_t at_risk = curve[next].at_risk;
    if (observed) {
      level = curve[next++];
    }
    frame.at("days").push_integer(day);
    frame.at("returned").push_real(1 - level.survival);
    push(frame.at("returned_low"), complement(level.high));
    push(frame.at("returned_high"), complement(level.low));
    frame.at("still_waiting").push_integer(at_risk);
    frame.at("followed").push_integer(observed ? level.events : 0);
    frame.at("censored").push_integer(observed ? level.censored : 0);
  }
  return answer;
}

/// A row of the summary: the curve's day and the plain figure of the gaps that were seen.
struct Statistic {
  Words name;
  std::optional<double> days;
  std::optional<double> gap_days;
};

std::optional<double> mean_gap(const Spells& spells) {
  double sum = 0;
  for (const math::ValueCount& gap : spells.gaps()) {
    sum += static_cast<double>(gap.value) * static_cast<double>(gap.count);
  }
  return spells.followed == 0 ? std::nullopt
                              : std::optional(sum / static_cast<double>(spells.followed));
}

Answer summary_table(const Spells& spells, std::span<const math::SurvivalPoint> curve) {
  Answer answer = answer_of(kSummaryColumns, View::table);
  const auto gaps = spells.gaps();
  const auto quantile = [&](Words name, double share) {
    const auto days = math::time_until(curve, share);
    return Statistic{name,
                     days.has_value() ? std::optional(static_cast<double>(*days)) : std::nullopt,
                     math::quantile_of_counts(gaps, share)};
  };
  const Statistic statistics[] = {
      quantile({"25 % have come back", "25% 已复购"}, 0.25),
      quantile({"half have come back", "一半已复购"}, 0.5),
      quantile({"75 % have come back", "75% 已复购"}, 0.75),
      quantile({"90 % have come back", "90% 已复购"}, 0.9),
      {{"mean", "平均"}, std::nullopt, mean_gap(spells)},
      {{"longest", "最长"}, std::nullopt, math::quantile_of_counts(gaps, 1)}};
  for (const Statistic& statistic : statistics) {
    answer.frame.at("statistic").push_text(statistic.name.en);
    answer.frame.at("statistic_zh").push_text(statistic.name.zh);
    push(answer.frame.at("days"), statistic.days);
    push(answer.frame.at("gap_days"), statistic.gap_days);
    answer.frame.at("purchases").push_integer(spells.purchases);
    answer.frame.at("gaps").push_integer(spells.followed);
  }
  return answer;
}

Answer gap_table(const Spells& spells, std::int64_t horizon) {
  Answer answer = answer_of(kGapColumns, View::bars);
  const auto gaps = spells.gaps();
  const std::int64_t last = gaps.empty() ? 0 : std::min(horizon, gaps.back().value);
  auto next = gaps.begin();
  for (std::int64_t day = 1; day <= last; ++day) {
    const bool seen = next != gaps.end() && next->value == day;
    const std::int64_t count = seen ? (next++)->count : 0;
    answer.frame.at("days").push_integer(day);
    answer.frame.at("gaps").push_integer(count);
    answer.frame.at("share").push_real(static_cast<double>(count) /
                                       static_cast<double>(spells.followed));
  }
  return answer;
}

void add_notes(const Spells& spells, bool first_only, std::vector<Note>& notes) {
  const std::string waiting = with_commas(spells.purchases - spells.followed);
  const std::string purchases = with_commas(spells.purchases);
  notes.push_back(
      {"censored",
       {fmt::format("{} of {} purchases are not followed by another yet. The curve counts them as "
                    "long as they were watched; figures of the gaps alone leave them out and are "
                    "too short.",
                    waiting, purchases),
        fmt::format(
            "{} 次购买中有 {} "
            "次尚未等到下一次。曲线按其已观察的时长计入；仅统计已发生的间隔会遗漏它们，结果偏短。",
            purchases, waiting)}});
  if (!first_only) {
    notes.push_back(
        {"dependent_purchases",
         {"A customer with many purchases counts many times, so the interval is "
          "narrower than it should be; waiting after first purchases only counts each once.",
          "多次购买的客户会被多次计入，因此区间偏窄；仅从首购起计时每位客户只计一次。"}});
  }
}

Result<Answer> run(const Inputs& inputs) {
  const Arguments arguments(repurchase_interval.params, inputs.values);
  TRY(const std::size_t form, arguments.choice("show"));
  TRY(const std::size_t after, arguments.choice("after"));
  TRY(const std::int64_t horizon, arguments.integer("days"));
  const bool first_only = after == 1;
  TRY(const Spells spells, read_spells(inputs, first_only));
  const auto curve = math::kaplan_meier(spells.counts);
  Answer answer = static_cast<Form>(form) == Form::curve     ? curve_table(curve, horizon)
                  : static_cast<Form>(form) == Form::summary ? summary_table(spells, curve)
                                                             : gap_table(spells, horizon);
  add_notes(spells, first_only, answer.notes);
  return answer;
}

std::vector<Param> make_params() {
  return {{"show",
           ParamType::choice,
           {"the curve, its quartiles beside those of the gaps, or how often each gap occurs",
            "复购曲线、分位数对照或间隔分布"},
           "curve",
           {"curve", "summary", "gaps"}},
          {"after",
           ParamType::choice,
           {"wait after every purchase, or only after each customer's first",
            "从每次购买起计，或仅从首购起计"},
           "every",
           {"every", "first"}},
          {.name = "days",
           .type = ParamType::integer,
           .doc = {"how many days the curve goes", "曲线的最大天数"},
           .fallback = "365",
           .at_least = 1,
           .at_most = 3650}};
}

}  // namespace

const Analysis repurchase_interval{
    {"repurchase_interval",
     {"Days to the next purchase", "复购间隔"},
     {"How long does it take until customers buy again, and when should we remind them?",
      "客户多久会再次购买？什么时候提醒合适？"},
     {"Purchases of a customer on one day are one. Each is followed by the next, or is still "
      "waiting "
      "when the data ends (censored). Share who have come back after t days: 1 - Kaplan-Meier, "
      "with "
      "Greenwood's interval on the log(-log) scale. from and to choose the purchases.",
      "同一客户同一天的购买合并为一次。每次购买要么等到下一次，要么在数据截止时仍在等待（删失）。t "
      "天内复购占比 = 1 − Kaplan-Meier 估计，区间采用 log(-log) 尺度的 Greenwood 方法。from 与 to "
      "用于选择购买。"},
     View::curve},
    make_params(),
    {std::begin(kCurveColumns), std::end(kCurveColumns)},
    run};

}  // namespace huitou::analyses
