#pragma once

// A process that is killed in the middle of REPLACE PARTITION may leave the old rows beside the new
// ones. So each swap is noted beside the engine's directory before it begins, and done again from
// its staging table, which is still there, when the engine is opened next.

#include <string>
#include <vector>

#include "base/result.h"

namespace huitou::engine {

struct Swap {
  std::string table;
  std::string staging;
  std::vector<std::string> partitions;
};

/// `path` is the engine's directory. Errors: unavailable if the note cannot be written.
Status note_swap(const std::string& path, const Swap& swap);
void forget_swap(const std::string& path, const Swap& swap);
/// Swaps that were begun and not ended. A note that was not written to its end counts as none: its
/// swap had not begun.
std::vector<Swap> noted_swaps(const std::string& path);

}  // namespace huitou::engine
