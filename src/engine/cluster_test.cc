// How statements are put to servers, against servers that say what the test wants: cut answers,
// refusals, silence. No engine is needed.

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>
#include <zlib.h>

#include <atomic>
#include <mutex>
#include <thread>

#include "engine/cluster_replicas.h"

namespace huitou::engine {
namespace {

std::string whole(int status, const std::string& body) {
  return "HTTP/1.1 " + std::to_string(status) +
         " x\r\nContent-Length: " + std::to_string(body.size()) + "\r\nConnection: close\r\n\r\n" +
         body;
}

std::string refusal(int code) {
  return whole(500, "Code: " + std::to_string(code) +
                        ", e.displayText() = DB::Exception: It says no, e.what() = DB::Exception");
}

/// A server on a free port. It gives its answers one after the other, the last one for ever.
class FakeServer {
 public:
  explicit FakeServer(std::vector<std::string> answers) : answers_(std::move(answers)) {
    listener_ = socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* any = reinterpret_cast<sockaddr*>(&address);
    CHECK(bind(listener_, any, size) == 0 && listen(listener_, 16) == 0);
    CHECK(getsockname(listener_, any, &size) == 0);
    url_ = "http://127.0.0.1:" + std::to_string(ntohs(address.sin_port));
    thread_ = std::thread([this] { serve(); });
  }
  ~FakeServer() {
    stopped_ = true;
    shutdown(listener_, SHUT_RDWR);
    thread_.join();
    close(listener_);
  }
  FakeServer(const FakeServer&) = delete;
  FakeServer& operator=(const FakeServer&) = delete;

  const std::string& url() const { return url_; }
  std::size_t requests() const { return requests_; }
  std::string last() {
    const std::lock_guard lock(mutex_);
    return last_;
  }

 private:
  void serve() {
    while (!stopped_) {
      const int connection = accept(listener_, nullptr, nullptr);
      if (connection < 0) {
        return;
      }
      std::string request;
      char bytes[4096];
      while (!complete(request)) {
        const ssize_t count = recv(connection, bytes, sizeof bytes, 0);
        if (count <= 0) {
          break;
        }
        request.append(bytes, static_cast<std::size_t>(count));
      }
      const std::string& answer = answers_[std::min(requests_.load(), answers_.size() - 1)];
      {
        const std::lock_guard lock(mutex_);
        last_ = request;
      }
      ++requests_;
      send(connection, answer.data(), answer.size(), MSG_NOSIGNAL);
      shutdown(connection, SHUT_WR);
      while (recv(connection, bytes, sizeof bytes, 0) > 0) {
      }
      close(connection);
    }
  }

  static bool complete(const std::string& request) {
    const auto head = request.find("\r\n\r\n");
    const auto at = request.find("Content-Length: ");
    return head != std::string::npos && at < head &&
           request.size() >= head + 4 + std::stoul(request.substr(at + 16));
  }

