#include "metrics/compile.h"

#include <fmt/format.h>

#include <algorithm>

#include "metrics/buckets.h"

namespace huitou::metrics {
namespace {

/// Which days of orders a relation must see.
enum class Reads {
  period,
  history,
  all_until_now,
  from_begin_until_now,
  next_period,
  window_before_end,
  around_start
};

struct RelationReads {
  std::string_view relation;
  Reads reads;
};
constexpr RelationReads kReads[] = {{"customer_periods", Reads::period},
                                    {"bucketed_orders", Reads::period},
                                    {"customer_products", Reads::period},
                                    {"customer_categories", Reads::period},
                                    {"period_newcomers", Reads::history},
                                    {"gap_ranks", Reads::history},
                                    {"active_base", Reads::history},
                                    {"first_purchases", Reads::all_until_now},
                                    {"customer_values", Reads::all_until_now},
                                    {"gap_survival", Reads::from_begin_until_now},
                                    {"customer_next_periods", Reads::next_period},
                                    {"rolling_windows", Reads::window_before_end},
                                    {"start_activity", Reads::around_start},
                                    {"start_masks", Reads::around_start}};

/// As many buckets as a mask has bits, and as many days as a query text can hold masks of.
constexpr std::size_t kMostMaskBuckets = 62;
constexpr int kMostMaskDays = 2000;

Reads reads_of(std::string_view relation) {
  for (const RelationReads& item : kReads) {
    if (item.relation == relation) {
      return item.reads;
    }
  }
  throw Bug("nothing says which days the relation '" + std::string(relation) + "' reads");
}

/// The weight of a row of gap_ranks in the quantile `p` of type 7: the rank (all - 1) * p lies
/// between two whole ranks, and each row covers the ranks first_rank ... first_rank + gaps - 1.
std::string quantile_share(double p) {
  const std::string rank = fmt::format("((all_gaps - 1) * {})", p);
  return fmt::format(
      "(1 - ({0} - floor({0}))) * (first_rank <= floor({0}) AND floor({0}) < first_rank + gaps)"
      " + ({0} - floor({0})) * (first_rank <= floor({0}) + 1 AND floor({0}) + 1 < first_rank + "
      "gaps)",
      rank);
}

/// The amount of a customer's first order; among orders of one second the smallest. Both keys are
/// put into one number, since a tuple costs several times as much.
constexpr const char* kFirstAmount =
    "argMin(amount_minor, toUInt64(toUInt32(ordered_at)) * 2147483648"
    " + toUInt64(least(greatest(amount_minor, toInt64(0)), toInt64(2147483647))))";

/// The question's filters, and the orders that it leaves out.
Condition conditions_of(const Question& question) {
  Condition condition = condition_of(question.filters);
  condition.params.insert(question.left_out_params.begin(), question.left_out_params.end());
  condition.text +=
      question.left_out.empty() ? "" : " AND order_key GLOBAL NOT IN (" + question.left_out + ")";
  return condition;
}

schema::Fragments fragments_of(const Question& question, StatusPolicy status, bool merge_days) {
  schema::Fragments fragments = schema::status_fragments(status);
  const std::string condition = fragments["status_policy"];
  const std::string filters = conditions_of(question).text;
  const bool zeros = question.switches.zero_amounts;
  const bool net = status == StatusPolicy::net;
  fragments["line_policy"] = condition +
                             (zeros ? ""
                              : net ? " AND net_minor != 0"
                                    : " AND gross_minor != 0") +
                             filters;
  fragments["status_policy"] =
      condition + (zeros ? "" : " AND " + fragments["amount"] + " != 0") + filters;
  // Less work than groupUniqArray: small arrays, made distinct once each.
  const auto gathered = [&](const char* array) {
    return merge_days ? fmt::format("arrayDistinct({})", array) : array;
  };
  fragments["purchase_days"] = gathered("groupArray(ordered_on)");
  fragments["purchase_day_numbers"] = gathered("groupArray(toInt32(ordered_on))");
  fragments["period_day_numbers"] =
      gathered("groupArrayIf(toInt32(ordered_on), ordered_on >= {begin:Date})");
  fragments["purchases"] =
      merge_days ? "if(customer_id = 0, count(), uniqExact(ordered_on))" : "count()";
  fragments["purchases_with_units"] =
      merge_days ? "if(customer_id = 0, countIf(isNotNull(o.units_milli)), "
                   "uniqExactIf(ordered_on, isNotNull(o.units_milli)))"
                 : "countIf(isNotNull(o.units_milli))";
  fragments["line_purchases"] = merge_days ? "uniqExact(ordered_on)" : "uniqExact(order_key)";
  fragments["first_amount"] = kFirstAmount;
  fragments["bucket"] = bucket_sql("ordered_on", question);
  fragments["first_bucket"] = bucket_sql("first_on", question);
  fragments["second_bucket"] = bucket_sql("second_on", question);
  fragments["day_bucket"] = bucket_sql("toDate(toUInt16(day))", question);
  fragments["next_bucket"] = bucket_after_sql(question);
  for (const int percent : {25, 50, 75, 90}) {
    fragments[fmt::format("share_p{}", percent)] = quantile_share(percent / 100.0);
  }
  fragments["dims"] = "";
  for (const std::string& name : question.dimensions) {
    fragments["dims"] += ", " + name;
  }
  return fragments;
}

/// The days that the relation's orders are read from and to, nothing from `as_of` on.
Period read_span(Reads reads, const Question& question, Date as_of) {
  const std::vector<Bucket> buckets = buckets_of(question);
  const Switches& switches = question.switches;
  Period span = question.period;
  switch (reads) {
    case Reads::period:
      break;
    case Reads::history:
      span.from = kFirstDate;
      break;
    case Reads::all_until_now:
      span = {kFirstDate, as_of};
      break;
    case Reads::from_begin_until_now:
      span.to = as_of;
      break;
    case Reads::next_period:
      span.to = next_period(buckets.back(), question.by).to;
      break;
    case Reads::window_before_end:
      span.from.days = buckets.front().span.to.days - switches.days;
      break;
    case Reads::around_start:
      span.from.days -= switches.window.value_or(switches.days);
      span.to.days = buckets.back().span.from.days + switches.days;
      break;
  }
  span.from = std::clamp(span.from, kFirstDate, kLastDate);
  span.to = std::clamp(std::min(span.to, as_of), span.from, kLastDate);
  return span;
}

/// For each day of the span the bits of the buckets whose first day lies in (day, day + window] and
/// of those with the day in their first `days` days.
void add_masks(const Question& question, Period span, engine::Params& params) {
  const std::vector<Bucket> buckets = buckets_of(question);
  const int days = question.switches.days;
  const int window = question.switches.window.value_or(days);
  engine::IntegerList active;
  engine::IntegerList back;
  for (int day = span.from.days; day < span.to.days; ++day) {
    std::int64_t active_mask = 0;
    std::int64_t back_mask = 0;
    for (std::size_t place = 0; place < buckets.size(); ++place) {
      const int start = buckets[place].span.from.days;
      const std::int64_t bit = std::int64_t{1} << place;
      active_mask |= day < start && start <= day + window ? bit : 0;
      back_mask |= start <= day && day < start + days ? bit : 0;
    }
    active.push_back(active_mask);
    back.push_back(back_mask);
  }
  engine::IntegerList places;
  for (std::size_t place = 0; place < buckets.size(); ++place) {
    places.push_back(static_cast<std::int64_t>(place));
  }
  params["active_masks"] = active;
  params["back_masks"] = back;
  params["places"] = places;
}

/// The relation over which the metric's expressions aggregate, in the form that is least work.
std::string_view relation_of(const Metric& metric, const Question& question, Date as_of) {
  if (metric.relation == "start_activity") {
    const std::size_t buckets = buckets_of(question).size();
    const int days = read_span(Reads::around_start, question, as_of).days();
    if (buckets <= kMostMaskBuckets && days > 0 && days <= kMostMaskDays) {
      return "start_masks";
    }
  }
  return metric.relation;
}

engine::Params params_of(const Question& question, std::string_view relation, Date as_of) {
  const Reads reads = reads_of(relation);
  const std::vector<Bucket> buckets = buckets_of(question);
  const Period span = read_span(reads, question, as_of);
  engine::Params params = conditions_of(question).params;
  params["from"] = span.from;
  params["to"] = span.to;
  params["begin"] = question.period.from;
  params["end"] = question.period.to;
  params["next_from"] = std::min(next_period(buckets.back(), question.by).from, kLastDate);
  params["days"] = std::int64_t{question.switches.days};
  params["window"] = std::int64_t{question.switches.window.value_or(question.switches.days)};
  params["yearly_rate"] = question.switches.yearly_rate;
  engine::IntegerList keys;
  engine::IntegerList anchors;
  for (const Bucket& bucket : buckets) {
    keys.push_back(bucket.key.days);
    anchors.push_back(reads == Reads::around_start ? bucket.span.from.days
                                                   : bucket.span.to.days - 1);
  }
  if (relation == "start_masks") {
    add_masks(question, span, params);
  }
  params["keys"] = keys;
  params["anchors"] = anchors;
  return params;
}

std::string select_of(const CompiledPart& part, const Question& question) {
  std::string columns;
  for (const std::size_t position : part.metrics) {
    const Metric& metric = *question.metrics[position];
    const bool whole = metric.unit == Unit::count || metric.unit == Unit::minor;
    const auto add = [&](std::string_view expression, std::string_view name, bool integer) {
      if (!expression.empty()) {
        columns += fmt::format(",\n  {}({}) AS m{}_{}", integer ? "toInt64" : "toFloat64",
                               expression, position, name);
      }
    };
    add(metric.value, "value", whole);
    add(metric.base, "base", true);
    add(metric.numerator, "numerator", false);
    add(metric.denominator, "denominator", false);
  }
  return "SELECT bucket{{dims}}" + columns + "\nFROM {{" + part.relation +
         "}} AS r\nGROUP BY bucket{{dims}}\nORDER BY bucket{{dims}}";
}

bool merges_days(const Metric& metric, const Switches& switches) {
  if (metric.by_day && !metric.uses.merge_days) {
    return true;
  }
  return switches.merge_days.value_or(metric.by_day);
}

CompiledPart& part_for(std::vector<CompiledPart>& parts, const Metric& metric,
                       std::string_view relation, const Switches& switches) {
  const StatusPolicy status = metric.status.value_or(switches.status);
  const bool merge_days = merges_days(metric, switches);
  for (CompiledPart& part : parts) {
    if (part.relation == relation && part.status == status && part.merge_days == merge_days) {
      return part;
    }
  }
  parts.push_back({std::string(relation), {}, status, merge_days, {}});
  return parts.back();
}

Status write_query(CompiledPart& part, const Question& question, const schema::Fragments& fragments,
                   Date as_of) {
  TRY(part.query.text, schema::expand(select_of(part, question), fragments));
  part.query.params = params_of(question, part.relation, as_of);
  part.query.limits = question.limits;
  return {};
}

/// The relation that goes through all orders before the period: once for two periods is half of it.
constexpr std::string_view kLooksBack = "period_newcomers";

/// Whether the period before ends where the question's begins, and both are made of whole steps
/// there, so that the buckets of both together are the buckets of each.
bool adjoins(Period before, const Question& question) {
  const Date middle = question.period.from;
  return question.comparison == Comparison::previous_period && before.to == middle &&
         (!question.by || step_start(middle, *question.by, question.week_start) == middle);
}

/// The bucket of a day where the periods before and after `middle` are a bucket each.
std::string either_period(std::string_view column) {
  return fmt::format(
      "multiIf({0} < {{middle:Date}}, {{begin:Date}}, {0} < {{end:Date}}, {{middle:Date}}, "
      "{{end:Date}})",
      column);
}

}  // namespace

Result<CompiledQuery> compile(const Question& question, Date as_of) {
  TRY(check_question(question));
  CompiledQuery compiled{{}, as_of};
  for (std::size_t i = 0; i < question.metrics.size(); ++i) {
    const Metric& metric = *question.metrics[i];
    const std::string_view relation = relation_of(metric, question, as_of);
    part_for(compiled.parts, metric, relation, question.switches).metrics.push_back(i);
  }
  for (CompiledPart& part : compiled.parts) {
    const schema::Fragments fragments = fragments_of(question, part.status, part.merge_days);
    TRY(write_query(part, question, fragments, as_of));
  }
  return compiled;
}

Result<CompiledQuery> compile_both(const Question& question, Date as_of) {
  CompiledQuery compiled{{}, as_of};
  const Period before = compared_period(question);
  Question both = question;
  both.period.from = before.from;
  if (!adjoins(before, question) || !check_question(both).ok()) {
    return compiled;
  }
  for (std::size_t i = 0; i < question.metrics.size(); ++i) {
    const Metric& metric = *question.metrics[i];
    if (metric.relation == kLooksBack) {
      part_for(compiled.parts, metric, kLooksBack, question.switches).metrics.push_back(i);
    }
  }
  for (CompiledPart& part : compiled.parts) {
    schema::Fragments fragments = fragments_of(both, part.status, part.merge_days);
    if (!question.by) {
      fragments["bucket"] = either_period("ordered_on");
      fragments["first_bucket"] = either_period("first_on");
      fragments["second_bucket"] = either_period("second_on");
    }
    TRY(write_query(part, both, fragments, as_of));
    part.query.params["middle"] = question.period.from;
  }
  return compiled;
}

Result<engine::Query> coverage_query(const Question& question, Date as_of) {
  TRY(check_question(question));
  engine::Query query;
  const schema::Fragments fragments = fragments_of(question, question.switches.status, false);
  TRY(query.text,
      schema::expand("SELECT toInt64(count()) AS orders, toInt64(countIf(customer_id = 0)) AS "
                     "without_customer FROM {{counted_orders}} AS o",
                     fragments));
  query.params = params_of(question, "bucketed_orders", as_of);
  query.limits = question.limits;
  return query;
}

}  // namespace huitou::metrics
