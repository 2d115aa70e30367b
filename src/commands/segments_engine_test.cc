// Segments, tags, consent and lists as a person uses them.

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "commands/commands.h"
#include "commands/due.h"

namespace huitou::commands {
namespace {

namespace fs = std::filesystem;

class SegmentsTest : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    home_ = testing::TempDir() + "huitou_segments_" + std::to_string(getpid());
    auto opened = open_shop(home_);
    ASSERT_TRUE(opened.ok()) << describe(opened.error());
    shop_ = std::move(*opened);
    write("orders.csv",
          "order_key,customer_key,ordered_at,paid,status,phone\n"
          "A1,anna,2025-01-05 08:00:00,70.00,paid,13900000001\n"
          "A2,anna,2025-03-05 08:00:00,12.50,paid,13900000001\n"
          "A3,ben,2025-03-01 08:00:00,8.00,paid,13900000002\n"
          "A4,cleo,2025-02-01 08:00:00,9.00,paid,\n");
    const auto loaded = run("load", {{"files", {home_ + "/orders.csv"}}});
    ASSERT_TRUE(loaded.ok()) << describe(loaded.error());
  }
  static void TearDownTestSuite() {
    shop_.reset();
    fs::remove_all(home_);
  }
  static void write(const std::string& name, const std::string& text) {
    std::ofstream(home_ + "/" + name) << text;
  }
  static Result<Answer> run(std::string_view command, RawArgs args) {
    return commands::run(*shop_, {command, std::move(args), Language::en}, Progress());
  }
  static Answer must(std::string_view command, RawArgs args) {
    auto answer = run(command, std::move(args));
    EXPECT_TRUE(answer.ok()) << command << ": " << describe(answer.error());
    return answer.ok() ? std::move(*answer) : Answer{};
  }
  static std::string text_of(const std::string& name) {
    std::stringstream text;
    text << std::ifstream(home_ + "/" + name, std::ios::binary).rdbuf();
    return text.str();
  }

  static std::string home_;
  static std::unique_ptr<Shop> shop_;
};
std::string SegmentsTest::home_;
std::unique_ptr<Shop> SegmentsTest::shop_;

TEST_F(SegmentsTest, RefreshesWhatIsDueAndSaysWhoMovedAndWhy) {
  const std::int64_t now = 1'750'000'000;
  EXPECT_TRUE(due_requests(*shop_, now)->empty());
  must("segments save", {{"name", {"repeat"}}, {"rule", {"orders >= 2"}}});
  const auto due = due_requests(*shop_, now);
  ASSERT_EQ(due->size(), 1U);
  EXPECT_EQ(due->front().command, "segments refresh");
  must("segments refresh", {{"as_of", {"2025-02-01"}}});
  const Answer second = must("segments refresh", {});
  EXPECT_EQ(second.frame.integer("customers", 0), 1);
  EXPECT_EQ(second.frame.integer("came", 0), 1);
  const Answer moves = must("segments moves", {{"name", {"repeat"}}});
  ASSERT_EQ(moves.frame.rows(), 1U);
  EXPECT_EQ(moves.frame.integer("customers", 0), 1);
  const Answer history = must("segments history", {{"customer", {"13900000001"}}});
  ASSERT_EQ(history.frame.rows(), 1U);
  EXPECT_EQ(history.frame.text("state", 0), "in");
  const Answer why = must("segments why", {{"rule", {"repeat"}}, {"customer", {"ben"}}});
  EXPECT_EQ(why.frame.text("value", 0), "1");
  EXPECT_EQ(why.frame.text("state", 0), "fails");
  EXPECT_EQ(must("segments of", {{"customer", {"anna"}}}).frame.text("name", 0), "repeat");
  const Answer near = must("segments of", {{"customer", {"ben"}}, {"near", {"true"}}});
  EXPECT_EQ(near.frame.rows(), 0U);
  must("segments save", {{"name", {"loyal"}}, {"rule", {"orders >= 2 and net_amount < 100"}}});
  const Answer missed = must("segments of", {{"customer", {"ben"}}, {"near", {"true"}}});
  ASSERT_EQ(missed.frame.rows(), 1U);
  EXPECT_EQ(missed.frame.text("state", 0), "near");
  EXPECT_EQ(missed.frame.text("missing_en", 0), "orders is at least 2");
  EXPECT_EQ(missed.frame.text("missing_zh", 0), "订单数不少于 2");
  EXPECT_EQ(must("segments of", {{"customer", {"ben"}}}).frame.rows(), 0U);
  must("segments remove", {{"name", {"loyal"}}});
  must("segments refresh", {{"as_of", {"2027-01-02"}}});
  const Answer moved = must(
      "segments moved", {{"name", {"repeat"}}, {"from", {"2026-12-31"}}, {"to", {"2027-01-01"}}});
  EXPECT_EQ(moved.frame.rows(), 5U);
  must("segments freeze", {{"name", {"repeat"}}, {"as", {"spring"}}});
  const Answer list = must("segments list", {});
  EXPECT_FALSE(list.frame.integer("frozen_on", 0).has_value());
  EXPECT_TRUE(list.frame.integer("frozen_on", 1).has_value());
  EXPECT_EQ(list.frame.text("frozen_of", 1), "repeat");
  EXPECT_EQ(list.frame.text("state", 1), "frozen");
  EXPECT_EQ(list.frame.integer("customers", 1), 1);
}

