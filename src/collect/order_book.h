#pragma once

// Orders that arrive as events: Order Completed, Order Updated, Order Refunded, Order Cancelled of
// the ecommerce specification. What is known of an order is kept beside the inbox, so that a refund
// may come weeks later, twice, or before its order; an order that changed is loaded whole. One that
// names no customer follows the person of its browser (identity/owners.h).

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "collect/rows.h"
#include "engine/engine.h"
#include "ingest/ingest.h"
#include "store/store.h"

namespace huitou::collect {

/// The new state of an order.
struct OrderChange {
  std::string source;
  std::string order_key;
  std::string state;
  std::int64_t version = 0;
  std::string visitor;   ///< the browser, of an order that names no customer
  std::string customer;  ///< whose it was when it was loaded, if the browser says so
};

/// What the events of a batch change. The same events again change nothing.
/// Errors: those of the store.
Result<std::vector<OrderChange>> order_changes(store::Store& store,
                                               const std::vector<EventRow>& rows);
Status keep(store::Store& store, const std::vector<OrderChange>& changes);

/// Are there orders that changed since they were loaded?
Result<bool> has_changed_orders(store::Store& store);

/// The shop that events go to.
struct Target {
  engine::Engine& engine;
  store::Store& store;
};
/// Loads at most kOrdersAtOnce changed orders of one source; `source` of the options is set here.
/// Gives what was loaded, to be marked. Errors: those of `ingest::load_rows`.
inline constexpr std::int64_t kOrdersAtOnce = 20'000;
Result<std::vector<OrderChange>> load_changed_orders(store::Store& inbox, const Target& target,
                                                     ingest::LoadOptions options);
/// Orders that name no customer are their browser's: those of `visitor` were loaded as
/// `customer`'s.
struct GuestOrders {
  std::string visitor;
  std::string customer;
};
/// Those that have become somebody else's. Errors: those of engine and store.
Result<std::vector<GuestOrders>> moved_guests(store::Store& inbox, const Target& target);
/// They are to be loaded again.
Status mark_changed(store::Store& inbox, const std::vector<GuestOrders>& guests);
Status mark_loaded(store::Store& store, const std::vector<OrderChange>& loaded);

}  // namespace huitou::collect
