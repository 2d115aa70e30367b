#include "segments/compile.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "base/replace_all.h"
#include "schema/schema.h"
#include "segments/conditions.h"
#include "segments/scales.h"
#include "segments/sources.h"

namespace huitou::segments {

std::string_view embedded(std::string_view path);

namespace {

std::string_view body_of(std::string_view text) {
  while (text.starts_with("--")) {
    text.remove_prefix(std::min(text.find('\n'), text.size() - 1) + 1);
  }
  return text;
}

/// Facts that one row a customer must have, each once.
struct Facts {
  std::vector<Use> uses;
};

class Compiler {
 public:
  Compiler(const Scope& scope, const Lookup& lookup)
      : scope_(scope), lookup_(lookup), conditions_(scope.as_of) {}

  Result<Compiled> run(const Rule& rule, const std::vector<Shown>& shown,
                       const std::vector<const Rule*>& further) {
    Compiled out;
    Facts facts;
    TRY(out.predicate, predicate(rule, facts));
    for (const Rule* one : further) {
      TRY(std::string condition, predicate(*one, facts));
      out.further.push_back(std::move(condition));
    }
    for (const Shown& one : shown) {
      TRY(const std::string value, value_of(Term{.fact = one.fact,
                                            .subject = one.subject,
                                            .where = one.where,
                                            .window = one.window},
                                       facts));
      out.shown += fmt::format(", {} AS {}", value, one.as);
    }
    TRY(out.people, people(facts, scope_.person.has_value()));
    out.params = take_params();
    out.scored = std::move(scored_);
    return out;
  }

  Result<CompiledList> run_all(const std::vector<const Rule*>& rules) {
    CompiledList out;
    Facts facts;
    for (const Rule* rule : rules) {
      nodes_ = 0;
      open_.clear();
      out.predicates.push_back(predicate(*rule, facts));
    }
    TRY(out.people, people(facts, scope_.person.has_value()));
    out.params = take_params();
    out.scored = std::move(scored_);
    return out;
  }

  Result<CompiledParts> run_parts(const Rule& rule) {
    CompiledParts out;
    Facts facts;
    parts_ = &out.parts;
    TRY(predicate(rule, facts));
    parts_ = nullptr;
    TRY(out.people, people(facts, scope_.person.has_value()));
    out.params = take_params();
    out.scored = std::move(scored_);
    return out;
  }

 private:
  engine::Params take_params() { return params_of(scope_, conditions_.take_params()); }

  /// The condition of a rule, noted with those of its parts where they are asked for.
  Result<std::string> predicate(const Rule& rule, Facts& facts) {
    if (parts_ == nullptr) return predicate_of(rule, facts);
    const std::size_t place = parts_->size();
    parts_->push_back({.rule = &rule, .depth = depth_});
    ++depth_;
    Result<std::string> out = predicate_of(rule, facts);
    const bool ranked = rule.kind == Kind::top;
    if (out.ok() && (rule.kind == Kind::condition || ranked)) {
      TRY((*parts_)[place].value, value_of(rule.term, facts));
    }
    const bool apart = ranked || (rule.kind == Kind::sample && !rule.amount.percent);
    if (out.ok() && apart) {
      TRY(predicate(rule.children.front(), facts));
    }
    --depth_;
    if (out.ok()) (*parts_)[place].predicate = *out;
    return out;
  }

  Result<std::string> predicate_of(const Rule& rule, Facts& facts) {
    if (++nodes_ > kMostNodes) {
      return Error{Code::limit_reached,
                   fmt::format("The rule with the segments it refers to has more than {} parts.",
                               kMostNodes),
                   "Refer to fewer segments, or simplify them.",
                   fmt::format("规则及其引用的分群超过 {} 个部分。", kMostNodes),
                   "请减少引用或简化规则。"};
    }
    switch (rule.kind) {
      case Kind::everyone:
        return std::string("1");
      case Kind::condition: {
        TRY(const std::string value, value_of(rule.term, facts));
        const Fact& fact = *find_fact(rule.term.fact);
        return conditions_.compared(rule.is, {value, fact.type, !fact.zero});
      }
      case Kind::segment:
        return of_segment(rule, facts);
      case Kind::negation: {
        TRY(const std::string inner, predicate(rule.children.front(), facts));
        return "NOT (" + inner + ")";
      }
      case Kind::all_of:
        return joined(rule, " AND ", facts);
      case Kind::any_of:
        return joined(rule, " OR ", facts);
      case Kind::top:
        return top(rule);
      case Kind::sample:
        return sample(rule, facts);
    }
    return std::string("0");
  }

