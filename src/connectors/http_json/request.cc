#include "connectors/http_json/request.h"

#include <curl/curl.h>
#include <strings.h>

#include <algorithm>
#include <charconv>

namespace huitou::connectors {
namespace {

constexpr long kConnectSeconds = 10;
constexpr double kFirstPauseSeconds = 1;
constexpr double kLongestOwnPauseSeconds = 60;

struct Incoming {
  HttpPage page;
  long status = 0;
  bool too_long = false;
  std::optional<double> retry_after;
  std::string location;
};

std::size_t on_body(char* data, std::size_t size, std::size_t count, void* to) {
  auto& incoming = *static_cast<Incoming*>(to);
  const std::size_t bytes = size * count;
  if (incoming.page.body.size() + bytes > kMostAnswerBytes) {
    incoming.too_long = true;
    return 0;
  }
  incoming.page.body.append(data, bytes);
  return bytes;
}

std::optional<std::string> header_value(std::string_view line, std::string_view name) {
  if (line.size() <= name.size() || line[name.size()] != ':' ||
      strncasecmp(line.data(), name.data(), name.size()) != 0) {
    return std::nullopt;
  }
  line.remove_prefix(name.size() + 1);
  while (!line.empty() && line.front() == ' ') line.remove_prefix(1);
  while (!line.empty() && (line.back() == '\r' || line.back() == '\n' || line.back() == ' ')) {
    line.remove_suffix(1);
  }
  return std::string(line);
}

std::size_t on_header(char* data, std::size_t size, std::size_t count, void* to) {
  const std::string_view line(data, size * count);
  auto& incoming = *static_cast<Incoming*>(to);
  if (const auto link = header_value(line, "link")) {
    incoming.page.link += (incoming.page.link.empty() ? "" : ", ") + *link;
  } else if (const auto date = header_value(line, "date")) {
    const time_t seconds = curl_getdate(date->c_str(), nullptr);
    if (seconds > 0) incoming.page.sent_at = seconds;
  } else if (const auto location = header_value(line, "location")) {
    incoming.location = *location;
  } else if (const auto after = header_value(line, "retry-after")) {
    double seconds = 0;
    const auto [end, error] =
        std::from_chars(after->data(), after->data() + after->size(), seconds);
    if (error == std::errc() && end == after->data() + after->size()) {
      incoming.retry_after = seconds;
    } else if (const time_t until = curl_getdate(after->c_str(), nullptr);
               until > 0 && incoming.page.sent_at) {
      incoming.retry_after = static_cast<double>(until - *incoming.page.sent_at);
    }
  }
  return size * count;
}

struct Headers {
  curl_slist* list = nullptr;
  ~Headers() { curl_slist_free_all(list); }
};

Error cancelled() {
  return {Code::unavailable, "The run was cancelled while it waited for the source.",
          "Start it again.", "同步在等待数据源时被取消。", "请重新开始同步。"};
}

Error no_answer(const std::string& url, const std::string& why) {
  const std::string place = bare(url);
  return {Code::unavailable, "No answer from " + place + ": " + why + ".",
          "Check the address and the network, and try again later.",
          place + " 没有响应：" + why + "。", "请检查地址和网络，稍后重试。"};
}

Error too_long(const std::string& url) {
  const std::string most = std::to_string(kMostAnswerBytes >> 20U) + " MiB";
  return {Code::limit_reached, "An answer of " + bare(url) + " is longer than " + most + ".",
          "Ask for fewer rows a page.", bare(url) + " 的一个响应超过 " + most + "。",
          "请减少每页行数。"};
}

Error refused(const std::string& url, const Incoming& incoming) {
  const std::string status = std::to_string(incoming.status);
  std::string said = incoming.page.body.substr(0, 200);
  std::replace_if(
      said.begin(), said.end(), [](char c) { return c >= 0 && c < ' '; }, ' ');
  Error error{Code::invalid_input, bare(url) + " answers " + status + ": " + said,
              "Correct the address and its parameters.",
              bare(url) + " 返回 " + status + "：" + said, "请更正地址和参数。"};
  if (incoming.status >= 300 && incoming.status < 400) {
    error.message = bare(url) + " has moved to " + bare(incoming.location) + " (" + status + ").";
    error.message_zh = bare(url) + " 已迁移到 " + bare(incoming.location) + "（" + status + "）。";
    error.hint = "Set `url` to the new address.";
    error.hint_zh = "请把 `url` 改为新地址。";
  } else if (incoming.status == 401 || incoming.status == 403) {
    error.code = Code::denied;
    error.hint = "Check the secret of `token` and its rights.";
    error.hint_zh = "请检查 `token` 对应的密钥及其权限。";
  } else if (incoming.status == 404 || incoming.status == 410) {
    error.code = Code::not_found;
  } else if (incoming.status == 429 || incoming.status >= 500) {
    error.code = Code::unavailable;
    error.hint = "Try again later, or lower `requests_per_second`.";
    error.hint_zh = "请稍后重试，或调低 `requests_per_second`。";
  }
  return error;
}

}  // namespace

struct HttpGetter::Handle {
  CURL* curl = curl_easy_init();
  Headers headers;
  Handle() = default;
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;
  ~Handle() { curl_easy_cleanup(curl); }
};

HttpGetter::HttpGetter(HttpManner manner) : manner_(std::move(manner)) {
  static const CURLcode ready = curl_global_init(CURL_GLOBAL_DEFAULT);
  CHECK(ready == CURLE_OK);
  handle_ = std::make_unique<Handle>();
  CURL* curl = handle_->curl;
  CHECK(curl != nullptr);
  for (const std::string& line : manner_.headers) {
    handle_->headers.list = curl_slist_append(handle_->headers.list, line.c_str());
  }
  curl_easy_setopt(curl, CURLOPT_HTTPHEADER, handle_->headers.list);
  curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(curl, CURLOPT_ACCEPT_ENCODING, "");
  curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, kConnectSeconds);
  curl_easy_setopt(curl, CURLOPT_TIMEOUT, static_cast<long>(manner_.timeout_seconds));
  curl_easy_setopt(curl, CURLOPT_USERAGENT, "huitou");
  curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, on_body);
  curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, on_header);
}

