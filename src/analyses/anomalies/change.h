#pragma once

// Has a rate changed in one place more than elsewhere?

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace huitou::analyses {

/// Of `trials`, how many were `hits`; a contact more than trials is possible.
struct Rate {
  std::int64_t hits = 0;
  std::int64_t trials = 0;

  std::optional<double> value() const {
    return trials == 0 ? std::nullopt
                       : std::optional(static_cast<double>(hits) / static_cast<double>(trials));
  }
};

/// A place before the window and in it.
struct Watched {
  std::string name;
  Rate before;
  Rate now;
};

struct Change {
  std::size_t at = 0;   ///< of the watched
  double expected = 0;  ///< rate now, had it changed as everywhere else
  double ratio = 1;     ///< rate now over the expected one
  double low = 0;       ///< 95 %
  double high = 0;      ///< 95 %
  double p = 1;
  double q = 1;           ///< p after the control of false discoveries
  bool is_alarm = false;  ///< q is at most `rate`
};

/// For each place with `least` trials before and now, and as many elsewhere: its change over that
/// of all other places, so that what changes everywhere (a season, refunds that are still to come)
/// is no alarm. The largest sure rises first, falls last. The logarithm of the ratio has the
/// variance of four shares (delta method), half a hit added to each (Walter 1975, Biometrika
/// 62:371-374); rates of false discoveries after Benjamini & Hochberg (1995).
std::vector<Change> changes_of(const std::vector<Watched>& watched, std::int64_t least,
                               double rate);

}  // namespace huitou::analyses
