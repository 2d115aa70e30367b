#pragma once

// Stocks of customers by stage, moved on month by month.
//
// The matrix: of those in a stage at the close of a month, which share is where a month later, all
// months together (the maximum likelihood estimate; Anderson & Goodman 1957, "Statistical inference
// about Markov chains"). Newcomers: their mean a month, by the stage at the end of their first
// month.
//
// Intervals. Customers of one month move together: a promotion or a season moves the shares of all,
// so intervals from multinomial counts alone are far too narrow for a shop with many customers. So
// whole months are what is drawn: a future month is a new one of a multivariate normal with mean
// and covariance of the months there are, and as these are few, both are uncertain too. One month
// ahead that is the classical interval for one more observation, mean +- t(n - 1) s sqrt(1 + 1/n)
// (Meeker, Hahn & Escobar 2017, "Statistical Intervals", section 4.7); further ahead the months of
// a path share one draw of mean and scale (Gelman et al. 2013, "Bayesian Data Analysis",
// section 3.6). Drawing the months themselves with replacement would hold 85 of 100 with 12 months.

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "math/random.h"
#include "stages/stages.h"

namespace huitou::analyses {

/// Customers by stage, as the engine numbers them from 1; 0: in none, which nobody is at both ends
/// of a month.
using Stock = std::array<double, stages::kStages + 1>;
/// How many moved from stage to stage in one month.
using Moves = std::array<Stock, stages::kStages + 1>;

/// Those in a stage at the beginning and at the end of the month.
Stock stock_before(const Moves& month);
Stock stock_after(const Moves& month);

/// Shares of each stage that are in each stage a month later; row 0: newcomers a month. A stage
/// that nobody was in keeps those who are in it.
Moves chain_of(std::span<const Moves> months);
/// Where a forecast begins. `next`: the chain of its first month, where something is known of it.
struct Start {
  Stock now{};
  std::optional<Moves> next{};
};
/// The stocks after one month, after two ... `months` of them.
std::vector<Stock> moved_on(const Moves& chain, const Start& start, std::size_t months);

struct Bounds {
  Stock low{};
  Stock high{};
};
/// Ends of the interval that holds 95 of 100 paths, after each month; two past months at least.
std::vector<Bounds> bounds_of(std::span<const Moves> past, const Start& start, std::size_t months,
                              Rng& rng);

/// How forecasts of the past would have done, so many months ahead.
struct Trials {
  std::int64_t forecasts = 0;
  double error = 0;  ///< customers forecast in another stage (or not at all), of all customers
  double naive_error = 0;  ///< the same if every stock had stayed as it was
  double held = 0;         ///< share of stocks that were within the interval
};
/// Forecasts from every month that has `least` months before it, made of the last `history` of
/// these; element i is i + 1 months ahead. `stages`: those there are. `nexts`, where given: the
/// chain of the first month after so many past months.
struct Asked {
  std::size_t history = 12;
  std::size_t least = 6;
  std::size_t months = 6;
  std::vector<std::optional<Moves>> nexts{};
};
std::vector<Trials> tried(std::span<const Moves> past, const Asked& asked,
                          const std::vector<stages::Stage>& stages, Rng& rng);

}  // namespace huitou::analyses
