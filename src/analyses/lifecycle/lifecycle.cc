#include <fmt/format.h>

#include <array>

#include "analyses/common.h"
#include "analyses/steps.h"

namespace huitou::analyses {

extern const Analysis lifecycle;

namespace {

constexpr std::int64_t kMostPeriods = 4000;
constexpr Granularity kBy[] = {Granularity::day, Granularity::week, Granularity::month,
                               Granularity::quarter};

/// How many customers stood to a period in each of the four ways.
struct Standing {
  std::int64_t newcomers = 0;
  std::int64_t returning = 0;
  std::int64_t resurrecting = 0;
  std::int64_t dormant = 0;

  std::int64_t active() const { return newcomers + returning + resurrecting; }
};

struct Kind {
  Words name;
  std::int64_t Standing::*customers;
  std::int64_t sign;
};
constexpr Kind kKinds[] = {{{"New", "新客"}, &Standing::newcomers, 1},
                           {{"Returning", "连续活跃"}, &Standing::returning, 1},
                           {{"Resurrecting", "回流"}, &Standing::resurrecting, 1},
                           {{"Dormant", "沉默"}, &Standing::dormant, -1}};

constexpr ColumnCard kColumns[] = {
    {"period", Unit::none, Role::dimension, {"Period", "时段"}},
    {"state", Unit::none, Role::series, {"State", "状态（英文）"}},
    {"state_zh", Unit::none, Role::detail, {"State (Chinese)", "状态"}},
    {"customers",
     Unit::count,
     Role::value,
     {"Customers (dormant below zero)", "客户数（沉默为负）"}},
    {"active_customers", Unit::count, Role::base, {"Customers who ordered", "下单客户数"}}};

constexpr ColumnCard kAccountColumns[] = {
    {"period", Unit::none, Role::dimension, {"Period", "时段"}},
    {"customers_before", Unit::count, Role::detail, {"Active the period before", "上期活跃客户"}},
    {"newcomers", Unit::count, Role::detail, {"+ New", "+ 新客"}},
    {"resurrecting", Unit::count, Role::detail, {"+ Resurrecting", "+ 回流"}},
    {"dormant", Unit::count, Role::detail, {"− Dormant", "− 沉默"}},
    {"active_customers", Unit::count, Role::value, {"= Active", "= 本期活跃客户"}},
    {"returning", Unit::count, Role::detail, {"Of these returning", "其中连续活跃"}},
    {"silent_customers", Unit::count, Role::value, {"Silent: ordered earlier", "沉寂：以前下过单"}},
    {"growth_ratio",
     Unit::number,
     Role::detail,
     {"Come for each who goes dormant", "每沉默一位，新来与回流几位"}}};

/// The periods asked for and what happened in each.
struct Lifecycle {
  Steps steps;
  int first = 0;
  Date as_of;
  std::vector<Standing> standings;
  std::int64_t customers_before = 0;  ///< who had ordered before the first period

