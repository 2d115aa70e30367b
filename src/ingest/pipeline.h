#pragma once

// Several threads read and convert the blocks of a file; the caller gets them one by one, in order.

#include <functional>

#include "base/progress.h"
#include "ingest/canonical.h"
#include "ingest/table.h"

namespace huitou::ingest {

struct PipelineOptions {
  int threads = 2;
  /// Blocks that may wait for the caller: the bound of memory, about 10 MB a block.
  std::size_t waiting = 6;
};

/// A block with its text, which the views of `converted` point into.
struct PipelineBlock {
  RawBlock raw;
  Converted converted;
};

/// Calls `take` for each block in the order of the file, from the caller's thread. Ends with the
/// first error: of reading, of `take`, or conflict if `progress` says cancelled.
Status run_pipeline(const FileInfo& info, const Mapping& mapping, const ConvertOptions& convert,
                    const PipelineOptions& options, const Progress& progress,
                    const std::function<Status(PipelineBlock&)>& take);

}  // namespace huitou::ingest
