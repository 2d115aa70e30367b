#pragma once

// One event as it waits in the inbox: a line of text, so that a batch of them is one blob and a
// person can read what is there.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace huitou::collect {

enum class Kind : std::uint8_t { track, identify, page, screen, group, alias };
std::string_view kind_name(Kind kind);
std::optional<Kind> parse_kind(std::string_view name);

struct Line {
  std::int64_t received_ms = 0;  ///< UTC
  Kind kind = Kind::track;
  std::string_view source;
  std::optional<std::int64_t> sent_ms;  ///< of the delivery, by the client's clock
  std::string_view fallback_id;         ///< the message's id where the client gave none
  std::string_view json;                ///< one object, without line breaks
};

/// `source` and `fallback_id` have no tabs.
void append_line(const Line& line, std::string& to);
/// Takes the first line off the text; the views point into it. Nothing at the end, and for a line
/// that `append_line` did not write.
std::optional<Line> next_line(std::string_view& text);

}  // namespace huitou::collect