TEST_F(SegmentsTest, OverlapIsCountedInPairsAndTogether) {
  const Answer two =
      must("segments overlap", {{"rules", {"orders >= 2", "net_amount < 100", "everyone"}}});
  ASSERT_EQ(two.frame.rows(), 4U);
  EXPECT_EQ(two.frame.text("together", 0), "orders >= 2 ∩ net_amount < 100");
  EXPECT_EQ(two.frame.integer("customers", 0), 1);
  EXPECT_EQ(two.frame.real("share_of_second", 0), 1.0 / 3);
  EXPECT_EQ(two.frame.real("lift", 0), 1);
  EXPECT_EQ(two.frame.integer("customers", 3), 1);
  EXPECT_EQ(run("segments overlap", {{"rules", {"everyone"}}}).error().code, Code::invalid_input);
}

TEST_F(SegmentsTest, OverlapOfSavedSegmentsIsTheSameBeforeAndAfterTheirRefresh) {
  must("segments save", {{"name", {"twice"}}, {"rule", {"orders >= 2"}}});
  must("segments save", {{"name", {"cheap"}}, {"rule", {"net_amount < 100"}}});
  const std::map<std::string, std::vector<std::string>, std::less<>> asked{
      {"rules", {"twice", "in_segment('cheap') and not in_segment('twice')", "everyone"}},
      {"as_of", {"2027-03-01"}}};
  const Answer read = must("segments overlap", asked);
  must("segments refresh", {{"as_of", {"2027-03-01"}}});
  const Answer kept = must("segments overlap", asked);
  EXPECT_EQ(shop_->store->run("SELECT name FROM segment_sets").value().rows(), 2U) << "not read";
  ASSERT_EQ(kept.frame.rows(), read.frame.rows());
  for (std::size_t row = 0; row < read.frame.rows(); ++row) {
    for (const char* column : {"customers", "first_customers", "second_customers"}) {
      EXPECT_EQ(kept.frame.integer(column, row), read.frame.integer(column, row)) << column << row;
    }
    EXPECT_EQ(kept.frame.real("share", row), read.frame.real("share", row)) << row;
  }
}

TEST_F(SegmentsTest, TagsComeByHandByFileAndByRule) {
  must("tags add", {{"name", {"VIP"}}, {"customer", {"anna", "ben"}}, {"by", {"Li"}}});
  must("tags remove", {{"name", {"VIP"}}, {"customer", {"ben"}}, {"by", {"Wang"}}});
  write("tags.csv", "会员号,标签\nben,新客\nnobody,新客\ncleo,\n");
  const Answer imported = must("tags import", {{"file", {home_ + "/tags.csv"}}});
  EXPECT_EQ(imported.frame.rows(), 2U);
  must("segments save", {{"name", {"small"}}, {"rule", {"net_amount < 10"}}});
  must("tags rule", {{"name", {"small"}}});
  const Answer of = must("tags of", {{"customer", {"ben"}}});
  ASSERT_EQ(of.frame.rows(), 2U);
  EXPECT_EQ(of.frame.text("name", 0), "新客");
  EXPECT_EQ(of.frame.text("how_en", 0), "from tags.csv");
  EXPECT_EQ(of.frame.text("how_en", 1), "by its rule");
  const Answer history = must("tags history", {{"customer", {"ben"}}});
  ASSERT_EQ(history.frame.rows(), 3U);
  EXPECT_EQ(history.frame.text("by", 1), "Wang");
  EXPECT_EQ(must("tags list", {}).frame.rows(), 3U);
  EXPECT_EQ(must("segments customers", {{"rule", {"标签('VIP')"}}}).frame.rows(), 1U);
  EXPECT_EQ(run("tags import", {{"file", {home_ + "/orders.csv"}}}).error().code,
            Code::invalid_input);
}

