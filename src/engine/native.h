#pragma once

// ClickHouse's Native format: a block is a count of columns and rows, then each column with its
// name, its type and its values end to end. The same bytes serve both engines, both ways.
// `native_block` and `read_native` are declared in engine.h.

#include <optional>
#include <string>
#include <string_view>

#include "base/frame.h"
#include "base/result.h"

namespace huitou::engine {

/// How a value lies on the wire.
enum class Kind { u8, u16, u32, u64, i8, i16, i32, i64, f32, f64, text, date, time };

struct NativeType {
  Kind kind;
  bool nullable = false;
};

/// nullopt for a type that we neither read nor write. `DateTime('UTC')`, `Bool` and `Nothing` are
/// read.
std::optional<NativeType> parse_native_type(std::string_view name);
ColumnType column_type(Kind kind);

/// Appends the first block in `bytes` to `frame` and tells how many bytes it takes.
/// Errors: engine_failed if it is cut or unreadable.
Result<std::size_t> read_native_block(std::string_view bytes, Frame& frame);

/// An empty column for values of this engine type: the frame's header of a result without rows.
/// Errors: engine_failed for a type that is not read.
Result<Column> column_for(std::string name, std::string_view type);

}  // namespace huitou::engine
