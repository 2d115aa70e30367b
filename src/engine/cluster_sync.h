#pragma once

// That every server which answers has what it should have.
//
// A server that did not answer while something was written has missed it. Rows that it misses are
// noticed by the servers themselves (max_replica_delay_for_distributed_queries); changes of tables
// and swaps of partitions are not: a server that comes back would answer without them for a while,
// half old and half new. So it is remembered as behind, and as soon as it answers again everything
// waits until it has caught up.

#include <atomic>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/cluster_replicas.h"

namespace huitou::engine {

class Synchroniser {
 public:
  Synchroniser(Replicas& replicas, std::string database);

  enum class Has { all, not_yet };
  /// Waits until the replica has all rows of the table; `not_yet` if it cannot be reached or does
  /// not come along. Errors: unavailable if it takes longer than `within`.
  Result<Has> replica(std::size_t replica, const std::string& table,
                      std::chrono::seconds within = std::chrono::minutes(5));
  /// Waits until every replica has; those that have not are behind.
  Status all(const std::string& table);

  void mark_behind(std::size_t replica) { ++behind_[replica]; }
  /// Marks the replicas that may have missed something of another process.
  void mark_unsure();
  /// Waits for those that were behind and answer again. Gives how often one has caught up so far,
  /// whoever waited for it: where that is more than before, what was read meanwhile may lack rows.
  Result<std::uint64_t> catch_up();

 private:
  Status catch_up(std::size_t replica);
  bool answers(std::size_t replica);
  Result<bool> has_everything(std::size_t replica);
  std::optional<std::vector<std::string>> tables_of(std::size_t replica);
  std::string of_database() const;

  Replicas& replicas_;
  std::string database_;
  std::vector<std::atomic<std::uint64_t>> behind_;  ///< marks since it last had everything
  std::atomic<std::uint64_t> caught_up_{0};
};

}  // namespace huitou::engine
