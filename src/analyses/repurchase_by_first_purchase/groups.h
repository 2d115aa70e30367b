#pragma once

// Customers in groups by their first purchase: each group beside all customers who are not in it.

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "base/language.h"
#include "math/two_groups.h"

namespace huitou::analyses {

/// Customers who were watched long enough, and those of them who came back in time.
struct Returns {
  std::int64_t customers = 0;
  std::int64_t returned = 0;

  void add(const Returns& other) {
    customers += other.customers;
    returned += other.returned;
  }
};

/// By the month of the first purchase.
using Months = std::map<std::int64_t, Returns>;

struct Group {
  Sentence name;
  Months months;
};

/// What is known of the first purchases asked for. A customer may be in several groups.
struct FirstPurchases {
  std::vector<Group> groups;
  Months all;                ///< customers whose attribute is known, each once
  std::int64_t young = 0;    ///< first purchases not watched long enough
  std::int64_t unknown = 0;  ///< customers whose attribute is not known
};

Returns sum_of(const Months& months);
Returns rest_of(const Returns& all, const Returns& group);
/// The share of those who came back; null if there is nobody.
std::optional<double> rate_of(const Returns& returns);

/// The group's rate less that of all others: as it is, and within months of first purchase. Null
/// where one side is empty.
struct Comparison {
  std::optional<math::Difference> raw;
  std::optional<math::Difference> within_months;
};
Comparison compare(const Months& group, const Months& all);

/// A number and the customers who had it on their first purchase day.
using Numbers = std::map<std::int64_t, Months>;

/// Two groups: those with `threshold` or more, and those with less.
std::vector<Months> split_at(const Numbers& numbers, std::int64_t threshold);
/// Up to four groups of about the same size, customers of one number together, cut at the quartiles
/// (type 7): a number equal to a cut is in the lower group. `cuts` are the three quartiles.
struct Quarters {
  std::vector<double> cuts;
  std::vector<Months> groups;
};
Quarters quarters_of(const Numbers& numbers);

}  // namespace huitou::analyses
