#pragma once

#include "metrics/metrics.h"

namespace huitou::metrics {

/// Whether the question can be answered at all. Errors: as `compile`.
Status check_question(const Question& question);

/// Those parts of the question that are less work over its period and the compared one together:
/// their rows are the buckets of both. Empty where the periods cannot be put together.
Result<CompiledQuery> compile_both(const Question& question, Date as_of);

/// Counts the orders of the period (column `orders`) and those whose customer is not known
/// (`without_customer`). Filters on order lines have no meaning here and must be left out.
Result<engine::Query> coverage_query(const Question& question, Date as_of);

}  // namespace huitou::metrics
