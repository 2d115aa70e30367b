#include "segments/wide.h"

#include <fmt/format.h>

#include <algorithm>

#include "schema/schema.h"
#include "segments/ask.h"
#include "segments/scales.h"
#include "segments/sources.h"

namespace huitou::segments {
namespace {

/// What an order after the instant adds to the fingerprint.
constexpr const char* kLater = "toUInt64(11400714819323198485)";

class Wide {
 public:
  Wide(const WideTable& table, const Scope& scope)
      : table_(table), scope_(scope), conditions_(scope.as_of) {
    for (const WideColumn& column : table.columns) {
      const Fact* fact = find_fact(column.term.fact);
      CHECK(fact != nullptr && !is_scored(*fact));  // a row of the table is of one customer alone
      uses_.push_back({fact, column.term, conditions_.rows(*fact, column.term)});
    }
    // Values that are no column: what a column is made of beside its own fact.
    beside_.resize(table.columns.size());
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
      for (const Term& term : potential_terms(table.columns[i].term, scope.limits)) {
        const Fact* fact = find_fact(term.fact);
        CHECK(fact != nullptr);
        beside_[i].push_back(fmt::format("c{}", uses_.size()));
        uses_.push_back({fact, term, conditions_.rows(*fact, term)});
      }
    }
  }

  Result<engine::Query> query() {
    TRY(std::string rows, source(Source::customers));
    std::string columns = ", registered" + columns_of(Source::customers);
    std::string prints = print_name(Source::customers);
    std::string recent = fmt::format("late * {} + {}", kLater, recent_name(Source::customers));
    for (std::size_t i = 0; i < kSources; ++i) {
      const auto from = static_cast<Source>(i);
      if (from == Source::customers || !is_used(from)) continue;
      TRY(const std::string right, source(from));
      TRY(rows, beside(rows, columns, right, columns_of(from)));
      columns += columns_of(from);
      prints += ", " + print_name(from);
      recent += " + " + recent_name(from);
    }
    TRY(const std::string later, later_rows("toUInt8(count() > 0) AS late"));
    TRY(rows, beside(rows, columns, later, ", late"));
    engine::Query query{.params = params()};
    TRY(query.text,
        text_of("wide",
                {{"values", values()}, {"prints", prints}, {"recent", recent}, {"sources", rows}}));
    return query;
  }

  Result<engine::Query> recent() {
    std::string rows;
    for (std::size_t i = 0; i < kSources; ++i) {
      const auto from = static_cast<Source>(i);
      if (!is_used(from)) continue;
      TRY(const std::string part,
          source_text({.source = from,
                       .rows = is_monthly(from) ? recent_rows(from) : "1",
                       .columns = fmt::format("sum({}) AS print", hash(from)),
                       .within = table_.within},
                      scope_, conditions_));
      TRY(rows, with_part(rows, part, from == Source::customers));
    }
    TRY(const std::string later, later_rows(fmt::format("{} AS print", kLater)));
    TRY(rows, with_part(rows, later, false));
    return engine::Query{.text = rows, .params = params()};
  }

  std::vector<WideSource> sources() const {
    std::vector<WideSource> out;
    for (std::size_t i = 0; i < kSources; ++i) {
      const auto from = static_cast<Source>(i);
      if (is_used(from)) out.push_back({.table = table_of(from).name});
    }
    // Joining accounts gives old rows to other people.
    out.push_back({.table = "customer_links", .recent = false});
    return out;
  }

 private:
  engine::Params params() {
    engine::Params out = params_of(scope_, conditions_.take_params());
    for (const auto& [name, value] : table_.params) out[name] = value;
    out["recent_since"] = table_.recent_since;
    return out;
  }

  /// Customers and their orders say who is known, whatever the facts ask.
  bool is_used(Source from) const {
    if (from == Source::customers || from == Source::orders) return true;
    return std::any_of(uses_.begin(), uses_.end(),
                       [&](const Use& use) { return use.fact->source == from; });
  }

  static std::string print_name(Source from) {
    return "print_" + std::string(source_card(from).file);
  }

  /// Sources that are not kept by month are recent as a whole.
  static std::string recent_name(Source from) {
    return is_monthly(from) ? "recent_" + std::string(source_card(from).file) : print_name(from);
  }
  static std::string recent_rows(Source from) {
    return fmt::format("{} >= {{recent_since:Date}}", source_card(from).day);
  }

