// The stages of the potential and the returned, as the analyses of stages count them.

#include <gtest/gtest.h>

#include <map>
#include <random>
#include <set>

#include "analyses/test_engines.h"
#include "segments/segments.h"

namespace huitou::analyses {
namespace {

using Pairs = std::map<std::pair<std::string, std::string>, std::int64_t>;

constexpr stages::Limits kLimits{.first_days = 15,
                                 .nurture_orders = 3,
                                 .nurture_days = 25,
                                 .active_days = 40,
                                 .sleeping_days = 60,
                                 .returned_days = 30,
                                 .potential_days = 90};

/// What is known of one person.
struct Life {
  std::multiset<int> orders;
  std::set<int> signs;
};
using Lives = std::map<std::uint64_t, Life>;

struct Shop {
  TestOrders orders;
  std::vector<TestRow> customers, events, links;
};

/// Customers 1 to 60 order, up to 90 are known; some have a day of registration, some do things.
/// Account 90 belongs to 1, account 89 to the person 88, who never ordered.
Shop random_shop(std::uint64_t seed) {
  Shop shop{.orders = random_orders(seed)};
  std::mt19937_64 rng(seed);
  const auto below = [&](std::uint64_t bound) { return static_cast<int>(rng() % bound); };
  for (int id = 1; id <= 90; ++id) {
    TestRow row{{"customer_id", id}};
    if (below(3) == 0) row["registered_on"] = 19850 + below(400);
    shop.customers.push_back(row);
    for (int i = below(3); i > 0; --i) {
      shop.events.push_back({{"customer_id", id}, {"occurred_on", 20000 + below(180)}});
    }
  }
  shop.events.push_back({{"customer_id", 89}, {"occurred_on", 20140}});
  shop.events.push_back({{"customer_id", 0}, {"occurred_on", 20140}});
  shop.links = {{{"account_id", 90}, {"customer_id", 1}, {"run_id", 1}},
                {{"account_id", 89}, {"customer_id", 88}, {"run_id", 1}}};
  return shop;
}

Status put(engine::Engine& engine, const Shop& shop) {
  TRY(put_orders(engine, shop.orders));
  TRY(put_rows(engine, "customers", shop.customers));
  TRY(put_rows(engine, "events", shop.events));
  return put_rows(engine, "customer_links", shop.links);
}

Lives lives_of(const Shop& shop) {
  const auto person = [](std::int64_t id) {
    return static_cast<std::uint64_t>(id == 90 ? 1 : id == 89 ? 88 : id);
  };
  Lives lives;
  for (const TestOrder& order : shop.orders) {
    const bool counts = order.status == 2 || order.status == 3;
    if (counts && order.customer_id != 0) {
      lives[order.customer_id].orders.insert(order.ordered_on.days);
    }
  }
  for (const TestRow& row : shop.customers) {
    const auto day = row.find("registered_on");
    const std::int64_t id = row.at("customer_id");
    if (day != row.end() && id < 89) lives[person(id)].signs.insert(static_cast<int>(day->second));
  }
  for (const TestRow& row : shop.events) {
    const std::int64_t id = row.at("customer_id");
    if (id != 0) lives[person(id)].signs.insert(static_cast<int>(row.at("occurred_on")));
  }
  return lives;
}

bool lost_at(const Life& life, int day) {
  int last = -1;
  for (const int order : life.orders) last = order <= day ? order : last;
  return last >= 0 && day - last > kLimits.sleeping_days;
}

/// Day by day, in the words of the guide.
std::string stage_at(const Life& life, int day) {
  std::vector<int> orders;
  for (const int order : life.orders) {
    if (order <= day) orders.push_back(order);
  }
  if (orders.empty()) {
    for (const int sign : life.signs) {
      if (sign <= day && day - sign <= kLimits.potential_days) return "Potential";
    }
    return "";
  }
  const int age = day - orders.front();
  const int last = orders.back();
  if (orders.size() == 1 && age <= kLimits.first_days) return "First purchase";
  if (orders.size() <= 3 && age <= kLimits.nurture_days) return "Nurture";
  if (lost_at(life, last - 1) && day - last <= kLimits.returned_days) return "Returned";
  if (day - last <= kLimits.active_days) return "Active";
  return day - last <= kLimits.sleeping_days ? "Sleeping" : "Lost";
}

Pairs slow_pairs(const Lives& lives, Period period) {
  Pairs pairs;
  for (const auto& [id, life] : lives) {
    const std::string before = stage_at(life, period.from.days - 1);
    const std::string after = stage_at(life, period.to.days - 1);
    if (before.empty() && after.empty()) continue;
    ++pairs[{before.empty() ? "New" : before, after.empty() ? "None" : after}];
  }
  return pairs;
}

class MoreStagesEngine : public EnginesTest {
 protected:
  void TearDown() override {
    for (auto& engine : engines()) {
      ASSERT_TRUE(put_rows(*engine.engine, "events", {}).ok());
      ASSERT_TRUE(put_rows(*engine.engine, "customer_links", {}).ok());
    }
  }
  static Values asked() {
    Values values;
    for (const stages::LimitCard& card : stages::limit_cards()) {
      values[std::string(card.name)] = {std::to_string(kLimits.*card.value)};
    }
    return values;
  }
};

TEST_F(MoreStagesEngine, AgreeWithASlowSecondWay) {
  std::set<std::pair<std::string, std::string>> seen;
  for (auto& engine : engines()) {
    SCOPED_TRACE(engine.name);
    for (const std::uint64_t seed : {71U, 72U}) {
      const Shop shop = random_shop(seed);
      ASSERT_TRUE(put(*engine.engine, shop).ok());
      const Lives lives = lives_of(shop);
      for (const int from : {20050, 20141}) {
        const Period period{Date{from}, Date{from + 31}};
        Values values = asked();
        values["from"] = {format_date(period.from)};
        values["to"] = {format_date(period.to)};
        const Answer answer = ask(*engine.engine, "stage_migration", values);
        Pairs found;
        for (std::size_t row = 0; row < answer.frame.rows(); ++row) {
          const std::int64_t customers = *answer.frame.integer("customers", row);
          if (customers == 0) continue;
          found[{*answer.frame.text("stage_before", row), *answer.frame.text("stage_after", row)}] =
              customers;
        }
        EXPECT_EQ(found, slow_pairs(lives, period));
        for (const auto& [pair, customers] : found) seen.insert(pair);
      }
    }
  }
  for (const auto& pair : std::set<std::pair<std::string, std::string>>{{"Potential", "None"},
                                                                        {"New", "Potential"},
                                                                        {"Potential", "Potential"},
                                                                        {"Lost", "Returned"},
                                                                        {"Returned", "Active"}}) {
    EXPECT_TRUE(seen.contains(pair)) << pair.first << " " << pair.second;
  }
}

TEST_F(MoreStagesEngine, LeadToTheCustomersTheyCount) {
  const Shop shop = random_shop(73);
  std::set<std::string> found;
  for (auto& engine : engines()) {
    SCOPED_TRACE(engine.name);
    ASSERT_TRUE(put(*engine.engine, shop).ok());
    Values values = asked();
    values["from"] = {"2025-02-20"};
    values["to"] = {"2025-03-20"};
    values["with_rule"] = {"true"};
    const Answer answer = ask(*engine.engine, "stage_migration", values);
    const segments::Library library;
    for (std::size_t row = 0; row < answer.frame.rows(); ++row) {
      const std::string text = *answer.frame.text("rule", row);
      const segments::Reading reading = segments::read(text);
      ASSERT_TRUE(reading.rule.has_value()) << text;
      const auto count = segments::count(
          *engine.engine,
          {.rule = *reading.rule, .as_of = segments::as_of_day(kToday, "UTC"), .library = library});
      ASSERT_TRUE(count.ok()) << text;
      EXPECT_EQ(count->customers, answer.frame.integer("customers", row)) << text;
      if (count->customers > 0) found.insert(*answer.frame.text("stage_after", row));
    }
  }
  EXPECT_TRUE(found.contains("Potential") && found.contains("Returned") && found.contains("None"));
}

TEST_F(MoreStagesEngine, AreForecastWithThoseWhoGoQuiet) {
  for (auto& engine : engines()) {
    SCOPED_TRACE(engine.name);
    const Shop shop = random_shop(74);
    ASSERT_TRUE(put(*engine.engine, shop).ok());
    Values values = asked();
    values["to"] = {"2025-04-01"};
    values["history_months"] = {"3"};
    values["months"] = {"1"};
    const Answer answer = ask(*engine.engine, "stage_forecast", values);
    const Lives lives = lives_of(shop);
    const auto stage = [&](const Life& life, Date close) { return stage_at(life, close.days - 1); };
    const Date closes[] = {date_of({2025, 1, 1}), date_of({2025, 2, 1}), date_of({2025, 3, 1}),
                           date_of({2025, 4, 1})};
    std::map<std::string, double> before, now, next;
    Pairs moved;
    for (const auto& [id, life] : lives) {
      for (std::size_t i = 1; i < std::size(closes); ++i) {
        ++before[stage(life, closes[i - 1])];
        ++moved[{stage(life, closes[i - 1]), stage(life, closes[i])}];
      }
      ++now[stage(life, closes[3])];
    }
    for (const auto& [pair, customers] : moved) {
      const auto number = static_cast<double>(customers);
      next[pair.second] +=
          pair.first.empty() ? number / 3 : now[pair.first] * number / before[pair.first];
    }
    EXPECT_GT((moved[{"Potential", ""}]), 0) << "somebody goes quiet";
    std::size_t compared = 0;
    for (std::size_t row = 0; row < answer.frame.rows(); ++row) {
      const std::string name = *answer.frame.text("stage", row);
      const std::string month = *answer.frame.text("month", row);
      if (month < "2025-03") continue;
      ++compared;
      EXPECT_EQ(answer.frame.integer("customers", row),
                std::llround(month == "2025-03" ? now[name] : next[name]))
          << month << name;
    }
    EXPECT_EQ(compared, 2 * stages::kStages);
  }
}

TEST_F(MoreStagesEngine, AreNotThoseWhoOrderedSomethingElse) {
  for (auto& engine : engines()) {
    SCOPED_TRACE(engine.name);
    ASSERT_TRUE(put(*engine.engine, random_shop(75)).ok());
    Values values = asked();
    values["filter"] = {"channel=web"};
    const Answer answer = ask(*engine.engine, "stage_migration", values);
    for (std::size_t row = 0; row < answer.frame.rows(); ++row) {
      EXPECT_NE(answer.frame.text("stage_before", row), "Potential");
    }
  }
}

}  // namespace
}  // namespace huitou::analyses
