#include "ingest/keys.h"

#include <algorithm>
#include <array>

#include "ingest/values.h"

namespace huitou::ingest {
namespace {

constexpr std::array<KeyKind, 7> kKinds{{{"member", {"member number", "会员号"}},
                                         {"unionid", {"WeChat unionid", "微信 unionid"}},
                                         {"openid", {"WeChat openid", "微信 openid"}},
                                         {"phone", {"phone number", "手机号"}},
                                         {"email", {"e-mail address", "邮箱"}},
                                         {"device", {"device", "设备"}, false},
                                         {"cookie", {"browser", "浏览器"}, false}}};

constexpr std::size_t kMobileDigits = 11;
constexpr std::size_t kFewestDigits = 7;
constexpr std::size_t kMostDigits = 15;  // of a number in the world (ITU-T E.164)
constexpr std::size_t kShortestId = 4;
constexpr std::size_t kLongestKey = 256;

/// Full-width characters (U+FF01 to U+FF5E) as ASCII; all others as they are.
std::string narrow(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(text[at]); };
    if (i + 2 < text.size() && byte(i) == 0xEF && (byte(i + 1) == 0xBC || byte(i + 1) == 0xBD)) {
      const unsigned point = 0xF000U | ((byte(i + 1) & 0x3FU) << 6U) | (byte(i + 2) & 0x3FU);
      if (point >= 0xFF01U && point <= 0xFF5EU) {
        out += static_cast<char>(point - 0xFF01U + '!');
        i += 2;
        continue;
      }
    }
    out += text[i];
  }
  return out;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool all_same(std::string_view text) {
  return text.find_first_not_of(text.substr(0, 1)) == std::string_view::npos;
}

bool is_chinese_mobile(std::string_view digits) {
  return digits.size() == kMobileDigits && digits[0] == '1' && digits[1] >= '3';
}

std::string normal_phone(std::string_view written) {
  std::string text = narrow(written);
  if (text.ends_with(".0")) {
    text.resize(text.size() - 2);  // a number that a spreadsheet has made real
  }
  std::string digits;
  bool abroad = false;
  for (const char c : text) {
    if (is_digit(c)) {
      digits += c;
    } else if (c == '+' && digits.empty()) {
      abroad = true;
    } else if (std::string_view(" -()./").find(c) == std::string_view::npos) {
      return {};
    }
  }
  if (digits.starts_with("00")) {
    digits.erase(0, 2);
    abroad = true;
  }
  const std::string_view without_country =
      std::string_view(digits).substr(digits.starts_with("86") ? 2 : 0);
  if (is_chinese_mobile(without_country)) {
    return std::string(without_country);
  }
  if (digits.size() < kFewestDigits || digits.size() > kMostDigits || all_same(digits)) {
    return {};
  }
  return abroad ? "+" + digits : digits;
}

std::string normal_email(std::string_view written) {
  std::string text = narrow(written);
  std::transform(text.begin(), text.end(), text.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  const std::size_t at = text.find('@');
  const bool good = at != std::string::npos && at > 0 &&
                    text.find('@', at + 1) == std::string::npos &&
                    text.find('.', at) != std::string::npos && text.back() != '.' &&
                    text[at + 1] != '.' && text.find_first_of(" *,;<>\t") == std::string::npos;
  return good ? text : std::string();
}

std::string normal_id(std::string_view written) {
  const bool nothing = written.size() < kShortestId ||
                       written.find_first_not_of("0-") == std::string_view::npos ||
                       written.find('*') != std::string_view::npos;
  return nothing ? std::string() : std::string(written);
}

}  // namespace

std::span<const KeyKind> key_kinds() { return kKinds; }

std::optional<KeyKind> find_key_kind(std::string_view name) {
  const auto found = std::find_if(kKinds.begin(), kKinds.end(),
                                  [&](const KeyKind& kind) { return kind.name == name; });
  return found == kKinds.end() ? std::nullopt : std::optional(*found);
}

std::string normal_key(std::string_view kind, std::string_view written) {
  const std::string_view text = clean_text(written);
  if (is_nothing(text) || text.size() > kLongestKey) {
    return {};
  }
  if (kind == "member") {
    return std::string(text);
  }
  return kind == "phone"   ? normal_phone(text)
         : kind == "email" ? normal_email(text)
                           : normal_id(text);
}

std::optional<ImpliedKey> implied_key(std::string_view member) {
  if (member.find('@') != std::string_view::npos) {
    std::string key = normal_key("email", member);
    return key.empty() ? std::nullopt : std::optional(ImpliedKey{"email", std::move(key)});
  }
  if (member.size() < kMobileDigits ||
      member.find_first_not_of("0123456789+- ") != std::string_view::npos) {
    return std::nullopt;
  }
  std::string key = normal_key("phone", member);
  return is_chinese_mobile(key) ? std::optional(ImpliedKey{"phone", std::move(key)}) : std::nullopt;
}

}  // namespace huitou::ingest
