#pragma once

// Customers in the order of their amounts, and how unequal these are.
//
// The share of the highest k customers is the same however ties are broken, since customers of one
// amount are alike. A share of customers is rounded up: the highest 20 % of 2,357 are 472.

#include <cstdint>
#include <vector>

namespace huitou::analyses {

/// So many customers with the same amount.
struct AmountCount {
  std::int64_t amount_minor = 0;
  std::int64_t customers = 0;
};

/// Some of the customers: how many, their amount, the smallest one among them.
struct Part {
  std::int64_t customers = 0;
  std::int64_t amount_minor = 0;
  std::int64_t lowest_minor = 0;
};

class Ranking {
 public:
  /// CHECKs that the amounts fall from item to item.
  explicit Ranking(std::vector<AmountCount> highest_first);

  std::int64_t customers() const { return all_.customers; }
  std::int64_t amount_minor() const { return all_.amount_minor; }
  /// Customers with an amount below zero.
  std::int64_t below_zero() const;

  /// The highest `customers`. CHECKed: 0 <= customers <= all.
  Part highest(std::int64_t customers) const;
  /// The highest `percent` % of the customers, rounded up.
  Part highest_percent(double percent) const;

  /// Customers of classes A, B, C ...: a class ends with the customer whose amount brings the sum
  /// to its share of the total. Customers of one amount are in one class, that of the first of
  /// them. `shares` rise; the last class, with what remains, comes on top.
  std::vector<Part> classes(const std::vector<double>& shares) const;

  /// Twice the area between the Lorenz curve and the line of equality, without correction for small
  /// numbers: 0 if all are equal, (n - 1) / n if one has everything; more than 1 is possible where
  /// amounts are below zero. CHECKed: amount_minor() > 0.
  double gini() const;

 private:
  std::vector<AmountCount> counts_;
  Part all_;
};

}  // namespace huitou::analyses
