#pragma once

// The accounts of one person: the shop's own, with phone, address and the like, and those of other
// systems, whose keys are written as people and tills write them.

#include <cstdint>
#include <string>
#include <vector>

#include "demo/life.h"

namespace huitou::demo {

struct Account {
  std::string key;  ///< member number; that of the shop's own account is the customer's
  std::string phone;
  std::string email;
  std::string unionid;
  std::string device;
};

/// What was planted about who is who.
struct AccountTruth {
  static constexpr double several = 0.35;  ///< share of people with accounts in other systems
  static constexpr double lost = 0.01;     ///< of these accounts: nothing in common with the shop's
  static constexpr double masked = 0.05;   ///< phones written 139****0001
  static constexpr double counter = 0.01;  ///< the till's phone instead of one's own
  static constexpr double invented = 0.005;  ///< 13800138000, to please the form
  static constexpr double family_device = 0.03;
  static constexpr double passed_on = 0.0002;  ///< phones that had another owner before
};

/// The shop's own account first. Without `noise` it is the only one, cleanly written.
std::vector<Account> accounts_of(const Life& life, std::uint64_t seed, bool noise);

}  // namespace huitou::demo
