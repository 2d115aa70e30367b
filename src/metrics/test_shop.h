#pragma once

// For tests: small shops written as text, put straight into the canonical tables.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/engine.h"
#include "metrics/metrics.h"

namespace huitou::metrics::testing {

struct OrderRow {
  std::string order_key;
  std::int64_t customer_id = 0;
  Date ordered_on{};
  std::int64_t status = 2;
  std::int64_t gross = 0;
  std::int64_t discount = 0;
  std::int64_t refund = 0;
  std::optional<std::int64_t> cost{};
  std::optional<std::int64_t> units_milli{};
  std::string channel = "web";
  std::string region = "north";
};

struct LineRow {
  std::string order_key;
  std::int64_t customer_id = 0;
  Date ordered_on{};
  std::string product_key;
  std::string category;
};

struct ShopRows {
  std::vector<OrderRow> orders;
  std::vector<LineRow> lines;
};

/// Makes `shop` the whole content of the engine's orders and order lines.
Status fill(engine::Engine& engine, const ShopRows& shop);

/// Many ties: few customers, few days, few amounts.
ShopRows random_shop(unsigned seed);

/// An expected row: keys (bucket, dimension values) and then the figure: a number, `null`, or
/// numerator/denominator.
struct Expectation {
  std::vector<std::string> keys;
  std::string figure;
};

/// `metric ...` of a .test file with the rows and notes expected.
struct Case {
  int line = 0;
  Question question;
  std::vector<Expectation> rows;
  std::vector<std::string> notes;
};

struct Script {
  ShopRows shop;
  std::vector<Case> cases;
};

/// Reads a .test file:
///
///     # a comment
///     orders                          a customer, `-` for none, a day, an amount in minor units,
///     then
///       anna 2024-01-05 100 cancelled words: a status, units=2 cost=30 refund=10 discount=5
///       channel=app
///     lines                           a customer, a day, an order, a product, a category
///       anna 2024-01-05 o1 tea drinks
///     metric repurchase_rate from 2024-01-01 to 2024-02-01 status all days 30 by month over
///     channel
///       2024-01-01 web 4/8
///       note immature_window
///
/// Throws Bug for a line that it cannot read.
Script read_script(const std::string& path);

/// The differences between an answer and what was expected; empty if there are none.
std::string differences(const Case& expected, const Answer& answer);

}  // namespace huitou::metrics::testing
