#include "analyses/concentration/ranking.h"

#include <algorithm>
#include <cmath>

#include "base/result.h"

namespace huitou::analyses {

Ranking::Ranking(std::vector<AmountCount> highest_first) : counts_(std::move(highest_first)) {
  for (std::size_t i = 0; i < counts_.size(); ++i) {
    CHECK(i == 0 || counts_[i].amount_minor < counts_[i - 1].amount_minor);
    all_.customers += counts_[i].customers;
    all_.amount_minor += counts_[i].amount_minor * counts_[i].customers;
    all_.lowest_minor = counts_[i].amount_minor;
  }
}

std::int64_t Ranking::below_zero() const {
  std::int64_t customers = 0;
  for (const AmountCount& count : counts_) {
    customers += count.amount_minor < 0 ? count.customers : 0;
  }
  return customers;
}

Part Ranking::highest(std::int64_t customers) const {
  CHECK(customers >= 0 && customers <= all_.customers);
  Part part;
  for (const AmountCount& count : counts_) {
    const std::int64_t more = std::min(count.customers, customers - part.customers);
    if (more == 0) {
      break;
    }
    part.customers += more;
    part.amount_minor += more * count.amount_minor;
    part.lowest_minor = count.amount_minor;
  }
  return part;
}

Part Ranking::highest_percent(double percent) const {
  const double exact = static_cast<double>(all_.customers) * percent / 100;
  // 7 % of 100 is 7, though the product of the two doubles is a little more.
  const double rounded = std::ceil(exact - 1e-9 * std::max(1.0, exact));
  return highest(std::clamp(static_cast<std::int64_t>(rounded), std::int64_t{0}, all_.customers));
}

std::vector<Part> Ranking::classes(const std::vector<double>& shares) const {
  std::vector<Part> parts(shares.size() + 1);
  std::size_t at = 0;
  std::int64_t before = 0;
  for (const AmountCount& count : counts_) {
    const auto reached = [&](double share) {
      return static_cast<double>(before) >= share * static_cast<double>(all_.amount_minor);
    };
    while (at < shares.size() && reached(shares[at])) {
      ++at;
    }
    parts[at].customers += count.customers;
    parts[at].amount_minor += count.customers * count.amount_minor;
    parts[at].lowest_minor = count.amount_minor;
    before += count.customers * count.amount_minor;
  }
  return parts;
}

double Ranking::gini() const {
  CHECK(all_.amount_minor > 0);
  // Of n customers from the lowest up: 2 sum(rank * amount) / (n sum(amount)) - (n + 1) / n. The
  // ranks of customers of one amount are taken together.
  const auto n = static_cast<double>(all_.customers);
  double weighted = 0;
  double below = 0;
  for (auto count = counts_.rbegin(); count != counts_.rend(); ++count) {
    const auto customers = static_cast<double>(count->customers);
    const double ranks = customers * below + customers * (customers + 1) / 2;
    weighted += ranks * static_cast<double>(count->amount_minor);
    below += customers;
  }
  return 2 * weighted / (n * static_cast<double>(all_.amount_minor)) - (n + 1) / n;
}

}  // namespace huitou::analyses
