#pragma once

// Surveys over HTTP: the only pages that a customer sees.
//
//   GET  /q/TOKEN   the question, or one sentence why there is none
//   POST /q/TOKEN   the answer: score, comment, page; answered for once it is on the disk
//
// A survey's token stands for the token of the server, so that customers may answer and can reach
// nothing else: no cookie is read or set, and no query of the engine is run.

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <unordered_map>

#include "server/http.h"
#include "server/pool.h"
#include "surveys/surveys.h"

namespace huitou::server {

/// How often something happened in the minute under way. Any thread.
class Rates {
 public:
  /// False if it happened `limit` times in this minute already.
  bool take(const std::string& what, int limit, std::int64_t now);

 private:
  std::mutex mutex_;
  std::int64_t minute_ = 0;
  std::unordered_map<std::string, int> counts_;
};

class SurveyDoor {
 public:
  struct Parts {
    store::Store& store;
    Pool& pool;
    std::function<surveys::Moment()> clock;
    std::function<Status()> settle;  ///< takes what was entered to the tables
    std::function<void(const std::string&)> log;
  };
  explicit SurveyDoor(Parts parts);
  ~SurveyDoor() { stop(); }
  SurveyDoor(const SurveyDoor&) = delete;
  SurveyDoor& operator=(const SurveyDoor&) = delete;

  /// Answers later, from the pool. Does not wait.
  void handle(const ExchangePtr& exchange);
  /// Answers that were not taken to the tables are when the home is opened next.
  void stop();

 private:
  HttpReply reply(const HttpRequest& request);
  HttpReply show(const HttpRequest& request, Language language);
  HttpReply keep(const HttpRequest& request, Language language);
  Result<surveys::Visit> let_in(const HttpRequest& request, bool counts);
  void answered();
  void run();

  Parts parts_;
  Rates rates_;
  std::atomic<int> under_way_{0};
  std::mutex mutex_;
  std::condition_variable wake_;
  bool waiting_ = false;  ///< answers that the tables do not have
  bool ending_ = false;
  std::thread thread_;
};

bool is_survey(const HttpRequest& request);

}  // namespace huitou::server
