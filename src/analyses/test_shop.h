#pragma once

// Small shops for tests: orders as a list, from a file of the data folder or random; put into an
// engine's tables directly.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/date.h"
#include "engine/engine.h"

namespace huitou::analyses {

struct TestOrder {
  std::uint64_t customer_id = 0;
  Date ordered_on;
  std::int64_t amount_minor = 0;
  int status = 3;
  std::int64_t refund_minor = 0;
};
using TestOrders = std::vector<TestOrder>;

/// Absent where the data folder is not beside the repository.
std::optional<TestOrders> read_rfm_orders();
std::optional<TestOrders> read_cdnow();

/// Some hundred orders of some dozen customers over 400 days from day 19,900, all statuses, some
/// without customer.
TestOrders random_orders(std::uint64_t seed);

/// Makes the tables hold exactly these orders, and a customer `c<id>` for each.
Status put_orders(engine::Engine& engine, const TestOrders& orders);

}  // namespace huitou::analyses
