#pragma once

// The door to what orders cost: the cost that a file stated of an order, or else what its lines
// come to; of a line what its row stated, or else the pieces at the product's cost.
//
// Invariants
// - `orders.cost_minor` agrees with the lines and the products of now: a cost that is corrected
//   later reaches the orders of all days without loading them again.
// - Null unless the cost of every line that counts is known: a part is never taken for the whole.
//   A line whose pieces nobody stated (quantity 0) has no cost by its product.

#include <cstdint>

#include "base/result.h"
#include "engine/engine.h"
#include "store/store.h"

namespace huitou::costs {

/// What a settling found to do.
struct Settled {
  std::int64_t products = 0;  ///< whose cost is another than the orders have
  std::int64_t months = 0;    ///< of orders that were built again
};

/// Makes the orders' costs agree with lines and products. Asks the engine for the products whose
/// cost changed and looks at their months and those that loads touched; only months with another
/// cost are built again. Every step can be done again. `now` (UTC seconds) is for the journal.
Result<Settled> settle(engine::Engine& engine, store::Store& store, std::int64_t now);

}  // namespace huitou::costs
