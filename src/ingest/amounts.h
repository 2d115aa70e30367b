#pragma once

// The amounts of one row: what was written, and what follows from it.

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "ingest/mapping.h"
#include "ingest/rules.h"

namespace huitou::ingest {

struct Amounts {
  std::int64_t gross = 0;
  std::int64_t discount = 0;  ///< gross - discount is what was paid
  std::int64_t refund = 0;
  std::int64_t price = 0;
  std::optional<std::int64_t> quantity_milli;
  std::optional<std::int64_t> cost;
  std::optional<std::int64_t> order_paid;

  std::int64_t paid() const { return gross - discount; }
};

/// What stands in a row's number columns; empty where the column is missing or blank.
struct WrittenAmounts {
  std::optional<std::int64_t> gross, discount, paid, refund, net, order_paid, cost, price, quantity;
  /// The price in thousandths, where hundredths do not hold it: many cheap pieces add up.
  std::optional<std::int64_t> price_milli;
};

/// What was paid is the first of: paid; net + refund if there is no discount; gross - discount;
/// price x quantity - discount. What was asked is gross, else price x quantity, else paid +
/// discount. None if nothing says what was paid, or if it does not fit 64 bits.
std::optional<Amounts> settle(const WrittenAmounts& written);

/// price x quantity / scale, half away from zero; none on overflow. The scale is 1,000 for a price
/// in hundredths and a quantity in thousandths.
std::optional<std::int64_t> price_times(std::int64_t price, std::int64_t quantity_milli,
                                        std::int64_t scale = 1000);

}  // namespace huitou::ingest
