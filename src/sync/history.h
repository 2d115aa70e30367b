#pragma once

// The runs of a source as the store keeps them.

#include <cstdint>
#include <string>
#include <vector>

#include "base/answer.h"
#include "store/store.h"
#include "sync/sync.h"

namespace huitou::sync {

struct RunEnd {
  std::int64_t now = 0;
  int tries = 0;
  std::vector<Note> alerts;
};

class History {
 public:
  explicit History(store::Store& store) : store_(store) {}

  /// With the source's lock held: a run that was interrupted goes on.
  Status begin(const std::string& source, std::int64_t now);
  Status end(const Run& run, const RunEnd& end);
  /// Rows of the last runs that were done, at most 20.
  Result<std::vector<std::int64_t>> rows_before(const std::string& source);

 private:
  store::Store& store_;
  std::int64_t id_ = 0;
};

}  // namespace huitou::sync
