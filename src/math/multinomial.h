#pragma once

// Multinomial logistic regression: the chances of several outcomes from the features of a row.

#include <cstddef>
#include <span>
#include <vector>

namespace huitou::math {

/// Rows that are alike are one row with several outcomes.
struct Choices {
  std::size_t features = 0;
  std::size_t classes = 0;
  std::vector<double> rows;      ///< features of row 0, then those of row 1 ...; without a constant
  std::vector<double> outcomes;  ///< how many of row 0 came to class 0, class 1 ...; then of row 1
  std::size_t number() const { return classes == 0 ? 0 : outcomes.size() / classes; }
};

/// Maximises sum(outcomes * log chance) - ridge / 2 * sum of squared weights, with features brought
/// to mean 0 and variance 1 over all outcomes (one that does not vary has no weight); constants are
/// free, but for their sum, which is 0. Chance: exp(constant + weights . features), over the sum of
/// that of all classes. A positive ridge keeps weights finite where classes can be told apart
/// without error, and makes the solution the only one. A class that never came has chance 0.
/// Method: L-BFGS (Nocedal & Wright 2006, "Numerical Optimization", algorithms 7.4 and 3.1): the
/// function is concave.
class Multinomial {
 public:
  struct Options {
    double ridge = 1;
    double tolerance = 1e-6;  ///< the largest slope that is left, in outcomes, over all of them
    int most_steps = 300;
  };
  /// `choices` has a positive outcome; ridge > 0.
  Multinomial(const Choices& choices, const Options& options);

  /// One chance a class.
  std::vector<double> chances(std::span<const double> features) const;
  /// Whether the tolerance was met.
  bool converged() const { return converged_; }
  /// Of standardized features: constant, weights of class 0, then those of class 1 ...
  const std::vector<double>& weights() const { return weights_; }

 private:
  std::size_t features_;
  std::size_t classes_;
  std::vector<double> mean_, scale_;
  std::vector<char> came_;
  std::vector<double> weights_;
  bool converged_ = false;
};

/// Objective that is minimised (penalised, per outcome) and its slope, of standardized rows.
/// For `Multinomial`, and for tests.
struct Slope {
  double value = 0;
  std::vector<double> gradient;
};
Slope multinomial_slope(const Choices& standardized, std::span<const double> weights, double ridge);

}  // namespace huitou::math
