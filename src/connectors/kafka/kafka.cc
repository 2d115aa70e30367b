// A topic of Kafka whose messages are JSON. A run ends where the partitions ended when it began;
// the cursor holds an offset for each partition, so no consumer group keeps anything.

#include <librdkafka/rdkafka.h>

#include <algorithm>
#include <array>
#include <map>
#include <nlohmann/json.hpp>

#include "connectors/database.h"
#include "connectors/http_json/document.h"
#include "connectors/kafka/offsets.h"
#include "connectors/settings.h"

namespace huitou::connectors {

extern const Connector kafka;

namespace {

using nlohmann::json;

constexpr int kAskMilliseconds = 5'000;
constexpr int kPollMilliseconds = 100;

struct Freed {
  void operator()(rd_kafka_t* handle) const {
    rd_kafka_consumer_close(handle);
    rd_kafka_destroy(handle);
  }
  void operator()(rd_kafka_message_t* message) const { rd_kafka_message_destroy(message); }
  void operator()(rd_kafka_topic_partition_list_t* list) const {
    rd_kafka_topic_partition_list_destroy(list);
  }
  void operator()(const rd_kafka_metadata_t* metadata) const {
    rd_kafka_metadata_destroy(metadata);
  }
  void operator()(rd_kafka_topic_t* topic) const { rd_kafka_topic_destroy(topic); }
};
template <typename T>
using Owned = std::unique_ptr<T, Freed>;

/// Where a cell is: a JSON pointer into the message, or one of @key @value @time @partition
/// @offset.
struct Cell {
  std::string name;
  std::string place;
};

Result<Cell> cell_at(const std::string& text) {
  constexpr std::array<std::string_view, 5> kOwn{"@key", "@value", "@time", "@partition",
                                                 "@offset"};
  const std::size_t equals = text.find('=');
  const Cell cell{text.substr(0, equals),
                  equals == text.npos ? "/" + text : text.substr(equals + 1)};
  const bool own = std::find(kOwn.begin(), kOwn.end(), cell.place) != kOwn.end();
  if (!cell.name.empty() && (own || (cell.place.starts_with('/') && is_pointer(cell.place))))
    return cell;
  return Error{Code::invalid_input, "Column '" + text + "' is not `name=/pointer`.",
               "Give a JSON pointer, or one of @key, @value, @time, @partition, @offset.",
               "列“" + text + "”不是 `列名=/指针` 的形式。",
               "请给出 JSON 指针，或 @key、@value、@time、@partition、@offset 之一。"};
}

struct Options {
  std::string brokers;
  std::string topic;
  std::vector<Cell> cells;
  std::map<std::string, std::string> security;
  double timeout_seconds = 0;
  Outside outside;
};

class KafkaReader final : public Reader {
 public:
  explicit KafkaReader(Options options) : options_(std::move(options)) {
    for (const Cell& cell : options_.cells) columns_.push_back({cell.name, "json"});
  }

  Status open() {
    rd_kafka_conf_t* conf = rd_kafka_conf_new();
    std::map<std::string, std::string> settings = options_.security;
    settings.insert({{"bootstrap.servers", options_.brokers},
                     {"client.id", "huitou"},
                     {"group.id", "huitou"},
                     {"enable.auto.commit", "false"},
                     {"enable.auto.offset.store", "false"},
                     {"enable.partition.eof", "true"},
                     {"auto.offset.reset", "error"},
                     {"isolation.level", "read_committed"}});
    std::array<char, 256> why{};
    for (const auto& [name, value] : settings) {
      if (rd_kafka_conf_set(conf, name.c_str(), value.c_str(), why.data(), why.size()) !=
          RD_KAFKA_CONF_OK) {
        rd_kafka_conf_destroy(conf);
        return wrong_setting(why.data());
      }
    }
    rd_kafka_conf_set_log_cb(conf, [](const rd_kafka_t*, int, const char*, const char*) {});
    rd_kafka_t* handle = rd_kafka_new(RD_KAFKA_CONSUMER, conf, why.data(), why.size());
    if (handle == nullptr) {
      rd_kafka_conf_destroy(conf);
      return wrong_setting(why.data());
    }
    handle_.reset(handle);
    rd_kafka_poll_set_consumer(handle);
    TRY(partitions());
    return {};
  }

