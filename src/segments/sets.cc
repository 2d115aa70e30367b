#include "segments/sets.h"

#include <fmt/format.h>

#include <algorithm>
#include <roaring/roaring64map.hh>
#include <stdexcept>

#include "segments/ask.h"
#include "segments/journal.h"
#include "segments/reach.h"
#include "segments/seen.h"

namespace huitou::segments {
namespace {

using Set = Roaring64Map;

constexpr const char* kTables[] = {
    "CREATE TABLE IF NOT EXISTS segment_sets (name TEXT PRIMARY KEY, members BLOB NOT NULL)",
    "CREATE TABLE IF NOT EXISTS segment_known (customers INTEGER NOT NULL)"};
/// A run that moves more makes the set anew when it is asked for.
constexpr std::int64_t kMostFollowed = 1'000'000;

Status ensure(store::Store& store) {
  for (const char* table : kTables) TRY(store.run(table));
  return {};
}

std::string bytes_of(Set& set) {
  set.runOptimize();
  std::string bytes(set.getSizeInBytes(), '\0');
  set.write(bytes.data());
  return bytes;
}

/// Nothing if these bytes are no set.
std::optional<Set> set_of(const std::string& bytes) {
  try {
    return Set::readSafe(bytes.data(), bytes.size());
  } catch (const std::runtime_error&) {
    return std::nullopt;
  }
}

std::uint64_t number(std::int64_t id) { return static_cast<std::uint64_t>(id); }

/// The members as the runs that count left them: whoever came with a run is in, until she leaves
/// with a later one.
Result<Set> set_of_moves(engine::Engine& engine, store::Store& store, const std::string& name) {
  Journal journal(store);
  TRY(journal.ensure());
  TRY(const engine::IntegerList void_moves, journal.void_moves());
  engine::Query query{.params = {{"name", name}, {"void_moves", void_moves}}};
  TRY(query.text, text_of("moves_of_segment", {}));
  struct Moved {
    Set came, went;
  };
  std::map<std::int64_t, Moved> runs;
  TRY(engine.stream(query, [&](const Frame& rows) -> Status {
    const auto& ids = rows.at("customer_id").integers();
    const auto& came = rows.at("came").integers();
    const auto& run = rows.at("run").integers();
    for (std::size_t row = 0; row < ids.size(); ++row) {
      Moved& moved = runs[run[row]];
      (came[row] != 0 ? moved.came : moved.went).add(number(ids[row]));
    }
    return {};
  }));
  Set set;
  for (const auto& [run, moved] : runs) {
    set |= moved.came;
    set -= moved.went;
  }
  return set;
}

/// A set of customers, or everybody else.
struct Members {
  Set set;
  bool others = false;
};

Members both(Members a, const Members& b) {
  if (a.others && b.others) {
    a.set |= b.set;
  } else if (a.others) {
    return {.set = b.set - a.set};
  } else if (b.others) {
    a.set -= b.set;
  } else {
    a.set &= b.set;
  }
  return a;
}

/// What the last refresh of all segments left, for a question.
class Sets {
 public:
  Sets(engine::Engine& engine, store::Store& store, const Question& question)
      : engine_(engine), store_(store), question_(question) {}

  /// False if that refresh was of another instant, or there was none.
  Result<bool> begin() {
    Journal journal(store_);
    TRY(journal.ensure());
    TRY(seen_, read_seen(store_));
    TRY(left_, journal.left());
    const AsOf& was = seen_.as_of;
    const AsOf& asked = question_.as_of;
    return seen_.run != 0 && was.second == asked.second && was.end.days == asked.end.days &&
           was.within_day == asked.within_day;
  }

  /// The members that a rule means; nothing if they are not kept.
  Result<std::optional<Members>> of(const Rule& rule) {
    switch (rule.kind) {
      case Kind::everyone:
        return std::optional(Members{.others = true});
      case Kind::segment:
        return of_segment(rule.name);
      case Kind::negation: {
        TRY(std::optional<Members> inner, of(rule.children.front()));
        if (inner) inner->others = !inner->others;
        return inner;
      }
      case Kind::all_of:
      case Kind::any_of: {
        // Either is neither of both not.
        const bool any = rule.kind == Kind::any_of;
        Members out{.others = true};
        for (const Rule& child : rule.children) {
          TRY(std::optional<Members> one, of(child));
          if (!one) return one;
          one->others = one->others != any;
          out = both(std::move(out), *one);
        }
        out.others = out.others != any;
        return std::optional(std::move(out));
      }
      case Kind::condition:
      case Kind::top:
      case Kind::sample:
        break;
    }
    return std::optional<Members>();
  }

