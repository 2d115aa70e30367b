// One customer on every engine: figures against a slow second way, the line of time, and what a
// person without orders, a joined one and a missing one give.

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "analyses/analyses.h"
#include "customer/customer.h"
#include "engine/testing.h"
#include "math/random.h"
#include "schema/testing.h"

namespace huitou::customer {
namespace {

using engine::testing::NamedEngine;
using Lines = std::vector<std::string>;
constexpr std::int64_t kDaySeconds = 24 * 3600;
constexpr Date kAsOf{20250};

const std::vector<NamedEngine>& all_engines() {
  static const std::vector<NamedEngine> engines = engine::testing::engines();
  return engines;
}

struct Order {
  std::int64_t customer = 0;
  std::int64_t day = 0;
  std::int64_t amount = 0;
  std::int64_t status = 3;
  std::int64_t refund = 0;
};

class CustomerTest : public testing::TestWithParam<std::size_t> {
 protected:
  void SetUp() override {
    schema::testing::clear(engine());
    auto opened = store::open_sqlite(":memory:");
    ASSERT_TRUE(opened.ok());
    store_ = std::move(opened).value();
  }

  engine::Engine& engine() { return *all_engines().at(GetParam()).engine; }

  /// Columns that are not given are 0 or empty.
  void put(const std::string& table, std::vector<Column> columns) {
    schema::testing::put(engine(), table, std::move(columns));
  }

  static Column whole(const char* name, std::vector<std::int64_t> values) {
    return engine::testing::integers(name, std::move(values));
  }
  static Column dates(const char* name, std::vector<std::int64_t> values) {
    return engine::testing::integers(name, std::move(values), ColumnType::date);
  }
  static Column times(const char* name, std::vector<std::int64_t> values) {
    return engine::testing::integers(name, std::move(values), ColumnType::time);
  }
  static Column words(const char* name, const Lines& values) {
    return engine::testing::texts(name, values);
  }

  void put_orders(const std::vector<Order>& orders, const std::string& table = "orders",
                  const std::string& prefix = "o") {
    std::map<std::string, std::vector<std::int64_t>> of;
    Lines keys, channels, stores;
    for (std::size_t i = 0; i < orders.size(); ++i) {
      const Order& order = orders[i];
      keys.push_back(prefix + std::to_string(i));
      channels.push_back(i % 3 == 0 ? "shop" : "web");
      stores.push_back(i % 3 == 0 ? "S1" : "");
      of["customer"].push_back(order.customer);
      of["day"].push_back(order.day);
      of["at"].push_back(order.day * kDaySeconds + 3600);
      of["status"].push_back(order.status);
      of["gross"].push_back(order.amount);
      of["refund"].push_back(order.refund);
      of["net"].push_back(order.amount - order.refund);
      of["lines"].push_back(1);
    }
    put(table,
        {words("order_key", keys), whole("customer_id", of["customer"]),
         times("ordered_at", of["at"]), dates("ordered_on", of["day"]),
         whole("status", of["status"]), whole("gross_minor", of["gross"]),
         whole("refund_minor", of["refund"]), whole("net_minor", of["net"]),
         whole("lines", of["lines"]), words("channel", channels), words("store_key", stores)});
  }

  /// Anna (1, with account 2) and Ben (3), who never ordered.
  void put_people() {
    put("customers",
        {whole("customer_id", {1, 2, 3}), words("customer_key", {"anna", "13912340002", "ben"}),
         words("name", {"王安娜", "", "王本"}), words("region", {"", "华东", ""})});
    put("identities", {whole("customer_id", {1, 1, 2, 2, 3, 3}),
                       words("kind", {"member", "phone", "member", "phone", "member", "email"}),
                       words("key", {"anna", "13912340001", "13912340002", "13912340001", "ben",
                                     "ben@example.com"}),
                       whole("batch", {1, 1, 1, 1, 1, 1})});
    put_orders({{1, 20000, 1000}, {2, 20010, 2000}, {1, 20030, 500, 4}, {1, 20040, 700, 5, 700}});
    auto done = identity::resolve(engine(), *store_, {.now = 5});
    ASSERT_TRUE(done.ok()) << describe(done.error());
  }

