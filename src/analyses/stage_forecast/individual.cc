#include "analyses/stage_forecast/individual.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>
#include <tuple>

#include "analyses/common.h"
#include "analyses/stage_words.h"
#include "analyses/steps.h"
#include "math/multinomial.h"

namespace huitou::analyses {
namespace {

using stages::Stage;

constexpr double kMostCustomers = 4000;
constexpr std::int64_t kSeasonMonths = 24;  ///< one year cannot tell a season from chance
constexpr std::size_t kBins = 10;
constexpr double kLeastChance = 1e-12;

/// Lower ends of the classes of a number; below the first is class 0.
const engine::IntegerList kSilences{1,  2,  3,  5,  7,   10,  14,  21,  28,  35,
                                    45, 60, 75, 90, 120, 150, 180, 240, 365, 730};
const engine::IntegerList kAges{30, 60, 90, 180, 365, 730, 1095};
const engine::IntegerList kOrders{2, 3, 4, 6, 9, 13, 20};
/// Percent; class 0 is a customer who has no cycle yet.
const engine::IntegerList kCycles{0, 25, 50, 75, 100, 150, 200, 300, 500, 1000};
constexpr std::size_t kCycle = 3;

engine::IntegerList amounts() {
  engine::IntegerList edges;
  for (int power = 8; power <= 30; ++power) edges.push_back(std::int64_t{1} << power);
  return edges;
}

double value_of(const engine::IntegerList& edges, std::int64_t number) {
  return number == 0 ? 0
                     : std::log1p(static_cast<double>(edges[static_cast<std::size_t>(number) - 1]));
}

/// The classes of a model: stages of customers with an order.
std::vector<std::size_t> numbers_of(const std::vector<Stage>& stages) {
  std::vector<std::size_t> numbers;
  for (const Stage stage : stages) {
    if (stage != Stage::potential) numbers.push_back(static_cast<std::size_t>(stage) + 1);
  }
  return numbers;
}

std::size_t place_of(const std::vector<std::size_t>& numbers, std::size_t stage) {
  const auto found = std::find(numbers.begin(), numbers.end(), stage);
  CHECK(found != numbers.end());
  return static_cast<std::size_t>(found - numbers.begin());
}

std::vector<double> features_of(const History& row, const std::vector<std::size_t>& numbers,
                                bool seasons) {
  std::vector<double> features(2 * numbers.size(), 0.0);
  features[place_of(numbers, row.before)] = 1;
  features[numbers.size() + place_of(numbers, row.led)] = 1;
  features.push_back(value_of(kSilences, row.classes[0]));
  features.push_back(value_of(kAges, row.classes[1]));
  features.push_back(value_of(kOrders, row.classes[2]));
  features.push_back(value_of(kCycles, row.classes[kCycle]));
  features.push_back(row.classes[kCycle] > 0 ? 1 : 0);
  features.push_back(static_cast<double>(row.classes[4]));
  if (seasons) {
    const double angle = 2 * std::numbers::pi * row.month / 12;
    features.push_back(std::sin(angle));
    features.push_back(std::cos(angle));
  }
  return features;
}

/// Learns from the steps first ... last.
struct Learned {
  math::Multinomial model;
  bool seasons;
};

Learned learn(std::span<const History> histories, const std::vector<std::size_t>& numbers,
              std::int64_t first, std::int64_t last) {
  const bool seasons = last - first + 1 >= kSeasonMonths;
  math::Choices choices{.classes = numbers.size()};
  std::map<std::vector<double>, std::size_t> places;
  for (const History& row : histories) {
    if (row.step < first || row.step > last) continue;
    std::vector<double> features = features_of(row, numbers, seasons);
    choices.features = features.size();
    const auto [place, is_new] = places.emplace(std::move(features), places.size());
    if (is_new) {
      choices.rows.insert(choices.rows.end(), place->first.begin(), place->first.end());
      choices.outcomes.resize(choices.outcomes.size() + numbers.size(), 0.0);
    }
    choices.outcomes[place->second * numbers.size() + place_of(numbers, row.after)] +=
        row.customers;
  }
  return {math::Multinomial(choices, {.ridge = 1, .tolerance = 1e-4}), seasons};
}

/// Adds up forecasts of one way to make them.
class Scoring {
 public:
  explicit Scoring(std::size_t classes)
      : expected_(classes * kBins), came_(classes * kBins), over_(classes) {}

  void add(std::span<const double> chances, std::size_t came, double customers) {
    customers_ += customers;
    loss_ -= customers * std::log(std::max(chances[came], kLeastChance));
    for (std::size_t one = 0; one < chances.size(); ++one) {
      const auto bin = static_cast<std::size_t>(chances[one] * kBins);
      const std::size_t place = one * kBins + std::min(bin, kBins - 1);
      expected_[place] += customers * chances[one];
      came_[place] += one == came ? customers : 0;
      over_[one] += customers * (chances[one] - (one == came ? 1 : 0));
    }
  }
  void end_month() {
    for (double& over : over_) {
      off_ += std::abs(over) / 2;
      over = 0;
    }
  }
  Score score() const {
    Score score{customers_, loss_ / customers_, 0, off_ / customers_};
    for (std::size_t i = 0; i < expected_.size(); ++i) {
      score.calibration += std::abs(expected_[i] - came_[i]) / 2 / customers_;
    }
    return score;
  }

