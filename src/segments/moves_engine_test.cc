// Memberships by runs that append moves equal those that a slow reader finds anew, whatever
// happens in between: orders come and go, days pass, rules change, runs are killed.

#include <gtest/gtest.h>

#include <cstdlib>
#include <map>
#include <set>

#include "engine/testing.h"
#include "schema/testing.h"
#include "segments/journal.h"
#include "segments/slow_facts.h"
#include "segments/test_rules.h"
#include "segments/test_shop.h"

namespace huitou::segments {
namespace {

constexpr const char* kZone = "America/New_York";
constexpr int kRules = 6;
constexpr int kSteps = 5;

std::vector<engine::testing::NamedEngine>& engines() {
  static auto opened = engine::testing::engines();
  return opened;
}

int shops() {
  const char* wanted = std::getenv("HUITOU_HISTORIES");
  return wanted == nullptr ? 2 : std::atoi(wanted);
}

std::string name_of(int rule) { return "s" + std::to_string(rule); }

/// A shop that goes through random changes, with the memberships of one engine.
class Histories {
 public:
  Histories(engine::Engine& engine, std::uint64_t seed)
      : engine_(engine),
        random_{.rng = std::mt19937_64(seed),
                .texts = {"a", "b", "猫粮", "phone"},
                .segments = {name_of(0)},
                .today = today_},
        shop_(testing::random_shop(seed, today_, kZone)) {}

  void run() {
    ASSERT_TRUE(testing::fill(engine_, {}).ok());
    ASSERT_TRUE(engine_.truncate_table("segment_moves").ok());
    put(0, *read("orders >= 2 or viewed").rule);
    for (int i = 1; i < kRules; ++i) put(i, random_.rule(i % 3));
    for (int step = 0; step < kSteps; ++step) {
      SCOPED_TRACE("step " + std::to_string(step));
      change(step);
      ASSERT_TRUE(testing::fill(engine_, shop_).ok());
      if (random_.below(3) == 0) kill_a_run();
      const auto done = refresh(engine_, *store_, at(), std::nullopt);
      ASSERT_TRUE(done.ok()) << describe(done.error());
      compare(*done);
      if (::testing::Test::HasFatalFailure()) return;
      const auto again = refresh(engine_, *store_, at(), std::nullopt);
      ASSERT_TRUE(again.ok()) << describe(again.error());
      for (const Refreshed& one : *again) EXPECT_EQ(one.came + one.went, 0) << one.name;
    }
  }

 private:
  AsOf as_of() const { return as_of_day(today_, kZone); }
  RunAt at() const {
    return {.as_of = as_of(), .void_runs = shop_.void_runs, .now = as_of().second};
  }

  void put(int number, const Rule& rule) {
    const auto saved =
        save(*store_, {.name = name_of(number), .rule = print(rule), .now = as_of().second});
    ASSERT_TRUE(saved.ok()) << describe(saved.error());
  }

  /// Rows go, rows of another shop come, days pass, a rule is written anew.
  void change(int step) {
    today_.days += static_cast<std::int32_t>(random_.below(20));
    random_.today = today_;
    testing::Shop other = testing::random_shop(random_.rng(), today_, kZone);
    for (const char* table : {"orders", "order_lines", "events", "tickets", "surveys"}) {
      auto& rows = shop_.tables[table];
      std::erase_if(rows, [&](const testing::Row&) { return random_.below(10) == 0; });
      for (testing::Row& row : other.tables[table]) {
        if (random_.below(8) != 0) continue;
        for (const char* key : {"order_key", "message_id", "ticket_key", "survey_key"}) {
          if (row.contains(key)) row[key] = testing::text(row, key) + "/" + std::to_string(step);
        }
        rows.push_back(row);
      }
    }
    if (step > 0 && random_.below(2) == 0) {
      put(1 + static_cast<int>(random_.below(kRules - 1)), random_.rule(2));
    }
  }

