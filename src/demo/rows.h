#pragma once

// A customer's life as rows of the files.

#include <array>
#include <cstdint>
#include <string>

#include "demo/demo.h"
#include "demo/life.h"

namespace huitou::demo {

/// The files that grow with the number of customers.
enum class File {
  customers,
  orders,
  order_lines,
  orders_late,
  order_lines_late,
  events,
  tickets,
  surveys,
  truth,
  accounts,
  truth_accounts
};
inline constexpr std::size_t kFiles = 11;
struct FileCard {
  const char* name;
  const char* header;
};
const std::array<FileCard, kFiles>& files();

/// Rows of some customers, in order, and what they count.
struct Rows {
  std::array<std::string, kFiles> text;
  DemoSummary counts;
  std::string& of(File file) { return text.at(static_cast<std::size_t>(file)); }
};

/// Appends the customer; `noise` adds duplicates, late, corrected and broken rows.
void write_rows(const Life& life, const DemoOptions& options, Rows& rows);

/// products.csv and stores.csv.
std::string product_rows();
std::string store_rows();

}  // namespace huitou::demo
