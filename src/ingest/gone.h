#pragma once

// Rows that are no longer at their source. Part of the door, see ingest.h.

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/progress.h"
#include "base/result.h"
#include "engine/engine.h"
#include "store/store.h"

namespace huitou::ingest {

/// The field whose values name the rows of a mapping's table that can be taken away again: of
/// orders, lines (whole orders), tickets and surveys. Empty for other tables: customers, products
/// and stores stay, as history names them, and events are only added to.
std::string_view removable_key(std::string_view table);

struct GoneOptions {
  std::string path;       ///< names the rows in the journal and in findings
  std::string table;      ///< of the mapping
  std::string source;     ///< whose rows are compared
  int most_percent = 10;  ///< of the rows that are here; if more are gone, nothing is taken away
  std::int64_t now = 0;
};

/// Up to so many rows may be gone whatever share that is, unless all are.
inline constexpr std::int64_t kFewGone = 20;

struct Gone {
  std::int64_t here = 0;     ///< rows of the source before
  std::int64_t present = 0;  ///< keys that the source has
  std::int64_t gone = 0;     ///< of those here
  bool removed = false;      ///< false with `gone` > 0: too many, nothing was changed
};

/// Some of the keys that the source has now, as written there; false after the last.
using KeyPages = std::function<Result<bool>(std::vector<std::string>& keys)>;

/// Takes away the rows of a source that it does not have any more, orders with their lines and also
/// under quarantine: all or nothing, as a load of its own with a finding for each (rule
/// `gone_at_source`). Errors: those of `keys`, the engine and the store; conflict if cancelled or
/// while a load runs.
Result<Gone> remove_gone(engine::Engine& engine, store::Store& store, const GoneOptions& options,
                         const KeyPages& keys, const Progress& progress = {});

}  // namespace huitou::ingest
