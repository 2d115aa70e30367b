#pragma once

// What was decided of single orders, in the store.

#include <array>

#include "quality/quality.h"

namespace huitou::quality {

struct Decision {
  std::string order_key;
  bool is_fix = false;
  Correction correction{};
};

/// A correction as the numbers that are kept of it, in the order of kFixColumns.
inline constexpr std::array<std::string_view, 7> kFixColumns{
    "fix_gross", "fix_discount", "fix_refund", "fix_at", "fix_on", "fix_status", "fix_account"};
std::array<std::optional<std::int64_t>, kFixColumns.size()> numbers_of(const Correction& fix);

/// Makes what is missing; a home of an earlier version knows corrections of amounts alone.
Status ensure_decisions(store::Store& store);
Result<std::vector<Decision>> decisions(store::Store& store);
/// Nothing where nothing was decided of the order.
Result<std::optional<Decision>> decision_of(store::Store& store, const std::string& order_key);

/// Puts orders under quarantine that no decision concerns yet; gives how many those are.
Result<std::int64_t> write_quarantine(store::Store& store, const std::vector<std::string>& keys,
                                      std::string_view rule, const Author& author);
Status write_fix(store::Store& store, const std::string& key, const Correction& correction,
                 const Author& author);
/// Takes back the decisions on an order, or on those of a rule, or all (`target` empty).
Result<std::int64_t> write_release(store::Store& store, const std::string& target,
                                   const Author& author);

}  // namespace huitou::quality
