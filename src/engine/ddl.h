#pragma once

// The parts of statements about tables that both engines share.

#include <string>
#include <string_view>
#include <vector>

#include "engine/engine.h"

namespace huitou::engine {

/// Errors: invalid_input unless the name is letters, digits and underscores and does not begin with
/// a digit: only such names go into statements as they are.
Status check_name(std::string_view name);

/// Errors: invalid_input unless the value is digits (of toYYYYMM or the like), or `all`, the one
/// partition of a table without partitions.
Status check_partition(std::string_view value);

/// `a UInt8, b Nullable(String)`. Errors: invalid_input for a bad name or a type not in engine.h.
Result<std::string> column_definitions(const std::vector<TableColumn>& columns);

/// `a, b`. Errors: invalid_input for a bad name.
Result<std::string> column_names(const std::vector<TableColumn>& columns);

/// From rows of `table`, `name`, `type`, the columns of a table in their order.
TableColumns columns_by_table(const Frame& rows);

/// A query for what the parts of a table are called, a row a partition. In a table that was emptied
/// or made anew a name may come again: `and_what` is an expression that tells such parts apart.
struct PartsAsk {
  std::string database;  ///< as an expression
  std::string table;
  std::string and_what;
};
Query parts_query(const PartsAsk& ask);
/// Its answer.
PartitionNames read_parts(const Frame& frame);

}  // namespace huitou::engine
