#pragma once

// What is known of an order from its events, as JSON. Pure: the same event again changes nothing.

#include <memory>
#include <string>

#include "collect/rows.h"

namespace huitou::collect {

/// The key of the order that an event changes; empty if it changes none.
std::string order_of(const EventRow& row);

class OrderState {
 public:
  /// Of a text that `text` gave; empty: nothing is known yet.
  explicit OrderState(const std::string& text);
  OrderState(OrderState&&) noexcept;
  OrderState& operator=(OrderState&&) noexcept;
  ~OrderState();

  /// An event for which `order_of` names an order.
  void apply(const EventRow& row);
  std::string text() const;
  /// The browser of an order that names no customer, else empty.
  std::string guest() const;

 private:
  struct Content;
  std::unique_ptr<Content> content_;
};

}  // namespace huitou::collect
