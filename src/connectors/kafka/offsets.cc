#include "connectors/kafka/offsets.h"

#include "connectors/fields.h"

namespace huitou::connectors {

std::string format_spans(const Spans& spans, bool inside) {
  Fields fields;
  for (const auto& [partition, span] : spans) {
    const std::string number = std::to_string(partition);
    fields.emplace_back("p" + number, std::to_string(span.next));
    if (inside) fields.emplace_back("e" + number, std::to_string(span.end));
  }
  return join_fields(fields);
}

Result<KeptPlace> parse_spans(std::string_view cursor) {
  const std::optional<Fields> fields = split_fields(cursor);
  if (!fields) return wrong_cursor(cursor);
  KeptPlace place;
  for (const auto& [name, value] : *fields) {
    const auto is_count = [](std::string_view text, std::size_t most) {
      return !text.empty() && text.size() <= most &&
             text.find_first_not_of("0123456789") == text.npos;
    };
    if (!is_count(std::string_view(name).substr(1), 6) || !is_count(value, 18))
      return wrong_cursor(cursor);
    Span& span = place.spans[static_cast<std::int32_t>(std::stol(name.substr(1)))];
    if (name[0] == 'p') {
      span.next = std::stoll(value);
    } else if (name[0] == 'e') {
      span.end = std::stoll(value);
      place.inside = true;
    } else {
      return wrong_cursor(cursor);
    }
  }
  return place;
}

}  // namespace huitou::connectors
