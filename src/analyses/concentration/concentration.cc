#include <fmt/format.h>

#include <algorithm>

#include "analyses/common.h"
#include "analyses/concentration/ranking.h"

namespace huitou::analyses {

extern const Analysis concentration;

namespace {

constexpr std::int64_t kLeastCustomers = 20;

enum class Form { curve, top, abc };

constexpr ColumnCard kTopColumns[] = {
    {"top_share", Unit::ratio, Role::dimension, {"Highest customers", "消费最高的客户"}},
    {"amount_share", Unit::ratio, Role::value, {"Hold this share of the amount", "贡献金额占比"}},
    {"customers", Unit::count, Role::base, {"Customers", "客户数"}},
    {"amount_minor", Unit::minor, Role::detail, {"Amount", "金额"}},
    {"lowest_minor", Unit::minor, Role::detail, {"Lowest amount among them", "其中的最低金额"}},
    {"lorenz_share",
     Unit::ratio,
     Role::detail,
     {"The lowest customers, as many, hold (Lorenz)", "同样多的最低客户占比（洛伦兹）"}},
    {"gini", Unit::number, Role::detail, {"Gini coefficient of all", "全体基尼系数"}}};

constexpr ColumnCard kClassColumns[] = {
    {"class", Unit::none, Role::dimension, {"Class", "类别"}},
    {"amount_share", Unit::ratio, Role::value, {"Share of the amount", "金额占比"}},
    {"customers_share", Unit::ratio, Role::value, {"Share of customers", "客户占比"}},
    {"customers", Unit::count, Role::base, {"Customers", "客户数"}},
    {"amount_minor", Unit::minor, Role::detail, {"Amount", "金额"}},
    {"lowest_minor", Unit::minor, Role::detail, {"Lowest amount in the class", "类内最低金额"}}};

Result<Ranking> read_ranking(const Inputs& inputs) {
  TRY(const engine::Query query,
      build_query(inputs, "concentration/amounts.sql",
                  {{{"from", inputs.period.from}, {"to", inputs.period.to}}, {}}));
  std::vector<AmountCount> counts;
  TRY(inputs.engine.stream(query, [&](const Frame& batch) -> Status {
    const auto& amounts = batch.at("amount_minor").integers();
    const auto& customers = batch.at("customers").integers();
    for (std::size_t row = 0; row < amounts.size(); ++row) {
      counts.push_back({amounts[row], customers[row]});
    }
    return {};
  }));
  Ranking ranking(std::move(counts));
  if (ranking.customers() < kLeastCustomers) {
    return not_enough_data(
        {fmt::format("concentration needs {} customers; this selection has {}.", kLeastCustomers,
                     ranking.customers()),
         fmt::format("集中度分析至少需要 {} 位客户；当前范围只有 {} 位。", kLeastCustomers,
                     ranking.customers())},
        {"Widen the period or choose another status.", "请扩大时段，或更换 status。"});
  }
  if (ranking.amount_minor() <= 0) {
    return not_enough_data(
        {"The amounts of this selection do not come to more than nothing.",
         "当前范围的金额合计不大于零。"},
        {"Widen the period or choose another status.", "请扩大时段，或更换 status。"});
  }
  return ranking;
}

void add_top(const Ranking& ranking, double percent, Frame& frame) {
  const Part part = ranking.highest_percent(percent);
  const Part others = ranking.highest(ranking.customers() - part.customers);
  frame.at("top_share").push_real(percent / 100);
  push(frame.at("amount_share"), ratio(part.amount_minor, ranking.amount_minor()));
  frame.at("customers").push_integer(part.customers);
  frame.at("amount_minor").push_integer(part.amount_minor);
  push(frame.at("lowest_minor"),
       part.customers == 0 ? std::nullopt : std::optional(part.lowest_minor));
  push(frame.at("lorenz_share"),
       ratio(ranking.amount_minor() - others.amount_minor, ranking.amount_minor()));
  frame.at("gini").push_real(ranking.gini());
}

Answer top_table(const Ranking& ranking, std::vector<double> percents, View view) {
  Answer answer = empty_answer(kTopColumns, view);
  std::sort(percents.begin(), percents.end());
  percents.erase(std::unique(percents.begin(), percents.end()), percents.end());
  for (const double percent : percents) {
    add_top(ranking, percent, answer.frame);
  }
  return answer;
}

Answer class_table(const Ranking& ranking, const std::vector<double>& shares) {
  Answer answer = empty_answer(kClassColumns, View::bars);
  auto& columns = answer.frame.columns;
  const auto parts = ranking.classes(shares);
  for (std::size_t at = 0; at < parts.size(); ++at) {
    const Part& part = parts[at];
    columns[0].push_text(std::string(1, static_cast<char>('A' + static_cast<int>(at))));
    push(columns[1], ratio(part.amount_minor, ranking.amount_minor()));
    push(columns[2], ratio(part.customers, ranking.customers()));
    columns[3].push_integer(part.customers);
    columns[4].push_integer(part.amount_minor);
    push(columns[5], part.customers == 0 ? std::nullopt : std::optional(part.lowest_minor));
  }
  return answer;
}

void add_notes(const Ranking& ranking, Form form, std::vector<Note>& notes) {
  notes.push_back(
      {"gini",
       {fmt::format("Gini coefficient {} (0: all customers are equal, 1: one has everything).",
                    short_number(ranking.gini(), 4)),
        fmt::format("基尼系数 {}（0：所有客户相同，1：全部集中于一位客户）。",
                    short_number(ranking.gini(), 4))}});
  notes.push_back(
      form == Form::abc
          ? Note{"ties",
                 {"A class ends with the customer who reaches its share; customers of the same "
                  "amount are in the same class.",
                  "达到该类占比的客户归入该类；金额相同的客户归入同一类。"}}
          : Note{"ties",
                 {"A share of customers is rounded up to whole customers; ties change nothing.",
                  "客户占比向上取整到整数位客户；金额相同的并列不影响结果。"}});
  if (ranking.below_zero() > 0) {
    const std::string customers = with_commas(ranking.below_zero());
    notes.push_back(
        {"amounts_below_zero",
         {fmt::format("{} customers have an amount below zero: more was refunded than paid.",
                      customers),
          fmt::format("{} 位客户的金额为负：退款多于付款。", customers)}});
  }
}

Result<std::vector<double>> read_shares(const Arguments& arguments) {
  TRY(const std::int64_t a, arguments.integer("a"));
  TRY(const std::int64_t b, arguments.integer("b"));
  if (a < b) {
    return std::vector<double>{static_cast<double>(a) / 100, static_cast<double>(b) / 100};
  }
  return invalid_input(
      {fmt::format("a is {} and b {}.", a, b), fmt::format("a 为 {}，b 为 {}。", a, b)},
      {"Class B goes further than A: give a larger b.", "B 类的累计占比应大于 A 类：请调大 b。"});
}

Result<Answer> run(const Inputs& inputs) {
  const Arguments arguments(concentration.params, inputs.values);
  TRY(const std::size_t show, arguments.choice("show"));
  TRY(const std::int64_t top, arguments.integer("top"));
  TRY(const auto shares, read_shares(arguments));
  TRY(const Ranking ranking, read_ranking(inputs));
  const Form form = static_cast<Form>(show);
  std::vector<double> percents{1, 5, 10, 50, static_cast<double>(top)};
  if (form == Form::curve) {
    percents.clear();
    for (int percent = 0; percent <= 100; ++percent) {
      percents.push_back(percent);
    }
  }
  Answer answer = form == Form::abc ? class_table(ranking, shares)
                                    : top_table(ranking, std::move(percents),
                                                form == Form::curve ? View::curve : View::table);
  add_notes(ranking, form, answer.notes);
  return answer;
}

std::vector<Param> make_params() {
  return {{"show",
           ParamType::choice,
           {"the curve over all customers, a few shares, or the classes A, B and C",
            "全体客户的曲线、几个常用占比，或 ABC 分类"},
           "curve",
           {"curve", "top", "abc"}},
          {.name = "top",
           .type = ParamType::integer,
           .doc = {"the share of customers, in percent, that is shown beside 1, 5, 10 and 50",
                   "除 1、5、10、50 之外还要查看的客户百分比"},
           .fallback = "20",
           .at_least = 1,
           .at_most = 100},
          {.name = "a",
           .type = ParamType::integer,
           .doc = {"class A: customers who make up the first so many percent of the amount",
                   "A 类：累计贡献金额前百分之几的客户"},
           .fallback = "80",
           .at_least = 1,
           .at_most = 99},
          {.name = "b",
           .type = ParamType::integer,
           .doc = {"class B: those who come next, up to so many percent; C: the rest",
                   "B 类：其后累计到百分之几的客户；其余为 C 类"},
           .fallback = "95",
           .at_least = 2,
           .at_most = 100}};
}

}  // namespace

const Analysis concentration{
    {"concentration",
     {"Concentration of amount", "消费集中度"},
     {"How much of the amount do the best customers bring, and how much hangs on a few of them?",
      "头部客户贡献了多少金额？生意有多依赖少数客户？"},
     {"Known customers are ranked by the amount of their orders in the period. The highest x %, "
      "rounded up, hold y %; the Lorenz curve is read from the lowest up. Gini = 2 sum(rank x "
      "amount) / (n x sum) - (n + 1) / n, without correction for small numbers. ABC: cumulative "
      "shares of the amount.",
      "按时段内订单金额对可识别客户排序。最高的 x%（向上取整）贡献 "
      "y%；洛伦兹曲线从低到高读取。基尼系数 "
      "= 2Σ(名次 × 金额) / (n × 总额) − (n + 1) / n，不作小样本校正。ABC 按累计金额占比划分。"},
     View::curve},
    make_params(),
    {std::begin(kTopColumns), std::end(kTopColumns)},
    run};

}  // namespace huitou::analyses
