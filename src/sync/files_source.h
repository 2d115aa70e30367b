#pragma once

// The kind `files`: every new or changed file of a folder or pattern, each loaded as one load, in
// the order of their paths.

#include <string>
#include <vector>

#include "ingest/ingest.h"
#include "sync/definitions.h"

namespace huitou::sync {

inline constexpr std::size_t kMostFiles = 100'000;
/// Files of one run that are named because they could not be loaded; the others are counted.
inline constexpr std::size_t kNamedFiles = 20;

Kind files_kind();
Status check_files(const connectors::Settings& settings);
/// The files there are now. Errors: not_found where a named path is not there; limit_reached.
Result<std::vector<std::string>> files_of(const connectors::Settings& settings);

/// Loads what is new or changed and adds up into `run`. Those that cannot be loaded do not keep the
/// others out; the run has then failed, with an error that names them. Errors: those of the store,
/// and conflict if cancelled.
Status sync_files(Place& place, const Kept& kept, const ingest::LoadOptions& options, Run& run,
                  const Progress& progress);

}  // namespace huitou::sync
