#pragma once

// From a source to the spool: page by page, trying again where the source is not available.

#include <string>
#include <vector>

#include "sync/definitions.h"
#include "sync/spool.h"

namespace huitou::sync {

/// Seconds before try `tries` + 1: doubled each time, at most a minute, spread by `chance`.
double backoff(int tries, double chance);

struct Pulled {
  Spool spool;
  std::vector<connectors::SourceColumn> columns;
  bool resumed = false;
};

/// Reads to the end of the run. `tries` counts what had to be tried again. Errors: those of the
/// connector, once trying again did not help; conflict if cancelled. What was read stays.
Result<Pulled> pull(Place& place, const Kept& kept, int& tries, const Progress& progress);

}  // namespace huitou::sync
