#include "base/card.h"

#include <array>

namespace huitou {
namespace {

template <std::size_t N, typename E>
std::string_view pick(const std::array<std::string_view, N>& names, E value) {
  return names.at(static_cast<std::size_t>(value));
}

}  // namespace

std::string_view unit_name(Unit unit) {
  static constexpr std::array<std::string_view, 10> kNames{
      "none", "count", "ratio", "minor", "number", "days", "months", "date", "time", "points"};
  return pick(kNames, unit);
}

std::string_view view_name(View view) {
  static constexpr std::array<std::string_view, 7> kNames{"table", "curve", "bars", "heatmap",
                                                          "flow",  "cards", "map"};
  return pick(kNames, view);
}

std::string_view role_name(Role role) {
  static constexpr std::array<std::string_view, 7> kNames{"dimension", "series", "value", "low",
                                                          "high",      "base",   "detail"};
  return pick(kNames, role);
}

std::string_view favourable_name(Favourable favourable) {
  static constexpr std::array<std::string_view, 3> kNames{"neither", "up", "down"};
  return pick(kNames, favourable);
}

}  // namespace huitou
