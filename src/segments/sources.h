#pragma once

// The parts of a query that read one table each.

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "segments/compile.h"
#include "segments/conditions.h"

namespace huitou::segments {

/// A fact of a rule or column, and the rows that count for it.
struct Use {
  const Fact* fact;
  Term term;
  std::string when;
  std::size_t scales = 0;  ///< of a fact that is scored: which, in the order of Compiled::scored
};

/// What the parameters of scales begin with.
std::string scales_name(std::size_t place);

/// The fact's aggregate, cast to the type of its kind of value.
std::string aggregate_of(const Use& use, const stages::Limits& limits);

/// What else must be known to tell who is potential: nothing, unless the shop has that stage and
/// the term asks for the stage of all orders. `with_potential` puts the values together.
std::vector<Term> potential_terms(const Term& term, const stages::Limits& limits);
std::string with_potential(const std::string& stage, const std::vector<std::string>& days);

/// A query with a row a customer from one source.
struct SourceAsk {
  Source source;
  std::string rows;      ///< condition on its rows
  std::string columns;   ///< aggregates
  bool hers = false;     ///< only the rows of the scope's person
  std::string within{};  ///< condition on {{person}}; empty: everybody
};
Result<std::string> source_text(const SourceAsk& ask, const Scope& scope,
                                const Conditions& conditions);

/// The condition on rows that says whose they are. Orders follow their person; other rows stay with
/// the account. `within` holds for the number that they carry.
std::string whose_rows(Source source, bool hers, std::string_view within = "");

/// 0 no date of registration, 1 registered by the instant, 2 later.
inline constexpr std::string_view kRegistered =
    "toUInt8(multiIf(isNull(any(registered_on)), 0, assumeNotNull(any(registered_on)) < "
    "{end:Date}, 1, 2))";

const engine::TableSpec& table_of(Source source);
/// Whether the table is kept by the months of the source's day.
bool is_monthly(Source source);
/// The source's columns that a piece of SQL mentions.
std::set<std::string> columns_in(Source source, std::string_view sql);
/// These columns of a row as one number: the sum over rows is what facts are made of, whatever the
/// order of the rows.
std::string row_hash(Source source, const std::set<std::string>& columns);

/// Puts what the rows of every query need into its parameters.
engine::Params params_of(const Scope& scope, engine::Params params);

}  // namespace huitou::segments