 private:
  Result<std::optional<Members>> of_segment(const std::string& name) {
    const auto left = left_.find(name);
    if (left == left_.end() || !is_current(name, left->second)) return std::optional<Members>();
    TRY(const Frame kept, store_.run("SELECT members FROM segment_sets WHERE name = ?", {name}));
    std::optional<Set> set;
    if (kept.rows() != 0) set = set_of(kept.text("members", 0).value_or(""));
    if (!set) {
      TRY(set, make(name, left->second.run));
    }
    return std::optional(Members{.set = std::move(*set)});
  }

  /// Whether the last refresh asked what would be asked now. Of a frozen one somebody can have
  /// become another person since; tags and consent are given without a load.
  bool is_current(const std::string& name, const Left& left) const {
    const Library& library = question_.library;
    if (library.frozen.contains(name)) return false;
    const Rule rule{.kind = Kind::segment, .name = name};
    if (reach_of(rule, library).columns.contains(Source::marks)) return false;
    const auto asked = seen_.rules.find(name);
    return asked != seen_.rules.end() && left.run == seen_.run &&
           asked->second == definition_of(name, library, left_);
  }

  /// From the moves. Kept, unless a refresh ended meanwhile.
  Result<std::optional<Set>> make(const std::string& name, std::int64_t run) {
    TRY(Set set, set_of_moves(engine_, store_, name));
    const std::string bytes = bytes_of(set);
    TRY(store_.transaction([&](store::Store& in) -> Status {
      TRY(const Frame now, in.run("SELECT run FROM segment_refreshed WHERE name = ?", {name}));
      if (now.rows() == 0 || now.integer("run", 0).value_or(0) != run) return {};
      TRY(in.run("INSERT OR REPLACE INTO segment_sets VALUES (?, ?)", {name, bytes}));
      return {};
    }));
    return std::optional(std::move(set));
  }

