// What must hold while servers of the cluster fall and come back. Each program run has a cluster of
// its own, because it breaks it.

#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <thread>

#include "engine/cluster_replicas.h"
#include "engine/testing.h"

namespace huitou::engine {
namespace {

using namespace std::chrono_literals;
using testing::integers;
using Clock = std::chrono::steady_clock;
using Lines = std::vector<std::string>;

/// A cluster below a folder of its own; gone when this ends.
class OwnCluster {
 public:
  OwnCluster() {
    std::string pattern =
        (std::filesystem::temp_directory_path() / "huitou-cluster-XXXXXX").string();
    CHECK(mkdtemp(pattern.data()) != nullptr);
    folder_ = pattern;
    tool("start", "");
  }
  ~OwnCluster() {
    tool("stop", "");
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }
  OwnCluster(const OwnCluster&) = delete;
  OwnCluster& operator=(const OwnCluster&) = delete;

  void kill(const std::string& node) { tool("kill", " --node " + node); }
  void restart(const std::string& node) { tool("restart", " --node " + node); }
  ClusterOptions options() const {
    ClusterOptions options = testing::cluster_options(folder_ + "/cluster.json");
    options.patience_seconds = 10;  // the servers' sessions last 6
    return options;
  }

 private:
  void tool(const std::string& verb, const std::string& rest) {
    const std::string command = "python3 tools/cluster.py " + verb + " --dir " + folder_ + rest;
    const int status = std::system(command.c_str());
    EXPECT_EQ(status, 0) << command;
  }

  std::string folder_;
};

class Cluster : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    if (std::getenv("HUITOU_CLUSTER") != nullptr) {
      cluster_ = std::make_unique<OwnCluster>();
    }
  }
  static void TearDownTestSuite() { cluster_.reset(); }

  void SetUp() override {
    if (cluster_ == nullptr) {
      GTEST_SKIP() << "HUITOU_CLUSTER is not set: tests of a real cluster are left out";
    }
    Result<std::unique_ptr<Engine>> engine = open_cluster(cluster_->options());
    ASSERT_TRUE(engine.ok()) << describe(engine.error());
    engine_ = std::move(engine).value();
    ok(engine_->drop_table("numbers"));
    ok(engine_->create_table({.name = "numbers",
                              .columns = {{"key", "UInt64"}, {"value", "Int64"}},
                              .order_by = "key",
                              .shard_by = "key"}));
  }

  static void ok(const Status& status) { EXPECT_TRUE(status.ok()) << describe(status.error()); }

  /// Adds the keys [from, to), each with its value twice as large.
  Status add(std::int64_t from, std::int64_t to) {
    TRY(const std::unique_ptr<Inserter> inserter,
        engine_->insert("numbers", {{"key", "UInt64"}, {"value", "Int64"}}));
    std::vector<std::int64_t> keys, values;
    for (std::int64_t key = from; key < to; ++key) {
      keys.push_back(key);
      values.push_back(2 * key);
    }
    Frame frame;
    frame.columns = {integers("key", keys), integers("value", values)};
    TRY(inserter->write(frame));
    return inserter->finish();
  }

  Result<Frame> totals() {
    return engine_->query({.text = "SELECT count() AS n, toUInt64(uniqExact(key)) AS keys, "
                                   "toInt64(sum(value)) AS total FROM numbers"});
  }

  /// The keys [0, count) are there, each once.
  void expect_keys(std::int64_t count) {
    const Result<Frame> frame = totals();
    ASSERT_TRUE(frame.ok()) << describe(frame.error());
    const std::string all = std::to_string(count);
    EXPECT_EQ(testing::lines(*frame),
              Lines{all + "\t" + all + "\t" + std::to_string(count * (count - 1))});
  }

  /// What this server alone says, past the engine.
  static std::string asked(std::size_t node, const std::string& text) {
    Replicas replicas(cluster_->options());
    return replicas.ask(node, {.text = text}).body;
  }

  /// The server, other than the one asked, that works for the query with this mark.
  static int serving(const std::string& mark) {
    const auto end = Clock::now() + 5s;
    while (Clock::now() < end) {
      for (std::size_t node = 0; node < 4; ++node) {
        const std::string count =
            asked(node,
                  "SELECT count() FROM system.processes WHERE NOT is_initial_query AND "
                  "query LIKE '%" +
                      mark + "%' AND elapsed > 0.2");
        if (count.starts_with("1")) {
          return static_cast<int>(node);
        }
      }
    }
    return -1;
  }

  static std::unique_ptr<OwnCluster> cluster_;
  std::unique_ptr<Engine> engine_;
};

std::unique_ptr<OwnCluster> Cluster::cluster_;

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
  Replicas replicas(cluster_->options());
  for (std::size_t node = 0; node < 4; ++node) {
    EXPECT_TRUE(replicas
                    .ask(node, {.text = text,
                                .settings = {{"insert_distributed_sync", "1"}},
                                .data = gzip(*block)})
                    .good());
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
                                      "toUInt8(max(sleep(2))) AS slept, '" +
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
  EXPECT_LT(Clock::now() - begin, 10s);
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
  const auto end = Clock::now() + 30s;
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
  const auto end = Clock::now() + 30s;
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
  const auto end = Clock::now() + 30s;
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
