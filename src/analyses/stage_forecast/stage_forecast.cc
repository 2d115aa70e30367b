#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "analyses/as_rule.h"
#include "analyses/common.h"
#include "analyses/stage_forecast/chain.h"
#include "analyses/stage_forecast/individual.h"
#include "analyses/stage_words.h"
#include "analyses/steps.h"

namespace huitou::analyses {

extern const Analysis stage_forecast;

namespace {

using stages::Stage;

constexpr Steps kMonths{Granularity::month, WeekStart::monday};
constexpr std::size_t kLeastMonths = 6;
constexpr std::size_t kTestedMonths = 12;  ///< further back, for forecasts of the past
constexpr std::size_t kShownMonths = 12;
constexpr std::uint64_t kSeed = 20240731;
constexpr std::size_t kMatrix = 1;  ///< among the choices of `method`
constexpr std::size_t kIndividual = 2;

constexpr ColumnCard kColumns[] = {
    {"month", Unit::none, Role::dimension, {"At the end of", "月末"}},
    {"stage", Unit::none, Role::series, {"Stage", "阶段（英文）"}},
    {"stage_zh", Unit::none, Role::detail, {"Stage (Chinese)", "阶段"}},
    {"kind", Unit::none, Role::detail, {"Known or forecast", "已知或预测（英文）"}},
    {"kind_zh", Unit::none, Role::detail, {"Known or forecast (Chinese)", "已知或预测"}},
    {"customers", Unit::count, Role::value, {"Customers", "客户数"}},
    {"customers_low", Unit::count, Role::low, {"Lower end (95 %)", "下限（95%）"}},
    {"customers_high", Unit::count, Role::high, {"Upper end (95 %)", "上限（95%）"}},
    {"error", Unit::ratio, Role::detail, {"Error of past forecasts", "历史预测误差"}},
    {"naive_error", Unit::ratio, Role::detail, {"Error if nothing had moved", "假定不变时的误差"}},
    {"held", Unit::ratio, Role::detail, {"Past stocks within the interval", "历史落入区间占比"}},
    {"forecasts", Unit::count, Role::detail, {"Past forecasts tried", "历史预测次数"}}};

/// Months that are over, the oldest first. Element i of `months` is what moved between the closes i
/// and i + 1.
struct Past {
  std::vector<Date> closes;  ///< the first day that does not count
  std::vector<Moves> months;
  std::span<const Moves> last(std::size_t number) const {
    return std::span(months).last(std::min(number, months.size()));
  }
};

/// The beginnings of months from the first with an order until the end of the period.
std::vector<Date> closes_of(const Inputs& inputs, std::size_t most) {
  const int last = step_index(inputs.period.to, kMonths);
  const int first =
      std::max(step_index(inputs.overview.first_on, kMonths) + 1, last - static_cast<int>(most));
  std::vector<Date> closes;
  for (int month = first; month <= last; ++month) closes.push_back(step_first_day(month, kMonths));
  return closes;
}

Result<Past> read_past(const Inputs& inputs, const stages::Limits& limits, std::size_t most) {
  Past past{closes_of(inputs, most), {}};
  if (past.closes.size() < 2) return Past{};
  past.months.resize(past.closes.size() - 1);
  TRY(const Frame rows, read_stage_moves(inputs, limits, past.closes));
  const auto at = [&](const char* column, std::size_t row) {
    return rows.at(column).integers()[row];
  };
  for (std::size_t row = 0; row < rows.rows(); ++row) {
    past.months.at(static_cast<std::size_t>(at("step", row) - 1))
        .at(static_cast<std::size_t>(at("stage_before", row)))
        .at(static_cast<std::size_t>(at("stage_after", row))) =
        static_cast<double>(at("customers", row));
  }
  // Months before the first known customer say nothing.
  std::size_t empty = 0;
  while (empty < past.months.size() && stock_before(past.months[empty]) == Stock{}) ++empty;
  past.months.erase(past.months.begin(), past.months.begin() + static_cast<std::ptrdiff_t>(empty));
  past.closes.erase(past.closes.begin(), past.closes.begin() + static_cast<std::ptrdiff_t>(empty));
  return past;
}

std::optional<std::int64_t> whole(double customers) { return std::llround(customers); }

/// A row of the answer; bounds and trials only of forecasts.
struct Shown {
  Date close;
  Stage stage;
  double customers = 0;
  const Bounds* bounds = nullptr;
  const Trials* trials = nullptr;
};

void push_row(Answer& answer, const Shown& row) {
  auto& columns = answer.frame.columns;
  const auto at = static_cast<std::size_t>(row.stage) + 1;
  const bool tested = row.trials != nullptr && row.trials->forecasts > 0;
  const auto tried = [&](double value) { return tested ? std::optional(value) : std::nullopt; };
  columns[0].push_text(step_name(step_index(Date{row.close.days - 1}, kMonths), kMonths));
  columns[1].push_text(stages::words(row.stage).en);
  columns[2].push_text(stages::words(row.stage).zh);
  columns[3].push_text(row.bounds == nullptr ? "known" : "forecast");
  columns[4].push_text(row.bounds == nullptr ? "已知" : "预测");
  push(columns[5], whole(row.customers));
  push(columns[6], row.bounds == nullptr ? std::nullopt : whole(row.bounds->low[at]));
  push(columns[7], row.bounds == nullptr ? std::nullopt : whole(row.bounds->high[at]));
  push(columns[8], tried(tested ? row.trials->error : 0));
  push(columns[9], tried(tested ? row.trials->naive_error : 0));
  push(columns[10], tried(tested ? row.trials->held : 0));
  push(columns[11], row.trials == nullptr ? std::nullopt : std::optional(row.trials->forecasts));
}

/// What the answer is made of.
struct Forecast {
  Past past;
  std::size_t history = 0;
  std::vector<Stage> stages;
  std::vector<Stock> stocks;
  std::vector<Bounds> bounds;
  std::vector<Trials> trials;
  Comparison compared;
  bool individual = false;  ///< forecasts the first month

