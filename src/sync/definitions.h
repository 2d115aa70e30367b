#pragma once

// Sources as the store keeps them.

#include <optional>
#include <string>
#include <vector>

#include "sync/sync.h"

namespace huitou::sync {

/// A source with what its runs left behind.
struct Kept {
  Source source;
  std::string obeyed;  ///< the mapping of the last load with every format written out
  std::string cursor;  ///< where the next run begins; empty: at the beginning
  std::vector<connectors::SourceColumn> columns;  ///< of the last run that was done
};

/// Creates the tables that are missing.
Status ensure(store::Store& store);
Result<Kept> kept(store::Store& store, const std::string& name);
/// What a run leaves behind, once the load of everything before its cursor is in.
Status settle(store::Store& store, const Kept& after);

/// Errors: invalid_input with the kinds there are.
Result<Kind> kind_of(std::string_view name);
/// Everything that decides which rows a source gives.
std::string identity_of(const Source& source);
Error no_source(const std::string& name, const std::vector<Source>& all);

std::string columns_json(const std::vector<connectors::SourceColumn>& columns);
std::vector<connectors::SourceColumn> parse_columns(const std::string& json);

/// HOME/spool/NAME
std::string spool_folder(const Place& place, const std::string& name);

}  // namespace huitou::sync
