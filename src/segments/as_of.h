#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/date.h"
#include "base/result.h"

namespace huitou::segments {

/// An instant in the shop's time zone. Nothing of it or later is read.
struct AsOf {
  Date end;                 ///< the day after the last one that counts
  std::int64_t second = 0;  ///< UTC; of the last day only what is earlier counts
  bool within_day = false;  ///< the last day is not over: `second` lies inside it
};

/// The members of a saved segment as its refreshes left them with all days up to `day` counted.
struct KeptAt {
  std::string segment;
  Date day;
};

/// The beginning of the day.
AsOf as_of_day(Date day, std::string_view time_zone);
/// `2025-06-30` is the beginning of that day; `2025-06-30 18:00` an instant of it. Errors:
/// invalid_input.
Result<AsOf> parse_as_of(std::string_view text, std::string_view time_zone);

}  // namespace huitou::segments