  std::vector<std::string> answers_;
  int listener_ = -1;
  std::string url_;
  std::atomic<bool> stopped_{false};
  std::atomic<std::size_t> requests_{0};
  std::mutex mutex_;
  std::string last_;
  std::thread thread_;
};

ClusterOptions options_of(std::vector<std::string> urls) {
  ClusterOptions options;
  options.name = "c";
  options.user = "anna";
  options.password = "se cret";
  options.patience_seconds = 0.5;
  options.shards = {std::move(urls)};
  return options;
}

const Statement kRead{.text = "SELECT 1", .limits = {.seconds = 5}};

TEST(ClusterHttp, ACutAnswerIsNoAnswer) {
  const std::string answers[] = {
      "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n1234",
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\n1234\r\n",
      "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n1234",
      "",
  };
  for (const std::string& answer : answers) {
    FakeServer server({answer});
    Replicas replicas(options_of({server.url()}));
    EXPECT_EQ(replicas.ask(0, kRead).kind, HttpAnswer::Kind::broken) << answer;
  }
}

TEST(ClusterHttp, ACutGzipIsNoAnswer) {
  std::string body = gzip(std::string(5000, 'a') + "end");
  body.resize(body.size() - 6);
  FakeServer server({"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: " +
                     std::to_string(body.size()) + "\r\n\r\n" + body});
  Replicas replicas(options_of({server.url()}));
  EXPECT_FALSE(replicas.ask(0, kRead).good());
}

TEST(ClusterHttp, AServerThatIsSilentIsHungUpOn) {
  const int listener = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* any = reinterpret_cast<sockaddr*>(&address);
  ASSERT_TRUE(bind(listener, any, size) == 0 && listen(listener, 1) == 0);
  ASSERT_EQ(getsockname(listener, any, &size), 0);
  Replicas replicas(options_of({"http://127.0.0.1:" + std::to_string(ntohs(address.sin_port))}));
  Statement statement = kRead;
  statement.limits.seconds = 0.2;
  statement.grace_seconds = 0.1;
  EXPECT_EQ(replicas.ask(0, statement).kind, HttpAnswer::Kind::too_late);
  close(listener);
}

TEST(ClusterHttp, AServerThatIsGivenUpOnIsBroken) {
  const int listener = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* any = reinterpret_cast<sockaddr*>(&address);
  ASSERT_TRUE(bind(listener, any, size) == 0 && listen(listener, 1) == 0);
  ASSERT_EQ(getsockname(listener, any, &size), 0);
  HttpClient client({});
  HttpPost post;
  post.url = "http://127.0.0.1:" + std::to_string(ntohs(address.sin_port));
  post.body = "SELECT 1";
  post.still_there = [] { return false; };
  EXPECT_EQ(client.post(post).kind, HttpAnswer::Kind::broken);
  close(listener);
}

TEST(ClusterHttp, ThePasswordIsNotInTheAddress) {
  FakeServer server({whole(200, "1")});
  Replicas replicas(options_of({server.url()}));
  ASSERT_TRUE(replicas.ask(0, kRead).good());
  const std::string request = server.last();
  EXPECT_NE(request.find("X-ClickHouse-Key: se cret\r\n"), std::string::npos) << request;
  EXPECT_EQ(request.substr(0, request.find('\n')).find("cret"), std::string::npos) << request;
}

TEST(ClusterHttp, GzipComesBackAndIsTheSameEachTime) {
  std::string bytes;
  for (int i = 0; i < 100000; ++i) {
    bytes += static_cast<char>((i % 1000) * (i % 1000) % 251);
  }
  const std::string packed = gzip(bytes);
  EXPECT_EQ(packed, gzip(bytes));
  FakeServer server({"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: " +
                     std::to_string(packed.size()) + "\r\n\r\n" + packed});
  Replicas replicas(options_of({server.url()}));
  EXPECT_EQ(replicas.ask(0, kRead).body, bytes);
}

TEST(ClusterHttp, AnAddressCarriesAnyText) {
  EXPECT_EQ(url_escape("a b&c=回/"), "a%20b%26c%3D%E5%9B%9E%2F");
}

TEST(ClusterReplicas, AReadGoesOnToTheNextServer) {
  const std::string failures[] = {refusal(32),
                                  refusal(209),
                                  refusal(210),
                                  refusal(279),
                                  refusal(369),
                                  refusal(60),
                                  "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n1"};
  for (const std::string& failing : failures) {
    FakeServer bad({failing});
    FakeServer good({whole(200, "yes")});
    Replicas replicas(options_of({bad.url(), good.url()}));
    const Result<std::string> answer = replicas.any(kRead);
    ASSERT_TRUE(answer.ok()) << failing << describe(answer.error());
    EXPECT_EQ(*answer, "yes");
    EXPECT_EQ(bad.requests(), 1U);
  }
}

TEST(ClusterReplicas, ARefusalIsNotPutToAnother) {
  FakeServer bad({refusal(47)});
  FakeServer good({whole(200, "yes")});
  Replicas replicas(options_of({bad.url(), good.url()}));
  const Result<std::string> answer = replicas.any(kRead);
  ASSERT_FALSE(answer.ok());
  EXPECT_EQ(answer.error().code, Code::engine_failed);
  EXPECT_NE(answer.error().message.find("It says no"), std::string::npos);
  EXPECT_EQ(good.requests(), 0U);
}

TEST(ClusterReplicas, ALimitIsNamed) {
  FakeServer server({refusal(159), refusal(241)});
  Replicas replicas(options_of({server.url()}));
  EXPECT_NE(replicas.any(kRead).error().message.find("5 s"), std::string::npos);
  EXPECT_EQ(replicas.any(kRead).error().code, Code::limit_reached);
}

TEST(ClusterReplicas, WhatMayHaveRunIsNotRunAgain) {
  Statement write = kRead;
  write.repeatable = false;
  for (const std::string& failing : {refusal(279), std::string()}) {
    FakeServer bad({failing});
    FakeServer good({whole(200, "yes")});
    Replicas replicas(options_of({bad.url(), good.url()}));
    const Result<std::string> answer = replicas.any(write);
    ASSERT_FALSE(answer.ok());
    EXPECT_EQ(answer.error().code, Code::unavailable);
    EXPECT_EQ(bad.requests(), 1U);
    EXPECT_EQ(good.requests(), 0U);
  }
  FakeServer good({whole(200, "yes")});
  Replicas replicas(options_of({"http://127.0.0.1:1", good.url()}));
  EXPECT_TRUE(replicas.any(write).ok());
}

TEST(ClusterReplicas, WhatPassesByItselfIsWaitedForButNotForEver) {
  FakeServer comes_back({refusal(242), refusal(292), whole(200, "yes")});
  Replicas replicas(options_of({comes_back.url()}));
  ASSERT_TRUE(replicas.any(kRead).ok());
  EXPECT_EQ(comes_back.requests(), 3U);
  FakeServer never({refusal(369)});
  Replicas others(options_of({never.url()}));
  EXPECT_EQ(others.any(kRead).error().code, Code::unavailable);
  EXPECT_GT(never.requests(), 2U);
  EXPECT_LT(never.requests(), 9U);
}

TEST(ClusterReplicas, ATableThatNoServerKnowsIsAFaultOfTheQuery) {
  FakeServer one({refusal(60)});
  FakeServer two({refusal(60)});
  Replicas replicas(options_of({one.url(), two.url()}));
  EXPECT_EQ(replicas.any(kRead).error().code, Code::engine_failed);
  EXPECT_EQ(one.requests() + two.requests(), 2U);
}

TEST(ClusterReplicas, ACancelledQueryIsNotPutToTheNextServer) {
  FakeServer good({whole(200, "yes")});
  Replicas replicas(options_of({good.url()}));
  const std::atomic<bool> cancelled = true;
  Statement statement = kRead;
  statement.cancelled = &cancelled;
  EXPECT_EQ(replicas.any(statement).error().code, Code::conflict);
  EXPECT_EQ(good.requests(), 0U);
}

TEST(ClusterReplicas, AServerThatFellComesLast) {
  FakeServer good({whole(200, "yes")});
  Replicas replicas(options_of({"http://127.0.0.1:1", good.url(), "http://127.0.0.1:2"}));
  for (int time = 0; time < 12; ++time) {
    EXPECT_TRUE(replicas.any(kRead).ok());
  }
  EXPECT_EQ(good.requests(), 12U);
  EXPECT_EQ(replicas.reachable(), std::vector<std::size_t>{1});
}

TEST(ClusterReplicas, EveryAttemptHasAnIdOfItsOwn) {
  FakeServer server({whole(200, "yes")});
  Replicas replicas(options_of({server.url()}));
  Statement statement = kRead;
  statement.id = "job 7";
  ASSERT_TRUE(replicas.any(statement).ok());
  const std::string first = server.last();
  ASSERT_TRUE(replicas.any(statement).ok());
  EXPECT_NE(first.substr(0, first.find('\n')), server.last().substr(0, server.last().find('\n')));
  EXPECT_NE(first.find("query_id=job%207%2F"), std::string::npos) << first;
}

TEST(ClusterReplicas, ManyThreadsShareTheServers) {
  FakeServer one({whole(200, "yes")});
  FakeServer two({refusal(210), whole(200, "yes")});
  Replicas replicas(options_of({one.url(), two.url()}));
  std::atomic<int> good{0};
  std::vector<std::thread> threads;
  for (int thread = 0; thread < 8; ++thread) {
    threads.emplace_back([&] {
      for (int time = 0; time < 20; ++time) {
        good += replicas.any(kRead).ok() ? 1 : 0;
      }
    });
  }
  for (std::thread& thread : threads) {
    thread.join();
  }
  EXPECT_EQ(good, 160);
}

}  // namespace
}  // namespace huitou::engine
