#pragma once

// Pages of a source as loading wants them.

#include <string>
#include <vector>

#include "ingest/ingest.h"
#include "sync/pull.h"

namespace huitou::sync {

ingest::LoadOptions load_options(const Place& place, const Source& source);
std::vector<std::string> names_of(const std::vector<connectors::SourceColumn>& columns);
/// Errors: those of `fitting` where there is a mapping.
Result<ingest::RowsSource> rows_of(const std::string& source, const std::string& mapping,
                                   const Pulled& pulled);

}  // namespace huitou::sync
