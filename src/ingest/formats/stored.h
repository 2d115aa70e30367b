#pragma once

// Numbers, days and instants as they lie in a file that has types, as text.

#include <cstddef>
#include <cstdint>

namespace huitou::ingest {

/// A decimal is a whole number of the last of its digits: at most so many stand behind the point.
inline constexpr int kMostScale = 18;
/// No text of these is longer.
inline constexpr std::size_t kMostStoredText = 32;

/// Each writes at `to` and gives the end of what it wrote.

/// With all `scale` digits: -5 of scale 2 is `-0.05`.
char* write_decimal(std::int64_t value, int scale, char* to);
/// `2025-01-31`. Days that are no calendar's become one far away from it.
char* write_day(std::int64_t days_since_1970, char* to);
/// `2025-01-31 10:00:00.25` of parts of a second, `scale` digits, without zeros at the end.
char* write_instant(std::int64_t parts_since_1970, int scale, char* to);

}  // namespace huitou::ingest
