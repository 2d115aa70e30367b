#pragma once

// What the analyses share: reading arguments, building queries, notes and columns.

#include <cstdint>
#include <string>
#include <string_view>

#include "analyses/analyses.h"

namespace huitou::analyses {

/// Text of a file of this folder, by its path below it.
std::string_view embedded(std::string_view path);

/// Arguments with the defaults of their declared parameters.
class Arguments {
 public:
  Arguments(std::span<const Param> params, const Values& values)
      : params_(params), values_(values) {}

  /// Empty if neither value nor default is there.
  std::string text(std::string_view name) const;
  /// All values given.
  std::vector<std::string> list(std::string_view name) const;
  /// Errors: invalid_input if it is no integer or out of the parameter's bounds.
  Result<std::int64_t> integer(std::string_view name) const;
  /// The position among the parameter's choices. Errors: invalid_input for anything else.
  Result<std::size_t> choice(std::string_view name) const;
  /// Errors: invalid_input if it is no calendar day.
  Result<std::optional<Date>> date(std::string_view name) const;

 private:
  const Param& param(std::string_view name) const;

  std::span<const Param> params_;
  const Values& values_;
};

/// What a query needs beyond the common parts.
struct QueryParts {
  engine::Params params;
  schema::Fragments fragments;
};

/// The query of an embedded file with the status policy and the filters put in and `from`, `to`
/// (all days before `as_of`) and `as_of` given, unless `parts` gives other values.
Result<engine::Query> build_query(const Inputs& inputs, std::string_view file,
                                  QueryParts parts = {});

Error invalid_input(Sentence what, Sentence hint);
Error not_enough_data(Sentence what, Sentence hint);

/// "31 of 100 orders have no customer"; nothing is added if all have one.
void note_orders_without_customer(const Overview& overview, std::vector<Note>& notes);

/// 1,234,567
std::string with_commas(std::int64_t number);
/// 12.3; as few decimals as needed, at most `decimals`.
std::string short_number(double number, int decimals = 1);
/// Promised columns become columns of the answer.
std::vector<AnswerColumn> columns_of(std::span<const ColumnCard> cards);
/// An answer of these columns without rows: `none` is text, counts and money are whole numbers,
/// everything else is real.
Answer empty_answer(std::span<const ColumnCard> cards, View view);
/// The number, or null.
void push(Column& column, std::optional<double> value);
void push(Column& column, std::optional<std::int64_t> value);
/// Null where `whole` is 0.
std::optional<double> ratio(std::int64_t part, std::int64_t whole);

}  // namespace huitou::analyses
