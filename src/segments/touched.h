#pragma once

// Who can have moved since the last refresh of all segments.
//
// The refresh does not ask who changed the data, it looks: of the parts of the data (a month of a
// table, or a table that is not kept by month) that the engine says are not what they were, it
// makes a print of each account's rows and compares it with the one it kept. Whoever has another
// print is touched: an event that came late, one that found its person, a corrected order and a
// deleted row are all the same to it. What accounts are joined to is a part as well; it touches
// the person of before and the person of now.
//
// Prints are made only where data is wont to change: of the last two months, and of any month once
// it has changed. Where a part changed of which there are no prints, nobody knows who was touched,
// and the rules that read its source are asked of everybody. Days move people without new data:
// each condition that they move looks at rows of certain days (reach.h).
//
// `segment_prints` is only added to; what a run wrote counts when the store has noted the run.

#include <cstdint>
#include <set>

#include "segments/reach.h"
#include "segments/seen.h"
#include "segments/segments.h"

namespace huitou::segments {

/// What the rules of a refresh look at together.
struct LookedAt {
  std::map<Source, std::set<std::string>> columns;
  std::vector<RowDays> days;  ///< that moved since
};

/// By number of the source; `kSources` is the joining of accounts.
struct Found {
  std::set<std::int64_t> changed;  ///< sources with rows of known accounts that changed
  std::set<std::int64_t> unknown;  ///< sources that changed nobody knows how
  std::int64_t touched = 0;        ///< persons, in the table segment_touched
  std::int64_t customers = 0;      ///< that there are, for comparison; 0 where nobody is touched
  Seen now;                        ///< to be noted when the run ends
};

/// Cost: of each part that changed, a pass over the columns that rules read.
class TouchedFinder {
 public:
  struct Run {
    const RunAt& at;
    const Library& library;
    std::int64_t id = 0;
  };
  TouchedFinder(engine::Engine& engine, store::Store& store, const Run& run)
      : engine_(engine), store_(store), run_(run) {}

  /// What was seen last; nothing where the prints that it speaks of are not there.
  Result<Seen> before();
  Result<Found> find(const Seen& before, const LookedAt& look);

 private:
  /// Parts to compare with their prints, and parts to make prints of.
  struct Parts {
    std::vector<PartId> compare;
    std::vector<PartId> print;
  };

  Status name_parts(std::int64_t source, Seen& now);
  void sort_parts(const Seen& before, std::int64_t source, Found& found, Parts& parts) const;
  void begin_anew(std::int64_t source, Found& found, Parts& parts) const;
  Status compare(const Parts& parts, const LookedAt& look, Found& found);
  Status move_by_days(const std::vector<RowDays>& days);
  Status count_touched(Found& found);
  Result<std::string> text_of_part(PartId part, const Seen& now, engine::Params& params) const;
  Result<std::string> texts_of(const std::vector<PartId>& parts, const Seen& now,
                               engine::Params& params) const;
  Result<engine::Query> statement(const char* name,
                                  const std::vector<std::pair<std::string, std::string>>& parts,
                                  engine::Params params = {}) const;
  Status make(const char* name, std::vector<engine::TableColumn> columns);

  engine::Engine& engine_;
  store::Store& store_;
  Run run_;
};

}  // namespace huitou::segments
