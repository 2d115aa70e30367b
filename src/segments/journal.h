#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "segments/moves.h"

namespace huitou::segments {

struct Left {
  std::int64_t run = 0;
  std::int64_t asked_at = 0;  ///< the instant
  std::int64_t customers = 0;
};
using Lefts = std::map<std::string, Left, std::less<>>;  ///< by segment

/// The store's book of runs that wrote moves.
class Journal {
 public:
  explicit Journal(store::Store& store) : store_(store) {}
  Status ensure();
  /// Begins a run; it does not count until `finish`.
  Result<std::int64_t> begin(const RunAt& run);
  /// In one transaction: `work` and that the run is done.
  Status finish(std::int64_t run, const std::function<Status(store::Store&)>& work);
  /// Runs that do not count.
  Result<engine::IntegerList> void_moves();
  /// Of each segment what the last run that counts and asked for it left.
  Result<Lefts> left();

 private:
  store::Store& store_;
};

}  // namespace huitou::segments
