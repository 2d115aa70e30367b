#pragma once

// Long work: one job at a time, in the order they came; progress by server-sent events.

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "commands/commands.h"
#include "server/http.h"
#include "server/pool.h"
#include "server/server.h"

namespace huitou::server {

/// Any thread.
class Jobs {
 public:
  using Work = std::function<Result<Answer>(const Progress&)>;

  explicit Jobs(const ServerLimits& limits);
  ~Jobs() { stop(); }
  Jobs(const Jobs&) = delete;
  Jobs& operator=(const Jobs&) = delete;

  /// Errors: limit_reached (queued_jobs).
  Result<commands::JobReport> start(const std::string& command, Work work);
  /// Newest first.
  std::vector<commands::JobReport> list();
  /// Errors: not_found.
  Result<commands::JobReport> get(const std::string& id);
  /// Asks it to stop; a waiting job never begins. One that has ended stays as it is.
  Result<commands::JobReport> cancel(const std::string& id);
  /// Sends a "progress" event for every change and an "end" event last.
  /// Errors: not_found, limit_reached (event_streams); then nothing was sent.
  Status follow(const std::string& id, ExchangePtr exchange);
  /// Cancels what runs, waits for it and ends the streams.
  void stop();

 private:
  struct Job;
  struct Stream;
  using JobPtr = std::shared_ptr<Job>;

  Result<JobPtr> job_of(const std::string& id);
  void run(const JobPtr& job, const Work& work);
  void finish(const JobPtr& job, const Result<Answer>& result);
  void tell_streams();
  bool tell(Stream& stream);
  void forget_old();

  const ServerLimits limits_;
  std::mutex mutex_;
  std::condition_variable ending_wake_;
  bool ending_ = false;
  std::uint64_t last_id_ = 0;
  std::map<std::uint64_t, JobPtr> jobs_;
  std::vector<std::shared_ptr<Stream>> streams_;
  std::thread teller_;
  Pool pool_;
};

}  // namespace huitou::server
