#include "server/jobs.h"

#include <fmt/format.h>

#include <charconv>

namespace huitou::server {
namespace {

using Clock = std::chrono::steady_clock;
using commands::JobReport;
using commands::JobState;

constexpr std::chrono::milliseconds kTellEvery{150};
constexpr std::chrono::seconds kHeartbeatEvery{10};

std::int64_t utc_now() {
  return std::chrono::duration_cast<std::chrono::seconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

Error queue_full(std::size_t limit) {
  return {Code::limit_reached,
          fmt::format("{} jobs are waiting, which is the limit queued_jobs.", limit),
          "Wait until one has ended, or cancel one.",
          fmt::format("已有 {} 个任务在等待，达到上限 queued_jobs。", limit),
          "请等待或取消其中一个任务。"};
}

Error no_job(const std::string& id) {
  return {Code::not_found, fmt::format("There is no job '{}'.", id), "GET /api/jobs lists them.",
          fmt::format("没有任务“{}”。", id), "GET /api/jobs 列出全部任务。"};
}

}  // namespace

struct Jobs::Job {
  std::mutex mutex;
  JobReport report;
  std::uint64_t changes = 1;
  Clock::time_point stage_begin = Clock::now();
  std::uint64_t stage_done = 0;
  std::atomic<bool> cancelled{false};

  void step(const Step& step) {
    const std::lock_guard lock(mutex);
    if (report.step.stage.en != step.stage.en) {
      stage_begin = Clock::now();
      stage_done = step.done;
    }
    report.step = commands::KeptStep::of(step);
    ++changes;
  }

  JobReport snapshot() {
    const std::lock_guard lock(mutex);
    JobReport out = report;
    const double seconds = std::chrono::duration<double>(Clock::now() - stage_begin).count();
    if (out.state == JobState::running && out.step.done > stage_done && seconds > 0.2) {
      out.rate = static_cast<double>(out.step.done - stage_done) / seconds;
      if (out.step.total > out.step.done) {
        out.seconds_left = static_cast<double>(out.step.total - out.step.done) / *out.rate;
      }
    }
    return out;
  }
};

struct Jobs::Stream {
  JobPtr job;
  ExchangePtr exchange;
  std::uint64_t told = 0;
  Clock::time_point last = Clock::now();
};

Jobs::Jobs(const ServerLimits& limits) : limits_(limits), pool_(1, limits.queued_jobs) {
  teller_ = std::thread([this] {
    std::unique_lock lock(mutex_);
    while (!ending_) {
      ending_wake_.wait_for(lock, kTellEvery);
      tell_streams();
    }
  });
}

void Jobs::stop() {
  {
    const std::lock_guard lock(mutex_);
    for (const auto& [id, job] : jobs_) job->cancelled.store(true);
  }
  pool_.stop();
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
    tell_streams();
    streams_.clear();
  }
  ending_wake_.notify_all();
  if (teller_.joinable()) teller_.join();
}

Result<JobReport> Jobs::start(const std::string& command, Work work) {
  auto job = std::make_shared<Job>();
  {
    const std::lock_guard lock(mutex_);
    job->report.id = std::to_string(++last_id_);
    job->report.command = command;
    job->report.started_at = utc_now();
    jobs_.emplace(last_id_, job);
    forget_old();
  }
  const bool taken = pool_.submit([this, job, work = std::move(work)] { run(job, work); });
  if (taken) return job->snapshot();
  const std::lock_guard lock(mutex_);
  jobs_.erase(jobs_.find(std::stoull(job->report.id)));
  return queue_full(limits_.queued_jobs);
}

void Jobs::run(const JobPtr& job, const Work& work) {
  if (job->cancelled.load()) {
    finish(job, Error{Code::conflict, "The job was cancelled before it began.", "",
                      "任务在开始前被取消。", ""});
    return;
  }
  {
    const std::lock_guard lock(job->mutex);
    job->report.state = JobState::running;
    ++job->changes;
  }
  const Progress progress([job](const Step& step) { job->step(step); }, &job->cancelled);
  finish(job, work(progress));
}

void Jobs::finish(const JobPtr& job, const Result<Answer>& result) {
  const std::lock_guard lock(job->mutex);
  if (result.ok()) {
    job->report.state = JobState::done;
    job->report.outcome = commands::answer_json(*result);
  } else {
    job->report.state = job->cancelled.load() ? JobState::cancelled : JobState::failed;
    job->report.outcome = commands::error_json(result.error());
  }
  ++job->changes;
}

std::vector<JobReport> Jobs::list() {
  const std::lock_guard lock(mutex_);
  std::vector<JobReport> out;
  for (auto at = jobs_.rbegin(); at != jobs_.rend(); ++at) out.push_back(at->second->snapshot());
  return out;
}

Result<Jobs::JobPtr> Jobs::job_of(const std::string& id) {
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(id.data(), id.data() + id.size(), number);
  const std::lock_guard lock(mutex_);
  const auto found = jobs_.find(number);
  if (error != std::errc() || end != id.data() + id.size() || found == jobs_.end())
    return no_job(id);
  return found->second;
}

Result<JobReport> Jobs::get(const std::string& id) {
  TRY(const JobPtr job, job_of(id));
  return job->snapshot();
}

Result<JobReport> Jobs::cancel(const std::string& id) {
  TRY(const JobPtr job, job_of(id));
  job->cancelled.store(true);
  return job->snapshot();
}

Status Jobs::follow(const std::string& id, ExchangePtr exchange) {
  TRY(JobPtr job, job_of(id));
  const std::lock_guard lock(mutex_);
  if (ending_ || streams_.size() >= limits_.event_streams) {
    return Error{
        Code::limit_reached,
        fmt::format("{} pages follow jobs, which is the limit event_streams.", streams_.size()),
        "Close some pages.",
        fmt::format("已有 {} 个页面在跟踪任务，达到上限 event_streams。", streams_.size()),
        "请关闭一些页面。"};
  }
  exchange->begin_events();
  auto stream = std::make_shared<Stream>();
  stream->job = std::move(job);
  stream->exchange = std::move(exchange);
  if (tell(*stream)) streams_.push_back(std::move(stream));
  return {};
}

void Jobs::tell_streams() {
  std::erase_if(streams_, [this](const std::shared_ptr<Stream>& stream) { return !tell(*stream); });
}

/// False if the stream is over.
bool Jobs::tell(Stream& stream) {
  if (!stream.exchange->alive()) return false;
  const Clock::time_point now = Clock::now();
  std::uint64_t changes = 0;
  {
    const std::lock_guard lock(stream.job->mutex);
    changes = stream.job->changes;
  }
  if (changes == stream.told) {
    if (now - stream.last < kHeartbeatEvery) return true;
    stream.last = now;
    stream.exchange->send_events(": still here\n\n");
    return true;
  }
  stream.told = changes;
  stream.last = now;
  const JobReport report = stream.job->snapshot();
  stream.exchange->send_events(fmt::format(
      "event: {}\ndata: {}\n\n", report.ended() ? "end" : "progress", commands::job_json(report)));
  if (report.ended()) stream.exchange->end_events();
  return !report.ended();
}

/// Ended jobs over the limit, the oldest first.
void Jobs::forget_old() {
  for (auto at = jobs_.begin(); at != jobs_.end() && jobs_.size() > limits_.kept_jobs;) {
    at = at->second->snapshot().ended() ? jobs_.erase(at) : std::next(at);
  }
}

}  // namespace huitou::server
