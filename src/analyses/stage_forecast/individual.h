#pragma once

// The stage of single customers at the end of next month: multinomial logistic regression on what
// is known of each at its beginning, tried on past months beside the matrix.
//
// Features: the stage, the stage that she comes to if she buys nothing (which says what the matrix
// forgets: how long she has been in hers), the logarithms of the days since her last and her first
// order, of her orders, of the days since the last one in her own mean gaps and of her mean amount,
// and, with 24 months to learn from, the season (sine and cosine of the month). Numbers come in
// classes, so that customers who are alike are one row.

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "analyses/analyses.h"
#include "analyses/stage_forecast/chain.h"
#include "stages/stages.h"

namespace huitou::analyses {

/// Customers who were alike at a close, and where they were at the next one.
struct History {
  std::int64_t step = 0;  ///< from 1: between the closes of these numbers and one more
  int month = 0;          ///< of the year to come, 0 to 11
  std::size_t before = 0, led = 0, after = 0;  ///< stages, as the engine numbers them
  std::array<std::int64_t, 5> classes{};       ///< of silence, age, orders, cycle, amount
  double customers = 0;
};

/// Of all closes, the last of which has no next one yet: `after` says nothing there. Of large shops
/// some thousand customers.
Result<std::vector<History>> read_histories(const Inputs& inputs, const stages::Limits& limits,
                                            std::vector<Date> closes, double customers);

/// How well chances were forecast. `log_loss`: mean of -log(chance of what came), in nats.
/// `calibration`: forecasts of each stage in ten classes of their chance; how many too many or too
/// few came in each, half of the sum as a share of all customers. `off`: the same of the stocks of
/// each month. 0 is best for all.
struct Score {
  double customers = 0;
  double log_loss = 0;
  double calibration = 0;
  double off = 0;
};

struct Comparison {
  std::int64_t months = 0;  ///< held out, each forecast by those before it; 0: not tried
  std::int64_t moves = 0;   ///< customers and months there are to learn from
  Score matrix, individual;
  std::vector<std::optional<Moves>> nexts;  ///< as it was forecast from each close; the last: now
  /// Knows more of single customers, and no less of how many they are.
  bool individual_is_better() const {
    return months > 0 && individual.log_loss < matrix.log_loss && individual.off <= matrix.off;
  }
};
inline constexpr std::int64_t kLeastMoves = 1000;
inline constexpr std::int64_t kLeastHeldOut = 3;

/// `past[i]` moved between the closes i + 1 and i + 2 of `histories`. Not tried with fewer than
/// kLeastMoves or kLeastHeldOut. `nexts[i]`: shares that move from stage to stage in the month
/// after close i; stages that no such customer is in, and newcomers, are those of the matrix.
Comparison compare(std::span<const Moves> past, std::span<const History> histories,
                   const Asked& asked, const std::vector<stages::Stage>& stages);

}  // namespace huitou::analyses
