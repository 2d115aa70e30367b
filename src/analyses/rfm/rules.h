#pragma once

// Segments as rules over the scores: the first rule that a customer's scores fit names the segment.

#include <array>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "analyses/rfm/scoring.h"
#include "base/language.h"
#include "base/result.h"

namespace huitou::analyses {

/// Scores from `low` to `high`, both included.
struct Range {
  int low = 1;
  int high = kBins;
  bool holds(int score) const { return score >= low && score <= high; }
};

struct Rule {
  Sentence name;
  Range r, f, m;
  Sentence next_action;
  bool holds(Scores scores) const {
    return r.holds(scores.r) && f.holds(scores.f) && m.holds(scores.m);
  }
};

/// The bounds of R rfm 0.2 and of rfm 0.3 (five levels) and the eight segments of the Chinese
/// literature (two levels). The last rule, Others, takes the rest where something is left.
const std::vector<Rule>& classic_rules();
const std::vector<Rule>& rfm_0_3_rules();
const std::vector<Rule>& eight_rules();

/// `Champions: r 4-5, f 4-5, m 4-5; Asleep: r 1; Rest:` Scores left out may be anything; signs may
/// be full width. Errors: invalid_input with the position (counted in characters from 1).
Result<std::vector<Rule>> parse_rules(std::string_view text);

inline constexpr std::size_t kNoRule = SIZE_MAX;

/// For each cell the rule that takes it, or kNoRule; cells above `levels` are kNoRule.
std::array<std::size_t, kCells> assign_cells(std::span<const Rule> rules, int levels);

/// A rule that never takes a cell, and the rules before it that take all it asks for.
struct Swallowed {
  std::size_t rule = 0;
  std::vector<std::size_t> by;
};
std::vector<Swallowed> swallowed_rules(std::span<const Rule> rules, int levels);

}  // namespace huitou::analyses
