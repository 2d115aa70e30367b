// A refresh that asks only those who were touched leaves the members that a slow reader finds anew
// among everybody, whatever happened to the data and the clock in between.

#include <gtest/gtest.h>

#include <cstdlib>
#include <map>
#include <set>

#include "engine/testing.h"
#include "schema/testing.h"
#include "segments/journal.h"
#include "segments/seen.h"
#include "segments/slow_facts.h"
#include "segments/test_rules.h"
#include "segments/test_shop.h"

namespace huitou::segments {
namespace {

constexpr const char* kZone = "America/New_York";
constexpr int kSteps = 12;
constexpr std::int64_t kCustomers = 22;  // whose orders there are

std::vector<engine::testing::NamedEngine>& engines() {
  static auto opened = engine::testing::engines();
  return opened;
}

int shops() {
  const char* wanted = std::getenv("HUITOU_HISTORIES");
  return wanted == nullptr ? 1 : std::atoi(wanted);
}

constexpr const char* kFixed[] = {"orders >= 2 or viewed",
                                  "orders(last 20 days) and not did('a', last 2 weeks)",
                                  "days_since_last_order between 7 and 30",
                                  "in_segment('s1') or days_since_did('b') < 12",
                                  "tagged('a') or tickets(last 3 months) >= 2",
                                  "sample 50% of (orders >= 3) seed 7",
                                  "top 6 of (orders) by net_amount",
                                  "rfm_recency_score >= 4 or rfm_segment = 'General to win back'"};

/// What can happen between two refreshes.
enum class Event {
  nothing,
  fresh_events,
  late_event,
  visitor_identified,
  order_corrected,
  order_deleted,
  accounts_joined,
  account_split,
  mark_given,
  registered,
  a_day,
  some_days,
  an_hour,
  new_rule,
  killed_run,
  single_refresh
};
constexpr int kEvents = 16;

class History {
 public:
  History(engine::Engine& engine, std::uint64_t seed)
      : engine_(engine),
        random_{.rng = std::mt19937_64(seed),
                .texts = {"a", "b", "猫粮"},
                .segments = {"s0"},
                .today = today_},
        shop_(testing::random_shop(seed, today_, kZone)) {}

  void run() {
    ASSERT_TRUE(testing::fill(engine_, shop_).ok());
    ASSERT_TRUE(engine_.truncate_table("segment_moves").ok());
    for (const char* rule : kFixed) put(rule);
    for (int i = 0; i < 3; ++i) put(print(random_.rule(i)));
    for (int step = 0; step < kSteps; ++step) {
      SCOPED_TRACE("step " + std::to_string(step) + story_);
      const testing::Shop before = shop_;
      story_.clear();
      for (std::int64_t many = step == 0 ? 0 : 1 + random_.below(2); many > 0; --many) happen();
      const Status refilled = testing::refill(engine_, before, shop_);
      ASSERT_TRUE(refilled.ok()) << describe(refilled.error());
      if (single_) {
        ASSERT_TRUE(refresh(engine_, *store_, at(), "s1").ok());
        single_ = false;
      }
      compare();
      if (::testing::Test::HasFatalFailure()) return;
    }
  }

  const std::map<How, int>& asked() const { return asked_; }

 private:
  AsOf as_of() const {
    AsOf out = as_of_day(today_, kZone);
    if (hours_ == 0) return out;
    out.end.days += 1;
    out.second += hours_ * 3600;
    out.within_day = true;
    return out;
  }
  RunAt at() const {
    return {.as_of = as_of(), .void_runs = shop_.void_runs, .now = as_of().second};
  }

  void put(const std::string& rule) {
    const std::string name = "s" + std::to_string(rules_++);
    const auto saved = save(*store_, {.name = name, .rule = rule, .now = 1});
    ASSERT_TRUE(saved.ok()) << describe(saved.error());
  }