  Result<std::string> joined(const Rule& rule, std::string_view between, Facts& facts) {
    std::string out;
    for (const Rule& child : rule.children) {
      TRY(const std::string inner, predicate(child, facts));
      out += (out.empty() ? "(" : std::string(between) + "(") + inner + ")";
    }
    return out;
  }

  Result<std::string> of_segment(const Rule& rule, Facts& facts) {
    if (std::find(open_.begin(), open_.end(), rule.name) != open_.end()) {
      std::string circle;
      for (const std::string& name : open_) circle += "'" + name + "' → ";
      circle += "'" + rule.name + "'";
      return Error{Code::conflict, "Segments refer to each other in a circle: " + circle + ".",
                   "Take one of these references out.", "分群循环引用：" + circle + "。",
                   "请去掉其中一个引用。"};
    }
    if (scope_.frozen.contains(rule.name)) return frozen(rule.name, std::nullopt);
    if (const auto kept = scope_.kept.find(rule.name); kept != scope_.kept.end()) {
      return frozen(kept->second.segment, kept->second.day);
    }
    TRY(const Rule* const inner, lookup_(rule.name));
    open_.push_back(rule.name);
    TRY(std::string out, predicate(*inner, facts));
    open_.pop_back();
    return "(" + out + ")";
  }

  /// The members of a segment as its runs have them; `until`: those that counted no later day.
  Result<std::string> frozen(const std::string& name, std::optional<Date> until) {
    std::string who = scope_.person ? "customer_id = {customer:UInt64}" : "customer_id != 0";
    if (until) who += fmt::format(" AND moved_on <= {{{}:Date}}", conditions_.put(*until));
    TRY(const std::string text, text_of("frozen", {{"name", conditions_.put(name)}, {"who", who}}));
    return "person IN (" + text + ")";
  }

  /// A fact's value, of columns of the row.
  Result<std::string> value_of(const Term& term, Facts& facts) {
    const std::string value = column_of(term, facts);
    std::vector<std::string> days;
    for (const Term& one : potential_terms(term, scope_.limits)) {
      days.push_back(column_of(one, facts));
    }
    return days.empty() ? value : with_potential(value, days);
  }

  /// The place of a fact's value among the columns of the row.
  std::string column_of(const Term& term, Facts& facts) {
    const auto found = std::find_if(facts.uses.begin(), facts.uses.end(),
                                    [&](const Use& use) { return use.term == term; });
    const auto place = static_cast<std::size_t>(found - facts.uses.begin());
    if (found == facts.uses.end()) {
      const Fact* fact = find_fact(term.fact);
      CHECK(fact != nullptr);
      facts.uses.push_back({fact, term, conditions_.rows(*fact, term), scales_of(*fact, term)});
    }
    return fmt::format("v{}", place);
  }

  /// The place of the scales that the fact compares with.
  std::size_t scales_of(const Fact& fact, const Term& term) {
    if (!is_scored(fact)) return 0;
    const Term orders{.fact = "orders", .where = term.where, .window = term.window};
    const auto found = std::find(scored_.begin(), scored_.end(), orders);
    const auto place = static_cast<std::size_t>(found - scored_.begin());
    if (found == scored_.end()) scored_.push_back(orders);
    return place;
  }

