#include "collect/order_state.h"

#include <cmath>
#include <nlohmann/json.hpp>

namespace huitou::collect {
namespace {

using Json = nlohmann::json;

enum class Change { none, placed, refunded, cancelled };

/// "Order Completed", "order_completed" and "orderCompleted" are one name.
Change change_of(const EventRow& row) {
  if (row.kind != Kind::track) return Change::none;
  std::string plain;
  for (const char sign : row.name) {
    const bool is_capital = sign >= 'A' && sign <= 'Z';
    if (sign != ' ' && sign != '_' && sign != '-') {
      plain += is_capital ? static_cast<char>(sign - 'A' + 'a') : sign;
    }
  }
  if (plain == "ordercompleted" || plain == "orderupdated") return Change::placed;
  if (plain == "orderrefunded") return Change::refunded;
  return plain == "ordercancelled" || plain == "ordercanceled" ? Change::cancelled : Change::none;
}

std::string text_in(const Json& object, const char* name) {
  const auto found = object.find(name);
  if (found == object.end()) return {};
  if (found->is_string()) return found->get<std::string>();
  return found->is_number_integer() ? found->dump() : std::string();
}

std::optional<double> number_in(const Json& object, const char* name) {
  const auto found = object.find(name);
  if (found == object.end()) return std::nullopt;
  if (found->is_number()) return found->get<double>();
  if (!found->is_string()) return std::nullopt;
  const std::string& text = found->get_ref<const std::string&>();
  char* end = nullptr;
  const double value = std::strtod(text.c_str(), &end);
  const bool whole = !text.empty() && end == text.c_str() + text.size() && std::isfinite(value);
  return whole ? std::optional(value) : std::nullopt;
}

/// What the customer paid for goods: `revenue`, else `subtotal` less `discount`, else `total` less
/// `shipping` and `tax`.
std::optional<double> paid_in(const Json& properties) {
  const auto number = [&](const char* name) { return number_in(properties, name); };
  if (const auto revenue = number("revenue")) return revenue;
  if (const auto subtotal = number("subtotal")) return *subtotal - number("discount").value_or(0);
  if (const auto total = number("total")) {
    return *total - number("shipping").value_or(0) - number("tax").value_or(0);
  }
  return std::nullopt;
}

Json lines_in(const Json& properties) {
  Json lines = Json::array();
  const auto products = properties.find("products");
  if (products == properties.end() || !products->is_array()) return lines;
  for (const Json& product : *products) {
    if (!product.is_object()) continue;
    std::string key = text_in(product, "product_id");
    if (key.empty()) key = text_in(product, "sku");
    lines.push_back({{"product", key},
                     {"name", text_in(product, "name")},
                     {"category", text_in(product, "category")},
                     {"brand", text_in(product, "brand")},
                     {"price", number_in(product, "price").value_or(0)},
                     {"quantity", number_in(product, "quantity").value_or(1)}});
  }
  return lines;
}

/// Whose it is, by the newest event that says so.
void put_customer(const EventRow& row, const Json& before, Json& placed) {
  placed["customer"] = row.user_id;
  placed["visitor"] = row.anonymous_id;
  for (const char* name : {"customer", "visitor"}) {
    if (placed[name] == "") placed[name] = before.value(name, "");
  }
}

/// Puts what an order was placed with into its state, unless a newer event said so before.
void place(const EventRow& row, const Json& properties, Json& state) {
  const Json before = state.value("placed", Json::object());
  if (before.value("said_ms", row.occurred_ms) > row.occurred_ms) return;
  const std::int64_t first = std::min(row.occurred_ms, before.value("at_ms", row.occurred_ms));
  Json placed = {{"said_ms", row.occurred_ms},
                 {"at_ms", first},
                 {"channel", row.channel},
                 {"campaign", row.campaign},
                 {"currency", text_in(properties, "currency")},
                 {"lines", lines_in(properties)}};
  put_customer(row, before, placed);
  if (const auto paid = paid_in(properties)) placed["paid"] = *paid;
  state["placed"] = std::move(placed);
}

void apply(const EventRow& row, Change change, const Json& properties, Json& state) {
  switch (change) {
    case Change::placed:
      return place(row, properties, state);
    case Change::cancelled:
      state["cancelled"] = true;
      // A cancelled order repeats what it was placed with; that counts where nothing else is known.
      if (!state.contains("placed") && properties.contains("products"))
        place(row, properties, state);
      return;
    case Change::refunded: {
      Json refund = {{"lines", lines_in(properties)}};
      for (const char* name : {"total", "revenue", "value"}) {
        const auto amount = number_in(properties, name);
        if (amount && !refund.contains("amount")) refund["amount"] = std::fabs(*amount);
      }
      state["refunds"][row.message_id] = std::move(refund);
      return;
    }
    case Change::none:
      return;
  }
}

}  // namespace

struct OrderState::Content {
  Json json;
};

OrderState::OrderState(const std::string& text) : content_(std::make_unique<Content>()) {
  content_->json = text.empty() ? Json::object() : Json::parse(text, nullptr, false);
  CHECK(content_->json.is_object());
}
OrderState::OrderState(OrderState&&) noexcept = default;
OrderState& OrderState::operator=(OrderState&&) noexcept = default;
OrderState::~OrderState() = default;

void OrderState::apply(const EventRow& row) {
  const Json properties = Json::parse(row.properties, nullptr, false);
  if (properties.is_object()) collect::apply(row, change_of(row), properties, content_->json);
}

std::string OrderState::text() const { return content_->json.dump(); }

std::string OrderState::guest() const {
  const Json placed = content_->json.value("placed", Json::object());
  return placed.value("customer", "").empty() ? placed.value("visitor", "") : "";
}

std::string order_of(const EventRow& row) {
  if (change_of(row) == Change::none) return {};
  const Json properties = Json::parse(row.properties, nullptr, false);
  return properties.is_object() ? text_in(properties, "order_id") : "";
}

}  // namespace huitou::collect
