#pragma once

// Local calendar times to UTC seconds and back, fast enough for every row of a file.

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/result.h"
#include "ingest/values.h"

namespace huitou::ingest {

/// One time zone. Not thread-safe: it remembers the offset of each day.
class LocalTime {
 public:
  /// Errors: invalid_input for a time zone that is not known.
  static Result<LocalTime> open(const std::string& time_zone);
  LocalTime(LocalTime&&) noexcept;
  LocalTime& operator=(LocalTime&&) noexcept;
  ~LocalTime();

  /// An instant and the local day it falls on. Of a time that the clock shows twice the first is
  /// taken; one that it skips is moved forward. A moment with an offset of its own is turned into
  /// local time.
  struct Instant {
    std::int64_t utc = 0;
    Date local_day;
  };
  Instant instant(const Moment& moment);

 private:
  struct Zone;
  explicit LocalTime(std::unique_ptr<Zone> zone);
  std::int64_t utc_of(Date day, std::int32_t seconds);
  std::unique_ptr<Zone> zone_;
};

}  // namespace huitou::ingest
