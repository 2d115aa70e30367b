#pragma once

// For tests: shops put straight into the canonical tables.

#include <optional>
#include <string>
#include <vector>

#include "base/date.h"
#include "engine/engine.h"

namespace huitou::quality::testing {

struct TestOrder {
  std::string key;
  std::int64_t customer = 1;
  Date day{20000};
  int minute = 607;  ///< of the day: 10:07, as no clock shows that knows no time
  std::int64_t gross = 10000;
  std::int64_t discount = 0;
  std::int64_t refund = 0;
  int status = 3;
  std::string store = "s1";
  std::string channel = "web";
  int clock_days = 0;  ///< how far the time is off the day
};

struct TestCustomer {
  std::int64_t id = 1;
  std::string name;
  std::optional<Date> registered_on;
};

/// A line has the day, the customer and the status of its order, or its own status.
struct TestLine {
  std::string order;
  std::string product;
  int status = 0;
};

struct TestShop {
  std::vector<TestOrder> orders;
  std::vector<TestCustomer> customers;
  std::vector<TestLine> lines;
  std::vector<std::string> stores{"s1", "s2"};
  std::vector<std::string> products{"p1", "p2"};
};

/// 120 customers, 200 days, 6 orders a day in one store and one in another, each order with a line;
/// no rule is broken.
TestShop clean_shop();

/// Makes `shop` the whole content of the engine's tables.
Status fill(engine::Engine& engine, const TestShop& shop);

}  // namespace huitou::quality::testing