  void happen() {
    const auto event = static_cast<Event>(random_.below(kEvents));
    story_ += " " + std::to_string(static_cast<int>(event));
    switch (event) {
      case Event::fresh_events:
        for (int i = 0; i < 3; ++i) add_event(today_.days - 1, 1 + random_.below(kCustomers));
        return;
      case Event::late_event:
        return add_event(today_.days - 20 - random_.below(80), 1 + random_.below(kCustomers));
      case Event::visitor_identified:
        return identify();
      case Event::order_corrected:
        return correct(one_of(shop_.tables["orders"]));
      case Event::order_deleted:
        std::erase(shop_.tables["orders"], one_of(shop_.tables["orders"]));
        return;
      case Event::accounts_joined:
        return join(18 + random_.below(5), 1 + random_.below(10));
      case Event::account_split:
        return join(18 + random_.below(5), 0);
      case Event::mark_given:
        shop_.tables["customer_marks"].push_back({{"kind", "tag"},
                                                  {"name", "a"},
                                                  {"customer_id", 1 + random_.below(kCustomers)},
                                                  {"given", random_.below(2)},
                                                  {"run", 10'000 + number_++}});
        return;
      case Event::registered:
        one_of(shop_.tables["customers"])["registered_on"] = today_.days - random_.below(4) + 1;
        return;
      default:
        return of_time_and_rules(event);
    }
  }

  void of_time_and_rules(Event event) {
    if (event == Event::a_day || event == Event::some_days) {
      today_.days += static_cast<std::int32_t>(event == Event::a_day ? 1 : 2 + random_.below(12));
      random_.today = today_;
      hours_ = 0;
    } else if (event == Event::an_hour) {
      hours_ = std::min<std::int64_t>(23, hours_ + 1 + random_.below(6));
    } else if (event == Event::new_rule) {
      ASSERT_TRUE(save(*store_, {.name = "s8", .rule = print(random_.rule(2)), .now = 1}).ok());
    } else if (event == Event::killed_run) {
      kill_a_run();
    } else if (event == Event::single_refresh) {
      single_ = true;
    }
  }

  testing::Row& one_of(std::vector<testing::Row>& rows) {
    return rows[static_cast<std::size_t>(random_.below(static_cast<std::int64_t>(rows.size())))];
  }

  void add_event(std::int64_t day, std::int64_t customer) {
    testing::Row row = one_of(shop_.tables["events"]);
    row["message_id"] = "n" + std::to_string(++number_);
    row["message_hash"] = 1'000'000 + number_;
    row["customer_id"] = customer;
    row["occurred_on"] = day;
    row["occurred_at"] = as_of_day(Date{static_cast<std::int32_t>(day)}, kZone).second + 3'600;
    shop_.tables["events"].push_back(std::move(row));
  }

  /// All events of nobody so far find a person.
  void identify() {
    const std::int64_t who = 1 + random_.below(kCustomers);
    for (testing::Row& row : shop_.tables["events"]) {
      if (testing::integer(row, "customer_id") == 0 && random_.below(2) == 0) {
        row["customer_id"] = who;
      }
    }
  }

  void correct(testing::Row& order) {
    const std::int64_t what = random_.below(3);
    if (what == 0) order["net_minor"] = testing::integer(order, "net_minor") + 12'500;
    if (what == 1) order["status"] = 1 + random_.below(5);
    if (what == 2) {
      const std::int64_t day = today_.days - random_.below(60);
      order["ordered_on"] = day;
      order["ordered_at"] = as_of_day(Date{static_cast<std::int32_t>(day)}, kZone).second;
    }
  }

  /// Orders follow their person, as in a shop; `person` 0: the account is its own again.
  void join(std::int64_t account, std::int64_t person) {
    shop_.joined.erase(account);
    if (person != 0) shop_.joined[account] = person;
    const std::int64_t to = person == 0 ? account : person;
    shop_.tables["customer_links"].push_back({{"account_id", account},
                                              {"run_id", 100 + number_++},
                                              {"customer_id", to},
                                              {"with_account", to}});
    for (const char* table : {"orders", "order_lines"}) {
      for (testing::Row& row : shop_.tables[table]) {
        const bool own = testing::integer(row, "customer_id") == account;
        if (own) row["account_id"] = account;
        if (own || testing::integer(row, "account_id") == account) row["customer_id"] = to;
      }
    }
  }

  /// A run that moved people and kept prints, and never ended.
  void kill_a_run() {
    const auto id = Journal(*store_).begin(at());
    ASSERT_TRUE(id.ok()) << describe(id.error());
    using engine::testing::integers;
    std::vector<std::int64_t> customers;
    for (std::int64_t customer = 1; customer <= 25; ++customer) customers.push_back(customer);
    schema::testing::put(
        engine_, "segment_moves",
        {engine::testing::texts("segment", std::vector<std::string>(25, "s0")),
         integers("customer_id", customers), integers("entered", std::vector<std::int64_t>(25, 1)),
         integers("run", std::vector(25, *id))});
    const auto month = read_seen(*store_);
    ASSERT_TRUE(month.ok()) << describe(month.error());
    for (const auto& [part, seen] : month->parts) {
      auto inserter = engine_.insert(
          "segment_prints",
          {{"part", "UInt64"}, {"customer_id", "UInt64"}, {"print", "UInt64"}, {"run", "UInt64"}});
      ASSERT_TRUE(inserter.ok()) << describe(inserter.error());
      Frame frame;
      frame.columns = {integers("part", std::vector(25, part)), integers("customer_id", customers),
                       integers("print", std::vector<std::int64_t>(25, 7)),
                       integers("run", std::vector(25, *id))};
      ASSERT_TRUE((*inserter)->write(frame).ok());
      ASSERT_TRUE((*inserter)->finish().ok());
    }
  }

  void compare() {
    const auto done = refresh(engine_, *store_, at(), std::nullopt);
    ASSERT_TRUE(done.ok()) << describe(done.error());
    const auto known = library(*store_);
    ASSERT_TRUE(known.ok()) << describe(known.error());
    const AsOf now = as_of();
    const testing::SlowReader slow(shop_, now, *known);
    for (const Refreshed& one : *done) {
      ASSERT_FALSE(one.problem.has_value()) << describe(*one.problem);
      ++asked_[one.how];
      const std::set<std::int64_t> right = slow.fitting(known->rules.at(one.name));
      const auto kept = kept_members(engine_, *store_, one.name);
      ASSERT_TRUE(kept.ok()) << describe(kept.error());
      ASSERT_EQ(*kept, std::vector<std::int64_t>(right.begin(), right.end()))
          << one.name << " " << print(known->rules.at(one.name)) << " asked as "
          << static_cast<int>(one.how) << " after" << story_;
      EXPECT_EQ(one.customers, static_cast<std::int64_t>(right.size())) << one.name;
      std::int64_t stayed = 0;
      for (const std::int64_t id : right) stayed += members_[one.name].count(id) > 0 ? 1 : 0;
      EXPECT_EQ(one.came, static_cast<std::int64_t>(right.size()) - stayed) << one.name;
      if (!story_.ends_with(" 15")) {
        EXPECT_EQ(one.went, static_cast<std::int64_t>(members_[one.name].size()) - stayed);
      }
      members_[one.name] = right;
    }
    compare_sets(*known, slow);
  }

  /// What is put together of the members that the refresh left is what a slow reader finds.
  void compare_sets(const Library& known, const testing::SlowReader& slow) {
    std::vector<Rule> rules;
    std::vector<std::set<std::int64_t>> right;
    for (const char* text : {"in_segment('s0') and not in_segment('s1')",
                             "not (in_segment('s2') or in_segment('s3')) or in_segment('s5')",
                             "not in_segment('s0')"}) {
      rules.push_back(read(text).rule.value());
      right.push_back(slow.fitting(rules.back()));
    }
    const Question question{
        .rule = rules[0], .as_of = as_of(), .library = known, .void_runs = shop_.void_runs};
    const auto kept =
        kept_together(engine_, *store_, question, {rules.data(), &rules[1], &rules[2]});
    ASSERT_TRUE(kept.ok()) << describe(kept.error());
    ASSERT_TRUE(kept->has_value()) << story_;
    for (std::uint64_t mask = 0; mask < 8; ++mask) {
      std::int64_t both = 0;
      for (const std::int64_t id : slow.fitting(Rule{})) {
        bool fits = true;
        for (std::size_t i = 0; i < 3; ++i) {
          if ((mask >> i & 1U) != 0 && !right[i].contains(id)) fits = false;
        }
        both += fits ? 1 : 0;
      }
      EXPECT_EQ(customers_with(**kept, mask), both) << mask << story_;
    }
  }

  engine::Engine& engine_;
  Date today_{20'250};
  std::int64_t hours_ = 0;
  testing::RandomRules random_;
  testing::Shop shop_;
  std::unique_ptr<store::Store> store_ = store::open_sqlite(":memory:").value();
  std::map<std::string, std::set<std::int64_t>> members_;
  std::map<How, int> asked_;
  std::string story_;
  std::int64_t number_ = 0;
  int rules_ = 0;
  bool single_ = false;
};

TEST(Touched, MembersAreThoseOfAFullRecomputationAtEveryStep) {
  for (const auto& [name, engine] : engines()) {
    std::map<How, int> asked;
    for (int i = 0; i < shops(); ++i) {
      SCOPED_TRACE(name + " " + std::to_string(i));
      History history(*engine, static_cast<std::uint64_t>(4'000 + i));
      history.run();
      if (HasFatalFailure()) return;
      for (const auto& [how, many] : history.asked()) asked[how] += many;
    }
    // Otherwise the test says nothing of them.
    EXPECT_GT(asked[How::touched], 3);
    EXPECT_GT(asked[How::nothing], 3);
    EXPECT_GT(asked[How::whole], 3);
  }
}

class KeptSets : public ::testing::Test {
 protected:
  /// A refresh of two segments of a shop, and their sets made.
  void begin(engine::Engine& engine) {
    engine_ = &engine;
    store_ = store::open_sqlite(":memory:").value();
    ASSERT_TRUE(testing::fill(engine, testing::random_shop(3, kToday, kZone)).ok());
    ASSERT_TRUE(engine.truncate_table("segment_moves").ok());
    put("a", "orders >= 2");
    put("b", "orders >= 1");
    refresh_all();
    ASSERT_TRUE(kept("in_segment('a')").has_value());
  }
  void put(const char* name, const char* rule) {
    ASSERT_TRUE(save(*store_, {.name = name, .rule = rule, .now = 1}).ok());
  }
  void refresh_all() {
    ASSERT_TRUE(refresh(*engine_, *store_, {.as_of = as_of_day(kToday, kZone)}, std::nullopt).ok());
  }
  std::optional<std::int64_t> kept(const char* text, Date day = kToday) {
    const Library known = library(*store_).value();
    const Rule rule = read(text).rule.value();
    const Question question{.rule = rule, .as_of = as_of_day(day, kZone), .library = known};
    const auto groups = kept_together(*engine_, *store_, question, {&rule}).value();
    return groups ? std::optional(customers_with(*groups, 1)) : std::nullopt;
  }

  static constexpr Date kToday{20'250};
  engine::Engine* engine_ = nullptr;
  std::unique_ptr<store::Store> store_;
};

TEST_F(KeptSets, AreNotAskedWhereTheyWouldSaySomethingElse) {
  for (const auto& [name, engine] : engines()) {
    SCOPED_TRACE(name);
    begin(*engine);
    const auto many = kept("in_segment('b') and not in_segment('a')");
    EXPECT_EQ(kept("in_segment('b')"), *many + *kept("in_segment('a')"));
    EXPECT_FALSE(kept("orders >= 1").has_value()) << "a condition reads the data";
    put("tags", "tagged('a')");
    put("beyond", "in_segment('tags') or in_segment('b')");
    refresh_all();
    EXPECT_FALSE(kept("in_segment('tags')").has_value()) << "tags are given without a load";
    EXPECT_FALSE(kept("in_segment('beyond')").has_value());
    EXPECT_FALSE(kept("in_segment('a')", Date{kToday.days + 1}).has_value());
    put("a", "orders >= 3");
    EXPECT_FALSE(kept("in_segment('a')").has_value()) << "another rule now";
    EXPECT_TRUE(kept("in_segment('b')").has_value());
    refresh_all();
    const auto fewer = kept("in_segment('a')");
    ASSERT_TRUE(fewer.has_value());
    // Bytes that are none are made anew of the moves.
    ASSERT_TRUE(store_->run("UPDATE segment_sets SET members = 'x'").ok());
    EXPECT_EQ(kept("in_segment('a')"), fewer);
    ASSERT_TRUE(remove(*store_, "a", false, 2).ok());
    EXPECT_FALSE(kept("in_segment('a')").has_value());
    EXPECT_EQ(store_->run("SELECT name FROM segment_sets").value().rows(), 1U);
  }
}

}  // namespace
}  // namespace huitou::segments