  engine::Engine& engine_;
  store::Store& store_;
  const Question& question_;
  Seen seen_;
  Lefts left_;
};

/// Parts a set by the members from `at` on; what is in none of them is left out.
void part(const Set& set, std::uint64_t mask, const std::vector<Members>& members, std::size_t at,
          std::vector<Together>& out) {
  if (set.isEmpty()) return;
  if (at == members.size()) {
    if (mask != 0) out.push_back({mask, static_cast<std::int64_t>(set.cardinality())});
    return;
  }
  const Members& one = members[at];
  const Set inside = one.others ? set - one.set : set & one.set;
  part(inside, mask | (std::uint64_t{1} << at), members, at + 1, out);
  part(set - inside, mask, members, at + 1, out);
}

}  // namespace

Result<MovedSets> moved_sets(engine::Engine& engine, store::Store& store, std::int64_t id,
                             const std::vector<Refreshed>& moves) {
  TRY(ensure(store));
  TRY(const Frame kept, store.run("SELECT name FROM segment_sets"));
  std::set<std::string, std::less<>> names;
  for (std::size_t row = 0; row < kept.rows(); ++row) {
    names.insert(kept.text("name", row).value_or(""));
  }
  MovedSets out;
  engine::TextList followed;
  for (const Refreshed& one : moves) {
    const std::int64_t moved = one.came + one.went;
    if (moved == 0) continue;
    out[one.name] = std::nullopt;
    if (moved <= kMostFollowed && names.contains(one.name)) followed.push_back(one.name);
  }
  if (followed.empty()) return out;
  std::map<std::string, Set, std::less<>> sets;
  for (const std::string& name : followed) {
    TRY(const Frame row, store.run("SELECT members FROM segment_sets WHERE name = ?", {name}));
    if (row.rows() == 0) continue;
    if (auto set = set_of(row.text("members", 0).value_or(""))) sets[name] = std::move(*set);
  }
  engine::Query query{.params = {{"names", followed}, {"run", id}}};
  TRY(query.text, text_of("moved_members", {}));
  TRY(engine.stream(query, [&](const Frame& rows) -> Status {
    for (std::size_t row = 0; row < rows.rows(); ++row) {
      const auto set = sets.find(rows.text("segment", row).value_or(""));
      if (set == sets.end()) continue;
      const std::uint64_t member = number(rows.integer("customer_id", row).value_or(0));
      if (rows.integer("came", row).value_or(0) != 0) {
        set->second.add(member);
      } else {
        set->second.remove(member);
      }
    }
    return {};
  }));
  for (auto& [name, set] : sets) out[name] = bytes_of(set);
  return out;
}

Result<std::vector<std::int64_t>> kept_members(engine::Engine& engine, store::Store& store,
                                               const std::string& name) {
  TRY(const Set set, set_of_moves(engine, store, name));
  std::vector<std::uint64_t> numbers(set.cardinality());
  set.toUint64Array(numbers.data());
  return std::vector<std::int64_t>(numbers.begin(), numbers.end());
}

Status write_sets(store::Store& in, const MovedSets& sets) {
  for (const auto& [name, bytes] : sets) {
    if (bytes) {
      TRY(in.run("INSERT OR REPLACE INTO segment_sets VALUES (?, ?)", {name, *bytes}));
    } else {
      TRY(in.run("DELETE FROM segment_sets WHERE name = ?", {name}));
    }
  }
  return {};
}

Status forget_set(store::Store& in, const std::string& name) {
  TRY(ensure(in));
  TRY(in.run("DELETE FROM segment_sets WHERE name = ?", {name}));
  return {};
}

Result<bool> known_is_noted(store::Store& store) {
  TRY(ensure(store));
  TRY(const Frame known, store.run("SELECT customers FROM segment_known"));
  return known.rows() > 0;
}

Result<std::int64_t> known_customers(engine::Engine& engine, const RunAt& run,
                                     const Library& library) {
  const Rule everyone;
  const Question question{.rule = everyone,
                          .as_of = run.as_of,
                          .library = library,
                          .void_runs = run.void_runs,
                          .limits = run.limits};
  TRY(const Scope scope, scope_of(engine, question));
  TRY(Compiled compiled, compile(everyone, scope, lookup_in(library), {}));
  engine::Query query{.params = std::move(compiled.params), .limits = run.limits};
  TRY(query.text, text_of("known", {{"people", compiled.people}}));
  TRY(const Frame frame, engine.query(query));
  return frame.integer("customers", 0).value_or(0);
}

Status write_known(store::Store& in, std::int64_t customers) {
  TRY(ensure(in));
  TRY(in.run("DELETE FROM segment_known"));
  TRY(in.run("INSERT INTO segment_known VALUES (?)", {customers}));
  return {};
}

Result<std::optional<std::vector<Together>>> kept_together(engine::Engine& engine,
                                                           store::Store& store,
                                                           const Question& question,
                                                           const std::vector<const Rule*>& rules) {
  std::optional<std::vector<Together>> nothing;
  TRY(ensure(store));
  TRY(const Frame known, store.run("SELECT customers FROM segment_known"));
  if (known.rows() == 0) return nothing;
  Sets sets(engine, store, question);
  TRY(const bool same_instant, sets.begin());
  if (!same_instant) return nothing;
  std::vector<Members> members;
  Set named;
  for (const Rule* rule : rules) {
    TRY(std::optional<Members> one, sets.of(*rule));
    if (!one) return nothing;
    named |= one->set;
    members.push_back(std::move(*one));
  }
  std::vector<Together> out;
  part(named, 0, members, 0, out);
  std::int64_t fitting = 0;
  for (const Together& group : out) fitting += group.customers;
  // Whoever is in no set that is named fits what asks for the others.
  std::uint64_t others = 0;
  for (std::size_t i = 0; i < members.size(); ++i) {
    if (members[i].others) others |= std::uint64_t{1} << i;
  }
  const auto inside = static_cast<std::int64_t>(named.cardinality());
  out.push_back({0, inside - fitting});
  out.push_back({others, known.integer("customers", 0).value_or(0) - inside});
  return std::optional(std::move(out));
}

}  // namespace huitou::segments
