// The analyses of answers and tickets on every engine: published figures, and a slow second way.

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "analyses/test_engines.h"
#include "math/random.h"
#include "schema/testing.h"

namespace huitou::analyses {
namespace {

constexpr std::int64_t kDaySeconds = 24 * 3600;
using engine::testing::integers;
using engine::testing::texts;

struct TestTicket {
  std::int64_t customer = 0;
  std::int64_t day = 0;
  std::int64_t reply = -1;  ///< minutes; -1 is null, as in all of these
  std::int64_t close = -1;
  std::int64_t score = -1;
  std::int64_t complaint = -1;
  std::string reason;
};

struct TestAnswer {
  std::int64_t customer = 0;
  std::int64_t day = 0;
  std::int64_t score = -1;
  std::string kind = "nps";
  std::string channel;
};

/// Null for -1.
Column nullable(const char* name, const std::vector<std::int64_t>& values,
                ColumnType type = ColumnType::integer) {
  Column column = make_column(name, type);
  for (const std::int64_t value : values) {
    value < 0 ? column.push_null() : column.push_integer(value);
  }
  return column;
}

class HappeningsEngine : public EnginesTest {
 protected:
  static void put(engine::Engine& engine, const std::string& table, std::vector<Column> columns) {
    ASSERT_TRUE(engine.create_table(schema::table(table)).ok());
    ASSERT_TRUE(engine.truncate_table(table).ok());
    schema::testing::put(engine, table, std::move(columns));
  }

  static void put_tickets(engine::Engine& engine, const std::vector<TestTicket>& tickets) {
    std::vector<std::int64_t> customers, days, opened, replies, closed, scores, complaints;
    std::vector<std::string> keys, reasons;
    for (const TestTicket& ticket : tickets) {
      keys.push_back("T" + std::to_string(keys.size()));
      customers.push_back(ticket.customer);
      days.push_back(ticket.day);
      opened.push_back(ticket.day * kDaySeconds);
      replies.push_back(ticket.reply);
      closed.push_back(ticket.close < 0 ? -1 : ticket.day * kDaySeconds + 60 * ticket.close);
      scores.push_back(ticket.score);
      complaints.push_back(ticket.complaint);
      reasons.push_back(ticket.reason);
    }
    put(engine, "tickets",
        {texts("ticket_key", keys), integers("customer_id", customers),
         integers("opened_at", opened, ColumnType::time),
         integers("opened_on", days, ColumnType::date), nullable("first_reply_minutes", replies),
         nullable("closed_at", closed, ColumnType::time), texts("reason", reasons),
         nullable("is_complaint", complaints), nullable("satisfaction", scores)});
  }

