#include <algorithm>

#include "metrics/buckets.h"
#include "metrics/compile.h"
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

struct BothPeriods {
  Cells now;
  Cells before;
};

void leave_out(const CompiledQuery& done, CompiledQuery& compiled) {
  std::erase_if(compiled.parts, [&](const CompiledPart& part) {
    return std::any_of(done.parts.begin(), done.parts.end(),
                       [&](const CompiledPart& other) { return part.metrics == other.metrics; });
  });
}

/// The cells of the question's period and of the compared one.
Result<BothPeriods> gather_both(engine::Engine& engine, const Question& question, Date as_of) {
  Question earlier = question;
  earlier.period = compared_period(question);
  TRY(CompiledQuery compiled, compile(question, as_of));
  TRY(CompiledQuery compiled_before, compile(earlier, as_of));
  TRY(const CompiledQuery together, compile_both(question, as_of));
  leave_out(together, compiled);
  leave_out(together, compiled_before);
  BothPeriods cells;
  TRY(cells.now, gather(engine, question, compiled));
  TRY(cells.before, gather(engine, earlier, compiled_before));
  TRY(const Cells shared, gather(engine, question, together));
  for (const CompiledPart& part : together.parts) {
    for (const std::size_t metric : part.metrics) {
      cells.now.metrics[metric] = shared.metrics[metric];
      cells.before.metrics[metric] = shared.metrics[metric];
    }
  }
  return cells;
}

/// Nothing is known of these metrics: their cells say nothing.
void forget(const Question& question, const std::vector<const Metric*>& unrecorded, Cells& cells) {
  for (std::size_t i = 0; i < cells.metrics.size(); ++i) {
    if (std::find(unrecorded.begin(), unrecorded.end(), question.metrics[i]) != unrecorded.end()) {
      cells.metrics[i].clear();
    }
  }
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
  BothPeriods cells;
  const bool compares = question.comparison != Comparison::none;
  if (compares) {
    TRY(cells, gather_both(engine, question, as_of));
  } else {
    TRY(const CompiledQuery compiled, compile(question, as_of));
    TRY(cells.now, gather(engine, question, compiled));
  }
  TRY(const Coverage coverage, read_coverage(engine, question, as_of));
  forget(question, coverage.unrecorded, cells.now);
  forget(question, coverage.unrecorded, cells.before);
  TRY(Answer answer, lay_out(question, as_of, cells.now, compares ? &cells.before : nullptr));
  answer.notes = notes_of(question, data, as_of, coverage);
  return answer;
}

Result<Answer> ask(engine::Engine& engine, const Question& question) {
  TRY(const Freshness data, read_freshness(engine));
  return ask(engine, question, data);
}

}  // namespace huitou::metrics
