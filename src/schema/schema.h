#pragma once

// The door to the canonical tables and the named relations that queries build on.
//
// Invariants
// - A table's columns are listed once, here; whoever writes a table takes its TableSpec.
// - customer_id is ours, dense from 1; 0 marks an order whose customer is not known.
// - Money is in minor units, quantities in thousandths, days are the shop's calendar days.

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/date.h"
#include "base/result.h"
#include "engine/engine.h"

namespace huitou::schema {

/// What an order's `status` says; the numbers are stored.
enum class OrderStatus : std::uint8_t { created = 1, paid = 2, delivered = 3, cancelled = 4, refunded = 5 };

/// The first day that is believed of an order or of anything else that happened: 1990-01-01.
inline constexpr Date kFirstBelievedDay{7305};

/// Which orders count and with which amount. `all`, `paid` (paid, delivered or refunded later) and
/// `delivered` count the amount before refunds; `net` leaves out refunded orders and counts the
/// amount after refunds.
enum class StatusPolicy { all, paid, delivered, net };
std::optional<StatusPolicy> parse_status_policy(std::string_view name);
std::string_view status_policy_name(StatusPolicy policy);

/// All canonical tables, in the order in which they are created.
std::span<const engine::TableSpec> tables();
/// CHECKs that there is such a table.
const engine::TableSpec& table(std::string_view name);

/// What tells one message from another in `events`, in 63 bits; stays the same for ever. Two messages
/// may share it, so it finds and does not decide.
std::uint64_t event_hash(std::string_view source, std::string_view message_id);

/// Creates what is missing; tables of an earlier version get the columns that came later, and keep
/// their rows. Errors: those of the engine; conflict if a table of that name has other columns.
Status ensure(engine::Engine& engine);

/// Fragments by name, for texts that hold `{{name}}`.
using Fragments = std::map<std::string, std::string, std::less<>>;

/// The fragments `status_policy` and `amount` that the relations of orders ask for.
Fragments status_fragments(StatusPolicy policy);

/// Replaces every `{{name}}` by the fragment of that name, or else by the relation of that name
/// (relations/<name>.sql) in brackets; what is put in is expanded in turn. Comment lines of
/// relations are left out. Errors: not_found for a name that is neither; invalid_input for
/// relations that contain each other.
Result<std::string> expand(std::string_view text, const Fragments& fragments = {});

/// Names of the relations, in the order of src/schema/CMakeLists.txt.
std::span<const std::string_view> relations();
/// The text of a relation as it is written, with the names of those it builds on in double braces.
std::string_view relation_text(std::string_view name);

}  // namespace huitou::schema
