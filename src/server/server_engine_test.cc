// The server as its clients see it: real HTTP on a free port of this computer.

#include <curl/curl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <fstream>
#include <thread>

#include "server/http.h"
#include "server/server.h"

namespace huitou::server {
namespace {

struct Reply {
  long status = 0;
  std::string head;
  std::string body;
};

struct Sent {
  std::string method = "GET";
  std::string path;
  std::string body = "";
  std::vector<std::string> headers = {};
  bool signed_in = true;
};

std::size_t take(char* bytes, std::size_t size, std::size_t count, void* into) {
  static_cast<std::string*>(into)->append(bytes, size * count);
  return size * count;
}

class ServerTest : public testing::Test {
 protected:
  void SetUp() override {
    home_ = testing::TempDir() + "huitou_server_engine_" + std::to_string(getpid());
    std::filesystem::create_directories(home_ + "/web");
    std::ofstream(home_ + "/web/index.html") << "<title>回头</title>";
    start(ServerLimits{});
  }
  void TearDown() override {
    server_.reset();
    std::filesystem::remove_all(home_);
  }
  void start(ServerLimits limits) {
    server_.reset();
    auto shop = commands::open_shop(home_);
    ASSERT_TRUE(shop.ok()) << describe(shop.error());
    auto started =
        Server::start(std::move(*shop), {.home = home_, .web = home_ + "/web", .limits = limits});
    ASSERT_TRUE(started.ok()) << describe(started.error());
    server_ = std::move(*started);
  }

  Reply send(const Sent& sent) const {
    Reply reply;
    CURL* curl = curl_easy_init();
    curl_slist* headers = curl_slist_append(nullptr, "Expect:");
    if (sent.signed_in) {
      headers = curl_slist_append(headers, ("Authorization: Bearer " + server_->token()).c_str());
    }
    for (const std::string& header : sent.headers)
      headers = curl_slist_append(headers, header.c_str());
    curl_easy_setopt(curl, CURLOPT_URL, (server_->url() + sent.path).c_str());
    curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, sent.method.c_str());
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(curl, CURLOPT_NOPROXY, "*");
    curl_easy_setopt(curl, CURLOPT_TIMEOUT, 30L);
    if (!sent.body.empty()) {
      curl_easy_setopt(curl, CURLOPT_POSTFIELDS, sent.body.data());
      curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE,
                       static_cast<curl_off_t>(sent.body.size()));
    }
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, &reply.body);
    curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, take);
    curl_easy_setopt(curl, CURLOPT_HEADERDATA, &reply.head);
    EXPECT_EQ(curl_easy_perform(curl), CURLE_OK) << sent.path;
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &reply.status);
    curl_slist_free_all(headers);
    curl_easy_cleanup(curl);
    return reply;
  }

  Reply get(const std::string& path) const { return send({.path = path}); }
  Reply post(const std::string& path, const std::string& body) const {
    return send({.method = "POST", .path = path, .body = body});
  }

  std::string write_orders(int customers) const {
    const std::string path = home_ + "/orders.csv";
    std::ofstream file(path);
    file << "order_key,customer_key,ordered_at,net,status\n";
    for (int i = 0; i < customers; ++i) {
      file << "a" << i << ",c" << i << ",2025-01-05,10.00,paid\n";
      if (i % 4 == 0) file << "b" << i << ",c" << i << ",2025-01-20,5.00,paid\n";
    }
    return path;
  }
  commands::JobReport load(const std::string& path) const {
    const Reply started = post("/api/load", R"({"files": [")" + path + R"("]})");
    EXPECT_EQ(started.status, 202) << started.body;
    return wait_for(commands::parse_job_json(started.body)->id);
  }
  commands::JobReport wait_for(const std::string& id) const {
    for (int i = 0; i < 2400; ++i) {
      const auto job = commands::parse_job_json(get("/api/jobs/" + id).body);
      EXPECT_TRUE(job.ok());
      if (!job.ok() || job->ended()) return job.ok() ? *job : commands::JobReport{};
      std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    ADD_FAILURE() << "job " << id << " does not end";
    return {};
  }

  std::string home_;
  std::unique_ptr<Server> server_;
};

