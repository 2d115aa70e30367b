#pragma once

#include <string_view>
#include <vector>

#include "metrics/metrics.h"

namespace huitou::metrics {

/// Reads the text of a metric's file: comment lines `-- field value` (pairs as `en | zh`, lists
/// with commas), then expressions `... AS value`, `... AS base`, `... AS numerator`, `... AS
/// denominator`. The metric keeps pointing into `text`. Throws Bug for a text that is not so.
Metric read_card(std::string_view text);

/// The parts of a list with commas, trimmed; none of an empty text.
std::vector<std::string_view> split_list(std::string_view text);

/// Lower case for ASCII; other bytes stay.
std::string lower(std::string_view text);

}  // namespace huitou::metrics
