#include <fmt/format.h>

#include <algorithm>

#include "analyses/common.h"
#include "analyses/repurchase_by_first_purchase/groups.h"

namespace huitou::analyses {

extern const Analysis repurchase_by_first_purchase;

namespace {

constexpr std::int64_t kLeastCustomers = 20;
constexpr std::size_t kMostGroups = 50;
constexpr std::int64_t kMilliPerUnit = 1000;

enum class By { amount, units, category, channel };

constexpr ColumnCard kColumns[] = {
    {"group", Unit::none, Role::dimension, {"First purchase", "首购特征（英文）"}},
    {"group_zh", Unit::none, Role::detail, {"First purchase (Chinese)", "首购特征"}},
    {"rate", Unit::ratio, Role::value, {"Came back in time", "复购率"}},
    {"rate_low", Unit::ratio, Role::low, {"Lower end (95 %)", "下限（95%）"}},
    {"rate_high", Unit::ratio, Role::high, {"Upper end (95 %)", "上限（95%）"}},
    {"customers", Unit::count, Role::base, {"Customers", "客户数"}},
    {"returned", Unit::count, Role::detail, {"Came back", "复购客户数"}},
    {"rest_rate", Unit::ratio, Role::detail, {"All others: came back in time", "其余客户复购率"}},
    {"rest_customers", Unit::count, Role::detail, {"All others: customers", "其余客户数"}},
    {"rest_returned", Unit::count, Role::detail, {"All others: came back", "其余复购客户数"}},
    {"difference", Unit::points, Role::detail, {"Difference", "差异"}},
    {"difference_low", Unit::points, Role::detail, {"Difference, lower end", "差异下限"}},
    {"difference_high", Unit::points, Role::detail, {"Difference, upper end", "差异上限"}},
    {"adjusted", Unit::points, Role::detail, {"Difference within months", "同月首购差异"}},
    {"adjusted_low", Unit::points, Role::detail, {"Within months, lower end", "同月差异下限"}},
    {"adjusted_high", Unit::points, Role::detail, {"Within months, upper end", "同月差异上限"}}};

struct Question {
  By by = By::amount;
  std::int64_t days = 0;
  std::int64_t at_least = 0;
};

engine::Params params_of(const Inputs& inputs, const Question& question) {
  return {{"begin", inputs.period.from}, {"end", inputs.period.to}, {"days", question.days}};
}

/// Reads one row of either query; gives the returns to be filed, or null if its attribute is not
/// known.
std::optional<Returns> take_row(const Frame& rows, std::size_t row, FirstPurchases& into) {
  const Returns returns{rows.at("customers").integers()[row], rows.at("returned").integers()[row]};
  if (rows.at("known").integers()[row] == 0) {
    into.unknown += returns.customers;
    return std::nullopt;
  }
  return returns;
}

Result<Numbers> read_numbers(const Inputs& inputs, const Question& question, FirstPurchases& into) {
  const bool units = question.by == By::units;
  TRY(const engine::Query query,
      build_query(
          inputs, "repurchase_by_first_purchase/by_number.sql",
          {params_of(inputs, question),
           {{"number", units ? "toInt64(sum(ifNull(units_milli, 0)))" : "sum(amount_minor)"},
            {"number_known", units ? "countIf(isNull(units_milli)) = 0" : "1"}}}));
  Numbers numbers;
  TRY(inputs.engine.stream(query, [&](const Frame& rows) -> Status {
    for (std::size_t row = 0; row < rows.rows(); ++row) {
      into.young += rows.at("young").integers()[row];
      if (const auto returns = take_row(rows, row, into)) {
        const std::int64_t month = rows.at("month").integers()[row];
        numbers[rows.at("number").integers()[row]][month].add(*returns);
        into.all[month].add(*returns);
      }
    }
    return {};
  }));
  return numbers;
}

Status read_words(const Inputs& inputs, const Question& question, FirstPurchases& into) {
  const bool lines = question.by == By::category;
  TRY(const engine::Query query,
      build_query(inputs, "repurchase_by_first_purchase/by_word.sql",
                  {params_of(inputs, question),
                   {{"word", lines ? "category" : "channel"},
                    {"rows_with_words", lines ? "{{counted_lines}}" : "{{counted_orders}}"}}}));
  std::map<std::string, Months> groups;
  TRY(const Frame rows, inputs.engine.query(query));
  for (std::size_t row = 0; row < rows.rows(); ++row) {
    const std::string word(rows.at("word").texts().at(row));
    const std::int64_t month = rows.at("month").integers()[row];
    into.young += word.empty() ? rows.at("young").integers()[row] : 0;
    if (const auto returns = take_row(rows, row, into)) {
      (word.empty() ? into.all : groups[word])[month].add(*returns);
    }
  }
  for (auto& [word, months] : groups) {
    into.groups.push_back({{word, word}, std::move(months)});
  }
  std::stable_sort(into.groups.begin(), into.groups.end(), [](const Group& a, const Group& b) {
    return sum_of(a.months).customers > sum_of(b.months).customers;
  });
  return {};
}

std::string money(double minor) { return fmt::format("{:.2f}", minor / 100); }

std::vector<Group> unit_groups(const Numbers& numbers, std::int64_t threshold) {
  auto groups = split_at(numbers, threshold * kMilliPerUnit);
  return {{{fmt::format("{} units or more", threshold), fmt::format("{} 件及以上", threshold)},
           std::move(groups[0])},
          {{fmt::format("fewer than {} units", threshold), fmt::format("少于 {} 件", threshold)},
           std::move(groups[1])}};
}

std::vector<Group> amount_groups(const Numbers& numbers) {
  Quarters quarters = quarters_of(numbers);
  const auto cut = [&](std::size_t at) { return money(quarters.cuts[at]); };
  const Sentence names[] = {
      {fmt::format("up to {}", cut(0)), fmt::format("不超过 {}", cut(0))},
      {fmt::format("over {} to {}", cut(0), cut(1)), fmt::format("{} 至 {}", cut(0), cut(1))},
      {fmt::format("over {} to {}", cut(1), cut(2)), fmt::format("{} 至 {}", cut(1), cut(2))},
      {fmt::format("over {}", cut(2)), fmt::format("{} 以上", cut(2))}};
  std::vector<Group> groups;
  for (std::size_t at = 0; at < quarters.groups.size(); ++at) {
    if (!quarters.groups[at].empty()) {
      groups.push_back({names[at], std::move(quarters.groups[at])});
    }
  }
  return groups;
}

Result<FirstPurchases> read_first_purchases(const Inputs& inputs, const Question& question) {
  FirstPurchases found;
  if (question.by == By::units || question.by == By::amount) {
    TRY(const Numbers numbers, read_numbers(inputs, question, found));
    found.groups =
        question.by == By::units ? unit_groups(numbers, question.at_least) : amount_groups(numbers);
  } else {
    TRY(read_words(inputs, question, found));
  }
  const std::int64_t customers = sum_of(found.all).customers;
  if (customers >= kLeastCustomers) {
    return found;
  }
  return not_enough_data(
      {fmt::format("repurchase_by_first_purchase needs {} first purchases that were watched for {} "
                   "days; this selection has {}.",
                   kLeastCustomers, question.days, customers),
       fmt::format("首购特征分析至少需要 {} 次已观察满 {} 天的首购；当前范围只有 {} 次。",
                   kLeastCustomers, question.days, customers)},
      {"Widen the period, choose fewer days or another attribute.",
       "请扩大时段、减少天数，或换一个特征。"});
}

void push_difference(Frame& frame, const std::string& name,
                     const std::optional<math::Difference>& difference) {
  const auto part = [&](const char* end, double value) {
    push(frame.at(name + end), difference ? std::optional(value) : std::nullopt);
  };
  const math::Difference shown = difference.value_or(math::Difference{});
  part("", shown.value);
  part("_low", shown.interval.low);
  part("_high", shown.interval.high);
}

void add_row(const Group& group, const Months& all, Frame& frame) {
  const Returns mine = sum_of(group.months);
  const Returns rest = rest_of(sum_of(all), mine);
  const auto interval = mine.customers == 0
                            ? std::nullopt
                            : std::optional(math::wilson({static_cast<double>(mine.returned),
                                                          static_cast<double>(mine.customers)}));
  frame.at("group").push_text(group.name.en);
  frame.at("group_zh").push_text(group.name.zh);
  push(frame.at("rate"), rate_of(mine));
  push(frame.at("rate_low"), interval ? std::optional(interval->low) : std::nullopt);
  push(frame.at("rate_high"), interval ? std::optional(interval->high) : std::nullopt);
  frame.at("customers").push_integer(mine.customers);
  frame.at("returned").push_integer(mine.returned);
  push(frame.at("rest_rate"), rate_of(rest));
  frame.at("rest_customers").push_integer(rest.customers);
  frame.at("rest_returned").push_integer(rest.returned);
  const Comparison comparison = compare(group.months, all);
  push_difference(frame, "difference", comparison.raw);
  push_difference(frame, "adjusted", comparison.within_months);
}

void add_notes(const FirstPurchases& found, const Question& question, std::vector<Note>& notes) {
  notes.push_back(
      {"not_a_cause",
       {"Each group stands beside all customers who are not in it. Who buys differently at first "
        "differs in other ways too: a difference is where to look, not proof of a cause.",
        "每组都与不在该组的全部客户对比。首购不同的客户在其他方面也可能不同：差异是线索，不是因果证"
        "明。"}});
  if (found.young > 0) {
    notes.push_back(
        {"immature_window",
         {fmt::format("{} first purchases are left out: they were not watched for {} days yet.",
                      with_commas(found.young), question.days),
          fmt::format("{} 次首购未计入：观察尚未满 {} 天。", with_commas(found.young),
                      question.days)}});
  }
  if (found.unknown > 0) {
    notes.push_back(
        {"unknown_attribute",
         {fmt::format("{} customers are left out: this attribute of their first purchase is not "
                      "known.",
                      with_commas(found.unknown)),
          fmt::format("{} 位客户未计入：其首购的该项特征未知。", with_commas(found.unknown))}});
  }
  if (found.groups.size() > kMostGroups) {
    notes.push_back(
        {"more_groups",
         {fmt::format("{} groups with fewer customers are not shown.",
                      found.groups.size() - kMostGroups),
          fmt::format("另有 {} 个客户数较少的分组未列出。", found.groups.size() - kMostGroups)}});
  }
}

Result<Answer> run(const Inputs& inputs) {
  const Arguments arguments(repurchase_by_first_purchase.params, inputs.values);
  Question question;
  TRY(const std::size_t by, arguments.choice("by"));
  TRY(question.days, arguments.integer("days"));
  TRY(question.at_least, arguments.integer("at_least"));
  question.by = static_cast<By>(by);
  TRY(const FirstPurchases found, read_first_purchases(inputs, question));
  Answer answer = empty_answer(kColumns, View::bars);
  for (std::size_t at = 0; at < std::min(found.groups.size(), kMostGroups); ++at) {
    add_row(found.groups[at], found.all, answer.frame);
  }
  add_notes(found, question, answer.notes);
  return answer;
}

std::vector<Param> make_params() {
  return {{"by",
           ParamType::choice,
           {"what first purchases are told apart by", "按首购的哪项特征分组"},
           "amount",
           {"amount", "units", "category", "channel"}},
          {.name = "days",
           .type = ParamType::integer,
           .doc = {"back in time: a second purchase within so many days",
                   "复购：首购后多少天内再次购买"},
           .fallback = "90",
           .at_least = 1,
           .at_most = 3650},
          {.name = "at_least",
           .type = ParamType::integer,
           .doc = {"by units: so many or more against fewer", "按件数分组时的分界件数"},
           .fallback = "3",
           .at_least = 1,
           .at_most = 100000}};
}

}  // namespace

const Analysis repurchase_by_first_purchase{
    {"repurchase_by_first_purchase",
     {"Repurchase by first purchase", "首购特征与复购"},
     {"Which first purchases bring customers back: large ones, certain categories, a channel?",
      "什么样的首购更能带来复购：买得多、某些品类，还是某个渠道？"},
     {"Customers whose first purchase day lies in the period and who were watched for the days "
      "asked for; orders of that day are taken together. Rate: second purchase day within so many "
      "days (Wilson). Difference: the group less all others (Newcombe, method 10); within months "
      "of "
      "first purchase: Mantel-Haenszel weights, Greenland-Robins variance. Amounts are cut at "
      "their "
      "quartiles (type 7).",
      "对象为首购日在时段内且已观察满所选天数的客户，首购日当天的订单合并。复购率：所选天数内有第二"
      "个购买"
      "日（Wilson 区间）。差异：本组减其余客户（Newcombe 方法 10）；同月首购差异采用 "
      "Mantel-Haenszel "
      "权重与 Greenland-Robins 方差。金额按四分位数（第 7 类）切分。"},
     View::bars},
    make_params(),
    {std::begin(kColumns), std::end(kColumns)},
    run};

}  // namespace huitou::analyses