  /// A run that wrote moves and never ended: it must not count.
  void kill_a_run() {
    const auto id = Journal(*store_).begin(at());
    ASSERT_TRUE(id.ok()) << describe(id.error());
    using engine::testing::integers;
    std::vector<std::string> names;
    std::vector<std::int64_t> customers;
    std::vector<std::int64_t> entered;
    for (std::int64_t customer = 1; customer <= 25; ++customer) {
      names.push_back(name_of(static_cast<int>(random_.below(kRules))));
      customers.push_back(customer);
      entered.push_back(random_.below(2));
    }
    schema::testing::put(
        engine_, "segment_moves",
        {engine::testing::texts("segment", names), integers("customer_id", customers),
         integers("entered", entered), integers("run", std::vector(25, *id))});
  }

  void compare(const std::vector<Refreshed>& done) {
    const auto known = library(*store_);
    ASSERT_TRUE(known.ok()) << describe(known.error());
    const testing::SlowReader slow(shop_, as_of_ = as_of(), *known);
    ASSERT_EQ(done.size(), static_cast<std::size_t>(kRules));
    for (const Refreshed& one : done) {
      ASSERT_FALSE(one.problem.has_value()) << describe(*one.problem);
      const std::set<std::int64_t> right = slow.fitting(known->rules.at(one.name));
      const auto kept = kept_members(engine_, *store_, one.name);
      ASSERT_TRUE(kept.ok()) << describe(kept.error());
      ASSERT_EQ(*kept, std::vector<std::int64_t>(right.begin(), right.end()))
          << one.name << " " << print(known->rules.at(one.name));
      EXPECT_EQ(one.customers, static_cast<std::int64_t>(right.size())) << one.name;
      std::int64_t stayed = 0;
      for (const std::int64_t id : right) stayed += before_[one.name].count(id) > 0 ? 1 : 0;
      EXPECT_EQ(one.came, static_cast<std::int64_t>(right.size()) - stayed) << one.name;
      EXPECT_EQ(one.went, static_cast<std::int64_t>(before_[one.name].size()) - stayed) << one.name;
      before_[one.name] = right;
    }
  }

