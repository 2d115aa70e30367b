#include <gtest/gtest.h>

#include <map>

#include "analyses/test_engines.h"

namespace huitou::analyses {
namespace {

struct Sums {
  std::int64_t customers = 0;
  std::int64_t before = 0;
  std::int64_t between = 0;
  bool operator==(const Sums&) const = default;
};
using Pairs = std::map<std::pair<std::string, std::string>, Sums>;

Pairs pairs_of(const Answer& answer) {
  Pairs pairs;
  for (std::size_t row = 0; row < answer.frame.rows(); ++row) {
    const Sums sums{*answer.frame.integer("customers", row),
                    *answer.frame.integer("spent_before_minor", row),
                    *answer.frame.integer("spent_between_minor", row)};
    if (sums.customers > 0) {
      pairs[{*answer.frame.text("segment_before", row), *answer.frame.text("segment_after", row)}] =
          sums;
    }
  }
  return pairs;
}

const Date kBegin{20050};
const Date kEnd{20250};

class RfmMigrationEngine : public EnginesTest {};

// Rows and columns add up to what rfm says at the two instants.
TEST_F(RfmMigrationEngine, AddsUpToTheSegmentsOfEachInstant) {
  for (auto& engine : engines()) {
    SCOPED_TRACE(engine.name);
    ASSERT_TRUE(put_orders(*engine.engine, random_orders(91)).ok());
    for (const std::string convention : {"classic", "rfm_0_3", "eight"}) {
      const Values own{{"convention", {convention}}};
      Values values = own;
      values["from"] = {format_date(kBegin)};
      values["to"] = {format_date(kEnd)};
      const Pairs pairs = pairs_of(ask(*engine.engine, "rfm_migration", values));
      std::map<std::string, std::int64_t> before;
      std::map<std::string, std::int64_t> after;
      for (const auto& [names, sums] : pairs) {
        before[names.first] += sums.customers;
        after[names.second] += sums.customers;
      }
      EXPECT_GT(before["No order yet"], 0);
      for (const bool at_end : {false, true}) {
        Values instant = own;
        instant["as_of"] = {format_date(at_end ? kEnd : kBegin)};
        const Answer segments = ask(*engine.engine, "rfm", instant);
        for (std::size_t row = 0; row < segments.frame.rows(); ++row) {
          const std::string name = *segments.frame.text("segment", row);
          EXPECT_EQ((at_end ? after : before)[name], *segments.frame.integer("customers", row))
              << convention << " " << name;
        }
      }
    }
  }
}

struct One {
  double orders = 0;
  double amount = 0;
  double days = 1e9;
};
using People = std::map<std::uint64_t, One>;

People people_before(const TestOrders& orders, Date instant) {
  People people;
  for (const TestOrder& order : orders) {
    if (order.customer_id == 0 || order.ordered_on >= instant ||
        (order.status != 2 && order.status != 3)) {
      continue;
    }
    One& one = people[order.customer_id];
    one.orders += 1;
    one.amount += static_cast<double>(order.amount_minor - order.refund_minor);
    one.days = std::min(one.days, static_cast<double>(instant.days - order.ordered_on.days));
  }
  return people;
}

One mean_of(const People& people) {
  One mean{0, 0, 0};
  const auto n = static_cast<double>(people.size());
  for (const auto& [id, one] : people) {
    mean.orders += one.orders;
    mean.amount += one.amount;
    mean.days += one.days;
  }
  return {mean.orders / n, mean.amount / n, mean.days / n};
}

/// The eight segments against the means, written down as the literature has them.
std::string segment_of(const One& one, const One& mean) {
  const bool r = one.days <= mean.days;
  const bool f = one.orders >= mean.orders;
  const bool m = one.amount >= mean.amount;
  const std::string kind = r && f ? "value" : f ? "to keep" : r ? "to develop" : "to win back";
  return (m ? "Important " : "General ") + kind;
}

TEST_F(RfmMigrationEngine, AgreesWithASlowSecondWay) {
  const TestOrders orders = random_orders(92);
  const People before = people_before(orders, kBegin);
  const People after = people_before(orders, kEnd);
  for (auto& engine : engines()) {
    SCOPED_TRACE(engine.name);
    ASSERT_TRUE(put_orders(*engine.engine, orders).ok());
    for (const bool first : {false, true}) {
      const One mean = mean_of(before);
      const One later = first ? mean : mean_of(after);
      Pairs slow;
      for (const auto& [id, one] : after) {
        const auto was = before.find(id);
        const bool there = was != before.end();
        Sums& sums =
            slow[{there ? segment_of(was->second, mean) : "No order yet", segment_of(one, later)}];
        ++sums.customers;
        const double spent = there ? was->second.amount : 0;
        sums.before += static_cast<std::int64_t>(spent);
        sums.between += static_cast<std::int64_t>(one.amount - spent);
      }
      Values values{{"convention", {"eight"}},
                    {"cuts", {first ? "start" : "each"}},
                    {"from", {format_date(kBegin)}},
                    {"to", {format_date(kEnd)}}};
      EXPECT_EQ(pairs_of(ask(*engine.engine, "rfm_migration", values)), slow);
      values["show"] = {"moves"};
      const Answer moves = ask(*engine.engine, "rfm_migration", values);
      std::erase_if(slow, [](const auto& pair) { return pair.first.first == pair.first.second; });
      EXPECT_EQ(pairs_of(moves), slow);
      for (std::size_t row = 1; row < moves.frame.rows(); ++row) {
        EXPECT_LE(*moves.frame.integer("customers", row),
                  *moves.frame.integer("customers", row - 1));
      }
    }
  }
}

TEST_F(RfmMigrationEngine, SaysWhichInstantsAndWhoStayed) {
  TestOrders orders;
  for (std::uint64_t id = 1; id <= 12; ++id) {
    orders.push_back({id, Date{20000}, static_cast<std::int64_t>(1000 * id)});
  }
  orders.push_back({1, Date{20100}, 90000});
  for (auto& engine : engines()) {
    SCOPED_TRACE(engine.name);
    ASSERT_TRUE(put_orders(*engine.engine, orders).ok());
    const Answer answer = ask(*engine.engine, "rfm_migration", {{"convention", {"eight"}}});
    EXPECT_EQ(answer.notes.at(0).text.en, "Segments at the close of 2024-10-14 and of 2025-01-12.");
    EXPECT_EQ(answer.notes.at(1).text.en,
              "0 of 12 customers (0 %) are in the same segment at both instants.");
    EXPECT_EQ(refuse(*engine.engine, "rfm_migration", {{"days", {"200"}}}).message,
              "rfm_migration needs 10 customers before 2024-06-27; there are 0.");
  }
}

}  // namespace
}  // namespace huitou::analyses
