#pragma once

// One pass of a run over the data: the moves of some segments.

#include <map>
#include <string>
#include <vector>

#include "segments/moves.h"
#include "segments/segments.h"

namespace huitou::segments {

/// Names, versions and rules that are asked together.
struct Asked {
  engine::TextList names;
  engine::IntegerList versions;
  std::vector<Rule> rules;
};

/// Appends who came and went of some segments. A rule that is broken gives its problem and moves
/// nobody.
class Pass {
 public:
  Pass(engine::Engine& engine, const RunAt& run, const Library& library, std::int64_t id)
      : engine_(engine), run_(run), library_(library), id_(id) {}

  /// `touched`: only those in the table of touched customers are asked, and the others stay where
  /// they are. Gives the problems by name. As many queries as keep their texts short enough.
  Result<std::map<std::string, Error>> write(const Asked& asked, bool touched = false);

 private:
  Status write_some(const Asked& asked, bool touched, std::map<std::string, Error>& problems);

  engine::Engine& engine_;
  const RunAt& run_;
  const Library& library_;
  std::int64_t id_;
};

/// Members of some segments, and who came and went with the run.
Result<std::map<std::string, Refreshed>> membership(engine::Engine& engine, const RunAt& run,
                                                    const engine::TextList& names,
                                                    const engine::IntegerList& void_moves,
                                                    std::int64_t id);

/// Who came and went with the run, by segment.
Result<std::map<std::string, Refreshed>> moves_of(engine::Engine& engine, const RunAt& run,
                                                  std::int64_t id);

/// Notes what a run left of a segment.
Status note(store::Store& in, const RunAt& run, std::int64_t id, const Refreshed& one);

}  // namespace huitou::segments
