// Events from a delivery to the table, on every engine: each once, whatever is done twice.

#include <gtest/gtest.h>

#include <filesystem>
#include <future>

#include "collect/collect.h"
#include "collect/mover.h"
#include "engine/testing.h"
#include "schema/schema.h"

namespace huitou::collect {
namespace {

using engine::testing::NamedEngine;

constexpr std::int64_t kNow = 1'735'732'800'000;  // 2025-01-01T12:00:00Z, 20:00 in Shanghai

const std::vector<NamedEngine>& all_engines() {
  static const std::vector<NamedEngine> engines = engine::testing::engines();
  return engines;
}

Surroundings quiet() {
  return {.now_ms = [] { return kNow; },
          .day_at = [](std::int64_t) { return *parse_date("2025-01-01"); },
          .alone = [](const std::function<Status()>& work) { return work(); },
          .load = [](const std::function<Status()>& work) { return work(); },
          .log = [](const std::string&) {}};
}

class CollectTest : public testing::TestWithParam<std::size_t> {
 protected:
  void SetUp() override {
    ASSERT_TRUE(schema::ensure(engine()).ok());
    for (const char* table :
         {"events", "event_claims", "orders", "order_lines", "customers", "identities"}) {
      ASSERT_TRUE(engine().truncate_table(table).ok());
    }
    std::filesystem::remove_all(home_);
    std::filesystem::create_directories(home_);
    auto store = store::open_sqlite(":memory:");
    ASSERT_TRUE(store.ok());
    store_ = std::move(*store);
    key_ = *add_key(*store_, "web", 5);
    reopen({});
  }
  void TearDown() override {
    collector_.reset();
    std::filesystem::remove_all(home_);
  }

  void reopen(const Limits& limits) {
    collector_.reset();
    auto collector = Collector::open(engine(), *store_,
                                     {.home = home_.string(),
                                      .time_zone = "Asia/Shanghai",
                                      .currency = "CNY",
                                      .limits = limits,
                                      .move_ms = 3'600'000,
                                      .orders_ms = 3'600'000});
    ASSERT_TRUE(collector.ok()) << describe(collector.error());
    collector_ = std::move(*collector);
    collector_->start(quiet());
  }

  engine::Engine& engine() { return *all_engines().at(GetParam()).engine; }

  Result<Receipt> send(std::optional<Kind> kind, const std::string& body, const std::string& key) {
    std::promise<Result<Receipt>> promise;
    auto answered = promise.get_future();
    collector_->take({.kind = kind, .body = body, .write_key = key},
                     [&](Result<Receipt> receipt) { promise.set_value(std::move(receipt)); });
    return answered.get();
  }
  void send(const std::string& events) {
    const auto receipt = send(std::nullopt, "{\"batch\":[" + events + "]}", key_);
    ASSERT_TRUE(receipt.ok()) << describe(receipt.error());
    EXPECT_EQ(receipt->refused.size(), 0U);
  }
  void drain() {
    const Status drained = collector_->drain(quiet());
    ASSERT_TRUE(drained.ok()) << describe(drained.error());
  }
  std::vector<std::string> rows(const std::string& query) {
    const auto frame = engine().query({.text = query});
    EXPECT_TRUE(frame.ok()) << (frame.ok() ? "" : describe(frame.error()));
    return frame.ok() ? engine::testing::lines(*frame) : std::vector<std::string>();
  }

  std::filesystem::path home_ =
      std::filesystem::temp_directory_path() / ("huitou-collect-" + std::to_string(getpid()));
  std::unique_ptr<store::Store> store_;
  std::unique_ptr<Collector> collector_;
  std::string key_;
};

std::string viewed(const std::string& id, const std::string& user) {
  return R"({"type":"track","event":"Product Viewed","messageId":")" + id + R"(","userId":")" +
         user + R"(","originalTimestamp":"2025-01-01T17:30:00Z"})";
}

