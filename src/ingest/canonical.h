#pragma once

// From rows of text to canonical rows: what each field says, checked, in our units. Pure but for
// what it remembers to be fast.

#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/frame.h"
#include "ingest/dictionary.h"
#include "ingest/local_time.h"
#include "ingest/made_orders.h"
#include "ingest/mapping.h"
#include "ingest/odd_keys.h"
#include "ingest/row.h"
#include "ingest/rules.h"
#include "ingest/table.h"

namespace huitou::ingest {

struct ConvertOptions {
  std::string time_zone;
  std::string currency;
  Date today;
  std::string source{};
  /// Orders that must wait until all rows are there; null: all of them.
  const OddKeys* odd = nullptr;
};

/// A product or store met in a file of orders, the first time its key is seen.
struct Met {
  std::string key;
  std::string name;
  std::string category;  ///< region of a store
  std::string brand;
};

/// A key that a row gives of its customer beside the member number, the first time it is seen.
struct MetKey {
  std::string customer;
  std::string_view kind;
  std::string key;
};

/// One block of a file, converted. The views point into the block's text.
struct Converted {
  MadeOrders made;  ///< orders that are whole, with their lines
  /// Rows of the first and the last order of a block of lines, which may go on in its neighbours;
  /// all rows are in `first` if the block has one order.
  std::vector<Row> first;
  std::vector<Row> last;
  /// Rows of the others: `filled_columns`; customer_id and generated keys still 0, "".
  Frame frame;
  std::vector<std::string_view> customers;  ///< key of each row's customer, empty if not known
  std::vector<std::string_view> names;      ///< of the customer, where the file has them
  std::vector<std::string_view> regions;
  std::vector<std::uint64_t> row_hashes;  ///< where order keys must be made
  std::vector<Met> products;
  std::vector<Met> stores;
  std::vector<MetKey> keys;
  std::deque<std::string> carried;  ///< texts of the block before that views point into
  Findings findings;
  std::uint64_t rows_read = 0;
  std::optional<Date> first_day;
  std::optional<Date> last_day;
};

/// Converts the blocks of one file, one after another; each thread has its own.
class Converter {
 public:
  /// Errors: invalid_input for an unknown time zone.
  static Result<Converter> open(const Mapping& mapping, const FileInfo& info,
                                const ConvertOptions& options);
  Converter(Converter&&) noexcept;
  Converter& operator=(Converter&&) noexcept;
  ~Converter();

  /// Rows of orders, lines and order_lines.
  void convert(const RawBlock& block, Converted& out);
  /// An order whose rows came from several blocks, all of them.
  void convert_order(std::vector<Row> rows, Converted& out);

 private:
  struct State;
  explicit Converter(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

/// Must rows be converted in order? True where lines leave out what their order's first line says.
bool fills_down(const Mapping& mapping, const FileInfo& info);

}  // namespace huitou::ingest
