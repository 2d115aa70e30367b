#include <fmt/format.h>

#include "analyses/common.h"
#include "analyses/steps.h"
#include "math/interval.h"

namespace huitou::analyses {

extern const Analysis stickiness;

namespace {

constexpr Granularity kBy[] = {Granularity::day, Granularity::week, Granularity::month,
                               Granularity::quarter};

constexpr ColumnCard kColumns[] = {
    {"periods", Unit::count, Role::dimension, {"Active in so many", "活跃期数"}},
    {"share", Unit::ratio, Role::value, {"Share of customers", "客户占比"}},
    {"share_low", Unit::ratio, Role::low, {"Lower end (95 %)", "下限（95%）"}},
    {"share_high", Unit::ratio, Role::high, {"Upper end (95 %)", "上限（95%）"}},
    {"customers", Unit::count, Role::detail, {"Customers", "客户数"}},
    {"share_at_least",
     Unit::ratio,
     Role::detail,
     {"Active in so many or more", "不少于此期数的占比"}},
    {"active_customers", Unit::count, Role::base, {"Active customers", "活跃客户数"}}};

/// What counts as being active: the rows, and what they are called.
struct Activity {
  bool of_events = false;
  std::string event;  ///< of this name alone; empty: any
};

Result<Activity> read_activity(const Inputs& inputs, const Arguments& arguments) {
  TRY(const std::size_t of, arguments.choice("of"));
  Activity activity{of == 1, arguments.text("event")};
  if (!activity.of_events && !activity.event.empty()) {
    return invalid_input({"`event` belongs to of=events.", "`event` 只用于 of=events。"},
                         {"Add --of events, or leave it out.", "请加上 --of events，或去掉它。"});
  }
  if (activity.of_events && !inputs.filters.empty()) {
    return invalid_input(
        {"Filters choose orders, not events.", "筛选条件只用于订单，不用于行为。"},
        {"Leave the filter out, or use of=orders.", "请去掉筛选条件，或使用 of=orders。"});
  }
  return activity;
}

Result<Frame> read_customers(const Inputs& inputs, const Activity& activity, Steps steps) {
  QueryParts parts{{{"begin", inputs.period.from}, {"end", inputs.period.to}},
                   {{"step", step_sql(steps)}, {"active", "{{counted_orders}}"}}};
  if (activity.of_events) {
    const bool one = !activity.event.empty();
    parts.params["event"] = activity.event;
    parts.fragments["active"] =
        "(SELECT customer_id, occurred_on AS ordered_on FROM events WHERE occurred_on < "
        "{as_of:Date}" +
        std::string(one ? " AND name = {event:String}" : " AND {event:String} = ''") + ")";
  }
  TRY(const engine::Query query,
      build_query(inputs, "stickiness/stickiness.sql", std::move(parts)));
  return inputs.engine.query(query);
}

Answer table_of(const Frame& rows, std::int64_t customers) {
  Answer answer = empty_answer(kColumns, View::bars);
  auto& columns = answer.frame.columns;
  std::int64_t left = customers;
  for (std::size_t row = 0; row < rows.rows(); ++row) {
    const std::int64_t here = rows.at("customers").integers()[row];
    const math::Share share{static_cast<double>(here), static_cast<double>(customers)};
    const math::Interval interval = math::wilson(share);
    columns[0].push_integer(rows.at("steps").integers()[row]);
    columns[1].push_real(share.hits / share.trials);
    columns[2].push_real(interval.low);
    columns[3].push_real(interval.high);
    columns[4].push_integer(here);
    columns[5].push_real(static_cast<double>(left) / share.trials);
    columns[6].push_integer(customers);
    left -= here;
  }
  return answer;
}

void note_unfinished(const Inputs& inputs, Steps steps, std::vector<Note>& notes) {
  const int last = step_index(Date{inputs.period.to.days - 1}, steps);
  const bool whole =
      step_first_day(step_index(inputs.period.from, steps), steps) == inputs.period.from &&
      step_first_day(last + 1, steps) == inputs.period.to;
  if (!whole) {
    notes.push_back({"part_of_a_step",
                     {"The period begins or ends within a step; such a step counts with the days "
                      "that it has.",
                      "时段的首期或末期不完整；不完整的一期按已有的天数计。"}});
  }
}

Result<Answer> run(const Inputs& inputs) {
  const Arguments arguments(stickiness.params, inputs.values);
  TRY(const Activity activity, read_activity(inputs, arguments));
  TRY(const std::size_t by, arguments.choice("by"));
  const Steps steps{kBy[by], inputs.week_start};
  TRY(const Frame rows, read_customers(inputs, activity, steps));
  std::int64_t customers = 0;
  for (const std::int64_t here : rows.at("customers").integers()) customers += here;
  if (customers == 0) {
    const std::string from = format_date(inputs.period.from);
    const std::string to = format_date(inputs.period.to);
    return not_enough_data(
        {fmt::format("No known customer was active from {} to {}.", from, to),
         fmt::format("{} 至 {} 之间没有可识别的活跃客户。", from, to)},
        {"Widen the period, or count other activity.", "请扩大时段，或更换活跃的定义。"});
  }
  Answer answer = table_of(rows, customers);
  note_unfinished(inputs, steps, answer.notes);
  return answer;
}

std::vector<Param> make_params() {
  return {{"by",
           ParamType::choice,
           {"the steps that are counted", "计数的期"},
           "month",
           {"day", "week", "month", "quarter"}},
          {"of",
           ParamType::choice,
           {"active is who ordered, or of whom there is an event", "活跃指下单，或有行为"},
           "orders",
           {"orders", "events"}},
          {"event", ParamType::text, {"only events of this name", "只计该名称的行为"}}};
}

}  // namespace

const Analysis stickiness{
    {"stickiness",
     {"Stickiness", "活跃粘性"},
     {"In how many months of the period was a customer active: once, or again and again?",
      "客户在统计时段内有几个月活跃：只有一次，还是反复活跃？"},
     {"For each number k the known customers who were active in exactly k days, weeks, months or "
      "quarters of the period, of all who were active in it, with Wilson's interval. As PostHog's "
      "stickiness.",
      "在统计时段内恰有 k 天（周、月、季度）活跃的已知客户，占时段内全部活跃客户的比例，区间采用 "
      "Wilson 方法。口径与 PostHog 的 stickiness 一致。"},
     View::bars},
    make_params(),
    {std::begin(kColumns), std::end(kColumns)},
    run};

}  // namespace huitou::analyses
