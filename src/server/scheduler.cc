#include "server/scheduler.h"

#include <chrono>

namespace huitou::server {

void Scheduler::start(std::function<std::int64_t()> clock, double seconds) {
  thread_ = std::thread([this, clock = std::move(clock), seconds] {
    std::unique_lock lock(mutex_);
    while (!ending_) {
      lock.unlock();
      look(clock());
      lock.lock();
      wake_.wait_for(lock, std::chrono::duration<double>(seconds), [this] { return ending_; });
    }
  });
}

void Scheduler::stop() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  wake_.notify_all();
  if (thread_.joinable()) thread_.join();
}

bool Scheduler::under_way(const std::string& key) {
  const auto begun = begun_.find(key);
  if (begun == begun_.end()) return false;
  const auto job = parts_.jobs.get(begun->second);
  return job.ok() && !job->ended();
}

void Scheduler::look(std::int64_t now) {
  const auto due = commands::due_requests(parts_.shop, now);
  if (!due.ok()) {
    parts_.log("schedule: " + describe(due.error()));
    return;
  }
  for (const commands::Request& request : *due) {
    const auto checked = check_request(request);
    CHECK(checked.ok());
    if (under_way(checked->key)) continue;
    const auto job = parts_.jobs.start(std::string(request.command),
                                       [this, checked = *checked](const Progress& progress) {
                                         auto done = parts_.answers.change(checked, progress);
                                         if (!done.ok())
                                           parts_.log(checked.shown + ": " + describe(done.error()));
                                         return done;
                                       });
    // A full queue has room later; it is still due then.
    if (job.ok()) begun_[checked->key] = job->id;
  }
}

}  // namespace huitou::server
