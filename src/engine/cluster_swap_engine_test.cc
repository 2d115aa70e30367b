// Swaps of partitions on a cluster: rows that change the shard, replicas that are late.

#include "engine/own_cluster.h"

namespace huitou::engine {
namespace {

// Given a server that says nothing while rows are swapped, and is slow to catch up, no answer
// should come from what it has.
TEST_F(Cluster, AReplicaThatMissedASwapIsWaitedFor) {
  ok(add(0, 1000));
  ok(engine_->drop_table("staging"));
  ok(engine_->create_table({.name = "staging",
                            .columns = {{"key", "UInt64"}, {"value", "Int64"}},
                            .order_by = "key",
                            .shard_by = "key"}));
  ok(engine_->execute({.text = "INSERT INTO staging SELECT key, value FROM numbers "
                               "WHERE key < 100"}));
  sent(1, {.text = "SYSTEM STOP REPLICATION QUEUES numbers_l"});
  cluster_->pause("1");
  ok(engine_->replace_partitions("numbers", "staging", {"all"}));
  cluster_->resume("1");
  std::thread later([] {
    std::this_thread::sleep_for(2s);
    sent(1, {.text = "SYSTEM START REPLICATION QUEUES numbers_l"});
  });
  const auto end = Clock::now() + 90s;
  int answers = 0;
  while (answers < 20 && Clock::now() < end) {
    const Result<Frame> frame = totals();
    if (frame.ok()) {
      ++answers;
      EXPECT_EQ(testing::lines(*frame), Lines{"100\t100\t9900"});
    } else {
      EXPECT_EQ(frame.error().code, Code::unavailable) << describe(frame.error());
    }
  }
  EXPECT_EQ(answers, 20);
  later.join();
  ok(engine_->drop_table("staging"));
}

// Given rows that all move to the other shard, and replicas that carry out the swaps of many
// partitions together, every row should be there once.
TEST_F(Cluster, RowsThatMoveBetweenShardsAreThereOnce) {
  TableSpec spec{.name = "moving",
                 .columns = {{"month", "UInt64"}, {"owner", "UInt64"}},
                 .partition_by = "month",
                 .order_by = "month",
                 .shard_by = "owner"};
  ok(engine_->drop_table("moving"));
  ok(engine_->create_table(spec));
  spec.name = "moved";
  ok(engine_->drop_table("moved"));
  ok(engine_->create_table(spec));
  ok(engine_->execute({.text = "INSERT INTO moving (month, owner) SELECT number AS month, "
                               "toUInt64(0) AS owner FROM system.numbers LIMIT 8"}));
  const std::vector<std::string> months{"0", "1", "2", "3", "4", "5", "6", "7"};
  for (int owner = 1; owner <= 4; ++owner) {
    ok(engine_->truncate_table("moved"));
    ok(engine_->execute(
        {.text = "INSERT INTO moved (month, owner) SELECT month, owner + 1 FROM moving"}));
    for (const std::size_t node : {1UL, 3UL}) {
      sent(node, {.text = "SYSTEM STOP REPLICATION QUEUES moving_l"});
    }
    std::thread later([] {
      std::this_thread::sleep_for(1s);
      for (const std::size_t node : {1UL, 3UL}) {
        sent(node, {.text = "SYSTEM START REPLICATION QUEUES moving_l"});
      }
    });
    ok(engine_->replace_partitions("moving", "moved", months));
    later.join();
    for (int look = 0; look < 8; ++look) {
      const Result<Frame> frame = engine_->query(
          {.text = "SELECT count() AS n, toUInt64(uniqExact(month)) AS months, "
                   "toUInt64(min(owner)) AS least, toUInt64(max(owner)) AS most FROM moving"});
      ASSERT_TRUE(frame.ok()) << describe(frame.error());
      const std::string at = std::to_string(owner);
      EXPECT_EQ(testing::lines(*frame), Lines{"8\t8\t" + at + "\t" + at});
    }
  }
  ok(engine_->drop_table("moving"));
  ok(engine_->drop_table("moved"));
}

}  // namespace
}  // namespace huitou::engine
