#pragma once

// How far a rule looks: which rows it is made of, and what the passing of days can change. A
// refresh asks again only those whose answer can have changed.

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "segments/facts.h"
#include "segments/journal.h"
#include "segments/rule.h"

namespace huitou::segments {

struct Library;

/// Days of a source's rows: [from, to).
struct RowDays {
  Source source = Source::orders;
  Date from{};
  Date to{};
};

/// The edge of a condition that days move: the beginning of a window, or a number of days since.
struct MovingEdge {
  Source source = Source::orders;
  std::optional<Window> window{};
  std::int64_t days = 0;
};

/// Of a rule with the segments that it refers to.
struct Reach {
  std::map<Source, std::set<std::string>> columns;  ///< read of each source
  std::vector<MovingEdge> edges;
  std::set<std::string> frozen;  ///< segments whose kept members it asks for
  bool ranks = false;            ///< a customer's answer depends on others
  bool daily = false;            ///< anybody's answer can change with the day
  bool broken = false;           ///< refers to nothing, or in a circle
};
Reach reach_of(const Rule& rule, const Library& library);

/// What is asked of a saved segment, whenever it is, as a short text: the same text asks the same.
/// It holds which run made the frozen ones that the rule refers to. Empty for a rule that is
/// broken.
std::string definition_of(const std::string& name, const Library& library, const Lefts& left);

/// The rows whose customers the move from the end of one day to that of a later one can move in or
/// out, whatever else they bought or did. Only for rules that are neither daily nor ranking.
std::vector<RowDays> moved_by(const Reach& reach, Date before, Date now);

}  // namespace huitou::segments
