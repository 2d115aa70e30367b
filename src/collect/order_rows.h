#pragma once

// Orders as `order_book` keeps them, as rows that `ingest` loads like those of any other source.

#include <string>
#include <string_view>
#include <vector>

#include "ingest/ingest.h"

namespace huitou::collect {

class OrderRows {
 public:
  /// An order in another currency keeps its currency, so that loading leaves it out with a finding.
  explicit OrderRows(std::string currency) : currency_(std::move(currency)) {}

  /// Adds an order by its state; one that was never placed (only its refund is known) gives no row.
  /// One that names no customer is `guest`'s, if there is one.
  void add(const std::string& order_key, const std::string& state, const std::string& guest);
  /// What to load: orders with products as lines, the others as orders; none that has no rows.
  std::vector<ingest::RowsSource> sources(const std::string& name) const;

 private:
  using Rows = std::vector<std::vector<std::string>>;
  std::string currency_;
  Rows lines_;
  Rows orders_;
};

}  // namespace huitou::collect
