#pragma once

// One GET after another to one server, at its pace: a rate is kept, `Retry-After` is obeyed, what
// may pass (429, 5xx, a cut connection) is tried again with growing waits.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "connectors/connectors.h"
#include "connectors/http_json/description.h"

namespace huitou::connectors {

/// A longer answer, once unpacked, is an error: limit_reached.
inline constexpr std::size_t kMostAnswerBytes = std::size_t{64} << 20;
/// A server that asks for a longer pause is told as unavailable instead of waited for.
inline constexpr double kMostPauseSeconds = 300;

struct HttpManner {
  std::vector<std::string> headers;  ///< `Name: value`
  double requests_per_second = 2;
  std::int64_t attempts = 5;
  std::int64_t timeout_seconds = 60;  ///< for one attempt
  Outside outside;
};

struct HttpPage {
  std::string body;
  std::string link;                     ///< the `Link` header
  std::optional<std::int64_t> sent_at;  ///< the `Date` header, Unix seconds
};

class HttpGetter {
 public:
  explicit HttpGetter(HttpManner manner);
  ~HttpGetter();
  /// Errors: unavailable, denied (401, 403), not_found (404, 410), limit_reached, invalid_input
  /// (any other 4xx, a redirect).
  Result<HttpPage> get(const std::string& url);

 private:
  struct Handle;
  Status keep_pace();
  Status pause(double seconds);

  HttpManner manner_;
  std::unique_ptr<Handle> handle_;
  std::optional<double> last_;  ///< when the last request began
};

}  // namespace huitou::connectors
