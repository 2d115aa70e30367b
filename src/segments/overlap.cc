// How some sets of customers lie over each other: one pass over the tables.

#include <fmt/format.h>

#include "segments/ask.h"
#include "segments/scales.h"

namespace huitou::segments {

Result<std::vector<Together>> together(engine::Engine& engine, const Question& question,
                                       const std::vector<const Rule*>& rules) {
  TRY(const Scope scope, scope_of(engine, question));
  TRY(CompiledList compiled, compile_all(rules, scope, lookup_in(question.library)));
  TRY(put_scales(engine, question, scope, compiled.scored, compiled.params));
  std::string mask;
  for (std::size_t i = 0; i < rules.size(); ++i) {
    TRY(const std::string predicate, compiled.predicates[i]);
    mask += fmt::format("{}if({}, {}, 0)", mask.empty() ? "" : " + ", predicate, 1U << i);
  }
  engine::Query query{.params = std::move(compiled.params), .limits = question.limits};
  TRY(query.text, text_of("overlap", {{"mask", mask}, {"people", compiled.people}}));
  TRY(const Frame frame, engine.query(query));
  std::vector<Together> out;
  for (std::size_t row = 0; row < frame.rows(); ++row) {
    out.push_back({.mask = static_cast<std::uint64_t>(frame.integer("mask", row).value_or(0)),
                   .customers = frame.integer("customers", row).value_or(0)});
  }
  return out;
}

std::int64_t customers_with(const std::vector<Together>& groups, std::uint64_t mask) {
  std::int64_t customers = 0;
  for (const Together& group : groups) {
    if ((group.mask & mask) == mask) customers += group.customers;
  }
  return customers;
}

}  // namespace huitou::segments
