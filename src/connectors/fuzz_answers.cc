// Fuzz target of what comes from a source or a kept cursor: JSON answers, `Link` headers, times and
// cursors. tools/fuzz.sh builds and runs it.
//
// Properties: nothing crashes; a cursor that is understood is written again the same; the next page
// is at the same server; what is earlier is not later.

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <nlohmann/json.hpp>

#include "connectors/fields.h"
#include "connectors/http_json/description.h"
#include "connectors/http_json/document.h"
#include "connectors/position.h"

namespace huitou::connectors {
namespace {

void require(bool holds, const char* what) {
  if (!holds) {
    std::fprintf(stderr, "broken property: %s\n", what);
    std::abort();
  }
}

void walk(const nlohmann::json& value, std::size_t depth) {
  require(depth <= kMostDepth, "depth");
  (void)cell_of(value);
  for (const auto& item : value) {
    if (item.is_structured()) walk(item, depth + 1);
  }
}

void try_all(std::string_view text) {
  const std::string_view pointer = text.substr(0, text.find('\n'));
  const auto document =
      parse_json(text.substr(std::min(pointer.size() + 1, text.size())), "answer");
  if (document.ok()) {
    walk(*document, 0);
    if (is_pointer(pointer)) (void)at_pointer(*document, pointer);
  }
  if (const auto position = parse_position(text); position.ok()) {
    const auto again = parse_position(format_position(*position));
    require(again.ok() && (!position->inside || *again == *position), "cursor");
  }
  require(unescape(escape(text)) == std::string(text), "escape");
  const Description description{.url = "https://shop.example/orders", .token_param = "token"};
  const auto link = next_link(description, text);
  require(!link.ok() || link->empty() || origin_of(*link) == "https://shop.example", "same server");
  const Scalar time{Scalar::Kind::text, std::string(text)};
  const auto before = earlier(time, 600);
  require(before.has_value() == micros_of(time).has_value(), "what is a time");
  if (before) {
    const auto micros = micros_of(*before);
    require(!micros || *micros <= *micros_of(time), "earlier");
  }
}

}  // namespace
}  // namespace huitou::connectors

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  huitou::connectors::try_all({reinterpret_cast<const char*>(data), size});
  return 0;
}
