#pragma once

// The book of lists that left the house: who took which customers, when, for which channel.

#include <cstdint>
#include <string>

#include "base/frame.h"
#include "base/result.h"
#include "store/store.h"

namespace huitou::segments {

/// A list on its way out.
struct ListExport {
  std::string name;  ///< the segment, or its rule
  std::string rule;
  std::string channel;
  std::string by;
  std::string file;
  std::string columns;
  std::int64_t asked_at = 0;  ///< the instant of the rule
  std::int64_t now = 0;
};
/// How many fitted, and why some are not in the file.
struct ListCounts {
  std::int64_t fitting = 0;
  std::int64_t written = 0;
  std::int64_t without_consent = 0;
  std::int64_t without_address = 0;
};

/// Notes that a list is about to be written, before a byte of it is; gives the entry's number.
Result<std::int64_t> begin_export(store::Store& store, const ListExport& list);
/// Notes that it is written.
Status finish_export(store::Store& store, std::int64_t entry, const ListCounts& counts);
/// entry, exported_at (time), by, name, rule, channel, state (begun, done), customers,
/// without_consent, without_address, columns, file; the newest first.
Result<Frame> list_exports(store::Store& store);

}  // namespace huitou::segments
