// Tables and answers as files.

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "commands/commands.h"
#include "commands/export.h"

namespace huitou::commands {
namespace {

namespace fs = std::filesystem;

class ExportTest : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    home_ = testing::TempDir() + "huitou_export_" + std::to_string(getpid());
    auto opened = open_shop(home_);
    ASSERT_TRUE(opened.ok()) << describe(opened.error());
    shop_ = std::move(*opened);
    std::ofstream(home_ + "/orders.csv")
        << "order_key,customer_key,ordered_at,paid,refund,status,channel\n"
           "A2,=anna,2025-03-05 08:00:00,12.50,0,paid,天猫\n"
           "A1,ben,2025-01-05 08:00:00,7.00,2.00,paid,-\n"
           "A3,,2025-03-01 08:00:00,0.05,0,cancelled,\n"
           "A4,anna,never,1.00,0,paid,\n";
    const auto loaded = run("load", {{"files", {home_ + "/orders.csv"}}});
    ASSERT_TRUE(loaded.ok()) << describe(loaded.error());
  }
  static void TearDownTestSuite() {
    shop_.reset();
    fs::remove_all(home_);
  }
  static Result<Answer> run(std::string_view command, RawArgs args) {
    return commands::run(*shop_, {command, std::move(args), Language::en}, Progress());
  }
  static std::string text_of(const std::string& path) {
    std::stringstream text;
    text << std::ifstream(path, std::ios::binary).rdbuf();
    return text.str();
  }

  static std::string home_;
  static std::unique_ptr<Shop> shop_;
};
std::string ExportTest::home_;
std::unique_ptr<Shop> ExportTest::shop_;

TEST_F(ExportTest, OrdersOfAllMonthsInOrder) {
  const std::string path = home_ + "/out.csv";
  const auto answer = run("export", {{"table", {"orders"}}, {"to", {path}}});
  ASSERT_TRUE(answer.ok()) << describe(answer.error());
  EXPECT_EQ(answer->frame.integer("rows", 0), 3);
  EXPECT_EQ(answer->frame.integer("bytes", 0), static_cast<std::int64_t>(fs::file_size(path)));
  EXPECT_EQ(
      text_of(path),
      "\xef\xbb\xbforder_key,customer_id,ordered_at,ordered_on,order_status,gross_minor,"
      "discount_minor,refund_minor,net_minor,cost_minor,units,channel,store_key,region,"
      "campaign,source\r\n"
      "A1,2,2025-01-05 00:00:00,2025-01-05,paid,7.00,0.00,2.00,5.00,,,'-,,,,orders.csv\r\n"
      "A3,0,2025-03-01 00:00:00,2025-03-01,cancelled,0.05,0.00,0.00,0.05,,,,,,,orders.csv\r\n"
      "A2,1,2025-03-05 00:00:00,2025-03-05,paid,12.50,0.00,0.00,12.50,,,天猫,,,,orders.csv\r\n");
  EXPECT_EQ(run("export", {{"table", {"orders"}}, {"to", {path}}}).error().code, Code::conflict);
}

TEST_F(ExportTest, EveryTableInBothKinds) {
  for (const ExportTable& table : export_tables()) {
    for (const char* end : {".csv", ".xlsx"}) {
      const std::string path = home_ + "/" + std::string(table.name) + "_all" + end;
      const auto answer = run("export", {{"table", {std::string(table.name)}}, {"to", {path}}});
      ASSERT_TRUE(answer.ok()) << path << describe(answer.error());
      EXPECT_GT(fs::file_size(path), 20U);
    }
  }
  const std::string customers = text_of(home_ + "/customers_all.csv");
  EXPECT_NE(customers.find("\r\n1,'=anna,"), std::string::npos) << customers;
  EXPECT_NE(text_of(home_ + "/findings_all.csv").find("unreadable_date"), std::string::npos);
}

TEST_F(ExportTest, WhatHappenedGoesOutByMonth) {
  const auto load = [&](const std::string& name, const std::string& text) {
    std::ofstream(home_ + "/" + name) << text;
    const auto loaded = run("load", {{"files", {home_ + "/" + name}}});
    ASSERT_TRUE(loaded.ok()) << describe(loaded.error());
  };
  const auto written = [&](const std::string& table) {
    const std::string path = home_ + "/" + table + "_happened.csv";
    const auto answer = run("export", {{"table", {table}}, {"to", {path}}});
    EXPECT_TRUE(answer.ok()) << table << describe(answer.error());
    return text_of(path);
  };
  load("events.csv",
       "event_key,customer_key,name,occurred_at,product_key,category,channel\n"
       "e2,ben,page_viewed,2025-02-01 10:00:00,P1,猫粮,小程序\n"
       "e1,ben,=page,2025-01-31 10:00:00,P1,猫粮,小程序\n");
  const std::string events = written("events");
  EXPECT_LT(events.find("\r\ne1,"), events.find("\r\ne2,")) << events;
  EXPECT_NE(events.find(",'=page,2025-01-31 02:00:00,2025-01-31,"), std::string::npos) << events;
  load("tickets.csv",
       "ticket_key,customer_key,opened_at,first_reply_minutes,reason,is_complaint\n"
       "T1,ben,2025-02-01 10:00:00,7,refund,yes\n");
  EXPECT_NE(written("tickets").find("\r\nT1,"), std::string::npos);
  load("surveys.csv",
       "survey_key,customer_key,kind,score,answered_at\n"
       "S1,ben,nps,9,2025-02-01 10:00:00\n");
  EXPECT_NE(text_of(home_ + "/tickets_happened.csv").find(",7,"), std::string::npos);
  EXPECT_NE(written("surveys").find(",nps,9,"), std::string::npos);
}

TEST_F(ExportTest, AnAnswerBecomesAFile) {
  const auto answer = run("quality", {{"part", {"counts"}}});
  ASSERT_TRUE(answer.ok());
  const std::string path = home_ + "/answer.csv";
  ASSERT_TRUE(write_answer(*answer, {path, "Quality"}).ok());
  ASSERT_TRUE(write_answer(*answer, {path, "Quality"}).ok());  // replaces, as a shell would
  EXPECT_NE(text_of(path).find("unreadable_date"), std::string::npos);
  EXPECT_EQ(write_answer(*answer, {home_ + "/answer.pdf", "Quality"}).error().code,
            Code::invalid_input);
}

}  // namespace
}  // namespace huitou::commands
