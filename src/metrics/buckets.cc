#include "metrics/buckets.h"

#include <fmt/format.h>

#include <algorithm>

namespace huitou::metrics {
namespace {

bool is_whole_months(Period period) {
  return ymd_of(period.from).day == 1 && ymd_of(period.to).day == 1;
}

int months_between(Date from, Date to) {
  const Ymd a = ymd_of(from);
  const Ymd b = ymd_of(to);
  return (b.year - a.year) * 12 + b.month - a.month;
}

/// The period moved by its own length, `times` forward (or back).
Period moved(Period period, int times) {
  if (is_whole_months(period)) {
    const int months = times * months_between(period.from, period.to);
    return {add_steps(period.from, Granularity::month, months),
            add_steps(period.to, Granularity::month, months)};
  }
  const int days = times * period.days();
  return {Date{period.from.days + days}, Date{period.to.days + days}};
}

}  // namespace

std::vector<Bucket> buckets_of(Period period, std::optional<Granularity> by, WeekStart week_start) {
  if (!by) {
    return {{period.from, period}};
  }
  std::vector<Bucket> buckets;
  for (Date key = step_start(period.from, *by, week_start); key < period.to;) {
    const Date next = add_steps(key, *by, 1);
    buckets.push_back({key, {std::max(key, period.from), std::min(next, period.to)}});
    key = next;
  }
  return buckets;
}

std::vector<Bucket> buckets_of(const Question& question) {
  return buckets_of(question.period, question.by, question.week_start);
}

std::string bucket_sql(const std::string& column, const Question& question) {
  if (!question.by) {
    return fmt::format("if({} < {{end:Date}}, {{begin:Date}}, {{end:Date}})", column);
  }
  switch (*question.by) {
    case Granularity::day:
      return column;
    case Granularity::week:
      return question.week_start == WeekStart::sunday
                 ? fmt::format("addDays(toMonday(addDays({}, 1)), -1)", column)
                 : fmt::format("toMonday({})", column);
    case Granularity::month:
      return fmt::format("toStartOfMonth({})", column);
    case Granularity::quarter:
      return fmt::format("toStartOfQuarter({})", column);
    case Granularity::year:
      return fmt::format("toStartOfYear({})", column);
  }
  return column;
}

std::string bucket_after_sql(const Question& question) {
  if (!question.by) {
    return "{end:Date}";
  }
  switch (*question.by) {
    case Granularity::day:
      return "addDays(bucket, 1)";
    case Granularity::week:
      return "addDays(bucket, 7)";
    case Granularity::month:
      return "addMonths(bucket, 1)";
    case Granularity::quarter:
      return "addMonths(bucket, 3)";
    case Granularity::year:
      return "addMonths(bucket, 12)";
  }
  return "bucket";
}

Period compared_period(Period period, Comparison comparison) {
  switch (comparison) {
    case Comparison::none:
      return period;
    case Comparison::previous_period:
      return moved(period, -1);
    case Comparison::same_period_last_year:
      return {add_steps(period.from, Granularity::year, -1),
              add_steps(period.to, Granularity::year, -1)};
  }
  return period;
}

Period compared_period(const Question& question) {
  const bool weeks = question.by == Granularity::week;
  if (weeks && question.comparison == Comparison::same_period_last_year) {
    constexpr int kWeeksOfYear = 52;
    return {Date{question.period.from.days - kWeeksOfYear * 7},
            Date{question.period.to.days - kWeeksOfYear * 7}};
  }
  return compared_period(question.period, question.comparison);
}

Period next_period(const Bucket& last, std::optional<Granularity> by) {
  if (!by) {
    return moved(last.span, 1);
  }
  return {add_steps(last.key, *by, 1), add_steps(last.key, *by, 2)};
}

Date final_on(const Metric& metric, const Bucket& bucket, const Question& question) {
  const int days = question.switches.days;
  switch (metric.maturity) {
    case Maturity::bucket_end:
      return bucket.span.to;
    case Maturity::next_bucket:
      return next_period(bucket, question.by).to;
    case Maturity::after_end:
      return Date{bucket.span.to.days + days};
    case Maturity::after_start:
      return Date{bucket.span.from.days + days};
  }
  return bucket.span.to;
}

bool is_shown(const Metric& metric, const Bucket& bucket, const Question& question, Date as_of) {
  if (bucket.span.from >= as_of) {
    return false;
  }
  const bool takes_running =
      metric.maturity == Maturity::bucket_end && metric.relation != "rolling_windows";
  const bool leaves_young_out = metric.maturity == Maturity::after_end && !question.by;
  return takes_running || leaves_young_out || final_on(metric, bucket, question) <= as_of;
}

}  // namespace huitou::metrics
