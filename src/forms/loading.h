#pragma once

// Rows of our own making, loaded as those of a file are.

#include <string_view>
#include <vector>

#include "forms/settle.h"

namespace huitou::forms {

struct TableLoad {
  std::string_view table;
  std::string source;
  const std::vector<TableRow>& rows;
  bool complete = false;  ///< the source has no others
};
/// Errors: those of loading.
Status load_table(Desk& desk, const TableLoad& load);

/// "12.50" of minor units.
std::string money_text(std::int64_t minor);

}  // namespace huitou::forms