TEST_F(ServerTest, NothingIsAnsweredWithoutTheToken) {
  const Reply api = send({.path = "/api/status", .signed_in = false});
  EXPECT_EQ(api.status, 401);
  EXPECT_NE(api.body.find("\"code\":\"denied\""), std::string::npos);
  const Reply page = send({.path = "/", .signed_in = false});
  EXPECT_EQ(page.status, 401);
  EXPECT_NE(page.body.find("huitou serve"), std::string::npos);
  const std::vector<std::string> wrong = {"Authorization: Bearer " + std::string(64, '0')};
  EXPECT_EQ(send({.path = "/api/status", .headers = wrong, .signed_in = false}).status, 401);
  EXPECT_EQ(get("/api/status").status, 200);
}

TEST_F(ServerTest, TheAddressWithTheTokenSignsABrowserIn) {
  const Reply signed_in = send({.path = "/metrics?token=" + server_->token(), .signed_in = false});
  EXPECT_EQ(signed_in.status, 303);
  EXPECT_NE(signed_in.head.find("Location: /metrics\r\n"), std::string::npos) << signed_in.head;
  EXPECT_NE(signed_in.head.find("HttpOnly; SameSite=Strict"), std::string::npos);
  const Reply in_chinese =
      send({.path = "/metrics?token=" + server_->token() + "&lang=zh", .signed_in = false});
  EXPECT_NE(in_chinese.head.find("Location: /metrics?lang=zh\r\n"), std::string::npos)
      << in_chinese.head;
  const std::string cookie =
      "Cookie: huitou_" + std::to_string(server_->port()) + "=" + server_->token();
  const Reply page = send({.path = "/metrics", .headers = {cookie}, .signed_in = false});
  EXPECT_EQ(page.status, 200);
  EXPECT_EQ(page.body, "<title>回头</title>");
  EXPECT_NE(page.head.find("Content-Security-Policy"), std::string::npos);
  const Sent foreign{.method = "POST",
                     .path = "/api/status",
                     .body = "{}",
                     .headers = {cookie, "Origin: http://evil.example"},
                     .signed_in = false};
  EXPECT_EQ(send(foreign).status, 403);
}

TEST_F(ServerTest, AForeignHostNameIsRefused) {
  EXPECT_EQ(send({.path = "/api/status", .headers = {"Host: evil.example"}}).status, 403);
}

TEST_F(ServerTest, RefusalsHaveTheAgreedShapeAndStatus) {
  EXPECT_EQ(get("/api/stauts").status, 404);
  EXPECT_NE(get("/api/stauts").body.find("Did you mean 'status'"), std::string::npos);
  EXPECT_EQ(post("/api/status", "{").status, 400);
  EXPECT_EQ(post("/api/metric", R"({"metrc": "buyers"})").status, 400);
  EXPECT_EQ(post("/api/serve", "{}").status, 400);
  EXPECT_EQ(send({.method = "PATCH", .path = "/api/status"}).status, 405);
  EXPECT_EQ(get("/api/load?files=x").status, 405);
  EXPECT_EQ(post("/api/metric", R"({"metric": "buyers"})").status, 422);
  EXPECT_EQ(get("/api/jobs/99").status, 404);
  EXPECT_EQ(post("/api/batch", std::string(5U << 20U, ' ')).status, 413);
  std::string many = "[";
  for (int i = 0; i < 65; ++i) many += std::string(i == 0 ? "" : ",") + R"({"command": "status"})";
  const Reply refused = post("/api/batch", many + "]");
  EXPECT_EQ(refused.status, 413);
  EXPECT_NE(refused.body.find("batch_entries"), std::string::npos);
}

