#pragma once

#include "metrics/metrics.h"

namespace huitou::metrics {

/// The buckets of the question's period.
std::vector<Bucket> buckets_of(const Question& question);

/// As the engine writes it: the bucket of the day in `column`, by calendar step, or the period
/// itself (days after it are in a bucket of their own); and the one after the column `bucket`.
std::string bucket_sql(const std::string& column, const Question& question);
std::string bucket_after_sql(const Question& question);

/// The period that the question's comparison sets beside its own. A year before weeks are 52 weeks,
/// so that whole weeks meet whole weeks.
Period compared_period(const Question& question);

/// The period in which the buyers of the bucket are looked for again.
Period next_period(const Bucket& last, std::optional<Granularity> by);

/// The first `as_of` for which the metric's figure of this bucket is final.
Date final_on(const Metric& metric, const Bucket& bucket, const Question& question);

/// Whether the figure may be shown at `as_of`: a window that is not over gives null. A running
/// bucket is shown where a part of it means the same as the whole; a cohort without granularity is
/// shown for those of its customers who were observed long enough.
bool is_shown(const Metric& metric, const Bucket& bucket, const Question& question, Date as_of);

}  // namespace huitou::metrics
