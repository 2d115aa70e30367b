// Costs are put into the orders and not asked for by every query: a figure reads orders alone, and
// costs change seldom. What the orders have of the products' costs is kept in `settled_costs`; a
// product that differs names the months to look at, and so do the loads since the last settling.
//
// Killed anywhere, what was settled is still behind, and all is done again: months first, then the
// products' costs, then the number of the load.

#include <algorithm>
#include <set>

#include "costs/costs.h"
#include "ingest/ingest.h"
#include "schema/schema.h"

namespace huitou::costs {

std::string_view embedded(std::string_view path);

namespace {

constexpr double kSeconds = 3600;
constexpr const char* kPrefix = "costs_";

std::string text_of(std::string_view name) {
  std::string_view text = embedded("sql/" + std::string(name) + ".sql");
  while (text.starts_with("--")) text.remove_prefix(text.find('\n') + 1);
  return std::string(text);
}

/// Orders and their lines, and which of them are looked at. `lines` may be a SELECT.
struct Part {
  std::string orders;
  std::string lines;
  std::string days;
  engine::Params params;
};

Part part_of_month(std::int64_t month) {
  const Date from = date_of({static_cast<int>(month / 100), static_cast<int>(month % 100), 1});
  const Date to = std::min(add_steps(from, Granularity::month, 1), kLastDate);
  return {"orders",
          "order_lines",
          "ordered_on >= {from:Date} AND ordered_on < {to:Date}",
          {{"from", from}, {"to", to}}};
}

Part aside_part() {
  return {"aside_orders", "(" + text_of("aside_lines") + ") AS lines_aside", "1 = 1", {}};
}

class Settling {
 public:
  explicit Settling(engine::Engine& engine) : engine_(engine) {}

  /// `loaded`: months that loads touched.
  Result<Settled> run(const std::vector<std::int64_t>& loaded) {
    const schema::Fragments changed{{"changed", text_of("changed_products")}};
    TRY(settled_.products, count("count_changed", {}, changed));
    TRY(const std::set<std::int64_t> months, months_of(loaded, changed));
    TRY(drop_ours());
    TRY(settle_months(months));
    if (settled_.products > 0 || !loaded.empty()) TRY(settle_aside());
    if (settled_.products > 0) TRY(keep_products());
    TRY(drop_ours());
    return settled_;
  }

 private:
  Result<engine::Query> statement(std::string_view name, const engine::Params& params,
                                  const schema::Fragments& fragments) {
    TRY(std::string text, schema::expand(text_of(name), fragments));
    engine::Query query{std::move(text), params};
    query.limits.seconds = kSeconds;
    return query;
  }

  Result<std::int64_t> count(std::string_view name, const engine::Params& params,
                             const schema::Fragments& fragments) {
    TRY(const engine::Query query, statement(name, params, fragments));
    TRY(const Frame frame, engine_.query(query));
    return frame.integer("rows", 0).value_or(0);
  }

  Result<std::set<std::int64_t>> months_of(const std::vector<std::int64_t>& loaded,
                                           const schema::Fragments& changed) {
    std::set<std::int64_t> months;
    if (!loaded.empty()) {
      const Part first = part_of_month(loaded.front());
      const Part last = part_of_month(loaded.back());
      TRY(const std::int64_t known,
          count("known_costs", {{"from", first.params.at("from")}, {"to", last.params.at("to")}},
                {}));
      if (known > 0) months.insert(loaded.begin(), loaded.end());
    }
    if (settled_.products > 0) {
      TRY(const engine::Query query, statement("changed_months", {}, changed));
      TRY(const Frame frame, engine_.query(query));
      for (std::size_t row = 0; row < frame.rows(); ++row) {
        months.insert(frame.integer("month", row).value_or(0));
      }
    }
    return months;
  }

  static schema::Fragments fragments_of(const Part& part) {
    return {{"orders", part.orders},
            {"lines", part.lines},
            {"days", part.days},
            {"order_costs", text_of("order_costs")}};
  }

