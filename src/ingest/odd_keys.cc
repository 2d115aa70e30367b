#include "ingest/odd_keys.h"

#include <algorithm>
#include <numeric>

#include "ingest/hash.h"

namespace huitou::ingest {
namespace {

/// 0 stands for a free slot.
std::uint64_t slot_key(std::uint64_t key) { return key == 0 ? 1 : key; }

}  // namespace

OddKeys OddKeys::of(std::vector<std::uint64_t> runs) {
  OddKeys odd;
  odd.runs_sum_ = std::accumulate(runs.begin(), runs.end(), std::uint64_t{0});
  std::sort(runs.begin(), runs.end());
  std::vector<std::uint64_t> twice;
  for (std::size_t i = 1; i < runs.size(); ++i) {
    if (runs[i] == runs[i - 1] && (twice.empty() || twice.back() != runs[i])) {
      twice.push_back(runs[i]);
    }
  }
  std::size_t slots = 1;
  while (slots < twice.size() * 2 + 1) {
    slots *= 2;
  }
  odd.slots_.assign(slots, 0);
  for (const std::uint64_t key : twice) {
    std::size_t at = slot_key(key) & (slots - 1);
    while (odd.slots_[at] != 0) {
      at = (at + 1) & (slots - 1);
    }
    odd.slots_[at] = slot_key(key);
  }
  odd.used_ = twice.size();
  return odd;
}

bool OddKeys::contains(std::uint64_t key) const {
  const std::uint64_t wanted = slot_key(key);
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t at = wanted & mask; slots_[at] != 0; at = (at + 1) & mask) {
    if (slots_[at] == wanted) {
      return true;
    }
  }
  return false;
}

void key_runs(const RawBlock& block, const Mapping& mapping, std::vector<std::uint64_t>& runs) {
  const std::size_t place = mapping.find(Field::order_key).value();
  const bool rows_are_orders = mapping.table == Table::orders;
  std::string_view last;
  bool any = false;
  for (std::size_t row = 0; row < block.rows(); ++row) {
    const std::string_view key = clean_text(block.at(row, place));
    if (!any || rows_are_orders || key != last) {
      runs.push_back(hash(key));
    }
    last = key;
    any = true;
  }
}

}  // namespace huitou::ingest
