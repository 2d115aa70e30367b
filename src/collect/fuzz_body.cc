// Fuzzes what anybody may send: the reader of bodies, the lines of the inbox, the rows made of
// them.

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "collect/body.h"
#include "collect/instant.h"
#include "collect/rows.h"

namespace huitou::collect {
namespace {

void must(bool right) {
  if (!right) std::abort();
}

/// What is let through comes back from its line and becomes a row: the mover counts on it.
void check_taken(const Body& body) {
  static RowReader rows("CNY");
  std::string lines;
  for (const Body::Item& item : body.items) {
    must(item.begin + item.size <= body.text.size());
    append_line({.received_ms = 1,
                 .kind = item.kind,
                 .source = "web",
                 .sent_ms = body.sent_ms,
                 .fallback_id = "f",
                 .json = body.json(item)},
                lines);
  }
  std::string_view rest = lines;
  for (const Body::Item& item : body.items) {
    const auto line = next_line(rest);
    must(line.has_value() && line->json == body.json(item) && line->sent_ms == body.sent_ms);
    const auto row = rows.read(*line);
    must(row.has_value() && !row->message_id.empty());
    must(row->occurred_ms <= row->received_ms);
    must(item.kind != Kind::track || !row->name.empty());
  }
  must(rest.empty());
}

}  // namespace
}  // namespace huitou::collect

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace huitou::collect;
  if (size == 0) return 0;
  static BodyReader reader{Limits{}};
  const std::string_view text(reinterpret_cast<const char*>(data), size - 1);
  const std::uint8_t choice = data[size - 1];  // at the end, so that the seeds begin as bodies do
  const auto kind = choice % 8 < 6 ? std::optional(static_cast<Kind>(choice % 8)) : std::nullopt;
  const auto body = reader.read(kind, text);
  if (body.ok()) check_taken(*body);
  (void)parse_instant(text);
  return 0;
}