  /// What else happened with both of Anna's accounts.
  void put_contacts() {
    const std::int64_t at = 20020 * kDaySeconds;
    put("tickets",
        {words("ticket_key", {"T1"}), whole("customer_id", {2}), times("opened_at", {at}),
         dates("opened_on", {20020}), whole("first_reply_minutes", {12}),
         whole("is_complaint", {1}), whole("satisfaction", {2}), words("reason", {"late"})});
    put("surveys", {words("survey_key", {"Q1", "Q2"}), whole("customer_id", {1, 1}),
                    words("kind", {"nps", "NPS"}), whole("score", {9, 3}),
                    times("answered_at", {at + 7200, at + 7201}),
                    dates("answered_on", {20020, 20020}), words("comment", {"", "慢"})});
    put("events", {words("message_id", {"E1", "E2"}), whole("customer_id", {1, 3}),
                   words("kind", {"page", "track"}), words("name", {"", "Login"}),
                   times("occurred_at", {at + 3600, at}), dates("occurred_on", {20020, 20020}),
                   words("page", {"/cat", ""})});
    put("flagged", {words("rule", {"zero_amounts", "duplicate_orders"}), words("key", {"o0", "o0"}),
                    whole("customer_id", {1, 1}), dates("ordered_on", {20000, 20000})});
    put_orders({{1, 20035, 9000}}, "aside_orders", "a");
    put("stores", {words("store_key", {"S1"}), words("name", {"静安店"})});
  }

  Asking asking() { return {.engine = engine(), .as_of = kAsOf, .until = kAsOf}; }

  identity::Whose whose(std::string_view written) {
    auto found = identity::whose(engine(), *store_, written);
    EXPECT_TRUE(found.ok()) << describe(found.error());
    return found.ok() ? *found : identity::Whose{};
  }
  template <typename T>
  T good(Result<T> result) {
    EXPECT_TRUE(result.ok()) << describe(result.error());
    return result.ok() ? std::move(result).value() : T{};
  }
  static Lines column(const Frame& frame, const char* name) {
    Lines out;
    for (std::size_t row = 0; row < frame.rows(); ++row) {
      out.push_back(frame.text(name, row).value_or("\\N"));
    }
    return out;
  }

