#pragma once

// Orders and their lines as they stand in the tables, made from rows while a file is read.

#include <cstdint>
#include <string_view>
#include <vector>

#include "base/frame.h"

namespace huitou::ingest {

/// Of one block, in the order of the file. `customer_id` is still 0: ids are given where blocks
/// come together. The views point into the block's text.
struct MadeOrders {
  Frame orders;  ///< the columns of the table `orders`
  Frame lines;   ///< the columns of `order_lines`; the first order's lines, then the second's ...
  std::vector<std::string_view> customers;  ///< of each order, empty if not known
  std::vector<std::string_view> names;      ///< of the customers
  std::vector<std::uint64_t> key_runs;      ///< of the block, see `key_runs`
};

}  // namespace huitou::ingest
