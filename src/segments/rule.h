#pragma once

// A rule as a tree: what the parser reads, the builder edits, the compiler turns into a query.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/date.h"

namespace huitou::segments {

/// Bytes [begin, end) of the text that was read. Where a thing stood is no part of what it is.
struct Span {
  std::size_t begin = 0;
  std::size_t end = 0;
  bool operator==(const Span&) const { return true; }
};

/// A value as written. Numbers are exact: millionths, at most kMostNumber.
struct Literal {
  enum class Kind { number, percent, date, text };
  Kind kind = Kind::number;
  std::int64_t micro = 0;  ///< of a number; of a percentage, 30 % is 30,000,000
  Date date{};
  std::string text{};
  Span at{};
  bool operator==(const Literal&) const = default;
};

enum class Op { eq, ne, lt, le, gt, ge, between, in, contains, known, unknown, some };

/// A comparison: `some` (nothing written) is "at least one" and has no values; `between` has two.
struct Comparison {
  Op op = Op::some;
  std::vector<Literal> values{};
  Span at{};
  bool operator==(const Comparison&) const = default;
};

/// A restriction of the rows that a fact is made of: `channel = 'web'`, `property 'color' = 'red'`.
struct Filter {
  std::string field;
  std::string property{};  ///< only of the field `property`
  Comparison is{};
  Span at{};
  bool operator==(const Filter&) const = default;
};

enum class WindowUnit { hours, days, weeks, months, years, dates };

/// Which rows count by their day: the last so many units before `as_of`, or the days [from, to).
struct Window {
  WindowUnit unit = WindowUnit::days;
  std::int64_t last = 0;
  std::optional<Date> from{};
  std::optional<Date> to{};
  Span at{};
  bool operator==(const Window&) const = default;
};

/// A fact about a customer: `bought('A-100' where channel = 'web', last 90 days)`.
struct Term {
  std::string fact;
  std::optional<std::string> subject{};
  std::vector<Filter> where{};
  std::optional<Window> window{};
  Span at{};
  bool operator==(const Term&) const = default;
};

/// How many of a set: a number, or a share in percent.
struct Amount {
  bool percent = false;
  std::int64_t micro = 0;  ///< customers or percent, in millionths
  Span at{};
  bool operator==(const Amount&) const = default;
};

enum class Kind {
  everyone,
  condition,  ///< `term` and `is`
  segment,    ///< of the saved segment `name`
  all_of,     ///< children, two or more
  any_of,     ///< children, two or more
  negation,   ///< one child
  top,        ///< `amount` of the child's customers with the highest `term`; `lowest`: the lowest
  sample,     ///< `amount` of the child's customers by lot; the same `seed` draws the same ones
};

/// A node of the tree: a set of customers.
struct Rule {
  Kind kind = Kind::everyone;
  std::vector<Rule> children{};
  Term term{};
  Comparison is{};
  std::string name{};
  Amount amount{};
  bool lowest = false;
  std::int64_t seed = 0;
  Span at{};
  bool operator==(const Rule&) const = default;
};

inline constexpr std::int64_t kMillion = 1'000'000;
inline constexpr std::int64_t kMostNumber = 1'000'000'000;  ///< of a literal
inline constexpr std::size_t kMostBytes = 20'000;           ///< of a rule's text
inline constexpr int kMostDepth = 40;                       ///< of brackets in each other
inline constexpr int kMostLevels = 18;          ///< of a tree; printing needs two brackets a level
inline constexpr std::size_t kMostNodes = 500;  ///< of a rule with those it refers to
inline constexpr std::int64_t kMostWindow = 36'600;  ///< units of a window
inline constexpr std::size_t kMostValues = 1'000;    ///< of a list

}  // namespace huitou::segments