TEST_F(ServerTest, ALoadIsAJobAndItsFiguresAreAnswered) {
  const commands::JobReport job = load(write_orders(100));
  ASSERT_EQ(job.state, commands::JobState::done) << job.outcome;
  const auto loaded = commands::parse_answer_json(job.outcome);
  ASSERT_TRUE(loaded.ok());
  EXPECT_EQ(loaded->frame.integer("rows_loaded", 0), 125);
  const std::string question =
      R"({"metric": "repurchase_rate", "from": "2025-01-01", "to": "2025-02-01"})";
  const auto answer = commands::parse_answer_json(post("/api/metric", question).body);
  ASSERT_TRUE(answer.ok()) << describe(answer.error());
  EXPECT_EQ(answer->frame.real("repurchase_rate", 0), 0.25);
  EXPECT_EQ(get("/api/metric?metric=repurchase_rate&from=2025-01-01&to=2025-02-01").body,
            post("/api/metric", question).body);
}

TEST_F(ServerTest, AnAnswerIsNotKeptOverALoad) {
  ASSERT_EQ(load(write_orders(10)).state, commands::JobState::done);
  const std::string question = R"({"metric": "buyers", "from": "2025-01-01", "to": "2025-02-01"})";
  EXPECT_EQ(
      commands::parse_answer_json(post("/api/metric", question).body)->frame.real("buyers", 0), 10);
  ASSERT_EQ(load(write_orders(20)).state, commands::JobState::done);
  EXPECT_EQ(
      commands::parse_answer_json(post("/api/metric", question).body)->frame.real("buyers", 0), 20);
}

TEST_F(ServerTest, EntriesOfABatchFailAlone) {
  const Reply reply = post("/api/batch", R"([{"command": "status"}, {"command": "nope"},
      {"command": "metric", "args": {"metric": "buyers", "by": "mnth"}}, {"command": "load", "args": {"files": "x"}}])");
  EXPECT_EQ(reply.status, 200);
  EXPECT_TRUE(reply.body.starts_with(R"([{"columns":)")) << reply.body;
  EXPECT_NE(reply.body.find("There is no command 'nope'"), std::string::npos);
  EXPECT_NE(reply.body.find("Did you mean 'month'"), std::string::npos);
  EXPECT_NE(reply.body.find("POST /api/load"), std::string::npos);
}

TEST_F(ServerTest, EventsTellProgressAndTheEnd) {
  const Reply started = post("/api/demo", R"({"customers": 300, "to": "2026-01-01"})");
  const auto job = commands::parse_job_json(started.body);
  ASSERT_TRUE(job.ok()) << started.body;
  const Reply events = get("/api/jobs/" + job->id + "/events");
  EXPECT_NE(events.head.find("text/event-stream"), std::string::npos);
  EXPECT_NE(events.body.find("event: end\ndata: {\"id\":\"" + job->id), std::string::npos)
      << events.body;
  EXPECT_NE(events.body.find("\"state\":\"done\""), std::string::npos);
}

TEST_F(ServerTest, ARunningJobIsCancelled) {
  const Reply started = post("/api/demo", R"({"customers": 20000000})");
  const std::string id = commands::parse_job_json(started.body)->id;
  EXPECT_EQ(send({.method = "DELETE", .path = "/api/jobs/" + id}).status, 200);
  EXPECT_EQ(wait_for(id).state, commands::JobState::cancelled);
}

TEST_F(ServerTest, AnUploadGoesOnWhereItBroke) {
  EXPECT_EQ(get("/api/uploads/orders.csv").status, 404);
  const auto put = [&](const std::string& offset, const std::string& body) {
    return send(
        {.method = "PUT", .path = "/api/uploads/orders.csv?offset=" + offset, .body = body});
  };
  EXPECT_EQ(put("0", "order_key,").status, 200);
  EXPECT_EQ(put("4", "x").status, 409);
  EXPECT_EQ(put("10", "customer_key").status, 200);
  EXPECT_NE(get("/api/uploads/orders.csv").body.find("\"size\":22"), std::string::npos);
  EXPECT_EQ(put("-1", "x").status, 400);
  EXPECT_EQ(send({.method = "PUT", .path = "/api/uploads/..%2Fx?offset=0", .body = "x"}).status,
            400);
}

