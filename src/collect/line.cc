#include "collect/line.h"

#include <array>
#include <charconv>

namespace huitou::collect {
namespace {

constexpr std::array<std::string_view, 6> kKinds{"track",  "identify", "page",
                                                 "screen", "group",    "alias"};

void append_number(std::int64_t number, std::string& to) {
  std::array<char, 24> digits{};
  to.append(digits.data(), std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr);
}

std::optional<std::int64_t> number_of(std::string_view text) {
  std::int64_t number = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  if (read.ec != std::errc() || read.ptr != text.data() + text.size()) return std::nullopt;
  return number;
}

/// Takes the text up to the mark, and the mark, off `text`.
std::optional<std::string_view> take(std::string_view& text, char mark) {
  const std::size_t end = text.find(mark);
  if (end == std::string_view::npos) return std::nullopt;
  const std::string_view field = text.substr(0, end);
  text.remove_prefix(end + 1);
  return field;
}

}  // namespace

std::string_view kind_name(Kind kind) { return kKinds[static_cast<std::size_t>(kind)]; }

std::optional<Kind> parse_kind(std::string_view name) {
  for (std::size_t i = 0; i < kKinds.size(); ++i) {
    if (kKinds[i] == name) return static_cast<Kind>(i);
  }
  return std::nullopt;
}

void append_line(const Line& line, std::string& to) {
  append_number(line.received_ms, to);
  to += '\t';
  to += kind_name(line.kind);
  to += '\t';
  to += line.source;
  to += '\t';
  if (line.sent_ms) append_number(*line.sent_ms, to);
  to += '\t';
  to += line.fallback_id;
  to += '\t';
  to += line.json;
  to += '\n';
}

std::optional<Line> next_line(std::string_view& text) {
  const auto received = take(text, '\t');
  const auto kind = take(text, '\t');
  const auto source = take(text, '\t');
  const auto sent = take(text, '\t');
  const auto fallback = take(text, '\t');
  const auto json = take(text, '\n');
  if (!received || !kind || !source || !sent || !fallback || !json) return std::nullopt;
  const auto received_ms = number_of(*received);
  const auto known = parse_kind(*kind);
  if (!received_ms || !known) return std::nullopt;
  return Line{*received_ms, *known, *source, number_of(*sent), *fallback, *json};
}

}  // namespace huitou::collect
