#include <fmt/format.h>

#include "analyses/behaviour_clusters/grouping.h"
#include "analyses/common.h"

namespace huitou::analyses {

extern const Analysis behaviour_clusters;

namespace {

constexpr std::size_t kFewest = 20;
constexpr std::size_t kSentenceMarks = 4;

enum class Form { clusters, choice };

constexpr ColumnCard kColumns[] = {
    {"cluster", Unit::none, Role::dimension, {"Cluster", "聚类（英文）"}},
    {"cluster_zh", Unit::none, Role::detail, {"Cluster (Chinese)", "聚类"}},
    {"description", Unit::none, Role::detail, {"What sets it apart", "与众不同之处（英文）"}},
    {"description_zh", Unit::none, Role::detail, {"What sets it apart (Chinese)", "与众不同之处"}},
    {"customers_share", Unit::ratio, Role::value, {"Share of customers", "客户占比"}},
    {"amount_share", Unit::ratio, Role::value, {"Share of the amount", "金额占比"}},
    {"customers", Unit::count, Role::base, {"Customers", "客户数"}},
    {"orders", Unit::number, Role::detail, {"Mean orders", "平均订单数"}},
    {"days_since_last_order",
     Unit::days,
     Role::detail,
     {"Mean days since last order", "距上次下单平均天数"}},
    {"first_to_last_days",
     Unit::days,
     Role::detail,
     {"Mean days from first to last order", "首末次下单平均间隔"}},
    {"amount_per_order_minor", Unit::minor, Role::detail, {"Mean amount per order", "平均笔单价"}},
    {"discounted_share",
     Unit::ratio,
     Role::detail,
     {"Mean share of orders with a discount", "有折扣订单的平均占比"}},
    {"amount_minor", Unit::minor, Role::detail, {"Amount", "金额"}}};
/// The column of each feature, in the order of Feature.
constexpr std::string_view kFeatureColumns[] = {"orders", "days_since_last_order",
                                                "first_to_last_days", "amount_per_order_minor",
                                                "discounted_share"};

constexpr ColumnCard kChoiceColumns[] = {
    {"clusters", Unit::count, Role::dimension, {"Number of clusters", "聚类数"}},
    {"silhouette",
     Unit::number,
     Role::value,
     {"Silhouette (higher is better)", "轮廓系数（越高越好）"}},
    {"bic",
     Unit::number,
     Role::detail,
     {"BIC of the mixture (lower is better)", "混合模型 BIC（越低越好）"}},
    {"inertia", Unit::number, Role::detail, {"Inertia of k-means", "k-means 惯量"}},
    {"chosen", Unit::none, Role::detail, {"Chosen", "选定"}}};

Result<Behaviours> read_behaviours(const Inputs& inputs) {
  TRY(const engine::Query query,
      build_query(inputs, "behaviour_clusters/behaviours.sql",
                  {{{"from", inputs.period.from}, {"to", inputs.period.to}}, {}}));
  Behaviours found;
  TRY(inputs.engine.stream(query, [&](const Frame& batch) -> Status {
    const auto& orders = batch.at("orders").integers();
    const auto& silence = batch.at("days_since_last_order").integers();
    const auto& span = batch.at("first_to_last_days").integers();
    const auto& spent = batch.at("spent_minor").integers();
    const auto& discounted = batch.at("discounted_orders").integers();
    for (std::size_t row = 0; row < orders.size(); ++row) {
      const auto count = static_cast<double>(orders[row]);
      found.features[kOrderCount].push_back(count);
      found.features[kSilence].push_back(static_cast<double>(silence[row]));
      found.features[kSpan].push_back(static_cast<double>(span[row]));
      found.features[kOrderValue].push_back(static_cast<double>(spent[row]) / count);
      found.features[kDiscounts].push_back(static_cast<double>(discounted[row]) / count);
    }
    found.spent_minor.insert(found.spent_minor.end(), spent.begin(), spent.end());
    return {};
  }));
  if (found.size() < kFewest) {
    return not_enough_data(
        {fmt::format("behaviour_clusters needs {} customers; this selection has {}.", kFewest,
                     found.size()),
         fmt::format("行为聚类至少需要 {} 位客户；当前范围只有 {} 位。", kFewest, found.size())},
        {"Widen the period or choose another status.", "请扩大时段，或更换 status。"});
  }
  return found;
}

/// Means of the features of some customers.
struct Means {
  std::array<double, kFeatures> features{};
  std::array<double, kFeatures> scaled_features{};
  std::int64_t customers = 0;
  std::int64_t spent = 0;

