#include "collect/order_book.h"

#include <map>

#include "collect/order_rows.h"
#include "collect/order_state.h"
#include "identity/identity.h"

namespace huitou::collect {
namespace {

struct Kept {
  std::string before;
  OrderState state{""};
  std::int64_t version = 0;
};

Result<Kept> read_state(store::Store& store, const std::string& source, const std::string& key) {
  TRY(const Frame found,
      store.run("SELECT state, version FROM orders WHERE source = ? AND order_key = ?",
                {source, key}));
  Kept kept;
  if (found.rows() == 0) return kept;
  kept.before = found.text("state", 0).value_or("");
  kept.version = found.integer("version", 0).value_or(0);
  kept.state = OrderState(kept.before);
  return kept;
}

}  // namespace

Result<std::vector<OrderChange>> order_changes(store::Store& store,
                                               const std::vector<EventRow>& rows) {
  std::map<std::pair<std::string, std::string>, Kept> touched;
  for (const EventRow& row : rows) {
    const std::string key = order_of(row);
    if (key.empty()) continue;
    auto found = touched.find({row.source, key});
    if (found == touched.end()) {
      TRY(Kept kept, read_state(store, row.source, key));
      found = touched.emplace(std::pair(row.source, key), std::move(kept)).first;
    }
    found->second.state.apply(row);
  }
  std::vector<OrderChange> changes;
  for (const auto& [name, kept] : touched) {
    std::string state = kept.state.text();
    if (state != kept.before) {
      changes.push_back(
          {name.first, name.second, std::move(state), kept.version + 1, kept.state.guest()});
    }
  }
  return changes;
}

Status keep(store::Store& store, const std::vector<OrderChange>& changes) {
  for (const OrderChange& change : changes) {
    TRY(
        store.run("INSERT INTO orders (source, order_key, state, version, loaded, visitor) VALUES "
                  "(?, ?, ?, ?, 0, ?) ON CONFLICT (source, order_key) DO UPDATE SET state = "
                  "excluded.state, version = excluded.version, visitor = excluded.visitor",
                  {change.source, change.order_key, change.state, change.version, change.visitor}));
  }
  return {};
}

Result<bool> has_changed_orders(store::Store& store) {
  TRY(const Frame found, store.run("SELECT 1 AS one FROM orders WHERE loaded < version LIMIT 1"));
  return found.rows() > 0;
}

Result<std::vector<OrderChange>> load_changed_orders(store::Store& inbox, const Target& target,
                                                     ingest::LoadOptions options) {
  TRY(const Frame found,
      inbox.run(
          "SELECT source, order_key, state, version, visitor FROM orders WHERE loaded < version "
          "AND source = (SELECT min(source) FROM orders WHERE loaded < version) LIMIT ?",
          {kOrdersAtOnce}));
  if (found.rows() == 0) return std::vector<OrderChange>();
  std::vector<OrderChange> changed;
  identity::EventIds ids;
  for (std::size_t i = 0; i < found.rows(); ++i) {
    const auto text = [&](const char* name) { return found.text(name, i).value_or(""); };
    changed.push_back({text("source"), text("order_key"), text("state"),
                       found.integer("version", i).value_or(0), text("visitor")});
    ids.add("", changed.back().visitor);
  }
  TRY(const auto owners, identity::EventOwners::find(target.engine, target.store, std::move(ids)));
  OrderRows rows(options.currency);
  for (OrderChange& order : changed) {
    if (!order.visitor.empty()) order.customer = owners.user_of(order.visitor);
    rows.add(order.order_key, order.state, order.customer);
  }
  options.source = changed.front().source;
  for (const ingest::RowsSource& source : rows.sources("events: " + options.source)) {
    TRY(ingest::load_rows(target.engine, target.store, source, options));
  }
  return changed;
}

Result<std::vector<GuestOrders>> moved_guests(store::Store& inbox, const Target& target) {
  TRY(const Frame found,
      inbox.run("SELECT DISTINCT visitor, customer FROM orders WHERE visitor != ''"));
  std::vector<GuestOrders> guests;
  identity::EventIds ids;
  for (std::size_t i = 0; i < found.rows(); ++i) {
    guests.push_back(
        {found.text("visitor", i).value_or(""), found.text("customer", i).value_or("")});
    ids.add("", guests.back().visitor);
  }
  if (guests.empty()) return guests;
  TRY(const auto owners, identity::EventOwners::find(target.engine, target.store, std::move(ids)));
  std::erase_if(guests, [&](const GuestOrders& guest) {
    return owners.user_of(guest.visitor) == guest.customer;
  });
  return guests;
}

Status mark_changed(store::Store& inbox, const std::vector<GuestOrders>& guests) {
  for (const GuestOrders& guest : guests) {
    TRY(
        inbox.run("UPDATE orders SET version = version + 1 WHERE visitor = ? AND customer = ? AND "
                  "loaded = version",
                  {guest.visitor, guest.customer}));
  }
  return {};
}

Status mark_loaded(store::Store& store, const std::vector<OrderChange>& loaded) {
  for (const OrderChange& order : loaded) {
    TRY(store.run("UPDATE orders SET loaded = ?, customer = ? WHERE source = ? AND order_key = ?",
                  {order.version, order.customer, order.source, order.order_key}));
  }
  return {};
}

}  // namespace huitou::collect
