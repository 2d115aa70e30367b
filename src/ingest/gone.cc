// The keys that the source has are written beside the rows, and those that it lacks beside them.
// Only then it is decided: nothing is changed if the source seems to have lost too much, which is
// more often a wrong query or an emptied copy than what a shop does.

#include "ingest/gone.h"

#include <algorithm>

#include "ingest/build.h"
#include "ingest/commit.h"
#include "ingest/staged.h"
#include "ingest/values.h"
#include "schema/schema.h"

namespace huitou::ingest {
namespace {

constexpr std::string_view kOrders = "orders";

struct Removable {
  std::string_view table;  ///< of mappings
  std::string_view key;
};
constexpr Removable kRemovable[] = {{"orders", "order_key"},
                                    {"lines", "order_key"},
                                    {"tickets", "ticket_key"},
                                    {"surveys", "survey_key"}};

std::string names_of(std::string_view table) {
  std::string names;
  for (const engine::TableColumn& column : schema::table(table).columns) {
    names += (names.empty() ? "" : ", ") + column.name;
  }
  return names;
}

engine::TableSpec key_list(std::string name) {
  return {std::move(name), {{"key", "String"}}, "", "key", "cityHash64(key)", true};
}

class Removing {
 public:
  Removing(engine::Engine& engine, store::Store& store, const GoneOptions& options,
           const Progress& progress)
      : engine_(engine),
        journal_(store),
        options_(options),
        progress_(progress),
        key_(removable_key(options.table)),
        table_(key_ == "order_key" ? kOrders : std::string_view(options.table)) {}

  Result<Gone> run(const KeyPages& keys) {
    const Status done = whole(keys);
    // What is committed is carried on by `recover`, with the staging tables.
    if (!committed_ || done.ok()) TRY(drop_staged(engine_));
    TRY(done);
    return gone_;
  }

 private:
  Status whole(const KeyPages& keys) {
    TRY(drop_staged(engine_));
    TRY(engine_.create_table(key_list("load_present")));
    TRY(engine_.create_table(key_list("load_gone")));
    TRY(read(keys));
    TRY(find());
    if (gone_.gone == 0 || too_many()) return {};
    Beginning beginning;
    beginning.path = options_.path;
    beginning.table = options_.table;
    beginning.source = options_.source;
    beginning.now = options_.now;
    TRY(const std::uint64_t id, journal_.begin(beginning));
    const Status prepared = prepare(id);
    if (!prepared.ok()) {
      // What was staged is of no use; the error that matters is the first one.
      (void)journal_.fail(id);
      return prepared;
    }
    committed_ = true;
    TRY(apply(engine_, plan_));
    TRY(journal_.finish(id));
    gone_.removed = true;
    return {};
  }

  Status read(const KeyPages& keys) {
    TRY(const auto inserter, engine_.insert("load_present", key_list("").columns));
    std::vector<std::string> page;
    for (bool more = true; more;) {
      if (progress_.cancelled()) {
        return Error{Code::conflict, "The comparison was cancelled.", "Nothing was changed.",
                     "比对已取消。", "数据没有任何变化。"};
      }
      page.clear();
      TRY(more, keys(page));
      Frame frame;
      frame.columns = {make_column("key", ColumnType::text)};
      for (const std::string& key : page) frame.columns[0].push_text(std::string(clean_text(key)));
      if (frame.rows() > 0) TRY(inserter->write(frame));
      gone_.present += static_cast<std::int64_t>(page.size());
      progress_.report({.stage = {"reading the keys", "读取主键"},
                        .done = static_cast<std::uint64_t>(gone_.present),
                        .unit = {"rows", "行"}});
    }
    return inserter->finish();
  }

  /// Tables in which rows of the source lie.
  std::vector<std::string> places() const {
    std::vector<std::string> out{std::string(table_)};
    if (table_ == kOrders) out.emplace_back("aside_orders");
    return out;
  }

  Status find() {
    const engine::Params params{{"source", options_.source}};
    const std::string key(key_);
    const std::vector<std::string> rows_lie_in = places();
    TRY(const engine::Query here,
        statement("gone_here", params,
                  {{"table", rows_lie_in.front()}, {"also", rows_lie_in.back()}, {"key", key}}));
    TRY(const Frame held, engine_.query(here));
    gone_.here = held.integer("rows", 0).value_or(0);
    for (const std::string& place : rows_lie_in) {
      TRY(const engine::Query gone,
          statement("gone_find", params, {{"table", place}, {"key", key}}));
      TRY(engine_.execute(gone));
    }
    TRY(const engine::Query count, statement("gone_count"));
    TRY(const Frame rows, engine_.query(count));
    gone_.gone = rows.integer("rows", 0).value_or(0);
    return {};
  }

