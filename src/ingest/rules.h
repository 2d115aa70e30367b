#pragma once

// What can be wrong with a row, what is done about it, and the collection of such findings.

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/frame.h"
#include "base/language.h"
#include "ingest/table.h"

namespace huitou::ingest {

/// In the order of `kRuleCards`.
enum class Rule {
  field_count,
  open_quote,
  no_object,
  missing_date,
  unreadable_date,
  date_too_early,
  date_in_future,
  missing_amount,
  unreadable_amount,
  rounded_amount,
  negative_amount,
  unreadable_quantity,
  negative_quantity,
  zero_price,
  missing_order_key,
  missing_customer,
  missing_key,
  cancelled,
  unknown_status,
  other_currency,
  unreadable_value,
  duplicate_row,
  conflicting_row,
  order_disagrees,
  order_not_found,
  gone_at_source,
};
inline constexpr std::size_t kRules = 26;

struct RuleCard {
  std::string_view name;
  std::string_view severity;  ///< info, warning, error
  std::string_view action;    ///< kept, left_out, replaced, cancelled, removed
  Words meaning;
};
const RuleCard& rule_card(Rule rule);

/// The rule that a record broke which is not among the rows.
Rule rule_of(BadReason reason);

struct Finding {
  Rule rule;
  std::uint64_t line;
  std::string field;
  std::string value;
};

/// Counts every breach of a rule and keeps the first kFindingsPerRule of each.
class Findings {
 public:
  void add(Rule rule, std::uint64_t line, std::string_view field, std::string_view value);
  /// Counts rows that are known only in number.
  void count(Rule rule, std::uint64_t rows) { counts_[static_cast<std::size_t>(rule)] += rows; }
  /// Adds what `other` found after this.
  void merge(const Findings& other);
  /// Keeps a finding whose row is already counted.
  void keep(Finding finding);

  std::uint64_t rows(Rule rule) const { return counts_[static_cast<std::size_t>(rule)]; }
  std::uint64_t left_out() const;
  const std::vector<Finding>& kept() const { return kept_; }

 private:
  std::array<std::uint64_t, kRules> counts_{};
  std::array<std::uint64_t, kRules> kept_by_rule_{};
  std::vector<Finding> kept_;
};

}  // namespace huitou::ingest
