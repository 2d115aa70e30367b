// Against the library's own mock cluster: brokers in this process that speak the real protocol.

#include <gtest/gtest.h>
#include <librdkafka/rdkafka.h>
#include <librdkafka/rdkafka_mock.h>

#include <set>

#include "connectors/connectors.h"

namespace huitou::connectors {
namespace {

class KafkaTopic : public testing::Test {
 protected:
  void SetUp() override {
    rd_kafka_conf_t* conf = rd_kafka_conf_new();
    char why[256];
    ASSERT_EQ(rd_kafka_conf_set(conf, "test.mock.num.brokers", "1", why, sizeof why),
              RD_KAFKA_CONF_OK);
    rd_kafka_conf_set_log_cb(conf, [](const rd_kafka_t*, int, const char*, const char*) {});
    producer_ = rd_kafka_new(RD_KAFKA_PRODUCER, conf, why, sizeof why);
    ASSERT_NE(producer_, nullptr) << why;
    cluster_ = rd_kafka_handle_mock_cluster(producer_);
    ASSERT_NE(cluster_, nullptr);
    ASSERT_EQ(rd_kafka_mock_topic_create(cluster_, "orders", kPartitions, 1),
              RD_KAFKA_RESP_ERR_NO_ERROR);
    orders_ = rd_kafka_topic_new(producer_, "orders", nullptr);
  }
  void TearDown() override {
    rd_kafka_topic_destroy(orders_);
    rd_kafka_destroy(producer_);
  }

