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

/// A file with its mapping, ready to be loaded.
struct SourceFile {
  FileInfo info;
  Mapping mapping;
  std::string mapping_path;
  bool mapping_is_guess = false;
};

struct StageOptions {
  ConvertOptions convert;
  std::string source;
  int threads = 2;
  bool dry_run = false;  ///< write nothing
};

struct Staged {
  Findings findings;
  std::uint64_t rows_read = 0;
  std::uint64_t rows = 0;  ///< in the staging tables
  std::uint64_t new_customers = 0;
  bool met_products = false;
  bool met_stores = false;
  std::optional<Date> first_day;
  std::optional<Date> last_day;
};

/// Reads the whole file. Errors: those of reading and of the engine; conflict if cancelled.
Result<Staged> stage(engine::Engine& engine, const SourceFile& file, const StageOptions& options,
                     Identities& identities, const Progress& progress);

}  // namespace huitou::ingest
