#pragma once

// From the inbox to the engine, batch by batch, each event once.
//
// The engine has no transactions, and an insert whose end was not seen may be there wholly, partly
// or not at all. So a batch is forgotten by the inbox only after the engine has confirmed it, and
// whoever moves a batch, again or for the first time, leaves out what the engine already has: the
// pair of source and message id tells. `Seen` keeps that question rare and `message_hash` keeps it
// cheap.

#include <functional>
#include <memory>
#include <optional>
#include <unordered_set>
#include <vector>

#include "collect/inbox.h"
#include "collect/order_book.h"
#include "collect/rows.h"
#include "collect/seen.h"
#include "engine/engine.h"

namespace huitou::collect {

/// What became of a batch.
struct Moved {
  std::uint64_t taken = 0;     ///< events of the batch
  std::uint64_t added = 0;     ///< rows that are now in the table
  std::uint64_t repeated = 0;  ///< left out: the message was there
  bool claims = false;         ///< somebody was met under two names for the first time
};

/// One thread at a time.
class Mover {
 public:
  /// Errors: invalid_input for a time zone that is not known.
  static Result<std::unique_ptr<Mover>> open(const Target& shop, Inbox& inbox,
                                             const std::string& time_zone,
                                             const std::string& currency);

  /// Moves the oldest batch; `taken` is 0 if nothing waits. After an error all of the batch still
  /// waits and may be moved again. Errors: those of engine and store.
  Result<Moved> move();

 private:
  Mover(const Target& shop, Inbox& inbox, Calendar calendar, const std::string& currency);

  std::vector<EventRow> read(const Batch& batch);
  /// Makes `seen_` hold all that the table has, with room for more.
  Status look(std::uint64_t more);
  /// The rows that are neither in the table nor twice in the batch.
  Result<std::vector<Placed>> fresh(const std::vector<EventRow>& rows);
  Result<std::unordered_set<std::string>> present(const std::vector<std::int64_t>& hashes);
  /// Keeps who was met under two names.
  Status claim(const std::vector<EventRow>& rows);
  Status find_customers(std::vector<Placed>& rows);
  Status insert(std::vector<Placed>& rows);

  engine::Engine& engine_;
  store::Store& store_;
  Inbox& inbox_;
  Calendar calendar_;
  RowReader reader_;
  std::optional<Seen> seen_;
  std::unordered_set<std::uint64_t> claims_known_;  ///< hashes; some of those that are kept
  bool has_claimed_ = false;                        ///< since it was last said
  std::uint64_t rows_known_ = 0;  ///< in the table when `seen_` was made, and added since
};

}  // namespace huitou::collect