  const std::vector<SourceColumn>& columns() const override { return columns_; }

  Result<Page> next(std::string_view cursor) override {
    Result<Page> page = page_at(cursor);
    if (!page.ok()) expected_.reset();
    return page;
  }

 private:
  Result<Page> page_at(std::string_view cursor) {
    if (!expected_ || *expected_ != cursor) TRY(begin(cursor));
    Page page(columns_.size());
    double deadline = options_.outside.seconds() + options_.timeout_seconds;
    while (!page.full() && !done()) {
      const Owned<rd_kafka_message_t> message(
          rd_kafka_consumer_poll(handle_.get(), kPollMilliseconds));
      if (message == nullptr) {
        if (options_.outside.seconds() > deadline) return failure(RD_KAFKA_RESP_ERR__TIMED_OUT);
        continue;
      }
      TRY(take(page, *message));
      deadline = options_.outside.seconds() + options_.timeout_seconds;
    }
    page.last = done();
    page.cursor = format_spans(spans_, !page.last);
    expected_ = page.last ? std::nullopt : std::optional(page.cursor);
    return page;
  }

  bool done() const {
    return std::all_of(spans_.begin(), spans_.end(),
                       [](const auto& item) { return item.second.next >= item.second.end; });
  }

  Result<std::vector<std::int32_t>> partitions() {
    const Owned<rd_kafka_topic_t> topic(
        rd_kafka_topic_new(handle_.get(), options_.topic.c_str(), nullptr));
    const rd_kafka_metadata_t* raw = nullptr;
    const auto code = rd_kafka_metadata(handle_.get(), 0, topic.get(), &raw, kAskMilliseconds);
    const Owned<const rd_kafka_metadata_t> metadata(raw);
    if (code != RD_KAFKA_RESP_ERR_NO_ERROR) return failure(code);
    CHECK(metadata->topic_cnt == 1);
    const rd_kafka_metadata_topic_t& found = metadata->topics[0];
    if (found.err != RD_KAFKA_RESP_ERR_NO_ERROR) return failure(found.err);
    if (found.partition_cnt == 0) return failure(RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART);
    std::vector<std::int32_t> ids;
    for (int i = 0; i < found.partition_cnt; ++i) ids.push_back(found.partitions[i].id);
    return ids;
  }

  /// From the cursor to where the partitions end now, or where they ended when the run began.
  Status begin(std::string_view cursor) {
    TRY(KeptPlace place, parse_spans(cursor));
    TRY(const std::vector<std::int32_t> ids, partitions());
    spans_ = std::move(place.spans);
    const Owned<rd_kafka_topic_partition_list_t> list(
        rd_kafka_topic_partition_list_new(static_cast<int>(ids.size())));
    for (const std::int32_t id : ids) {
      std::int64_t low = 0, high = 0;
      const auto code = rd_kafka_query_watermark_offsets(handle_.get(), options_.topic.c_str(), id,
                                                         &low, &high, kAskMilliseconds);
      if (code != RD_KAFKA_RESP_ERR_NO_ERROR) return failure(code);
      const bool is_new = !spans_.contains(id);
      Span& span = spans_[id];
      if (is_new) span.next = low;
      if (is_new || !place.inside) span.end = high;
      if (span.next < low && span.next < span.end) return gone(id, span.next, low);
      if (span.next > high) return gone(id, span.next, high);
      if (span.next < span.end) {
        rd_kafka_topic_partition_list_add(list.get(), options_.topic.c_str(), id)->offset =
            span.next;
      }
    }
    const auto code = rd_kafka_assign(handle_.get(), list.get());
    if (code != RD_KAFKA_RESP_ERR_NO_ERROR) return failure(code);
    expected_ = std::string(cursor);
    return {};
  }

