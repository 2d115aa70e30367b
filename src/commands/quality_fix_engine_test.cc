// Corrected orders give the figures of a file that had them right.

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "commands/commands.h"

namespace huitou::commands {
namespace {

class FixTest : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    home_ = testing::TempDir() + "huitou_fix_" + std::to_string(getpid());
    auto opened = open_shop(home_);
    ASSERT_TRUE(opened.ok()) << describe(opened.error());
    shop_ = std::move(*opened);
  }
  static void TearDownTestSuite() {
    shop_.reset();
    std::filesystem::remove_all(home_);
  }
  static Result<Answer> run(std::string_view command, RawArgs args) {
    return commands::run(*shop_, {command, std::move(args), Language::en}, Progress());
  }
  static void load(const std::string& name, const std::string& text) {
    std::ofstream(home_ + "/" + name) << text;
    const auto loaded =
        run("load", {{"files", {home_ + "/" + name}}, {"source", {"till"}}, {"force", {"true"}}});
    ASSERT_TRUE(loaded.ok()) << describe(loaded.error());
  }
  /// Ten customers with an order a month; three of them as given.
  static std::string orders(const std::string& a, const std::string& b, const std::string& c) {
    std::string text = "order_key,customer_key,ordered_at,paid,status\n";
    for (int i = 0; i < 30; ++i) {
      text += "k" + std::to_string(i) + ",c" + std::to_string(i % 10) + ",2025-0" +
              std::to_string(1 + i / 10) + "-1" + std::to_string(i % 10) + " 12:07:00," +
              std::to_string(20 + i) + ".00,paid\n";
    }
    return text + "A," + a + "\nB," + b + "\nC," + c + "\n";
  }
  static std::string figures() {
    std::string out;
    for (const char* metric : {"repurchase_rate", "net_amount", "buyers", "orders", "refund_rate"}) {
      const auto answer = run("metric", {{"metric", {metric}},
                                         {"from", {"2025-01-01"}},
                                         {"to", {"2025-07-01"}},
                                         {"by", {"month"}}});
      EXPECT_TRUE(answer.ok()) << describe(answer.error());
      if (answer.ok()) out += print(*answer, {.format = Format::csv});
    }
    for (const char* order : {"A", "B", "C"}) {
      const auto answer = run("quality order", {{"order", {order}}});
      EXPECT_TRUE(answer.ok()) << describe(answer.error());
      if (answer.ok()) out += print(*answer, {.format = Format::csv});
    }
    return out;
  }
  static void fix(RawArgs args) {
    const auto fixed = run("quality fix", std::move(args));
    ASSERT_TRUE(fixed.ok()) << describe(fixed.error());
  }
  static std::int64_t customer_of(const std::string& order) {
    const auto answer = run("quality order", {{"order", {order}}});
    EXPECT_TRUE(answer.ok()) << describe(answer.error());
    return answer.ok() && answer->frame.rows() > 0
               ? answer->frame.integer("customer_id", 0).value_or(-1)
               : -1;
  }

  static std::string home_;
  static std::unique_ptr<Shop> shop_;
};
std::string FixTest::home_;
std::unique_ptr<Shop> FixTest::shop_;

TEST_F(FixTest, GivesTheFiguresOfACleanFileAlsoAfterLoadingAgainAndJoining) {
  const std::string right = orders("c1,2025-05-06 00:30:00,40.00,paid", "c2,2025-03-20,50.00,paid",
                                   "c3,2025-06-01,60.00,refunded");
  const std::string wrong = orders("c1,2099-05-06 00:30:00,40.00,paid",
                                   "ghost,2025-03-20,50.00,paid", "c3,2025-06-01,60.00,paid");
  load("orders.csv", right);
  const std::string clean = figures();
  load("orders.csv", wrong);
  const std::string came = figures();
  ASSERT_NE(came, clean);
  fix({{"order", {"A"}}, {"ordered_at", {"2025-05-06 00:30"}}});
  fix({{"order", {"B"}}, {"customer", {"c2"}}});
  fix({{"order", {"C"}}, {"status", {"refunded"}}});
  EXPECT_EQ(figures(), clean);
  load("orders.csv", wrong);
  EXPECT_EQ(figures(), clean);

  const std::int64_t ghost = [&] {
    const auto shown = run("quality aside", {});
    EXPECT_TRUE(shown.ok()) << describe(shown.error());
    for (std::size_t row = 0; shown.ok() && row < shown->frame.rows(); ++row) {
      if (shown->frame.text("order_key", row) == "B") {
        return shown->frame.integer("customer_id", row).value_or(-1);
      }
    }
    return std::int64_t{-1};
  }();
  const std::int64_t before = customer_of("B");
  // Accounts c1 and c2 turn out to be one person: the order goes with its account.
  load("members.csv", "customer_key,phone\nc1,13912340001\nc2,13912340001\n");
  EXPECT_NE(customer_of("B"), before);
  EXPECT_EQ(customer_of("B"), customer_of("A"));
  load("orders.csv", wrong);
  EXPECT_EQ(customer_of("B"), customer_of("A"));
  const auto split = run("identity stop add", {{"key", {"phone:13912340001"}}});
  ASSERT_TRUE(split.ok()) << describe(split.error());
  EXPECT_EQ(customer_of("B"), before);
  ASSERT_TRUE(run("quality release", {{"target", {"all"}}}).ok());
  EXPECT_EQ(customer_of("B"), ghost);
  EXPECT_EQ(figures(), came);
}

TEST_F(FixTest, SaysInOneSentenceWhatIsWrongWithACorrection) {
  load("orders.csv",
       orders("c1,2025-05-06,40.00,paid", ",2025-03-20,50.00,paid", "c3,2025-06-01,60.00,paid"));
  const auto refused = [](RawArgs args) {
    args["order"] = {"A"};
    const auto answer = run("quality fix", std::move(args));
    EXPECT_FALSE(answer.ok());
    return answer.ok() ? std::string() : answer.error().message + " " + answer.error().hint;
  };
  EXPECT_EQ(refused({{"customer", {"somebody"}}}),
            "Nobody is known as 'somebody'. Give any key of the customer (member number, phone "
            "number, e-mail address ...), or nobody if it is not known who bought.");
  EXPECT_EQ(refused({{"ordered_at", {"2025-02-30"}}}).substr(0, 38),
            "ordered_at '2025-02-30' is no time. Gi");
  EXPECT_EQ(refused({{"ordered_at", {"2099-01-01"}}}),
            "ordered_at '2099-01-01' is later than today. Give the day on which the order was "
            "made.");
  EXPECT_EQ(refused({{"ordered_at", {"1970-01-01 08:00"}}}),
            "ordered_at '1970-01-01 08:00' is before 1990. Give the day on which the order was "
            "made.");
  EXPECT_EQ(refused({}).substr(0, 44), "Nothing was given to correct of order 'A'. G");
  EXPECT_NE(refused({{"status", {"lost"}}}), "");
  fix({{"order", {"A"}}, {"customer", {"nobody"}}, {"ordered_at", {"2025-05-05T16:00:00Z"}}});
  EXPECT_EQ(customer_of("A"), 0);
  const auto order = run("quality order", {{"order", {"A"}}});
  ASSERT_TRUE(order.ok()) << describe(order.error());
  EXPECT_EQ(order->frame.integer("ordered_on", 0), parse_date("2025-05-06")->days);
}

}  // namespace
}  // namespace huitou::commands
