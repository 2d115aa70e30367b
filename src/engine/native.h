#pragma once

// ClickHouse's Native format: a block is a count of columns and rows, then each column with its
// name, its type and its values end to end. The same bytes serve both engines, both ways.
// `native_block` and `read_native` are declared in engine.h.

#include <string>
#include <string_view>

#include "base/frame.h"
#include "base/result.h"

namespace huitou::engine {

/// An empty column for values of this engine type: the frame's header of a result without rows.
/// Errors: engine_failed for a type that is not read.
Result<Column> column_for(std::string name, std::string_view type);

}  // namespace huitou::engine
