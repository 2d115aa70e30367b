#pragma once

// The parts of an .xlsx around its sheets: which sheets there are, styles, shared strings.

#include <string>
#include <vector>

#include "base/result.h"
#include "ingest/formats/archive.h"
#include "ingest/formats/cells.h"

namespace huitou::ingest {

/// Texts that the cells of a workbook share are kept in memory, at most so many bytes.
inline constexpr std::uint64_t kMaxSharedBytes = 512ULL << 20;

struct SheetEntry {
  std::string name;   ///< as people see it
  std::string entry;  ///< in the archive
  bool hidden = false;
};

struct Workbook {
  std::vector<SheetEntry> sheets;  ///< tables only, in their order
  CellContext cells;               ///< `shared` is filled by `read_shared`
  std::string shared_entry;        ///< empty if there are no shared strings
};

/// Errors: invalid_input (damaged, without sheets), limit_reached.
Result<Workbook> read_workbook(const Archive& archive, const std::string& path);

/// Reads the shared strings; the same errors.
Status read_shared(const Archive& archive, const std::string& path, Workbook& workbook);

/// "<file> is damaged: its <part> ..."
Error damaged_workbook(const std::string& path, std::string_view part);

}  // namespace huitou::ingest