  std::unique_ptr<store::Store> store_;
};

TEST_P(CustomerTest, TellsWhoThePersonIsWithAllAccounts) {
  put_people();
  put_contacts();
  const Profile anna = good(profile(asking(), whose("id:2")));
  EXPECT_EQ(anna.customer_key, "anna");
  EXPECT_EQ(anna.name, "王安娜");
  EXPECT_EQ(anna.region, "华东");  // the joined account says it
  EXPECT_EQ(anna.purchases.orders, 2);
  EXPECT_EQ(anna.purchases.amount_minor, 3000);
  EXPECT_EQ(anna.purchases.all_orders, 4);
  EXPECT_EQ(anna.purchases.cancelled_orders, 1);
  EXPECT_EQ(anna.purchases.refunded_orders, 1);
  EXPECT_EQ(anna.purchases.refunded_minor, 700);
  EXPECT_EQ(anna.rhythm.gaps, (std::vector<std::int64_t>{10}));
  EXPECT_EQ(anna.rhythm.silent_days, 240);
  EXPECT_EQ(anna.tickets.number, 1);
  EXPECT_EQ(anna.tickets.marked, 1);
  EXPECT_EQ(anna.surveys.number, 2);
  EXPECT_EQ(anna.last_nps, 3);
  EXPECT_FALSE(anna.last_csat);
  EXPECT_EQ(anna.events.number, 1);
  EXPECT_EQ(anna.events.last_at, 20020 * kDaySeconds + 3600);
  EXPECT_EQ(anna.events.last_counted, Date{20020});
  EXPECT_FALSE(anna.tickets.last_counted) << "a contact with service says nothing of stages";
  EXPECT_EQ(anna.activity, stages::Stage::lost);
}

// Given a day as_of and a day until, nothing of these days should be seen.
TEST_P(CustomerTest, ReadsNothingLater) {
  put_people();
  put_contacts();
  Asking early = asking();
  early.as_of = early.until = Date{20010};
  const Profile anna = good(profile(early, whose("anna")));
  EXPECT_EQ(anna.purchases.orders, 1);
  EXPECT_EQ(anna.tickets.number, 0);
  EXPECT_FALSE(anna.last_nps);
  EXPECT_FALSE(anna.events.last_at);
  EXPECT_EQ(column(good(timeline(early, whose("anna"), {})).frame, "key"), Lines{"o0"});
  early.as_of = early.until = Date{20011};
  EXPECT_EQ(good(profile(early, whose("anna"))).purchases.orders, 2);
}

TEST_P(CustomerTest, APersonWithoutOrdersHasNothingNotZero) {
  put_people();
  const Profile ben = good(profile(asking(), whose("ben")));
  EXPECT_EQ(ben.purchases.orders, 0);
  EXPECT_FALSE(ben.stage);
  EXPECT_FALSE(ben.activity);
  EXPECT_FALSE(ben.rhythm.silent_days);
  EXPECT_EQ(good(timeline(asking(), whose("ben"), {})).frame.rows(), 0U);
  EXPECT_EQ(good(favourites(asking(), whose("ben"))).rows(), 0U);
  EXPECT_EQ(good(gaps(asking(), whose("ben"))).rows(), 0U);
  EXPECT_EQ(good(lines(asking(), whose("ben"), "", 10)).rows(), 0U);
}

TEST_P(CustomerTest, PutsEverythingOnOneLine) {
  put_people();
  put_contacts();
  const Timeline all = good(timeline(asking(), whose("anna"), {}));
  EXPECT_FALSE(all.is_more);
  EXPECT_EQ(column(all.frame, "kind"), (Lines{"order", "aside", "order", "survey", "survey",
                                              "event", "complaint", "order", "order"}));
  EXPECT_EQ(column(all.frame, "key"),
            (Lines{"o3", "a0", "o2", "Q2", "Q1", "E1", "T1", "o1", "o0"}));
  EXPECT_EQ(column(all.frame, "name"),
            (Lines{"5", "3", "4", "NPS", "nps", "page", "late", "3", "3"}));
  EXPECT_EQ(all.frame.text("rules", 8), "duplicate_orders zero_amounts");
  EXPECT_FALSE(all.frame.text("rules", 7));
  EXPECT_EQ(all.frame.text("store", 8), "静安店");
  EXPECT_EQ(all.frame.integer("refund_minor", 0), 700);
  EXPECT_EQ(all.frame.integer("score", 3), 3);
  EXPECT_FALSE(all.frame.integer("score", 5));
  EXPECT_EQ(all.frame.integer("minutes", 6), 12);
  EXPECT_EQ(all.frame.text("detail", 5), "/cat");
}

// Whatever the length of a page, the pages one after the other should be the whole line.
TEST_P(CustomerTest, PagesLoseNothing) {
  put_people();
  std::vector<Order> orders;
  for (std::int64_t i = 0; i < 23; ++i) orders.push_back({3, 20100 + i / 3, 100});
  put_orders(orders, "orders", "p");
  const Lines whole_line = column(good(timeline(asking(), whose("ben"), {})).frame, "key");
  ASSERT_EQ(whole_line.size(), 23U);
  for (const std::uint64_t rows : {3U, 4U, 5U, 7U, 22U, 23U}) {
    Lines pages;
    Page page{.rows = rows};
    for (bool more = true; more;) {
      const Timeline part = good(timeline(asking(), whose("ben"), page));
      const Lines keys = column(part.frame, "key");
      ASSERT_FALSE(keys.empty());
      ASSERT_LE(keys.size(), rows);
      pages.insert(pages.end(), keys.begin(), keys.end());
      page.before = part.frame.at("at").integers().back();
      more = part.is_more;
    }
    EXPECT_EQ(pages, whole_line) << rows;
  }
}

TEST_P(CustomerTest, NamesFavouritesAndLines) {
  put_people();
  put_contacts();
  put("order_lines",
      {words("order_key", {"o0", "o0", "o1", "o2"}), whole("line_number", {1, 2, 1, 1}),
       whole("customer_id", {1, 1, 1, 1}), dates("ordered_on", {20000, 20000, 20010, 20030}),
       whole("status", {3, 3, 3, 4}), words("product_key", {"P1", "P2", "P2", "P1"}),
       words("category", {"cat", "cat", "cat", "dog"}),
       whole("quantity_milli", {1000, 2000, 500, 1000}),
       whole("net_minor", {400, 600, 2000, 500})});
  put("products", {words("product_key", {"P1", "P2"}), words("name", {"猫粮", ""})});
  const Frame best = good(favourites(asking(), whose("anna")));
  EXPECT_EQ(column(best, "kind"),
            (Lines{"product", "product", "category", "store", "channel", "channel"}));
  EXPECT_EQ(column(best, "key"), (Lines{"P2", "P1", "cat", "S1", "web", "shop"}));
  EXPECT_EQ(column(best, "name"), (Lines{"\\N", "猫粮", "\\N", "静安店", "\\N", "\\N"}));
  EXPECT_EQ(best.real("share", 0), 1.0);
  EXPECT_EQ(best.real("share", 1), 0.5);
  EXPECT_EQ(best.integer("amount_minor", 0), 2600);
  EXPECT_EQ(best.integer("last_on", 1), 20000);
  const Frame bought = good(lines(asking(), whose("anna"), "", 3));
  EXPECT_EQ(column(bought, "order_key"), (Lines{"o2", "o1", "o0"}));
  EXPECT_EQ(column(bought, "product"), (Lines{"猫粮", "\\N", "猫粮"}));
  EXPECT_EQ(good(lines(asking(), whose("anna"), "o0", 10)).rows(), 2U);
}

TEST_P(CustomerTest, MasksKeysUnlessAsked) {
  put_people();
  EXPECT_EQ(column(good(keys(asking(), whose("anna"))), "key"),
            (Lines{"anna", "139****0001", "139****0002", "139****0001"}));
  Asking open = asking();
  open.reveal = true;
  EXPECT_EQ(column(good(keys(open, whose("anna"))), "key"),
            (Lines{"anna", "13912340001", "13912340002", "13912340001"}));
  const Frame found = good(keys(asking(), whose("anna")));
  EXPECT_EQ(found.text("by_kind", 2), "phone");
  EXPECT_FALSE(found.text("by_kind", 0));
}

TEST_P(CustomerTest, FindsByKeyMemberNumberAndName) {
  put_people();
  const auto ids = [&](const std::string& text, std::uint64_t limit = 50) {
    const Frame found = good(find(asking(), *store_, text, limit));
    Lines out;
    for (std::size_t row = 0; row < found.rows(); ++row) {
      out.push_back(std::to_string(*found.integer("customer_id", row)) + " " +
                    *found.text("found_by", row));
    }
    return out;
  };
  EXPECT_EQ(ids("13912340001"), Lines{"1 key"});
  EXPECT_EQ(ids("be"), Lines{"3 member"});
  EXPECT_EQ(ids("王"), (Lines{"3 name", "1 name"}));
  EXPECT_EQ(ids("王", 1), Lines{"3 name"});
  EXPECT_EQ(ids("安娜"), Lines{"1 name"});
  EXPECT_EQ(ids("%"), Lines{});
  EXPECT_EQ(ids("' OR 1=1"), Lines{});
  const Frame found = good(find(asking(), *store_, "王", 50));
  EXPECT_EQ(found.integer("orders", 0), 0);
  EXPECT_FALSE(found.integer("amount_minor", 0));
  EXPECT_EQ(found.integer("orders", 1), 2);
  EXPECT_EQ(found.integer("last_on", 1), 20010);
}

// For every customer of a random shop: figures as a slow reading of the list has them, and the
// stages of all as the analysis `lifecycle` counts them.
TEST_P(CustomerTest, AgreesWithASlowSecondWayAndWithTheLifecycle) {
  Rng rng(7);
  std::vector<Order> orders;
  std::vector<std::int64_t> ids;
  for (std::int64_t customer = 1; customer <= 40; ++customer) {
    ids.push_back(customer);
    const auto count = rng.below(9);
    for (std::uint64_t i = 0; i < count; ++i) {
      const auto status = static_cast<std::int64_t>(1 + rng.below(5));
      const auto amount = static_cast<std::int64_t>(100 + rng.below(900));
      orders.push_back({customer, 20050 + static_cast<std::int64_t>(rng.below(220)), amount, status,
                        status == 5                 ? amount
                        : status == 3 && i % 2 == 0 ? amount / 4
                                                    : 0});
    }
  }
  put_orders(orders);
  put("customers", {whole("customer_id", ids)});
  std::map<std::string, std::int64_t> stages;
  for (const std::int64_t id : ids) {
    const Profile found = good(profile(asking(), whose("id:" + std::to_string(id))));
    std::set<std::int64_t> days;
    std::int64_t amount = 0;
    std::int64_t counted = 0;
    for (const Order& order : orders) {
      const bool counts = order.status == 2 || order.status == 3;
      if (order.customer != id || order.day >= kAsOf.days || !counts) continue;
      days.insert(order.day);
      amount += order.amount - order.refund;
      ++counted;
    }
    EXPECT_EQ(found.purchases.orders, counted);
    EXPECT_EQ(found.purchases.amount_minor, amount);
    EXPECT_EQ(found.purchases.days.size(), days.size());
    if (!days.empty()) {
      EXPECT_EQ(found.rhythm.silent_days, kAsOf.days - *days.rbegin());
    }
    if (found.stage) ++stages[std::string(stage_words(*found.stage).en)];
  }
  const auto lifecycle =
      analyses::answer(**analyses::find("lifecycle"), {.engine = engine(),
                                                       .values = {{"as_of", {format_date(kAsOf)}}},
                                                       .today = kAsOf,
                                                       .currency = ""});
  ASSERT_TRUE(lifecycle.ok()) << describe(lifecycle.error());
  const Date month = add_steps(step_start(kAsOf, Granularity::month), Granularity::month, -1);
  std::size_t seen = 0;
  for (std::size_t row = 0; row < lifecycle->frame.rows(); ++row) {
    if (lifecycle->frame.text("period", row) != format_date(month).substr(0, 7)) continue;
    const auto number = lifecycle->frame.integer("customers", row);
    ASSERT_TRUE(number);
    EXPECT_EQ(stages[*lifecycle->frame.text("state", row)], std::abs(*number));
    ++seen;
  }
  EXPECT_EQ(seen, 4U);
}

INSTANTIATE_TEST_SUITE_P(Engines, CustomerTest,
                         testing::Range<std::size_t>(0, all_engines().size()),
                         [](const auto& engine) { return all_engines().at(engine.param).name; });

}  // namespace
}  // namespace huitou::customer
