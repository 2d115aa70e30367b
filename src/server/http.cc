#include "server/http.h"

#include <fmt/format.h>

#if defined(__GNUC__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wall"
#endif
#include <restinio/all.hpp>
#if defined(__GNUC__)
#pragma GCC diagnostic pop
#endif

#include <atomic>
#include <chrono>

namespace huitou::server {
namespace {

constexpr std::size_t kIoThreads = 2;
constexpr std::size_t kUrlBytes = 16U << 10U;
constexpr std::size_t kHeaders = 64;
constexpr std::size_t kHeaderBytes = 16U << 10U;

struct Traits : restinio::traits_t<restinio::asio_timer_manager_t, restinio::null_logger_t> {
  static constexpr bool use_connection_count_limiter = true;
};

/// "%E7%8C%AB+x" of a path or a query; a broken escape stays as it is.
std::string decoded(std::string_view text, bool plus_is_blank) {
  const auto digit = [](char c) {
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
  };
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const int high = text[i] == '%' && i + 2 < text.size() ? digit(text[i + 1]) : -1;
    const int low = high >= 0 ? digit(text[i + 2]) : -1;
    if (low >= 0) {
      out += static_cast<char>(high * 16 + low);
      i += 2;
    } else {
      out += plus_is_blank && text[i] == '+' ? ' ' : text[i];
    }
  }
  return out;
}

HttpRequest request_of(const restinio::request_t& from) {
  HttpRequest to;
  const auto& header = from.header();
  to.method = header.method().c_str();
  const std::string target(header.request_target());
  const std::size_t mark = target.find('?');
  to.path = decoded(std::string_view(target).substr(0, mark), false);
  if (mark != std::string::npos) to.query = parse_fields(std::string_view(target).substr(mark + 1));
  to.body = from.body();
  const auto field = [&](restinio::http_field name) { return header.get_field_or(name, ""); };
  to.host = field(restinio::http_field::host);
  to.authorization = field(restinio::http_field::authorization);
  to.cookie = field(restinio::http_field::cookie);
  to.origin = header.get_field_or("Origin", "");
  to.accept_encoding = field(restinio::http_field::accept_encoding);
  to.accept_language = field(restinio::http_field::accept_language);
  to.if_none_match = field(restinio::http_field::if_none_match);
  to.content_encoding = field(restinio::http_field::content_encoding);
  return to;
}

class RestinioExchange final : public Exchange {
 public:
  explicit RestinioExchange(restinio::request_handle_t request) : handle_(std::move(request)) {
    request_ = request_of(*handle_);
  }

  void reply(HttpReply reply) override {
    auto response = handle_->create_response(restinio::http_status_line_t{
        restinio::http_status_code_t{static_cast<std::uint16_t>(reply.status)},
        reason(reply.status)});
    response.append_header(restinio::http_field::content_type, reply.content_type);
    for (const auto& [name, value] : reply.headers) response.append_header(name, value);
    response.append_header("X-Content-Type-Options", "nosniff");
    response.append_header("Referrer-Policy", "no-referrer");
    if (request_.method == "HEAD") {
      reply.body.clear();
    }
    response.set_body(std::move(reply.body));
    response.done();
  }

  void begin_events() override {
    stream_ = std::make_unique<Stream>(
        handle_->create_response<restinio::chunked_output_t>(restinio::status_ok()));
    stream_->append_header(restinio::http_field::content_type, "text/event-stream; charset=utf-8");
    stream_->append_header(restinio::http_field::cache_control, "no-cache");
    stream_->append_header("X-Content-Type-Options", "nosniff");
    stream_->flush();
  }

  void send_events(std::string text) override {
    stream_->append_chunk(std::move(text));
    stream_->flush([alive = alive_](const asio::error_code& error) {
      if (error) alive->store(false);
    });
  }

  void end_events() override {
    stream_->done();
    stream_.reset();
  }

  bool alive() const override { return alive_->load(); }

 private:
  using Stream = restinio::response_builder_t<restinio::chunked_output_t>;

  static std::string reason(int status) {
    switch (status) {
      case 200:
        return "OK";
      case 202:
        return "Accepted";
      case 303:
        return "See Other";
      case 304:
        return "Not Modified";
      case 401:
        return "Unauthorized";
      case 404:
        return "Not Found";
      default:
        return status < 400 ? "OK" : "Error";
    }
  }

  restinio::request_handle_t handle_;
  std::unique_ptr<Stream> stream_;
  std::shared_ptr<std::atomic<bool>> alive_ = std::make_shared<std::atomic<bool>>(true);
};

class RestinioListener final : public HttpListener {
 public:
  RestinioListener(const HttpOptions& options, std::function<void(ExchangePtr)> handle) {
    using std::chrono::seconds;
    restinio::server_settings_t<Traits> settings;
    settings.address(options.listen)
        .port(options.port)
        .acceptor_post_bind_hook(
            [this](asio::ip::tcp::acceptor& acceptor) { port_ = acceptor.local_endpoint().port(); })
        .read_next_http_message_timelimit(seconds(60))
        .write_http_response_timelimit(seconds(60))
        .handle_request_timeout(seconds(options.request_seconds))
        .max_parallel_connections(options.connections)
        .max_pipelined_requests(4)
        .incoming_http_msg_limits(restinio::incoming_http_msg_limits_t{}
                                      .max_url_size(kUrlBytes)
                                      .max_field_count(kHeaders)
                                      .max_field_value_size(kHeaderBytes)
                                      .max_body_size(options.body_bytes))
        .request_handler([handle = std::move(handle)](restinio::request_handle_t request) {
          handle(std::make_shared<RestinioExchange>(std::move(request)));
          return restinio::request_accepted();
        });
    server_ =
        restinio::run_async<Traits>(restinio::own_io_context(), std::move(settings), kIoThreads);
  }

  ~RestinioListener() override {
    server_->stop();
    server_->wait();
  }

  std::uint16_t port() const override { return port_; }

 private:
  std::atomic<std::uint16_t> port_{0};
  restinio::running_server_handle_t<Traits> server_;
};

}  // namespace

std::multimap<std::string, std::string, std::less<>> parse_fields(std::string_view text) {
  std::multimap<std::string, std::string, std::less<>> query;
  while (!text.empty()) {
    const std::string_view pair = text.substr(0, text.find('&'));
    text.remove_prefix(std::min(text.size(), pair.size() + 1));
    if (pair.empty()) continue;
    const std::size_t equals = pair.find('=');
    const std::string_view value =
        equals == std::string_view::npos ? std::string_view() : pair.substr(equals + 1);
    query.emplace(decoded(pair.substr(0, equals), true), decoded(value, true));
  }
  return query;
}

std::string HttpRequest::query_value(std::string_view name) const {
  const auto found = query.find(name);
  return found == query.end() ? "" : found->second;
}

Result<std::unique_ptr<HttpListener>> listen_http(const HttpOptions& options,
                                                  std::function<void(ExchangePtr)> handle) {
  try {
    return std::unique_ptr<HttpListener>(
        std::make_unique<RestinioListener>(options, std::move(handle)));
  } catch (const std::exception& error) {
    return Error{
        Code::conflict,
        fmt::format("{}:{} cannot be listened on: {}.", options.listen, options.port, error.what()),
        "Choose another --port (0 is any free one) or --listen.",
        fmt::format("无法监听 {}:{}：{}。", options.listen, options.port, error.what()),
        "请换一个 --port（0 表示任一空闲端口）或 --listen。"};
  }
}

}  // namespace huitou::server
