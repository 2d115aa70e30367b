#pragma once

// The door to the quality of the data: rules that orders can break, how many do, and what that does
// to the figures.
//
// Invariants
// - A rule is one .sql file: its card, and a query that gives the rows that break it.
// - A check changes no figure: it writes down what it saw (table `flagged`, and the store).
// - The score is explained: 100 less the points of each rule, which are listed.
// - An effect is the metric itself, asked again without the flagged orders.
// - A decision moves orders, with their lines, out of the tables that figures are made of, or
//   corrects their amounts, time, status or customer; the rows as they came are kept aside and come
//   back when it is taken back.

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/card.h"
#include "base/date.h"
#include "base/param.h"
#include "base/progress.h"
#include "base/result.h"
#include "engine/engine.h"
#include "metrics/metrics.h"
#include "schema/schema.h"
#include "store/store.h"

namespace huitou::quality {

/// What a flagged row is; only orders can be left out of a figure.
enum class Grain {
  order,          ///< key: order_key
  line,           ///< an order known by its lines alone; key: order_key
  product,        ///< key: product_key
  store_day,      ///< days of a store from `ordered_on`; key: store_key
  channel_month,  ///< the month that begins on `ordered_on`; key: channel
};
enum class Severity { info, warning, error };
/// What is advised; nothing is done without a person's word.
enum class Advice { keep, fix, quarantine };
/// What of an order is most likely wrong where it breaks the rule.
enum class Mend { none, gross, refund, ordered_at, status, customer };

std::string_view grain_name(Grain grain);
std::string_view severity_name(Severity severity);
std::string_view advice_name(Advice advice);
std::string_view mend_name(Mend mend);

struct Rule {
  Card card;
  Grain grain = Grain::order;
  Severity severity = Severity::warning;
  Advice advice = Advice::keep;
  Mend mend = Mend::none;        ///< none unless orders break the rule
  Unit value_unit = Unit::none;  ///< of the flagged rows' `value`
  Words value_label;
  double weight = 0;      ///< most points that the rule can cost; those of all rules add up to 100
  double full_share = 1;  ///< share of rows from which on it costs all of them
  std::vector<Param> params;  ///< integer, number, date, text
  std::string_view sql;       ///< columns key, customer_id, ordered_on, value
};

/// All rules, in the order of src/quality/CMakeLists.txt.
std::span<const Rule* const> all();
/// not_found, with the names there are.
Result<const Rule*> find(std::string_view name);

/// "duplicate_orders.minutes" to "5".
using Settings = std::map<std::string, std::string, std::less<>>;

struct CheckOptions {
  Settings settings;              ///< of rules' parameters; the others keep their defaults
  Date today;                     ///< later orders are of the future
  std::int64_t now = 0;           ///< UTC seconds, kept with the check
  std::int64_t data_version = 0;  ///< of the data that is looked at
  std::optional<Period> period;   ///< of the effects; unset: all days with an order
  engine::Limits limits{};
};

/// Looks at all rules, writes down the flagged rows, the score and the effects in place of those of
/// the last check. Errors: invalid_input for a setting of no rule; conflict if cancelled; those of
/// engine and store.
Status check(engine::Engine& engine, store::Store& store, const CheckOptions& options,
             const Progress& progress = {});

/// The last check. `score` is null where there are no orders.
struct Checked {
  std::int64_t checked_at = 0;
  std::int64_t data_version = 0;
  std::int64_t orders = 0;
  std::optional<double> score;
  std::optional<Period> period;  ///< of the effects
};
/// Nothing before the first check.
Result<std::optional<Checked>> last_check(store::Store& store);
/// Checks, newest first: checked_at, data_version, orders, score.
Result<Frame> checks(store::Store& store);
/// Of the last check: rule, rows, base (how many there could be), lost (points).
Result<Frame> results(store::Store& store);
/// Of the last check, for rules of orders that are broken, and for all whose advice is quarantine
/// together (rule kAdvised): rule, metric, value, without.
Result<Frame> effects(store::Store& store);
inline constexpr std::string_view kAdvised = "advised";
/// The metrics of `effects`.
std::span<const std::string_view> key_metrics();

/// Rows that the rule (or any, if it is empty) flagged: rule, key, customer_id, ordered_on, value;
/// by rule, newest day first. At most `limit` rows come.
Result<Frame> rows(engine::Engine& engine, std::string_view rule, std::uint64_t limit);

/// Who decides, when, and why.
struct Author {
  std::int64_t now = 0;  ///< UTC seconds
  std::string name;
  std::string reason;
};
/// When an order was made: the instant and the day on which it falls in the shop's time zone.
struct When {
  std::int64_t ordered_at = 0;  ///< UTC seconds
  Date ordered_on;
};
/// What is right of an order; what is not given stays as it is. The lines follow in time, status
/// (but one that was cancelled alone stays so) and customer.
struct Correction {
  std::optional<std::int64_t> gross_minor;
  std::optional<std::int64_t> discount_minor;
  std::optional<std::int64_t> refund_minor;
  std::optional<When> when;
  /// `refunded` without any refund gives back all that was paid, as in a file.
  std::optional<schema::OrderStatus> status;
  /// The account (0: nobody), as if the order had come in under it, and not the person: whoever the
  /// account is joined to, now or later, has the order, and a splitting leaves it with the account.
  std::optional<std::uint64_t> account;

  bool is_empty() const {
    return !gross_minor && !discount_minor && !refund_minor && !moves_lines();
  }
  /// Does it change what the order's lines copy of it?
  bool moves_lines() const { return when || status || account; }
};

/// Puts an order, or all that the rule `target` flagged in the last check, under quarantine. Gives
/// how many were not decided upon before. Errors: not_found; invalid_input for a rule that does not
/// flag orders.
Result<std::int64_t> quarantine(engine::Engine& engine, store::Store& store,
                                const std::string& target, const Author& author);
/// Corrects an order; the order as it came is kept aside. Over an earlier correction what is not
/// given stays as corrected before; a quarantine ends.
/// Errors: not_found, invalid_input.
Status fix(engine::Engine& engine, store::Store& store, const std::string& key,
           const Correction& correction, const Author& author);
/// Takes back the decision on an order, on all orders of a rule, or (empty) all. Gives how many.
Result<std::int64_t> release(engine::Engine& engine, store::Store& store, const std::string& target,
                             const Author& author);

/// Makes the tables agree with the decisions: call it after whatever wrote orders, and when a home
/// is opened; never beside another writer. Does nothing where there is nothing to do.
Status settle(engine::Engine& engine, store::Store& store);

/// An order as it counts now: order_key, ordered_at (time), ordered_on, status, customer_id,
/// gross_minor, discount_minor, refund_minor, net_minor. No row where it is not among the orders.
Result<Frame> order_now(engine::Engine& engine, const std::string& key);

/// Orders set aside, newest day first: order_key, customer_id, ordered_at (time), ordered_on,
/// status, gross_minor, discount_minor, refund_minor, net_minor (as they came), decision, rule,
/// decided_by, reason, fix_gross, fix_discount, fix_refund, fix_status, fix_account, fix_on (date),
/// fix_at (time; null where not corrected), decided_at.
Result<Frame> aside(engine::Engine& engine, store::Store& store, std::uint64_t limit);
/// What was decided, newest first: decided_at, decision, target, orders, decided_by, reason.
Result<Frame> decision_log(store::Store& store);
/// Orders under a decision: rule, orders.
Result<Frame> aside_by_rule(store::Store& store);
/// Grows with every decision; 0 before the first.
Result<std::int64_t> decisions_version(store::Store& store);

}  // namespace huitou::quality
