// The command line as a client of the server that owns the home.

#include <curl/curl.h>
#include <fmt/format.h>

#include <chrono>
#include <thread>

#include "cli/cli.h"

namespace huitou::cli {
namespace {

using commands::ServerAddress;

struct Exchange {
  std::string method;
  std::string path;
  std::string body;
};

struct Reply {
  long status = 0;
  std::string body;
};

std::size_t take(char* bytes, std::size_t size, std::size_t count, void* into) {
  static_cast<std::string*>(into)->append(bytes, size * count);
  return size * count;
}

/// libcurl's handle and header list, freed with the object.
class Client {
 public:
  explicit Client(const ServerAddress& server) : server_(server), curl_(curl_easy_init()) {
    CHECK(curl_ != nullptr);
  }
  ~Client() {
    curl_slist_free_all(headers_);
    curl_easy_cleanup(curl_);
  }
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  Result<Reply> send(const Exchange& exchange) {
    curl_slist_free_all(headers_);
    headers_ = curl_slist_append(nullptr, ("Authorization: Bearer " + server_.token).c_str());
    headers_ = curl_slist_append(headers_, "Content-Type: application/json");
    headers_ = curl_slist_append(headers_, "Expect:");
    Reply reply;
    curl_easy_reset(curl_);
    curl_easy_setopt(curl_, CURLOPT_URL, (server_.url + exchange.path).c_str());
    curl_easy_setopt(curl_, CURLOPT_CUSTOMREQUEST, exchange.method.c_str());
    curl_easy_setopt(curl_, CURLOPT_HTTPHEADER, headers_);
    curl_easy_setopt(curl_, CURLOPT_NOPROXY, "*");
    curl_easy_setopt(curl_, CURLOPT_CONNECTTIMEOUT_MS, 5000L);
    if (!exchange.body.empty()) {
      curl_easy_setopt(curl_, CURLOPT_POSTFIELDS, exchange.body.data());
      curl_easy_setopt(curl_, CURLOPT_POSTFIELDSIZE_LARGE,
                       static_cast<curl_off_t>(exchange.body.size()));
    }
    curl_easy_setopt(curl_, CURLOPT_WRITEFUNCTION, take);
    curl_easy_setopt(curl_, CURLOPT_WRITEDATA, &reply.body);
    const CURLcode code = curl_easy_perform(curl_);
    if (code != CURLE_OK) {
      const std::string why = curl_easy_strerror(code);
      return Error{
          Code::unavailable,
          fmt::format("The server of this home ({}) did not answer: {}.", server_.url, why),
          "Look whether it still runs, or stop it and try again.",
          fmt::format("该目录的服务（{}）没有回答：{}。", server_.url, why),
          "请检查服务是否仍在运行，或停止它后重试。"};
    }
    curl_easy_getinfo(curl_, CURLINFO_RESPONSE_CODE, &reply.status);
    return reply;
  }

 private:
  const ServerAddress& server_;
  CURL* curl_;
  curl_slist* headers_ = nullptr;
};

/// Follows a job until it has ended; its answer or error is the result.
Result<Answer> follow(Client& client, const std::string& id, const Progress& progress) {
  bool asked_to_stop = false;
  while (true) {
    if (progress.cancelled() && !asked_to_stop) {
      asked_to_stop = true;
      TRY(client.send({"DELETE", "/api/jobs/" + id, ""}));
    }
    TRY(const Reply reply, client.send({"GET", "/api/jobs/" + id, ""}));
    TRY(const commands::JobReport job, commands::parse_job_json(reply.body));
    if (job.ended()) return commands::parse_answer_json(job.outcome);
    progress.report(job.step.step());
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
  }
}

}  // namespace

Result<Answer> ask_server(const ServerAddress& server, const Invocation& invocation,
                          const Progress& progress) {
  Client client(server);
  const std::string route = commands::route_of(*invocation.command);
  TRY(const Reply reply, client.send({"POST", route, commands::args_json(invocation.args)}));
  if (invocation.command->kind != commands::Kind::job || reply.status != 202) {
    return commands::parse_answer_json(reply.body);
  }
  TRY(const commands::JobReport job, commands::parse_job_json(reply.body));
  return follow(client, job.id, progress);
}

}  // namespace huitou::cli
