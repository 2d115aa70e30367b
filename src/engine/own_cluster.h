#pragma once

// A cluster of a test's own, whose servers it may stop and start.

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
  void pause(const std::string& node) { tool("pause", " --node " + node); }
  void resume(const std::string& node) { tool("resume", " --node " + node); }
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

  /// Puts a statement to this server until it did it: a busy server's session may end for a moment.
  static void sent(std::size_t node, const Statement& statement) {
    Replicas replicas(cluster_->options());
    const auto end = Clock::now() + 60s;
    Reply reply = replicas.ask(node, statement);
    while (!reply.good() && Clock::now() < end) {
      std::this_thread::sleep_for(200ms);
      reply = replicas.ask(node, statement);
    }
    EXPECT_TRUE(reply.good()) << "server " << node << ": " << reply.body;
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

  static inline std::unique_ptr<OwnCluster> cluster_;
  std::unique_ptr<Engine> engine_;
};

}  // namespace huitou::engine
