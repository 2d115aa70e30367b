#include <fmt/format.h>

#include <algorithm>

#include "analyses/abc/report.h"
#include "analyses/as_rule.h"
#include "analyses/common.h"

namespace huitou::analyses {

extern const Analysis abc;

namespace {

constexpr std::int64_t kLeastItems = 5;

QueryParts parts_of(const Inputs& inputs, const AbcQuestion& question) {
  const AbcMeasure& measure = question.measure();
  return {{{"from", inputs.period.from}, {"to", inputs.period.to}},
          {{"valued", question.customers() ? "{{valued_customers}}" : "{{valued_products}}"},
           {"order_value", std::string(measure.order_value)},
           {"order_unknown", std::string(measure.order_unknown)},
           {"product_value", std::string(measure.product_value)},
           {"product_unknown", std::string(measure.product_unknown)}}};
}

Error nothing_known(const AbcQuestion& question) {
  const bool margin = question.by == AbcBy::margin;
  return not_enough_data(
      {fmt::format("{} of none of the {} is known.", margin ? "The margin" : "The number of units",
                   question.items().en),
       fmt::format("没有任何一{}的{}是已知的。", question.items().zh, margin ? "毛利" : "件数")},
      margin && question.customers()
          ? Sentence{"Load orders or products with a cost column: a margin counts where the cost "
                     "of "
                     "every line is known.",
                     "请加载带成本列的订单或商品：只有每一行成本都已知才计算毛利。"}
      : margin ? Sentence{"Load products with a cost column.", "请加载带成本列的商品。"}
               : Sentence{"Load orders with a quantity column.", "请加载带件数列的订单。"});
}

Status check_enough(const AbcFound& found, const AbcQuestion& question) {
  const RankedPart& all = found.items.all();
  if (all.items == 0 && found.unknown > 0) {
    return nothing_known(question);
  }
  if (all.items < kLeastItems) {
    return not_enough_data(
        {fmt::format("abc needs {} {}; this selection has {}.", kLeastItems, question.items().en,
                     all.items),
         fmt::format("ABC 分类至少需要 {} {}；当前范围只有 {}。", kLeastItems, question.items().zh,
                     all.items)},
        {"Widen the period or choose another status.", "请扩大时段，或更换 status。"});
  }
  if (all.value <= 0) {
    return not_enough_data({"The values of this selection do not come to more than nothing.",
                            "当前范围的合计不大于零。"},
                           {"Widen the period, choose another status or rank by something else.",
                            "请扩大时段，更换 status，或改用其他排序依据。"});
  }
  return {};
}

Result<AbcFound> read_items(const Inputs& inputs, const AbcQuestion& question) {
  TRY(const engine::Query query, build_query(inputs, "abc/values.sql", parts_of(inputs, question)));
  std::vector<ValueCount> counts;
  std::int64_t unknown = 0;
  TRY(inputs.engine.stream(query, [&](const Frame& batch) -> Status {
    const auto& known = batch.at("known").integers();
    const auto& values = batch.at("value").integers();
    const auto& items = batch.at("items").integers();
    for (std::size_t row = 0; row < values.size(); ++row) {
      if (known[row] == 0) {
        unknown += items[row];
      } else {
        counts.push_back({values[row], items[row]});
      }
    }
    return {};
  }));
  AbcFound found{RankedItems(std::move(counts)), unknown};
  TRY(check_enough(found, question));
  return found;
}

/// The items by rank; of one class if one is asked for.
Result<Answer> list_table(const Inputs& inputs, const AbcQuestion& question, const AbcFound& found,
                          const Arguments& arguments) {
  TRY(const std::size_t wanted, arguments.choice("class"));
  TRY(std::int64_t limit, arguments.integer("limit"));
  RankedPart before;
  if (wanted > 0) {
    const auto parts = found.items.classes(question.percents);
    for (std::size_t at = 0; at + 1 < wanted; ++at) {
      before.items += parts[at].items;
      before.value += parts[at].value;
    }
    limit = std::min(limit, parts[wanted - 1].items);
  }
  Answer answer = empty_abc_list(question);
  QueryParts parts = parts_of(inputs, question);
  parts.params["skip"] = before.items;
  parts.params["limit"] = limit;
  TRY(const engine::Query query,
      build_query(inputs, question.customers() ? "abc/customers.sql" : "abc/products.sql",
                  std::move(parts)));
  if (limit > 0) {
    TRY(const Frame rows, inputs.engine.query(query));
    for (std::size_t row = 0; row < rows.rows(); ++row) {
      add_abc_item(found, before, rows, row, question, answer);
    }
  }
  return answer;
}

/// Of equal amounts the lower number goes first in both, so the first so many are the same ones.
RuleTexts class_rules(const Inputs& inputs, const AbcQuestion& question, const AbcFound& found) {
  const bool sayable = can_be_rules(inputs) && question.customers() && question.by == AbcBy::amount;
  const std::string buyers = condition("orders", inputs.period, ">=", "1");
  std::int64_t before = 0;
  RuleTexts rules;
  for (const RankedPart& part : found.items.classes(question.percents)) {
    const auto first = [&](std::int64_t items) {
      return fmt::format("top {} of ({}) by net_amount(from {} to {})", items, buyers,
                         format_date(inputs.period.from), format_date(inputs.period.to));
    };
    const std::int64_t through = before + part.items;
    const bool last = through == found.items.all().items;
    if (!sayable || part.items == 0) {
      rules.emplace_back();
    } else if (before == 0) {
      rules.emplace_back(last ? buyers : first(through));
    } else {
      const std::string part_of = last ? buyers : "(" + first(through) + ")";
      rules.emplace_back(fmt::format("{} and not ({})", part_of, first(before)));
    }
    before = through;
  }
  return rules;
}

Result<AbcQuestion> read_question(const Arguments& arguments) {
  TRY(const std::size_t of, arguments.choice("of"));
  TRY(const std::size_t by, arguments.choice("by"));
  TRY(const std::size_t show, arguments.choice("show"));
  TRY(const std::int64_t a, arguments.integer("a"));
  TRY(const std::int64_t b, arguments.integer("b"));
  if (a < b) {
    return AbcQuestion{
        static_cast<AbcOf>(of), static_cast<AbcBy>(by), static_cast<AbcForm>(show), {a, b}};
  }
  return invalid_input(
      {fmt::format("a is {} and b {}.", a, b), fmt::format("a 为 {}，b 为 {}。", a, b)},
      {"Class B goes further than A: give a larger b.", "B 类的累计占比应大于 A 类：请调大 b。"});
}

Result<Answer> run(const Inputs& inputs) {
  const Arguments arguments(abc.params, inputs.values);
  TRY(const AbcQuestion question, read_question(arguments));
  TRY(const AbcFound found, read_items(inputs, question));
  Answer answer;
  if (question.form == AbcForm::list) {
    TRY(answer, list_table(inputs, question, found, arguments));
  } else {
    answer = question.form == AbcForm::classes ? class_table(found, question)
                                               : curve_table(found, question);
  }
  if (wants_rules(inputs) && question.form == AbcForm::classes) {
    add_rules(answer, class_rules(inputs, question, found));
  }
  add_abc_notes(found, question, answer.notes);
  return answer;
}

std::vector<Param> make_params() {
  return {
      {"of",
       ParamType::choice,
       {"what is ranked", "对什么排名"},
       "customers",
       {"customers", "products"}},
      {"by",
       ParamType::choice,
       {"rank by amount, by margin (where the cost is known) or by units",
        "按金额、毛利（成本已知时）或件数排名"},
       "amount",
       {"amount", "margin", "quantity"}},
      {"show",
       ParamType::choice,
       {"the classes, the Pareto curve, or the items by rank", "类别、帕累托曲线，或按名次列出"},
       "classes",
       {"classes", "curve", "list"}},
      {.name = "a",
       .type = ParamType::integer,
       .doc = {"class A: the first who make up so many percent of the total",
               "A 类：累计占总量百分之几的最前者"},
       .fallback = "80",
       .at_least = 1,
       .at_most = 98},
      {.name = "b",
       .type = ParamType::integer,
       .doc = {"class B: those who come next, up to so many percent; C: the rest",
               "B 类：其后累计到百分之几；其余为 C 类"},
       .fallback = "95",
       .at_least = 2,
       .at_most = 99},
      {"class",
       ParamType::choice,
       {"list the items of this class only", "只列出该类别"},
       "all",
       {"all", "A", "B", "C"}},
      {.name = "limit",
       .type = ParamType::integer,
       .doc = {"how many items are listed", "列出的个数上限"},
       .fallback = "100",
       .at_least = 1,
       .at_most = 10000},
      with_rule_param()};
}

const std::vector<ColumnCard>& default_columns() {
  static const std::vector<ColumnCard> kColumns = class_columns(AbcQuestion{});
  return kColumns;
}

bool counts_strangers(const Values& values) {
  return Arguments(abc.params, values).text("of") == "products";
}

}  // namespace

const Analysis abc{
    {"abc",
     {"ABC classes", "ABC 分类"},
     {"Which customers and which products make up most of the amount, the margin or the units?",
      "哪些客户、哪些商品构成了大部分金额、毛利或件数？"},
     {"Ranked from the highest; class A: everything until the first a % of the total are reached, "
      "B until b %, C the rest. The one that crosses a cut belongs to the upper class. Exact in "
      "whole minor units; equals by customer number or product key. Margin = net amount less "
      "cost, for customers whose every order has a known cost and products with a known cost.",
      "从高到低排名：累计达到总量的 a% 之前为 A 类，达到 b% 之前为 B 类，其余为 C "
      "类；跨过分界线的那一个归入上一类。以最小货币单位精确计算；数值相同时按客户编号或商品编号排序"
      "。"
      "毛利 = 净额 − 成本，只计全部订单成本已知的客户与成本已知的商品。"},
     View::bars},
    make_params(),
    default_columns(),
    run,
    counts_strangers};

}  // namespace huitou::analyses