  Result<std::string> top(const Rule& rule) {
    Facts facts;
    TRY(const std::string inner, apart(rule.children.front(), facts));
    TRY(const std::string value, value_of(rule.term, facts));
    TRY(const std::string rows, people(facts, false));
    const bool share = rule.amount.percent;
    const std::string limit =
        share ? conditions_.put(static_cast<double>(rule.amount.micro) / (100.0 * kMillion))
              : conditions_.put(rule.amount.micro / kMillion);
    TRY(const std::string text,
        text_of(share ? "top_share" : "top", {{"predicate", "(" + inner + ")"},
                                              {"value", value},
                                              {"direction", rule.lowest ? "ASC" : "DESC"},
                                              {"sign", rule.lowest ? "" : "-"},
                                              {"limit", limit},
                                              {"alias", alias()},
                                              {"people", rows}}));
    return "person IN (" + text + ")";
  }

  /// The condition within a set of its own, whose parts are not noted.
  Result<std::string> apart(const Rule& rule, Facts& facts) {
    std::vector<Part>* const parts = std::exchange(parts_, nullptr);
    Result<std::string> out = predicate(rule, facts);
    parts_ = parts;
    return out;
  }

  Result<std::string> sample(const Rule& rule, Facts& facts) {
    const std::string lot = fmt::format("intHash64(bitXor(toUInt64(person), {{{}:UInt64}}))",
                                        conditions_.put(mixed_seed(rule.seed)));
    if (rule.amount.percent) {
      TRY(const std::string inner, predicate(rule.children.front(), facts));
      const std::string below = conditions_.put(rule.amount.micro);
      return fmt::format("({}) AND {} % {} < {{{}:UInt64}}", inner, lot, 100 * kMillion, below);
    }
    Facts drawn;
    TRY(const std::string inner, apart(rule.children.front(), drawn));
    TRY(const std::string rows, people(drawn, false));
    TRY(const std::string text,
        text_of("draw", {{"predicate", "(" + inner + ")"},
                         {"lot", lot},
                         {"limit", conditions_.put(rule.amount.micro / kMillion)},
                         {"alias", alias()},
                         {"people", rows}}));
    return "person IN (" + text + ")";
  }

  std::string alias() { return fmt::format("set{}", ++aliases_); }

  /// One row a customer with v0, v1 ... `hers`: only that of the person.
  Result<std::string> people(const Facts& facts, bool hers) {
    std::string values;
    for (std::size_t i = 0; i < facts.uses.size(); ++i) {
      const char* shape =
          facts.uses[i].fact->zero ? ", ifNull(max(c{0}), 0) AS v{0}" : ", max(c{0}) AS v{0}";
      values += fmt::format(fmt::runtime(shape), i);
    }
    std::string sources;
    for (std::size_t i = 0; i < kSources; ++i) {
      const auto source = static_cast<Source>(i);
      const bool used = std::any_of(facts.uses.begin(), facts.uses.end(),
                                    [&](const Use& use) { return use.fact->source == source; });
      if (!used && source != Source::customers) continue;
      TRY(const std::string text, source_of(source, facts, hers));
      sources += sources.empty() ? text : "UNION ALL\n" + text;
    }
    TRY(const std::string traces,
        text_of("traces", {{"who", whose_rows(Source::orders, hers, within())},
                           {"columns", columns(std::nullopt, facts, "toUInt8(0)", "toUInt8(0)",
                                               "toUInt8(min(ordered_on) < {end:Date})",
                                               "toUInt8(min(ordered_on) >= {end:Date})")}}));
    sources += "UNION ALL\n" + traces;
    return text_of("people", {{"values", values}, {"sources", sources}});
  }

  Result<std::string> source_of(Source from, const Facts& facts, bool hers) {
    const bool customers = from == Source::customers;
    std::string rows;
    for (const Use& use : facts.uses) {
      if (use.fact->source == from) rows += (rows.empty() ? "(" : " OR (") + use.when + ")";
    }
    // Of few people all rows are looked at: to choose among them would take the longer.
    if (scope_.touched) rows = since_first_window(from, facts);
    return source_text(
        {.source = from,
         .rows = rows,
         .columns = columns(from, facts, customers ? "toUInt8(1)" : "toUInt8(0)",
                            customers ? kRegistered : "toUInt8(0)", "toUInt8(0)", "toUInt8(0)"),
         .hers = hers,
         .within = within()},
        scope_, conditions_);
  }