  static void put_answers(engine::Engine& engine, const std::vector<TestAnswer>& answers) {
    std::vector<std::int64_t> customers, days, at, scores;
    std::vector<std::string> keys, kinds, channels;
    for (const TestAnswer& answer : answers) {
      keys.push_back("Q" + std::to_string(keys.size()));
      customers.push_back(answer.customer);
      days.push_back(answer.day);
      at.push_back(answer.day * kDaySeconds + static_cast<std::int64_t>(keys.size() % 1000));
      scores.push_back(answer.score);
      kinds.push_back(answer.kind);
      channels.push_back(answer.channel);
    }
    put(engine, "surveys",
        {texts("survey_key", keys), integers("customer_id", customers), texts("kind", kinds),
         nullable("score", scores), integers("answered_at", at, ColumnType::time),
         integers("answered_on", days, ColumnType::date), texts("channel", channels)});
  }
};

// D22, and what is left out: other kinds, no score, scores off the scale, later answers.
TEST_F(HappeningsEngine, NpsGivesThePublishedFigures) {
  const std::int64_t counts[] = {2, 1, 1, 2, 3, 6, 5, 10, 20, 30, 20};
  std::vector<TestAnswer> answers;
  for (std::int64_t score = 0; score <= 10; ++score) {
    for (std::int64_t i = 0; i < counts[score]; ++i) {
      answers.push_back({0, 20010, score, i % 2 == 0 ? "nps" : "NPS", "app"});
    }
  }
  answers.push_back({1, 20010, 1, "csat", "app"});
  answers.push_back({1, 20010, -1, "nps", "app"});
  answers.push_back({1, 20010, 11, "nps", "app"});
  answers.push_back({1, 20101, 0, "nps", "app"});
  for (auto& engine : engines()) {
    SCOPED_TRACE(engine.name);
    ASSERT_TRUE(put_orders(*engine.engine, {{1, Date{20100}, 100, 3, 0, {}, "app"}}).ok());
    put_answers(*engine.engine, answers);
    const Answer found = ask(*engine.engine, "nps", {{"as_of", {format_date(Date{20101})}}});
    ASSERT_EQ(found.frame.rows(), 1U);
    EXPECT_DOUBLE_EQ(*found.frame.real("nps", 0), 30.0);
    EXPECT_NEAR(*found.frame.real("nps_error", 0), 7.81, 0.005);
    EXPECT_EQ(found.frame.integer("answers", 0), 100);
    EXPECT_EQ(found.notes.back().code, "off_scale");
    const Answer by_month = ask(*engine.engine, "nps",
                                {{"by", {"month"}}, {"as_of", {format_date(Date{20102})}}});
    const auto told = [](const Answer& answer) {
      return std::count_if(answer.notes.begin(), answer.notes.end(),
                           [](const Note& note) { return note.code == "lone_answer"; });
    };
    EXPECT_EQ(told(found), 0);
    EXPECT_EQ(told(by_month), 1);
    // Customer 1, the only known one, answered 11 at last.
    EXPECT_EQ(refuse(*engine.engine, "nps",
                     {{"count", {"latest"}}, {"as_of", {format_date(Date{20101})}}})
                  .code,
              Code::not_enough_data);
    EXPECT_EQ(refuse(*engine.engine, "nps", {{"filter", {"channel=app"}}}).code,
              Code::invalid_input);
    EXPECT_EQ(
        refuse(*engine.engine, "nps", {{"to", {"2024-01-01"}}, {"from", {"2023-01-01"}}}).code,
        Code::not_enough_data);
  }
}

TEST_F(HappeningsEngine, NpsAgreesWithASlowSecondWay) {
  Rng rng(5);
  std::vector<TestAnswer> answers;
  for (int i = 0; i < 300; ++i) {
    answers.push_back({rng.below(40), 20000 + rng.below(90), rng.below(11), "nps",
                       rng.below(2) == 0 ? "app" : "shop"});
  }
  std::map<std::string, std::int64_t> each;
  std::map<std::int64_t, TestAnswer> last;
  for (const TestAnswer& answer : answers) {
    each[answer.channel] += answer.score >= 9 ? 1 : answer.score <= 6 ? -1 : 0;
    // Of one day, the key decides by its second: the later row of the list.
    if (answer.customer != 0 &&
        (last.count(answer.customer) == 0 || last[answer.customer].day <= answer.day)) {
      last[answer.customer] = answer;
    }
  }
  std::int64_t net = 0;
  for (const auto& [customer, answer] : last) {
    net += answer.score >= 9 ? 1 : answer.score <= 6 ? -1 : 0;
  }
  for (auto& engine : engines()) {
    SCOPED_TRACE(engine.name);
    ASSERT_TRUE(put_orders(*engine.engine, {{1, Date{20100}, 100}}).ok());
    put_answers(*engine.engine, answers);
    const Frame by = ask(*engine.engine, "nps", {{"by", {"channel"}}}).frame;
    ASSERT_EQ(by.rows(), 2U);
    for (std::size_t row = 0; row < 2; ++row) {
      EXPECT_EQ(*by.integer("promoters", row) - *by.integer("detractors", row),
                each[*by.text("part", row)]);
    }
    const Frame latest = ask(*engine.engine, "nps", {{"count", {"latest"}}}).frame;
    EXPECT_EQ(latest.integer("answers", 0), static_cast<std::int64_t>(last.size()));
    EXPECT_EQ(*latest.integer("promoters", 0) - *latest.integer("detractors", 0), net);
    const Frame months = ask(*engine.engine, "nps", {{"by", {"month"}}}).frame;
    EXPECT_EQ(months.text("part", 0), format_date(Date{20000}).substr(0, 7));
  }
}

TEST_F(HappeningsEngine, ServiceCountsWhatIsKnown) {
  const std::vector<TestTicket> tickets{{1, 20000, 10, 100, 5, 0, "late"},
                                        {1, 20001, 20, -1, 3, 1, "late"},
                                        {2, 20002, -1, -1, -1, -1, ""},
                                        {0, 20003, 60, 40, 4, 0, "size"},
                                        {0, 20100, 2000, 3000, 9, 0, "size"}};
  for (auto& engine : engines()) {
    SCOPED_TRACE(engine.name);
    ASSERT_TRUE(put_orders(*engine.engine, {{1, Date{20100}, 100}}).ok());
    put_tickets(*engine.engine, tickets);
    const Frame all = ask(*engine.engine, "service", {{"as_of", {format_date(Date{20101})}}}).frame;
    ASSERT_EQ(all.rows(), 1U);
    EXPECT_EQ(all.integer("tickets", 0), 5);
    EXPECT_DOUBLE_EQ(*all.real("csat", 0), 2.0 / 3);  // a 9 is no answer from 1 to 5
    EXPECT_EQ(all.integer("answers", 0), 3);
    EXPECT_DOUBLE_EQ(*all.real("answered_share", 0), 0.6);
    EXPECT_DOUBLE_EQ(*all.real("reply_minutes_p50", 0), 20);  // the last reply came after as_of
    EXPECT_DOUBLE_EQ(*all.real("reply_minutes_p90", 0), 52);
    EXPECT_DOUBLE_EQ(*all.real("replied_share", 0), 0.6);
    EXPECT_DOUBLE_EQ(*all.real("close_minutes_p50", 0), 70);
    EXPECT_DOUBLE_EQ(*all.real("closed_share", 0), 0.4);
    EXPECT_DOUBLE_EQ(*all.real("complaint_share", 0), 0.25);
    const Frame by = ask(*engine.engine, "service", {{"by", {"reason"}}}).frame;
    ASSERT_EQ(by.rows(), 3U);
    EXPECT_EQ(by.text("part", 0), "(none)");
    EXPECT_FALSE(by.real("csat", 0));
    EXPECT_FALSE(by.real("reply_minutes_p50", 0));
    EXPECT_FALSE(by.real("complaint_share", 0));
    EXPECT_EQ(by.text("part", 1), "late");
    EXPECT_DOUBLE_EQ(*by.real("complaint_share", 1), 0.5);
    EXPECT_EQ(refuse(*engine.engine, "service", {{"by", {"moon"}}}).code, Code::invalid_input);
  }
}

// D23: 280 of 1000 with a contact within 7 days came back, 1720 of 9000 others.
TEST_F(HappeningsEngine, AfterContactGivesThePublishedCase) {
  TestOrders orders;
  std::vector<TestTicket> tickets;
  for (std::uint64_t id = 1; id <= 10000; ++id) {
    const bool contact = id <= 1000;
    orders.push_back({id, Date{20000}, 100});
    if (id <= 280 || (id > 1000 && id <= 2720)) {
      orders.push_back({id, Date{20008 + static_cast<int>(id % 90)}, 100});
    }
    if (contact) {
      tickets.push_back({static_cast<std::int64_t>(id), 20000 + static_cast<std::int64_t>(id % 8),
                         1, 1, -1, 0, ""});
    }
  }
  orders.push_back({0, Date{20200}, 100});
  for (auto& engine : engines()) {
    SCOPED_TRACE(engine.name);
    ASSERT_TRUE(put_orders(*engine.engine, orders).ok());
    put_tickets(*engine.engine, tickets);
    const Values values{{"to", {format_date(Date{20098})}}};
    const Frame found = ask(*engine.engine, "repurchase_after_contact", values).frame;
    ASSERT_EQ(found.rows(), 2U);
    EXPECT_EQ(found.integer("purchases", 0), 1000);
    EXPECT_EQ(found.integer("returned", 0), 280);
    EXPECT_EQ(found.integer("purchases", 1), 9000);
    EXPECT_EQ(found.integer("returned", 1), 1720);
    EXPECT_NEAR(*found.real("rate", 1), 0.1911, 5e-5);
    EXPECT_NEAR(*found.real("lift_all", 0), 0.400, 5e-4);
    EXPECT_NEAR(*found.real("lift_rest", 0), 0.465, 5e-4);
    EXPECT_NEAR(*found.real("difference", 0), 0.089, 2e-4);
    EXPECT_EQ(refuse(*engine.engine, "repurchase_after_contact", {{"of", {"complaints"}}}).code,
              Code::not_enough_data);  // all tickets are said to be none
    EXPECT_EQ(refuse(*engine.engine, "repurchase_after_contact", {{"days", {"400"}}}).code,
              Code::not_enough_data);
  }
}

struct Counts {
  std::int64_t purchases = 0;
  std::int64_t returned = 0;
};

TEST_F(HappeningsEngine, AfterContactAgreesWithASlowSecondWay) {
  Rng rng(9);
  const TestOrders orders = random_orders(44);
  std::vector<TestTicket> tickets;
  std::map<std::int64_t, std::set<std::int64_t>> contacts;
  for (int i = 0; i < 3000; ++i) {
    tickets.push_back({rng.below(60), 19900 + rng.below(400), 1, 1, -1, rng.below(2), ""});
    if (tickets.back().complaint == 1) {
      contacts[tickets.back().customer].insert(tickets.back().day);
    }
  }
  const Date as_of{20250};
  constexpr std::int64_t kWindow = 5;
  constexpr std::int64_t kDays = 30;
  std::map<std::int64_t, std::set<std::int64_t>> days;
  std::int64_t first = as_of.days;
  for (const TestOrder& order : orders) {
    const bool counts = (order.status == 2 || order.status == 3) && order.ordered_on < as_of;
    if (counts) first = std::min<std::int64_t>(first, order.ordered_on.days);
    if (counts && order.customer_id != 0) {
      days[static_cast<std::int64_t>(order.customer_id)].insert(order.ordered_on.days);
    }
  }
  Counts with;
  Counts without;
  for (const auto& [customer, theirs] : days) {
    for (auto day = theirs.begin(); day != theirs.end(); ++day) {
      const auto next = std::next(day);
      const std::int64_t after = next == theirs.end() ? 1000000 : *next;
      if (after <= *day + kWindow || *day + kWindow + kDays >= as_of.days) continue;
      bool contact = false;
      for (const std::int64_t at : contacts[customer]) {
        contact = contact || (at >= *day && at <= *day + kWindow);
      }
      Counts& side = contact ? with : without;
      ++side.purchases;
      side.returned += after <= *day + kWindow + kDays ? 1 : 0;
    }
  }
  ASSERT_GT(with.purchases, 5);
  for (auto& engine : engines()) {
    SCOPED_TRACE(engine.name);
    ASSERT_TRUE(put_orders(*engine.engine, orders).ok());
    put_tickets(*engine.engine, tickets);
    const Frame found = ask(*engine.engine, "repurchase_after_contact",
                            {{"of", {"complaints"}},
                             {"window", {std::to_string(kWindow)}},
                             {"days", {std::to_string(kDays)}},
                             {"as_of", {format_date(as_of)}}})
                            .frame;
    EXPECT_EQ(found.integer("purchases", 0), with.purchases);
    EXPECT_EQ(found.integer("returned", 0), with.returned);
    EXPECT_EQ(found.integer("purchases", 1), without.purchases);
    EXPECT_EQ(found.integer("returned", 1), without.returned);
  }
}

/// Accounts 2 and 5 are person 1's; a killed run joined 3 to 1, which does not count.
void put_links(engine::Engine& engine) {
  ASSERT_TRUE(engine.truncate_table("customer_links").ok());
  schema::testing::put(engine, "customer_links",
                       {integers("account_id", {2, 5, 3}), integers("run_id", {1, 1, 2}),
                        integers("customer_id", {1, 1, 1}), integers("with_account", {1, 1, 1}),
                        texts("kind", {"phone", "phone", "phone"}), texts("key", {"a", "a", "b"})});
}

Answer ask_joined(engine::Engine& engine, std::string_view name, const Values& values) {
  const auto analysis = find(name);
  const auto found = answer(
      **analysis,
      {.engine = engine, .values = values, .today = kToday, .currency = "CNY", .void_runs = {2}});
  EXPECT_TRUE(found.ok()) << describe(found.error());
  return found.ok() ? *found : Answer{};
}

TEST_F(HappeningsEngine, AnswersOfJoinedAccountsAreOnePersons) {
  for (auto& engine : engines()) {
    SCOPED_TRACE(engine.name);
    ASSERT_TRUE(put_orders(*engine.engine, {{1, Date{20100}, 100}}).ok());
    put_answers(*engine.engine, {{1, 20010, 0}, {2, 20012, 10}, {5, 20011, 0}, {3, 20010, 10}});
    put_links(*engine.engine);
    const Values latest{{"count", {"latest"}}, {"as_of", {format_date(Date{20101})}}};
    const Answer found = ask_joined(*engine.engine, "nps", latest);
    ASSERT_EQ(found.frame.rows(), 1U);
    EXPECT_EQ(found.frame.integer("answers", 0), 2);
    EXPECT_DOUBLE_EQ(*found.frame.real("nps", 0), 100);  // 10 of person 1 at last, 10 of 3
    ASSERT_TRUE(engine.engine->truncate_table("customer_links").ok());
    EXPECT_EQ(ask_joined(*engine.engine, "nps", latest).frame.integer("answers", 0), 4);
  }
}

TEST_F(HappeningsEngine, AContactUnderAJoinedAccountIsItsPersons) {
  TestOrders orders;
  for (std::uint64_t customer = 1; customer <= 400; ++customer) {
    const std::uint64_t person = customer == 2 || customer == 5 ? 1 : customer;
    orders.push_back({person, Date{20000 + static_cast<std::int32_t>(customer % 7)}, 100});
  }
  orders.push_back({9, Date{20400}, 100});
  for (auto& engine : engines()) {
    SCOPED_TRACE(engine.name);
    ASSERT_TRUE(put_orders(*engine.engine, orders).ok());
    // Two contacts after the last purchase day of person 1.
    put_tickets(*engine.engine, {{.customer = 2, .day = 20010}, {.customer = 5, .day = 20011}});
    put_links(*engine.engine);
    const Values values{{"of", {"tickets"}}, {"window", {"14"}}, {"days", {"30"}}};
    const Answer found = ask_joined(*engine.engine, "repurchase_after_contact", values);
    EXPECT_EQ(found.frame.integer("purchases", 0), 1);  // the last of person 1's three days
    EXPECT_EQ(found.frame.integer("returned", 0), 0);
    ASSERT_TRUE(engine.engine->truncate_table("customer_links").ok());
    EXPECT_EQ(refuse(*engine.engine, "repurchase_after_contact", values).code,
              Code::not_enough_data);
  }
}

}  // namespace
}  // namespace huitou::analyses
