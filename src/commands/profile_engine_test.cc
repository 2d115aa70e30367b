// The profile as commands: when it is due, and what it leaves alone.

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <ctime>
#include <filesystem>
#include <fstream>

#include "commands/commands.h"
#include "commands/due.h"
#include "commands/kept.h"

namespace huitou::commands {
namespace {

namespace fs = std::filesystem;

class ProfileTest : public testing::Test {
 protected:
  ProfileTest()
      : home_(
            (fs::temp_directory_path() / ("huitou_profile_" + std::to_string(getpid()))).string()) {
    fs::remove_all(home_);
    auto shop = open_shop(home_);
    CHECK(shop.ok());
    shop_ = std::move(*shop);
  }
  ~ProfileTest() override {
    shop_.reset();
    fs::remove_all(home_);
  }
  Answer run(std::string_view command, RawArgs args = {}) {
    const auto answer = commands::run(*shop_, {command, std::move(args), Language::en}, Progress());
    EXPECT_TRUE(answer.ok()) << describe(answer.error());
    return answer.ok() ? *answer : Answer{};
  }
  void load(const std::string& rows) {
    std::ofstream(home_ + "/orders.csv") << "订单号,会员号,下单时间,实付金额\n" << rows;
    run("load", {{"files", {home_ + "/orders.csv"}}});
  }
  bool is_due(std::int64_t seconds_from_now) {
    const auto due = due_requests(*shop_, std::time(nullptr) + seconds_from_now);
    EXPECT_TRUE(due.ok());
    return due.ok() && std::any_of(due->begin(), due->end(), [](const Request& request) {
             return request.command == "refresh";
           });
  }
  static std::string how(const Answer& answer) { return answer.frame.text("how", 0).value_or(""); }

  std::string home_;
  std::unique_ptr<Shop> shop_;
};

TEST_F(ProfileTest, IsDueAfterChangesOnceThereIsOne) {
  load("A1,anna,2025-03-01,10.00\nA2,ben,2025-03-05,20.00\n");
  EXPECT_FALSE(is_due(1000));
  EXPECT_EQ(how(run("refresh")), "whole");
  EXPECT_FALSE(is_due(1000));
  load("A1,anna,2025-03-01,11.00\nA2,ben,2025-03-05,20.00\n");
  EXPECT_FALSE(is_due(5)) << "it rests a minute";
  EXPECT_TRUE(is_due(1000));
  const Answer changed = run("refresh", {{"threads", {"1"}}});
  EXPECT_EQ(how(changed), "changed");
  EXPECT_EQ(changed.frame.integer("computed", 0), 1);
  EXPECT_FALSE(is_due(1000));
  EXPECT_TRUE(is_due(2 * 24 * 3600)) << "windows move with the day";
  EXPECT_EQ(how(run("refresh", {{"as_of", {"2025-04-01"}}})), "whole");
}

TEST_F(ProfileTest, ChangesNoFigure) {
  load("A1,anna,2025-03-01,10.00\n");
  const auto before = change_number(*shop_->store);
  run("refresh");
  EXPECT_EQ(*change_number(*shop_->store), *before);
}

TEST_F(ProfileTest, ShowsACustomer) {
  load("A1,anna,2025-03-01,10.00\nA2,anna,2025-03-05,20.50\n");
  run("refresh");
  const Answer shown = run("profile show", {{"customer", {"anna"}}});
  const auto value = [&](std::string_view column) {
    for (std::size_t row = 0; row < shown.frame.rows(); ++row) {
      if (shown.frame.text("column", row) == column) return shown.frame.text("value", row);
    }
    return std::optional<std::string>("no such column");
  };
  EXPECT_EQ(value("orders_7d"), "2");
  EXPECT_EQ(value("net_minor"), "30.50");
  EXPECT_EQ(value("first_order_on"), "2025-03-01");
  EXPECT_EQ(value("mean_gap_days"), "4");
  EXPECT_EQ(value("nps_score"), std::nullopt);
}

}  // namespace
}  // namespace huitou::commands
