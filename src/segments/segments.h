#pragma once

// The door to segments: who, by a rule. A rule is a tree; it is read from words in Chinese or
// English or from JSON, printed in one way, said in a sentence, and compiled to one query.
//
//   rule.h      the tree
//   problems.h  what is wrong with a rule, and where
//   facts.h     what can be asked about a customer
//   print.h     a rule as text and as a sentence
//   json.h      a rule as JSON
//   values.h    which texts there are to compare with
//   wide.h      many facts of all customers at once
//   as_of.h     the instant at which a rule is asked
//
// Invariants
// - Reading what was printed, in either language, gives the same tree; so does its JSON.
// - A rule is total: it ends, reads nothing but the tables, and holds or does not for every
// customer.
//   What is unknown meets no comparison except `is unknown`.
// - Nothing of the instant `as_of` or later is read. The same rule, data and instant give the same
//   customers on both engines.
// - A rule that refers to a segment that is not there, or to itself, is refused; it never is empty
// in
//   silence.

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "engine/engine.h"
#include "segments/as_of.h"
#include "segments/exports.h"
#include "segments/facts.h"
#include "segments/json.h"
#include "segments/marks.h"
#include "segments/moves.h"
#include "segments/parser.h"
#include "segments/person.h"
#include "segments/print.h"
#include "segments/problems.h"
#include "segments/rule.h"
#include "segments/values.h"
#include "segments/wide.h"
#include "stages/stages.h"
#include "store/store.h"

