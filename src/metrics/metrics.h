#pragma once

// The door to the metrics: what a number means, and the way from a question to its figures.
//
// Invariants
// - A metric is one .sql file: its card, and an aggregate expression over a named relation.
// - Nothing later than the question's `as_of` is read.
// - A filter or a dimension is answered as if the shop had only the orders that match it.
// - Where there is nothing, the answer is null; where a window is not over yet, null with a note.
// - Every share comes with its numerator and denominator; shares of customers with an interval.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/answer.h"
#include "base/date.h"
#include "base/param.h"
#include "base/result.h"
#include "base/week.h"
#include "engine/engine.h"
#include "schema/schema.h"

namespace huitou::metrics {

using schema::StatusPolicy;

/// When the figure of a bucket is final.
enum class Maturity {
  bucket_end,   ///< when the bucket is over
  next_bucket,  ///< when the bucket after it is over
  after_end,    ///< `days` after its last day
  after_start,  ///< `days` after its first day
};

/// Which switches change a metric (status, dimensions and filters change every one).
struct Uses {
  bool merge_days = false;
  bool days = false;
  bool window = false;
  bool yearly_rate = false;
};

struct Metric {
  Card card;                ///< method holds the formula
  std::string_view code;    ///< "RR-C"; may be empty
  std::string_view family;  ///< metrics that answer one word, as 复购率; may be empty
  std::vector<std::string_view> aliases;  ///< other names, in both languages
  Words differs;                          ///< why it differs from the others of its family
  Unit unit = Unit::number;
  Favourable favourable = Favourable::neither;
  std::string_view relation;           ///< over which the expressions aggregate
  std::optional<StatusPolicy> status;  ///< fixed, whatever the question says
  bool by_day = false;  ///< purchases of a day are merged unless the question says no
  bool shares_customers =
      false;                   ///< numerator and denominator count customers: an interval is given
  bool of_lines = false;       ///< needs order lines; takes product_key and category
  bool reads_history = false;  ///< compares with everything before the period
  /// A condition that one order of the data must fulfil, else nothing is known and the figure is
  /// null: where no refund was ever written down, nobody knows the refunds. May be empty.
  std::string_view recorded;
  Words unrecorded;  ///< what is said then
  Uses uses;
  Maturity maturity = Maturity::bucket_end;
  std::string_view value;      ///< either this expression ...
  std::string_view base;       ///< ... and the number of rows behind it,
  std::string_view numerator;  ///< or these two: value = numerator / denominator
  std::string_view denominator;
};

/// All metrics, in the order of the documentation.
std::span<const Metric* const> all();
/// By name, code or alias, whatever the case. not_found with the nearest names as hint.
Result<const Metric*> find(std::string_view name);
/// Metrics of the family that this word names (复购率, repurchase rate), or of the metric's own
/// family; the metric alone where it has none. not_found as for `find`.
Result<std::vector<const Metric*>> family(std::string_view name);

/// What may be chosen in the definition of a metric.
struct Switches {
  StatusPolicy status = StatusPolicy::net;
  std::optional<bool>
      merge_days;            ///< orders of one day are one purchase; unset: as the metric defines
  bool zero_amounts = true;  ///< orders over nothing (gifts) count
  int days = 90;             ///< the N of N-day metrics
  std::optional<int>
      window;  ///< days before the start in which a customer counts as active; unset: `days`
  double yearly_rate = 0.1;  ///< for discounted values
};

enum class Comparison { none, previous_period, same_period_last_year };

/// Only orders whose `dimension` is one of `values`.
struct Filter {
  std::string dimension;
  std::vector<std::string> values;
};

/// `dimension=value` each; values of one dimension are alternatives. Errors: invalid_input for a
/// text that is none.
Result<std::vector<Filter>> parse_filters(const std::vector<std::string>& texts);
/// Errors: invalid_input for what is no dimension of orders (with `lines`: of order lines).
Status check_filters(std::span<const Filter> filters, bool lines);

/// Filters as the engine takes them: " AND ..." (or nothing), to be put behind a condition on an
/// order, and the values for its placeholders.
struct Condition {
  std::string text;
  engine::Params params;
};
Condition condition_of(std::span<const Filter> filters);

/// What is known of the data behind an answer.
struct Freshness {
  std::optional<Date> first_on;  ///< the first and last day with an order; absent if there are none
  std::optional<Date> last_on;
  std::uint64_t orders = 0;
  std::string data_version;  ///< of the caller; shown by `explain`
};
/// Reads days and number of the orders; `data_version` is left empty.
Result<Freshness> read_freshness(engine::Engine& engine);

struct Question {
  std::vector<const Metric*> metrics;
  Period period;
  std::optional<Granularity> by;
  WeekStart week_start = WeekStart::monday;
  std::vector<std::string> dimensions;
  std::vector<Filter> filters;
  Switches switches{};
  /// A SELECT of order keys: the answer is as if the shop did not have these orders. Empty: none.
  std::string left_out;
  engine::Params left_out_params{};
  Comparison comparison = Comparison::none;
  /// Nothing of this day or later is read; unset: the day after the last order of the data.
  std::optional<Date> as_of;
  engine::Limits limits{};
};

/// Names of the dimensions; `lines` adds those that only metrics of order lines have.
std::span<const std::string_view> dimensions(bool lines);

/// A bucket of an answer: `key` is the first day of its calendar step, `span` the days asked for.
struct Bucket {
  Date key;
  Period span;
};
/// The buckets of a period, in order; one for the whole period without granularity.
std::vector<Bucket> buckets_of(Period period, std::optional<Granularity> by,
                               WeekStart week_start = WeekStart::monday);
/// The period that `comparison` sets beside this one. Whole calendar months stay whole.
Period compared_period(Period period, Comparison comparison);

/// One query and the metrics that it answers: columns `bucket`, the dimensions, then for metric i
/// of `metrics` the columns m<i>_value, m<i>_base or m<i>_numerator, m<i>_denominator.
struct CompiledPart {
  std::string relation;
  std::vector<std::size_t> metrics;  ///< positions in Question::metrics
  StatusPolicy status;
  bool merge_days;
  engine::Query query;
};
struct CompiledQuery {
  std::vector<CompiledPart> parts;
  Date as_of;
};

/// Errors: invalid_input for an empty period, an unknown dimension, a bad switch, or a dimension
/// that a metric does not have; limit_reached for too many buckets.
Result<CompiledQuery> compile(const Question& question, Date as_of);

/// One row for each bucket and combination of dimension values, in order; without granularity there
/// is no column of days. Columns for metric m: m, m_low, m_high (shares of customers), m_numerator,
/// m_base; with a comparison m_before, m_change. Empty buckets are null.
/// Errors: those of compile and of the engine.
Result<Answer> ask(engine::Engine& engine, const Question& question);

/// The same, for data that is already known.
Result<Answer> ask(engine::Engine& engine, const Question& question, const Freshness& data);

/// How the question would be answered: formula, switches with their values, relation, freshness and
/// query text, a row for each. Columns: item, text.
Result<Answer> explain(const Question& question, const Freshness& data, Language language);

/// One period under every definition of a family (口径对照): each metric under each status policy
/// and with and without merging of days where that means something. `question.metrics` and its
/// status and merge_days are not looked at. Columns: metric, definition, status, merge_days, value,
/// numerator, base, differs.
Result<Answer> definitions(engine::Engine& engine, std::string_view name, const Question& question,
                           Language language);

}  // namespace huitou::metrics
