#include "server/guard.h"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <sys/random.h>

#include <array>

namespace huitou::server {
namespace {

Error denied(Sentence what, Sentence hint) {
  return {Code::denied, std::move(what.en), std::move(hint.en), std::move(what.zh),
          std::move(hint.zh)};
}

/// "127.0.0.1:8710" -> "127.0.0.1", "[::1]:8710" -> "::1"
std::string_view name_of(std::string_view host) {
  if (host.starts_with('[')) {
    const std::size_t end = host.find(']');
    return end == std::string_view::npos ? std::string_view() : host.substr(1, end - 1);
  }
  return host.substr(0, host.find(':'));
}

bool is_address(const std::string& name) {
  std::array<unsigned char, sizeof(in6_addr)> bytes{};
  return inet_pton(AF_INET, name.c_str(), bytes.data()) == 1 ||
         inet_pton(AF_INET6, name.c_str(), bytes.data()) == 1;
}

bool is_loopback(const std::string& name) {
  return name == "localhost" || name == "::1" || (name.starts_with("127.") && is_address(name));
}

/// Letters, digits, "-._~" and `kept` stay as they are.
std::string percent_encoded(std::string_view text, std::string_view kept) {
  std::string out;
  for (const char sign : text) {
    const auto byte = static_cast<unsigned char>(sign);
    const bool plain = (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') ||
                       (byte >= 'a' && byte <= 'z');
    if (plain || std::string_view("-._~").find(sign) != std::string_view::npos ||
        kept.find(sign) != std::string_view::npos) {
      out += sign;
    } else {
      out += fmt::format("%{:02X}", byte);
    }
  }
  return out;
}

}  // namespace

std::string new_token() {
  std::array<unsigned char, 32> bytes{};
  CHECK(getrandom(bytes.data(), bytes.size(), 0) == static_cast<ssize_t>(bytes.size()));
  static constexpr std::string_view kHex = "0123456789abcdef";
  std::string token;
  for (const unsigned char byte : bytes) {
    token += kHex[byte >> 4U];
    token += kHex[byte & 0xFU];
  }
  return token;
}

bool same_text(std::string_view a, std::string_view b) {
  unsigned difference = a.size() == b.size() ? 0U : 1U;
  for (std::size_t i = 0; i < a.size(); ++i) {
    const char other = b.empty() ? '\0' : b[i % b.size()];
    difference |=
        static_cast<unsigned>(static_cast<unsigned char>(a[i]) ^ static_cast<unsigned char>(other));
  }
  return difference == 0;
}

Status check_host(const Door& door, const HttpRequest& request) {
  const std::string name(name_of(request.host));
  // A page of a foreign domain that resolves to this computer still sends the foreign name.
  const bool right = is_loopback(door.listen)
                         ? is_loopback(name)
                         : is_loopback(name) || is_address(name) || name == door.listen;
  if (right) return {};
  return denied(
      {"The host '" + request.host + "' is not this server.",
       "主机“" + request.host + "”不是本服务。"},
      {"Open the address that `huitou serve` printed.", "请打开 `huitou serve` 打印的地址。"});
}

std::optional<std::string_view> cookie_value(std::string_view header, std::string_view name) {
  while (!header.empty()) {
    std::string_view pair = header.substr(0, header.find(';'));
    header.remove_prefix(std::min(header.size(), pair.size() + 1));
    while (pair.starts_with(' ')) pair.remove_prefix(1);
    if (pair.size() > name.size() && pair.starts_with(name) && pair[name.size()] == '=') {
      return pair.substr(name.size() + 1);
    }
  }
  return std::nullopt;
}

Result<Entry> check_token(const Door& door, const HttpRequest& request) {
  constexpr std::string_view kBearer = "Bearer ";
  const std::string_view header = request.authorization;
  if (header.starts_with(kBearer) && same_text(header.substr(kBearer.size()), door.token)) {
    return Entry::token_in_header;
  }
  const auto cookie = cookie_value(request.cookie, door.cookie_name());
  if (cookie && same_text(*cookie, door.token)) return Entry::token_in_cookie;
  return denied({"The token is missing or wrong.", "缺少令牌或令牌不对。"},
                {"Open the address that `huitou serve` printed; it holds the token.",
                 "请打开 `huitou serve` 打印的地址，其中含有令牌。"});
}

Status check_origin(const HttpRequest& request) {
  const bool reads = request.method == "GET" || request.method == "HEAD";
  if (reads || request.origin.empty() || request.origin == "http://" + request.host) return {};
  return denied({"A page of '" + request.origin + "' may not change anything here.",
                 "来自“" + request.origin + "”的页面不能在此修改数据。"},
                {"Use the pages of this server.", "请使用本服务的页面。"});
}

std::string address_without(const HttpRequest& request, std::string_view name) {
  // Two slashes at the beginning would name another server.
  std::string address = request.path.starts_with("//") ? "/" : percent_encoded(request.path, "/");
  char mark = '?';
  for (const auto& [key, value] : request.query) {
    if (key == name) continue;
    address += mark + percent_encoded(key, "") + "=" + percent_encoded(value, "");
    mark = '&';
  }
  return address;
}

}  // namespace huitou::server
