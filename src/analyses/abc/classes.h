#pragma once

// Items (customers, products) in the order of their values, cut into classes A, B, C.
//
// Items are ranked by value, the highest first; among items of one value the one with the lower key
// comes first. An item belongs to class A while the items before it have not reached A's share of
// the total: so the item that crosses the cut is still in the upper class, and two items of one
// value may fall into two classes. Whole numbers throughout, so that a boundary is exact. What has
// no value or less is never in an upper class, as the total is reached before it.

#include <cstdint>
#include <vector>

namespace huitou::analyses {

/// So many items with the same value.
struct ValueCount {
  std::int64_t value = 0;
  std::int64_t items = 0;
};

/// Items that follow each other: how many, their sum, the smallest value among them.
struct RankedPart {
  std::int64_t items = 0;
  std::int64_t value = 0;
  std::int64_t lowest = 0;
};

class RankedItems {
 public:
  /// CHECKs that the values fall from count to count.
  explicit RankedItems(std::vector<ValueCount> highest_first);

  const RankedPart& all() const { return all_; }
  /// The highest `items`. CHECKed: 0 <= items <= all.
  RankedPart highest(std::int64_t items) const;
  /// The class (0 is A) of an item before which the values come to `before`.
  /// `percents` rise, each from 0 to 100. CHECKed: the total is above 0.
  std::size_t class_of(std::int64_t before, const std::vector<std::int64_t>& percents) const;
  /// One part for each class; the last one, with what remains, comes on top.
  std::vector<RankedPart> classes(const std::vector<std::int64_t>& percents) const;

 private:
  std::vector<ValueCount> counts_;
  RankedPart all_;
};

}  // namespace huitou::analyses
