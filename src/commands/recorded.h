#pragma once

// The queries that an analysis asks, as it asked them: what its lineage is read from.

#include <string>
#include <vector>

#include "analyses/analyses.h"
#include "commands/command.h"

namespace huitou::commands {

/// Texts of the queries that answer the analysis with its default arguments, each once. They are
/// asked once for each version of the program and then kept. Empty if the shop has not enough data
/// for an answer. Errors: those of the analysis and the store.
Result<std::vector<std::string>> recorded_queries(const Call& call,
                                                  const analyses::Analysis& analysis);

}  // namespace huitou::commands
