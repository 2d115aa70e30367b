#pragma once

// A shop on one engine whose events are sent by hand, for tests of whose they are.

#include <gtest/gtest.h>

#include <filesystem>
#include <future>
#include <memory>
#include <string>
#include <tuple>
#include <vector>

#include "collect/collect.h"
#include "engine/testing.h"
#include "identity/identity.h"
#include "ingest/ingest.h"
#include "schema/schema.h"
#include "schema/testing.h"

namespace huitou::collect {
using engine::testing::NamedEngine;
using Lines = std::vector<std::string>;

inline constexpr std::int64_t kNow = 1'735'732'800'000;  // 2025-01-01T12:00:00Z

inline const std::vector<NamedEngine>& all_engines() {
  static const std::vector<NamedEngine> engines = engine::testing::engines();
  return engines;
}

struct Sent {
  std::string user;
  std::string visitor;
  std::string previous;  ///< of an alias
};

class PersonsTest : public testing::TestWithParam<std::size_t> {
 protected:
  void SetUp() override {
    schema::testing::clear(engine());
    std::filesystem::remove_all(home_);
    std::filesystem::create_directories(home_);
    auto store = store::open_sqlite(":memory:");
    ASSERT_TRUE(store.ok());
    collector_.reset();
    store_ = std::move(*store);
    key_ = *add_key(*store_, "web", 5);
    messages_ = 0;
    batch_ = 0;
    reopen();
  }
  void TearDown() override {
    collector_.reset();
    std::filesystem::remove_all(home_);
  }

  Surroundings quiet() {
    return {.now_ms = [] { return kNow; },
            .day_at = [](std::int64_t) { return *parse_date("2025-01-01"); },
            .alone = [](const std::function<Status()>& work) { return work(); },
            .load = [](const std::function<Status()>& work) { return work(); },
            .log = [](const std::string&) {}};
  }
  void reopen() {
    collector_.reset();
    auto collector = Collector::open(engine(), *store_,
                                     {.home = home_.string(),
                                      .time_zone = "Asia/Shanghai",
                                      .currency = "CNY",
                                      .move_ms = 3'600'000,
                                      .orders_ms = 3'600'000});
    ASSERT_TRUE(collector.ok()) << describe(collector.error());
    collector_ = std::move(*collector);
    collector_->start(quiet());
  }

  engine::Engine& engine() { return *all_engines().at(GetParam()).engine; }

  /// Sends an event in one of three months; its message id is its number.
  void send(const Sent& sent, const std::string& rest = "") {
    const std::string id = "m" + std::to_string(++messages_);
    std::string event = R"({"messageId":")" + id + R"(","timestamp":"2024-1)" +
                        std::to_string(messages_ % 3) + R"(-05T10:00:00Z")" + rest;
    if (!sent.user.empty()) event += R"(,"userId":")" + sent.user + '"';
    if (!sent.visitor.empty()) event += R"(,"anonymousId":")" + sent.visitor + '"';
    if (sent.previous.empty()) {
      event += rest.empty() ? R"(,"type":"page"})" : "}";
    } else {
      event += R"(,"type":"alias","previousId":")" + sent.previous + "\"}";
    }
    std::promise<Result<Receipt>> promise;
    auto answered = promise.get_future();
    const std::string body = "{\"batch\":[" + event + "]}";
    collector_->take({.body = body, .write_key = key_},
                     [&](Result<Receipt> receipt) { promise.set_value(std::move(receipt)); });
    const auto receipt = answered.get();
    ASSERT_TRUE(receipt.ok()) << describe(receipt.error());
    ASSERT_EQ(receipt->refused.size(), 0U);
  }
  void drain() {
    const Status drained = collector_->drain(quiet());
    ASSERT_TRUE(drained.ok()) << describe(drained.error());
  }
  /// What a load does when it is in.
  void follow() {
    const auto followed = identity::follow(engine(), *store_, 5);
    ASSERT_TRUE(followed.ok()) << describe(followed.error());
  }
  /// Keys that a load brings; a member number makes an account.
  void keys(const std::vector<std::tuple<std::int64_t, std::string, std::string>>& rows) {
    ++batch_;
    Frame frame;
    frame.columns = {make_column("customer_id", ColumnType::integer),
                     make_column("kind", ColumnType::text), make_column("key", ColumnType::text),
                     make_column("batch", ColumnType::integer)};
    for (const auto& [account, kind, key] : rows) {
      frame.columns[0].push_integer(account);
      frame.columns[1].push_text(kind);
      frame.columns[2].push_text(key);
      frame.columns[3].push_integer(batch_);
    }
    auto inserter = engine().insert(
        "identities",
        {{"customer_id", "UInt64"}, {"kind", "String"}, {"key", "String"}, {"batch", "UInt64"}});
    ASSERT_TRUE(inserter.ok());
    ASSERT_TRUE((*inserter)->write(frame).ok());
    ASSERT_TRUE((*inserter)->finish().ok());
    ASSERT_TRUE(ingest::data_changed(*store_, "test", 5).ok());
  }
  void stop(const std::string& kind, const std::string& key) {
    ASSERT_TRUE(identity::add_stop(*store_, {kind, key}, "test", 5).ok());
  }

  Lines rows(const std::string& query) {
    const auto frame = engine().query({.text = query});
    EXPECT_TRUE(frame.ok()) << (frame.ok() ? "" : describe(frame.error()));
    return frame.ok() ? engine::testing::lines(*frame) : Lines();
  }
  /// "m1 7": the event m1 is customer 7's.
  Lines placed() {
    return rows(
        "SELECT concat(message_id, ' ', toString(customer_id)) AS at FROM events ORDER BY "
        "toUInt64(substring(message_id, 2))");
  }

  std::filesystem::path home_ =
      std::filesystem::temp_directory_path() / ("huitou-persons-" + std::to_string(getpid()));
  std::unique_ptr<store::Store> store_;
  std::unique_ptr<Collector> collector_;
  std::string key_;
  int messages_ = 0;
  std::int64_t batch_ = 0;
};

}  // namespace huitou::collect
