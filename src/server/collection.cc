#include "server/collection.h"

#include <fmt/format.h>
#include <zlib.h>

#include <array>

#include "commands/commands.h"

namespace huitou::server {

std::string_view embedded(std::string_view path);

namespace {

constexpr std::string_view kPrefix = "/v1/";
constexpr std::size_t kUnpackedBytes = 512U << 10U;  ///< more is over the limit of a delivery
constexpr int kRetrySeconds = 5;
constexpr int kTooLarge = 413;
constexpr int kTooMany = 429;

/// Which kind a path takes; `known` is false for a path that is none.
struct Target {
  bool known = false;
  std::optional<collect::Kind> kind;
};

Target target_of(std::string_view path) {
  path.remove_prefix(kPrefix.size());
  if (path == "batch" || path == "import" || path == "b") return {true, std::nullopt};
  constexpr std::array<std::pair<std::string_view, std::string_view>, 6> kShort{{{"t", "track"},
                                                                                 {"i", "identify"},
                                                                                 {"p", "page"},
                                                                                 {"s", "screen"},
                                                                                 {"g", "group"},
                                                                                 {"a", "alias"}}};
  for (const auto& [letter, name] : kShort) {
    if (path == letter) path = name;
  }
  const auto kind = collect::parse_kind(path);
  return {kind.has_value(), kind};
}

/// Any page may send: what it sends is not bound to a cookie, and it can read nothing.
HttpReply open_to_all(HttpReply reply) {
  reply.headers.emplace_back("Access-Control-Allow-Origin", "*");
  return reply;
}

HttpReply preflight() {
  return {204,
          "text/plain",
          "",
          {{"Access-Control-Allow-Origin", "*"},
           {"Access-Control-Allow-Methods", "POST, GET, OPTIONS"},
           {"Access-Control-Allow-Headers", "Authorization, Content-Type, Content-Encoding"},
           {"Access-Control-Max-Age", "86400"}}};
}

/// What passes may be sent again, and clients do so on 429.
int status_of(const Error& error) {
  switch (error.code) {
    case Code::denied:
      return 401;
    case Code::unavailable:
      return kTooMany;
    case Code::limit_reached:
      return kTooLarge;
    default:
      return http_status(error.code);
  }
}

HttpReply refusal(const Error& error) {
  HttpReply reply{.status = status_of(error)};
  reply.body = fmt::format(R"({{"success":false,{})", commands::error_json(error).substr(1));
  if (reply.status == kTooMany) {
    reply.headers.emplace_back("Retry-After", std::to_string(kRetrySeconds));
  }
  return open_to_all(std::move(reply));
}

HttpReply receipt_reply(const collect::Receipt& receipt) {
  const bool none = receipt.taken == 0 && !receipt.refused.empty();
  HttpReply reply{.status = none ? 400 : 200};
  reply.body = fmt::format(R"({{"success":{},"accepted":{})", !none, receipt.taken);
  if (!receipt.refused.empty()) {
    reply.body += ",\"refused\":[";
    for (std::size_t i = 0; i < receipt.refused.size(); ++i) {
      const collect::Refused& refused = receipt.refused[i];
      reply.body += fmt::format(R"({}{{"index":{},{})", i == 0 ? "" : ",", refused.index,
                                commands::error_json(refused.error).substr(1));
    }
    reply.body += ']';
  }
  reply.body += '}';
  return open_to_all(std::move(reply));
}

Error not_gzip() {
  return {Code::invalid_input, "The body is said to be gzip and is not.",
          "Send it plain, or packed whole.", "请求体声明为 gzip，但并不是。",
          "请发送未压缩的，或完整压缩的内容。"};
}

/// A packed body, unpacked as far as a delivery may be long: one that unpacks to more is cut off
/// and then refused for its length.
Result<std::string> unpacked(const std::string& packed) {
  z_stream stream{};
  CHECK(inflateInit2(&stream, 15 + 16) == Z_OK);
  std::string plain(kUnpackedBytes + 1, '\0');
  std::string input = packed;
  stream.next_in = reinterpret_cast<Bytef*>(input.data());
  stream.avail_in = static_cast<uInt>(input.size());
  stream.next_out = reinterpret_cast<Bytef*>(plain.data());
  stream.avail_out = static_cast<uInt>(plain.size());
  const int end = inflate(&stream, Z_FINISH);
  plain.resize(stream.total_out);
  inflateEnd(&stream);
  const bool is_full = end == Z_BUF_ERROR && stream.avail_out == 0;
  if (end != Z_STREAM_END && !is_full) return not_gzip();
  return plain;
}

}  // namespace

bool is_collection(const HttpRequest& request) { return request.path.starts_with(kPrefix); }

void Collection::handle(const ExchangePtr& exchange) {
  const HttpRequest& request = exchange->request();
  if (request.method == "OPTIONS") return exchange->reply(preflight());
  if (request.method == "POST" && target_of(request.path).known) return deliver(exchange);
  const bool reads = request.method == "GET" || request.method == "HEAD";
  if (reads && request.path == "/v1/huitou.js") {
    return exchange->reply(open_to_all({.content_type = "text/javascript; charset=utf-8",
                                        .body = std::string(embedded("huitou.js")),
                                        .headers = {{"Cache-Control", "public, max-age=3600"}}}));
  }
  exchange->reply(refusal(
      {Code::not_found, fmt::format("There is nothing at {} {}.", request.method, request.path),
       "POST to /v1/track, identify, page, screen, group, alias or batch.",
       fmt::format("{} {} 不存在。", request.method, request.path),
       "请 POST 到 /v1/track、identify、page、screen、group、alias 或 batch。"}));
}

void Collection::deliver(const ExchangePtr& exchange) {
  const HttpRequest& request = exchange->request();
  std::string plain;
  const bool is_packed = request.content_encoding == "gzip";
  if (is_packed) {
    auto read = unpacked(request.body);
    if (!read.ok()) return exchange->reply(refusal(read.error()));
    plain = std::move(*read);
  }
  const std::string key = request.query.empty() ? "" : request.query_value("writeKey");
  collector_.take(
      {.kind = target_of(request.path).kind,
       .body = is_packed ? plain : request.body,
       .authorization = request.authorization,
       .write_key = key},
      [exchange](Result<collect::Receipt> receipt) {
        exchange->reply(receipt.ok() ? receipt_reply(*receipt) : refusal(receipt.error()));
      });
}

}  // namespace huitou::server
