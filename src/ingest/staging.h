#pragma once

// The first half of a load: a file's rows, read and converted, into the staging tables; and what
// was learned on the way.

#include <cstdint>

#include "base/progress.h"
#include "engine/engine.h"
#include "ingest/canonical.h"
#include "ingest/entities.h"
#include "ingest/identity.h"
#include "ingest/ingest.h"
#include "ingest/mapping.h"
#include "ingest/rules.h"

namespace huitou::ingest {

/// A file, or other rows, with its mapping, ready to be loaded.
struct SourceFile {
  FileInfo info;
  OpenRows open;
  Mapping mapping;
  std::string mapping_path;
  bool mapping_is_guess = false;
  std::vector<Problem> problems = {};  ///< of a mapping that is being written
};

struct StageOptions {
  ConvertOptions convert;
  std::string source;
  int threads = 2;
  bool dry_run = false;  ///< write nothing
  /// What an earlier pass found; null in the first.
  const OddKeys* odd = nullptr;
};

struct Staged {
  Findings findings;
  std::uint64_t rows_read = 0;
  std::uint64_t rows = 0;     ///< in the staging tables
  std::uint64_t waiting = 0;  ///< of these, in load_rows: their orders are still to be made
  std::uint64_t new_customers = 0;
  bool met_products = false;
  bool met_stores = false;
  std::optional<Date> first_day;
  std::optional<Date> last_day;
  /// Found in the first pass. If there are any, orders were made too early: what was staged is of
  /// no use, and another pass is needed that knows them.
  OddKeys odd;
};

/// Reads the whole file. Errors: those of reading and of the engine; conflict if cancelled, or if
/// the file is not what it was in the first pass.
Result<Staged> stage(engine::Engine& engine, const SourceFile& file, const StageOptions& options,
                     Identities& identities, const Progress& progress);

}  // namespace huitou::ingest
