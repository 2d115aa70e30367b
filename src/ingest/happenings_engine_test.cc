// Files of what customers did, asked and answered, on every engine.

#include <gtest/gtest.h>

#include "engine/testing.h"
#include "ingest/ingest.h"
#include "ingest/test_files.h"
#include "schema/schema.h"

namespace huitou::ingest {
namespace {

using engine::testing::NamedEngine;
using Lines = std::vector<std::string>;

const std::vector<NamedEngine>& all_engines() {
  static const std::vector<NamedEngine> engines = engine::testing::engines();
  return engines;
}

class HappeningsTest : public testing::TestWithParam<std::size_t> {
 protected:
  void SetUp() override {
    ASSERT_TRUE(schema::ensure(engine()).ok());
    for (const char* table : {"customers", "identities", "events", "tickets", "surveys"}) {
      ASSERT_TRUE(engine().truncate_table(table).ok());
    }
    auto opened = store::open_sqlite(":memory:");
    ASSERT_TRUE(opened.ok());
    store_ = std::move(*opened);
  }

  engine::Engine& engine() { return *all_engines().at(GetParam()).engine; }

  Loaded load_text(const std::string& name, const std::string& text) {
    const LoadOptions options{.paths = {directory_.write(name, text)},
                              .mapping_dir = directory_.path("mappings"),
                              .source = "shop",
                              .today = *parse_date("2026-01-01"),
                              .now = 5};
    auto loaded = load(engine(), *store_, options);
    EXPECT_TRUE(loaded.ok()) << (loaded.ok() ? "" : describe(loaded.error()));
    return loaded.ok() ? loaded->front() : Loaded{};
  }
  Lines rows(const std::string& query) {
    const auto frame = engine().query({.text = query});
    EXPECT_TRUE(frame.ok()) << (frame.ok() ? "" : describe(frame.error()));
    return frame.ok() ? engine::testing::lines(*frame) : Lines();
  }

  testing_files::Directory directory_;
  std::unique_ptr<store::Store> store_;
};

constexpr const char* kEvents =
    "event_key,customer_key,name,occurred_at,product_key,category,channel\n"
    "e1,王,product_viewed,2025-01-31 23:30:00,P1,咖啡,小程序\n"
    "e2,,product_viewed,2025-02-01 00:30:00,P1,咖啡,小程序\n"
    "e2,,product_viewed,2025-02-01 00:30:00,P1,咖啡,小程序\n"
    "e3,李,order_completed,never,P1,咖啡,小程序\n"
    ",李,order_completed,2025-02-01 00:30:00,P1,咖啡,小程序\n";

TEST_P(HappeningsTest, EventsAreAddedOnce) {
  const Loaded first = load_text("events.csv", kEvents);
  EXPECT_EQ(first.table, "events");
  EXPECT_EQ(first.rows_read, 5U);
  EXPECT_EQ(first.rows_loaded, 2U);
  EXPECT_EQ(first.new_customers, 1U);
  load_text("more.csv", std::string(kEvents) + "e4,王,paid,2025-03-01 10:00:00,,,\n");
  EXPECT_EQ(rows("SELECT message_id, toUInt64(customer_id) AS customer, user_id, kind, name, "
                 "toString(occurred_at) AS at, toString(occurred_on) AS day, product_key, source "
                 "FROM events ORDER BY message_id"),
            (Lines{"e1\t1\t王\ttrack\tproduct_viewed\t2025-01-31 15:30:00\t2025-01-31\tP1\tshop",
                   "e2\t0\t\ttrack\tproduct_viewed\t2025-01-31 16:30:00\t2025-02-01\tP1\tshop",
                   "e4\t1\t王\ttrack\tpaid\t2025-03-01 02:00:00\t2025-03-01\t\tshop"}));
  EXPECT_EQ(rows("SELECT customer_key FROM customers"), (Lines{"王"}));
  EXPECT_EQ(rows("SELECT toInt64(message_hash) AS hash FROM events WHERE message_id = 'e1'"),
            (Lines{std::to_string(schema::event_hash("shop", "e1"))}));
}

TEST_P(HappeningsTest, ATicketThatIsClosedLaterReplacesTheOpenOne) {
  const std::string head =
      "ticket_key,customer_key,opened_at,first_reply_minutes,closed_at,reason,is_complaint,"
      "satisfaction\n";
  load_text("t1.csv", head +
                          "T1,王,2025-01-05 10:00:00,,,投诉,是,\n"
                          "T2,李,2025-01-06 10:00:00,12,2025-01-06 11:00:00,咨询,否,5\n");
  load_text("t2.csv", head + "T1,王,2025-01-05 10:00:00,30,2025-01-07 09:00:00,投诉,是,2\n");
  EXPECT_EQ(
      rows("SELECT ticket_key, toUInt64(customer_id) AS customer, toString(opened_on) AS day, "
           "first_reply_minutes, reason, is_complaint, satisfaction FROM tickets ORDER BY "
           "ticket_key"),
      (Lines{"T1\t1\t2025-01-05\t30\t投诉\t1\t2", "T2\t2\t2025-01-06\t12\t咨询\t0\t5"}));
  EXPECT_EQ(rows("SELECT toUInt64(countIf(isNull(closed_at))) AS open FROM tickets"), (Lines{"0"}));
}

TEST_P(HappeningsTest, AnswersWithoutAScoreHaveNone) {
  load_text("s.csv",
            "survey_key,customer_key,kind,score,answered_on,comment\n"
            "N1,王,nps,9,2025-01-05,\nN2,李,text,,2025-01-06,很好\n");
  EXPECT_EQ(
      rows("SELECT survey_key, kind, score, comment, toString(answered_on) AS day FROM surveys "
           "ORDER BY survey_key"),
      (Lines{"N1\tnps\t9\t\t2025-01-05", "N2\ttext\t\\N\t很好\t2025-01-06"}));
}

INSTANTIATE_TEST_SUITE_P(Engines, HappeningsTest,
                         testing::Range(std::size_t{0}, all_engines().size()),
                         [](const auto& chosen) { return all_engines()[chosen.param].name; });

}  // namespace
}  // namespace huitou::ingest
