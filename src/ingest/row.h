#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "ingest/amounts.h"
#include "ingest/local_time.h"

namespace huitou::ingest {

inline constexpr std::size_t kRowTexts = 4;

/// A row of an order, understood. Views point into the text of its block.
struct Row {
  std::size_t at = 0;      ///< in the block
  std::uint64_t line = 0;  ///< in the file
  std::string_view order_key;
  std::string_view customer;
  LocalTime::Instant instant;
  std::uint8_t status = 0;
  std::array<std::string_view, kRowTexts> texts{};  ///< channel, store, region, campaign
  Amounts amounts;
  std::string_view name;  ///< of the customer
  std::string_view product;
  std::string_view category;
  std::int64_t line_number = 0;
  std::uint64_t line_key = 0;
  std::uint64_t content = 0;  ///< hash of all its fields, where they are not at hand any more
};

}  // namespace huitou::ingest
