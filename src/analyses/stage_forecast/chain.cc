#include "analyses/stage_forecast/chain.h"

#include <algorithm>
#include <cmath>

namespace huitou::analyses {
namespace {

constexpr std::size_t kPaths = 1000;
constexpr double kLow = 0.025;
constexpr double kHigh = 0.975;

double sum_of(const Stock& stock) {
  double sum = 0;
  for (const double customers : stock) sum += customers;
  return sum;
}

/// Shares of one month; the chain of all counts as one more customer of each stage, so that a stage
/// with nobody in it that month moves as it does on the whole.
Moves chain_of_month(const Moves& month, const Moves& chain) {
  Moves own = month;
  for (std::size_t from = 1; from < own.size(); ++from) {
    const double all = sum_of(month[from]) + 1;
    for (std::size_t to = 0; to < own.size(); ++to) {
      own[from][to] = (month[from][to] + chain[from][to]) / all;
    }
  }
  return own;
}

/// `weight` times `what` on top.
void add(Moves& to, const Moves& what, double weight) {
  for (std::size_t from = 0; from < to.size(); ++from) {
    for (std::size_t at = 0; at < to.size(); ++at) to[from][at] += weight * what[from][at];
  }
}

/// What a draw can leave outside: no share is below zero, and those of a stage are all of it.
void make_shares(Moves& chain) {
  for (Stock& row : chain) {
    for (double& share : row) share = std::max(share, 0.0);
  }
  for (std::size_t from = 1; from < chain.size(); ++from) {
    const double all = sum_of(chain[from]);
    for (double& share : chain[from]) share /= all;
  }
}

/// How the months lie about the chain of all of them, and months like them.
class Months {
 public:
  Months(std::span<const Moves> past, const Moves& chain) : mean_weights_(past.size()) {
    CHECK(past.size() > 1);
    Moves mean{};
    for (const Moves& month : past) {
      off_.push_back(chain_of_month(month, chain));
      add(mean, off_.back(), 1 / static_cast<double>(past.size()));
    }
    for (Moves& month : off_) add(month, mean, -1);
  }

  /// Draws what the months of a path have in common: mean and scale.
  void begin_path(Rng& rng) {
    const auto number = static_cast<double>(off_.size());
    double squares = 0;
    for (std::size_t i = 1; i < off_.size(); ++i) squares += std::pow(rng.normal(), 2);
    scale_ = 1 / std::sqrt(squares);  // sqrt((n - 1) / chi squared), over sqrt(n - 1)
    for (double& weight : mean_weights_) weight = rng.normal() / std::sqrt(number);
  }

  /// A month about this chain.
  Moves draw(const Moves& chain, Rng& rng) const {
    Moves month = chain;
    for (std::size_t i = 0; i < off_.size(); ++i) {
      add(month, off_[i], scale_ * (mean_weights_[i] + rng.normal()));
    }
    make_shares(month);
    return month;
  }

