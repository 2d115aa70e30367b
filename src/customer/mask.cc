#include <algorithm>

#include "customer/statement.h"
#include "ingest/ingest.h"

namespace huitou::customer {
namespace {

constexpr std::size_t kShownAtFront = 3;
constexpr std::size_t kShownAtEnd = 4;
constexpr std::size_t kMobileDigits = 11;
constexpr std::string_view kHidden = "****";

/// Never more than half of the digits are shown.
std::string masked_phone(std::string_view digits) {
  if (digits.size() < 2 * (kShownAtFront + kShownAtEnd) - 3) {
    return std::string(kHidden) +
           std::string(digits.substr(digits.size() - std::min<std::size_t>(digits.size(), 2)));
  }
  return std::string(digits.substr(0, kShownAtFront)) + std::string(kHidden) +
         std::string(digits.substr(digits.size() - kShownAtEnd));
}

}  // namespace

std::string masked(std::string_view kind, std::string_view key) {
  if (kind == "phone") return masked_phone(key);
  if (kind != "email") return std::string(key);
  const std::size_t at = key.find('@');
  if (at == std::string_view::npos) return std::string(kHidden);
  return std::string(key.substr(0, at > 1 ? 1 : 0)) + "***" + std::string(key.substr(at));
}

std::string shown_member(const Asking& asking, const std::string& member) {
  if (asking.reveal) return member;
  const std::string address = ingest::normal_key("email", member);
  if (!address.empty()) return masked("email", address);
  const std::string phone = ingest::normal_key("phone", member);
  const bool is_mobile = phone.size() == kMobileDigits && phone.front() == '1';
  return is_mobile ? masked("phone", phone) : member;
}

}  // namespace huitou::customer
