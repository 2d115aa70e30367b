#pragma once

#include "metrics/metrics.h"

namespace huitou::metrics {

/// Orders counted in the period, those of them whose customer is not known, and the metrics asked
/// for of which no order before `as_of` says anything.
struct Coverage {
  std::int64_t orders = 0;
  std::int64_t without_customer = 0;
  std::vector<const Metric*> unrecorded;
};

Result<Coverage> read_coverage(engine::Engine& engine, const Question& question, Date as_of);

/// What must be known to read the answer. Codes: no_orders, unknown_customers, never_recorded,
/// immature_window, young_customers_left_out, period_running, partial_bucket,
/// data_begins_in_window.
std::vector<Note> notes_of(const Question& question, const Freshness& data, Date as_of,
                           const Coverage& coverage);

}  // namespace huitou::metrics
