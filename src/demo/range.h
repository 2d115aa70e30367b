#pragma once

// What the demo shop sells, where, and when people buy.

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"

namespace huitou::demo {

/// A category with its own re-order cycle.
struct Category {
  std::string_view path;
  double cycle_days;         ///< mean days between two orders of a customer who is alive
  std::int64_t price_minor;  ///< typical price
  double weight;             ///< share of customers whose main category it is
  std::array<std::string_view, 4> items;
};
inline constexpr std::size_t kCategories = 12;
const std::array<Category, kCategories>& categories();

struct Product {
  std::string_view category;
  std::string name;
  std::string brand;
  std::int64_t price_minor;
  std::int64_t cost_minor;
};
/// `kProductsPerCategory` for each category, in that order; "P" and the index + 1 is the key.
inline constexpr std::size_t kProductsPerCategory = 24;
const std::vector<Product>& products();

struct Store {
  std::string_view name;
  std::string_view region;
};
/// Points of sale; the first three are the online shops. "S" and the index + 1 is the key.
inline constexpr std::size_t kOnlineStores = 3;
const std::vector<Store>& stores();

/// 天猫, 京东, 小程序, 门店: by their index.
enum class Channel { tmall, jd, mini_program, store };
std::string_view channel_name(Channel channel);

/// How much more is bought on a day than on a plain one: weekday, season and festivals (元旦, 春节,
/// 618, 国庆, 双11, 双12).
double demand(Date date);
/// 双11 promotion (1 to 11 November): customers won by it stay less.
bool is_double_eleven(Date date);

/// Surname and given name.
std::string person_name(std::uint32_t surname, std::uint32_t first, std::uint32_t second);
inline constexpr std::uint32_t kSurnames = 40;
inline constexpr std::uint32_t kGivenSyllables = 60;

}  // namespace huitou::demo