 private:
  std::vector<Moves> off_;  ///< of each month, from their mean
  std::vector<double> mean_weights_;
  double scale_ = 0;
};

Stock step(const Moves& chain, const Stock& now) {
  Stock next = chain[0];
  next[0] = 0;
  for (std::size_t from = 1; from < now.size(); ++from) {
    for (std::size_t to = 1; to < now.size(); ++to) next[to] += now[from] * chain[from][to];
  }
  return next;
}

/// Linear between the neighbours.
double quantile(const std::vector<double>& sorted, double share) {
  const double place = share * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(place);
  const std::size_t above = std::min(below + 1, sorted.size() - 1);
  return sorted[below] + (place - static_cast<double>(below)) * (sorted[above] - sorted[below]);
}

/// Customers that are forecast where they are not, or are where none is forecast.
double off(const Stock& forecast, const Stock& found, const std::vector<stages::Stage>& stages) {
  double sum = 0;
  for (const stages::Stage stage : stages) {
    const auto at = static_cast<std::size_t>(stage) + 1;
    sum += std::abs(forecast[at] - found[at]);
  }
  return sum;
}

std::int64_t within(const Bounds& bounds, const Stock& found,
                    const std::vector<stages::Stage>& stages) {
  return std::count_if(stages.begin(), stages.end(), [&](stages::Stage stage) {
    const auto at = static_cast<std::size_t>(stage) + 1;
    return found[at] >= std::floor(bounds.low[at]) && found[at] <= std::ceil(bounds.high[at]);
  });
}

}  // namespace

Stock stock_before(const Moves& month) {
  Stock stock{};
  for (std::size_t from = 1; from < month.size(); ++from) stock[from] = sum_of(month[from]);
  return stock;
}

Stock stock_after(const Moves& month) {
  Stock stock{};
  for (const Stock& row : month) {
    for (std::size_t to = 1; to < row.size(); ++to) stock[to] += row[to];
  }
  return stock;
}

Moves chain_of(std::span<const Moves> months) {
  CHECK(!months.empty());
  Moves chain{};
  for (const Moves& month : months) {
    for (std::size_t from = 0; from < chain.size(); ++from) {
      for (std::size_t to = 0; to < chain.size(); ++to) chain[from][to] += month[from][to];
    }
  }
  for (std::size_t from = 0; from < chain.size(); ++from) {
    const double all = from == 0 ? static_cast<double>(months.size()) : sum_of(chain[from]);
    if (all == 0) {
      chain[from][from] = 1;
      continue;
    }
    for (double& share : chain[from]) share /= all;
  }
  return chain;
}

std::vector<Stock> moved_on(const Moves& chain, const Start& start, std::size_t months) {
  std::vector<Stock> stocks;
  for (std::size_t month = 0; month < months; ++month) {
    stocks.push_back(stocks.empty() ? step(start.next.value_or(chain), start.now)
                                    : step(chain, stocks.back()));
  }
  return stocks;
}

std::vector<Bounds> bounds_of(std::span<const Moves> past, const Start& start, std::size_t months,
                              Rng& rng) {
  const Moves chain = chain_of(past);
  const std::vector<Stock> middle = moved_on(chain, start, months);
  Months like_them(past, chain);
  // paths[month][stage]: the stocks of all paths.
  std::vector<std::array<std::vector<double>, stages::kStages + 1>> paths(months);
  for (std::size_t path = 0; path < kPaths; ++path) {
    like_them.begin_path(rng);
    Stock stock = start.now;
    for (auto& month : paths) {
      const bool first = &month == &paths.front();
      stock = step(like_them.draw(first ? start.next.value_or(chain) : chain, rng), stock);
      for (std::size_t at = 1; at < stock.size(); ++at) month.at(at).push_back(stock[at]);
    }
  }
  std::vector<Bounds> bounds(months);
  for (std::size_t month = 0; month < months; ++month) {
    for (std::size_t at = 1; at <= stages::kStages; ++at) {
      std::vector<double>& found = paths[month].at(at);
      std::sort(found.begin(), found.end());
      bounds[month].low[at] = std::min(quantile(found, kLow), middle[month][at]);
      bounds[month].high[at] = std::max(quantile(found, kHigh), middle[month][at]);
    }
  }
  return bounds;
}

std::vector<Trials> tried(std::span<const Moves> past, const Asked& asked,
                          const std::vector<stages::Stage>& stages, Rng& rng) {
  std::vector<Trials> trials(asked.months);
  std::vector<double> customers(asked.months);
  for (std::size_t origin = asked.least; origin < past.size(); ++origin) {
    const std::size_t length = std::min(origin, asked.history);
    const auto known = past.subspan(origin - length, length);
    const std::size_t months = std::min(asked.months, past.size() - origin);
    const Start start{stock_after(known.back()),
                      asked.nexts.empty() ? std::nullopt : asked.nexts.at(origin)};
    const std::vector<Stock> forecast = moved_on(chain_of(known), start, months);
    const std::vector<Bounds> bounds = bounds_of(known, start, months, rng);
    for (std::size_t ahead = 0; ahead < months; ++ahead) {
      const Stock found = stock_after(past[origin + ahead]);
      ++trials[ahead].forecasts;
      trials[ahead].error += off(forecast[ahead], found, stages);
      trials[ahead].naive_error += off(start.now, found, stages);
      trials[ahead].held += static_cast<double>(within(bounds[ahead], found, stages));
      customers[ahead] += sum_of(found);
    }
  }
  for (std::size_t ahead = 0; ahead < asked.months; ++ahead) {
    Trials& one = trials[ahead];
    if (one.forecasts == 0) continue;
    one.error /= customers[ahead];
    one.naive_error /= customers[ahead];
    one.held /= static_cast<double>(one.forecasts) * static_cast<double>(stages.size());
  }
  return trials;
}

}  // namespace huitou::analyses
