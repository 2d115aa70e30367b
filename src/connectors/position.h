#pragma once

// Where a run over a database table stands, and the times it begins and ends with. Pure.
//
// A run reads the rows changed since `since`, in the order of (updated, key), after those whose
// `updated` is null. `until` is looked up when a run begins: the latest `updated` there was, but
// not later than the server's clock. The next run begins at `until` less the overlap, so that a
// transaction that set its time before but committed after this run is still read, and a row dated
// 2099 does not hide what comes after it.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace huitou::connectors {

/// A value that can become a literal of the source's SQL.
struct Scalar {
  enum class Kind : char { number = 'n', text = 't', bytes = 'b' };
  Kind kind = Kind::text;
  std::string text;  ///< of bytes: `0x` and hexadecimal digits
  bool operator==(const Scalar&) const = default;
};

struct Position {
  std::optional<Scalar> since;  ///< until of the last run; none = everything
  bool inside = false;          ///< in the middle of a run: what follows is set
  bool dated = false;           ///< the rows without `updated` are done
  std::optional<Scalar> until;
  std::optional<Scalar> updated;  ///< of the last row read
  std::vector<Scalar> key;        ///< of the last row read; none = restart
  std::string snapshot;           ///< without a key: only this very reader can go on
  bool operator==(const Position&) const = default;
};

std::string format_position(const Position& position);
/// invalid_input for a text that `format_position` did not make.
Result<Position> parse_position(std::string_view cursor);

/// `seconds` earlier, written in the same way: `2025-01-31 10:00:00.5Z`, `2025-01-31`, Unix
/// seconds, milliseconds or microseconds. None if it is no time.
std::optional<Scalar> earlier(const Scalar& time, std::int64_t seconds);
/// Microseconds since 1970: in UTC if it has an offset, else of the clock that wrote it.
std::optional<std::int64_t> micros_of(const Scalar& time);
/// The `until` of a run: the earlier of the latest time and the server's clock (Unix microseconds
/// of the clock that writes the column). None if there is no latest time; invalid_input if it is no
/// time.
Result<std::optional<Scalar>> until_of(const std::optional<Scalar>& latest, std::int64_t now);

}  // namespace huitou::connectors
