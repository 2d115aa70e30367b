#pragma once

// Orders whose key comes back after others came between. All other orders are whole where they
// stand and are made while the file is read; these must wait until all their rows are there. Files
// mostly have none; where they do, that is known at the end, and the file is read once more.

#include <cstdint>
#include <vector>

#include "ingest/mapping.h"
#include "ingest/table.h"

namespace huitou::ingest {

/// Hashes of order keys. A hash that two keys share only sends a good order the long way.
class OddKeys {
 public:
  /// Of the hashes of all runs of rows with one key, in any order: those that are there twice.
  static OddKeys of(std::vector<std::uint64_t> runs);

  bool contains(std::uint64_t key) const;
  std::size_t size() const { return used_; }
  /// A number that another pass over the same rows would give again.
  std::uint64_t runs_sum() const { return runs_sum_; }

 private:
  std::vector<std::uint64_t> slots_{0};  // 0 is free
  std::size_t used_ = 0;
  std::uint64_t runs_sum_ = 0;
};

/// Hashes of the order keys of a block, one for each run of rows with the same key; in a file of
/// orders one for each row.
void key_runs(const RawBlock& block, const Mapping& mapping, std::vector<std::uint64_t>& runs);

}  // namespace huitou::ingest