TEST_F(ServerTest, AFileThatAJobWroteIsDownloadedByWhoHasTheToken) {
  ASSERT_EQ(load(write_orders(3)).state, commands::JobState::done);
  const Reply place = post("/api/downloads/orders.csv", "{}");
  ASSERT_EQ(place.status, 200) << place.body;
  const auto text_of = [&](const std::string& name) {
    const std::string key = "\"" + name + "\":\"";
    const std::size_t begin = place.body.find(key) + key.size();
    return place.body.substr(begin, place.body.find('"', begin) - begin);
  };
  const std::string at = "/api/downloads/" + text_of("id");
  EXPECT_EQ(get(at).status, 404);
  const Reply started =
      post("/api/export", R"({"table": "orders", "to": ")" + text_of("path") + "\"}");
  const auto job = commands::parse_job_json(started.body);
  ASSERT_TRUE(job.ok()) << started.body;
  ASSERT_EQ(wait_for(job->id).state, commands::JobState::done);
  const Reply file = get(at);
  EXPECT_EQ(file.status, 200);
  EXPECT_TRUE(file.body.starts_with("\xEF\xBB\xBF")) << file.body.substr(0, 20);
  EXPECT_EQ(std::count(file.body.begin(), file.body.end(), '\n'), 5) << "a head and four orders";
  EXPECT_NE(file.head.find("filename*=UTF-8''orders.csv"), std::string::npos) << file.head;
  EXPECT_EQ(send({.path = at, .signed_in = false}).status, 401);
  EXPECT_EQ(send({.method = "PUT", .path = at}).status, 400);
  EXPECT_EQ(post("/api/downloads/..%2Fx.csv", "{}").status, 400);
  EXPECT_EQ(send({.method = "DELETE", .path = at}).status, 200);
  EXPECT_EQ(get(at).status, 404);
}

TEST_F(ServerTest, ManyClientsAtOnceAllGetTheirAnswer) {
  ASSERT_EQ(load(write_orders(50)).state, commands::JobState::done);
  std::atomic<int> right{0};
  std::vector<std::thread> clients;
  for (int client = 0; client < 64; ++client) {
    clients.emplace_back([&, client] {
      const std::string days = std::to_string(30 + client % 8);
      const Reply reply =
          post("/api/metric", R"({"metric": ["buyers", "repurchase_within"], "days": )" + days +
                                  R"(, "from": "2025-01-01", "to": "2025-02-01"})");
      const auto answer = commands::parse_answer_json(reply.body);
      if (reply.status == 200 && answer.ok() && answer->frame.real("buyers", 0) == 50) ++right;
    });
  }
  for (std::thread& client : clients) client.join();
  EXPECT_EQ(right.load(), 64);
}

TEST_F(ServerTest, AFullQueueIsNamed) {
  ServerLimits limits;
  limits.queued_requests = 1;
  limits.workers = 1;
  start(limits);
  std::atomic<int> answered{0};
  std::atomic<int> refused{0};
  std::vector<std::thread> clients;
  for (int client = 0; client < 24; ++client) {
    clients.emplace_back([&] {
      const Reply reply = get("/api/verify");
      if (reply.status == 200) ++answered;
      if (reply.status == 429 && reply.body.find("queued_requests") != std::string::npos) ++refused;
    });
  }
  for (std::thread& client : clients) client.join();
  EXPECT_EQ(answered + refused, 24);
  EXPECT_GE(refused.load(), 1);
  EXPECT_GE(answered.load(), 1);
}

TEST_F(ServerTest, TheCatalogueAndTheDocumentOfTheInterfaceAreThere) {
  EXPECT_NE(get("/api/catalogue").body.find("\"name\":\"repurchase_rate\""), std::string::npos);
  EXPECT_NE(get("/api/openapi.json").body.find("\"/api/analyse/rfm\""), std::string::npos);
}

TEST(Serving, ATakenPortIsAConflict) {
  const HttpOptions any{
      .listen = "127.0.0.1", .body_bytes = 1, .connections = 1, .request_seconds = 1};
  const auto first = listen_http(any, [](const ExchangePtr&) {});
  ASSERT_TRUE(first.ok());
  HttpOptions same = any;
  same.port = (*first)->port();
  const auto second = listen_http(same, [](const ExchangePtr&) {});
  ASSERT_FALSE(second.ok());
  EXPECT_EQ(second.error().code, Code::conflict);
}

}  // namespace
}  // namespace huitou::server
