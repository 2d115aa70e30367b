#pragma once

// The door to one customer: who she is, what she did, when she is likely to come again.
//
// Invariants
// - Every read is of this customer's granules (the tables are in the order of the customers), so it
//   costs the same whether the shop has a thousand customers or ten million. What has to look
//   further says so.
// - Figures never depend on an order of the day `as_of` or later, happenings not on one of the day
//   `until` or later.
// - Phone numbers and e-mail addresses are masked unless `reveal` is asked for.
// - Nothing is predicted: what is said of the next order are quantiles of the own gaps.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/frame.h"
#include "base/language.h"
#include "base/result.h"
#include "engine/engine.h"
#include "identity/identity.h"
#include "schema/schema.h"
#include "stages/stages.h"
#include "store/store.h"

namespace huitou::customer {

/// What is asked of a person beside who it is.
struct Asking {
  engine::Engine& engine;
  Date as_of;  ///< figures: nothing of this day or later
  Date until;  ///< happenings: nothing of this day or later
  schema::StatusPolicy status = schema::StatusPolicy::net;
  bool reveal = false;
  engine::Limits limits{};
  stages::Limits stages{};  ///< of the shop
};

/// A day with orders; `orders` and `amount_minor` are those that the status policy counts.
struct PurchaseDay {
  Date on;
  std::int64_t orders = 0;
  std::int64_t amount_minor = 0;
};

/// What all orders of a person come to. Days are those with a counted order.
struct Purchases {
  std::vector<PurchaseDay> days;
  std::int64_t orders = 0;
  std::int64_t amount_minor = 0;
  std::int64_t all_orders = 0;
  std::int64_t cancelled_orders = 0;
  std::int64_t refunded_orders = 0;
  std::int64_t refunded_minor = 0;
  std::int64_t discounted_orders = 0;
};

/// The own rhythm: days between one day with a purchase and the next. Quantiles are of type 7.
/// `next_*` are absent below kLeastGaps gaps: the last purchase plus the quartiles and the median,
/// whole days, rounded up. `outlasted`: the share of the own gaps that were shorter than the
/// silence since the last purchase.
struct Rhythm {
  std::vector<std::int64_t> gaps;  ///< in the order of time
  std::optional<std::int64_t> silent_days;
  std::optional<double> shortest_quarter, median, longest_quarter;
  std::optional<Date> next_from, next_on, next_to;
  std::optional<double> outlasted;
};
inline constexpr std::size_t kLeastGaps = 3;
Rhythm rhythm_of(const std::vector<PurchaseDay>& days, Date as_of);

/// As the analysis `lifecycle` by months counts the person in the last month that is over before
/// `as_of`; `silent`: it does not count her there (ordered earlier, but in neither month).
enum class Stage { newcomer, returning, resurrecting, dormant, silent };
/// Absent without a counted order; `stage_of` also where the first one is in the month of `as_of`,
/// which is not over.
std::optional<Stage> stage_of(const std::vector<PurchaseDay>& days, Date as_of);
/// As `stages` has it, at the close of the day before `as_of`.
std::optional<stages::Stage> activity_of(const std::vector<PurchaseDay>& days, Date as_of,
                                         const stages::Limits& limits);
/// The same without an order, from the last day before `as_of` on which she registered or did
/// something.
std::optional<stages::Stage> activity_without_orders(std::optional<Date> known_on, Date as_of,
                                                     const stages::Limits& limits);
Words stage_words(Stage stage);

/// Tickets, surveys and events of a person. `marked`: complaints, scores, page views.
struct Contacts {
  std::int64_t number = 0;
  std::int64_t marked = 0;
  std::optional<std::int64_t> last_at;  ///< UTC seconds
  std::optional<Date> last_counted;     ///< of events: the last day before `as_of`
};

struct Profile {
  std::string customer_key;  ///< the member number; masked if it is a phone number or an address
  std::string name, region, channel, source;
  std::optional<Date> registered_on, birthday;
  Purchases purchases;
  Rhythm rhythm;
  std::optional<Stage> stage;
  std::optional<stages::Stage> activity;
  Contacts tickets, surveys, events;
  std::optional<std::int64_t> last_nps, last_csat;
};
/// An attribute that the own account lacks is taken from the oldest joined account that has it.
Result<Profile> profile(const Asking& asking, const identity::Whose& whose);

/// kind (order, aside, event, ticket, complaint, survey), at, day, key, name, detail, channel,
/// store, amount_minor, refund_minor, score, minutes (to the first reply), lines, rules (of quality
/// that the order breaks, with blanks between); the newest first. `aside`: an order that a decision
/// took out of the figures.
struct Page {
  std::int64_t before = 0;  ///< UTC seconds: only what happened earlier; 0 = all
  std::uint64_t rows = 200;
};
struct Timeline {
  Frame frame;
  bool is_more = false;  ///< there is more before the last row's second
};
Result<Timeline> timeline(const Asking& asking, const identity::Whose& whose, const Page& page);

/// Order lines, the newest order first, of one order if its key is given: order_key, line_number,
/// ordered_on, status, product_key, product, category, quantity_milli, price_minor, gross_minor,
/// net_minor.
Result<Frame> lines(const Asking& asking, const identity::Whose& whose, const std::string& order,
                    std::uint64_t limit);

/// kind (product, category, store, channel), key, name, orders (that hold it), share (of all
/// counted orders), units_milli, amount_minor, last_on: the kFavourites in most orders of each
/// kind.
inline constexpr std::size_t kFavourites = 5;
Result<Frame> favourites(const Asking& asking, const identity::Whose& whose);

/// from_on, to_on, gap_days, in the order of time.
Result<Frame> gaps(const Asking& asking, const identity::Whose& whose);

/// The last day before `until` with an order that counts in the shop; none without one. Looks
/// through two columns of all orders.
Result<std::optional<Date>> last_counted_day(const Asking& asking);

/// account_id, kind, key (masked), source, with_account, by_kind, linked_at. Looks through one
/// column of all keys.
Result<Frame> keys(const Asking& asking, const identity::Whose& whose);

/// Persons with this key, a member number that begins so, or a name that holds the text:
/// customer_id, customer_key, name, region, found_by (key, member, name), orders, amount_minor,
/// last_on. Keys first; at most `limit`. Looks through the names of all customers.
Result<Frame> find(const Asking& asking, store::Store& store, const std::string& text,
                   std::uint64_t limit);

/// 139****0001, a***@example.com; other kinds as they are.
std::string masked(std::string_view kind, std::string_view key);

}  // namespace huitou::customer