  Result<bool> is_stale(const Part& part) {
    TRY(const std::int64_t rows, count("count_stale", part.params, fragments_of(part)));
    return rows > 0;
  }

  Result<std::string> make_target(const std::string& table) {
    engine::TableSpec spec = schema::table(table);
    spec.name = kPrefix + table;
    spec.scratch = true;
    TRY(engine_.create_table(spec));
    return spec.name;
  }

  Status build(const Part& part, const std::string& target) {
    schema::Fragments fragments = fragments_of(part);
    std::string columns;
    std::string selected;
    for (const engine::TableColumn& column : schema::table("orders").columns) {
      const std::string comma = columns.empty() ? "" : ", ";
      columns += comma + column.name;
      selected += comma + (column.name == "cost_minor" ? "ifNull(own_cost_minor, lines_minor)"
                                                       : column.name);
    }
    fragments["target"] = target;
    fragments["columns"] = columns;
    fragments["selected"] = selected;
    TRY(const engine::Query query, statement("build", part.params, fragments));
    return engine_.execute(query);
  }

  Status settle_months(const std::set<std::int64_t>& months) {
    std::vector<std::string> built;
    std::string target;
    for (const std::int64_t month : months) {
      const Part part = part_of_month(month);
      TRY(const bool stale, is_stale(part));
      if (!stale) continue;
      if (built.empty()) {
        TRY(target, make_target("orders"));
      }
      TRY(build(part, target));
      built.push_back(std::to_string(month));
    }
    if (built.empty()) return {};
    TRY(engine_.settle());
    TRY(engine_.replace_partitions("orders", target, built));
    settled_.months = static_cast<std::int64_t>(built.size());
    return {};
  }

  /// Orders that are set aside come back with the costs of then.
  Status settle_aside() {
    const Part aside = aside_part();
    TRY(const bool stale, is_stale(aside));
    if (!stale) return {};
    TRY(const std::string target, make_target("aside_orders"));
    TRY(build(aside, target));
    TRY(engine_.settle());
    return engine_.replace_partitions("aside_orders", target, {"all"});
  }

  Status keep_products() {
    engine::TableSpec spec = schema::table("settled_costs");
    spec.name = "costs_products";
    spec.scratch = true;
    TRY(engine_.create_table(spec));
    TRY(const engine::Query query, statement("keep_products", {}, {}));
    TRY(engine_.execute(query));
    TRY(engine_.settle());
    return engine_.replace_partitions("settled_costs", spec.name, {"all"});
  }

  Status drop_ours() {
    TRY(const std::vector<std::string> tables, engine_.tables());
    for (const std::string& table : tables) {
      if (table.starts_with(kPrefix)) TRY(engine_.drop_table(table));
    }
    return {};
  }

  engine::Engine& engine_;
  Settled settled_;
};

}  // namespace

Result<Settled> settle(engine::Engine& engine, store::Store& store, std::int64_t now) {
  TRY(
      store.run("CREATE TABLE IF NOT EXISTS cost_state (id INTEGER PRIMARY KEY, settled_load "
                "INTEGER NOT NULL)"));
  TRY(const Frame state, store.run("SELECT settled_load FROM cost_state WHERE id = 1"));
  const std::int64_t before = state.rows() == 0 ? 0 : state.integer("settled_load", 0).value_or(0);
  TRY(const ingest::MonthsLoaded loaded, ingest::months_loaded(store, before));
  TRY(const Settled settled, Settling(engine).run(loaded.months));
  if (settled.months > 0) TRY(ingest::data_changed(store, "costs", now));
  if (loaded.newest != before) {
    TRY(store.run("INSERT OR REPLACE INTO cost_state (id, settled_load) VALUES (1, ?)",
                  {loaded.newest}));
  }
  return settled;
}

}  // namespace huitou::costs
