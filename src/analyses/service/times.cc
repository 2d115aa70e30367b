#include "analyses/service/times.h"

#include <fmt/format.h>

#include <algorithm>

#include "analyses/common.h"

namespace huitou::analyses {
namespace {

constexpr Words kOfWhom{
    "of tickets that were replied to or closed; the shares say how many were not.",
    "仅统计已响应或已解决的工单；占比说明其余有多少。"};

Clock wall_clock(std::int64_t until, bool hours_are_set) {
  Sentence text{
      fmt::format("Times are elapsed minutes, nights and days off included, {}", kOfWhom.en),
      fmt::format("时长为自然分钟（含夜间与休息日），{}", kOfWhom.zh)};
  if (!hours_are_set) {
    text.en += " Business hours are not set (hours set).";
    text.zh += "尚未设置工作时间（hours set）。";
  }
  return {"instants", {{"until", until}, {"clock_until", until}}, {"elapsed", std::move(text)}};
}

Note business_note(const hours::Hours& hours) {
  const Sentence words = hours::in_words(hours);
  return {"business_hours",
          {fmt::format("Times are minutes of business hours ({}), {} A ticket that comes outside "
                       "them starts at the next opening.",
                       words.en, kOfWhom.en),
           fmt::format("时长为工作时间内的分钟（{}），{}非工作时间的工单从下一次上班起算。",
                       words.zh, kOfWhom.zh)}};
}

}  // namespace

Result<Clock> clock_of(const Inputs& inputs, Period period, bool wall) {
  TRY(const std::int64_t until, hours::day_begin(inputs.as_of, inputs.time_zone));
  if (wall || !inputs.hours) return wall_clock(until, inputs.hours.has_value());
  TRY(const engine::Query query,
      build_query(inputs, "service/first.sql", {{{"begin", period.from}, {"end", period.to}}, {}}));
  TRY(const Frame first, inputs.engine.query(query));
  const std::int64_t first_at = first.rows() == 0 ? 0 : first.integer("first_at", 0).value_or(0);
  TRY(const hours::Calendar calendar,
      hours::calendar(*inputs.hours, inputs.time_zone,
                      {first_at == 0 ? until : std::min(first_at, until), until}));
  Clock clock{hours::sql("instants"), hours::params(calendar), business_note(*inputs.hours)};
  clock.params.emplace("until", until);
  clock.params.emplace("clock_until", hours::open_until(calendar, until));
  return clock;
}

}  // namespace huitou::analyses