  /// Leaves out days that no fact of the source looks at, where each has a window.
  std::string since_first_window(Source from, const Facts& facts) {
    std::optional<Date> first;
    for (const Use& use : facts.uses) {
      if (use.fact->source != from) continue;
      const std::optional<Window>& window = use.term.window;
      if (!window || window->unit == WindowUnit::hours) return "1";
      const auto day = window->unit == WindowUnit::dates
                           ? window->from
                           : std::optional(first_day(*window, scope_.as_of.end));
      if (!day) return "1";
      first = first ? std::min(*first, *day) : *day;
    }
    if (!first) return "1";
    return fmt::format("{} >= {{{}:Date}}", source_card(from).day,
                       conditions_.put(std::clamp(*first, kFirstDate, kLastDate)));
  }

  std::string within() const {
    if (scope_.touched) return "{{person}} GLOBAL IN (SELECT customer_id FROM segment_touched)";
    return scope_.among ? "{{person}} IN (SELECT toUInt64(arrayJoin({among:Array(Int64)})) AS "
                          "customer_id)"
                        : "";
  }

  std::string columns(std::optional<Source> source, const Facts& facts,
                      std::string_view is_customer, std::string_view registered,
                      std::string_view early, std::string_view late) const {
    std::string out = fmt::format("{} AS is_customer, {} AS registered, {} AS early, {} AS late",
                                  is_customer, registered, early, late);
    for (std::size_t i = 0; i < facts.uses.size(); ++i) {
      const Use& use = facts.uses[i];
      const ValueType type = use.fact->type;
      const char* cast = is_text(type) ? "toString" : is_real(type) ? "toFloat64" : "toInt64";
      std::string value =
          is_text(type) ? "nullIf('', '')" : fmt::format("nullIf({0}(0), {0}(0))", cast);
      if (source == use.fact->source) value = aggregate_of(use, scope_.limits);
      out += fmt::format(", {} AS c{}", value, i);
    }
    return out;
  }

  /// Neighbouring seeds draw apart.
  static std::int64_t mixed_seed(std::int64_t seed) {
    auto mixed = static_cast<std::uint64_t>(seed) + 0x9e3779b97f4a7c15ULL;
    mixed = (mixed ^ (mixed >> 30U)) * 0xbf58476d1ce4e5b9ULL;
    mixed = (mixed ^ (mixed >> 27U)) * 0x94d049bb133111ebULL;
    return static_cast<std::int64_t>((mixed ^ (mixed >> 31U)) >> 1U);
  }

  const Scope& scope_;
  const Lookup& lookup_;
  Conditions conditions_;
  std::vector<std::string> open_;
  std::vector<Part>* parts_ = nullptr;
  Scored scored_;
  std::size_t nodes_ = 0;
  int depth_ = 0;
  int aliases_ = 0;
};

}  // namespace

Result<std::string> text_of(std::string_view name,
                            const std::vector<std::pair<std::string, std::string>>& parts) {
  std::string text(body_of(embedded("sql/" + std::string(name) + ".sql")));
  for (const auto& [part, with] : parts) replace_all(text, "{{" + part + "}}", with);
  return text;
}

Result<Compiled> compile(const Rule& rule, const Scope& scope, const Lookup& lookup,
                         const std::vector<Shown>& shown, const std::vector<const Rule*>& further) {
  return Compiler(scope, lookup).run(rule, shown, further);
}

Result<CompiledList> compile_all(const std::vector<const Rule*>& rules, const Scope& scope,
                                 const Lookup& lookup) {
  return Compiler(scope, lookup).run_all(rules);
}

Result<CompiledParts> compile_parts(const Rule& rule, const Scope& scope, const Lookup& lookup) {
  return Compiler(scope, lookup).run_parts(rule);
}

}  // namespace huitou::segments
