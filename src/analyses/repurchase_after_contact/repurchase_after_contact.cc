#include <fmt/format.h>

#include "analyses/happenings.h"
#include "analyses/repurchase_by_first_purchase/groups.h"
#include "math/interval.h"

namespace huitou::analyses {

extern const Analysis repurchase_after_contact;

namespace {

constexpr std::int64_t kLeastPurchases = 20;

struct Contact {
  std::string_view name;
  Sentence title;
  const char* table;
  const char* day;
  const char* condition;
};
const Contact kContacts[] = {
    {"tickets", {"With a ticket", "有工单"}, "tickets", "opened_on", "1"},
    {"complaints", {"With a complaint", "有投诉"}, "tickets", "opened_on", "is_complaint = 1"},
    {"surveys", {"With a survey answer", "有问卷作答"}, "surveys", "answered_on", "1"},
    {"promoters",
     {"Answered 9 or 10", "NPS 答 9、10 分"},
     "surveys",
     "answered_on",
     "lower(kind) = 'nps' AND score >= 9"},
    {"detractors",
     {"Answered 0 to 6", "NPS 答 0 至 6 分"},
     "surveys",
     "answered_on",
     "lower(kind) = 'nps' AND score <= 6"}};
const Sentence kWithout{"All others", "其余购买"};

constexpr ColumnCard kColumns[] = {
    {"part", Unit::none, Role::dimension, {"Purchases", "购买（英文）"}},
    {"part_zh", Unit::none, Role::detail, {"Purchases (Chinese)", "购买"}},
    {"rate", Unit::ratio, Role::value, {"Came back in time", "复购率"}},
    {"rate_low", Unit::ratio, Role::low, {"Lower end (95 %)", "下限（95%）"}},
    {"rate_high", Unit::ratio, Role::high, {"Upper end (95 %)", "上限（95%）"}},
    {"purchases", Unit::count, Role::base, {"Purchase days", "购买日数"}},
    {"returned", Unit::count, Role::detail, {"Came back", "复购数"}},
    {"lift_rest", Unit::ratio, Role::detail, {"More than the others, relative", "相对其余的提升"}},
    {"lift_all", Unit::ratio, Role::detail, {"More than the average, relative", "相对平均的提升"}},
    {"difference", Unit::points, Role::detail, {"Difference", "差异"}},
    {"difference_low", Unit::points, Role::detail, {"Difference, lower end", "差异下限"}},
    {"difference_high", Unit::points, Role::detail, {"Difference, upper end", "差异上限"}},
    {"adjusted", Unit::points, Role::detail, {"Difference within months", "同月差异"}},
    {"adjusted_low", Unit::points, Role::detail, {"Within months, lower end", "同月差异下限"}},
    {"adjusted_high", Unit::points, Role::detail, {"Within months, upper end", "同月差异上限"}}};

struct Question {
  const Contact& contact;
  std::int64_t window = 0;
  std::int64_t days = 0;
};

Result<Months> read_months(const Inputs& inputs, const Question& question, bool touched) {
  const std::string all = "(SELECT customer_id, day, day_after FROM {{purchase_neighbours}} AS n)";
  const std::string with =
      "(\n" + std::string(embedded("repurchase_after_contact/touched.sql")) + ")";
  TRY(const engine::Query query,
      build_query(inputs, "repurchase_after_contact/purchases.sql",
                  {{{"begin", inputs.period.from},
                    {"end", inputs.period.to},
                    {"window", question.window},
                    {"days", question.days}},
                   {{"purchases", touched ? with : all},
                    {"dims", ""},
                    {"purchase_day_numbers", "arrayDistinct(groupArray(toInt32(ordered_on)))"},
                    {"contact_table", question.contact.table},
                    {"contact_day", question.contact.day},
                    {"contact_condition", question.contact.condition}}}));
  TRY(const Frame rows, inputs.engine.query(query));
  Months months;
  for (std::size_t row = 0; row < rows.rows(); ++row) {
    months[rows.at("month").integers()[row]] = {rows.at("purchases").integers()[row],
                                                rows.at("returned").integers()[row]};
  }
  return months;
}

Months without(const Months& all, const Months& group) {
  Months rest;
  for (const auto& [month, returns] : all) {
    const auto found = group.find(month);
    const Returns mine = found == group.end() ? Returns{} : found->second;
    rest[month] = rest_of(returns, mine);
  }
  return rest;
}

std::optional<double> lift(std::optional<double> rate, std::optional<double> other) {
  const bool known = rate && other && *other > 0;
  return known ? std::optional(*rate / *other - 1) : std::nullopt;
}

void push_difference(const std::optional<math::Difference>& difference, Column* columns) {
  push(columns[0], difference ? std::optional(difference->value) : std::nullopt);
  push(columns[1], difference ? std::optional(difference->interval.low) : std::nullopt);
  push(columns[2], difference ? std::optional(difference->interval.high) : std::nullopt);
}

void add_row(const Sentence& name, const Months& group, const Months& all, Answer& answer) {
  auto& columns = answer.frame.columns;
  const Returns mine = sum_of(group);
  const auto interval = mine.customers == 0
                            ? std::nullopt
                            : std::optional(math::wilson({static_cast<double>(mine.returned),
                                                          static_cast<double>(mine.customers)}));
  columns[0].push_text(name.en);
  columns[1].push_text(name.zh);
  push(columns[2], rate_of(mine));
  push(columns[3], interval ? std::optional(interval->low) : std::nullopt);
  push(columns[4], interval ? std::optional(interval->high) : std::nullopt);
  columns[5].push_integer(mine.customers);
  columns[6].push_integer(mine.returned);
  push(columns[7], lift(rate_of(mine), rate_of(rest_of(sum_of(all), mine))));
  push(columns[8], lift(rate_of(mine), rate_of(sum_of(all))));
  const Comparison comparison = compare(group, all);
  push_difference(comparison.raw, &columns[9]);
  push_difference(comparison.within_months, &columns[12]);
}

Result<Answer> run(const Inputs& inputs) {
  const Arguments arguments(repurchase_after_contact.params, inputs.values);
  TRY(const std::size_t of, arguments.choice("of"));
  TRY(const std::int64_t window, arguments.integer("window"));
  TRY(const std::int64_t days, arguments.integer("days"));
  const Question question{kContacts[of], window, days};
  TRY(const Months all, read_months(inputs, question, false));
  const std::int64_t purchases = sum_of(all).customers;
  if (purchases < kLeastPurchases) {
    return not_enough_data(
        {fmt::format("repurchase_after_contact needs {} purchases that were watched for {} days; "
                     "this selection has {}.",
                     kLeastPurchases, window + days, purchases),
         fmt::format("联系后复购分析至少需要 {} 次已观察满 {} 天的购买；当前范围只有 {} 次。",
                     kLeastPurchases, window + days, purchases)},
        {"Widen the period or choose fewer days.", "请扩大时段或减少天数。"});
  }
  TRY(const Months touched, read_months(inputs, question, true));
  if (sum_of(touched).customers == 0) {
    return not_enough_data(
        {fmt::format("None of {} purchases had such a contact ({}) within {} days.",
                     with_commas(purchases), question.contact.name, window),
         fmt::format("{} 次购买中，没有一次在 {} 天内有此类联系（{}）。", with_commas(purchases),
                     window, question.contact.name)},
        {"Load tickets or survey answers, choose another contact or a longer window.",
         "请加载工单或问卷答卷，换一种联系，或延长窗口。"});
  }
  Answer answer = empty_answer(kColumns, View::bars);
  add_row(question.contact.title, touched, all, answer);
  add_row(kWithout, without(all, touched), all, answer);
  answer.notes.push_back(
      {"not_a_cause",
       {"This is no proof that the contact did it: who asks, complains or answers differs in other "
        "ways too. A difference is where to look.",
        "这不能证明是该次联系造成的：会咨询、投诉或作答的客户在其他方面也不同。差异只是线索。"}});
  return answer;
}

std::vector<Param> make_params() {
  return {{"of",
           ParamType::choice,
           {"which contact: any ticket, a complaint, any survey answer, an NPS answer of 9 or 10, "
            "or of 0 to 6",
            "哪种联系：任一工单、投诉、任一问卷作答、NPS 答 9 或 10 分、答 0 至 6 分"},
           "tickets",
           {"tickets", "complaints", "surveys", "promoters", "detractors"}},
          {.name = "window",
           .type = ParamType::integer,
           .doc = {"the contact comes on the day of the purchase or so many days after it",
                   "联系发生在购买当日或其后若干天内"},
           .fallback = "7",
           .at_least = 0,
           .at_most = 365},
          {.name = "days",
           .type = ParamType::integer,
           .doc = {"watched for so many days after the window", "窗口结束后观察的天数"},
           .fallback = "90",
           .at_least = 1,
           .at_most = 3650}};
}

}  // namespace

const Analysis repurchase_after_contact{
    {"repurchase_after_contact",
     {"Repurchase after a contact", "联系后的复购"},
     {"Do customers who contacted service or answered a survey after a purchase come back more or "
      "less often than the others?",
      "购买后联系过客服或答过问卷的客户，复购比其他人多还是少？"},
     {"Purchase days not followed by another within the window, and watched for the days after it: "
      "the share that was followed by a purchase in them, with a contact in the window and "
      "without. "
      "Both sides begin at the purchase and are watched from the end of the window. Wilson's and "
      "Newcombe's intervals; within months of the purchase: Mantel-Haenszel.",
      "取窗口内未再次购买、且其后已观察满所需天数的购买日：分别计算窗口内有联系与无联系的购买，"
      "在其后若干天内再次购买的比例。两组均从购买起、自窗口结束时开始观察。区间为 Wilson 与 "
      "Newcombe；按购买月份调整用 Mantel-Haenszel。"},
     View::bars},
    make_params(),
    {std::begin(kColumns), std::end(kColumns)},
    run};

}  // namespace huitou::analyses
