#include "analyses/abc/classes.h"

#include <algorithm>

#include "base/result.h"

namespace huitou::analyses {
namespace {

/// The smallest whole number that is `percent` % of `total` or more; nothing overflows.
std::int64_t share_of(std::int64_t total, std::int64_t percent) {
  return total / 100 * percent + (total % 100 * percent + 99) / 100;
}

void add(RankedPart& part, std::int64_t items, std::int64_t value) {
  part.items += items;
  part.value += items * value;
  part.lowest = items > 0 ? value : part.lowest;
}

}  // namespace

RankedItems::RankedItems(std::vector<ValueCount> highest_first)
    : counts_(std::move(highest_first)) {
  for (std::size_t i = 0; i < counts_.size(); ++i) {
    CHECK(i == 0 || counts_[i].value < counts_[i - 1].value);
    add(all_, counts_[i].items, counts_[i].value);
  }
}

RankedPart RankedItems::highest(std::int64_t items) const {
  CHECK(items >= 0 && items <= all_.items);
  RankedPart part;
  for (const ValueCount& count : counts_) {
    const std::int64_t taken = std::min(count.items, items - part.items);
    add(part, taken, count.value);
    if (part.items == items) {
      break;
    }
  }
  return part;
}

std::size_t RankedItems::class_of(std::int64_t before,
                                  const std::vector<std::int64_t>& percents) const {
  CHECK(all_.value > 0);
  std::size_t at = 0;
  while (at < percents.size() && before >= share_of(all_.value, percents[at])) {
    ++at;
  }
  return at;
}

std::vector<RankedPart> RankedItems::classes(const std::vector<std::int64_t>& percents) const {
  std::vector<RankedPart> parts(percents.size() + 1);
  std::int64_t before = 0;
  for (const ValueCount& count : counts_) {
    std::int64_t left = count.items;
    while (left > 0) {
      const std::size_t at = class_of(before, percents);
      std::int64_t taken = left;
      if (at < percents.size()) {
        // An upper class ends only by values above 0: each brings the sum nearer to its share.
        const std::int64_t missing = share_of(all_.value, percents[at]) - before;
        taken = count.value <= 0 ? left : (missing + count.value - 1) / count.value;
        taken = std::min(taken, left);
      }
      add(parts[at], taken, count.value);
      before += taken * count.value;
      left -= taken;
    }
  }
  return parts;
}

}  // namespace huitou::analyses
