#pragma once

#include <cmath>
#include <cstdint>
#include <limits>
#include <numbers>

namespace huitou {

/// Chance as an argument: a small generator that is the same on every machine. Streams of different
/// (seed, stream) are independent, so work can be split without changing its outcome.
/// Source: SplitMix64 (Steele, Lea & Flood 2014) to seed xoshiro256** (Blackman & Vigna 2018).
class Rng {
 public:
  explicit Rng(std::uint64_t seed, std::uint64_t stream = 0) {
    std::uint64_t state = seed * 0x9e3779b97f4a7c15ULL ^ (stream + 1) * 0xbf58476d1ce4e5b9ULL;
    for (std::uint64_t& word : words_) {
      state += 0x9e3779b97f4a7c15ULL;
      std::uint64_t mixed = state;
      mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9ULL;
      mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111ebULL;
      word = mixed ^ (mixed >> 31);
    }
  }

  std::uint64_t next() {
    const std::uint64_t result = rotate(words_[1] * 5, 7) * 9;
    const std::uint64_t shifted = words_[1] << 17;
    words_[2] ^= words_[0];
    words_[3] ^= words_[1];
    words_[1] ^= words_[2];
    words_[0] ^= words_[3];
    words_[2] ^= shifted;
    words_[3] = rotate(words_[3], 45);
    return result;
  }

  /// Uniform in (0, 1).
  double uniform() { return (static_cast<double>(next() >> 11) + 0.5) * 0x1.0p-53; }
  /// Uniform in 0 .. count - 1; `count` is positive.
  std::uint32_t below(std::uint32_t count) {
    return static_cast<std::uint32_t>(((next() >> 32) * count) >> 32);
  }
  bool chance(double probability) { return uniform() < probability; }
  double exponential() { return -std::log(uniform()); }
  double normal() {
    return std::sqrt(2 * exponential()) * std::cos(2 * std::numbers::pi * uniform());
  }

  /// Gamma with this shape and scale 1. Source: Marsaglia & Tsang (2000).
  double gamma(double shape) {
    if (shape < 1) {
      return gamma(shape + 1) * std::pow(uniform(), 1 / shape);
    }
    const double d = shape - 1.0 / 3;
    const double c = 1 / std::sqrt(9 * d);
    while (true) {
      const double x = normal();
      const double v = (1 + c * x) * (1 + c * x) * (1 + c * x);
      if (v > 0 && std::log(uniform()) < 0.5 * x * x + d - d * v + d * std::log(v)) {
        return d * v;
      }
    }
  }

  double beta(double a, double b) {
    const double x = gamma(a);
    return x / (x + gamma(b));
  }

  /// Poisson with a small mean (below 30 or so), by multiplication.
  std::uint32_t poisson(double mean) {
    const double limit = std::exp(-mean);
    std::uint32_t count = 0;
    for (double product = uniform(); product > limit; product *= uniform()) {
      ++count;
    }
    return count;
  }

 private:
  static std::uint64_t rotate(std::uint64_t word, int by) {
    return (word << by) | (word >> (64 - by));
  }
  std::uint64_t words_[4];
};

}  // namespace huitou