  void send(const std::string& value, int partition, const std::string& key = "k") {
    ASSERT_EQ(
        rd_kafka_produce(orders_, partition, RD_KAFKA_MSG_F_COPY, const_cast<char*>(value.data()),
                         value.size(), key.data(), key.size(), nullptr),
        0);
  }
  void send_numbers(int from, int to) {
    for (int i = from; i < to; ++i) send("{\"id\":" + std::to_string(i) + "}", i % kPartitions);
    ASSERT_EQ(rd_kafka_flush(producer_, 10'000), RD_KAFKA_RESP_ERR_NO_ERROR);
  }
  Settings settings() const {
    return {{"brokers", {rd_kafka_mock_cluster_bootstraps(cluster_)}},
            {"topic", {"orders"}},
            {"columns", {"id", "where=@partition", "offset=@offset"}},
            {"timeout_seconds", {"10"}}};
  }
  std::unique_ptr<Reader> reader(const Settings& settings) const {
    auto reader = open(**find("kafka"), settings, machine());
    EXPECT_TRUE(reader.ok()) << describe(reader.error());
    return std::move(reader).value();
  }

  static constexpr int kPartitions = 3;
  rd_kafka_t* producer_ = nullptr;
  rd_kafka_topic_t* orders_ = nullptr;
  rd_kafka_mock_cluster_t* cluster_ = nullptr;
};

/// The ids of one run; how often each came is 1.
std::set<std::string> run(Reader& reader, std::string& cursor, int most_pages = 1000) {
  std::set<std::string> ids;
  for (int pages = 0; pages < most_pages; ++pages) {
    const Result<Page> page = reader.next(cursor);
    EXPECT_TRUE(page.ok()) << describe(page.error());
    if (!page.ok()) break;
    for (std::size_t row = 0; row < page->rows(); ++row) {
      EXPECT_TRUE(ids.emplace(page->at(row, 0)).second) << page->at(row, 0);
    }
    cursor = page->cursor;
    if (page->last) break;
  }
  return ids;
}

TEST_F(KafkaTopic, EachRunReadsWhatIsNew) {
  send_numbers(0, 25'000);
  std::string cursor;
  EXPECT_EQ(run(*reader(settings()), cursor).size(), 25'000U);
  EXPECT_TRUE(run(*reader(settings()), cursor).empty());
  send_numbers(25'000, 25'010);
  const auto source = reader(settings());
  const std::set<std::string> fresh = run(*source, cursor);
  EXPECT_EQ(fresh.size(), 10U);
  EXPECT_TRUE(fresh.contains("25009"));
  send_numbers(25'010, 25'020);
  EXPECT_EQ(run(*source, cursor).size(), 10U);
}

TEST_F(KafkaTopic, AnotherReaderGoesOnAndEndsWhereTheRunWasToEnd) {
  send_numbers(0, 25'000);
  std::string cursor;
  std::set<std::string> ids = run(*reader(settings()), cursor, 1);
  EXPECT_EQ(ids.size(), 10'000U);
  send_numbers(25'000, 25'100);
  ids.merge(run(*reader(settings()), cursor));
  EXPECT_EQ(ids.size(), 25'000U);
  EXPECT_EQ(run(*reader(settings()), cursor).size(), 100U);
}

TEST_F(KafkaTopic, AMessageThatIsNoJsonBecomesARowThatShowsIt) {
  send("{\"id\":1,\"total\":12345678901234567.89,\"who\":{\"name\":\"小明\"}}", 0, "a");
  rd_kafka_flush(producer_, 10'000);
  send("not json", 0, "b");
  rd_kafka_flush(producer_, 10'000);
  Settings more = settings();
  more["columns"] = {"id", "total", "name=/who/name", "key=@key", "raw=@value"};
  const Result<Page> page = reader(more)->next("");
  ASSERT_TRUE(page.ok()) << describe(page.error());
  ASSERT_EQ(page->rows(), 2U);
  EXPECT_EQ(page->at(0, 1), "12345678901234567.89");
  EXPECT_EQ(page->at(0, 2), "小明");
  EXPECT_EQ(page->at(0, 3), "a");
  EXPECT_EQ(page->at(1, 0), "not json");
  EXPECT_EQ(page->at(1, 1), "");
  EXPECT_EQ(page->at(1, 4), "not json");
}

TEST_F(KafkaTopic, SaysWhatIsWrong) {
  send_numbers(0, 10);
  rd_kafka_mock_topic_set_error(cluster_, "gone", RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART);
  const auto source = reader(settings());
  EXPECT_EQ(source->next("p0=999").error().code, Code::conflict);
  EXPECT_EQ(source->next("p0=x").error().code, Code::invalid_input);
  EXPECT_EQ(source->next("q0=1").error().code, Code::invalid_input);
  EXPECT_TRUE(source->next("").ok());  // usable after an error
  struct Case {
    std::string name;
    std::vector<std::string> values;
    Code code;
  };
  const Case cases[] = {{"columns", {"id=id"}, Code::invalid_input},
                        {"columns", {"id=@nothing"}, Code::invalid_input},
                        {"sasl", {"GSSAPI"}, Code::invalid_input},
                        {"topic", {"gone"}, Code::not_found}};
  for (const Case& c : cases) {
    Settings wrong = settings();
    wrong[c.name] = c.values;
    const auto refused = open(**find("kafka"), wrong, machine());
    ASSERT_FALSE(refused.ok()) << c.name;
    EXPECT_FALSE(refused.error().message_zh.empty());
    EXPECT_EQ(refused.error().code, c.code) << describe(refused.error());
  }
}

TEST_F(KafkaTopic, AnErrorThatPassesIsWaitedOut) {
  send_numbers(0, 300);
  const auto source = reader(settings());
  rd_kafka_mock_push_request_errors(
      cluster_, 1 /* Fetch */, 3, RD_KAFKA_RESP_ERR_NOT_LEADER_FOR_PARTITION,
      RD_KAFKA_RESP_ERR__TRANSPORT, RD_KAFKA_RESP_ERR_LEADER_NOT_AVAILABLE);
  std::string cursor;
  EXPECT_EQ(run(*source, cursor).size(), 300U);
}

TEST(Kafka, NoBrokerIsOneErrorWithoutTheSecret) {
  const Settings settings{{"brokers", {"127.0.0.1:1"}}, {"topic", {"orders"}},
                          {"columns", {"id"}},          {"sasl", {"PLAIN"}},
                          {"user", {"reader"}},         {"password", {"k4fka-Secret"}}};
  const auto refused = open(**find("kafka"), settings, machine());
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, Code::unavailable);
  EXPECT_NE(refused.error().message.find("127.0.0.1:1"), std::string::npos);
  EXPECT_EQ(describe(refused.error()).find("k4fka"), std::string::npos);
}

}  // namespace
}  // namespace huitou::connectors
