#pragma once

// Memberships with their history: who came into a saved segment and left it, and when. The engine's
// table `segment_moves` is only added to. A run counts once the store has noted it as done; one
// that was killed is as if it had never been.

#include <optional>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/frame.h"
#include "base/result.h"
#include "engine/engine.h"
#include "segments/as_of.h"
#include "segments/person.h"
#include "store/store.h"

namespace huitou::segments {

struct Segment;

/// What all runs are asked with.
struct RunAt {
  AsOf as_of;
  engine::IntegerList void_runs{};  ///< of joining accounts, that do not count
  engine::Limits limits{};
  std::int64_t now = 0;  ///< UTC seconds
};

/// Whom a refresh asked.
enum class How {
  nothing,  ///< nobody: nothing that the rule looks at has changed
  touched,  ///< those of whom anything changed, or whom the passing days can move
  whole,    ///< everybody
};

/// What a run found of a segment. `problem`: it is broken, and its members stay as they were.
struct Refreshed {
  std::string name;
  std::int64_t version = 0;
  std::int64_t customers = 0;
  std::int64_t came = 0;
  std::int64_t went = 0;
  bool frozen = false;
  std::optional<Error> problem;
  How how = How::nothing;
  std::int64_t asked = 0;  ///< customers, where only those who were touched
};

/// Asks the rules of all saved segments, or of one, and appends who came and went since the last
/// run. Doing it again appends nothing. Frozen ones stay as they are. Asked for all, it asks only
/// the customers of whom anything changed since the last time (touched.h) where it can know them;
/// one segment is asked of everybody. Costs a pass over the tables that the rules ask for each 32
/// segments that are asked of everybody, and one for the others. Errors: not_found of the name;
/// conflict where it names a frozen one or where the instant lies before that of the last run.
Result<std::vector<Refreshed>> refresh(engine::Engine& engine, store::Store& store,
                                       const RunAt& run, const std::optional<std::string>& name);

/// Keeps who is in a segment at this instant under a new name, for ever. Errors: not_found;
/// conflict if the new name is taken; those of the rule.
struct Freeze {
  std::string name;
  std::string as;
  std::string description;
  std::string owner;
};
Result<Refreshed> freeze(engine::Engine& engine, store::Store& store, const RunAt& run,
                         const Freeze& freeze);

/// Of a frozen segment: which version of which segment, and the last day that counted.
struct Frozen {
  std::string of_name;
  std::int64_t of_version = 0;
  Date day;
  std::int64_t frozen_at = 0;
};
Result<std::optional<Frozen>> frozen(store::Store& store, const std::string& name);

/// Members as the last run left them, ascending.
Result<std::vector<std::int64_t>> kept_members(engine::Engine& engine, store::Store& store,
                                               const std::string& name);

/// How many the last refresh left in it; none before the first.
Result<std::optional<std::int64_t>> kept_count(store::Store& store, const std::string& name);

/// A stay of a person in a segment, in the order of names and time: the last day that counted when
/// she came and when she left.
struct Stay {
  std::string segment;
  std::int64_t version = 0;
  Date came_on;
  std::optional<Date> left_on;
  bool removed = false;  ///< the segment is no more
};
Result<std::vector<Stay>> history(engine::Engine& engine, store::Store& store,
                                  const Person& person);

/// A day a row, oldest first: day (date), came, went, customers (after it). Errors: not_found.
Result<Frame> moves(engine::Engine& engine, store::Store& store, const std::string& name);

/// The latest instant of a refresh that counts; none before the first.
Result<std::optional<AsOf>> last_instant(store::Store& store);

/// Whether a refresh is due: something was loaded, a segment saved, or the hour has changed since
/// the last one. `data` grows with every load. Nothing is due where no segment is saved.
Result<bool> refresh_is_due(store::Store& store, const std::string& data, std::int64_t now);
/// Notes that the memberships of this state of the data are seen to.
Status note_refreshed(store::Store& store, const std::string& data, std::int64_t now);

}  // namespace huitou::segments
