#pragma once

// One HTTP POST to one server: connections are kept and used again, bodies travel as gzip.

#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace huitou::engine {

struct HttpPost {
  std::string url;  ///< with all parameters
  std::string_view body;
  bool body_is_gzip = false;
  bool fresh = false;   ///< a new connection: nothing may be sent twice unseen
  double seconds = 60;  ///< for the whole exchange
  /// Asked every few seconds while there is no answer: false ends the exchange as broken.
  std::function<bool()> still_there{};
};

/// What became of it.
struct HttpAnswer {
  enum class Kind {
    answered,     ///< the whole answer is there
    unreachable,  ///< no connection: nothing was sent
    broken,       ///< the connection ended before the answer did
    too_late,     ///< `seconds` are over
  };
  Kind kind = Kind::answered;
  long status = 0;
  std::string body;  ///< unpacked; or why there is no answer
};

struct HttpOptions {
  std::string user;
  std::string password;
  double connect_seconds = 2;
};

/// Thread-safe; each exchange has a connection of its own while it runs.
class HttpClient {
 public:
  explicit HttpClient(HttpOptions options);
  ~HttpClient();

  HttpAnswer post(const HttpPost& request);

 private:
  struct Handle;
  std::unique_ptr<Handle> borrow();
  void give_back(std::unique_ptr<Handle> handle);

  HttpOptions options_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<Handle>> idle_;
};

/// The bytes as gzip. The same bytes give the same gzip.
std::string gzip(std::string_view bytes);

/// `text` as a value in the query part of an address.
std::string url_escape(std::string_view text);

}  // namespace huitou::engine
