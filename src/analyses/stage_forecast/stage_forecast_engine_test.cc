#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <random>
#include <set>

#include "analyses/test_engines.h"
#include "segments/segments.h"

namespace huitou::analyses {
namespace {

using Days = std::map<std::uint64_t, std::vector<Date>>;
using Counts = std::map<std::string, double>;

class StageForecastEngine : public EnginesTest {};

Days days_of(const TestOrders& orders, Date to) {
  Days days;
  for (const TestOrder& order : orders) {
    const bool counts = order.status == 2 || order.status == 3;
    if (counts && order.customer_id != 0 && order.ordered_on < to) {
      days[order.customer_id].push_back(order.ordered_on);
    }
  }
  return days;
}

/// By the words of the settings alone; "" without an order before `close`.
std::string stage_at(const std::vector<Date>& days, Date close, const stages::Limits& limits) {
  int orders = 0;
  int first = 0;
  int last = 0;
  for (const Date day : days) {
    if (day >= close) continue;
    first = orders == 0 ? day.days : std::min(first, day.days);
    last = orders == 0 ? day.days : std::max(last, day.days);
    ++orders;
  }
  const int eve = close.days - 1;
  if (orders == 0) return "";
  if (limits.first_days > 0 && orders == 1 && eve - first <= limits.first_days) {
    return "First purchase";
  }
  if (limits.nurture_days > 0 && orders <= limits.nurture_orders &&
      eve - first <= limits.nurture_days) {
    return "Nurture";
  }
  if (eve - last <= limits.active_days) return "Active";
  return eve - last <= limits.sleeping_days ? "Sleeping" : "Lost";
}

/// One customer after the other, one month after the other.
struct Slow {
  std::vector<Date> closes;
  std::vector<Counts> stocks;  ///< at the closes, then forecast
};

Slow slowly(const Days& days, const std::vector<Date>& closes, const stages::Limits& limits,
            int ahead) {
  Slow slow{closes, {}};
  for (const Date close : closes) {
    Counts& stock = slow.stocks.emplace_back();
    for (const auto& [id, theirs] : days) {
      const std::string stage = stage_at(theirs, close, limits);
      if (!stage.empty()) ++stock[stage];
    }
  }
  std::map<std::pair<std::string, std::string>, double> moved;
  Counts before;
  for (std::size_t i = 1; i < closes.size(); ++i) {
    for (const auto& [id, theirs] : days) {
      const std::string from = stage_at(theirs, closes[i - 1], limits);
      const std::string to = stage_at(theirs, closes[i], limits);
      if (to.empty()) continue;
      ++moved[{from, to}];
      ++before[from];
    }
  }
  for (int month = 0; month < ahead; ++month) {
    Counts next;
    for (const auto& [pair, number] : moved) {
      next[pair.second] += pair.first.empty()
                               ? number / static_cast<double>(closes.size() - 1)
                               : slow.stocks.back()[pair.first] * number / before[pair.first];
    }
    for (const auto& [stage, number] : slow.stocks.back()) {
      if (before[stage] == 0) next[stage] += number;
    }
    slow.stocks.push_back(next);
  }
  return slow;
}

constexpr stages::Limits kLimits[] = {{.active_days = 20, .sleeping_days = 45},
                                      {.first_days = 15,
                                       .nurture_orders = 3,
                                       .nurture_days = 40,
                                       .active_days = 50,
                                       .sleeping_days = 90}};

TEST_F(StageForecastEngine, AgreesWithASlowSecondWay) {
  const std::vector<Date> closes{date_of({2024, 12, 1}), date_of({2025, 1, 1}),
                                 date_of({2025, 2, 1}),  date_of({2025, 3, 1}),
                                 date_of({2025, 4, 1}),  date_of({2025, 5, 1})};
  const Date to = date_of({2025, 5, 17});
  for (auto& engine : engines()) {
    SCOPED_TRACE(engine.name);
    const TestOrders orders = random_orders(61);
    ASSERT_TRUE(put_orders(*engine.engine, orders).ok());
    for (const stages::Limits& limits : kLimits) {
      Values values{{"to", {format_date(to)}}, {"history_months", {"5"}}, {"months", {"3"}}};
      for (const stages::LimitCard& card : stages::limit_cards()) {
        values[std::string(card.name)] = {std::to_string(limits.*card.value)};
      }
      const Answer answer = ask(*engine.engine, "stage_forecast", values);
      const Slow slow = slowly(days_of(orders, to), closes, limits, 3);
      std::set<std::string> stages;
      std::size_t compared = 0;
      for (std::size_t row = 0; row < answer.frame.rows(); ++row) {
        const std::string month = *answer.frame.text("month", row);
        const std::string stage = *answer.frame.text("stage", row);
        stages.insert(stage);
        if (month < "2024-11") continue;
        const std::size_t at = compared++ / stages::stages_of(limits).size();
        const Counts& stock = slow.stocks.at(at);
        const auto expected = stock.find(stage) == stock.end() ? 0 : stock.at(stage);
        EXPECT_EQ(answer.frame.integer("customers", row), std::llround(expected)) << month << stage;
        const bool known = at < closes.size();
        EXPECT_EQ(answer.frame.text("kind", row), known ? "known" : "forecast") << month;
        EXPECT_EQ(answer.frame.integer("customers_low", row).has_value(), !known);
        if (known) continue;
        EXPECT_LE(*answer.frame.integer("customers_low", row), std::llround(expected));
        EXPECT_GE(*answer.frame.integer("customers_high", row), std::llround(expected));
        EXPECT_GT(*answer.frame.integer("forecasts", row), 0);
        EXPECT_TRUE(answer.frame.real("error", row).has_value());
      }
      EXPECT_EQ(compared, slow.stocks.size() * stages::stages_of(limits).size());
      EXPECT_EQ(stages.size(), stages::stages_of(limits).size());
      EXPECT_EQ(*answer.frame.text("month", answer.frame.rows() - 1), "2025-07");
    }
  }
}

TEST_F(StageForecastEngine, LeadsToTheCustomersItCounts) {
  for (auto& engine : engines()) {
    SCOPED_TRACE(engine.name);
    ASSERT_TRUE(put_orders(*engine.engine, random_orders(62)).ok());
    const Answer answer =
        ask(*engine.engine, "stage_forecast",
            {{"with_rule", {"true"}}, {"first_days", {"15"}}, {"nurture_days", {"40"}}});
    const segments::Library library;
    std::string last;
    for (std::size_t row = 0; row < answer.frame.rows(); ++row) {
      if (answer.frame.text("kind", row) == "known") last = *answer.frame.text("month", row);
    }
    for (std::size_t row = 0; row < answer.frame.rows(); ++row) {
      const auto text = answer.frame.text("rule", row);
      EXPECT_EQ(text.has_value(), answer.frame.text("month", row) == last) << row;
      if (!text) continue;
      const segments::Reading reading = segments::read(*text);
      ASSERT_TRUE(reading.rule.has_value()) << *text;
      const auto count = segments::count(
          *engine.engine,
          {.rule = *reading.rule, .as_of = segments::as_of_day(kToday, "UTC"), .library = library});
      EXPECT_EQ(count.value().customers, answer.frame.integer("customers", row)) << *text;
    }
  }
}

/// Customers who come one after the other and buy every 20 or every 60 days, give or take; with
/// stages of 30 and 90 days the second sleep between purchases and wake when their cycle is over.
TestOrders orders_with_cycles() {
  std::mt19937_64 rng(5);
  TestOrders orders;
  for (std::uint64_t id = 1; id <= 300; ++id) {
    const int cycle = id % 2 == 0 ? 20 : 60;
    const int first = 19730 + static_cast<int>(id == 1 ? 0 : rng() % 500);
    for (int day = first; day < 20270;
         day += cycle / 2 + static_cast<int>(rng() % 100) * cycle / 100) {
      orders.push_back({id, Date{day}, 1000 + static_cast<std::int64_t>(rng() % 900)});
    }
  }
  return orders;
}

/// The log loss of the shares that moved before, month by month, customer by customer.
double slow_log_loss(const Days& days, const std::vector<Date>& closes,
                     const stages::Limits& limits) {
  double loss = 0;
  double customers = 0;
  for (std::size_t origin = 6; origin + 1 < closes.size(); ++origin) {
    std::map<std::pair<std::string, std::string>, double> moved;
    std::map<std::string, double> before;
    for (std::size_t i = origin - std::min<std::size_t>(origin, 12); i < origin; ++i) {
      for (const auto& [id, theirs] : days) {
        const std::string from = stage_at(theirs, closes[i], limits);
        ++before[from];
        ++moved[{from, stage_at(theirs, closes[i + 1], limits)}];
      }
    }
    for (const auto& [id, theirs] : days) {
      const std::string from = stage_at(theirs, closes[origin], limits);
      if (from.empty()) continue;
      const std::string to = stage_at(theirs, closes[origin + 1], limits);
      loss -= std::log((moved[{from, to}] + 0.5) / (before[from] + 1.5));
      ++customers;
    }
  }
  return loss / customers;
}

TEST_F(StageForecastEngine, ComparesTheMatrixWithSingleCustomers) {
  const TestOrders orders = orders_with_cycles();
  const stages::Limits limits{.active_days = 30, .sleeping_days = 90};
  const Date to = date_of({2025, 7, 1});
  std::vector<Date> closes;
  for (int month = 0; month < 18; ++month) {
    closes.push_back(date_of({2024 + (month + 1) / 12, 1 + (month + 1) % 12, 1}));
  }
  Values values{{"to", {format_date(to)}}, {"active_days", {"30"}}, {"sleeping_days", {"90"}}};
  for (auto& engine : engines()) {
    SCOPED_TRACE(engine.name);
    ASSERT_TRUE(put_orders(*engine.engine, orders).ok());
    values["method"] = {"better"};
    const Answer better = ask(*engine.engine, "stage_forecast", values);
    const std::string matrix_loss =
        fmt::format(" / {:.3f} (", slow_log_loss(days_of(orders, to), closes, limits));
    EXPECT_NE(better.notes.at(2).text.en.find(matrix_loss), std::string::npos)
        << matrix_loss << ": " << better.notes.at(2).text.en;
    values["method"] = {"matrix"};
    const Answer matrix = ask(*engine.engine, "stage_forecast", values);
    std::size_t next = 0;
    while (matrix.frame.text("kind", next) != "forecast") ++next;
    // It knows more of single customers, but few months leave its stocks further off.
    EXPECT_EQ(better.notes.at(2).code, "matrix") << better.notes.at(2).text.en;
    EXPECT_EQ(better.frame.integer("customers", next), matrix.frame.integer("customers", next));
    values["method"] = {"individual"};
    const Answer single = ask(*engine.engine, "stage_forecast", values);
    EXPECT_EQ(single.notes.at(2).code, "individual");
    EXPECT_NE(single.frame.integer("customers", next), matrix.frame.integer("customers", next));
    ASSERT_TRUE(put_orders(*engine.engine, random_orders(63)).ok());
    EXPECT_EQ(refuse(*engine.engine, "stage_forecast", values).code, Code::not_enough_data);
    values["method"] = {"better"};
    EXPECT_EQ(ask(*engine.engine, "stage_forecast", values).notes.at(2).code, "matrix");
  }
}

TEST_F(StageForecastEngine, SaysWhatIsWrong) {
  for (auto& engine : engines()) {
    SCOPED_TRACE(engine.name);
    ASSERT_TRUE(put_orders(*engine.engine,
                           {{1, date_of({2025, 1, 5}), 100}, {1, date_of({2025, 4, 5}), 100}})
                    .ok());
    const Error error = refuse(*engine.engine, "stage_forecast", {});
    EXPECT_EQ(error.code, Code::not_enough_data);
    EXPECT_EQ(error.message,
              "stage_forecast needs 6 whole months with known customers; there are 2.");
    EXPECT_EQ(refuse(*engine.engine, "stage_forecast", {{"first_days", {"100"}}}).code,
              Code::invalid_input);
  }
}

}  // namespace
}  // namespace huitou::analyses
