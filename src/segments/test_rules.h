#pragma once

// For tests: random rules that are right.

#include <random>

#include "segments/segments.h"

namespace huitou::segments::testing {

struct RandomRules {
  std::mt19937_64 rng;
  std::vector<std::string> texts;     ///< subjects and values to choose from
  std::vector<std::string> segments;  ///< names to refer to; none where empty
  Date today{20000};                  ///< dates lie around it
  std::int64_t below(std::int64_t bound) {
    return static_cast<std::int64_t>(rng() % static_cast<std::uint64_t>(bound));
  }

  /// At most so many levels.
  Rule rule(int levels);
  Term term();

 private:
  const std::string& text() {
    return texts[static_cast<std::size_t>(below(static_cast<std::int64_t>(texts.size())))];
  }
  Rule set(int levels);
  Rule condition();
  Window window(bool hours);
  Filter filter(Source source);
  Comparison comparison(ValueType type, bool may_be_some);
  Literal literal(ValueType type);
};

}  // namespace huitou::segments::testing
