#pragma once

// Tables on a cluster. One table `orders` of ours is three of the servers', on every server:
//   orders_l   this shard's rows, ReplicatedMergeTree; the only one that holds anything
//   orders     all rows, Distributed over orders_l; every query reads this one
//   orders_w   the way in, Distributed over orders_l with one column more, `insert_`
//
// Why `insert_`: ReplicatedMergeTree drops a block that is identical to one it has. That makes a
// repeated write harmless, and would also lose the second of two equal blocks that are both meant.
// So each block we write carries a number of its own: the same block sent again is dropped, an
// equal one that is meant is kept.

#include <string>
#include <vector>

#include "engine/cluster_replicas.h"
#include "engine/cluster_sync.h"
#include "engine/engine.h"

namespace huitou::engine {

/// A column that tells blocks apart; in `_w` and `_l` only.
TableColumn insert_column();

class ClusterTables {
 public:
  ClusterTables(Replicas& replicas, Synchroniser& synchroniser, const ClusterOptions& options);

  Status create(const TableSpec& spec);
  Status drop(const std::string& name);
  Status truncate(const std::string& name);
  Result<std::vector<std::string>> names();
  Result<TableColumns> columns();
  Status replace_partitions(const std::string& table, const std::string& staging,
                            const std::vector<std::string>& partitions);

  Result<PartitionNames> partition_names(const std::string& table);

 private:
  struct Change {
    std::string text;   ///< ... ON CLUSTER ...
    std::string table;  ///< the server's table that is there, or gone, afterwards
    bool present;
  };
  Status on_cluster(const Change& change);
  Result<bool> applied(const Change& change);
  Status on_each_shard(const std::string& text);
  struct Replacement {
    std::string table;
    std::string staging;
    std::size_t shard;
  };
  Status replace_on_shard(const Replacement& replacement,
                          const std::vector<std::string>& partitions);
  Reply replace_on(std::size_t replica, const Replacement& replacement,
                   const std::vector<std::string>& partitions);
  std::string full(const std::string& name) const;
  std::string on() const;

  Replicas& replicas_;
  Synchroniser& synchroniser_;
  std::string cluster_;
  std::string database_;
};

}  // namespace huitou::engine