TEST_F(SegmentsTest, AListLeavesWithConsentAndAnEntryInTheBook) {
  write("consent.csv", "customer,sms,email\nanna,yes,\nben,no,yes\ncleo,是,\nanna,maybe,\n");
  const Answer imported = must("consent import", {{"file", {home_ + "/consent.csv"}}});
  EXPECT_EQ(imported.frame.rows(), 1U);
  const RawArgs args{
      {"rule", {"everyone"}}, {"to", {home_ + "/list.csv"}}, {"for", {"sms"}}, {"by", {"Li"}}};
  const Answer answer = must("segments export", args);
  EXPECT_EQ(answer.frame.integer("fitting", 0), 3);
  EXPECT_EQ(answer.frame.integer("customers", 0), 1);
  EXPECT_EQ(answer.frame.integer("without_consent", 0), 1);
  EXPECT_EQ(answer.frame.integer("without_address", 0), 1);
  EXPECT_EQ(text_of("list.csv"),
            "\xef\xbb\xbf"
            "customer_id,customer_key,name,region,phone,orders,net_minor,last_order_on\r\n"
            "1,anna,,,13900000001,2,82.50,2025-03-05\r\n");
  EXPECT_EQ(run("segments export", args).error().code, Code::conflict);
  const Answer book = must("segments exports", {});
  ASSERT_EQ(book.frame.rows(), 2U);
  EXPECT_EQ(book.frame.text("state", 0), "begun");
  EXPECT_EQ(book.frame.text("state", 1), "done");
  EXPECT_EQ(book.frame.integer("customers", 1), 1);
  EXPECT_EQ(book.frame.text("by", 1), "Li");
  must("consent set", {{"channel", {"sms"}}, {"given", {"no"}}, {"customer", {"anna"}}});
  EXPECT_EQ(must("consent of", {{"customer", {"anna"}}}).frame.text("state", 0), "no");
  EXPECT_EQ(must("consent list", {}).frame.rows(), 2U);
}

// The limits of stages are one setting: rules, analyses, pages of customers and the profile follow.
TEST_F(SegmentsTest, StagesAreSetOnceForAll) {
  const auto lost = [] {
    return *must("segments preview", {{"rule", {"stage = 'lost'"}}}).frame.integer("customers", 0);
  };
  const auto activity = [] {
    return *must("customer show", {{"customer", {"cleo"}}}).frame.text("activity", 0);
  };
  const auto moved = [] {
    const Answer answer = must("analyse stage_migration", {{"from", {"2025-02-10"}}});
    std::int64_t customers = 0;
    for (std::size_t row = 0; row < answer.frame.rows(); ++row) {
      const bool here = answer.frame.text("stage_before", row) == "Active" &&
                        answer.frame.text("stage_after", row) == "Lost";
      customers += here ? *answer.frame.integer("customers", row) : 0;
    }
    return customers;
  };
  EXPECT_EQ(lost() + moved(), 0);
  EXPECT_EQ(activity(), "Active");
  must("refresh", {});
  EXPECT_EQ(must("stages history", {}).frame.rows(), 0U);
  const Answer set = must("stages set", {{"active_days", {"10"}}, {"sleeping_days", {"30"}}});
  EXPECT_EQ(set.frame.integer("value", 4), 30);
  EXPECT_EQ(set.frame.integer("usual", 4), 180);
  EXPECT_EQ(lost(), 1);
  EXPECT_EQ(moved(), 1);
  EXPECT_EQ(activity(), "Lost");
  EXPECT_EQ(must("refresh", {}).frame.text("how", 0), "whole");
  EXPECT_EQ(must("profile show", {{"customer", {"cleo"}}}).frame.rows() > 0, true);
  const auto wrong = run("stages set", {{"active_days", {"30"}}});
  ASSERT_FALSE(wrong.ok());
  EXPECT_EQ(wrong.error().message, "active_days is 30 and sleeping_days 30.");
  EXPECT_EQ(must("stages history", {}).frame.rows(), 1U);
  const auto few = run("stages set", {{"from_gaps", {"true"}}});
  ASSERT_FALSE(few.ok());
  EXPECT_EQ(few.error().code, Code::not_enough_data);
  must("stages set", {{"active_days", {"90"}}, {"sleeping_days", {"180"}}});
  EXPECT_EQ(activity(), "Active");
}

