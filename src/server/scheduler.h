#pragma once

// Starts what is due as jobs: sources whose time has come.

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <thread>

#include "commands/commands.h"
#include "server/answers.h"
#include "server/jobs.h"

namespace huitou::server {

class Scheduler {
 public:
  struct Parts {
    commands::Shop& shop;
    Answers& answers;
    Jobs& jobs;
    std::function<void(const std::string&)> log;
  };

  explicit Scheduler(Parts parts) : parts_(std::move(parts)) {}
  ~Scheduler() { stop(); }
  Scheduler(const Scheduler&) = delete;
  Scheduler& operator=(const Scheduler&) = delete;

  /// Looks at once, and then again every `seconds`, with the time of `clock` (UTC seconds).
  void start(std::function<std::int64_t()> clock, double seconds);
  void stop();
  /// One look: what is due and neither waits nor runs already becomes a job.
  void look(std::int64_t now);

 private:
  bool under_way(const std::string& key);

  Parts parts_;
  std::map<std::string, std::string> begun_;  ///< what was begun last: request -> job
  std::mutex mutex_;
  std::condition_variable wake_;
  bool ending_ = false;
  std::thread thread_;
};

}  // namespace huitou::server
