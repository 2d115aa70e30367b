#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <future>
#include <sstream>

#include "server/cache.h"
#include "server/downloads.h"
#include "server/guard.h"
#include "server/jobs.h"
#include "server/pages.h"
#include "server/pool.h"
#include "server/uploads.h"

namespace huitou::server {
namespace {

const Door kDoor{.token = "secret", .listen = "127.0.0.1", .port = 8710};

HttpRequest request_with_host(std::string host) {
  HttpRequest request;
  request.method = "GET";
  request.host = std::move(host);
  return request;
}

TEST(Guard, OnlyNamesOfThisComputerAreHosts) {
  for (const char* host : {"127.0.0.1:8710", "localhost:8710", "[::1]:8710", "localhost"}) {
    EXPECT_TRUE(check_host(kDoor, request_with_host(host)).ok()) << host;
  }
  for (const char* host : {"evil.example:8710", "10.0.0.1", "", "127.0.0.1.evil.example"}) {
    EXPECT_FALSE(check_host(kDoor, request_with_host(host)).ok()) << host;
  }
  const Door open{.token = "secret", .listen = "0.0.0.0", .port = 8710};
  EXPECT_TRUE(check_host(open, request_with_host("10.0.0.1:8710")).ok());
  EXPECT_FALSE(check_host(open, request_with_host("evil.example:8710")).ok());
}

TEST(Guard, TheTokenComesInAHeaderOrACookie) {
  HttpRequest request = request_with_host("localhost");
  EXPECT_EQ(check_token(kDoor, request).error().code, Code::denied);
  request.authorization = "Bearer secret";
  EXPECT_EQ(*check_token(kDoor, request), Entry::token_in_header);
  request.authorization = "Bearer secre";
  EXPECT_FALSE(check_token(kDoor, request).ok());
  request.cookie = "a=b; huitou_8710=secret; huitou_87=x";
  EXPECT_EQ(*check_token(kDoor, request), Entry::token_in_cookie);
  request.cookie = "huitou_9999=secret";
  EXPECT_FALSE(check_token(kDoor, request).ok());
}

TEST(Guard, AForeignPageChangesNothing) {
  HttpRequest request = request_with_host("127.0.0.1:8710");
  request.method = "POST";
  EXPECT_TRUE(check_origin(request).ok());
  request.origin = "http://127.0.0.1:8710";
  EXPECT_TRUE(check_origin(request).ok());
  request.origin = "http://127.0.0.1:9999";
  EXPECT_FALSE(check_origin(request).ok());
  request.origin = "null";
  EXPECT_FALSE(check_origin(request).ok());
}

TEST(Guard, ARedirectKeepsTheOtherParametersAndStaysHere) {
  HttpRequest request = request_with_host("localhost");
  request.path = "/analyses/rfm";
  request.query = {{"channel", "天猫"}, {"channel", "a&b=c"}, {"lang", "zh"}, {"token", "secret"}};
  EXPECT_EQ(address_without(request, "token"),
            "/analyses/rfm?channel=%E5%A4%A9%E7%8C%AB&channel=a%26b%3Dc&lang=zh");
  request.query = {{"token", "secret"}};
  request.path = "//evil.example/x";
  EXPECT_EQ(address_without(request, "token"), "/");
  request.path = "/\\evil\r\nSet-Cookie: a=b";
  EXPECT_EQ(address_without(request, "token"), "/%5Cevil%0D%0ASet-Cookie%3A%20a%3Db");
}

TEST(Guard, TokensAreLongAndNeverTheSame) {
  EXPECT_EQ(new_token().size(), 64u);
  EXPECT_NE(new_token(), new_token());
  EXPECT_TRUE(same_text("abc", "abc"));
  EXPECT_FALSE(same_text("abc", "abd"));
  EXPECT_FALSE(same_text("abc", ""));
  EXPECT_FALSE(same_text("", "abc"));
}

TEST(Cache, DropsWhatWasNotUsedForLongest) {
  Cache cache(40);
  const auto put = [&](const char* key) {
    cache.put(key, std::make_shared<const std::string>("0123456789"));
  };
  put("aa");
  put("bb");
  EXPECT_NE(cache.find("aa"), nullptr);
  put("cc");
  EXPECT_EQ(cache.find("bb"), nullptr);
  EXPECT_NE(cache.find("aa"), nullptr);
  EXPECT_NE(cache.find("cc"), nullptr);
  EXPECT_LE(cache.bytes(), 40u);
  cache.put("huge", std::make_shared<const std::string>(std::string(100, 'x')));
  EXPECT_EQ(cache.find("huge"), nullptr);
}

TEST(Pool, RefusesWhatDoesNotFitTheQueue) {
  std::promise<void> gate;
  std::shared_future<void> open = gate.get_future().share();
  std::promise<void> running;
  Pool pool(1, 1);
  EXPECT_TRUE(pool.submit([&] {
    running.set_value();
    open.wait();
  }));
  running.get_future().wait();
  std::atomic<int> done{0};
  EXPECT_TRUE(pool.submit([&] { ++done; }));
  EXPECT_FALSE(pool.submit([&] { ++done; }));
  gate.set_value();
  pool.stop();
  EXPECT_EQ(done.load(), 1);
  EXPECT_FALSE(pool.submit([&] { ++done; }));
}

commands::JobReport wait_for(Jobs& jobs, const std::string& id) {
  while (!jobs.get(id)->ended()) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  return *jobs.get(id);
}

TEST(Jobs, RunOneAfterAnotherAndKeepTheirOutcome) {
  Jobs jobs(ServerLimits{});
  const auto good = jobs.start("load", [](const Progress& progress) -> Result<Answer> {
    progress.report({{"Reading", "读取"}, 5, 10, {"rows", "行"}});
    return Answer{};
  });
  const auto bad = jobs.start("load", [](const Progress&) -> Result<Answer> {
    return Error{Code::invalid_input, "no", "do", "不", "做"};
  });
  EXPECT_EQ(wait_for(jobs, good->id).state, commands::JobState::done);
  EXPECT_EQ(wait_for(jobs, good->id).step.done, 5u);
  EXPECT_EQ(wait_for(jobs, bad->id).state, commands::JobState::failed);
  EXPECT_NE(wait_for(jobs, bad->id).outcome.find("\"message\":\"no\""), std::string::npos);
  EXPECT_EQ(jobs.list().front().id, bad->id);
  EXPECT_EQ(jobs.get("77").error().code, Code::not_found);
  EXPECT_EQ(jobs.get("1x").error().code, Code::not_found);
}

TEST(Jobs, ACancelledOneEndsAndAWaitingOneNeverBegins) {
  Jobs jobs(ServerLimits{});
  std::atomic<bool> began{false};
  const auto first = jobs.start("load", [](const Progress& progress) -> Result<Answer> {
    while (!progress.cancelled()) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    return Error{Code::conflict, "cancelled", "", "", ""};
  });
  const auto second = jobs.start("load", [&](const Progress&) -> Result<Answer> {
    began = true;
    return Answer{};
  });
  ASSERT_TRUE(jobs.cancel(second->id).ok());
  ASSERT_TRUE(jobs.cancel(first->id).ok());
  EXPECT_EQ(wait_for(jobs, first->id).state, commands::JobState::cancelled);
  EXPECT_EQ(wait_for(jobs, second->id).state, commands::JobState::cancelled);
  EXPECT_FALSE(began.load());
}

TEST(Jobs, TheQueueHasALimitThatIsNamed) {
  ServerLimits limits;
  limits.queued_jobs = 1;
  Jobs jobs(limits);
  const auto block = [](const Progress& progress) -> Result<Answer> {
    while (!progress.cancelled()) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    return Answer{};
  };
  const auto first = jobs.start("load", block);
  while (jobs.get(first->id)->state != commands::JobState::running) std::this_thread::yield();
  ASSERT_TRUE(jobs.start("load", block).ok());
  const auto third = jobs.start("load", block);
  ASSERT_FALSE(third.ok());
  EXPECT_EQ(third.error().message, "1 jobs are waiting, which is the limit queued_jobs.");
  EXPECT_EQ(jobs.list().size(), 2u);
}

/// Keeps what was sent.
class Recorder final : public Exchange {
 public:
  void reply(HttpReply) override {}
  void begin_events() override {}
  void send_events(std::string text) override {
    const std::lock_guard lock(mutex_);
    text_ += text;
  }
  void end_events() override { ended.set_value(); }
  bool alive() const override { return true; }
  std::string text() {
    const std::lock_guard lock(mutex_);
    return text_;
  }
  std::promise<void> ended;