 private:
  double customers_ = 0;
  double loss_ = 0;
  double off_ = 0;
  std::vector<double> expected_, came_;
  std::vector<double> over_;  ///< of the month
};

/// Half a customer more in each stage: what was not seen yet is not impossible.
std::vector<double> matrix_chances(std::span<const Moves> known, std::size_t before,
                                   const std::vector<std::size_t>& numbers) {
  std::vector<double> chances(numbers.size(), 0.5);
  double all = 0.5 * static_cast<double>(numbers.size());
  for (std::size_t to = 0; to < numbers.size(); ++to) {
    for (const Moves& month : known) {
      chances[to] += month.at(before).at(numbers[to]);
      all += month.at(before).at(numbers[to]);
    }
  }
  for (double& chance : chances) chance /= all;
  return chances;
}

/// The chances of everybody at a close, put together by stage.
Moves next_of(std::span<const History> histories, std::int64_t step, const Learned& learned,
              const std::vector<std::size_t>& numbers, const Moves& chain) {
  Moves sums{};
  for (const History& row : histories) {
    if (row.step != step) continue;
    const auto chances = learned.model.chances(features_of(row, numbers, learned.seasons));
    for (std::size_t to = 0; to < numbers.size(); ++to) {
      sums.at(row.before).at(numbers[to]) += row.customers * chances[to];
    }
  }
  Moves next = chain;
  for (const std::size_t from : numbers) {
    double all = 0;
    for (const double customers : sums.at(from)) all += customers;
    if (all == 0) continue;
    for (std::size_t to = 0; to < next.size(); ++to)
      next.at(from).at(to) = sums.at(from).at(to) / all;
  }
  return next;
}

}  // namespace

Comparison compare(std::span<const Moves> past, std::span<const History> histories,
                   const Asked& asked, const std::vector<Stage>& stages) {
  Comparison found{.nexts = std::vector<std::optional<Moves>>(past.size() + 1)};
  for (const History& row : histories) {
    if (row.step <= static_cast<std::int64_t>(past.size())) {
      found.moves += static_cast<std::int64_t>(row.customers);
    }
  }
  const auto held_out =
      static_cast<std::int64_t>(past.size()) - static_cast<std::int64_t>(asked.least);
  if (found.moves < kLeastMoves || held_out < kLeastHeldOut) return found;
  const std::vector<std::size_t> numbers = numbers_of(stages);
  Scoring of_matrix(numbers.size());
  Scoring of_individual(numbers.size());
  for (std::size_t origin = asked.least; origin <= past.size(); ++origin) {
    const std::size_t length = std::min(origin, asked.history);
    const auto known = past.subspan(origin - length, length);
    const auto last = static_cast<std::int64_t>(origin);
    const Learned learned =
        learn(histories, numbers, last - static_cast<std::int64_t>(length) + 1, last);
    found.nexts[origin] = next_of(histories, last + 1, learned, numbers, chain_of(known));
    if (origin == past.size()) break;
    ++found.months;
    for (const History& row : histories) {
      if (row.step != last + 1) continue;
      const std::size_t came = place_of(numbers, row.after);
      of_matrix.add(matrix_chances(known, row.before, numbers), came, row.customers);
      of_individual.add(learned.model.chances(features_of(row, numbers, learned.seasons)), came,
                        row.customers);
    }
    of_matrix.end_month();
    of_individual.end_month();
  }
  found.matrix = of_matrix.score();
  found.individual = of_individual.score();
  return found;
}

Result<std::vector<History>> read_histories(const Inputs& inputs, const stages::Limits& limits,
                                            std::vector<Date> closes, double customers) {
  constexpr Steps kMonths{Granularity::month, WeekStart::monday};
  const Date known = closes.back();
  closes.push_back(step_first_day(step_index(known, kMonths) + 1, kMonths));
  engine::IntegerList days;
  engine::IntegerList steps;
  for (const Date close : closes) {
    if (!days.empty()) steps.push_back(static_cast<std::int64_t>(days.size()));
    days.push_back(close.days);
  }
  engine::Params params = stages::params(limits);
  params.emplace("closes", std::move(days));
  params.emplace("steps", std::move(steps));
  params.emplace("to", known);
  params.emplace("every",
                 static_cast<std::int64_t>(std::ceil(std::max(customers / kMostCustomers, 1.0))));
  params.emplace("silences", kSilences);
  params.emplace("ages", kAges);
  params.emplace("order_counts", kOrders);
  params.emplace("cycles", kCycles);
  params.emplace("amounts", amounts());
  TRY(const engine::Query query, build_query(inputs, "stage_forecast/histories.sql",
                                             {std::move(params),
                                              {{"stage_before", stage_of_columns("before")},
                                               {"stage_led", stage_of_columns("led")},
                                               {"stage_after", stage_of_columns("after")}}}));
  TRY(const Frame rows, inputs.engine.query(query));
  std::vector<History> histories;
  for (std::size_t row = 0; row < rows.rows(); ++row) {
    const auto at = [&](const char* column) { return rows.at(column).integers()[row]; };
    const auto stage = [&](const char* column) { return static_cast<std::size_t>(at(column)); };
    const Date close = closes.at(static_cast<std::size_t>(at("step") - 1));
    histories.push_back({at("step"),
                         ymd_of(close).month - 1,
                         stage("stage_before"),
                         stage("stage_led"),
                         stage("stage_after"),
                         {at("silence"), at("age"), at("orders"), at("cycle"), at("amount")},
                         static_cast<double>(at("customers"))});
  }
  std::sort(histories.begin(), histories.end(), [](const History& a, const History& b) {
    return std::tie(a.step, a.before, a.led, a.classes, a.after) <
           std::tie(b.step, b.before, b.led, b.classes, b.after);
  });
  return histories;
}

}  // namespace huitou::analyses
