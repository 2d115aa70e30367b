#include "engine/cluster_http.h"

#include <curl/curl.h>
#include <strings.h>
#include <zlib.h>

#include <chrono>
#include <optional>
#include <utility>

namespace huitou::engine {
namespace {

/// An answer may be at most this long once unpacked.
constexpr std::size_t kMostBytes = std::size_t{8} << 30;
constexpr auto kWatchEvery = std::chrono::seconds(4);
/// zlib's word for gzip with its largest window.
constexpr int kGzipWindow = 15 + 16;

struct Headers {
  curl_slist* list = nullptr;
  ~Headers() { curl_slist_free_all(list); }
  void add(const std::string& line) { list = curl_slist_append(list, line.c_str()); }
};

/// Unpacks gzip piece by piece and knows whether it came to its end: libcurl's own unpacking takes
/// a gzip that is cut for a whole one.
class Gunzip {
 public:
  Gunzip() { CHECK(inflateInit2(&stream_, kGzipWindow) == Z_OK); }
  ~Gunzip() { inflateEnd(&stream_); }
  Gunzip(const Gunzip&) = delete;
  Gunzip& operator=(const Gunzip&) = delete;

  bool ended() const { return ended_; }

  /// False if the bytes are no gzip, or give more than `most` in all.
  bool add(char* data, std::size_t size, std::string& out, std::size_t most) {
    stream_.next_in = reinterpret_cast<Bytef*>(data);
    stream_.avail_in = static_cast<uInt>(size);
    char piece[1 << 16];
    do {
      stream_.next_out = reinterpret_cast<Bytef*>(piece);
      stream_.avail_out = sizeof piece;
      const int state = inflate(&stream_, Z_NO_FLUSH);
      if (state != Z_OK && state != Z_STREAM_END && state != Z_BUF_ERROR) {
        return false;
      }
      out.append(piece, sizeof piece - stream_.avail_out);
      ended_ = state == Z_STREAM_END;
    } while (!ended_ && stream_.avail_out == 0 && out.size() <= most);
    return out.size() <= most;
  }