// Who came back, and who has yet to order, are stages of the shops that ask for them.
TEST_F(SegmentsTest, ReturnedAndPotentialAreStagesOnceTheyAreSet) {
  write("members.csv", "customer_key,name,registered_on\ndora,Dora,2025-02-20\n");
  must("load", {{"files", {home_ + "/members.csv"}}});
  const auto of = [](const std::string& stage) {
    return *must("segments preview", {{"rule", {"stage = '" + stage + "'"}}})
                .frame.integer("customers", 0);
  };
  const auto activity = [](const char* customer) {
    return must("customer show", {{"customer", {customer}}}).frame.text("activity", 0);
  };
  EXPECT_EQ(of("returned") + of("potential"), 0);
  EXPECT_EQ(activity("anna"), "Active");
  EXPECT_FALSE(activity("dora"));
  // Anna bought on 5 January and, after 58 days without, on 5 March.
  must("stages set", {{"active_days", {"30"}},
                      {"sleeping_days", {"57"}},
                      {"returned_days", {"30"}},
                      {"potential_days", {"30"}}});
  EXPECT_EQ(of("returned"), 1);
  EXPECT_EQ(of("potential"), 1);
  EXPECT_EQ(activity("anna"), "Returned");
  EXPECT_EQ(activity("dora"), "Potential");
  must("refresh", {});
  const Answer why =
      must("segments why", {{"rule", {"stage = 'potential'"}}, {"customer", {"dora"}}});
  EXPECT_EQ(why.frame.text("value", 0), "potential");
  must("stages set", {{"sleeping_days", {"58"}}});
  EXPECT_EQ(activity("anna"), "Active") << "she slept when she came";
  must("stages set", {{"active_days", {"90"}},
                      {"sleeping_days", {"180"}},
                      {"returned_days", {"0"}},
                      {"potential_days", {"0"}}});
}

// Business hours are one setting; what cannot be read changes nothing.
TEST_F(SegmentsTest, BusinessHoursAreSetForServiceAndTakenAway) {
  write("tickets.csv",
        "ticket_key,customer_key,opened_at,first_reply_minutes,reason\n"
        "T1,anna,2025-03-03 22:00:00,690,late\n");
  must("load", {{"files", {home_ + "/tickets.csv"}}});
  const auto replied = [] {
    return must("analyse service", {}).frame.real("reply_minutes_p50", 0);
  };
  EXPECT_EQ(replied(), 690);
  const Answer none = must("hours show", {});
  EXPECT_EQ(none.frame.rows(), 7U);
  EXPECT_FALSE(none.frame.text("hours", 0));
  EXPECT_EQ(none.notes.back().code, "wall");
  const auto wrong = run("hours set", {{"week", {"mon-fri 9:00-18:00", "sat 18:00-9:00"}}});
  ASSERT_FALSE(wrong.ok());
  EXPECT_EQ(wrong.error().message, "'sat 18:00-9:00': 18:00-9:00 ends before it begins.");
  EXPECT_EQ(must("hours history", {}).frame.rows(), 0U);
  const Answer set = must("hours set", {{"week", {"周一至周五 9:00-18:00"}},
                                        {"holiday", {"2025-10-01..2025-10-08"}},
                                        {"workday", {"2025-09-28"}}});
  EXPECT_EQ(set.frame.rows(), 16U);
  EXPECT_EQ(set.frame.text("hours", 6), "closed");
  EXPECT_EQ(set.frame.text("kind", 7), "workday");
  EXPECT_EQ(replied(), 30);
  const Answer fewer = must("hours set", {{"clear_dates", {"true"}}, {"holiday", {"2025-03-04"}}});
  EXPECT_EQ(fewer.frame.rows(), 8U);
  EXPECT_EQ(replied(), 0);
  EXPECT_EQ(run("hours set", {{"none", {"true"}}, {"week", {"mon 9-18"}}}).error().code,
            Code::invalid_input);
  EXPECT_EQ(run("hours set", {}).error().code, Code::invalid_input);
  must("hours set", {{"none", {"true"}}});
  EXPECT_EQ(replied(), 690);
  const Frame history = must("hours history", {}).frame;
  ASSERT_EQ(history.rows(), 3U);
  EXPECT_FALSE(history.text("week", 0));
  EXPECT_EQ(history.integer("holidays", 2), 8);
  EXPECT_EQ(history.text("week", 2), "mon-fri 9:00-18:00; sat-sun closed");
}

}  // namespace
}  // namespace huitou::commands
