#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace huitou::server {

/// Threads that run what is queued, first come first served. All members may be called from any
/// thread.
class Pool {
 public:
  Pool(std::size_t threads, std::size_t queued_limit);
  ~Pool() { stop(); }
  Pool(const Pool&) = delete;
  Pool& operator=(const Pool&) = delete;

  /// False if the queue is full or the pool was stopped: then nothing will run.
  bool submit(std::function<void()> work);
  /// Runs what is queued, then ends the threads.
  void stop();

 private:
  void run();

  const std::size_t queued_limit_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<std::function<void()>> queue_;
  bool ending_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace huitou::server
