#pragma once

// The door to customer_profile: one row a customer with what is known of her at an instant, kept
// fresh by `refresh`.
//
// Invariants
// - A column is a fact of segments over a window: its value is the one a rule would compare.
// - A refresh that does little gives the same rows as one that does everything.
// - A reader sees the old rows or the new ones, whoever was killed.

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/card.h"
#include "base/progress.h"
#include "base/result.h"
#include "engine/engine.h"
#include "segments/segments.h"
#include "stages/stages.h"
#include "store/store.h"

namespace huitou::profile {

/// A column of the profile: a fact over a window.
struct Feature {
  std::string column;
  segments::Term term;
  const segments::Fact* fact = nullptr;
  std::int64_t days = 0;  ///< before `as_of`; 0: ever
  std::string type;       ///< of the table's column
  Unit unit = Unit::none;
  Sentence title;
  Sentence nothing;  ///< when the value is null, or 0
};

/// All features, in the order of features.txt.
std::span<const Feature> features();

/// The text of the query that gives a feature of everybody: which columns it is made of. Errors:
/// those of the engine, which says whether accounts are joined.
Result<std::string> query_of(engine::Engine& engine, const Feature& feature);

/// The table: customer_id, as_of (nothing of this day or later is in it), fingerprint (of the rows
/// that the columns are made of), recent_fingerprint (of those of the last months), the features.
/// It is made of other tables, so it is listed here: a home of another version has it built again.
const engine::TableSpec& table();

struct Refresh {
  segments::AsOf as_of;             ///< the beginning of a day
  engine::IntegerList void_runs{};  ///< of joining accounts, that do not count
  stages::Limits stages{};          ///< of the shop
  std::string data;                 ///< names the state of the data; must not change meanwhile
  bool whole = false;               ///< computes everybody, whatever is known
  engine::Limits limits{};
  std::int64_t now = 0;                   ///< UTC seconds
  std::int64_t numbers_at_once = 131072;  ///< customers a query computes; bounds its memory
  std::function<double()> elapsed = [] {
    return 0.0;
  };  ///< seconds since the refresh was asked for
};

enum class How {
  nothing,  ///< day, data and columns are those of the profile
  changed,  ///< those whose rows have changed were computed, the others were taken over
  whole,    ///< everybody was computed
};
std::string_view how_name(How how);

struct Refreshed {
  How how = How::nothing;
  std::int64_t customers = 0;  ///< rows of the profile
  std::int64_t computed = 0;   ///< of these or gone, looked at anew
  double seconds = 0;
};

/// Brings the profile up to date. Cost: nothing to do, none; the same day, one pass over what the
/// columns read (of recent months alone where no other partition changed) and the work for those
/// who changed; else the work for everybody. Errors: those of
/// the engine and the store; conflict if it was cancelled (the old profile stands).
Result<Refreshed> refresh(engine::Engine& engine, store::Store& store, const Refresh& asked,
                          const Progress& progress);

/// What the last refresh left.
struct State {
  Date as_of;
  std::string data;
  std::int64_t customers = 0;
  std::int64_t looked_at = 0;  ///< UTC seconds of the last refresh, even if it had nothing to do
  double seconds = 0;          ///< of the last that had
};
/// Nothing where there is no profile, or where a refresh was killed while it put one in place.
Result<std::optional<State>> state(store::Store& store);
/// Refreshes, newest first: refreshed_at, as_of, how, customers, computed, seconds.
Result<Frame> history(store::Store& store);

/// One row a feature: column, filled (customers with a value), and of those least, p25, p50, p75,
/// most and mean where it is a number or a day; `different` values where it is a text. Errors:
/// not_enough_data where there is no profile.
Result<Frame> summary(engine::Engine& engine, store::Store& store, const engine::Limits& limits);

/// The row of one customer: one column a feature. Empty where she is not in the profile. Errors:
/// not_enough_data where there is none.
Result<Frame> row_of(engine::Engine& engine, store::Store& store, std::int64_t customer_id);

}  // namespace huitou::profile