TEST_P(CollectTest, AnEventKeepsWhatItSays) {
  send(
      R"({"type":"track","event":"Product Viewed","messageId":"m1","userId":"u1","anonymousId":"a1",
    "originalTimestamp":"2024-12-31T15:59:00Z","sentAt":"2024-12-31T16:00:00Z",
    "context":{"sessionId":77,"page":{"path":"/p/1"},"campaign":{"name":"春节"}},"channel":"web",
    "properties":{"product_id":"P1","category":"咖啡","revenue":12.345,"duration":2.5}})");
  drain();
  EXPECT_EQ(
      rows("SELECT message_id, user_id, anonymous_id, kind, name, toString(occurred_at) AS at, "
           "toString(occurred_on) AS day, session_id, page, duration_seconds, product_key, "
           "category, channel, campaign, amount_minor, properties, source FROM events"),
      std::vector<std::string>(
          {"m1\tu1\ta1\ttrack\tProduct Viewed\t2025-01-01 11:59:00\t2025-01-01\t77\t/p/1\t2.5\tP1"
           "\t咖啡\tweb\t春节\t1235\t"
           R"({"product_id":"P1","category":"咖啡","revenue":12.345,"duration":2.5})"
           "\tweb"}));
}

// Sent twice in a batch, in two batches, moved before and after: there once. Another source's
// message of that id is another message.
TEST_P(CollectTest, AMessageIsThereOnce) {
  const std::string other = *add_key(*store_, "app", 5);
  send(viewed("m1", "u1") + "," + viewed("m1", "u1") + "," + viewed("m2", "u1"));
  send(viewed("m2", "u1"));
  drain();
  send(viewed("m1", "u1") + "," + viewed("m3", "u1"));
  reopen({});
  ASSERT_TRUE(send(Kind::track, viewed("m1", "u1"), other).ok());
  drain();
  EXPECT_EQ(rows("SELECT source, message_id, toUInt64(count()) AS n FROM events GROUP BY source, "
                 "message_id ORDER BY source, message_id"),
            (std::vector<std::string>{"app\tm1\t1", "web\tm1\t1", "web\tm2\t1", "web\tm3\t1"}));
}

// The engine took a batch, wholly or in part, and the program died before the inbox forgot it.
TEST_P(CollectTest, ABatchThatIsMovedAgainAddsWhatIsMissing) {
  send(viewed("m1", "u1") + "," + viewed("m2", "u1") + "," + viewed("m3", "u1"));
  RowReader reader("CNY");
  const auto calendar = Calendar::open("Asia/Shanghai");
  ASSERT_TRUE(calendar.ok());
  const std::string json = viewed("m2", "u1");
  const auto row = reader.read({kNow, Kind::track, "web", std::nullopt, "", json});
  ASSERT_TRUE(row);
  const auto inserter = engine().insert("events", schema::table("events").columns);
  ASSERT_TRUE(inserter.ok());
  ASSERT_TRUE((*inserter)->write(event_frame({{&*row, 0}}, *calendar)).ok());
  ASSERT_TRUE((*inserter)->finish().ok());
  drain();
  EXPECT_EQ(rows("SELECT message_id FROM events ORDER BY message_id"),
            (std::vector<std::string>{"m1", "m2", "m3"}));
}

TEST_P(CollectTest, TwentyYearsInOneBatchAreTaken) {
  std::string events;
  for (int year = 2000; year < 2020; ++year) {
    for (int month = 1; month <= 12; ++month) {
      const std::string day =
          std::to_string(year) + (month < 10 ? "-0" : "-") + std::to_string(month);
      events +=
          (events.empty() ? "" : ",") + (R"({"type":"page","userId":"u","messageId":")" + day +
                                         R"(","timestamp":")" + day + "-15T00:00:00Z\"}");
    }
  }
  send(events);
  drain();
  EXPECT_EQ(rows("SELECT toUInt64(count()) AS n, toUInt64(uniqExact(toYYYYMM(occurred_on))) AS "
                 "months FROM events"),
            (std::vector<std::string>{"240\t240"}));
}

// Lists of their ids are longer than a query may be.
TEST_P(CollectTest, ManyPeopleInOneBatchAreAskedFor) {
  const std::string padding(80, 'x');
  for (int again = 0; again < 2; ++again) {
    for (int delivery = 0; delivery < 4; ++delivery) {
      std::string events;
      for (int i = 0; i < 2000; ++i) {
        const std::string id = std::to_string(delivery * 2000 + i);
        events += (events.empty() ? "" : ",") + (R"({"type":"page","userId":")" + padding + id +
                                                 R"(","messageId":"m)" + id + "\"}");
      }
      send(events);
    }
    drain();
  }
  EXPECT_EQ(rows("SELECT toUInt64(count()) AS n FROM events"), (std::vector<std::string>{"8000"}));
}