  /// The columns of a row that any fact of the source reads, as one number: the sum is what facts
  /// are made of, whatever the order of the rows.
  std::string hash(Source from) const {
    std::string read = from == Source::customers ? "registered_on"
                       : from == Source::orders  ? "ordered_on"
                                                 : "";
    for (const Use& use : uses_) {
      if (use.fact->source == from) read += " " + aggregate_of(use, scope_.limits);
    }
    return row_hash(from, columns_in(from, read));
  }

  std::string print(Source from) const {
    const std::string row = hash(from);
    std::string out = fmt::format("sum({}) AS {}", row, print_name(from));
    if (is_monthly(from)) {
      out += fmt::format(", sumIf({}, {}) AS {}", row, recent_rows(from), recent_name(from));
    }
    return out;
  }

  Result<std::string> later_rows(const std::string& columns) const {
    return text_of(
        "later", {{"columns", columns}, {"who", whose_rows(Source::orders, false, table_.within)}});
  }

  static Result<std::string> with_part(const std::string& rows, const std::string& part,
                                       bool known) {
    TRY(const std::string more, text_of("recent", {{"part", part}, {"known", known ? "1" : "0"}}));
    return rows.empty() ? more : rows + "UNION ALL\n" + more;
  }

  Result<std::string> source(Source from) const {
    std::string columns = print(from);
    if (from == Source::customers) columns += fmt::format(", {} AS registered", kRegistered);
    if (from == Source::orders) columns += ", toUInt8(count() > 0) AS early";
    for (std::size_t i = 0; table_.values && i < uses_.size(); ++i) {
      if (uses_[i].fact->source == from) {
        columns += fmt::format(", {} AS c{}", aggregate_of(uses_[i], scope_.limits), i);
      }
    }
    return source_text({.source = from, .rows = "1", .columns = columns, .within = table_.within},
                       scope_, conditions_);
  }

  std::string columns_of(Source from) const {
    std::string out = ", " + print_name(from);
    if (is_monthly(from)) out += ", " + recent_name(from);
    if (from == Source::orders) out += ", early";
    for (std::size_t i = 0; table_.values && i < uses_.size(); ++i) {
      if (uses_[i].fact->source == from) out += fmt::format(", c{}", i);
    }
    return out;
  }

  Result<std::string> beside(const std::string& left, const std::string& left_columns,
                             const std::string& right, const std::string& right_columns) {
    return text_of("beside", {{"left_columns", left_columns},
                              {"right_columns", right_columns},
                              {"alias", std::to_string(++aliases_)},
                              {"left", left},
                              {"right", right}});
  }

  std::string values() const {
    std::string out;
    for (std::size_t i = 0; table_.values && i < table_.columns.size(); ++i) {
      const char* shape = uses_[i].fact->zero ? ", ifNull({}, 0) AS {}" : ", {} AS {}";
      const std::string column = fmt::format("c{}", i);
      out += fmt::format(fmt::runtime(shape),
                         beside_[i].empty() ? column : with_potential(column, beside_[i]),
                         table_.columns[i].name);
    }
    return out;
  }

  const WideTable& table_;
  const Scope& scope_;
  Conditions conditions_;
  std::vector<Use> uses_;
  std::vector<std::vector<std::string>> beside_;  ///< of each column, further values of `uses_`
  int aliases_ = 0;
};

}  // namespace

namespace {

Result<Scope> scope_for(engine::Engine& engine, const WideTable& table) {
  CHECK(!table.as_of.within_day);
  Scope scope{.as_of = table.as_of, .void_runs = table.void_runs, .limits = table.limits};
  TRY(scope.joined_accounts, some_joined(engine, table.void_runs, {}));
  return scope;
}

}  // namespace

Result<engine::Query> wide_query(engine::Engine& engine, const WideTable& table) {
  TRY(const Scope scope, scope_for(engine, table));
  return Wide(table, scope).query();
}

Result<engine::Query> recent_query(engine::Engine& engine, const WideTable& table) {
  TRY(const Scope scope, scope_for(engine, table));
  return Wide(table, scope).recent();
}

std::vector<WideSource> wide_sources(const WideTable& table) {
  const Scope scope{.as_of = table.as_of, .limits = table.limits};
  return Wide(table, scope).sources();
}

}  // namespace huitou::segments
