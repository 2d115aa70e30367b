#pragma once

// Several threads read and convert the blocks of a source; the caller gets them one by one, in
// order.

#include <functional>
#include <vector>

#include "base/progress.h"
#include "ingest/canonical.h"
#include "ingest/table.h"

namespace huitou::ingest {

/// A block with its text, which the views of `converted` point into.
struct PipelineBlock {
  RawBlock raw;
  Converted converted;
};

/// What a worker does with a block that is cut into rows.
using BlockWork = std::function<void(PipelineBlock&)>;

/// Calls `take` for each block in the order of the rows, from the caller's thread, after one of the
/// workers has worked on it; each is a thread. Ends with the first error: of reading, of `take`, or
/// conflict if `progress` says cancelled.
Status run_pipeline(RowReader& reader, const std::vector<BlockWork>& workers, const Words& stage,
                    const Progress& progress, const std::function<Status(PipelineBlock&)>& take);

/// Workers that convert rows.
Result<std::vector<BlockWork>> converting_workers(const FileInfo& info, const Mapping& mapping,
                                                  const ConvertOptions& options, int threads);

}  // namespace huitou::ingest
