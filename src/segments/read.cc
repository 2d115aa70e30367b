#include <fmt/format.h>

#include <algorithm>

#include "segments/check.h"
#include "segments/segments.h"
#include "segments/words.h"

namespace huitou::segments {

Reading read(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  const bool json = first != std::string_view::npos && text[first] == '{';
  Reading reading = json ? parse_json(text) : parse_syntax(text);
  if (!reading.rule) return reading;
  reading.problems = check_types(*reading.rule);
  if (!reading.problems.empty()) reading.rule.reset();
  return reading;
}

Place place_of(std::string_view text, std::size_t byte) {
  Place place;
  for (const std::string_view character : characters(text.substr(0, std::min(byte, text.size())))) {
    if (character == "\n") {
      ++place.line;
      place.column = 1;
    } else {
      ++place.column;
    }
  }
  return place;
}

Error error_of(const std::vector<Problem>& problems, std::string_view text) {
  CHECK(!problems.empty());
  const Problem& first = problems.front();
  const bool json = text.find_first_not_of(" \t\r\n") != std::string_view::npos &&
                    text[text.find_first_not_of(" \t\r\n")] == '{';
  const Place place = place_of(text, first.at.begin);
  const Sentence where =
      json ? Sentence{first.path.empty() ? "" : " (at " + first.path + ")",
                      first.path.empty() ? "" : "（位置 " + first.path + "）"}
           : Sentence{fmt::format(" (line {}, column {})", place.line, place.column),
                      fmt::format("（第 {} 行第 {} 列）", place.line, place.column)};
  return {Code::invalid_input, first.message.en + where.en + ".", first.hint.en,
          first.message.zh + where.zh + "。", first.hint.zh};
}

}  // namespace huitou::segments
