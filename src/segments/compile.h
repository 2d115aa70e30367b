#pragma once

// From a rule to a query. All facts of a rule are gathered with one pass over each table: a row a
// customer from each, put together by customer, and the rule is a condition on that row.

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "engine/engine.h"
#include "segments/as_of.h"
#include "segments/person.h"
#include "segments/rule.h"
#include "stages/stages.h"

namespace huitou::segments {

/// The rule of a saved segment; an error where there is none.
using Lookup = std::function<Result<const Rule*>(const std::string& name)>;

/// What is true of the data beside the rule.
struct Scope {
  AsOf as_of;
  bool joined_accounts = false;     ///< some accounts are joined to others
  engine::IntegerList void_runs{};  ///< of joining, that do not count
  /// Segments whose members are those of `segment_moves`, and the runs there that do not count.
  std::set<std::string, std::less<>> frozen{};
  std::map<std::string, KeptAt, std::less<>> kept{};  ///< names that stand for members of a day
  engine::IntegerList void_moves{};
  stages::Limits limits{};         ///< of the shop's stages
  std::optional<Person> person{};  ///< only her rows are read
  /// Only these people's rows are read; for rules that look at no others, as a ranking does.
  std::optional<engine::IntegerList> among{};
  bool touched = false;  ///< the same of those whom a refresh found touched (touched.h)
};

/// Values that a query shows beside who fits.
struct Shown {
  const char* fact;
  const char* as;
  std::optional<std::string> subject{};
  std::vector<Filter> where{};
  std::optional<Window> window{};
};

/// The orders of everybody, one set for each scale that the rules compare with. Their scales are the
/// only parameters that a compiled query lacks: scales.h puts them in.
using Scored = std::vector<Term>;

/// A rule as parts of a query.
struct Compiled {
  std::string people;                ///< a query: a row a customer, with the values of the facts
  std::string predicate;             ///< a condition on it
  std::string shown;                 ///< `, v3 AS orders`
  std::vector<std::string> further;  ///< conditions of the further rules on the same row
  engine::Params params;
  Scored scored;
};

/// Errors: those of `lookup`; limit_reached where the rule with all it refers to has too many
/// parts; conflict where segments refer to each other in a circle.
Result<Compiled> compile(const Rule& rule, const Scope& scope, const Lookup& lookup,
                         const std::vector<Shown>& shown,
                         const std::vector<const Rule*>& further = {});

/// Rules of one pass over the tables. The error of a rule that is broken stands in its place.
struct CompiledList {
  std::string people;
  std::vector<Result<std::string>> predicates;
  engine::Params params;
  Scored scored;
};
Result<CompiledList> compile_all(const std::vector<const Rule*>& rules, const Scope& scope,
                                 const Lookup& lookup);

/// A part of a rule, the whole first: whether it holds and, of a condition or a ranking, the value
/// that it looks at (a column of `people`, empty where there is none).
struct Part {
  const Rule* rule = nullptr;
  int depth = 0;
  std::string predicate;
  std::string value;
};
struct CompiledParts {
  std::string people;
  std::vector<Part> parts;
  engine::Params params;
  Scored scored;
};
Result<CompiledParts> compile_parts(const Rule& rule, const Scope& scope, const Lookup& lookup);

/// The text of sql/<name>.sql with the parts put in.
Result<std::string> text_of(std::string_view name,
                            const std::vector<std::pair<std::string, std::string>>& parts);

}  // namespace huitou::segments
