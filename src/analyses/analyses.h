#pragma once

// The door to the analyses: one folder each, which answers one question about the customers.
//
// Invariants
// - An answer never depends on a row of the day `as_of` or later, nor on the order of rows.
// - Orders without a known customer are left out, and a note says how many they are; an analysis of
//   products counts them.
// - What cannot be known yet is null; what nobody did is 0.
// - The engine gathers counts, this code calculates; both engines give the same answer.

#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/answer.h"
#include "base/date.h"
#include "base/param.h"
#include "base/result.h"
#include "base/week.h"
#include "engine/engine.h"
#include "hours/hours.h"
#include "metrics/metrics.h"
#include "schema/schema.h"
#include "stages/stages.h"

namespace huitou::segments {
struct Library;
}

namespace huitou::analyses {

/// Arguments as given, by name; where one is missing its parameter's default holds.
using Values = std::map<std::string, std::vector<std::string>, std::less<>>;

/// What the counted orders before `as_of` are, customer known or not.
struct Overview {
  Date first_on;
  Date last_on;
  std::int64_t orders = 0;
  std::int64_t orders_without_customer = 0;
};

/// What an analysis is given: resolved dates and the way to the data.
struct Inputs {
  engine::Engine& engine;
  const Values& values;  ///< of the analysis' own parameters
  engine::Limits limits{};
  std::string currency;
  Date as_of;     ///< nothing of this day or later is read
  Period period;  ///< ends at `as_of` or before; each analysis says what it selects
  schema::StatusPolicy status = schema::StatusPolicy::net;
  WeekStart week_start = WeekStart::monday;
  std::vector<metrics::Filter> filters{};  ///< only orders that match these are there
  /// Runs of joining accounts that do not count (identity::void_runs).
  engine::IntegerList void_runs{};
  const segments::Library* library = nullptr;  ///< saved segments; null: none are
  std::string time_zone{};                     ///< of the shop
  Overview overview{};
  stages::Limits stages{};              ///< of the shop's stages
  std::optional<hours::Hours> hours{};  ///< of the shop's service; none: not set
};

struct Analysis {
  Card card;
  std::vector<Param> params;        ///< its own; `common_params` come on top
  std::vector<ColumnCard> columns;  ///< of the answer with default arguments
  Result<Answer> (*run)(const Inputs& inputs) = nullptr;
  /// True for arguments with which orders of unknown customers count too; never if null.
  bool (*counts_strangers)(const Values& values) = nullptr;
  /// False: it reads answers and tickets alone, or asks rules of segments. It needs no orders,
  /// takes no filter of orders, and ends with today where no `as_of` is given.
  bool of_orders = true;
};

/// All analyses, in the order of src/analyses/CMakeLists.txt.
std::span<const Analysis* const> all();
/// not_found, with the names there are.
Result<const Analysis*> find(std::string_view name);

/// `as_of`, `from`, `to`, `status`, `filter`: understood by every analysis.
std::span<const Param> common_params();

/// A question to an analysis.
struct Request {
  engine::Engine& engine;
  Values values;  ///< of common and own parameters
  Date today;     ///< nothing later is read, whatever `as_of` says
  std::string currency;
  engine::Limits limits{};
  WeekStart week_start = WeekStart::monday;
  engine::IntegerList void_runs{};             ///< of joining accounts, which do not count
  const segments::Library* library = nullptr;  ///< saved segments; null: none are
  std::string time_zone = "Asia/Shanghai";
  stages::Limits stages{};              ///< of the shop's stages
  std::optional<hours::Hours> hours{};  ///< of the shop's service; none: not set
};

/// Resolves the common parameters and runs. `as_of` defaults to the day after the last order.
/// Errors: invalid_input for values that do not fit; not_enough_data, with the numbers; those of
/// the engine.
Result<Answer> answer(const Analysis& analysis, const Request& request);

/// Where one customer stands among all: the scores of `rfm`, and the segment they name.
struct RfmPlace {
  int r = 0;
  int f = 0;
  int m = 0;
  Sentence segment;
  Sentence next_action;
};
struct RfmValues {
  std::int64_t days_since_last_order = 0;
  std::int64_t orders = 0;
  std::int64_t amount_minor = 0;
};
/// `cuts`: the answer of `rfm` with `by` = cuts and otherwise by default. Errors: invalid_input for
/// another answer.
Result<RfmPlace> rfm_place(const Answer& cuts, const RfmValues& values);

}  // namespace huitou::analyses
