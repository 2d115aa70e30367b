#pragma once

// The door to the analyses: one folder each, which answers one question about the customers.
//
// Invariants
// - An answer never depends on a row of the day `as_of` or later, nor on the order of rows.
// - Orders without a known customer are left out, and a note says how many they are.
// - What cannot be known yet is null; what nobody did is 0.
// - The engine gathers counts, this code calculates; both engines give the same answer.

#include <map>
#include <span>
#include <string>
#include <vector>

#include "base/answer.h"
#include "base/date.h"
#include "base/param.h"
#include "base/result.h"
#include "engine/engine.h"
#include "schema/schema.h"

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
  Overview overview{};
};

struct Analysis {
  Card card;
  std::vector<Param> params;        ///< its own; `common_params` come on top
  std::vector<ColumnCard> columns;  ///< of the answer with default arguments
  Result<Answer> (*run)(const Inputs& inputs) = nullptr;
};

/// All analyses, in the order of src/analyses/CMakeLists.txt.
std::span<const Analysis* const> all();
/// not_found, with the names there are.
Result<const Analysis*> find(std::string_view name);

/// `as_of`, `from`, `to`, `status`: understood by every analysis.
std::span<const Param> common_params();

/// A question to an analysis.
struct Request {
  engine::Engine& engine;
  Values values;  ///< of common and own parameters
  Date today;     ///< nothing later is read, whatever `as_of` says
  std::string currency;
  engine::Limits limits{};
};

/// Resolves the common parameters and runs. `as_of` defaults to the day after the last order.
/// Errors: invalid_input for values that do not fit; not_enough_data, with the numbers; those of
/// the engine.
Result<Answer> answer(const Analysis& analysis, const Request& request);

}  // namespace huitou::analyses