  Status take(Page& page, const rd_kafka_message_t& message) {
    if (message.err == RD_KAFKA_RESP_ERR__PARTITION_EOF) {
      // What lies before the end and was not given is no message: a mark of a transaction, say.
      Span& span = spans_[message.partition];
      span.next = std::max(span.next, std::min(span.end, message.offset));
      return {};
    }
    if (message.err == RD_KAFKA_RESP_ERR__TRANSPORT ||
        message.err == RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN) {
      return {};  // it connects again by itself; the deadline decides
    }
    if (message.err != RD_KAFKA_RESP_ERR_NO_ERROR) return failure(message.err);
    Span& span = spans_[message.partition];
    if (message.offset < span.next) return {};
    if (message.offset >= span.end) {
      span.next = span.end;
      return {};
    }
    if (message.len > kMostCellBytes) return cell_too_long("@value", message.len);
    push_row(page, message);
    span.next = message.offset + 1;
    return {};
  }

  /// A message that is no JSON becomes a row whose first cell is its text: the load will say so.
  void push_row(Page& page, const rd_kafka_message_t& message) const {
    const std::string_view text(static_cast<const char*>(message.payload), message.len);
    const Result<json> document = parse_json(text, "The message");
    for (std::size_t i = 0; i < options_.cells.size(); ++i) {
      const std::string& place = options_.cells[i].place;
      if (place.starts_with('@')) {
        page.push(own_cell(place, message));
      } else if (document.ok()) {
        const json* value = at_pointer(*document, place);
        page.push(value == nullptr ? "" : cell_of(*value));
      } else {
        page.push(i == 0 ? text : std::string_view());
      }
    }
  }

  static std::string own_cell(std::string_view place, const rd_kafka_message_t& message) {
    if (place == "@key") return {static_cast<const char*>(message.key), message.key_len};
    if (place == "@value") return {static_cast<const char*>(message.payload), message.len};
    if (place == "@partition") return std::to_string(message.partition);
    if (place == "@offset") return std::to_string(message.offset);
    rd_kafka_timestamp_type_t type{};
    const std::int64_t millis = rd_kafka_message_timestamp(&message, &type);
    return millis < 0 ? "" : std::to_string(millis);
  }

  std::string name() const { return "topic '" + options_.topic + "' at " + options_.brokers; }

  Error wrong_setting(const std::string& why) const {
    return {Code::invalid_input, "Kafka does not take the settings of " + name() + ": " + why + ".",
            "Correct `brokers`, `sasl` and `tls`.",
            "Kafka 不接受 " + name() + " 的设置：" + why + "。",
            "请更正 `brokers`、`sasl` 和 `tls`。"};
  }

  Error gone(std::int32_t partition, std::int64_t wanted, std::int64_t there) const {
    const std::string where = "partition " + std::to_string(partition);
    return {Code::conflict,
            "Offset " + std::to_string(wanted) + " of " + where + " of " + name() +
                " is not there; the nearest is " + std::to_string(there) + ".",
            "Messages were deleted before they were read, or the topic was made anew: remove the "
            "source and "
            "add it again to read what there is.",
            name() + " 第 " + std::to_string(partition) + " 分区没有偏移量 " +
                std::to_string(wanted) + "，最近的是 " + std::to_string(there) + "。",
            "消息在读取前已被删除，或主题已重建：请删除并重新添加该数据源以读取现有消息。"};
  }

