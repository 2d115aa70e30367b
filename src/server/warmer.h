#pragma once

// Asks again, while nobody else asks, what people asked lately: after the data changed, on a new
// day, and when the program starts. Whoever opens the page then finds its answers there.

#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

#include "server/answers.h"

namespace huitou::server {

class Warmer {
 public:
  Warmer(Answers& answers, std::function<void(const std::string&)> log);
  ~Warmer() { stop(); }
  Warmer(const Warmer&) = delete;
  Warmer& operator=(const Warmer&) = delete;

  /// Ends after the question at hand.
  void stop();

 private:
  void run();
  /// Asks what has no answer in the state; what was tried in it is not tried again.
  Status ask(const std::string& state);
  bool wait(double seconds);

  Answers& answers_;
  std::function<void(const std::string&)> log_;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool ending_ = false;
  std::thread thread_;
};

}  // namespace huitou::server
