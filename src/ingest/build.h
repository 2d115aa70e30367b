#pragma once

// From staged rows to complete new partitions, inside the engine. Work is cut into slices of
// months, so that memory depends on the largest month and not on the file.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/progress.h"
#include "engine/engine.h"
#include "ingest/journal.h"
#include "ingest/mapping.h"
#include "ingest/rules.h"
#include "schema/schema.h"

namespace huitou::ingest {

/// One embedded statement with its fragments filled in, ready to run.
Result<engine::Query> statement(std::string_view file, const engine::Params& params = {},
                                const schema::Fragments& fragments = {});

struct BuildOptions {
  Table table = Table::orders;
  std::string source;
  bool has_order_key = true;
  bool has_line_key = false;
  std::uint64_t waiting_rows = 0;  ///< in load_rows
};

struct Built {
  CommitPlan plan;
  std::uint64_t orders = 0;
  std::uint64_t lines = 0;
  std::uint64_t customers = 0;
  std::uint64_t replaced = 0;  ///< rows that were there before and are not any more
};

/// Adds to load_orders and load_order_lines what waits in load_rows and what is there already, and
/// says which partitions are to be swapped. Adds findings about repeated and disagreeing rows.
Result<Built> build(engine::Engine& engine, const BuildOptions& options, Findings& findings,
                    const Progress& progress);

}  // namespace huitou::ingest