 private:
  std::mutex mutex_;
  std::string text_;
};

TEST(Jobs, FollowersHearProgressAndTheEnd) {
  Jobs jobs(ServerLimits{});
  std::promise<void> gate;
  const auto job = jobs.start("load", [&](const Progress& progress) -> Result<Answer> {
    gate.get_future().wait();
    progress.report({{"Reading", "读取"}, 5, 10, {"rows", "行"}});
    return Answer{};
  });
  auto recorder = std::make_shared<Recorder>();
  ASSERT_TRUE(jobs.follow(job->id, recorder).ok());
  gate.set_value();
  recorder->ended.get_future().wait();
  const std::string text = recorder->text();
  EXPECT_TRUE(text.starts_with("event: progress\ndata: {\"id\":\"1\",")) << text;
  EXPECT_NE(text.find("event: end\ndata: "), std::string::npos);
  EXPECT_NE(text.find("\"state\":\"done\""), std::string::npos);
}

class Folder : public testing::Test {
 protected:
  void SetUp() override {
    path_ = testing::TempDir() + "huitou_server_" + std::to_string(getpid());
    std::filesystem::create_directories(path_ + "/assets");
  }
  void TearDown() override { std::filesystem::remove_all(path_); }
  void write(const std::string& name, const std::string& bytes) {
    std::ofstream(path_ + "/" + name) << bytes;
  }
  std::string path_;
};

TEST_F(Folder, UploadsGoOnWhereTheyBroke) {
  Uploads uploads(path_);
  EXPECT_EQ(uploads.get("订单.csv").error().code, Code::not_found);
  EXPECT_EQ(uploads.put({"订单.csv", 0, "abc"})->size, 3u);
  EXPECT_EQ(uploads.put({"订单.csv", 3, "def"})->size, 6u);
  const auto wrong = uploads.put({"订单.csv", 4, "x"});
  ASSERT_FALSE(wrong.ok());
  EXPECT_EQ(wrong.error().code, Code::conflict);
  EXPECT_EQ(wrong.error().hint, "Go on at offset 6.");
  std::stringstream text;
  text << std::ifstream(uploads.get("订单.csv")->path).rdbuf();
  EXPECT_EQ(text.str(), "abcdef");
  EXPECT_EQ(uploads.put({"订单.csv", 0, "z"})->size, 1u);
  EXPECT_TRUE(uploads.remove("订单.csv").ok());
  EXPECT_FALSE(uploads.get("订单.csv").ok());
}

TEST_F(Folder, AnUploadNeverLeavesItsFolder) {
  Uploads uploads(path_);
  for (const char* id : {"../x", "a/b", ".hidden", "", "a b", "x\n", "~"}) {
    EXPECT_EQ(uploads.put({id, 0, "x"}).error().code, Code::invalid_input) << id;
  }
}

TEST_F(Folder, ADownloadIsWhatWasWrittenAndIsGoneAfterADay) {
  namespace fs = std::filesystem;
  Downloads downloads(path_ + "/downloads");
  const auto list = downloads.begin("名单.xlsx");
  ASSERT_TRUE(list.ok()) << describe(list.error());
  EXPECT_EQ(fs::status(path_ + "/downloads").permissions(), fs::perms::owner_all);
  EXPECT_NE(list->id, downloads.begin("名单.xlsx")->id) << "nobody guesses a name";
  EXPECT_EQ(disposition_of(list->id), "attachment; filename*=UTF-8''%E5%90%8D%E5%8D%95.xlsx");
  EXPECT_EQ(downloads.bytes(list->id).error().code, Code::not_found) << "not written yet";
  const std::string bytes("PK\0\n\xff", 5);
  std::ofstream(list->path, std::ios::binary) << bytes;
  EXPECT_EQ(downloads.bytes(list->id).value(), bytes);
  const auto age = [&](const Download& download, std::int64_t seconds) {
    fs::last_write_time(download.path,
                        fs::file_time_type::clock::now() - std::chrono::seconds(seconds));
  };
  age(*list, kDownloadSeconds - 60);
  const auto other = downloads.begin("b.csv");
  EXPECT_TRUE(downloads.bytes(list->id).ok());
  age(*list, kDownloadSeconds + 60);
  ASSERT_TRUE(downloads.begin("c.csv").ok());
  EXPECT_EQ(downloads.bytes(list->id).error().code, Code::not_found);
  std::ofstream(other->path) << "x";
  EXPECT_TRUE(downloads.remove(other->id).ok());
  EXPECT_EQ(downloads.remove(other->id).error().code, Code::not_found);
}

TEST_F(Folder, ADownloadTooLargeForABrowserSaysWhereItIs) {
  Downloads downloads(path_ + "/downloads");
  const auto large = downloads.begin("a.csv");
  ASSERT_TRUE(large.ok());
  std::ofstream(large->path) << "x";
  std::filesystem::resize_file(large->path, kDownloadBytes + 1);
  const auto bytes = downloads.bytes(large->id);
  ASSERT_FALSE(bytes.ok());
  EXPECT_EQ(bytes.error().code, Code::limit_reached);
  EXPECT_NE(bytes.error().hint.find(large->path), std::string::npos);
}

TEST_F(Folder, ADownloadNeverLeavesItsFolder) {
  write("secret", "s");
  Downloads downloads(path_ + "/assets");
  for (const char* id : {"../secret", "a/b", ".hidden", "", "a b", "x\n", "~"}) {
    EXPECT_EQ(downloads.begin(id).error().code, Code::invalid_input) << id;
    EXPECT_EQ(downloads.bytes(id).error().code, Code::invalid_input) << id;
    EXPECT_EQ(downloads.remove(id).error().code, Code::invalid_input) << id;
  }
}

TEST_F(Folder, PagesAnswerFilesAddressesAndTags) {
  write("index.html", "<p>");
  write("assets/a-1.js", "js");
  write("assets/a-1.js.gz", "zipped");
  const Pages pages(path_);
  HttpRequest request;
  request.path = "/metrics/repurchase_rate";
  const HttpReply page = pages.reply(request);
  EXPECT_EQ(page.body, "<p>");
  EXPECT_EQ(page.headers[0].first, "Content-Security-Policy");
  request.path = "/assets/a-1.js";
  EXPECT_EQ(pages.reply(request).body, "js");
  request.accept_encoding = "gzip, br";
  EXPECT_EQ(pages.reply(request).body, "zipped");
  for (const auto& [name, value] : pages.reply(request).headers) {
    if (name == "ETag") request.if_none_match = value;
  }
  EXPECT_EQ(pages.reply(request).status, 304);
  request.path = "/assets/none.js";
  EXPECT_EQ(pages.reply(request).status, 404);
  request.path = "/../huitou.toml";
  EXPECT_EQ(pages.reply(request).status, 404);
}

}  // namespace
}  // namespace huitou::server
