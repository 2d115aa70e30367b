#pragma once

// JSON Lines (.jsonl, .ndjson): an object a line. Members of nested objects become columns with
// dotted names (`buyer.phone`); lists are not read. The columns are those of the first kSampleRows
// lines, in the order in which they are met.

#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"
#include "ingest/table.h"

namespace huitou::ingest {

/// By the name of the file, or because its first line is a whole JSON object.
bool looks_like_json_lines(const std::string& path, std::string_view head);

/// Errors: invalid_input (no objects in the first lines, a broken .gz), limit_reached.
Result<FileInfo> inspect_json_lines(const std::string& path);

Result<std::unique_ptr<RowReader>> open_json_lines(const FileInfo& info);

}  // namespace huitou::ingest
