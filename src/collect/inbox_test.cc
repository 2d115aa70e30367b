#include "collect/inbox.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <future>

#include "collect/keys.h"
#include "collect/line.h"
#include "collect/seen.h"

namespace huitou::collect {
namespace {

class InboxTest : public testing::Test {
 protected:
  void SetUp() override {
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_);
    open({});
  }
  void TearDown() override {
    inbox_.reset();
    std::filesystem::remove_all(folder_);
  }
  void open(const Limits& limits) {
    inbox_.reset();
    auto inbox = Inbox::open((folder_ / "inbox.sqlite").string(), limits);
    ASSERT_TRUE(inbox.ok()) << describe(inbox.error());
    inbox_ = std::move(*inbox);
  }
  static std::string line(std::int64_t number) {
    std::string text;
    append_line({number, Kind::track, "web", std::nullopt, "", "{}"}, text);
    return text;
  }
  Status put(const std::string& lines, std::uint64_t events) {
    std::promise<Status> promise;
    auto written = promise.get_future();
    const Status put =
        inbox_->put({lines, events, [&](const Status& status) { promise.set_value(status); }});
    return put.ok() ? written.get() : put;
  }
  static Status nothing(store::Store&) { return {}; }

  std::filesystem::path folder_ =
      std::filesystem::temp_directory_path() / ("huitou-inbox-" + std::to_string(getpid()));
  std::unique_ptr<Inbox> inbox_;
};

TEST_F(InboxTest, KeepsWhatItTookInOrderOverAnEnd) {
  inbox_->start();
  ASSERT_TRUE(put(line(1) + line(2), 2).ok());
  ASSERT_TRUE(put(line(3), 1).ok());
  open({});
  auto batch = inbox_->oldest();
  ASSERT_TRUE(batch.ok() && batch->has_value());
  EXPECT_EQ((*batch)->events, 3U);
  EXPECT_EQ((*batch)->lines, line(1) + line(2) + line(3));
  ASSERT_TRUE(inbox_->remove(**batch, nothing).ok());
  EXPECT_FALSE(inbox_->oldest()->has_value());
}

TEST_F(InboxTest, GivesBatchesWithinTheirLimit) {
  open({.moved_events = 2});
  inbox_->start();
  for (const std::int64_t number : {1, 2, 3}) ASSERT_TRUE(put(line(number), 1).ok());
  const auto first = inbox_->oldest();
  EXPECT_EQ((*first)->lines, line(1) + line(2));
  ASSERT_TRUE(inbox_->remove(**first, nothing).ok());
  EXPECT_EQ((*inbox_->oldest())->lines, line(3));
  EXPECT_EQ(inbox_->waiting()->events, 1U);
}

TEST_F(InboxTest, RemovesNothingIfWhatGoesWithItFails) {
  inbox_->start();
  ASSERT_TRUE(put(line(1), 1).ok());
  const auto batch = inbox_->oldest();
  const Error failed{Code::conflict, "no", "", "", ""};
  EXPECT_FALSE(inbox_->remove(**batch, [&](store::Store&) -> Status { return failed; }).ok());
  EXPECT_TRUE(inbox_->oldest()->has_value());
}

TEST_F(InboxTest, RefusesBeforeItStartsAndAfterItStops) {
  EXPECT_EQ(put(line(1), 1).error().code, Code::unavailable);
  inbox_->start();
  EXPECT_TRUE(put(line(1), 1).ok());
  inbox_->stop();
  EXPECT_EQ(put(line(2), 1).error().code, Code::unavailable);
}

TEST_F(InboxTest, ManyThreadsShareCommits) {
  inbox_->start();
  std::atomic<int> answered{0};
  std::vector<std::thread> threads;
  for (int thread = 0; thread < 4; ++thread) {
    threads.emplace_back([&] {
      for (int i = 0; i < 200; ++i) {
        const Status put = inbox_->put({line(i), 1, [&](const Status& s) { answered += s.ok(); }});
        EXPECT_TRUE(put.ok());
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  inbox_->stop();
  EXPECT_EQ(answered.load(), 800);
  EXPECT_EQ(inbox_->waiting()->events, 800U);
}

TEST(Seen, ForgetsNothingAndSeldomErrs) {
  const auto number = [](std::uint64_t i) { return i * 0x9e3779b97f4a7c15ULL ^ (i << 7U); };
  constexpr std::uint64_t kMessages = 200'000;
  Seen seen(kMessages);
  for (std::uint64_t i = 0; i < kMessages; ++i) seen.add(number(i));
  std::uint64_t wrong = 0;
  for (std::uint64_t i = 0; i < kMessages; ++i) {
    EXPECT_TRUE(seen.maybe(number(i)));
    wrong += seen.maybe(number(i + kMessages)) ? 1U : 0U;
  }
  EXPECT_LT(wrong, kMessages / 5'000);
}

TEST(Keys, AreReadFromBasicAuthorization) {
  EXPECT_EQ(key_of_authorization("Basic aGtfMTo="), "hk_1");
  EXPECT_EQ(key_of_authorization("Basic aGtfMTpwYXNz"), "hk_1");
  for (const char* wrong : {"", "Basic", "Basic ", "Basic !!!", "Bearer aGtfMTo="}) {
    EXPECT_EQ(key_of_authorization(wrong), "") << wrong;
  }
  EXPECT_EQ(key_hash("hk_1").size(), 64U);
  EXPECT_NE(key_hash("hk_1"), key_hash("hk_2"));
}

}  // namespace
}  // namespace huitou::collect
