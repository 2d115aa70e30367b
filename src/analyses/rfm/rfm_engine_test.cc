#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "analyses/test_engines.h"
#include "segments/segments.h"

namespace huitou::analyses {
namespace {

const Date kAnalysisDay = date_of({2006, 12, 31});

std::int64_t at_segment(const Answer& answer, const std::string& name, const std::string& column) {
  for (std::size_t row = 0; row < answer.frame.rows(); ++row) {
    if (answer.frame.text("segment", row) == name || answer.frame.text("segment_zh", row) == name) {
      return *answer.frame.integer(column, row);
    }
  }
  ADD_FAILURE() << "no segment " << name;
  return -1;
}

class RfmEngine : public EnginesTest {
 protected:
  Answer ask_rfm(engine::Engine& engine, Values values) {
    values["as_of"] = {format_date(kAnalysisDay)};
    return ask(engine, "rfm", values);
  }
};

TEST_F(RfmEngine, GivesThePublishedSegments) {
  const auto orders = read_rfm_orders();
  if (!orders.has_value()) {
    GTEST_SKIP() << "needs ../shared/data/clv/rfm_orders.csv";
  }
  for (auto& engine : engines()) {
    SCOPED_TRACE(engine.name);
    ASSERT_TRUE(put_orders(*engine.engine, *orders).ok());
    const Answer classic = ask_rfm(*engine.engine, {});
    EXPECT_EQ(at_segment(classic, "Champions", "customers"), 158);
    EXPECT_EQ(at_segment(classic, "冠军客户", "orders"), 1234);
    EXPECT_EQ(at_segment(classic, "Champions", "amount_minor"), 12017800);
    EXPECT_EQ(at_segment(classic, "Others", "customers"), 48);
    const Answer later = ask_rfm(*engine.engine, {{"convention", {"rfm_0_3"}}});
    EXPECT_EQ(at_segment(later, "Can't Lose", "customers"), 47);
    const Answer eight = ask_rfm(*engine.engine, {{"convention", {"eight"}}});
    EXPECT_EQ(at_segment(eight, "重要价值客户", "customers"), 274);
    EXPECT_EQ(at_segment(eight, "一般挽留客户", "customers"), 222);
  }
}

/// Lists every segment; each customer must be in one, as often and with as much as its row says.
void expect_members_of(engine::Engine& engine, Values values, const Answer& segments) {
  std::set<std::string> seen;
  for (std::size_t row = 0; row < segments.frame.rows(); ++row) {
    values["segment"] = {*segments.frame.text("segment", row)};
    const auto list = answer(**find("rfm"), {engine, values, kToday, "CNY"});
    ASSERT_TRUE(list.ok()) << list.error().message;
    const Frame& members = list->frame;
    EXPECT_EQ(static_cast<std::int64_t>(members.rows()), segments.frame.integer("customers", row));
    std::int64_t amount = 0;
    for (std::size_t member = 0; member < members.rows(); ++member) {
      EXPECT_TRUE(seen.insert(*members.text("customer_key", member)).second);
      amount += *members.integer("amount_minor", member);
    }
    EXPECT_EQ(amount, segments.frame.integer("amount_minor", row));
  }
  EXPECT_GT(seen.size(), 20U);
}

// The engine scores members with the cut points as literals: a second way to the same counts.
TEST_F(RfmEngine, MembersOfAllSegmentsAreAllCustomersOnce) {
  const std::vector<Values> conventions{
      {{"convention", {"classic"}}},
      {{"convention", {"eight"}}},
      {{"convention", {"eight"}}, {"threshold", {"score_mean"}}},
      {{"convention", {"rules"}}, {"rules", {"New: r 4-5, f 1-2; Big: m 5"}}}};
  for (auto& engine : engines()) {
    SCOPED_TRACE(engine.name);
    ASSERT_TRUE(put_orders(*engine.engine, random_orders(3)).ok());
    for (Values values : conventions) {
      values["status"] = {"paid"};
      expect_members_of(*engine.engine, values, ask(*engine.engine, "rfm", values));
    }
  }
}

TEST_F(RfmEngine, ListIsLimitedAndHighestFirst) {
  for (auto& engine : engines()) {
    SCOPED_TRACE(engine.name);
    ASSERT_TRUE(put_orders(*engine.engine, random_orders(5)).ok());
    const Answer members = ask(
        *engine.engine, "rfm",
        {{"convention", {"rules"}}, {"rules", {"All:"}}, {"segment", {"All"}}, {"limit", {"7"}}});
    ASSERT_EQ(members.frame.rows(), 7U);
    const auto& amounts = members.frame.at("amount_minor").integers();
    EXPECT_TRUE(std::is_sorted(amounts.rbegin(), amounts.rend()));
    EXPECT_EQ(members.frame.text("customer_key", 0),
              "c" + std::to_string(*members.frame.integer("customer_id", 0)));
  }
}

TEST_F(RfmEngine, GridAndCutPointsShowTheSameCustomers) {
  for (auto& engine : engines()) {
    SCOPED_TRACE(engine.name);
    ASSERT_TRUE(put_orders(*engine.engine, random_orders(4)).ok());
    const Answer segments = ask(*engine.engine, "rfm", {});
    const Answer grid = ask(*engine.engine, "rfm", {{"by", {"cell"}}});
    ASSERT_EQ(grid.frame.rows(), 25U);
    EXPECT_EQ(grid.view, View::heatmap);
    const auto sum = [](const Frame& frame) {
      const auto& customers = frame.at("customers").integers();
      return std::accumulate(customers.begin(), customers.end(), std::int64_t{0});
    };
    EXPECT_EQ(sum(grid.frame), sum(segments.frame));
    for (std::size_t row = 0; row < 25; ++row) {
      EXPECT_EQ(grid.frame.real("mean_amount_minor", row).has_value(),
                *grid.frame.integer("customers", row) > 0);
    }
    EXPECT_EQ(ask(*engine.engine, "rfm", {{"by", {"cuts"}}}).frame.rows(), 12U);
  }
}

// Given the members of every segment, placing each by the cut points alone should give the scores
// and the segment that the engine gave.
TEST_F(RfmEngine, PlacesOneCustomerAsItPlacesAll) {
  for (auto& engine : engines()) {
    SCOPED_TRACE(engine.name);
    ASSERT_TRUE(put_orders(*engine.engine, random_orders(12)).ok());
    const Answer cuts = ask(*engine.engine, "rfm", {{"by", {"cuts"}}});
    const Answer segments = ask(*engine.engine, "rfm", {});
    std::size_t placed = 0;
    for (std::size_t segment = 0; segment < segments.frame.rows(); ++segment) {
      const std::string name = *segments.frame.text("segment", segment);
      const Frame members =
          ask(*engine.engine, "rfm", {{"segment", {name}}, {"limit", {"10000"}}}).frame;
      for (std::size_t row = 0; row < members.rows(); ++row) {
        const auto place = rfm_place(
            cuts, {*members.integer("days_since_last_order", row), *members.integer("orders", row),
                   *members.integer("amount_minor", row)});
        ASSERT_TRUE(place.ok()) << place.error().message;
        EXPECT_EQ(place->segment.en, name);
        EXPECT_EQ(place->r, members.integer("r", row));
        EXPECT_EQ(place->f, members.integer("f", row));
        EXPECT_EQ(place->m, members.integer("m", row));
        ++placed;
      }
    }
    EXPECT_GT(placed, 20U);
    EXPECT_FALSE(rfm_place(segments, {}).ok());
  }
}

std::set<std::int64_t> fitting(engine::Engine& engine, const std::string& text) {
  const segments::Library library;
  const segments::Reading reading = segments::read(text);
  EXPECT_TRUE(reading.rule.has_value()) << text;
  if (!reading.rule) return {};
  const auto found = segments::members(engine, {.rule = *reading.rule,
                                                .as_of = segments::as_of_day(Date{20200}, "UTC"),
                                                .library = library});
  EXPECT_TRUE(found.ok()) << describe(found.error());
  return found.ok() ? std::set<std::int64_t>(found->begin(), found->end())
                    : std::set<std::int64_t>();
}

/// The lists of the analysis, as a person would ask for them in a rule.
using Lists = std::map<std::string, std::set<std::int64_t>>;

/// Of the scores that are odd, or even.
void add_scores(const Frame& list, const std::string& window, std::int64_t rest, Lists& lists) {
  for (std::size_t row = 0; row < list.rows(); ++row) {
    for (const std::string letter : {"r", "f", "m"}) {
      const std::int64_t score = *list.integer(letter, row);
      if (score % 2 != rest) continue;
      lists[letter + "_score" + window + " = " + std::to_string(score)].insert(
          *list.integer("customer_id", row));
    }
  }
}

// One definition: what a rule says of the scores is what the lists of the analysis say.
TEST_F(RfmEngine, ScoresOfRulesAreThoseOfTheLists) {
  for (auto& engine : engines()) {
    SCOPED_TRACE(engine.name);
    ASSERT_TRUE(put_orders(*engine.engine, random_orders(14)).ok());
    Values values{{"as_of", {format_date(Date{20200})}},
                  {"limit", {"10000"}},
                  {"convention", {"rules"}},
                  {"rules", {"All:"}},
                  {"segment", {"All"}}};
    Lists lists;
    add_scores(ask(*engine.engine, "rfm", values).frame, "", 1, lists);
    values["from"] = {format_date(Date{20100})};
    add_scores(ask(*engine.engine, "rfm", values).frame, "(last 100 days)", 0, lists);
    values.erase("from");
    values["convention"] = {"eight"};
    for (const char* name : {"重要价值客户", "重要发展客户", "一般保持客户", "一般挽留客户"}) {
      values["segment"] = {name};
      const Frame list = ask(*engine.engine, "rfm", values).frame;
      auto& ids = lists["rfm_segment = '" + std::string(name) + "'"];
      for (std::size_t row = 0; row < list.rows(); ++row) {
        ids.insert(*list.integer("customer_id", row));
      }
    }
    EXPECT_GT(lists.size(), 15U);
    for (const auto& [rule, ids] : lists) {
      EXPECT_EQ(fitting(*engine.engine, rule), ids) << rule;
    }
  }
}

TEST_F(RfmEngine, SaysWhatIsWrong) {
  for (auto& engine : engines()) {
    SCOPED_TRACE(engine.name);
    ASSERT_TRUE(put_orders(*engine.engine, {{1, Date{20000}, 100}, {2, Date{20001}, 100}}).ok());
    const Error few = refuse(*engine.engine, "rfm", {});
    EXPECT_EQ(few.code, Code::not_enough_data);
    EXPECT_EQ(few.message, "rfm needs 20 customers; this selection has 2.");
    ASSERT_TRUE(put_orders(*engine.engine, random_orders(4)).ok());
    EXPECT_EQ(refuse(*engine.engine, "rfm", {{"segment", {"Nobody"}}}).code, Code::not_found);
    EXPECT_EQ(refuse(*engine.engine, "rfm", {{"limit", {"0"}}, {"segment", {"Lost"}}}).message,
              "limit is '0'.");
    EXPECT_EQ(refuse(*engine.engine, "rfm", {{"by", {"week"}}}).hint,
              "Give one of: segment, cell, cuts.");
  }
}

}  // namespace
}  // namespace huitou::analyses
