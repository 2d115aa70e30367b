#include "segments/sources.h"

#include <fmt/format.h>

#include <array>

#include "base/replace_all.h"
#include "schema/schema.h"
#include "segments/choices.h"
#include "stages/stages.h"

namespace huitou::segments {
namespace {

/// `['first', 'nurture' ...]`
std::string stage_names() {
  std::string names;
  for (std::size_t i = 0; i < stages::kStages; ++i) {
    names +=
        fmt::format("{}'{}'", i == 0 ? "[" : ", ", stages::name(static_cast<stages::Stage>(i)));
  }
  return names + "]";
}

/// The only texts that the fact can be, as an array.
std::string choices_in(const Fact& fact) {
  std::string values;
  for (const Words& value : choices_of(fact)) {
    values += fmt::format("{}'{}'", values.empty() ? "" : ", ", value.en);
  }
  return "[" + values + "]";
}

/// Days between the last two days with an order, 0 where there is one.
constexpr std::string_view kLastGap =
    "if(length(arrayDistinct(groupArrayIf(ordered_on, {{when}}))) < 2, 0, "
    "toInt64(maxIf(ordered_on, {{when}})) - "
    "toInt64(arrayReverseSort(arrayDistinct(groupArrayIf(ordered_on, {{when}})))[2]))";

/// Of the rows {{when}}, at the close of the last day that counts. Orders say nothing of whoever
/// has none: the potential are found with the facts of other rows.
std::string stage_number(const stages::Limits& limits) {
  const char* days = "toInt64({{end:Date}}) - 1 - toInt64({}If(ordered_on, {{{{when}}}}))";
  return stages::sql({.orders = "countIf({{when}})",
                      .age = fmt::format(fmt::runtime(days), "min"),
                      .silence = fmt::format(fmt::runtime(days), "max"),
                      .gap = limits.returned_days > 0 ? std::string(kLastGap) : "0",
                      .quiet = "-1"});
}

}  // namespace

std::string scales_name(std::size_t place) { return fmt::format("rfm{}", place); }

std::string aggregate_of(const Use& use, const stages::Limits& limits) {
  const ValueType type = use.fact->type;
  const char* cast = is_text(type) ? "toString" : is_real(type) ? "toFloat64" : "toInt64";
  std::string sql(use.fact->sql);
  replace_all(sql, "{{scales}}", scales_name(use.scales));
  replace_all(sql, "{{values}}", choices_in(*use.fact));
  replace_all(sql, "{{stages}}", stage_names());
  replace_all(sql, "{{stage}}", stage_number(limits));
  replace_all(sql, "{{when}}", "(" + use.when + ")");
  return fmt::format("toNullable({}({}))", cast, sql);
}

std::vector<Term> potential_terms(const Term& term, const stages::Limits& limits) {
  if (limits.potential_days == 0 || term != Term{.fact = "stage"}) return {};
  return {Term{.fact = "days_since_registered"}, Term{.fact = "days_since_did"}};
}

std::string with_potential(const std::string& stage, const std::vector<std::string>& days) {
  std::string known;
  for (const std::string& since : days) {
    // A day that counts is 1 day before the end of the last one.
    known +=
        fmt::format("{0}(ifNull({1}, 0) >= 1 AND ifNull({1}, 0) <= {{potential_days:Int64}} + 1)",
                    known.empty() ? "" : " OR ", since);
  }
  return fmt::format("if(isNull({0}) AND ({1}), '{2}', {0})", stage, known,
                     stages::name(stages::Stage::potential));
}

namespace {

std::string condition(std::string_view before, std::string_view within, std::string_view person) {
  if (within.empty()) return "";
  std::string text(within);
  replace_all(text, "{{person}}", person);
  return fmt::format("{}({})", before, text);
}

/// Whether rows follow their person when accounts are joined.
bool follows_person(Source source) {
  return source == Source::orders || source == Source::lines || source == Source::customers;
}

}  // namespace

std::string whose_rows(Source source, bool hers, std::string_view within) {
  if (!hers) return "customer_id != 0" + condition(" AND ", within, "customer_id");
  return follows_person(source)
             ? "customer_id = {customer:UInt64}"
             : "customer_id IN (SELECT toUInt64(arrayJoin({accounts:Array(Int64)})) AS "
               "customer_id)";
}

Result<std::string> source_text(const SourceAsk& ask, const Scope& scope,
                                const Conditions& conditions) {
  const SourceCard& card = source_card(ask.source);
  const bool joins = scope.joined_accounts && !ask.hers;
  const bool later = joins && !follows_person(ask.source);
  const std::string person = ask.hers ? "if(customer_id = 0, toUInt64(0), {customer:UInt64})"
                             : joins  ? "if(belongs_to = 0, customer_id, belongs_to)"
                                      : "customer_id";
  TRY(const std::string joined, schema::expand("{{joined_accounts}}"));
  std::string within = ask.within;
  if (later && !within.empty()) {
    // Rows that her other accounts brought are read too; `whose` decides.
    within =
        "(" + within + ") OR customer_id GLOBAL IN (SELECT customer_id FROM " + joined + " AS a)";
  }
  return text_of(
      card.file,
      {{"columns", ask.columns},
       {"until", conditions.until(card)},
       {"rows", ask.rows},
       {"who", whose_rows(ask.source, ask.hers, within)},
       {"whose", later ? condition("\nWHERE ", ask.within, person) : ""},
       {"person", person},
       {"joined", joins ? "\nGLOBAL ANY LEFT JOIN " + joined + " AS j USING customer_id" : ""},
       {"apart",
        joins ? " AND customer_id GLOBAL NOT IN (SELECT customer_id FROM " + joined + " AS j)"
              : ""}});
}

namespace {

constexpr std::array<std::string_view, kSources> kTables{"orders",     "order_lines",   "events",
                                                         "tickets",    "surveys",       "customers",
                                                         "identities", "customer_marks"};

bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

bool mentions(std::string_view sql, std::string_view word) {
  for (std::size_t at = sql.find(word); at != std::string_view::npos; at = sql.find(word, at + 1)) {
    const std::size_t end = at + word.size();
    if ((at == 0 || !is_word(sql[at - 1])) && (end == sql.size() || !is_word(sql[end])))
      return true;
  }
  return false;
}

/// A column as arguments of a hash, which takes no nulls.
std::string hashed(const engine::TableColumn& column) {
  if (!column.type.starts_with("Nullable")) return column.name;
  const bool real = column.type.find("Float") != std::string::npos;
  const char* shape = real ? "isNull({0}), ifNull({0}, 0)" : "isNull({0}), ifNull(toInt64({0}), 0)";
  return fmt::format(fmt::runtime(shape), column.name);
}

}  // namespace

const engine::TableSpec& table_of(Source source) {
  return schema::table(kTables.at(static_cast<std::size_t>(source)));
}

bool is_monthly(Source source) {
  return table_of(source).partition_by == fmt::format("toYYYYMM({})", source_card(source).day);
}

std::set<std::string> columns_in(Source source, std::string_view sql) {
  std::set<std::string> out;
  for (const engine::TableColumn& column : table_of(source).columns) {
    if (mentions(sql, column.name)) out.insert(column.name);
  }
  return out;
}

std::string row_hash(Source source, const std::set<std::string>& columns) {
  std::string arguments;
  for (const engine::TableColumn& column : table_of(source).columns) {
    if (!columns.contains(column.name)) continue;
    arguments += (arguments.empty() ? "" : ", ") + hashed(column);
  }
  return fmt::format("cityHash64({})", arguments);
}

engine::Params params_of(const Scope& scope, engine::Params params) {
  params["end"] = scope.as_of.end;
  params["until"] = scope.as_of.second;
  params["last_day"] = Date{scope.as_of.end.days - 1};
  params["void_runs"] = scope.void_runs;
  params["void_moves"] = scope.void_moves;
  params.merge(stages::params(scope.limits));
  if (scope.among) params["among"] = *scope.among;
  if (scope.person) {
    params["customer"] = scope.person->customer;
    params["accounts"] = scope.person->accounts;
  }
  return params;
}

}  // namespace huitou::segments