TEST_P(CollectTest, KnowsMembersAndNamesNobodyElse) {
  const auto inserter = engine().insert(
      "identities",
      {{"customer_id", "UInt64"}, {"kind", "String"}, {"key", "String"}, {"source", "String"}});
  ASSERT_TRUE(inserter.ok());
  Frame known;
  known.columns = {
      engine::testing::integers("customer_id", {7}), engine::testing::texts("kind", {"member"}),
      engine::testing::texts("key", {"anna"}), engine::testing::texts("source", {"crm"})};
  ASSERT_TRUE((*inserter)->write(known).ok());
  ASSERT_TRUE((*inserter)->finish().ok());
  send(viewed("m1", "anna") + "," + viewed("m2", "ben"));
  drain();
  EXPECT_EQ(rows("SELECT user_id, toUInt64(customer_id) AS id FROM events ORDER BY user_id"),
            (std::vector<std::string>{"anna\t7", "ben\t0"}));
}

std::string order_event(const std::string& id, const std::string& name, const std::string& rest) {
  return R"({"type":"track","messageId":")" + id + R"(","userId":"anna","event":"Order )" + name +
         R"(","timestamp":"2025-01-01T10:00:00Z","properties":{"order_id":"O1")" + rest + "}}";
}

constexpr const char* kBought =
    R"(,"revenue":90,"currency":"CNY","products":[{"product_id":"P1","name":"咖啡","price":40,"quantity":2},
       {"product_id":"P2","price":20,"quantity":1}])";

// state of the order           status  gross  discount  refund  net
// bought for 90 of 100         2       10000  1000      0       9000
// 30 given back, said twice    2       10000  1000      3000    6000
// everything given back        5       10000  1000      9000    0
TEST_P(CollectTest, OrdersComeByTheSameDoorAsFiles) {
  const auto order = [&] {
    return rows(
        "SELECT order_key, status, gross_minor, discount_minor, refund_minor, net_minor, lines, "
        "toString(ordered_on) AS day FROM orders");
  };
  send(order_event("m1", "Completed", kBought));
  drain();
  EXPECT_EQ(order(), (std::vector<std::string>{"O1\t2\t10000\t1000\t0\t9000\t2\t2025-01-01"}));
  send(order_event("m2", "Refunded", R"(,"total":30)"));
  send(order_event("m2", "Refunded", R"(,"total":30)"));
  drain();
  EXPECT_EQ(order(), (std::vector<std::string>{"O1\t2\t10000\t1000\t3000\t6000\t2\t2025-01-01"}));
  send(order_event("m3", "Refunded", ""));
  drain();
  EXPECT_EQ(order(), (std::vector<std::string>{"O1\t5\t10000\t1000\t9000\t0\t2\t2025-01-01"}));
}

TEST_P(CollectTest, ARefundMayComeBeforeItsOrder) {
  send(order_event("m2", "Refunded", R"(,"total":30)"));
  drain();
  EXPECT_TRUE(rows("SELECT order_key FROM orders").empty());
  send(order_event("m1", "Completed", kBought));
  drain();
  EXPECT_EQ(rows("SELECT refund_minor FROM orders"), (std::vector<std::string>{"3000"}));
  send(order_event("m4", "Cancelled", ""));
  drain();
  EXPECT_EQ(rows("SELECT status FROM orders"), (std::vector<std::string>{"4"}));
}

TEST_P(CollectTest, SaysWhoMayNotAndWhenItIsFull) {
  EXPECT_EQ(send(Kind::page, R"({"userId":"u"})", "hk_wrong").error().code, Code::denied);
  EXPECT_EQ(send(Kind::page, R"({"userId":"u"})", "").error().code, Code::denied);
  ASSERT_TRUE(send(Kind::page, R"({"userId":"u","writeKey":")" + key_ + "\"}", "").ok());
  reopen({.waiting_events = 2});
  ASSERT_TRUE(send(Kind::page, R"({"userId":"u"})", key_).ok());
  const auto full = send(Kind::page, R"({"userId":"u"})", key_);
  ASSERT_FALSE(full.ok());
  EXPECT_EQ(full.error().message, "The inbox has reached its limit waiting_events of 2.");
  drain();
  EXPECT_TRUE(send(Kind::page, R"({"userId":"u"})", key_).ok());
  ASSERT_TRUE(remove_key(*store_, 1).ok());
  reopen({});
  EXPECT_EQ(send(Kind::page, R"({"userId":"u"})", key_).error().code, Code::denied);
}

INSTANTIATE_TEST_SUITE_P(Engines, CollectTest, testing::Range(std::size_t{0}, all_engines().size()),
                         [](const auto& chosen) { return all_engines()[chosen.param].name; });

}  // namespace
}  // namespace huitou::collect
