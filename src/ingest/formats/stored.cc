#include "ingest/formats/stored.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdlib>
#include <cstring>

#include "base/date.h"

namespace huitou::ingest {
namespace {

constexpr std::int64_t kSecondsOfDay = 24 * 60 * 60;
// Beyond the years 1 to 9999, and not beyond what can be computed.
constexpr std::int64_t kFirstDay = -3'000'000;
constexpr std::int64_t kLastDay = 5'000'000;

constexpr std::array<std::uint64_t, kMostScale + 1> kPowers = [] {
  std::array<std::uint64_t, kMostScale + 1> powers{1};
  for (std::size_t i = 1; i < powers.size(); ++i) {
    powers[i] = powers[i - 1] * 10;
  }
  return powers;
}();

char* write_digits(std::uint64_t value, int digits, char* to) {
  for (char* at = to + digits; at != to; value /= 10) {
    *--at = static_cast<char>('0' + value % 10);
  }
  return to + digits;
}

char* write_clock(std::uint64_t seconds, char* to) {
  to = write_digits(seconds / 3600, 2, to);
  *to++ = ':';
  to = write_digits(seconds / 60 % 60, 2, to);
  *to++ = ':';
  return write_digits(seconds % 60, 2, to);
}

}  // namespace

char* write_decimal(std::int64_t value, int scale, char* to) {
  auto whole = static_cast<std::uint64_t>(value);
  if (value < 0) {
    *to++ = '-';
    whole = 0 - whole;
  }
  const std::size_t behind = static_cast<std::size_t>(scale);
  char* end = std::to_chars(to, to + kMostStoredText, whole).ptr;
  if (const auto digits = static_cast<std::size_t>(end - to); digits <= behind) {
    const std::size_t zeros = behind + 1 - digits;  // 5 of scale 2 is 005
    std::memmove(to + zeros, to, digits);
    std::memset(to, '0', zeros);
    end += zeros;
  }
  if (behind > 0) {
    std::memmove(end - behind + 1, end - behind, behind);
    *(end++ - behind) = '.';
  }
  return end;
}

char* write_day(std::int64_t days_since_1970, char* to) {
  const std::int64_t days = std::clamp(days_since_1970, kFirstDay, kLastDay);
  const Ymd ymd = ymd_of(Date{static_cast<std::int32_t>(days)});
  if (ymd.year < 0) {
    *to++ = '-';
  }
  const auto year = static_cast<std::uint64_t>(std::abs(ymd.year));
  to = write_digits(year, year > 9999 ? 5 : 4, to);
  *to++ = '-';
  to = write_digits(static_cast<std::uint64_t>(ymd.month), 2, to);
  *to++ = '-';
  return write_digits(static_cast<std::uint64_t>(ymd.day), 2, to);
}

char* write_instant(std::int64_t parts_since_1970, int scale, char* to) {
  const auto power = static_cast<std::int64_t>(kPowers.at(static_cast<std::size_t>(scale)));
  std::int64_t seconds = parts_since_1970 / power;
  std::int64_t parts = parts_since_1970 % power;
  if (parts < 0) {
    parts += power;
    --seconds;
  }
  std::int64_t days = seconds / kSecondsOfDay;
  std::int64_t clock = seconds % kSecondsOfDay;
  if (clock < 0) {
    clock += kSecondsOfDay;
    --days;
  }
  to = write_day(days, to);
  *to++ = ' ';
  to = write_clock(static_cast<std::uint64_t>(clock), to);
  if (parts == 0) {
    return to;
  }
  *to++ = '.';
  to = write_digits(static_cast<std::uint64_t>(parts), scale, to);
  while (to[-1] == '0') {
    --to;
  }
  return to;
}

}  // namespace huitou::ingest
