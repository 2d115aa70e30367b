#pragma once

// Facts as columns: the values that rules ask for, of all customers at once.

#include <string>
#include <vector>

#include "base/result.h"
#include "engine/engine.h"
#include "segments/as_of.h"
#include "segments/rule.h"
#include "stages/stages.h"

namespace huitou::segments {

struct WideColumn {
  std::string name;
  Term term;
};

struct WideTable {
  AsOf as_of;                       ///< the beginning of a day
  engine::IntegerList void_runs{};  ///< of joining accounts, that do not count
  stages::Limits limits{};          ///< of the shop's stages
  std::vector<WideColumn> columns;
  bool values = true;   ///< false: the fingerprints alone
  Date recent_since{};  ///< `recent_fingerprint` leaves out what is older, of tables kept by month
  /// Condition on {{person}}, with its values in `params`, that leaves out people; empty:
  /// everybody.
  std::string within{};
  engine::Params params{};
};

/// A query with a row a customer known by then: customer_id, a column each with the value that a
/// rule would compare (money in minor units, days since 1970 for a date; null where a rule meets
/// `is unknown`), and `fingerprint`, a number that stays the same as long as the rows do that her
/// columns are made of; `recent_fingerprint` does as long as those of recent months do, and those
/// of tables that are not kept by month. Errors: those of the engine, which says whether accounts
/// are joined.
Result<engine::Query> wide_query(engine::Engine& engine, const WideTable& table);

/// A query with some rows a customer: customer_id, print (their sum is her `recent_fingerprint`),
/// known (1 in the row that says that she is a customer). Cost: reads the recent months alone.
Result<engine::Query> recent_query(engine::Engine& engine, const WideTable& table);

/// A table that the query reads.
struct WideSource {
  std::string table;
  bool recent = true;  ///< `recent_query` reads what matters of it
};
std::vector<WideSource> wide_sources(const WideTable& table);

}  // namespace huitou::segments
