#include "metrics/buckets.h"
#include "metrics/notes.h"
#include "metrics/table.h"

namespace huitou::metrics {
namespace {

/// Nothing of this day or later is read; without any order it does not matter.
Date as_of_for(const Question& question, const Freshness& data) {
  if (question.as_of) {
    return *question.as_of;
  }
  return data.last_on ? Date{data.last_on->days + 1} : kLastDate;
}

}  // namespace

Result<Freshness> read_freshness(engine::Engine& engine) {
  engine::Query query;
  query.text =
      "SELECT toInt64(count()) AS orders, toInt64(toUInt16(min(ordered_on))) AS first_on, "
      "toInt64(toUInt16(max(ordered_on))) AS last_on FROM orders";
  TRY(const Frame frame, engine.query(query));
  Freshness data;
  data.orders = static_cast<std::uint64_t>(frame.integer("orders", 0).value_or(0));
  if (data.orders > 0) {
    data.first_on = Date{static_cast<std::int32_t>(frame.integer("first_on", 0).value_or(0))};
    data.last_on = Date{static_cast<std::int32_t>(frame.integer("last_on", 0).value_or(0))};
  }
  return data;
}

Result<Answer> ask(engine::Engine& engine, const Question& question, const Freshness& data) {
  const Date as_of = as_of_for(question, data);
  TRY(const CompiledQuery compiled, compile(question, as_of));
  TRY(const Cells now, gather(engine, question, compiled));
  std::optional<Cells> before;
  if (question.comparison != Comparison::none) {
    Question earlier = question;
    earlier.period = compared_period(question);
    TRY(const CompiledQuery compiled_before, compile(earlier, as_of));
    TRY(before, gather(engine, earlier, compiled_before));
  }
  TRY(const Coverage coverage, read_coverage(engine, question, as_of));
  TRY(Answer answer, lay_out(question, as_of, now, before ? &*before : nullptr));
  answer.notes = notes_of(question, data, as_of, coverage);
  return answer;
}

Result<Answer> ask(engine::Engine& engine, const Question& question) {
  TRY(const Freshness data, read_freshness(engine));
  return ask(engine, question, data);
}

}  // namespace huitou::metrics