HttpGetter::~HttpGetter() = default;

Status HttpGetter::pause(double seconds) {
  if (seconds > 0 && !manner_.outside.wait(seconds)) return cancelled();
  return {};
}

Status HttpGetter::keep_pace() {
  if (last_) TRY(pause(*last_ + 1 / manner_.requests_per_second - manner_.outside.seconds()));
  last_ = manner_.outside.seconds();
  return {};
}

Result<HttpPage> HttpGetter::get(const std::string& url) {
  CURL* curl = handle_->curl;
  curl_easy_setopt(curl, CURLOPT_URL, url.c_str());
  double own_pause = kFirstPauseSeconds;
  for (std::int64_t attempt = 1;; ++attempt) {
    TRY(keep_pace());
    Incoming incoming;
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, &incoming);
    curl_easy_setopt(curl, CURLOPT_HEADERDATA, &incoming);
    const CURLcode code = curl_easy_perform(curl);
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &incoming.status);
    if (incoming.too_long) return too_long(url);
    if (code == CURLE_URL_MALFORMAT || code == CURLE_UNSUPPORTED_PROTOCOL) {
      return Error{Code::invalid_input, "'" + bare(url) + "' is no address of HTTP.",
                   "Give an address that begins with https:// or http://.",
                   "“" + bare(url) + "”不是 HTTP 地址。",
                   "请给出以 https:// 或 http:// 开头的地址。"};
    }
    if (code == CURLE_OK && incoming.status >= 200 && incoming.status < 300) return incoming.page;
    const Error error =
        code == CURLE_OK ? refused(url, incoming) : no_answer(url, curl_easy_strerror(code));
    const double wanted = incoming.retry_after.value_or(own_pause);
    if (error.code != Code::unavailable || attempt >= manner_.attempts ||
        wanted > kMostPauseSeconds) {
      return error;
    }
    TRY(pause(wanted));
    own_pause = std::min(2 * own_pause, kLongestOwnPauseSeconds);
  }
}

}  // namespace huitou::connectors
