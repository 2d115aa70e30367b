#pragma once

// For tests: what a fact is, by hand, from the rows of one customer that count.

#include "segments/test_shop.h"

namespace huitou::segments::testing {

/// A cell, or 0, no or an empty text where there is none.
std::int64_t integer(const Row& row, std::string_view name);
bool has(const Row& row, std::string_view name);
std::string text(const Row& row, std::string_view name);
bool is_none(const Cell& cell);

/// The value of the fact; `end` is the day after the last one that counts.
Cell slow_value(const Fact& fact, const std::vector<const Row*>& rows, Date end);

}  // namespace huitou::segments::testing
