#pragma once

// Small shops for tests: orders as a list, from a file of the data folder or random; put into an
// engine's tables directly.

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
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
  std::optional<std::int64_t> units_milli{};
  std::string channel{};
  std::string category{};  ///< of its only line; no line if this and the product are empty
  std::string product{};   ///< of its only line
  std::optional<std::int64_t> cost_minor{};
  std::int64_t discount_minor = 0;  ///< on top of the amount, which is what was paid
};
using TestOrders = std::vector<TestOrder>;

/// Absent where the data folder is not beside the repository.
std::optional<TestOrders> read_rfm_orders();
std::optional<TestOrders> read_cdnow();

/// Some hundred orders of some dozen customers over 400 days from day 19,900, all statuses, some
/// without customer.
TestOrders random_orders(std::uint64_t seed);

/// What the row of an order's only line said that it cost; most say nothing.
std::optional<std::int64_t> own_cost_of_line(const TestOrder& order);

/// What the product `p<number>` of random shops costs: 300 fen times its number, `p3` unknown.
std::optional<std::int64_t> cost_of_product(const std::string& product);

/// Makes the tables hold exactly these orders, a customer `c<id>` for each and their products; also
/// tickets and answers that do not depend on the orders, none where there are no orders.
Status put_orders(engine::Engine& engine, const TestOrders& orders);

/// Makes a table hold exactly these rows: numbers, days and seconds by column; what is not given is
/// null where it can be, else 0 or an empty text.
using TestRow = std::map<std::string, std::int64_t>;
Status put_rows(engine::Engine& engine, std::string_view table, const std::vector<TestRow>& rows);

}  // namespace huitou::analyses
