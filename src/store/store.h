#pragma once

// The door to small exact state: what must be transactional (the journal of loads, settings, jobs;
// later accounts, points, coupons). SQLite in one file (WAL, synchronous=FULL) stands behind it.

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/frame.h"
#include "base/result.h"

namespace huitou::store {

using Value = std::variant<std::monostate, std::int64_t, double, std::string>;

/// All members may be called from any thread; transactions are serialised.
/// Errors: conflict (a unique key is taken), limit_reached (disk full), unavailable (locked, I/O).
class Store {
 public:
  virtual ~Store() = default;
  /// One statement with `?` placeholders; rows of a SELECT, no rows otherwise. Columns are typed by
  /// their first non-null value.
  virtual Result<Frame> run(std::string_view sql, const std::vector<Value>& values = {}) = 0;
  /// Runs `work` in one transaction: committed if it returns ok, rolled back otherwise.
  virtual Status transaction(const std::function<Status(Store&)>& work) = 0;
  /// Applies the migrations that were not applied yet, in order; each is a list of statements.
  virtual Status migrate(const std::vector<std::string_view>& migrations) = 0;
};

/// A column that came after its table, in homes of earlier versions: added unless it is there, also
/// where several threads or programs find it missing at once. `declaration` is its type with its
/// default.
Status add_column(Store& store, std::string_view table, std::string_view column,
                  std::string_view declaration);

/// `path` is a file; ":memory:" is kept in memory.
Result<std::unique_ptr<Store>> open_sqlite(const std::string& path);

}  // namespace huitou::store
