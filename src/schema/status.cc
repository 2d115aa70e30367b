#include <array>

#include "schema/schema.h"

namespace huitou::schema {
namespace {

struct Policy {
  std::string_view name;
  std::string_view condition;
  std::string_view amount;
};

constexpr std::string_view kBeforeRefunds = "gross_minor - discount_minor";

/// In the order of StatusPolicy; the numbers are those of OrderStatus.
constexpr std::array<Policy, 4> kPolicies{{{"all", "status > 0", kBeforeRefunds},
                                           {"paid", "status IN (2, 3, 5)", kBeforeRefunds},
                                           {"delivered", "status = 3", kBeforeRefunds},
                                           {"net", "status IN (2, 3)", "net_minor"}}};

const Policy& policy_of(StatusPolicy policy) {
  return kPolicies.at(static_cast<std::size_t>(policy));
}

}  // namespace

std::optional<StatusPolicy> parse_status_policy(std::string_view name) {
  for (std::size_t i = 0; i < kPolicies.size(); ++i) {
    if (kPolicies.at(i).name == name) {
      return static_cast<StatusPolicy>(i);
    }
  }
  return std::nullopt;
}

std::string_view status_policy_name(StatusPolicy policy) { return policy_of(policy).name; }

Fragments status_fragments(StatusPolicy policy) {
  return {{"status_policy", std::string(policy_of(policy).condition)},
          {"amount", std::string(policy_of(policy).amount)}};
}

}  // namespace huitou::schema
