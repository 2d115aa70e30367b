#include "metrics/notes.h"

#include <fmt/format.h>

#include <algorithm>

#include "metrics/buckets.h"
#include "metrics/compile.h"

namespace huitou::metrics {
namespace {

/// Orders without a customer are left out of everything but sums over orders.
bool is_about_customers(const Metric& metric) {
  const auto names_customer = [](std::string_view text) {
    return text.find("customer_id") != std::string_view::npos;
  };
  if (metric.relation == "bucketed_orders") {
    return false;
  }
  return metric.relation != "customer_periods" || names_customer(metric.value) ||
         names_customer(metric.numerator) || names_customer(metric.denominator);
}

Note immature(const Metric& metric, std::size_t hidden, std::size_t all, Date until) {
  const std::string day = format_date(until);
  const Words title = metric.card.title;
  return {"immature_window",
          {fmt::format("{}: {} of {} periods are left empty because their window is not over; the "
                       "last is final on {}.",
                       title.en, hidden, all, day),
           fmt::format("{}：{} / {} 个时期的观察窗口尚未结束，留空；最后一个到 {} 才能确定。",
                       title.zh, hidden, all, day)}};
}

Note left_out(const Metric& metric, int days, Date until) {
  return {
      "young_customers_left_out",
      {fmt::format("{}: only customers observed for {} days count; all of the period are from {}.",
                   metric.card.title.en, days, format_date(until)),
       fmt::format("{}：只计已观察满 {} 天的客户；到 {} 该时期的客户才全部满足。",
                   metric.card.title.zh, days, format_date(until))}};
}

void add_maturity(const Question& question, Date as_of, std::vector<Note>& notes) {
  const std::vector<Bucket> buckets = buckets_of(question);
  bool running = buckets.back().span.to > as_of;
  for (const Metric* metric : question.metrics) {
    const auto hidden = static_cast<std::size_t>(std::count_if(
        buckets.begin(), buckets.end(),
        [&](const Bucket& bucket) { return !is_shown(*metric, bucket, question, as_of); }));
    const Date until = final_on(*metric, buckets.back(), question);
    const bool has_window =
        metric->maturity != Maturity::bucket_end || metric->relation == "rolling_windows";
    if (hidden > 0 && has_window) {
      notes.push_back(immature(*metric, hidden, buckets.size(), until));
    } else if (has_window && until > as_of) {
      notes.push_back(left_out(*metric, question.switches.days, until));
    }
  }
  if (running) {
    const std::string day = format_date(Date{as_of.days - 1});
    notes.push_back(
        {"period_running",
         {fmt::format("The data ends on {}: what comes after is not in these figures.", day),
          fmt::format("数据截止到 {}，之后的部分不在统计内。", day)}});
  }
}

void add_first_days(const Question& question, Date first_on, std::vector<Note>& notes) {
  const int days = question.switches.days;
  const bool asks_for_firsts =
      std::any_of(question.metrics.begin(), question.metrics.end(),
                  [](const Metric* metric) { return metric->reads_history; });
  if (asks_for_firsts && question.period.from.days < first_on.days + days) {
    const std::string day = format_date(first_on);
    notes.push_back(
        {"data_begins_in_window",
         {fmt::format(
              "The data begins on {}: customers from before it look new in the first {} days, "
              "so old regulars may count as first-time buyers.",
              day, days),
          fmt::format("数据从 {} 开始：更早的老客在前 {} 天里看起来像新客，可能被算作首购客户。",
                      day, days)}});
  }
}

void add_windows(const Question& question, Date first_on, std::vector<Note>& notes) {
  const Bucket first = buckets_of(question).front();
  const Switches& switches = question.switches;
  for (const Metric* metric : question.metrics) {
    int from = first_on.days;
    if (metric->relation == "rolling_windows") {
      from = first.span.to.days - switches.days;
    } else if (metric->relation == "start_activity") {
      from = first.span.from.days - switches.window.value_or(switches.days);
    }
    if (from < first_on.days) {
      const Words title = metric->card.title;
      const std::string day = format_date(first_on);
      notes.push_back(
          {"data_begins_in_window",
           {fmt::format("{}: the first window begins before the data does ({}).", title.en, day),
            fmt::format("{}：第一个窗口早于数据起始日（{}）。", title.zh, day)}});
    }
  }
}

void add_partial(const Question& question, std::vector<Note>& notes) {
  if (!question.by) {
    return;
  }
  const Period period = question.period;
  const bool cut = step_start(period.from, *question.by, question.week_start) != period.from ||
                   step_start(period.to, *question.by, question.week_start) != period.to;
  if (cut) {
    const std::string name(granularity_name(*question.by));
    notes.push_back(
        {"partial_bucket",
         {fmt::format("The period does not begin and end with a whole {}: the outer rows "
                      "hold a part of one.",
                      name),
          "时期的首尾不是完整的日历段：最外侧的行只包含一部分。"}});
  }
}

void add_unrecorded(const Coverage& coverage, std::vector<Note>& notes) {
  for (const Metric* metric : coverage.unrecorded) {
    const Words title = metric->card.title;
    notes.push_back({"never_recorded",
                     {fmt::format("{}: {}", title.en, metric->unrecorded.en),
                      fmt::format("{}：{}", title.zh, metric->unrecorded.zh)}});
  }
}

/// Whether any order before `as_of` fulfils the metric's condition.
Result<bool> is_recorded(engine::Engine& engine, const Metric& metric, const Question& question,
                         Date as_of) {
  engine::Query query;
  query.text = fmt::format(
      "SELECT toInt64(count()) AS orders FROM orders WHERE ordered_on < {{as_of:Date}} AND ({})",
      metric.recorded);
  query.params = {{"as_of", as_of}};
  query.limits = question.limits;
  TRY(const Frame frame, engine.query(query));
  return frame.integer("orders", 0).value_or(0) > 0;
}

}  // namespace

Result<Coverage> read_coverage(engine::Engine& engine, const Question& question, Date as_of) {
  Question orders = question;
  orders.by.reset();
  orders.dimensions.clear();
  std::erase_if(orders.filters, [](const Filter& filter) {
    const auto known = dimensions(false);
    return std::find(known.begin(), known.end(), filter.dimension) == known.end();
  });
  TRY(const engine::Query query, coverage_query(orders, as_of));
  TRY(const Frame frame, engine.query(query));
  Coverage coverage{
      frame.integer("orders", 0).value_or(0), frame.integer("without_customer", 0).value_or(0), {}};
  for (const Metric* metric : question.metrics) {
    if (metric->recorded.empty()) {
      continue;
    }
    TRY(const bool recorded, is_recorded(engine, *metric, question, as_of));
    if (!recorded) {
      coverage.unrecorded.push_back(metric);
    }
  }
  return coverage;
}

std::vector<Note> notes_of(const Question& question, const Freshness& data, Date as_of,
                           const Coverage& coverage) {
  std::vector<Note> notes;
  if (coverage.orders == 0) {
    notes.push_back({"no_orders", {"There are no orders in this period.", "该时期内没有订单。"}});
  }
  const bool about_customers = std::any_of(question.metrics.begin(), question.metrics.end(),
                                           [](const Metric* m) { return is_about_customers(*m); });
  if (about_customers && coverage.without_customer > 0) {
    const double share = 100.0 * static_cast<double>(coverage.without_customer) /
                         static_cast<double>(coverage.orders);
    notes.push_back(
        {"unknown_customers",
         {fmt::format(
              "{:.1f} % of the orders ({}) have no customer and are left out of figures about "
              "customers.",
              share, coverage.without_customer),
          fmt::format("{:.1f}% 的订单（{} 个）没有客户信息，不计入与客户有关的指标。", share,
                      coverage.without_customer)}});
  }
  add_unrecorded(coverage, notes);
  add_maturity(question, as_of, notes);
  add_partial(question, notes);
  if (data.first_on) {
    add_first_days(question, *data.first_on, notes);
    add_windows(question, *data.first_on, notes);
  }
  return notes;
}

}  // namespace huitou::metrics
