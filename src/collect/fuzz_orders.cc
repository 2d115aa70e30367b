// Fuzzes what anybody may say of an order: its state after some events, and the rows made of it.

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "collect/order_rows.h"
#include "collect/order_state.h"

namespace huitou::collect {
namespace {

void must(bool right) {
  if (!right) std::abort();
}

/// The properties of events, a line each; the last byte of a line says what happened.
std::vector<EventRow> events_of(std::string_view text) {
  constexpr std::string_view kNames[] = {"Order Completed", "Order Updated", "order_refunded",
                                         "Order Cancelled", "Product Viewed"};
  std::vector<EventRow> rows;
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(text.size(), line.size() + 1));
    if (line.empty()) continue;
    EventRow row;
    const auto choice = static_cast<std::uint8_t>(line.back());
    row.name = kNames[choice % 5];
    row.user_id = choice % 3 == 0 ? "anna" : "";
    row.anonymous_id = choice % 2 == 0 ? "browser" : "";
    row.message_id = "m" + std::to_string(rows.size());
    row.occurred_ms = choice * 1000;
    row.properties = line.substr(0, line.size() - 1);
    rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace
}  // namespace huitou::collect

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace huitou::collect;
  OrderState state("");
  std::string order;
  for (const EventRow& row : events_of({reinterpret_cast<const char*>(data), size})) {
    const std::string key = order_of(row);
    if (key.empty()) continue;
    order = key;
    state.apply(row);
    const std::string once = state.text();
    state.apply(row);
    must(state.text() == once);
  }
  must(OrderState(state.text()).text() == state.text());
  OrderRows rows("CNY");
  rows.add(order, state.text(), state.guest());
  for (const auto& source : rows.sources("fuzz")) {
    for (const auto& row : source.info.samples) must(row.size() == source.info.columns.size());
  }
  return 0;
}
