#pragma once

// A job as it goes over HTTP: GET /api/jobs/ID, the data of its events.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/language.h"
#include "base/progress.h"
#include "base/result.h"

namespace huitou::commands {

/// A `Step` that owns its texts.
struct KeptStep {
  Sentence stage;
  std::uint64_t done = 0;
  std::uint64_t total = 0;
  Sentence unit;

  static KeptStep of(const Step& step);
  /// Views into this object.
  Step step() const;
};

enum class JobState { waiting, running, done, failed, cancelled };
std::string_view job_state_name(JobState state);

struct JobReport {
  std::string id;
  std::string command;
  JobState state = JobState::waiting;
  KeptStep step;
  std::optional<double> rate;  ///< units a second
  std::optional<double> seconds_left;
  std::int64_t started_at = 0;  ///< UTC seconds
  std::string outcome;          ///< JSON of the Answer or Failure; empty while there is none

  bool ended() const {
    return state == JobState::done || state == JobState::failed || state == JobState::cancelled;
  }
};

/// {"id", "command", "state", "stage", "done", "total", "unit", "rate", "seconds_left",
/// "started_at", "answer": Answer or null, "failure": what is inside a Failure's "error", or null}
std::string job_json(const JobReport& job);

/// Reads a Job, or {"job": Job}. Errors: the one in it where it is a Failure.
Result<JobReport> parse_job_json(std::string_view json);

}  // namespace huitou::commands
