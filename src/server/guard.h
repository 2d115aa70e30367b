#pragma once

// Who may ask: the token, the Host and Origin headers.

#include <optional>
#include <string>
#include <string_view>

#include "base/language.h"
#include "base/result.h"
#include "server/http.h"

namespace huitou::server {

/// 256 random bits from the operating system, as 64 hexadecimal digits.
std::string new_token();

/// Takes the same time wherever the texts differ.
bool same_text(std::string_view a, std::string_view b);

struct Door {
  std::string token;
  std::string listen;  ///< the address that was bound
  std::uint16_t port = 0;
  std::string cookie_name() const { return "huitou_" + std::to_string(port); }
};

enum class Entry { token_in_header, token_in_cookie };

/// Errors: denied.
Status check_host(const Door& door, const HttpRequest& request);
Result<Entry> check_token(const Door& door, const HttpRequest& request);
/// A browser says where a request comes from; a foreign page must not change anything.
Status check_origin(const HttpRequest& request);

/// The value of a cookie in a Cookie header.
std::optional<std::string_view> cookie_value(std::string_view header, std::string_view name);

/// Path and query of a request, percent-encoded, without the parameter `name`. As the target of a
/// redirect it leads to this server only.
std::string address_without(const HttpRequest& request, std::string_view name);

}  // namespace huitou::server
