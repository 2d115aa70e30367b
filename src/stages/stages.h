#pragma once

// The door to the stages of customers: the one definition of who is active, sleeping or lost, for
// analyses, rules and the customer's page alike.
//
// Invariants
// - A stage is that at the close of a day: silence is 0 for who ordered on it.
// - Every customer with an order is in exactly one stage; without one she is potential, where the
//   shop has that stage and knows of her, or in none.
// - Limits of the past stay in the history; the newest line holds.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/frame.h"
#include "base/language.h"
#include "base/param.h"
#include "base/result.h"
#include "engine/engine.h"
#include "store/store.h"

namespace huitou::stages {

enum class Stage { first, nurture, active, sleeping, lost, potential, returned };
inline constexpr std::size_t kStages = 7;

/// Days are those at most, inclusive. `first`: one order, `first_days` ago at most. `nurture`: then
/// `nurture_orders` orders at most, the first `nurture_days` ago at most. `active`, `sleeping`: by
/// the days since the last order; `lost` after that. `returned`: was lost until the last day with
/// an order, which was `returned_days` ago at most; the next purchase ends it. `potential`: no
/// order yet, registered or with an event `potential_days` ago at most. 0 `first_days`,
/// `nurture_days`, `returned_days` or `potential_days`: there is no such stage.
struct Limits {
  std::int64_t first_days = 0;
  std::int64_t nurture_orders = 3;
  std::int64_t nurture_days = 0;
  std::int64_t active_days = 90;
  std::int64_t sleeping_days = 180;
  std::int64_t returned_days = 0;
  std::int64_t potential_days = 0;
  bool operator==(const Limits&) const = default;
};

/// The limits by their names, in the order of a form.
struct LimitCard {
  std::string_view name;
  std::int64_t Limits::*value;
  Words title;
  Words doc;
  double at_least = 0;
  double at_most = 3650;
};
std::span<const LimitCard> limit_cards();
/// Parameters that set one limit each; the shop's own hold where none is given.
std::vector<Param> limit_params();

/// invalid_input if sleeping does not end after active, or the stages of newcomers after active.
Status check(const Limits& limits);

/// What a stage is called: in rules, and by people.
std::string_view name(Stage stage);
Words words(Stage stage);
/// The stages there are under these limits, in the order of a customer's life.
std::vector<Stage> stages_of(const Limits& limits);
/// How one comes into the stage, in words.
Sentence meaning(Stage stage, const Limits& limits);
/// The same of all stages there are.
Sentence meanings(const Limits& limits);

/// Of a customer, at the close of a day.
struct Seen {
  std::int64_t orders = 0;
  std::int64_t age = 0;      ///< days since the first order
  std::int64_t silence = 0;  ///< and since the last
  std::int64_t gap = 0;      ///< days between the last two days with an order; 0: there is one
  std::int64_t quiet = -1;   ///< days since registration or the last event; -1: neither is known
};
/// Absent without an order, unless she is potential.
std::optional<Stage> stage_of(const Seen& seen, const Limits& limits);

/// Expressions of a query for the members of `Seen`.
struct Expressions {
  std::string orders;
  std::string age;
  std::string silence;
  std::string gap;
  std::string quiet;
};
/// The same in a query, as a number from 1 in the order of `Stage`, 0 where she is in none. Needs
/// `params`.
std::string sql(const Expressions& expressions);
engine::Params params(const Limits& limits);

/// The limits of this shop: what was kept last, else the defaults.
Result<Limits> kept(store::Store& store);
/// `how`: by hand, or by what of the data.
struct Keep {
  Limits limits;
  std::string how;
  std::int64_t now = 0;  ///< UTC seconds
};
/// Errors: those of `check` and of the store.
Status keep(store::Store& store, const Keep& keep);
/// Newest first: set_at, how, and a column for each limit.
Result<Frame> history(store::Store& store);

}  // namespace huitou::stages
