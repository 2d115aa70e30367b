#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "server/scheduler.h"

namespace huitou::server {
namespace {

namespace fs = std::filesystem;

class SchedulerTest : public testing::Test {
 protected:
  void SetUp() override {
    home_ = fs::path(testing::TempDir()) / ("huitou_scheduler_" + std::to_string(getpid()));
    fs::remove_all(home_);
    fs::create_directories(home_ / "pos");
    std::ofstream(home_ / "pos" / "a.csv")
        << "order_id,member_id,paid_at,amount\na,anna,2025-01-05,1.00\nb,ben,2025-01-06,2.00\n";
    auto shop = commands::open_shop(home_.string());
    ASSERT_TRUE(shop.ok()) << describe(shop.error());
    shop_ = std::move(*shop);
  }
  void TearDown() override {
    shop_.reset();
    fs::remove_all(home_);
  }
  fs::path home_;
  std::unique_ptr<commands::Shop> shop_;
};

TEST_F(SchedulerTest, WhatIsDueBecomesAJobOnce) {
  const auto added = commands::run(*shop_,
                                   {.command = "sources add",
                                    .args = {{"name", {"pos"}},
                                             {"kind", {"files"}},
                                             {"path", {(home_ / "pos").string()}},
                                             {"schedule", {"every 15m"}}}},
                                   {});
  ASSERT_TRUE(added.ok()) << describe(added.error());
  const auto log = [](const std::string& line) { ADD_FAILURE() << line; };
  Answers answers(*shop_, {}, log);
  Jobs jobs{ServerLimits{}};
  Scheduler scheduler({*shop_, answers, jobs, log});
  const auto now = std::chrono::duration_cast<std::chrono::seconds>(
                       std::chrono::system_clock::now().time_since_epoch())
                       .count();
  const auto wait = [&] {
    while (!jobs.list().front().ended()) {
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
  };
  scheduler.look(now);
  scheduler.look(now);  // it waits or runs
  EXPECT_EQ(jobs.list().size(), 1U);
  wait();
  EXPECT_EQ(jobs.list().front().state, commands::JobState::done);
  scheduler.look(now + 60);
  EXPECT_EQ(jobs.list().size(), 1U);
  scheduler.look(now +
                 40 * 24 * 3600);  // a long time away: once, not once for each quarter of an hour
  wait();
  scheduler.look(now + 60);
  EXPECT_EQ(jobs.list().size(), 2U);
}

}  // namespace
}  // namespace huitou::server