  Error failure(rd_kafka_resp_err_t code) const {
    const std::string said = rd_kafka_err2str(code);
    const std::string what = "Kafka, " + name() + ": " + said + ".";
    const std::string what_zh = "Kafka，" + name() + "：" + said + "。";
    switch (code) {
      case RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART:
      case RD_KAFKA_RESP_ERR__UNKNOWN_TOPIC:
      case RD_KAFKA_RESP_ERR__UNKNOWN_PARTITION:
        return {Code::not_found, what, "Correct `topic`.", what_zh, "请更正 `topic`。"};
      case RD_KAFKA_RESP_ERR__AUTHENTICATION:
      case RD_KAFKA_RESP_ERR_SASL_AUTHENTICATION_FAILED:
      case RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED:
        return {Code::denied, what,
                "Check `user`, the secret of `password` and the rights to the topic.", what_zh,
                "请检查 `user`、`password` 对应的密钥以及对主题的权限。"};
      default:
        return {Code::unavailable, what,
                "Check `brokers`, `tls` and the network, and try again later.", what_zh,
                "请检查 `brokers`、`tls` 和网络，稍后重试。"};
    }
  }

  Options options_;
  Owned<rd_kafka_t> handle_;
  std::vector<SourceColumn> columns_;
  Spans spans_;
  std::optional<std::string> expected_;
};

Result<std::unique_ptr<Reader>> open_source(const Settings& settings, const Outside& outside) {
  const auto text = [&](std::string_view name) { return text_of(kafka, settings, name); };
  Options options{.brokers = text("brokers"),
                  .topic = text("topic"),
                  .timeout_seconds = number_of(kafka, settings, "timeout_seconds"),
                  .outside = outside};
  for (const std::string& column : list_of(settings, "columns")) {
    TRY(Cell cell, cell_at(column));
    options.cells.push_back(std::move(cell));
  }
  const bool sasl = text("sasl") != "none", tls = text("tls") == "verify";
  options.security["security.protocol"] =
      std::string(sasl ? "sasl_" : "") + (tls ? "ssl" : "plaintext");
  if (sasl) {
    options.security["sasl.mechanisms"] = text("sasl");
    options.security["sasl.username"] = text("user");
    options.security["sasl.password"] = text("password");
  }
  auto reader = std::make_unique<KafkaReader>(std::move(options));
  TRY(reader->open());
  return std::unique_ptr<Reader>(std::move(reader));
}

std::vector<Param> params() {
  return {
      {.name = "brokers",
       .doc = {"Servers to begin with, `host:port`, with commas between.",
               "初始服务器，`主机:端口`，用逗号分隔。"},
       .required = true},
      {.name = "topic", .doc = {"The topic.", "主题。"}, .required = true},
      {.name = "columns",
       .doc =
           {"`name=/pointer` into the message for each column; or @key, @value, @time, @partition, "
            "@offset.",
            "每列写作 `列名=/指针`，指向消息中的值；或 @key、@value、@time、@partition、@offset。"},
       .required = true,
       .repeated = true},
      {.name = "sasl",
       .type = ParamType::choice,
       .doc = {"How the user is proved.", "用户认证方式。"},
       .fallback = "none",
       .choices = {"none", "PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"}},
      {.name = "user", .doc = {"The user.", "用户名。"}},
      {.name = "password", .doc = {"The user's password.", "该用户的密码。"}},
      {.name = "tls",
       .type = ParamType::choice,
       .doc = {"Whether the connection is encrypted and the server's certificate verified.",
               "连接是否加密并验证服务器证书。"},
       .fallback = "off",
       .choices = {"off", "verify"}},
      {.name = "timeout_seconds",
       .type = ParamType::integer,
       .doc = {"How long to wait for the next message of a run.",
               "等待下一条消息的最长时间（秒）。"},
       .fallback = "30",
       .at_least = 1,
       .at_most = 3600},
  };
}

}  // namespace

const Connector kafka{
    .card = {.name = "kafka",
             .title = {"Kafka topic", "Kafka 主题"},
             .question = {"Which messages has a topic, and which are new?",
                          "主题里有哪些消息，哪些是新的？"},
             .method = {"Reads each partition from the kept offset to where it ends when the run "
                        "begins; messages are JSON.",
                        "从保存的偏移量开始读取每个分区，直到本次开始时的末尾；消息为 JSON。"}},
    .params = params(),
    .secrets = {"password"},
    .open = open_source,
};

}  // namespace huitou::connectors
