#include "demo/accounts.h"

#include <fmt/format.h>

namespace huitou::demo {
namespace {

constexpr std::uint64_t kStream = 0x6163636f756e74ULL;  // accounts have dice of their own
constexpr std::uint64_t kNumbers = 1'000'000'000;       // of phones behind 1 and one more digit

/// One for each person, spread over all numbers. The factor and the number of numbers have no
/// common divisor, so no two people share one.
std::string phone_of(std::uint64_t person) {
  constexpr std::string_view kSecond = "3578";
  return fmt::format("1{}{:09}", kSecond[person % kSecond.size()],
                     person * 387'420'489ULL % kNumbers);
}

/// As people and tills write it.
std::string spelled(const std::string& phone, Rng& rng) {
  switch (rng.below(5)) {
    case 0:
      return "+86 " + phone;
    case 1:
      return "86" + phone;
    case 2:
      return phone.substr(0, 3) + "-" + phone.substr(3, 4) + "-" + phone.substr(7);
    case 3: {
      std::string wide;
      for (const char digit : phone) {
        wide += "\xEF\xBC";  // full-width digits begin with U+FF10
        wide += static_cast<char>(0x90 + (digit - '0'));
      }
      return wide;
    }
    default:
      return phone;
  }
}

std::string email_of(std::uint64_t person, bool shouted) {
  return shouted ? fmt::format("Guest{}@Example.COM", person)
                 : fmt::format("guest{}@example.com", person);
}

std::string noisy_phone(const Life& life, Rng& rng) {
  const std::uint64_t person = life.index + 1;
  const double draw = rng.uniform();
  using Truth = AccountTruth;
  if (draw < Truth::counter) {
    return fmt::format("021-6234567{}", life.store % 2);
  }
  if (draw < Truth::counter + Truth::invented) {
    return "13800138000";
  }
  if (draw < Truth::counter + Truth::invented + Truth::passed_on) {
    return phone_of(person + 1);
  }
  if (draw > 1 - Truth::masked) {
    const std::string phone = phone_of(person);
    return phone.substr(0, 3) + "****" + phone.substr(7);
  }
  return spelled(phone_of(person), rng);
}

Account own_account(const Life& life, Rng& rng) {
  const std::uint64_t person = life.index + 1;
  Account account{.key = fmt::format("C{:08}", person)};
  account.phone = phone_of(person);
  account.email = rng.chance(0.4) ? email_of(person, false) : "";
  account.unionid = rng.chance(0.6) ? fmt::format("oU{:010x}", person * 7'919) : "";
  account.device = rng.chance(0.5) ? fmt::format("dev-{:08x}", person) : "";
  return account;
}

/// Of another system: shares at least one key with the shop's own, unless it is lost.
Account other_account(const Life& life, const Account& own, std::uint32_t number, Rng& rng) {
  const std::uint64_t person = life.index + 1;
  Account account{.key = fmt::format("{}{:08}{}", number == 0 ? "T" : "K", person, number)};
  if (rng.chance(AccountTruth::lost)) {
    return account;
  }
  if (!own.unionid.empty() && rng.chance(0.5)) {
    account.unionid = own.unionid;
  }
  if (!own.email.empty() && rng.chance(0.5)) {
    account.email = email_of(person, rng.chance(0.3));
  }
  const bool has_link = !account.unionid.empty() || !account.email.empty();
  account.phone = has_link ? noisy_phone(life, rng) : spelled(phone_of(person), rng);
  if (rng.chance(AccountTruth::family_device)) {
    account.device = fmt::format("dev-{:08x}", person / 2);
  }
  return account;
}

}  // namespace

std::vector<Account> accounts_of(const Life& life, std::uint64_t seed, bool noise) {
  Rng rng(seed ^ kStream, life.index);
  std::vector<Account> accounts{own_account(life, rng)};
  if (noise && rng.chance(AccountTruth::several)) {
    const std::uint32_t others = 1 + rng.below(3);
    for (std::uint32_t number = 0; number < others; ++number) {
      accounts.push_back(other_account(life, accounts.front(), number, rng));
    }
  }
  return accounts;
}

}  // namespace huitou::demo
