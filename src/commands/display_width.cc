#include <algorithm>
#include <array>
#include <cstdint>

#include "commands/print.h"

namespace huitou::commands {
namespace {

struct Range {
  std::uint32_t first;
  std::uint32_t last;
};

/// East Asian Wide and Fullwidth, and pictographs (Unicode 15, gaps of unassigned code points
/// closed).
constexpr std::array<Range, 20> kWide{
    {{0x1100, 0x115F}, {0x231A, 0x231B}, {0x23E9, 0x23EC}, {0x25FD, 0x25FE}, {0x2614, 0x2615},
     {0x2648, 0x2653}, {0x26AA, 0x26AB}, {0x26BD, 0x26BE}, {0x2705, 0x2705}, {0x2753, 0x2757},
     {0x2E80, 0x303E}, {0x3041, 0x33FF}, {0x3400, 0x4DBF}, {0x4E00, 0xA4CF}, {0xAC00, 0xD7A3},
     {0xF900, 0xFAFF}, {0xFE30, 0xFE6F}, {0xFF00, 0xFF60}, {0xFFE0, 0xFFE6}, {0x1F300, 0x3FFFD}}};
constexpr std::array<Range, 6> kZero{{{0x0300, 0x036F},
                                      {0x200B, 0x200F},
                                      {0x202A, 0x202E},
                                      {0x2060, 0x2064},
                                      {0xFE00, 0xFE0F},
                                      {0xFEFF, 0xFEFF}}};

template <std::size_t N>
bool is_in(const std::array<Range, N>& ranges, std::uint32_t code) {
  return std::any_of(ranges.begin(), ranges.end(),
                     [&](const Range& range) { return code >= range.first && code <= range.last; });
}

/// The code point at `i`, which is moved behind it; a stray byte counts as itself.
std::uint32_t next_code_point(std::string_view text, std::size_t& i) {
  const auto byte = [&](std::size_t at) { return static_cast<std::uint8_t>(text[at]); };
  const std::uint32_t first = byte(i);
  const std::size_t length = first < 0xC0 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
  std::uint32_t code = length == 1 ? first : first & (0xFFU >> (length + 1));
  for (std::size_t k = 1; k < length && i + k < text.size(); ++k) {
    code = (code << 6U) | (byte(i + k) & 0x3FU);
  }
  i += length;
  return code;
}

}  // namespace

std::size_t display_width(std::string_view text) {
  std::size_t width = 0;
  for (std::size_t i = 0; i < text.size();) {
    const std::uint32_t code = next_code_point(text, i);
    if (is_in(kWide, code)) {
      width += 2;
    } else if (!is_in(kZero, code)) {
      width += 1;
    }
  }
  return width;
}

}  // namespace huitou::commands
