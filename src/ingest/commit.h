#pragma once

// The second half of a load: complete new partitions are swapped in. Every step can be done again,
// so that a killed commit is carried on from its beginning.

#include "engine/engine.h"
#include "ingest/journal.h"
#include "ingest/rules.h"

namespace huitou::ingest {

Status apply(engine::Engine& engine, const CommitPlan& plan);

struct FindingsOf {
  std::uint64_t load_id = 0;
  std::int64_t now = 0;
  std::string source;
  std::string file;
};
/// How often each rule was met.
std::vector<RuleCount> rule_counts(const Findings& findings);
/// Appends the kept findings. Those of a load that never happens are never shown.
Status write_findings(engine::Engine& engine, const FindingsOf& of, const Findings& findings);

}  // namespace huitou::ingest
