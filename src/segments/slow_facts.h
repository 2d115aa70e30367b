#pragma once

// For tests: what a fact is, by hand, from the rows of one customer that count.

#include <array>

#include "segments/test_shop.h"

namespace huitou::segments::testing {

/// A cell, or 0, no or an empty text where there is none.
std::int64_t integer(const Row& row, std::string_view name);
bool has(const Row& row, std::string_view name);
std::string text(const Row& row, std::string_view name);
bool is_none(const Cell& cell);

/// The value of the fact; `end` is the day after the last one that counts.
Cell slow_value(const Fact& fact, const std::vector<const Row*>& rows, Date end);

/// Of customers with an order: days since the last one, orders, net amount in minor units.
using BuyersNumbers = std::map<std::int64_t, std::array<std::int64_t, 3>>;

/// The value of a fact of RFM; unknown for whoever is not among the buyers.
Cell slow_score(const Fact& fact, const BuyersNumbers& buyers, std::int64_t customer);

}  // namespace huitou::segments::testing
