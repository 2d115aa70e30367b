#include "commands/job_json.h"

#include <array>
#include <nlohmann/json.hpp>

#include "commands/answer_json.h"
#include "commands/card_json.h"
#include "commands/json_text.h"
#include "commands/times.h"

namespace huitou::commands {
namespace {

using nlohmann::json;

constexpr std::array<std::string_view, 5> kStates{"waiting", "running", "done", "failed",
                                                  "cancelled"};

std::string number_or_null(const std::optional<double>& value) {
  std::string out;
  if (value) {
    append_json(out, *value);
  } else {
    out = "null";
  }
  return out;
}

Words words(const Sentence& text) { return {text.en, text.zh}; }

Sentence sentence_of(const json& value) { return {value.value("en", ""), value.value("zh", "")}; }

/// What is inside {"error": ...}.
std::string_view inside(std::string_view failure) {
  constexpr std::string_view kBefore = R"({"error":)";
  CHECK(failure.starts_with(kBefore) && failure.ends_with('}'));
  return failure.substr(kBefore.size(), failure.size() - kBefore.size() - 1);
}

JobReport report_of(const json& job) {
  JobReport report;
  report.id = job.at("id").get<std::string>();
  report.command = job.at("command").get<std::string>();
  for (std::size_t i = 0; i < kStates.size(); ++i) {
    if (job.at("state") == kStates[i]) report.state = static_cast<JobState>(i);
  }
  report.step = {sentence_of(job.at("stage")), job.at("done").get<std::uint64_t>(),
                 job.at("total").get<std::uint64_t>(), sentence_of(job.at("unit"))};
  report.started_at = parse_time(job.at("started_at").get<std::string>()).value_or(0);
  if (!job.at("answer").is_null()) report.outcome = job.at("answer").dump();
  if (!job.at("failure").is_null()) report.outcome = json{{"error", job.at("failure")}}.dump();
  return report;
}

}  // namespace

KeptStep KeptStep::of(const Step& step) {
  return {{std::string(step.stage.en), std::string(step.stage.zh)},
          step.done,
          step.total,
          {std::string(step.unit.en), std::string(step.unit.zh)}};
}

Step KeptStep::step() const { return {words(stage), done, total, words(unit)}; }

std::string_view job_state_name(JobState state) {
  return kStates.at(static_cast<std::size_t>(state));
}

std::string job_json(const JobReport& job) {
  JsonObject object;
  object.text("id", job.id);
  object.text("command", job.command);
  object.text("state", job_state_name(job.state));
  object.words("stage", words(job.step.stage));
  object.raw("done", std::to_string(job.step.done));
  object.raw("total", std::to_string(job.step.total));
  object.words("unit", words(job.step.unit));
  object.raw("rate", number_or_null(job.rate));
  object.raw("seconds_left", number_or_null(job.seconds_left));
  object.text("started_at", format_time(job.started_at));
  const bool answered = job.state == JobState::done && !job.outcome.empty();
  const bool failed = job.state != JobState::done && !job.outcome.empty();
  object.raw("answer", answered ? std::string_view(job.outcome) : "null");
  object.raw("failure", failed ? inside(job.outcome) : "null");
  return object.done();
}

Result<JobReport> parse_job_json(std::string_view text) {
  const json tree = json::parse(text, nullptr, false);
  try {
    if (tree.is_object() && tree.contains("error")) return parse_answer_json(text).error();
    return report_of(tree.contains("job") ? tree.at("job") : tree);
  } catch (const json::exception&) {
    return Error{Code::engine_failed, "The server's answer is not a job.",
                 "Use the same version of the program on both sides.", "服务器的回答不是任务。",
                 "请在两端使用同一版本的程序。"};
  }
}

}  // namespace huitou::commands
