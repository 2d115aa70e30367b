#include "commands/times.h"

#include <fmt/format.h>

#include <cstdio>

#include "base/date.h"

namespace huitou::commands {
namespace {
constexpr std::int64_t kHour = 3600;
constexpr std::int64_t kDay = 24 * kHour;  // of UTC, which knows no other length here
}  // namespace

std::string format_time(std::int64_t seconds) {
  const std::int64_t rest = ((seconds % kDay) + kDay) % kDay;
  const auto days = static_cast<std::int32_t>((seconds - rest) / kDay);
  return fmt::format("{}T{:02}:{:02}:{:02}Z", format_date(Date{days}), rest / kHour,
                     rest % kHour / 60, rest % 60);
}

std::optional<std::int64_t> parse_time(std::string_view text) {
  int hour = 0;
  int minute = 0;
  int second = 0;
  if (text.size() != 20 || std::sscanf(std::string(text.substr(10)).c_str(), "T%2d:%2d:%2dZ", &hour,
                                       &minute, &second) != 3) {
    return std::nullopt;
  }
  const auto date = parse_date(text.substr(0, 10));
  if (!date.ok()) return std::nullopt;
  return date->days * kDay + hour * kHour + minute * 60 + second;
}

}  // namespace huitou::commands