  Stock known(std::size_t close) const {
    return close == 0 ? stock_before(past.months.front()) : stock_after(past.months[close - 1]);
  }
  std::size_t first_shown() const {
    return past.closes.size() - std::min(past.closes.size(), kShownMonths);
  }
};

Answer answer_of(const Forecast& found) {
  Answer answer = empty_answer(kColumns, View::curve);
  for (std::size_t close = found.first_shown(); close < found.past.closes.size(); ++close) {
    const Stock stock = found.known(close);
    for (const Stage stage : found.stages) {
      push_row(answer,
               {found.past.closes[close], stage, stock[static_cast<std::size_t>(stage) + 1]});
    }
  }
  const int last = step_index(found.past.closes.back(), kMonths);
  for (std::size_t ahead = 0; ahead < found.stocks.size(); ++ahead) {
    const Date close = step_first_day(last + static_cast<int>(ahead) + 1, kMonths);
    for (const Stage stage : found.stages) {
      push_row(answer, {close, stage, found.stocks[ahead][static_cast<std::size_t>(stage) + 1],
                        &found.bounds[ahead], &found.trials[ahead]});
    }
  }
  return answer;
}

/// Of the last known stocks, which are those of now.
RuleTexts rules_of(const Inputs& inputs, const Forecast& found, const stages::Limits& limits) {
  const std::size_t before = found.past.closes.size() - 1 - found.first_shown();
  RuleTexts rules(before * found.stages.size());
  for (const Stage stage : found.stages) {
    rules.push_back(can_be_rules(inputs)
                        ? std::optional(stage_as_rule(stage, found.past.closes.back(), limits))
                        : std::nullopt);
  }
  rules.resize(rules.size() + found.stocks.size() * found.stages.size());
  return rules;
}

Note assumptions(const Forecast& found) {
  const Stock newcomers = chain_of(found.past.last(found.history))[0];
  double all = 0;
  for (const double each : newcomers) all += each;
  const std::size_t months = std::min(found.history, found.past.months.size());
  const std::string day = format_date(Date{found.past.closes.back().days - 1});
  return {"assumptions",
          {fmt::format("Forecast from the close of {}, the last whole month, as the last {} months "
                       "moved. Assumed: {} new customers a month, the mean of these months.",
                       day, months, with_commas(std::llround(all))),
           fmt::format("自最后一个完整月份的月末 {} 起，按最近 {} "
                       "个月的迁移推算；假定每月新客 {} 位，为这些月份的平均。",
                       day, months, with_commas(std::llround(all)))}};
}

/// What forecasts of the past say of this one.
Note tested(const Forecast& found) {
  const Trials& next = found.trials.front();
  if (next.forecasts == 0) {
    return {"untested",
            {"There are too few months to try the forecast on the past: no error is known.",
             "月份过少，无法用历史检验预测，误差未知。"}};
  }
  double error = 0;
  double naive = 0;
  std::size_t last = 0;
  for (std::size_t ahead = 0; ahead < found.trials.size(); ++ahead) {
    if (found.trials[ahead].forecasts == 0) break;
    error += found.trials[ahead].error;
    naive += found.trials[ahead].naive_error;
    last = ahead;
  }
  const Trials& far = found.trials[last];
  const bool better = error < naive;
  return {
      better ? "tested" : "naive_is_better",
      {fmt::format(
           "Tried on the past, customers in the wrong stage: {:.1f} % one month ahead ({:.1f} % "
           "if every stock had stayed), {:.1f} % {} months ahead ({:.1f} %).{}",
           next.error * 100, next.naive_error * 100, far.error * 100, last + 1,
           far.naive_error * 100,
           better ? "" : " Leaving every stock as it is was no worse: do not rely on this."),
       fmt::format("用历史检验，阶段预测有误的客户占比：提前 1 个月 {:.1f}%（假定各阶段人数不变时 "
                   "{:.1f}%），提前 {} 个月 {:.1f}%（{:.1f}%）。{}",
                   next.error * 100, next.naive_error * 100, last + 1, far.error * 100,
                   far.naive_error * 100,
                   better ? "" : "直接假定人数不变并不更差，请勿依赖本预测。")}};
}

Error too_short(std::size_t months) {
  return not_enough_data(
      {fmt::format("stage_forecast needs {} whole months with known customers; there are {}.",
                   kLeastMonths, months),
       fmt::format("阶段预测至少需要 {} 个有可识别客户的完整月份；现有 {} 个。", kLeastMonths,
                   months)},
      {"Load older orders, or choose a later to or another status.",
       "请加载更早的订单，或选择更晚的 to，或更换 status。"});
}

Result<Comparison> compared_with(const Inputs& inputs, const stages::Limits& limits,
                                 const Forecast& found, const Asked& asked) {
  double customers = 0;
  for (const double each : stock_after(found.past.months.back())) customers += each;
  TRY(const auto histories, read_histories(inputs, limits, found.past.closes, customers));
  return compare(found.past.months, histories, asked, found.stages);
}

Sentence too_little(const Forecast& found) {
  const auto held_out = std::max(found.past.months.size(), kLeastMonths) - kLeastMonths;
  return {fmt::format("The model of single customers needs {} customers' months and {} months to "
                      "try it on; there are {} and {}.",
                      with_commas(kLeastMoves), kLeastHeldOut, with_commas(found.compared.moves),
                      held_out),
          fmt::format("个体模型至少需要 {} 个客户月与 {} 个可检验的月份；现有 {} 个与 {} 个。",
                      with_commas(kLeastMoves), kLeastHeldOut, with_commas(found.compared.moves),
                      held_out)};
}

Error too_few_moves(const Forecast& found) {
  return not_enough_data(too_little(found), {"Leave method as it is: the matrix forecasts then.",
                                             "请勿指定 method：届时由迁移矩阵预测。"});
}

/// Which of the two forecasts next month, why, and by how much.
Note methods(const Forecast& found) {
  const Comparison& compared = found.compared;
  if (compared.months == 0) {
    const Sentence why = too_little(found);
    return {"matrix", {why.en + " The matrix forecasts.", why.zh + "由迁移矩阵预测。"}};
  }
  const Score& matrix = compared.matrix;
  const Score& single = compared.individual;
  const double less = (1 - single.log_loss / matrix.log_loss) * 100;
  const auto shares = [](double one, double other) {
    return fmt::format("{:.1f} % / {:.1f} %", one * 100, other * 100);
  };
  const std::string off = shares(single.off, matrix.off);
  const std::string calibration = shares(single.calibration, matrix.calibration);
  return {
      found.individual ? "individual" : "matrix",
      {fmt::format("Next month is forecast by {}. {} past months forecast from those before "
                   "them, by single customers (multinomial model) / by the matrix: log loss "
                   "{:.3f} / {:.3f} ({:.1f} % {}), customers too many or too few in a stage "
                   "{}, in a class of chances {}. Single customers forecast where their log "
                   "loss is lower and no stage is further off. The matrix moves all later "
                   "months.",
                   found.individual ? "single customers" : "the matrix", compared.months,
                   single.log_loss, matrix.log_loss, std::abs(less), less >= 0 ? "less" : "more",
                   off, calibration),
       fmt::format("下月由{}预测。用各月之前的数据预测 {} 个历史月份，个体模型（多项逻辑回归）/ "
                   "矩阵：对数损失 {:.3f} / {:.3f}（{}{:.1f}%），各阶段人数偏差 {}，"
                   "各概率档偏差 {}。个体模型的对数损失更低且阶段人数偏差不更大时由其预测；"
                   "其后各月均由矩阵推算。",
                   found.individual ? "个体模型" : "迁移矩阵", compared.months, single.log_loss,
                   matrix.log_loss, less >= 0 ? "低 " : "高 ", std::abs(less), off, calibration)}};
}

Result<Answer> run(const Inputs& inputs) {
  const Arguments arguments(stage_forecast.params, inputs.values);
  TRY(const stages::Limits limits, limits_of(arguments, inputs));
  TRY(const std::int64_t months, arguments.integer("months"));
  TRY(const std::int64_t history, arguments.integer("history_months"));
  Forecast found{.history = static_cast<std::size_t>(history), .stages = stages::stages_of(limits)};
  TRY(found.past, read_past(inputs, limits, found.history + kTestedMonths));
  if (found.past.months.size() < kLeastMonths) return too_short(found.past.months.size());
  const auto ahead = static_cast<std::size_t>(months);
  const auto last = found.past.last(found.history);
  Asked asked{.history = found.history, .least = kLeastMonths, .months = ahead};
  Start start{stock_after(last.back())};
  TRY(const std::size_t method, arguments.choice("method"));
  if (method != kMatrix) {
    TRY(found.compared, compared_with(inputs, limits, found, asked));
    if (method == kIndividual && found.compared.months == 0) return too_few_moves(found);
    found.individual = method == kIndividual || found.compared.individual_is_better();
    if (found.individual) {
      asked.nexts = found.compared.nexts;
      start.next = asked.nexts.back();
    }
  }
  Rng rng(kSeed);
  found.stocks = moved_on(chain_of(last), start, ahead);
  found.bounds = bounds_of(last, start, ahead, rng);
  found.trials = tried(found.past.months, asked, found.stages, rng);
  Answer answer = answer_of(found);
  if (wants_rules(inputs)) add_rules(answer, rules_of(inputs, found, limits));
  answer.notes.push_back(assumptions(found));
  answer.notes.push_back(tested(found));
  if (method != kMatrix) answer.notes.push_back(methods(found));
  answer.notes.push_back(stages_note(limits));
  return answer;
}

std::vector<Param> make_params() {
  std::vector<Param> params{
      {.name = "months",
       .type = ParamType::integer,
       .doc = {"how many months ahead", "预测几个月"},
       .fallback = "6",
       .at_least = 1,
       .at_most = 12},
      {.name = "history_months",
       .type = ParamType::integer,
       .doc = {"the months that the next ones are expected to be like", "以最近几个月的迁移为准"},
       .fallback = "12",
       .at_least = 3,
       .at_most = 36},
      {.name = "method",
       .type = ParamType::choice,
       .doc = {"what forecasts next month: the matrix, a model of single customers, or whichever "
               "did better in the past",
               "下月由什么预测：迁移矩阵、个体模型，或历史上更好的一种"},
       .fallback = "better",
       .choices = {"better", "matrix", "individual"}}};
  for (Param& param : stages::limit_params()) params.push_back(std::move(param));
  params.push_back(with_rule_param());
  return params;
}

}  // namespace

const Analysis stage_forecast{
    {"stage_forecast",
     {"Stage forecast", "客户阶段预测"},
     {"How many customers will be active, sleeping and lost in the next months?",
      "未来几个月活跃、沉睡与流失客户各有多少？"},
     {"Stocks at the close of each month; the next ones follow from the shares that moved from "
      "stage "
      "to stage a month, all history months together (Anderson & Goodman 1957), and the mean "
      "number of newcomers. Intervals: 1,000 paths of months like the past ones, drawn whole, "
      "since "
      "the customers of a month move together: from a normal distribution with the mean and the "
      "covariance of these months, both of which few months leave uncertain (one month ahead: mean "
      "± t(n − 1) · s · √(1 + 1/n); Meeker, Hahn & Escobar 2017, section 4.7). Error: forecasts "
      "made from each past month with what was known then, customers in the wrong stage / all "
      "customers, beside that of stocks that stay. Next month by a multinomial logistic model of "
      "single "
      "customers instead, where that had the lower log loss in past months. from is not used; the "
      "last whole month before "
      "to "
      "is the origin.",
      "各月末的客户数；之后各月按历史各月合并的阶段间每月迁移占比（Anderson & Goodman "
      "1957）与平均新客数推算。区间：1,000 条路径，同月客户一起变动，故整月抽取：服从以历史各月的"
      "均值与协方差为参数的正态分布，并计入月份少带来的不确定（提前 1 个月即 均值 ± t(n − 1) · s · "
      "√(1 + 1/n)；Meeker、Hahn 与 Escobar 2017，第 4.7 节）。误差：站在过去每个月、"
      "只用当时已知数据所作预测中，阶段有误的客户 / "
      "全部客户，并与“人数不变”对比。若个体的多项逻辑模型在历史各月的对数损失更低，则下月改由它预测"
      "。不使用 from；以 to 之前最后一个完整月份为起点。"},
     View::curve},
    make_params(),
    {std::begin(kColumns), std::end(kColumns)},
    run};

}  // namespace huitou::analyses
