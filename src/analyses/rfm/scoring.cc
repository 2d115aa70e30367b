#include "analyses/rfm/scoring.h"

namespace huitou::analyses {

void Cell::add(const Cell& other) {
  customers += other.customers;
  orders += other.orders;
  amount_minor += other.amount_minor;
  days_since_last_order += other.days_since_last_order;
}

std::size_t cell_index(Scores scores) {
  return static_cast<std::size_t>(((scores.r - 1) * kBins + scores.f - 1) * kBins + scores.m - 1);
}

Scores scores_of(std::size_t cell) {
  const int index = static_cast<int>(cell);
  return {index / (kBins * kBins) + 1, index / kBins % kBins + 1, index % kBins + 1};
}

Cells fill_cells(const Histories& histories, const Scales& scales) {
  Cells cells{};
  for (std::size_t i = 0; i < histories.size(); ++i) {
    const Cell one{1, histories.orders[i], histories.amount_minor[i],
                   histories.days_since_last_order[i]};
    const Scores scores{scales[kDays].score(one.days_since_last_order),
                        scales[kOrders].score(one.orders), scales[kAmount].score(one.amount_minor)};
    cells[cell_index(scores)].add(one);
  }
  return cells;
}

}  // namespace huitou::analyses
