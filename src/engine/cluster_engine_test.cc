// What must hold while servers of the cluster fall and come back. Each program run has a cluster of
// its own, because it breaks it.

#include "engine/own_cluster.h"

namespace huitou::engine {
namespace {

TEST_F(Cluster, RowsAreSpreadOverShardsAndHeldTwice) {
  ok(add(0, 1000));
  const std::string text = "SELECT count() FROM numbers_l";
  EXPECT_EQ(asked(0, text), asked(1, text));
  EXPECT_EQ(asked(2, text), asked(3, text));
  EXPECT_EQ(std::stoi(asked(0, text)) + std::stoi(asked(2, text)), 1000);
  EXPECT_GT(std::stoi(asked(0, text)), 300);
  EXPECT_GT(std::stoi(asked(2, text)), 300);
}

TEST_F(Cluster, TheSameBlockSentAgainIsDroppedByTheServers) {
  const std::string text = "INSERT INTO numbers_w (key, value, insert_) FORMAT Native";
  Frame frame;
  frame.columns = {integers("key", {1, 2, 3, 4}), integers("value", {1, 2, 3, 4}),
                   integers("insert_", {77, 77, 77, 77})};
  const Result<std::string> block =
      native_block(frame, {{"key", "UInt64"}, {"value", "Int64"}, {"insert_", "UInt64"}});
  ASSERT_TRUE(block.ok());
  for (std::size_t node = 0; node < 4; ++node) {
    sent(node,
         {.text = text, .settings = {{"insert_distributed_sync", "1"}}, .data = gzip(*block)});
  }
  for (std::size_t node = 0; node < 4; ++node) {
    sent(node, {.text = "SYSTEM SYNC REPLICA numbers_l"});
  }
  EXPECT_EQ(testing::lines(*totals()), Lines{"4\t4\t10"});
}

TEST_F(Cluster, EveryAnswerIsRightWhileAReplicaFalls) {
  ok(add(0, 10000));
  for (int query = 0; query < 60; ++query) {
    if (query == 20) {
      cluster_->kill("1");
    }
    expect_keys(10000);
  }
  cluster_->restart("1");
}

TEST_F(Cluster, ManyThreadsGetTheirOwnAnswers) {
  ok(add(0, 20000));
  std::atomic<int> right{0};
  std::vector<std::thread> threads;
  for (std::int64_t thread = 0; thread < 12; ++thread) {
    threads.emplace_back([&, thread] {
      for (std::int64_t time = 0; time < 15; ++time) {
        const std::int64_t key = thread * 1000 + time;
        const Result<Frame> frame = engine_->query(
            {.text = "SELECT value, {text:String} AS t FROM numbers WHERE key = {key:UInt64}",
             .params = {{"key", key}, {"text", std::string("回头") + std::to_string(key)}}});
        right += frame.ok() && testing::lines(*frame) ==
                                   Lines{std::to_string(2 * key) + "\t回头" + std::to_string(key)};
      }
    });
  }
  for (std::thread& thread : threads) {
    thread.join();
  }
  EXPECT_EQ(right, 180);
}

TEST_F(Cluster, AQueryWhoseReplicaFallsIsAskedAgain) {
  ok(add(0, 4000));
  for (int time = 0; time < 2; ++time) {
    const std::string mark = "mark" + std::to_string(time);
    Result<Frame> frame = Frame{};
    std::thread query([&] {
      frame = engine_->query({.text = "SELECT count() AS n, toInt64(sum(value)) AS total, "
                                      "toUInt8(max(sleep(3))) AS slept, '" +
                                      mark + "' AS mark FROM numbers"});
    });
    const int node = serving(mark);
    ASSERT_GE(node, 0);
    cluster_->kill(std::to_string(node));
    query.join();
    ASSERT_TRUE(frame.ok()) << describe(frame.error());
    EXPECT_EQ(testing::lines(*frame), Lines{"4000\t15996000\t0\t" + mark});
    cluster_->restart(std::to_string(node));
  }
}

TEST_F(Cluster, HalfOfTheDataIsNoAnswer) {
  ok(add(0, 1000));
  cluster_->kill("2");
  cluster_->kill("3");
  const auto begin = Clock::now();
  const Result<Frame> frame = totals();
  ASSERT_FALSE(frame.ok()) << testing::lines(*frame)[0];
  EXPECT_EQ(frame.error().code, Code::unavailable) << describe(frame.error());
  EXPECT_LT(Clock::now() - begin, 60s);
  const Status added = add(1000, 1100);
  ASSERT_FALSE(added.ok());
  EXPECT_EQ(added.error().code, Code::unavailable) << describe(added.error());
  const Result<Health> health = engine_->health();
  ASSERT_TRUE(health.ok());
  EXPECT_EQ(health->replicas_up, 2U);
  EXPECT_EQ(health->replicas, 4U);
  cluster_->restart("2");
  cluster_->restart("3");
  ok(engine_->truncate_table("numbers"));
  ok(add(0, 500));
  expect_keys(500);
}

TEST_F(Cluster, AReplicaThatMissedRowsIsNotAskedBeforeItHasThem) {
  ok(add(0, 1000));
  cluster_->kill("0");
  ok(add(1000, 300000));
  expect_keys(300000);
  std::thread back([] { cluster_->restart("0"); });
  const auto end = Clock::now() + 90s;
  std::string here, there = "?";
  while (here != there && Clock::now() < end) {
    expect_keys(300000);
    here = asked(0, "SELECT count() FROM numbers_l");
    there = asked(1, "SELECT count() FROM numbers_l");
  }
  back.join();
  EXPECT_EQ(here, there);
}

TEST_F(Cluster, ALoadGoesOnWhileReplicasFallAndNoRowIsThereTwice) {
  std::atomic<bool> done = false;
  std::thread fall([&] {
    for (const char* node : {"0", "3", "0", "2"}) {
      std::this_thread::sleep_for(400ms);
      cluster_->kill(node);
      std::this_thread::sleep_for(400ms);
      cluster_->restart(node);
      std::this_thread::sleep_for(1s);
    }
    done = true;
  });
  std::int64_t loaded = 0;
  while (!done) {
    const Status added = add(loaded, loaded + 5000);
    EXPECT_TRUE(added.ok()) << describe(added.error());
    loaded += 5000;
  }
  fall.join();
  expect_keys(loaded);
}

TEST_F(Cluster, TablesChangeWhileAServerIsDownAndItFollows) {
  cluster_->kill("3");
  ok(engine_->drop_table("numbers"));
  ok(engine_->create_table({.name = "numbers",
                            .columns = {{"key", "UInt64"}, {"value", "Int64"}},
                            .order_by = "key",
                            .shard_by = "key"}));
  ok(add(0, 700));
  ok(engine_->create_table({.name = "staging",
                            .columns = {{"key", "UInt64"}, {"value", "Int64"}},
                            .order_by = "key",
                            .shard_by = "key"}));
  ok(engine_->replace_partitions("numbers", "staging", {"all"}));
  expect_keys(0);
  ok(add(0, 800));
  cluster_->restart("3");
  expect_keys(800);
  const auto end = Clock::now() + 90s;
  while (asked(2, "SELECT count() FROM numbers_l") != asked(3, "SELECT count() FROM numbers_l") &&
         Clock::now() < end) {
    std::this_thread::sleep_for(100ms);
  }
  EXPECT_EQ(asked(2, "SELECT count() FROM numbers_l"), asked(3, "SELECT count() FROM numbers_l"));
  ok(engine_->drop_table("staging"));
}

TEST_F(Cluster, WithoutZooKeeperNothingIsWrittenAndItComesBack) {
  ok(add(0, 100));
  cluster_->kill("zookeeper");
  const Status added = add(100, 200);
  ASSERT_FALSE(added.ok());
  EXPECT_EQ(added.error().code, Code::unavailable) << describe(added.error());
  cluster_->restart("zookeeper");
  const auto end = Clock::now() + 90s;
  while (!add(200, 201).ok() && Clock::now() < end) {
    std::this_thread::sleep_for(200ms);
  }
  ok(engine_->truncate_table("numbers"));
  ok(add(0, 10));
  expect_keys(10);
}

TEST(ClusterOptions, ServersThatDoNotAnswerAreUnavailable) {
  const auto opened = open_cluster({.name = "huitou", .shards = {{"http://127.0.0.1:1"}}});
  ASSERT_FALSE(opened.ok());
  EXPECT_EQ(opened.error().code, Code::unavailable);
  EXPECT_EQ(open_cluster({.name = "huitou", .shards = {{}}}).error().code, Code::invalid_input);
  EXPECT_EQ(open_cluster({.name = "x; y", .shards = {{"http://127.0.0.1:1"}}}).error().code,
            Code::invalid_input);
}

}  // namespace
}  // namespace huitou::engine
