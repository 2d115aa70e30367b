#include <algorithm>
#include <cstring>
#include <vector>

#include "schema/schema.h"

namespace huitou::schema {
namespace {

using engine::TableSpec;

constexpr const char* kByMonth = "toYYYYMM(ordered_on)";

/// A person.
TableSpec customers_table() {
  return {"customers",
          {{"customer_id", "UInt64"},
           {"customer_key", "String"},
           {"name", "String"},
           {"region", "String"},
           {"channel", "String"},
           {"registered_on", "Nullable(Date)"},
           {"birthday", "Nullable(Date)"},
           {"source", "String"}},
          "",
          "customer_id",
          "customer_id"};
}

/// A key under which a source system knows a customer: a member number, which is an account of its
/// own, or a phone, e-mail ... that the account gave. `batch` grows with every load that brings
/// any.
TableSpec identities_table() {
  return {"identities",
          {{"customer_id", "UInt64"},
           {"kind", "String"},
           {"key", "String"},
           {"source", "String"},
           {"batch", "UInt64"}},
          "",
          "(kind, key)",
          "customer_id"};
}

/// An order. `account_id` is the account it came in under where that is not the person's own
/// (customer_links), else 0. `own_cost_minor` is what a file of orders said that its goods cost;
/// `cost_minor` is that or else what its lines come to (see costs/costs.h).
TableSpec orders_table() {
  return {"orders",
          {{"order_key", "String"},
           {"customer_id", "UInt64"},
           {"ordered_at", "DateTime"},
           {"ordered_on", "Date"},
           {"status", "UInt8"},
           {"gross_minor", "Int64"},
           {"discount_minor", "Int64"},
           {"refund_minor", "Int64"},
           {"net_minor", "Int64"},
           {"cost_minor", "Nullable(Int64)"},
           {"own_cost_minor", "Nullable(Int64)"},
           {"units_milli", "Nullable(Int64)"},
           {"lines", "UInt32"},
           {"channel", "String"},
           {"store_key", "String"},
           {"region", "String"},
           {"campaign", "String"},
           {"source", "String"},
           {"account_id", "UInt64"}},
          kByMonth,
          "(customer_id, ordered_at, order_key)",
          "customer_id"};
}

/// A product in an order. `account_id` as in orders; `own_cost_minor` is what the row said that
/// these pieces cost, and stands before the product's cost.
TableSpec order_lines_table() {
  return {"order_lines",
          {{"order_key", "String"},
           {"line_number", "UInt32"},
           {"customer_id", "UInt64"},
           {"ordered_on", "Date"},
           {"status", "UInt8"},
           {"product_key", "String"},
           {"category", "String"},
           {"quantity_milli", "Int64"},
           {"price_minor", "Int64"},
           {"gross_minor", "Int64"},
           {"net_minor", "Int64"},
           {"own_cost_minor", "Nullable(Int64)"},
           {"channel", "String"},
           {"store_key", "String"},
           {"region", "String"},
           {"campaign", "String"},
           {"source", "String"},
           {"account_id", "UInt64"}},
          kByMonth,
          "(customer_id, ordered_on, order_key, line_number)",
          "customer_id"};
}

/// An account that was joined to another, or taken apart again: the last run's row holds. The way
/// from an account to its person goes over `with_account`, with which it shares the key.
TableSpec customer_links_table() {
  return {"customer_links",
          {{"account_id", "UInt64"},
           {"run_id", "UInt64"},
           {"customer_id", "UInt64"},
           {"with_account", "UInt64"},
           {"kind", "String"},
           {"key", "String"},
           {"linked_at", "DateTime"}},
          "",
          "(account_id, run_id)",
          "account_id"};
}

/// A product.
TableSpec products_table() {
  return {"products",
          {{"product_key", "String"},
           {"name", "String"},
           {"category", "String"},
           {"brand", "String"},
           {"cost_minor", "Nullable(Int64)"},
           {"source", "String"}},
          "",
          "product_key",
          "product_key"};
}

/// What a piece of a product costs, as the orders have it: `products` may know better by now.
TableSpec settled_costs_table() {
  return {"settled_costs",
          {{"product_key", "String"}, {"cost_minor", "Nullable(Int64)"}},
          "",
          "product_key",
          "product_key"};
}

/// A point of sale.
TableSpec stores_table() {
  return {"stores",
          {{"store_key", "String"}, {"name", "String"}, {"region", "String"}, {"source", "String"}},
          "",
          "store_key",
          "store_key"};
}

/// Something a customer did, named as the clients of Segment and RudderStack do. Appended only; one
/// message of a source is there once. `customer_id` is the person's, 0 while nobody knows who it
/// was.
TableSpec events_table() {
  return {"events",
          {{"message_id", "String"},
           {"message_hash", "UInt64"},  // event_hash(source, message_id)
           {"customer_id", "UInt64"},
           {"user_id", "String"},
           {"anonymous_id", "String"},
           {"kind", "String"},  // track, page, screen, identify, group, alias
           {"name", "String"},  // of the event or the page
           {"occurred_at", "DateTime"},
           {"occurred_on", "Date"},
           {"received_at", "DateTime"},
           {"session_id", "String"},
           {"page", "String"},
           {"duration_seconds", "Nullable(Float64)"},
           {"product_key", "String"},
           {"category", "String"},
           {"channel", "String"},
           {"campaign", "String"},
           {"amount_minor", "Nullable(Int64)"},
           {"properties", "String"},  // JSON
           {"source", "String"}},
          "toYYYYMM(occurred_on)",
          "(customer_id, occurred_at, message_hash)",
          "if(customer_id = 0, message_hash, customer_id)"};
}

/// Two names that one event gave somebody: its anonymous id or, of an alias, the number before; and
/// its user id. Appended only, the same more than once does no harm; `claim` grows.
TableSpec event_claims_table() {
  return {
      "event_claims",
      {{"visitor", "String"}, {"user_id", "String"}, {"is_alias", "UInt8"}, {"claim", "UInt64"}},
      "",
      "(visitor, user_id)",
      "cityHash64(visitor)"};
}

/// A contact with service. Nothing is null: not replied to, not closed, not asked.
TableSpec tickets_table() {
  return {"tickets",
          {{"ticket_key", "String"},
           {"customer_id", "UInt64"},
           {"opened_at", "DateTime"},
           {"opened_on", "Date"},
           {"first_reply_minutes", "Nullable(Int64)"},
           {"closed_at", "Nullable(DateTime)"},
           {"reason", "String"},
           {"is_complaint", "Nullable(UInt8)"},
           {"satisfaction", "Nullable(Int64)"},
           {"channel", "String"},
           {"store_key", "String"},
           {"source", "String"}},
          "",
          "(customer_id, opened_at, ticket_key)",
          "customer_id"};
}

/// An answer to a survey: NPS 0 to 10, CSAT 1 to 5, or text alone.
TableSpec surveys_table() {
  return {"surveys",
          {{"survey_key", "String"},
           {"customer_id", "UInt64"},
           {"kind", "String"},
           {"score", "Nullable(Int64)"},
           {"comment", "String"},
           {"answered_at", "DateTime"},
           {"answered_on", "Date"},
           {"channel", "String"},
           {"product_key", "String"},
           {"store_key", "String"},
           {"source", "String"}},
          "",
          "(customer_id, answered_at, survey_key)",
          "customer_id"};
}

/// A customer who came into a saved segment (`entered` 1) or left it (0). Appended only: the last
/// run's row holds, of the runs that the store knows as done. `moved_at` is the instant at which
/// the rule was asked, `moved_on` the last day that counted then.
TableSpec segment_moves_table() {
  return {"segment_moves",
          {{"segment", "String"},
           {"version", "UInt64"},
           {"customer_id", "UInt64"},
           {"moved_on", "Date"},
           {"moved_at", "DateTime"},
           {"entered", "UInt8"},
           {"run", "UInt64"}},
          "",
          "(segment, customer_id, run)",
          "customer_id"};
}

/// A tag that a person or a file gave a customer (`given` 1) or took away (0), or what a customer
/// said to a channel: may be written to, or not. Appended only: of a person's rows of a name the
/// last run's holds, of the runs that the store knows as done.
TableSpec customer_marks_table() {
  return {"customer_marks",
          {{"kind", "String"},  // tag, consent
           {"name", "String"},  // of the tag or the channel
           {"customer_id", "UInt64"},
           {"given", "UInt8"},
           {"marked_at", "DateTime"},
           {"run", "UInt64"}},
          "",
          "(customer_id, kind, name, run)",
          "customer_id"};
}

/// A row or file that broke a rule.
TableSpec findings_table() {
  return {"findings",
          {{"load_id", "UInt64"},
           {"found_at", "DateTime"},
           {"source", "String"},
           {"file", "String"},
           {"line", "UInt64"},
           {"field", "String"},
           {"value", "String"},
           {"rule", "String"},
           {"severity", "String"},
           {"action", "String"},
           {"message_en", "String"},
           {"message_zh", "String"}},
          "",
          "(load_id, line)",
          "load_id"};
}

std::uint64_t mixed(std::uint64_t value) {
  value ^= value >> 32U;
  value *= 0xd6e8feb86659fd93ULL;
  value ^= value >> 32U;
  value *= 0xd6e8feb86659fd93ULL;
  return value ^ (value >> 32U);
}

std::uint64_t hashed(std::string_view text, std::uint64_t state) {
  state ^= 0x9e3779b97f4a7c15ULL * (text.size() + 1);
  for (; text.size() >= 8; text.remove_prefix(8)) {
    std::uint64_t word = 0;
    std::memcpy(&word, text.data(), 8);
    state = (state ^ word) * 0x9fb21c651e98df25ULL;
    state ^= state >> 29U;
  }
  std::uint64_t word = 0;
  if (!text.empty()) {  // a text without bytes may be nowhere
    std::memcpy(&word, text.data(), text.size());
  }
  return mixed((state ^ word) * 0x9fb21c651e98df25ULL);
}

/// A row of the data that a rule of quality found broken.
TableSpec flagged_table() {
  return {"flagged",
          {{"rule", "String"},
           {"key", "String"},
           {"customer_id", "UInt64"},
           {"ordered_on", "Date"},
           {"value", "Nullable(Float64)"}},
          "",
          "(rule, key)",
          "cityHash64(key)"};
}

/// An order set aside, as it came; its lines are in `aside_lines`.
TableSpec aside_orders_table() {
  TableSpec spec = orders_table();
  return {"aside_orders", spec.columns, "", "order_key", spec.shard_by};
}

TableSpec aside_lines_table() {
  TableSpec spec = order_lines_table();
  return {"aside_lines", spec.columns, "", "(order_key, line_number)", spec.shard_by};
}

const std::vector<TableSpec>& specs() {
  static const std::vector<TableSpec> kSpecs{
      customer_links_table(), customers_table(),     identities_table(),    orders_table(),
      order_lines_table(),    products_table(),      settled_costs_table(), stores_table(),
      events_table(),         event_claims_table(),  tickets_table(),       surveys_table(),
      findings_table(),       flagged_table(),       aside_orders_table(),  aside_lines_table(),
      segment_moves_table(),  customer_marks_table()};
  return kSpecs;
}

}  // namespace

std::span<const engine::TableSpec> tables() { return specs(); }

const engine::TableSpec& table(std::string_view name) {
  for (const TableSpec& spec : specs()) {
    if (spec.name == name) {
      return spec;
    }
  }
  throw Bug("there is no table '" + std::string(name) + "'");
}

std::uint64_t event_hash(std::string_view source, std::string_view message_id) {
  return hashed(message_id, hashed(source, 0)) >> 1U;  // a frame's integers have a sign
}

}  // namespace huitou::schema
