#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <mutex>

#include "cli/cli.h"

namespace huitou::cli {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t kBarWidth = 24;

std::string short_count(double value) {
  if (value >= 1e9) return fmt::format("{:.1f} G ", value / 1e9);
  if (value >= 1e6) return fmt::format("{:.1f} M ", value / 1e6);
  if (value >= 1e3) return fmt::format("{:.1f} k ", value / 1e3);
  return fmt::format("{:.0f} ", value);
}

std::string clock_of(double seconds) {
  const auto whole = static_cast<std::int64_t>(seconds + 0.5);
  return fmt::format("{:02}:{:02}", whole / 60, whole % 60);
}

}  // namespace

std::string progress_line(const Step& step, const Pace& pace, Language language) {
  const bool chinese = language == Language::zh;
  std::string out(step.stage.in(language));
  const double done = static_cast<double>(step.done);
  const double total = static_cast<double>(step.total);
  const double rate = pace.seconds > 0 && step.done > pace.begun
                          ? (done - static_cast<double>(pace.begun)) / pace.seconds
                          : 0;
  if (step.total > 0) {
    const double share = std::min(1.0, done / total);
    const auto filled = static_cast<std::size_t>(share * static_cast<double>(kBarWidth));
    out += " [" + std::string(filled, '#') + std::string(kBarWidth - filled, '-') + "]";
    out += fmt::format(" {:3.0f} %", 100 * share);
  } else if (step.done > 0) {
    out += fmt::format("  {}{}", short_count(done), step.unit.in(language));
  }
  if (rate > 0) out += fmt::format("  {}{}/s", short_count(rate), step.unit.in(language));
  if (rate > 0 && total > done) {
    const std::string left = clock_of((total - done) / rate);
    out += chinese ? "  剩余 " + left : "  " + left + " left";
  }
  return out;
}

struct ProgressBar::State {
  std::mutex mutex;
  Language language;
  bool terminal = isatty(STDERR_FILENO) == 1;
  bool drawn = false;
  std::string stage;
  std::uint64_t begun = 0;
  Clock::time_point stage_begin{};
  Clock::time_point last{};
};

ProgressBar::ProgressBar(Language language) : state_(std::make_unique<State>()) {
  state_->language = language;
}

ProgressBar::~ProgressBar() { clear(); }

void ProgressBar::show(const Step& step) {
  const std::lock_guard lock(state_->mutex);
  if (!state_->terminal) return;
  const Clock::time_point now = Clock::now();
  if (step.stage.en != state_->stage) {
    state_->stage = step.stage.en;
    state_->stage_begin = now;
    state_->begun = step.done;
  } else if (now - state_->last < std::chrono::milliseconds(100)) {
    return;
  }
  state_->last = now;
  const Pace pace{std::chrono::duration<double>(now - state_->stage_begin).count(), state_->begun};
  fmt::print(stderr, "\r\x1b[K{}", progress_line(step, pace, state_->language));
  std::fflush(stderr);
  state_->drawn = true;
}

void ProgressBar::clear() {
  const std::lock_guard lock(state_->mutex);
  if (state_->drawn) fmt::print(stderr, "\r\x1b[K");
  state_->drawn = false;
}

}  // namespace huitou::cli
