// Answers that outlive the process: found again while the data are the same, asked again when not.

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <thread>

#include "server/answers.h"
#include "server/warmer.h"

namespace huitou::server {
namespace {

class AnswersTest : public testing::Test {
 protected:
  void SetUp() override {
    home_ = testing::TempDir() + "huitou_answers_" + std::to_string(getpid());
    auto shop = commands::open_shop(home_);
    ASSERT_TRUE(shop.ok()) << describe(shop.error());
    shop_ = std::move(*shop);
    load("1,anna,2025-01-05,10\n2,ben,2025-01-06,20\n");
  }
  void TearDown() override {
    shop_.reset();
    std::filesystem::remove_all(home_);
  }

  void load(const std::string& rows) {
    const std::string path = home_ + "/orders.csv";
    std::ofstream(path) << "order_id,member_id,paid_at,amount\n" << rows;
    Answers answers = fresh();
    const auto checked = check_request({"load", {{"files", {path}}}});
    ASSERT_TRUE(checked.ok()) << describe(checked.error());
    const auto loaded = answers.change(*checked, Progress());
    ASSERT_TRUE(loaded.ok()) << describe(loaded.error());
  }

  /// As of a process that has just begun.
  Answers fresh() {
    return {*shop_, {.kept_seconds = 0}, [](const std::string&) {}};
  }

  static Checked question() {
    auto checked = check_request(
        {"metric", {{"metric", {"net_amount"}}, {"from", {"2025-01-01"}}, {"to", {"2025-02-01"}}}});
    EXPECT_TRUE(checked.ok());
    return *checked;
  }
  std::string ask(Answers& answers) {
    const auto text = answers.read(question());
    EXPECT_TRUE(text.ok()) << (text.ok() ? "" : describe(text.error()));
    return text.ok() ? **text : "";
  }
  /// Changes what is written down, to tell it from what is computed.
  void mark_kept() {
    EXPECT_TRUE(shop_->store->run("UPDATE kept_answers SET answer = 'kept'").ok());
  }

  std::string home_;
  std::unique_ptr<commands::Shop> shop_;
};

TEST_F(AnswersTest, ANewProcessFindsThem) {
  Answers first = fresh();
  EXPECT_NE(ask(first).find("3000"), std::string::npos);
  mark_kept();
  EXPECT_NE(ask(first), "kept") << "memory comes first";
  Answers second = fresh();
  EXPECT_EQ(ask(second), "kept");
}

TEST_F(AnswersTest, NotAfterAChange) {
  Answers first = fresh();
  ask(first);
  mark_kept();
  load("1,anna,2025-01-05,10\n2,ben,2025-01-06,25\n");
  Answers second = fresh();
  EXPECT_NE(ask(second).find("3500"), std::string::npos);
}

TEST_F(AnswersTest, NotFromAnotherProgram) {
  Answers first = fresh();
  ask(first);
  ASSERT_TRUE(shop_->store->run("UPDATE kept_answers SET state = state || 'x'").ok());
  mark_kept();
  Answers second = fresh();
  EXPECT_NE(ask(second), "kept");
}

TEST_F(AnswersTest, WhatWasAskedIsAskedAgainAfterAChange) {
  Answers first = fresh();
  ask(first);
  load("1,anna,2025-01-05,10\n2,ben,2025-01-06,25\n");
  Answers second = fresh();
  const auto state = second.state();
  ASSERT_TRUE(state.ok());
  const std::size_t first_screen = commands::first_screen(*shop_->engine)->size();
  EXPECT_EQ(first_screen, 10U);
  ASSERT_EQ(second.unanswered(*state)->size(), first_screen + 1);
  Warmer warmer(second, [](const std::string& line) { ADD_FAILURE() << line; });
  for (int i = 0; i < 2400 && second.kept(question()) == nullptr; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  ASSERT_NE(second.kept(question()), nullptr);
  EXPECT_NE(second.kept(question())->find("3500"), std::string::npos);
  warmer.stop();
  for (const commands::Request& request : *second.unanswered(*state)) {
    EXPECT_NE(request.command, "metric") << "two customers are enough for those";
  }
}

TEST_F(AnswersTest, TheSameQuestionTwiceAtATimeIsOneAnswer) {
  Answers answers = fresh();
  std::vector<AnswerText> texts(4);
  std::vector<std::thread> threads;
  for (AnswerText& text : texts) {
    threads.emplace_back([&] { text = answers.read(question()).value(); });
  }
  for (std::thread& thread : threads) thread.join();
  for (const AnswerText& text : texts) EXPECT_EQ(*text, *texts[0]);
  EXPECT_FALSE(answers.busy());
}

TEST(CheckedTest, ASecretIsNotShownInALog) {
  const auto look = check_request(
      {"sources look", {{"name", {"shop"}}, {"kind", {"mysql"}}, {"secret", {"password=hush"}}}});
  ASSERT_TRUE(look.ok());
  EXPECT_EQ(look->shown, "sources look");
  EXPECT_NE(look->key.find("hush"), std::string::npos);  // another secret is another question
  const auto status = check_request({"status", {}});
  ASSERT_TRUE(status.ok());
  EXPECT_EQ(status->shown, status->key);
}

}  // namespace
}  // namespace huitou::server