 private:
  z_stream stream_{};
  bool ended_ = false;
};

/// The answer as it comes in.
struct Incoming {
  std::string body;
  bool has_end = false;  ///< its length is known, so that a cut is seen
  std::optional<Gunzip> gunzip;
};

std::size_t on_body(char* data, std::size_t size, std::size_t count, void* to) {
  Incoming& incoming = *static_cast<Incoming*>(to);
  const std::size_t bytes = size * count;
  if (incoming.gunzip) {
    return incoming.gunzip->add(data, bytes, incoming.body, kMostBytes) ? bytes : 0;
  }
  if (incoming.body.size() + bytes > kMostBytes) {
    return 0;
  }
  incoming.body.append(data, bytes);
  return bytes;
}

bool begins_with(std::string_view line, std::string_view lower) {
  return line.size() >= lower.size() && strncasecmp(line.data(), lower.data(), lower.size()) == 0;
}

std::size_t on_header(char* data, std::size_t size, std::size_t count, void* to) {
  const std::string_view line(data, size * count);
  Incoming& incoming = *static_cast<Incoming*>(to);
  if (begins_with(line, "transfer-encoding: chunked") || begins_with(line, "content-length:")) {
    incoming.has_end = true;
  } else if (begins_with(line, "content-encoding: gzip")) {
    incoming.gunzip.emplace();
  }
  return size * count;
}

/// While the server says nothing, somebody else may know whether it still lives.
struct Watch {
  const std::function<bool()>& still_there;
  std::chrono::steady_clock::time_point next = std::chrono::steady_clock::now() + kWatchEvery;
};

int on_progress(void* to, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  Watch& watch = *static_cast<Watch*>(to);
  if (std::chrono::steady_clock::now() < watch.next) {
    return 0;
  }
  const bool lives = watch.still_there();
  watch.next = std::chrono::steady_clock::now() + kWatchEvery;
  return lives ? 0 : 1;
}

HttpAnswer::Kind kind_of(CURLcode code, CURL* curl) {
  switch (code) {
    case CURLE_OK:
      return HttpAnswer::Kind::answered;
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_RESOLVE_PROXY:
    case CURLE_COULDNT_CONNECT:
      return HttpAnswer::Kind::unreachable;
    case CURLE_OPERATION_TIMEDOUT: {
      curl_off_t connected = 0;
      curl_easy_getinfo(curl, CURLINFO_CONNECT_TIME_T, &connected);
      return connected == 0 ? HttpAnswer::Kind::unreachable : HttpAnswer::Kind::too_late;
    }
    default:
      return HttpAnswer::Kind::broken;
  }
}

}  // namespace

struct HttpClient::Handle {
  CURL* curl = curl_easy_init();
  Handle() = default;
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;
  ~Handle() { curl_easy_cleanup(curl); }
};

HttpClient::HttpClient(HttpOptions options) : options_(std::move(options)) {
  static const CURLcode ready = curl_global_init(CURL_GLOBAL_DEFAULT);
  CHECK(ready == CURLE_OK);
}

HttpClient::~HttpClient() = default;

std::unique_ptr<HttpClient::Handle> HttpClient::borrow() {
  const std::lock_guard lock(mutex_);
  if (idle_.empty()) {
    return std::make_unique<Handle>();
  }
  std::unique_ptr<Handle> handle = std::move(idle_.back());
  idle_.pop_back();
  return handle;
}

void HttpClient::give_back(std::unique_ptr<Handle> handle) {
  constexpr std::size_t kMostIdle = 64;
  const std::lock_guard lock(mutex_);
  if (idle_.size() < kMostIdle) {
    idle_.push_back(std::move(handle));
  }
}

HttpAnswer HttpClient::post(const HttpPost& request) {
  std::unique_ptr<Handle> handle = borrow();
  CURL* curl = handle->curl;
  CHECK(curl != nullptr);
  Headers headers;
  headers.add("X-ClickHouse-User: " + options_.user);
  if (!options_.password.empty()) {
    headers.add("X-ClickHouse-Key: " + options_.password);
  }
  headers.add("Content-Type: application/octet-stream");
  headers.add("Accept-Encoding: gzip");
  headers.add("Expect:");
  if (request.body_is_gzip) {
    headers.add("Content-Encoding: gzip");
  }
  Incoming incoming;
  curl_easy_reset(curl);
  curl_easy_setopt(curl, CURLOPT_URL, request.url.c_str());
  curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(curl, CURLOPT_POST, 1L);
  curl_easy_setopt(curl, CURLOPT_POSTFIELDS, request.body.data());
  curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
  curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers.list);
  curl_easy_setopt(curl, CURLOPT_FRESH_CONNECT, request.fresh ? 1L : 0L);
  curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS,
                   static_cast<long>(options_.connect_seconds * 1000));
  curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, static_cast<long>(request.seconds * 1000));
  curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, on_body);
  curl_easy_setopt(curl, CURLOPT_WRITEDATA, &incoming);
  curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, on_header);
  curl_easy_setopt(curl, CURLOPT_HEADERDATA, &incoming);
  Watch watch{request.still_there};
  if (request.still_there) {
    curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
    curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, on_progress);
    curl_easy_setopt(curl, CURLOPT_XFERINFODATA, &watch);
  }
  const CURLcode code = curl_easy_perform(curl);

  HttpAnswer answer;
  answer.kind = kind_of(code, curl);
  curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &answer.status);
  if (code != CURLE_OK) {
    answer.body = curl_easy_strerror(code);
  } else if (!incoming.has_end || (incoming.gunzip && !incoming.gunzip->ended())) {
    answer.kind = HttpAnswer::Kind::broken;
    answer.body = "the answer is cut, or does not say where it ends";
  } else {
    answer.body = std::move(incoming.body);
  }
  if (code == CURLE_OK) {
    give_back(std::move(handle));
  }
  return answer;
}

std::string gzip(std::string_view bytes) {
  constexpr int kMemoryLevel = 8;
  z_stream stream{};
  CHECK(deflateInit2(&stream, Z_BEST_SPEED, Z_DEFLATED, kGzipWindow, kMemoryLevel,
                     Z_DEFAULT_STRATEGY) == Z_OK);
  std::string out(deflateBound(&stream, bytes.size()), '\0');
  CHECK(bytes.size() < (std::size_t{1} << 32) && out.size() < (std::size_t{1} << 32));
  std::string in(bytes);
  stream.next_in = reinterpret_cast<Bytef*>(in.data());
  stream.avail_in = static_cast<uInt>(in.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  const int done = deflate(&stream, Z_FINISH);
  const std::size_t size = stream.total_out;
  deflateEnd(&stream);
  CHECK(done == Z_STREAM_END);
  out.resize(size);
  return out;
}

std::string url_escape(std::string_view text) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string out;
  for (const char letter : text) {
    const auto byte = static_cast<unsigned char>(letter);
    const bool plain = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
                       (byte >= '0' && byte <= '9') || byte == '_' || byte == '-' || byte == '.';
    if (plain) {
      out += letter;
    } else {
      out += '%';
      out += kHex[byte >> 4U];
      out += kHex[byte & 15U];
    }
  }
  return out;
}

}  // namespace huitou::engine