namespace huitou::segments {

/// Reads words, or JSON where the text begins with `{`, and checks types.
Reading read(std::string_view text);

/// Line and column, from 1, of a byte of the text; columns are characters.
struct Place {
  std::size_t line = 1;
  std::size_t column = 1;
};
Place place_of(std::string_view text, std::size_t byte);
/// invalid_input with place, message and hint of the first problem.
Error error_of(const std::vector<Problem>& problems, std::string_view text);

/// A saved segment. `rule` is the canonical English text.
struct Segment {
  std::string name;
  std::string rule;
  std::string description;
  std::string owner;
  std::int64_t version = 1;
  std::int64_t saved_at = 0;  ///< UTC seconds
};

/// Saved segments by name, as trees, and the names of removed ones. The rule of a frozen one only
/// says how it came to be: its members are kept (moves.h), of the runs that count.
struct Library {
  std::map<std::string, Rule, std::less<>> rules;
  std::vector<std::string> removed;
  std::set<std::string, std::less<>> frozen{};
  /// Further names that rules can ask for: the members of a segment on a day.
  std::map<std::string, KeptAt, std::less<>> kept{};
  engine::IntegerList void_moves{};
  stages::Limits limits{};  ///< of the shop's stages
};
Result<Library> library(store::Store& store);

/// Segments that the rule refers to and that are not there, and circles: `name` is that of the rule
/// itself, empty where it has none.
std::vector<Problem> check_references(const Rule& rule, const std::string& name,
                                      const Library& library);

/// In the order of their names.
Result<std::vector<Segment>> saved(store::Store& store);
/// not_found, with the nearest name.
Result<Segment> find(store::Store& store, const std::string& name);
/// Saves a segment or a new version of it. `rule` in words or JSON. Errors: invalid_input for a
/// name that is none, a wrong rule, a missing or circular reference.
struct Save {
  std::string name;
  std::string rule;
  std::string description;
  std::string owner;
  std::int64_t now = 0;
};
Result<Segment> save(store::Store& store, const Save& save);
/// All versions, newest first: version, rule, description, owner, saved_at.
Result<Frame> versions(store::Store& store, const std::string& name);
/// The segments whose own rules refer to `name`, in the order of their names.
std::vector<std::string> referrers(const Library& library, const std::string& name);
/// Removes a segment. Errors: not_found; conflict if others refer to it, unless `anyway`: then they
/// are broken and say so.
Status remove(store::Store& store, const std::string& name, bool anyway, std::int64_t now);

/// A rule, when, and what it refers to.
struct Question {
  Rule rule;
  AsOf as_of;
  const Library& library;
  engine::IntegerList void_runs{};  ///< of joining accounts, that do not count
  engine::Limits limits{};
};

/// How many fit, of how many, and what they bought until then.
struct Count {
  std::int64_t everyone = 0;
  std::int64_t customers = 0;
  std::int64_t orders = 0;
  std::int64_t net_minor = 0;
  std::int64_t everyone_net_minor = 0;
};
/// Errors of these: not_found and conflict of references, limit_reached, those of the engine.
Result<Count> count(engine::Engine& engine, const Question& question);
/// How many of two sets of customers fit a rule.
struct BothSides {
  std::int64_t inside = 0;
  std::int64_t outside = 0;
};
struct Crossing {
  BothSides all;
  std::vector<BothSides> cells;
};
/// `inside` are those who fit the question's rule, `outside` those who fit `others` and not the
/// question's rule; how many of each fit each of the cells.
Result<Crossing> cross(engine::Engine& engine, const Question& question, const Rule& others,
                       const std::vector<Rule>& cells);
/// For each fact the different values at its quantiles 1/parts, 2/parts ... among those who fit and
/// whose value is known, ascending; empty where nobody's is. Money is in minor units.
Result<std::vector<std::vector<double>>> cut_points(engine::Engine& engine,
                                                    const Question& question,
                                                    const std::vector<const char*>& facts,
                                                    std::int64_t parts);
/// Numbers of those who fit, in ascending order.
Result<std::vector<std::int64_t>> members(engine::Engine& engine, const Question& question);
/// A part of a rule, seen for one person: the whole first, then its parts, deeper ones after that
/// which they are part of. `unknown`: the value it compares is unknown, so it does not hold.
struct Reason {
  enum class State { holds, fails, unknown };
  int depth = 0;
  std::string kind;  ///< condition, all_of, any_of, not, segment, top, sample, everyone
  State state = State::fails;
  Sentence text;
  std::string rule_en, rule_zh;
  std::optional<std::string> value;  ///< hers, written as in a rule
  std::string type;                  ///< of the value, as in facts.h; empty where there is none
};
/// `known`: registered or ordered by then. `parts` is empty where she is not.
struct Why {
  bool known = false;
  bool fits = false;
  std::vector<Reason> parts;
};
/// Reads her granules only, except where the rule ranks, draws or scores: that needs all customers.
Result<Why> why(engine::Engine& engine, const Question& question, const Person& person);

/// Whether the person is in each of these saved segments; the error of one that is broken. One pass
/// over her granules. `question.rule` is not looked at.
Result<std::vector<Result<bool>>> segments_of(engine::Engine& engine, const Question& question,
                                              const std::vector<std::string>& names,
                                              const Person& person);

/// Of each of these saved segments the one part of its rule that the person does not meet, where
/// the rule wants several at once and she meets all others; none where she is in, where more is
/// missing, and of a broken one. One pass over her granules for each 32 segments.
Result<std::vector<std::optional<Sentence>>> just_missed(engine::Engine& engine,
                                                         const Question& question,
                                                         const std::vector<std::string>& names,
                                                         const Person& person);

/// Those who fit, in the order of their numbers, block by block: the columns of `customers`, and
/// between region and orders a column for each of these kinds of keys. Of several keys of a kind
/// the first by its letters.
Status stream_customers(engine::Engine& engine, const Question& question,
                        const std::vector<std::string>& kinds,
                        const std::function<Status(const Frame&)>& take);

/// Who came into a saved segment and who left it from the end of one day to that of another, as its
/// refreshes left it; who came and left again in between is not among them. Of those who came and
/// of those who left the columns of `customers`, highest amount first, at most `most` of each.
/// Errors: not_found; not_enough_data where no refresh noted anybody, or `from` lies before the
/// first day with members;
/// invalid_input where `to` is not after `from`.
struct BetweenDays {
  std::string name;
  Date from;
  Date to;
  std::int64_t most = 0;
};
struct Moved {
  std::int64_t before = 0;
  std::int64_t after = 0;
  std::int64_t stayed = 0;
  Frame came;
  Frame left;
};
Result<Moved> moved(engine::Engine& engine, store::Store& store, const Question& question,
                    const BetweenDays& days);

/// How many fit the same of some rules: bit i is set where they fit rule i.
struct Together {
  std::uint64_t mask = 0;
  std::int64_t customers = 0;
};
/// Everybody, by the rules that they fit, in one pass; at most 10 rules. `question.rule` is not
/// looked at.
Result<std::vector<Together>> together(engine::Engine& engine, const Question& question,
                                       const std::vector<const Rule*>& rules);
/// Those who fit all rules of the mask, whatever else they fit.
std::int64_t customers_with(const std::vector<Together>& groups, std::uint64_t mask);

/// The same of rules that name only saved segments, from the sets of their members (sets.h),
/// without reading the data. For data that have not changed since the last refresh of all segments;
/// nothing where that refresh asked other rules, as of another instant, or not these segments, of
/// frozen ones, and of rules that ask for tags or consent.
Result<std::optional<std::vector<Together>>> kept_together(engine::Engine& engine,
                                                           store::Store& store,
                                                           const Question& question,
                                                           const std::vector<const Rule*>& rules);

/// How many fit, and `customers` of them: one pass over the data for both.
struct Preview {
  Count count;
  Frame examples;
};
Result<Preview> preview(engine::Engine& engine, const Question& question, std::int64_t most);

/// Those who fit, highest amount first, at most `most`: customer_id, customer_key, name, region,
/// orders, net_minor, last_order_on (a date).
Result<Frame> customers(engine::Engine& engine, const Question& question, std::int64_t most);

}  // namespace huitou::segments
