#pragma once

// Excel workbooks (.xlsx) as rows of text. The sheet that looks like the table is read: the one
// with the most filled cells among those that are not hidden, unless a person names another.

#include <memory>
#include <string>

#include "base/result.h"
#include "ingest/formats/archive.h"
#include "ingest/table.h"

namespace huitou::ingest {

/// Is this archive an .xlsx workbook?
bool is_workbook(const Archive& archive);

/// Errors: invalid_input (damaged, protected, no table in it), not_found (no such sheet; the hint
/// names those there are), limit_reached.
Result<FileInfo> inspect_workbook(const std::string& path, const ReadOptions& options);

Result<std::unique_ptr<RowReader>> open_workbook(const FileInfo& info);

}  // namespace huitou::ingest
