#include "server/warmer.h"

#include <chrono>

namespace huitou::server {
namespace {

constexpr double kLookSeconds = 2;     // for a new state
constexpr double kQuietSeconds = 0.2;  // until nobody asks

}  // namespace

Warmer::Warmer(Answers& answers, std::function<void(const std::string&)> log)
    : answers_(answers), log_(std::move(log)), thread_([this] { run(); }) {}

void Warmer::stop() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  wake_.notify_all();
  if (thread_.joinable()) thread_.join();
}

/// False if the warmer is to end.
bool Warmer::wait(double seconds) {
  std::unique_lock lock(mutex_);
  wake_.wait_for(lock, std::chrono::duration<double>(seconds), [this] { return ending_; });
  return !ending_;
}

void Warmer::run() {
  std::string done;
  while (wait(kLookSeconds)) {
    const auto state = answers_.state();
    if (!state.ok() || *state == done) continue;
    const Status asked = ask(*state);
    if (!asked.ok()) log_("not asked again: " + describe(asked.error()));
    done = *state;
  }
}

Status Warmer::ask(const std::string& state) {
  TRY(const auto requests, answers_.unanswered(state));
  for (const commands::Request& request : requests) {
    while (answers_.busy()) {
      if (!wait(kQuietSeconds)) return {};
    }
    if (!wait(0)) return {};
    const auto checked = check_request(request);
    // One that cannot be answered (not enough data) keeps the others from nothing.
    if (checked.ok()) (void)answers_.read(*checked);
  }
  return {};
}

}  // namespace huitou::server