  double mean(Feature feature) const { return features[feature] / static_cast<double>(customers); }
  /// What stands in the middle: the mean on the scale of comparison, brought back.
  double typical(Feature feature) const {
    return unscaled(feature, scaled_features[feature] / static_cast<double>(customers));
  }
};

void add_customer(const Behaviours& behaviours, std::size_t at, Means& into) {
  ++into.customers;
  into.spent += behaviours.spent_minor[at];
  for (std::size_t feature = 0; feature < kFeatures; ++feature) {
    const double value = behaviours.features[feature][at];
    into.features[feature] += value;
    into.scaled_features[feature] += scaled(static_cast<Feature>(feature), value);
  }
}

std::string shown(Feature feature, double value) {
  return feature == kOrderValue  ? fmt::format("{:.2f}", value / 100)
         : feature == kDiscounts ? short_number(100 * value) + " %"
                                 : short_number(value);
}

/// "orders typically 8.1 (all: 3.2); days since last order typically 20 (all: 190)".
Sentence describe(const Grouping& grouping, std::size_t group, const Means& mine,
                  const Means& all) {
  constexpr Words kNames[] = {{"orders", "订单数"},
                              {"days since last order", "距上次下单天数"},
                              {"days from first to last order", "首末次下单间隔天数"},
                              {"amount per order", "笔单价"},
                              {"orders with a discount", "有折扣的订单"}};
  Sentence text;
  for (const auto& [feature, much] : marks_of(grouping, group, kSentenceMarks)) {
    const std::string here = shown(feature, mine.typical(feature));
    const std::string there = shown(feature, all.typical(feature));
    text.en += fmt::format("{}{} typically {} (all: {})", text.en.empty() ? "" : "; ",
                           kNames[feature].en, here, there);
    text.zh += fmt::format("{}{}通常为 {}（全体 {}）", text.zh.empty() ? "" : "；",
                           kNames[feature].zh, here, there);
  }
  return text.en.empty() ? Sentence{"Close to the average in everything.", "各项都接近平均。"}
                         : text;
}

Answer cluster_table(const Behaviours& behaviours, const Grouping& grouping) {
  std::vector<Means> means(grouping.groups);
  Means all;
  for (std::size_t i = 0; i < behaviours.size(); ++i) {
    add_customer(behaviours, i, means[grouping.labels[i]]);
    add_customer(behaviours, i, all);
  }
  Answer answer = empty_answer(kColumns, View::bars);
  Frame& frame = answer.frame;
  frame.at("amount_per_order_minor") = make_column("amount_per_order_minor", ColumnType::real);
  for (std::size_t group = 0; group < grouping.groups; ++group) {
    const Means& mine = means[group];
    const Sentence name = name_of(grouping, group);
    const Sentence description = describe(grouping, group, mine, all);
    frame.at("cluster").push_text(fmt::format("{}: {}", group + 1, name.en));
    frame.at("cluster_zh").push_text(fmt::format("{}：{}", group + 1, name.zh));
    push(frame.at("customers_share"), ratio(mine.customers, all.customers));
    push(frame.at("amount_share"), ratio(mine.spent, all.spent));
    frame.at("customers").push_integer(mine.customers);
    for (std::size_t feature = 0; feature < kFeatures; ++feature) {
      frame.at(kFeatureColumns[feature]).push_real(mine.mean(static_cast<Feature>(feature)));
    }
    frame.at("amount_minor").push_integer(mine.spent);
    frame.at("description").push_text(description.en);
    frame.at("description_zh").push_text(description.zh);
  }
  return answer;
}

Answer choice_table(const Grouping& grouping) {
  Answer answer = empty_answer(kChoiceColumns, View::curve);
  auto& columns = answer.frame.columns;
  for (const Choice& choice : grouping.choices) {
    columns[0].push_integer(static_cast<std::int64_t>(choice.groups));
    columns[1].push_real(choice.silhouette);
    push(columns[2], choice.bic);
    columns[3].push_real(choice.inertia);
    columns[4].push_text(choice.groups == grouping.groups ? "✓" : "");
  }
  return answer;
}

Note reason(const Grouping& grouping, const GroupingOptions& options) {
  const std::size_t groups = grouping.groups;
  if (options.groups != 0) {
    return {"number_given",
            {fmt::format("{} clusters, as asked for.", groups),
             fmt::format("按指定分为 {} 类。", groups)}};
  }
  const std::size_t most = grouping.choices.back().groups;
  const Choice& chosen = grouping.choices[groups - 2 < grouping.choices.size() ? groups - 2 : 0];
  if (options.method == Method::mixture) {
    return {"number_chosen",
            {fmt::format("{} clusters: the lowest BIC among 2 to {}.", groups, most),
             fmt::format("分为 {} 类：在 2 至 {} 类中 BIC 最低。", groups, most)}};
  }
  const std::string value = short_number(chosen.silhouette, 3);
  return {
      "number_chosen",
      {fmt::format("{} clusters: the highest silhouette, {}, among 2 to {}.", groups, value, most),
       fmt::format("分为 {} 类：在 2 至 {} 类中轮廓系数最高，为 {}。", groups, most, value)}};
}

void add_notes(const Grouping& grouping, const GroupingOptions& options, std::vector<Note>& notes) {
  notes.push_back(reason(grouping, options));
  const std::string mean = short_number(grouping.agreement, 2);
  const std::string least = short_number(grouping.least_agreement, 2);
  notes.push_back(
      {"stability",
       {fmt::format("{} other seeds give the same groups to an adjusted Rand index of {} in the "
                    "mean and {} at least (1: the same, 0: as chance has it), on {} customers.",
                    kReseedings, mean, least,
                    with_commas(static_cast<std::int64_t>(grouping.sampled))),
        fmt::format("换 {} 个随机种子重做，与本结果的调整兰德指数平均 {}，最低 {}（1 为完全相同，0 "
                    "为偶然），基于 {} 位客户。",
                    kReseedings, mean, least,
                    with_commas(static_cast<std::int64_t>(grouping.sampled)))}});
  const bool at_the_end = options.groups == 0 && grouping.groups == grouping.choices.back().groups;
  if (at_the_end) {
    notes.push_back({"end_of_range",
                     {"The best number is the largest tried: customers form no few clear groups, "
                      "and fewer clusters may be easier to use (clusters).",
                      "最优聚类数是尝试的最大值：客户没有形成少数清晰的群体，可用 clusters "
                      "指定更少的类，便于使用。"}});
  }
  if (grouping.used.size() < kFeatures) {
    notes.push_back({"constant_features",
                     {"Features in which all customers are alike are left out.",
                      "所有客户都相同的特征未使用。"}});
  }
}

Result<Answer> run(const Inputs& inputs) {
  const Arguments arguments(behaviour_clusters.params, inputs.values);
  TRY(const std::size_t show, arguments.choice("show"));
  TRY(const std::size_t method, arguments.choice("method"));
  TRY(const std::int64_t clusters, arguments.integer("clusters"));
  TRY(const std::int64_t seed, arguments.integer("seed"));
  if (clusters == 1) {
    return invalid_input(
        {"clusters is 1.", "clusters 为 1。"},
        {"Give 2 to 8, or 0 to have the number chosen.", "请给出 2 至 8，或 0 表示自动选择。"});
  }
  TRY(const Behaviours behaviours, read_behaviours(inputs));
  const bool judged = static_cast<Form>(show) == Form::choice;
  const GroupingOptions options{static_cast<Method>(method), static_cast<std::size_t>(clusters),
                                static_cast<std::uint64_t>(seed), judged};
  TRY(const Grouping grouping, group_customers(behaviours, options));
  Answer answer = judged ? choice_table(grouping) : cluster_table(behaviours, grouping);
  add_notes(grouping, options, answer.notes);
  return answer;
}

std::vector<Param> make_params() {
  return {{"show",
           ParamType::choice,
           {"the clusters, or how good each number of them is", "聚类结果，或各聚类数的优劣"},
           "clusters",
           {"clusters", "choice"}},
          {"method",
           ParamType::choice,
           {"k-means, or a mixture of Gaussians", "k-means，或高斯混合模型"},
           "k_means",
           {"k_means", "mixture"}},
          {.name = "clusters",
           .type = ParamType::integer,
           .doc = {"how many clusters, 2 to 8; 0: chosen by silhouette (k-means) or BIC (mixture)",
                   "聚类数，2 至 8；0 表示按轮廓系数（k-means）或 BIC（混合模型）自动选择"},
           .fallback = "0",
           .at_least = 0,
           .at_most = 8},
          {.name = "seed",
           .type = ParamType::integer,
           .doc = {"the same seed gives the same clusters", "相同的种子得到相同的聚类"},
           .fallback = "1",
           .at_least = 0,
           .at_most = 1e9}};
}

}  // namespace

const Analysis behaviour_clusters{
    {"behaviour_clusters",
     {"Clusters of behaviour", "行为聚类"},
     {"Which groups do customers fall into by themselves, by how they buy, and what sets each "
      "apart?",
      "客户按购买行为自然分成哪几类，每一类有什么不同？"},
     {"Features: orders, days since the last one, days from first to last, amount per order "
      "(logarithms), share of orders with a discount; each divided by its spread. k-means "
      "(k-means++, best of 5 starts) or Gaussian mixture (EM, full covariances, 0.01 added to "
      "variances) on up to 5,000 customers drawn by the seed, then every customer goes to a "
      "cluster. Clusters are numbered by mean amount and named by what lies half a spread or more "
      "from the mean of all.",
      "特征：订单数、距上次下单天数、首末次间隔、笔单价（均取对数）与有折扣订单占比，各除以其标准差"
      "。"
      "对按种子抽取的至多 5,000 位客户做 k-means（k-means++，5 次取优）或高斯混合（EM，完整协方差，"
      "方差加 "
      "0.01），再将每位客户归入一类。聚类按平均金额编号，并以偏离全体均值半个标准差以上的特征"
      "命名。"},
     View::bars},
    make_params(),
    {std::begin(kColumns), std::end(kColumns)},
    run};

}  // namespace huitou::analyses
