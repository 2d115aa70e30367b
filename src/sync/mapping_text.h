#pragma once

// What a mapping written as YAML asks of a source's columns. Pure.

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace huitou::sync {

struct MappedColumn {
  std::string column;
  std::string field;
};
struct MappingText {
  std::string table;
  std::vector<MappedColumn> columns;
};
/// Errors: invalid_input where it is no mapping.
Result<MappingText> read_mapping(const std::string& yaml);

/// The mapping without the columns that are not used and that the source no longer has. Errors:
/// invalid_input naming the used columns that are gone.
Result<std::string> fitting(const std::string& yaml, const std::vector<std::string>& columns,
                            std::string_view source);

/// Pages may bring a row twice, so every row must be known by a key of its own. Errors:
/// invalid_input where orders have no order_key or lines no line_number.
Status check_keys(const MappingText& mapping, std::string_view source);

}  // namespace huitou::sync
