#pragma once

// Sets of saved segments put together without reading the data: and, or, not of members as the last
// refresh left them.
//
// A segment's members are made into a set (a Roaring bitmap) when they are first asked for, from
// its moves, and kept in the store; a refresh puts its own moves into the sets that are kept, in
// the transaction that ends it. So a set is what the moves say, or it is not there.

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "segments/moves.h"
#include "segments/rule.h"
#include "segments/segments.h"

namespace huitou::segments {

/// Sets that a refresh moved somebody into or out of, as they are after it, as bytes; nothing for
/// one that is to be made anew.
using MovedSets = std::map<std::string, std::optional<std::string>, std::less<>>;
/// Before the run ends. `moves`: what it moved, by segment.
Result<MovedSets> moved_sets(engine::Engine& engine, store::Store& store, std::int64_t id,
                             const std::vector<Refreshed>& moves);
/// Inside the transaction that ends the run.
Status write_sets(store::Store& in, const MovedSets& sets);

/// Of a segment that is removed.
Status forget_set(store::Store& in, const std::string& name);

/// Whether a run has noted how many customers there are.
Result<bool> known_is_noted(store::Store& store);
/// How many customers there are at the instant, whatever they do.
Result<std::int64_t> known_customers(engine::Engine& engine, const RunAt& run,
                                     const Library& library);
/// Inside the transaction that ends the run.
Status write_known(store::Store& in, std::int64_t customers);

}  // namespace huitou::segments
