#pragma once

// The door to the demo shop: a seeded simulator of a retailer whose truth is known.
//
// Invariants
// - The same options give the same bytes, whatever the number of threads.
// - Memory does not grow with the number of customers.
// - What was planted (rates, dropout, drivers, noise) is written beside the data, so that every
//   analysis can be checked against what really happened.

#include <cstdint>
#include <string>

#include "base/date.h"
#include "base/progress.h"
#include "base/result.h"

namespace huitou::demo {

struct DemoOptions {
  std::uint64_t customers = 20'000;
  std::uint64_t seed = 1;
  Date from;          ///< first possible order
  Date to;            ///< day after the last possible order
  bool noise = true;  ///< duplicates, late and corrected orders, broken rows
  int threads = 0;    ///< 0: as many as there are cores
};

/// What was written. Orders and lines are true ones, without the noise.
struct DemoSummary {
  std::uint64_t customers = 0;
  std::uint64_t orders = 0;
  std::uint64_t order_lines = 0;
  std::uint64_t events = 0;
  std::uint64_t tickets = 0;
  std::uint64_t surveys = 0;
  std::uint64_t accounts = 0;          ///< of other systems, of people who have several
  std::uint64_t duplicate_rows = 0;    ///< order rows written twice
  std::uint64_t late_orders = 0;       ///< only in the late file
  std::uint64_t corrected_orders = 0;  ///< in both files; the late file is right
  std::uint64_t broken_rows = 0;       ///< extra rows that nobody can read
  std::uint64_t bytes = 0;
};

/// Writes into `directory` (created if missing): customers, products, stores, order_lines, orders,
/// order_lines_late, orders_late, events, tickets, surveys, accounts (.csv, UTF-8),
/// truth_customers.csv, truth_accounts.csv (whose an account is) and truth.json. order_lines.csv
/// holds all that orders.csv holds, a row a product; the `_late` files arrive a day later.
/// Errors: invalid_input for no customers or a period under 60 days; limit_reached (disk full);
/// conflict if cancelled.
Result<DemoSummary> write_demo(const DemoOptions& options, const std::string& directory,
                               const Progress& progress);

}  // namespace huitou::demo
