#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <string>

#include "base/language.h"

namespace huitou {

/// How far a long piece of work has come. `total` is 0 while nobody can know it.
struct Step {
  Words stage;             ///< what is being done now
  std::uint64_t done = 0;  ///< in `unit`
  std::uint64_t total = 0;
  Words unit;  ///< "rows", "bytes", "partitions"
};

/// Handed down into long work: report often (the receiver thins out), ask `cancelled` at each
/// block. Thread-safe if `report` is.
class Progress {
 public:
  Progress() = default;
  Progress(std::function<void(const Step&)> report, const std::atomic<bool>* cancelled)
      : report_(std::move(report)), cancelled_(cancelled) {}

  void report(const Step& step) const {
    if (report_) {
      report_(step);
    }
  }
  bool cancelled() const {
    return cancelled_ != nullptr && cancelled_->load(std::memory_order_relaxed);
  }
  /// What `cancelled` looks at, for waits that must end; null where nobody can cancel.
  const std::atomic<bool>* flag() const { return cancelled_; }

 private:
  std::function<void(const Step&)> report_;
  const std::atomic<bool>* cancelled_ = nullptr;
};

}  // namespace huitou
