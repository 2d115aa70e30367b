#pragma once

// What the last refresh of all segments knew of the data: the names of its parts, of which of them
// it kept the prints of every account, and which rules it asked.

#include <cstdint>
#include <map>
#include <set>
#include <string>

#include "segments/as_of.h"
#include "segments/facts.h"
#include "store/store.h"

namespace huitou::segments {

/// A source and the month of its rows (0 where it is not kept by month) as one number.
using PartId = std::int64_t;
inline constexpr PartId kPartsOfSource = 1'000'000;
/// The joining of accounts is a part too; rows that days move get a number that is none.
inline constexpr PartId kLinksPart = static_cast<PartId>(kSources) * kPartsOfSource;
inline constexpr PartId kDaysPart = kLinksPart + kPartsOfSource;

struct SeenPart {
  std::string held;      ///< its name, as the engine gave it
  bool printed = false;  ///< its prints are kept
};

struct SeenSource {
  std::set<std::string> columns;  ///< that its prints are made of
  std::int64_t since = 0;         ///< prints of earlier runs do not count
};

struct Seen {
  std::int64_t run = 0;  ///< 0: nothing is known
  AsOf as_of{};
  std::int64_t prints = 0;  ///< kept when they were begun
  std::map<PartId, SeenPart> parts;
  std::map<Source, SeenSource> sources;
  std::map<std::string, std::string> rules;  ///< by segment, what was asked
};

Result<Seen> read_seen(store::Store& store);
/// Inside the transaction that ends the run.
Status write_seen(store::Store& in, const Seen& seen);
/// The next refresh asks everybody.
Status forget_seen(store::Store& store);

}  // namespace huitou::segments
