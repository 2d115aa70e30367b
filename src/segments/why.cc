// Why one person fits a rule or does not, and which saved segments she is in.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "segments/ask.h"
#include "segments/facts.h"
#include "segments/print.h"
#include "segments/scales.h"

namespace huitou::segments {
namespace {

std::string_view kind_of(Kind kind) {
  constexpr std::string_view kKinds[] = {"everyone", "condition", "segment", "all_of",
                                         "any_of",   "not",       "top",     "sample"};
  return kKinds[static_cast<std::size_t>(kind)];
}

/// What a part says by itself: those with parts of their own only how these are put together.
Sentence head_of(const Rule& rule) {
  if (rule.kind == Kind::all_of) return {"all of these", "同时满足以下各项"};
  if (rule.kind == Kind::any_of) return {"at least one of these", "至少满足以下一项"};
  if (rule.kind == Kind::negation) return {"not this", "不满足以下条件"};
  return say(rule);
}

/// A value of a fact as one writes it in a rule; days are counted from 1970.
std::optional<std::string> value_text(const Frame& frame, const std::string& column,
                                      ValueType type) {
  if (is_text(type)) return frame.text(column, 0);
  if (is_real(type)) {
    const auto value = frame.real(column, 0);
    if (!value) return std::nullopt;
    const bool share = type == ValueType::ratio;
    const double shown = share ? 100 * *value : *value;
    return fmt::format("{}{}", print_micro(std::llround(shown * 1'000) * 1'000), share ? "%" : "");
  }
  const auto value = frame.integer(column, 0);
  if (!value) return std::nullopt;
  if (type == ValueType::date) return format_date(Date{static_cast<std::int32_t>(*value)});
  if (type == ValueType::money) return print_micro(*value * (kMillion / 100));
  return std::to_string(*value);
}

Reason reason_of(const Part& part, std::size_t place, const Frame& frame) {
  const Rule& rule = *part.rule;
  Reason reason{.depth = part.depth,
                .kind = std::string(kind_of(rule.kind)),
                .text = head_of(rule),
                .rule_en = print(rule),
                .rule_zh = print(rule, Language::zh)};
  const bool holds = frame.integer(fmt::format("h{}", place), 0).value_or(0) != 0;
  reason.state = holds ? Reason::State::holds : Reason::State::fails;
  if (part.value.empty()) return reason;
  const Fact* fact = find_fact(rule.term.fact);
  CHECK(fact != nullptr);
  reason.value = value_text(frame, fmt::format("f{}", place), fact->type);
  if (reason.value) reason.type = type_name(fact->type);
  const bool asks = rule.is.op == Op::known || rule.is.op == Op::unknown;
  if (!reason.value && !holds && (rule.kind == Kind::top || !asks)) {
    reason.state = Reason::State::unknown;
  }
  return reason;
}

/// The row of the person; none where she is not known by then.
Result<Frame> ask_person(engine::Engine& engine, const Question& question,
                         const std::string& people, const std::string& columns,
                         engine::Params params) {
  engine::Query query{.params = std::move(params), .limits = question.limits};
  TRY(query.text, text_of("person", {{"columns", columns}, {"people", people}}));
  return engine.query(query);
}

/// The row of the person with h0, h1 ...: whether each rule that is not broken holds.
Result<Frame> ask_rules(engine::Engine& engine, const Question& question,
                        const CompiledList& compiled) {
  std::string columns;
  for (std::size_t i = 0; i < compiled.predicates.size(); ++i) {
    if (compiled.predicates[i].ok()) {
      columns += fmt::format(", toUInt8({}) AS h{}", *compiled.predicates[i], i);
    }
  }
  return ask_person(engine, question, compiled.people, columns, compiled.params);
}

}  // namespace

Result<Why> why(engine::Engine& engine, const Question& question, const Person& person) {
  TRY(Scope scope, scope_of(engine, question));
  scope.person = person;
  TRY(CompiledParts compiled, compile_parts(question.rule, scope, lookup_in(question.library)));
  TRY(put_scales(engine, question, scope, compiled.scored, compiled.params));
  std::string columns;
  for (std::size_t i = 0; i < compiled.parts.size(); ++i) {
    const Part& part = compiled.parts[i];
    columns += fmt::format(", toUInt8({}) AS h{}", part.predicate, i);
    if (!part.value.empty()) columns += fmt::format(", {} AS f{}", part.value, i);
  }
  TRY(const Frame frame,
      ask_person(engine, question, compiled.people, columns, std::move(compiled.params)));
  Why out;
  if (frame.rows() == 0) return out;
  out.known = true;
  for (std::size_t i = 0; i < compiled.parts.size(); ++i) {
    out.parts.push_back(reason_of(compiled.parts[i], i, frame));
  }
  out.fits = out.parts.front().state == Reason::State::holds;
  return out;
}

Result<std::vector<Result<bool>>> segments_of(engine::Engine& engine, const Question& question,
                                              const std::vector<std::string>& names,
                                              const Person& person) {
  TRY(Scope scope, scope_of(engine, question));
  scope.person = person;
  std::vector<Rule> references;
  for (const std::string& name : names) {
    references.push_back({.kind = Kind::segment, .name = name});
  }
  std::vector<const Rule*> rules;
  for (const Rule& reference : references) rules.push_back(&reference);
  TRY(CompiledList compiled, compile_all(rules, scope, lookup_in(question.library)));
  TRY(put_scales(engine, question, scope, compiled.scored, compiled.params));
  TRY(const Frame frame, ask_rules(engine, question, compiled));
  std::vector<Result<bool>> out;
  for (std::size_t i = 0; i < rules.size(); ++i) {
    if (!compiled.predicates[i].ok()) {
      out.emplace_back(compiled.predicates[i].error());
      continue;
    }
    out.emplace_back(frame.rows() > 0 && frame.integer(fmt::format("h{}", i), 0).value_or(0) != 0);
  }
  return out;
}

namespace {

/// The parts that a segment's rule wants all at once; none where it is of another kind.
std::vector<const Rule*> wanted(const Library& library, const std::string& name) {
  std::vector<const Rule*> out;
  const auto found = library.rules.find(name);
  if (found == library.rules.end() || found->second.kind != Kind::all_of) return out;
  for (const Rule& child : found->second.children) out.push_back(&child);
  return out;
}

/// What the only part says that does not hold of the parts [begin, begin + parts).
std::optional<Sentence> only_missing(const CompiledList& compiled, const Frame& frame,
                                     std::size_t begin, const std::vector<const Rule*>& parts) {
  const Rule* missing = nullptr;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (!compiled.predicates[begin + i].ok()) return std::nullopt;
    if (frame.integer(fmt::format("h{}", begin + i), 0).value_or(0) != 0) continue;
    if (missing != nullptr) return std::nullopt;
    missing = parts[i];
  }
  return missing == nullptr ? std::nullopt : std::optional(say(*missing));
}

}  // namespace

Result<std::vector<std::optional<Sentence>>> just_missed(engine::Engine& engine,
                                                         const Question& question,
                                                         const std::vector<std::string>& names,
                                                         const Person& person) {
  constexpr std::size_t kSegmentsOfAPass = 32;
  TRY(Scope scope, scope_of(engine, question));
  scope.person = person;
  std::vector<std::optional<Sentence>> out(names.size());
  for (std::size_t first = 0; first < names.size(); first += kSegmentsOfAPass) {
    const std::size_t end = std::min(names.size(), first + kSegmentsOfAPass);
    std::vector<const Rule*> rules;
    for (std::size_t i = first; i < end; ++i) {
      const auto parts = wanted(question.library, names[i]);
      rules.insert(rules.end(), parts.begin(), parts.end());
    }
    if (rules.empty()) continue;
    TRY(CompiledList compiled, compile_all(rules, scope, lookup_in(question.library)));
    TRY(put_scales(engine, question, scope, compiled.scored, compiled.params));
    TRY(const Frame frame, ask_rules(engine, question, compiled));
    if (frame.rows() == 0) return out;
    std::size_t begin = 0;
    for (std::size_t i = first; i < end; ++i) {
      const auto parts = wanted(question.library, names[i]);
      if (parts.size() > 1) out[i] = only_missing(compiled, frame, begin, parts);
      begin += parts.size();
    }
  }
  return out;
}

}  // namespace huitou::segments
