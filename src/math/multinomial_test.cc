#include "math/multinomial.h"

#include <gtest/gtest.h>

#include <cmath>

#include "math/random.h"

namespace huitou::math {
namespace {

TEST(Multinomial, WithoutFeaturesGivesTheShares) {
  const Multinomial model({.classes = 3, .outcomes = {20, 30, 50}}, {});
  const auto chances = model.chances({});
  EXPECT_TRUE(model.converged());
  EXPECT_NEAR(chances[0], 0.2, 1e-5);
  EXPECT_NEAR(chances[1], 0.3, 1e-5);
  EXPECT_NEAR(chances[2], 0.5, 1e-5);
}

// A feature that names the group: chances are the shares of each group (the saturated model).
TEST(Multinomial, OfGroupsGivesTheirShares) {
  const Choices choices{
      .features = 1, .classes = 3, .rows = {0, 1}, .outcomes = {600, 300, 100, 50, 150, 300}};
  const Multinomial model(choices, {.ridge = 1e-6, .tolerance = 1e-9});
  for (std::size_t group = 0; group < 2; ++group) {
    const double feature[] = {static_cast<double>(group)};
    const auto chances = model.chances(feature);
    for (std::size_t one = 0; one < 3; ++one) {
      EXPECT_NEAR(chances[one], choices.outcomes[group * 3 + one] / (group == 0 ? 1000 : 500),
                  1e-5);
    }
  }
}

Choices random_choices(Rng& rng) {
  Choices choices{.features = 2, .classes = 3};
  for (int row = 0; row < 300; ++row) {
    const double a = rng.normal();
    const double b = rng.normal();
    choices.rows.insert(choices.rows.end(), {a, b});
    const double logs[] = {0.5 + a, -b, 0.8 * b - 0.3 * a};
    double sum = 0;
    for (const double log : logs) sum += std::exp(log);
    double left = rng.uniform() * sum;
    std::size_t came = 0;
    while (came < 2 && left > std::exp(logs[came])) left -= std::exp(logs[came++]);
    for (std::size_t one = 0; one < 3; ++one) choices.outcomes.push_back(one == came ? 2 : 0);
  }
  return choices;
}

TEST(Multinomial, SlopeIsThatOfTheValue) {
  Rng rng(5);
  const Choices choices = random_choices(rng);
  std::vector<double> weights;
  for (int i = 0; i < 9; ++i) weights.push_back(rng.normal());
  const Slope slope = multinomial_slope(choices, weights, 3);
  for (std::size_t i = 0; i < weights.size(); ++i) {
    constexpr double kStep = 1e-5;
    auto above = weights;
    auto below = weights;
    above[i] += kStep;
    below[i] -= kStep;
    const double rise =
        multinomial_slope(choices, above, 3).value - multinomial_slope(choices, below, 3).value;
    EXPECT_NEAR(slope.gradient[i], rise / (2 * kStep), 1e-8) << i;
  }
}

/// A second way: coordinates one after the other, each by Newton's method, many times over.
std::vector<double> slowly(const Choices& standardized, double ridge) {
  std::vector<double> weights((standardized.features + 1) * standardized.classes, 0.0);
  constexpr double kStep = 1e-4;
  for (int round = 0; round < 60; ++round) {
    for (std::size_t i = 0; i < weights.size(); ++i) {
      const double here = multinomial_slope(standardized, weights, ridge).gradient[i];
      auto there = weights;
      there[i] += kStep;
      const double curve =
          (multinomial_slope(standardized, there, ridge).gradient[i] - here) / kStep;
      weights[i] -= here / curve;
    }
    // The same added to all classes changes no chance, and the ridge is least around 0.
    const std::size_t width = standardized.features + 1;
    for (std::size_t i = 0; i < width; ++i) {
      double mean = 0;
      for (std::size_t at = i; at < weights.size(); at += width) {
        mean += weights[at] / static_cast<double>(standardized.classes);
      }
      for (std::size_t at = i; at < weights.size(); at += width) weights[at] -= mean;
    }
  }
  return weights;
}

TEST(Multinomial, AgreesWithASlowSecondWay) {
  Rng rng(6);
  Choices choices = random_choices(rng);
  const Multinomial model(choices, {.ridge = 4, .tolerance = 1e-7});
  ASSERT_TRUE(model.converged());
  Choices standardized = choices;
  for (std::size_t feature = 0; feature < 2; ++feature) {
    double mean = 0;
    double square = 0;
    for (std::size_t row = 0; row < 300; ++row) {
      mean += choices.rows[row * 2 + feature] / 300;
      square += std::pow(choices.rows[row * 2 + feature], 2) / 300;
    }
    for (std::size_t row = 0; row < 300; ++row) {
      double& value = standardized.rows[row * 2 + feature];
      value = (value - mean) / std::sqrt(square - mean * mean);
    }
  }
  const auto slow = slowly(standardized, 4);
  for (const std::size_t i : {1U, 2U, 4U, 5U, 7U, 8U}) {
    EXPECT_NEAR(model.weights()[i], slow[i], 1e-4) << i;
  }
}

TEST(Multinomial, OfWhatCanBeToldApartStaysFinite) {
  Choices choices{.features = 2, .classes = 2};
  for (int row = -10; row <= 10; ++row) {
    choices.rows.insert(choices.rows.end(), {static_cast<double>(row), 7});
    choices.outcomes.insert(choices.outcomes.end(), {row < 0 ? 1.0 : 0.0, row < 0 ? 0.0 : 1.0});
  }
  const Multinomial model(choices, {});
  EXPECT_TRUE(model.converged());
  const double low[] = {-10, 7};
  const double high[] = {10, 1e6};  // a feature that never varied says nothing
  EXPECT_GT(model.chances(low)[0], 0.95);
  EXPECT_LT(model.chances(low)[0], 1);
  EXPECT_GT(model.chances(high)[1], 0.95);
  for (const double weight : model.weights()) EXPECT_LT(std::abs(weight), 10);
}

TEST(Multinomial, AClassThatNeverCameHasNoChance) {
  const Choices choices{
      .features = 1, .classes = 3, .rows = {0, 1}, .outcomes = {3, 0, 1, 1, 0, 3}};
  const double feature[] = {1};
  const auto chances = Multinomial(choices, {}).chances(feature);
  EXPECT_EQ(chances[1], 0);
  EXPECT_NEAR(chances[0] + chances[2], 1, 1e-12);
}

}  // namespace
}  // namespace huitou::math