  engine::Engine& engine_;
  Date today_{20'158};  // 2025-03-11, two days after the clocks change
  AsOf as_of_;
  testing::RandomRules random_;
  testing::Shop shop_;
  std::unique_ptr<store::Store> store_ = store::open_sqlite(":memory:").value();
  std::map<std::string, std::set<std::int64_t>> before_;
};

TEST(Moves, EqualAFullRecomputationAtEveryStep) {
  for (const auto& [name, engine] : engines()) {
    for (int i = 0; i < shops(); ++i) {
      SCOPED_TRACE(name + " " + std::to_string(i));
      Histories(*engine, static_cast<std::uint64_t>(1000 + i)).run();
      if (HasFatalFailure()) return;
    }
  }
}

/// One buyer, whose last order ages.
class AgingTest : public ::testing::Test {
 protected:
  void fill(engine::Engine& engine) {
    testing::Shop shop;
    for (const std::int64_t id : {1, 2}) {
      shop.tables["customers"].push_back({{"customer_id", id}});
      shop.tables["orders"].push_back({{"order_key", "o" + std::to_string(id)},
                                       {"customer_id", id},
                                       {"status", std::int64_t{2}},
                                       {"ordered_on", first_.days + 10 * id},
                                       {"ordered_at", (first_.days + 10 * id) * 86'400}});
    }
    ASSERT_TRUE(testing::fill(engine, shop).ok());
    ASSERT_TRUE(engine.truncate_table("segment_moves").ok());
    store = store::open_sqlite(":memory:").value();
    ASSERT_TRUE(save(*store, {.name = "recent", .rule = "orders(last 30 days)"}).ok());
  }
  RunAt on(int days) const {
    const AsOf as_of = as_of_day(Date{first_.days + days}, "UTC");
    return {.as_of = as_of, .now = as_of.second};
  }

  Date first_{20'000};
  std::unique_ptr<store::Store> store;
};

TEST_F(AgingTest, AWindowThatClosesMovesPeopleOutWithoutNewData) {
  for (const auto& [name, engine] : engines()) {
    SCOPED_TRACE(name);
    fill(*engine);
    for (const int day : {15, 25, 41, 60}) {
      ASSERT_TRUE(refresh(*engine, *store, on(day), std::nullopt).ok());
    }
    const auto stays = history(*engine, *store, {.customer = 1, .accounts = {1}});
    ASSERT_TRUE(stays.ok()) << describe(stays.error());
    ASSERT_EQ(stays->size(), 1U);
    EXPECT_EQ(stays->front().came_on, Date{first_.days + 14});
    EXPECT_EQ(stays->front().left_on, Date{first_.days + 40});
    const auto days = moves(*engine, *store, "recent");
    ASSERT_TRUE(days.ok()) << describe(days.error());
    EXPECT_EQ(days->at("came").integers(), (std::vector<std::int64_t>{1, 1, 0, 0}));
    EXPECT_EQ(days->at("went").integers(), (std::vector<std::int64_t>{0, 0, 1, 1}));
    EXPECT_EQ(days->at("customers").integers(), (std::vector<std::int64_t>{1, 2, 1, 0}));
    const auto earlier = refresh(*engine, *store, on(50), std::nullopt);
    ASSERT_FALSE(earlier.ok());
    EXPECT_EQ(earlier.error().code, Code::conflict);
    EXPECT_EQ(last_instant(*store).value()->second, on(60).as_of.second);
  }
}

// Two days of the past are compared as their refreshes left the members, however many came later.
TEST_F(AgingTest, TwoDaysAreComparedAsTheirRefreshesLeftThem) {
  for (const auto& [name, engine] : engines()) {
    SCOPED_TRACE(name);
    fill(*engine);
    const Rule everyone;
    const auto between = [&](int from, int to) -> Result<Moved> {
      TRY(const Library known, library(*store));
      const Question question{.rule = everyone, .as_of = on(90).as_of, .library = known};
      // A day is the last that counted: the one before the instant of the refresh.
      return moved(*engine, *store, question,
                   {.name = "recent",
                    .from = Date{first_.days + from - 1},
                    .to = Date{first_.days + to - 1},
                    .most = 10});
    };
    EXPECT_EQ(between(15, 20).error().code, Code::not_enough_data);
    std::map<int, std::set<std::int64_t>> members;
    for (const int day : {15, 25, 41, 60}) {
      ASSERT_TRUE(refresh(*engine, *store, on(day), std::nullopt).ok());
      const auto kept = kept_members(*engine, *store, "recent");
      members[day] = {kept->begin(), kept->end()};
    }
    std::int64_t moves = 0;
    for (const auto& [from, before] : members) {
      for (const auto& [to, after] : members) {
        if (to <= from) continue;
        SCOPED_TRACE(std::to_string(from) + " to " + std::to_string(to));
        const auto found = between(from, to);
        ASSERT_TRUE(found.ok()) << describe(found.error());
        std::set<std::int64_t> came, left;
        for (const std::int64_t id : after) {
          if (!before.contains(id)) came.insert(id);
        }
        for (const std::int64_t id : before) {
          if (!after.contains(id)) left.insert(id);
        }
        const auto ids = [](const Frame& list) {
          const auto& all = list.at("customer_id").integers();
          return std::set<std::int64_t>(all.begin(), all.end());
        };
        EXPECT_EQ(found->before, static_cast<std::int64_t>(before.size()));
        EXPECT_EQ(found->after, static_cast<std::int64_t>(after.size()));
        EXPECT_EQ(found->stayed, static_cast<std::int64_t>(after.size() - came.size()));
        EXPECT_EQ(ids(found->came), came);
        EXPECT_EQ(ids(found->left), left);
        moves += static_cast<std::int64_t>(came.size() + left.size());
      }
    }
    EXPECT_GT(moves, 4);
    EXPECT_EQ(between(14, 25).error().code, Code::not_enough_data);
    EXPECT_EQ(between(25, 25).error().code, Code::invalid_input);
  }
}

TEST_F(AgingTest, AFrozenSegmentKeepsItsMembersAndRulesCanReferToIt) {
  for (const auto& [name, engine] : engines()) {
    SCOPED_TRACE(name);
    fill(*engine);
    const auto frozen_one = freeze(*engine, *store, on(25), {.name = "recent", .as = "spring"});
    ASSERT_TRUE(frozen_one.ok()) << describe(frozen_one.error());
    EXPECT_EQ(frozen_one->customers, 2);
    ASSERT_TRUE(save(*store, {.name = "lost",
                              .rule = "in_segment('spring') and not orders(last 30 "
                                      "days)"})
                    .ok());
    const auto after = refresh(*engine, *store, on(45), std::nullopt);
    ASSERT_TRUE(after.ok()) << describe(after.error());
    EXPECT_EQ(kept_members(*engine, *store, "spring").value(), (std::vector<std::int64_t>{1, 2}));
    EXPECT_EQ(kept_members(*engine, *store, "recent").value(), (std::vector<std::int64_t>{2}));
    EXPECT_EQ(kept_members(*engine, *store, "lost").value(), (std::vector<std::int64_t>{1}));
    const Library known = library(*store).value();
    const Rule rule = known.rules.at("spring");
    const AsOf as_of = on(45).as_of;
    EXPECT_EQ(members(*engine, {.rule = rule, .as_of = as_of, .library = known}).value(),
              (std::vector<std::int64_t>{1, 2}));
    EXPECT_EQ(freeze(*engine, *store, on(45), {.name = "recent", .as = "spring"}).error().code,
              Code::conflict);
    EXPECT_EQ(save(*store, {.name = "spring", .rule = "everyone"}).error().code, Code::conflict);
    EXPECT_EQ(refresh(*engine, *store, on(45), "spring").error().code, Code::conflict);
    EXPECT_EQ(frozen(*store, "spring").value()->of_name, "recent");
  }
}

TEST_F(AgingTest, ABrokenSegmentIsMarkedAndKeepsItsMembers) {
  for (const auto& [name, engine] : engines()) {
    SCOPED_TRACE(name);
    fill(*engine);
    ASSERT_TRUE(save(*store, {.name = "more", .rule = "in_segment('recent')"}).ok());
    ASSERT_TRUE(refresh(*engine, *store, on(25), std::nullopt).ok());
    ASSERT_TRUE(remove(*store, "recent", true, 1).ok());
    const auto after = refresh(*engine, *store, on(26), std::nullopt);
    ASSERT_TRUE(after.ok()) << describe(after.error());
    ASSERT_EQ(after->size(), 1U);
    ASSERT_TRUE(after->front().problem.has_value());
    EXPECT_EQ(after->front().problem->code, Code::not_found);
    EXPECT_EQ(after->front().customers, 2);
    const auto stays = history(*engine, *store, {.customer = 1, .accounts = {1}});
    ASSERT_EQ(stays->size(), 2U);
    EXPECT_FALSE(stays->at(0).removed);
    EXPECT_TRUE(stays->at(1).removed);
  }
}

TEST(MovesDue, AfterLoadsSavesAndHours) {
  auto store = store::open_sqlite(":memory:").value();
  EXPECT_FALSE(refresh_is_due(*store, "1", 7'200).value());
  ASSERT_TRUE(save(*store, {.name = "a", .rule = "everyone"}).ok());
  EXPECT_TRUE(refresh_is_due(*store, "1", 7'200).value());
  ASSERT_TRUE(note_refreshed(*store, "1", 7'200).ok());
  EXPECT_FALSE(refresh_is_due(*store, "1", 7'300).value());
  EXPECT_TRUE(refresh_is_due(*store, "2", 7'300).value());
  EXPECT_TRUE(refresh_is_due(*store, "1", 10'800).value());
  ASSERT_TRUE(save(*store, {.name = "a", .rule = "orders >= 1"}).ok());
  EXPECT_TRUE(refresh_is_due(*store, "1", 7'300).value());
}

}  // namespace
}  // namespace huitou::segments
