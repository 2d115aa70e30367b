#pragma once

// HTTP without its library: RESTinio and Asio are only in http.cc, because they take long to
// compile.

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

namespace huitou::server {

struct HttpRequest {
  std::string method;                                          ///< GET, HEAD, POST, PUT, DELETE
  std::string path;                                            ///< percent-decoded, begins with /
  std::multimap<std::string, std::string, std::less<>> query;  ///< decoded
  std::string body;
  std::string host, authorization, cookie, origin, accept_encoding, accept_language, if_none_match,
      content_encoding;

  /// First value of a name in the query; "" if there is none.
  std::string query_value(std::string_view name) const;
};

/// "a=1&b=%E7%8C%AB" of an address or of a form.
std::multimap<std::string, std::string, std::less<>> parse_fields(std::string_view text);

struct HttpReply {
  int status = 200;
  std::string content_type = "application/json; charset=utf-8";
  std::string body;
  std::vector<std::pair<std::string, std::string>> headers = {};
};

/// The way back of one request. Used by one thread at a time, any thread.
class Exchange {
 public:
  virtual ~Exchange() = default;
  const HttpRequest& request() const { return request_; }
  /// Exactly once, unless `begin_events` is called.
  virtual void reply(HttpReply reply) = 0;
  /// Server-sent events: the headers, then any number of texts, then the end.
  virtual void begin_events() = 0;
  virtual void send_events(std::string text) = 0;
  virtual void end_events() = 0;
  /// False once the other side is known to be gone.
  virtual bool alive() const = 0;

 protected:
  HttpRequest request_;
};
using ExchangePtr = std::shared_ptr<Exchange>;

struct HttpOptions {
  std::string listen;
  std::uint16_t port = 0;
  std::size_t body_bytes = 0;  ///< a longer body closes the connection
  std::size_t connections = 0;
  int request_seconds = 0;
};

/// Listens until destroyed.
class HttpListener {
 public:
  virtual ~HttpListener() = default;
  virtual std::uint16_t port() const = 0;
};

/// `handle` is called on I/O threads and must not block.
Result<std::unique_ptr<HttpListener>> listen_http(const HttpOptions& options,
                                                  std::function<void(ExchangePtr)> handle);

}  // namespace huitou::server