  bool too_many() const {
    if (gone_.present == 0) return true;
    return gone_.gone > kFewGone && gone_.gone * 100 > gone_.here * options_.most_percent;
  }

  Status prepare(std::uint64_t id) {
    if (table_ == kOrders) {
      TRY(keep_months("orders", plan_.order_months));
      TRY(keep_months("order_lines", plan_.line_months));
      TRY(keep_whole("aside_orders", "gone_kept"));
      TRY(keep_whole("aside_lines", "gone_kept"));
    } else {
      TRY(keep_whole(std::string(table_), "gone_others"));
    }
    Findings findings;
    TRY(find_each(findings));
    TRY(write_findings(
        engine_,
        {.load_id = id, .now = options_.now, .source = options_.source, .file = options_.path},
        findings));
    Loaded loaded;
    loaded.rows_read = static_cast<std::uint64_t>(gone_.present);
    loaded.rules = rule_counts(findings);
    TRY(engine_.settle());
    return journal_.commit(id, plan_, loaded, static_cast<std::uint64_t>(gone_.gone));
  }

  Status find_each(Findings& findings) {
    TRY(const engine::Query query,
        statement("gone_keys", {{"limit", static_cast<std::int64_t>(kFindingsPerRule)}}));
    TRY(const Frame frame, engine_.query(query));
    findings.count(Rule::gone_at_source, static_cast<std::uint64_t>(gone_.gone));
    for (std::size_t row = 0; row < frame.rows(); ++row) {
      findings.keep(
          {Rule::gone_at_source, 0, std::string(key_), frame.text("key", row).value_or("")});
    }
    return {};
  }

  Status keep(const std::string& table, std::string_view file, const engine::Params& params,
              const std::string& days) {
    const bool of_orders = table_ == kOrders;
    TRY(const engine::Query query,
        statement(file, params,
                  {{"table", table},
                   {"columns", names_of(table)},
                   {"days", days},
                   {"key", of_orders ? "order_key" : std::string(key_)}}));
    return engine_.execute(query);
  }

  Status keep_whole(const std::string& table, std::string_view file) {
    TRY(engine_.create_table(staged_copy(table)));
    TRY(keep(table, file, {{"source", options_.source}}, "1 = 1"));
    plan_.whole.push_back(table);
    return {};
  }

  Status keep_months(const std::string& table, std::vector<std::string>& names) {
    TRY(engine_.create_table(staged_copy(table)));
    TRY(const engine::Query query, statement("gone_months", {}, {{"table", table}}));
    TRY(const Frame months, engine_.query(query));
    for (std::size_t row = 0; row < months.rows(); ++row) {
      const std::int64_t month = months.integer("month", row).value_or(0);
      const Date from = date_of({static_cast<int>(month / 100), static_cast<int>(month % 100), 1});
      const Date to = std::min(add_steps(from, Granularity::month, 1), kLastDate);
      TRY(keep(table, "gone_kept", {{"from", from}, {"to", to}},
               "ordered_on >= {from:Date} AND ordered_on < {to:Date}"));
      names.push_back(std::to_string(month));
    }
    return {};
  }

  engine::Engine& engine_;
  Journal journal_;
  const GoneOptions& options_;
  const Progress& progress_;
  const std::string_view key_;
  const std::string_view table_;  ///< ours
  CommitPlan plan_;
  Gone gone_;
  bool committed_ = false;
};

}  // namespace

std::string_view removable_key(std::string_view table) {
  for (const Removable& one : kRemovable) {
    if (one.table == table) return one.key;
  }
  return "";
}

Result<Gone> remove_gone(engine::Engine& engine, store::Store& store, const GoneOptions& options,
                         const KeyPages& keys, const Progress& progress) {
  CHECK(!removable_key(options.table).empty());
  Journal journal(store);
  TRY(journal.ensure());
  TRY(refuse_second(journal));
  return Removing(engine, store, options, progress).run(keys);
}

}  // namespace huitou::ingest
