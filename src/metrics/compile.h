#pragma once

#include "metrics/metrics.h"

namespace huitou::metrics {

/// Whether the question can be answered at all. Errors: as `compile`.
Status check_question(const Question& question);

/// Counts the orders of the period (column `orders`) and those whose customer is not known
/// (`without_customer`). Filters on order lines have no meaning here and must be left out.
Result<engine::Query> coverage_query(const Question& question, Date as_of);

}  // namespace huitou::metrics
