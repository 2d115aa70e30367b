#pragma once

// Rows that were deleted at the source: no reading of what changed brings them. The keys of the
// whole table are read and compared with the rows that the source brought.

#include <optional>

#include "sync/definitions.h"
#include "sync/sync.h"

namespace huitou::sync {

/// Settings that say what becomes of deleted rows; they do not decide which rows a source gives.
bool is_about_deletes(std::string_view setting);

struct Compared {
  bool done = false;  ///< the keys were read
  std::int64_t removed = 0;
  std::vector<Note> notes;
  std::vector<Note> alerts;
};

/// Compares if it is asked for or, by the source's settings, due. Rows that cannot be taken away
/// are a note. Errors: those of the connector and of ingest::remove_gone; conflict where another
/// source brings the same table under the same system.
Result<Compared> compare_deletes(Place& place, const Kept& kept, const SyncOptions& options,
                                 const Progress& progress);

}  // namespace huitou::sync