  bool is_over(std::size_t at) const {
    return step_first_day(first + static_cast<int>(at) + 1, steps) <= as_of;
  }
};

Error too_many(std::int64_t periods) {
  return {Code::limit_reached,
          fmt::format("The lifecycle would have {} periods; the limit is {}.", with_commas(periods),
                      with_commas(kMostPeriods)),
          "Choose longer periods or a later from.",
          fmt::format("生命周期将有 {} 个时段，上限为 {}。", with_commas(periods),
                      with_commas(kMostPeriods)),
          "请选择更长的时段粒度，或更晚的 from。"};
}

Result<Lifecycle> read_lifecycle(const Inputs& inputs, Granularity by) {
  Lifecycle found{{by, inputs.week_start}, 0, inputs.as_of, {}, 0};
  found.first = step_index(inputs.period.from, found.steps);
  const int end = step_index(Date{inputs.period.to.days - 1}, found.steps) + 1;
  if (end - found.first > kMostPeriods) {
    return too_many(end - found.first);
  }
  found.standings.resize(static_cast<std::size_t>(end - found.first));
  // The period before the first one says who goes dormant in it, all before it who was there.
  TRY(const engine::Query query,
      build_query(inputs, "lifecycle/steps.sql",
                  {{{"first", std::int64_t{0}}, {"end", std::int64_t{end}}},
                   {{"step", step_sql(found.steps)}}}));
  TRY(const Frame rows, inputs.engine.query(query));
  for (std::size_t row = 0; row < rows.rows(); ++row) {
    const std::int64_t step = rows.at("period").integers()[row];
    if (step >= found.first) {
      Standing& standing = found.standings[static_cast<std::size_t>(step - found.first)];
      standing.newcomers = rows.at("newcomers").integers()[row];
      standing.returning = rows.at("returning").integers()[row];
      standing.resurrecting = rows.at("resurrecting").integers()[row];
    } else {
      found.customers_before += rows.at("newcomers").integers()[row];
    }
    if (step + 1 >= found.first && step + 1 < end) {
      found.standings[static_cast<std::size_t>(step + 1 - found.first)].dormant =
          rows.at("leaving").integers()[row];
    }
  }
  return found;
}

bool is_empty(const Lifecycle& found) {
  std::int64_t customers = 0;
  for (const Standing& standing : found.standings) {
    customers += standing.active() + standing.dormant;
  }
  return customers == 0;
}

Answer table_of(const Lifecycle& found) {
  Answer answer = empty_answer(kColumns, View::bars);
  auto& columns = answer.frame.columns;
  for (std::size_t at = 0; at < found.standings.size(); ++at) {
    const Standing& standing = found.standings[at];
    const bool over = found.is_over(at);
    for (const Kind& kind : kKinds) {
      columns[0].push_text(step_name(found.first + static_cast<int>(at), found.steps));
      columns[1].push_text(kind.name.en);
      columns[2].push_text(kind.name.zh);
      push(columns[3], over ? std::optional(kind.sign * standing.*kind.customers) : std::nullopt);
      push(columns[4], over ? std::optional(standing.active()) : std::nullopt);
    }
  }
  return answer;
}

/// A row for each period: who was active before, who came, who went, and who is there now.
Answer accounts_of(const Lifecycle& found) {
  Answer answer = empty_answer(kAccountColumns, View::table);
  auto& columns = answer.frame.columns;
  std::int64_t ever = found.customers_before;
  for (std::size_t at = 0; at < found.standings.size(); ++at) {
    const Standing& standing = found.standings[at];
    ever += standing.newcomers;
    const std::int64_t active = standing.active();
    const std::int64_t come = standing.newcomers + standing.resurrecting;
    const std::int64_t numbers[] = {active - come + standing.dormant,
                                    standing.newcomers,
                                    standing.resurrecting,
                                    standing.dormant,
                                    active,
                                    standing.returning,
                                    ever - active};
    const bool over = found.is_over(at);
    columns[0].push_text(step_name(found.first + static_cast<int>(at), found.steps));
    for (std::size_t i = 0; i < std::size(numbers); ++i) {
      push(columns[i + 1], over ? std::optional(numbers[i]) : std::nullopt);
    }
    push(columns.back(), over ? ratio(come, standing.dormant) : std::nullopt);
  }
  return answer;
}

void add_notes(const Inputs& inputs, const Lifecycle& found, std::vector<Note>& notes) {
  if (!found.is_over(found.standings.size() - 1)) {
    const std::string day = format_date(found.as_of);
    notes.push_back({"immature_window",
                     {fmt::format("The last period is empty: it is not over before {}.", day),
                      fmt::format("最后一个时段为空：它在 {} 前尚未结束。", day)}});
  }
  if (step_index(inputs.overview.first_on, found.steps) >= found.first) {
    const std::string day = format_date(inputs.overview.first_on);
    notes.push_back(
        {"left_truncated",
         {fmt::format("The data begins on {}: in its first period everybody counts as new.", day),
          fmt::format("数据始于 {}：在首个时段中所有客户都计为新客。", day)}});
  }
}

Result<Answer> run(const Inputs& inputs) {
  const Arguments arguments(lifecycle.params, inputs.values);
  TRY(const std::size_t by, arguments.choice("by"));
  TRY(const std::size_t show, arguments.choice("show"));
  TRY(const Lifecycle found, read_lifecycle(inputs, kBy[by]));
  if (is_empty(found)) {
    return not_enough_data(
        {fmt::format("No known customer ordered from {} to {}.", format_date(inputs.period.from),
                     format_date(inputs.period.to)),
         fmt::format("{} 至 {} 之间没有可识别客户的订单。", format_date(inputs.period.from),
                     format_date(inputs.period.to))},
        {"Widen the period or choose another status.", "请扩大时段，或更换 status。"});
  }
  Answer answer = show == 0 ? table_of(found) : accounts_of(found);
  add_notes(inputs, found, answer.notes);
  return answer;
}

std::vector<Param> make_params() {
  return {{"by",
           ParamType::choice,
           {"how long a period is", "时段的粒度"},
           "month",
           {"day", "week", "month", "quarter"}},
          {"show",
           ParamType::choice,
           {"the states of each period, or accounts that add up: active before + new + "
            "resurrecting - dormant = active",
            "各时段的状态，或平衡的增长账：上期活跃 + 新客 + 回流 − 沉默 = 本期活跃"},
           "states",
           {"states", "accounts"}}};
}

}  // namespace

const Analysis lifecycle{
    {"lifecycle",
     {"Customer lifecycle", "客户生命周期"},
     {"Does the number of active customers grow from new ones, from regulars or from those who "
      "come "
      "back, and how many fall silent?",
      "活跃客户的增长来自新客、老客还是回流客户？每期有多少客户转为沉默？"},
     {"In each period a customer who orders is new (first order ever), returning (ordered in the "
      "period before too) or resurrecting (ordered earlier, but not in the period before). "
      "Dormant: "
      "ordered in the period before, but not in this one; counted once, as a negative number. As "
      "PostHog's lifecycle. A period that is not over is null.",
      "每个时段内下单的客户分为：新客（首次下单）、连续活跃（上一时段也下单）、回流（更早下过单，但"
      "上"
      "一时段没有）。沉默 = 上一时段下单而本时段未下单，只计一次，以负数表示。口径与 PostHog 的 "
      "lifecycle 一致；未结束的时段为空。"},
     View::bars},
    make_params(),
    {std::begin(kColumns), std::end(kColumns)},
    run};

}  // namespace huitou::analyses
