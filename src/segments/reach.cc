#include "segments/reach.h"

#include <fmt/format.h>

#include <algorithm>

#include "segments/ask.h"
#include "segments/conditions.h"
#include "segments/scales.h"
#include "segments/segments.h"
#include "segments/sources.h"

namespace huitou::segments {
namespace {

/// Columns that every query of the source reads.
std::set<std::string> always_read(Source source) {
  const SourceCard& card = source_card(source);
  std::set<std::string> out;
  for (const std::string_view column : {card.day, card.instant}) {
    if (!column.empty()) out.emplace(column);
  }
  if (source == Source::customers) out.insert("registered_on");
  if (source == Source::marks) out.insert({"kind", "name", "given", "run"});
  return out;
}

class Walk {
 public:
  explicit Walk(const Library& library) : library_(library) {}

  Reach run(const Rule& rule) {
    // Both say who is known.
    read(Source::customers, "");
    read(Source::orders, "");
    look(rule);
    return std::move(out_);
  }

 private:
  void look(const Rule& rule) {
    if (out_.broken || ++nodes_ > kMostNodes) {
      out_.broken = true;
      return;
    }
    if (rule.kind == Kind::segment) return look_into(rule.name);
    if (rule.kind == Kind::condition) condition(rule.term, rule.is);
    if (rule.kind == Kind::top) condition(rule.term, {.op = Op::known});
    out_.ranks =
        out_.ranks || rule.kind == Kind::top || (rule.kind == Kind::sample && !rule.amount.percent);
    for (const Rule& child : rule.children) look(child);
  }

  void look_into(const std::string& name) {
    if (library_.frozen.contains(name)) {
      out_.frozen.insert(name);
      return;
    }
    const auto found = library_.rules.find(name);
    const bool circle = std::find(open_.begin(), open_.end(), name) != open_.end();
    if (circle || found == library_.rules.end()) {
      out_.broken = true;
      return;
    }
    open_.push_back(name);
    look(found->second);
    open_.pop_back();
  }

  void read(Source source, std::string_view sql) {
    std::set<std::string>& columns = out_.columns[source];
    columns.merge(always_read(source));
    columns.merge(columns_in(source, sql));
  }

  void read_fact(const Fact& fact, const Term& term) {
    Conditions conditions(AsOf{.end = Date{20'000}});
    read(fact.source, aggregate_of({&fact, term, conditions.rows(fact, term)}, library_.limits));
  }

  void condition(const Term& term, const Comparison& is) {
    const Fact* fact = find_fact(term.fact);
    CHECK(fact != nullptr);
    read_fact(*fact, term);
    out_.ranks = out_.ranks || is_scored(*fact);
    for (const Term& beside : potential_terms(term, library_.limits)) {
      read_fact(*find_fact(beside.fact), beside);
    }
    if (term.window && term.window->unit == WindowUnit::hours) {
      out_.daily = true;
    } else if (term.window && term.window->unit != WindowUnit::dates) {
      out_.edges.push_back({.source = fact->source, .window = term.window});
    }
    const bool moves = fact->sql.find("{end:Date}") != std::string_view::npos ||
                       fact->sql.find("{{stage}}") != std::string_view::npos;
    if (!moves) return;
    // Days since the day of some row: it passes an edge when that day is so many days ago.
    if (fact->type != ValueType::days) {
      out_.daily = true;
      return;
    }
    if (is.op == Op::some) out_.edges.push_back({.source = fact->source, .days = 1});
    for (const Literal& value : is.values) {
      out_.edges.push_back({.source = fact->source, .days = value.micro / kMillion});
    }
  }

  const Library& library_;
  Reach out_;
  std::vector<std::string> open_;
  std::size_t nodes_ = 0;
};

std::string hex_of(std::string_view text) {
  std::uint64_t hash = 0xcbf29ce484222325ULL;  // FNV-1a
  for (const char c : text) {
    hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
  }
  return fmt::format("{:016x}", hash);
}

/// Within what a date can be.
Date date_of(std::int64_t days) {
  return Date{static_cast<std::int32_t>(
      std::clamp(days, std::int64_t{kFirstDate.days}, std::int64_t{kLastDate.days}))};
}

}  // namespace

Reach reach_of(const Rule& rule, const Library& library) { return Walk(library).run(rule); }

std::string definition_of(const std::string& name, const Library& library, const Lefts& left) {
  const Rule rule{.kind = Kind::segment, .name = name};
  const Scope scope{
      .as_of = {.end = Date{20'000}}, .frozen = library.frozen, .limits = library.limits};
  auto compiled = compile(rule, scope, lookup_in(library), {});
  if (!compiled.ok()) return "";
  put_no_scales(compiled->scored.size(), compiled->params);
  const auto text = engine::render(compiled->people + " " + compiled->predicate, compiled->params);
  if (!text.ok()) return "";
  std::string out = *text;
  for (const std::string& frozen : reach_of(rule, library).frozen) {
    const auto run = left.find(frozen);
    out += fmt::format(" {}", run == left.end() ? 0 : run->second.run);
  }
  return hex_of(out);
}

std::vector<RowDays> moved_by(const Reach& reach, Date before, Date now) {
  std::vector<RowDays> out;
  const auto add = [&](Source source, std::int64_t from, std::int64_t to) {
    const RowDays days{source, date_of(from), date_of(to)};
    if (days.from.days < days.to.days) out.push_back(days);
  };
  for (const auto& [source, columns] : reach.columns) add(source, before.days, now.days);
  for (const MovingEdge& edge : reach.edges) {
    if (edge.window) {
      add(edge.source, first_day(*edge.window, before).days, first_day(*edge.window, now).days);
    } else {
      add(edge.source, before.days - edge.days, now.days - edge.days + 1);
    }
  }
  return out;
}

}  // namespace huitou::segments
