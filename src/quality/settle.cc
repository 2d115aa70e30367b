#include <algorithm>
#include <set>

#include "identity/identity.h"
#include "quality/decisions.h"
#include "quality/statement.h"

// Orders that were decided upon are moved bodily, so that no query has to ask for them.
//
// The truth is the list of decisions in the store; the tables are made to agree with it, as often
// as needed: after a decision, after a load (which brings orders back as they came) and when a home
// is opened (a settling may have been killed). Every step can be done again:
//
//   1. What is fresh (orders that are not as decided) is copied to the tables aside, whole tables
//      swapped at once. So aside lie all orders that a decision concerns, as they came; their lines
//      too where the decision moves them: a quarantine, another day, status or customer.
//   2. The months out of which or into which rows go are built anew and swapped in: without the
//      fresh orders, and with those from aside that are corrected or released. A correction may
//      move an order to another month and, with its customer, to another shard.
//   3. What was released is taken out of the tables aside, the lines first.
//
// Killed after 1, the orders are in both places and still fresh. Killed between two months, an
// order may be in both, of which one row is as decided and stays out of what is set aside, or in
// neither: then it is put there from aside. Killed after 2, what was released is still aside and is
// put back once more. Without decisions nothing is asked of the engine but whether anything lies
// aside.

namespace huitou::quality {
namespace {

/// The account of a row, joined or not: joining and splitting never change it.
constexpr const char* kAccount = "if(account_id = 0, customer_id, account_id)";

std::string names_of(std::string_view table) {
  std::string names;
  for (const engine::TableColumn& column : schema::table(table).columns) {
    names += (names.empty() ? "" : ", ") + column.name;
  }
  return names;
}

std::string text_of(std::string_view file) {
  std::string text(body_of(embedded("sql/" + std::string(file) + ".sql")));
  while (text.ends_with('\n')) text.pop_back();
  return text;
}

using Expressions = std::map<std::string, std::string, std::less<>>;

/// Of a table's columns what `write` makes of each, with commas between.
template <typename Write>
std::string listed(std::string_view table, const Write& write) {
  std::string out;
  for (const engine::TableColumn& column : schema::table(table).columns) {
    const std::string one = write(column.name);
    if (!one.empty()) out += (out.empty() ? "" : ", ") + one;
  }
  return out;
}

std::string replaced(const Expressions& expressions, const std::string& column) {
  const auto found = expressions.find(column);
  return found == expressions.end() ? column : found->second;
}

/// The pieces of text with which rows of `table` are taken from aside and put among the others.
schema::Fragments putting(std::string_view table, const Expressions& corrected) {
  const auto is_place = [](const std::string& name) {
    return name == "customer_id" || name == "account_id";
  };
  const auto with = [&](const auto& write) {
    return listed(table, [&](const std::string& name) {
      return is_place(name) ? std::string() : write(name);
    });
  };
  return {{"plain", with([](const std::string& name) { return name; })},
          {"put", with([](const std::string& name) { return "put_" + name; })},
          {"corrected", with([&](const std::string& name) {
             return replaced(corrected, name) + " AS put_" + name;
           })}};
}

Expressions corrected_order() {
  const std::string refund = text_of("fixed_refund");
  return {{"gross_minor", "ifNull(fix_gross, gross_minor)"},
          {"discount_minor", "ifNull(fix_discount, discount_minor)"},
          {"refund_minor", refund},
          {"net_minor",
           "ifNull(fix_gross, gross_minor) - ifNull(fix_discount, discount_minor) - " + refund},
          {"ordered_at", "ifNull(fix_at, ordered_at)"},
          {"ordered_on", "ifNull(fix_on, ordered_on)"},
          {"status", "ifNull(fix_status, status)"}};
}

Expressions corrected_line() {
  return {{"ordered_on", "ifNull(fix_on, ordered_on)"}, {"status", text_of("fixed_line_status")}};
}

engine::TableSpec key_list(std::string name) {
  return {std::move(name), {{"order_key", "String"}}, "",
          "order_key",     "cityHash64(order_key)",   true};
}

engine::TableSpec decided_list() {
  engine::TableSpec spec = key_list("settle_keys");
  const std::vector<engine::TableColumn> more{{"is_fix", "UInt8"},
                                              {"moves_lines", "UInt8"},
                                              {"fix_gross", "Nullable(Int64)"},
                                              {"fix_discount", "Nullable(Int64)"},
                                              {"fix_refund", "Nullable(Int64)"},
                                              {"fix_at", "Nullable(DateTime)"},
                                              {"fix_on", "Nullable(Date)"},
                                              {"fix_status", "Nullable(UInt8)"},
                                              {"fix_account", "Nullable(UInt64)"}};
  spec.columns.insert(spec.columns.end(), more.begin(), more.end());
  return spec;
}

engine::TableSpec copy_of(std::string_view table, std::string name) {
  engine::TableSpec spec = schema::table(table);
  spec.name = std::move(name);
  spec.scratch = true;
  return spec;
}

/// All lists of keys in one table: a table is dear on a cluster.
engine::TableSpec found_list() {
  engine::TableSpec spec = key_list("settle_found");
  spec.columns.insert(spec.columns.begin(), {"list", "String"});
  return spec;
}

std::string keys_on(const std::string& list) {
  return "SELECT order_key FROM settle_found WHERE list = '" + list + "'";
}

std::vector<engine::TableSpec> copies() {
  return {copy_of("orders", "settle_orders"), copy_of("order_lines", "settle_order_lines"),
          copy_of("aside_orders", "settle_aside_orders"),
          copy_of("aside_lines", "settle_aside_lines")};
}

/// One of the two pairs of tables that are settled alike.
struct Pair {
  std::string table;
  std::string aside;
  std::string lists;
  schema::Fragments texts;
};

Pair pair_of(std::string table, std::string aside, const std::string& lists,
             const Expressions& corrected) {
  const bool of_orders = table == "orders";
  schema::Fragments texts = putting(table, corrected);
  texts["table"] = table;
  texts["aside"] = aside;
  texts["columns"] = names_of(table);
  texts["fresh"] = keys_on("fresh" + lists);
  texts["back"] = keys_on("back" + lists);
  texts["account"] = kAccount;
  texts["decided"] = text_of(of_orders ? "decided_orders" : "decided_lines");
  texts["differs"] = text_of(of_orders ? "order_differs" : "line_differs");
  texts["came"] = text_of(of_orders ? "order_differs" : "line_came");
  texts["refund"] = text_of("fixed_refund");
  texts["line_status"] = text_of("fixed_line_status");
  return {std::move(table), std::move(aside), lists, std::move(texts)};
}

class Settling {
 public:
  Settling(engine::Engine& engine, store::Store& store) : engine_(engine), store_(store) {}

  Status run(const std::vector<Decision>& decided) {
    TRY(end());
    TRY(create({decided_list(), found_list()}));
    TRY(write_keys(decided));
    TRY(find(orders_));
    TRY(execute("settle_released"));
    TRY(find_back(orders_));
    TRY(const auto found, lists());
    const bool fresh = found.contains("fresh");
    const bool back = found.contains("back");
    TRY(create(fresh || back ? copies() : std::vector<engine::TableSpec>()));
    // What is decided of lines needs their order aside.
    if (fresh) TRY(set_aside(orders_));
    TRY(settle_lines(decided, fresh || back));
    if (fresh || back) TRY(rebuild(orders_));
    if (found.contains("released")) {
      TRY(forget(lines_));
      TRY(forget(orders_));
    }
    return end();
  }

  Result<std::int64_t> count(const std::string& table) {
    TRY(const engine::Query query, statement("settle_count", {}, {{"table", table}}));
    TRY(const Frame frame, engine_.query(query));
    return frame.integer("rows", 0).value_or(0);
  }

 private:
  Status create(const std::vector<engine::TableSpec>& specs) {
    for (const engine::TableSpec& spec : specs) TRY(engine_.create_table(spec));
    return {};
  }
  /// Drops what there is of ours: a statement a table is dear on a cluster.
  Status end() {
    TRY(const std::vector<std::string> tables, engine_.tables());
    for (const std::string& table : tables) {
      if (table.starts_with("settle_")) TRY(engine_.drop_table(table));
    }
    return {};
  }

  Status settle_lines(const std::vector<Decision>& decided, bool has_copies) {
    TRY(find(lines_));
    TRY(find_late(decided));
    TRY(find_back(lines_));
    TRY(const auto found, lists());
    const bool fresh = found.contains("fresh_lines") || found.contains("late_lines");
    if (!fresh && !found.contains("back_lines")) return {};
    if (!has_copies) TRY(create(copies()));
    if (fresh) TRY(set_aside(lines_));
    return rebuild(lines_);
  }

  /// The lists that hold a key.
  Result<std::set<std::string>> lists() {
    TRY(const engine::Query query, statement("settle_lists"));
    TRY(const Frame frame, engine_.query(query));
    std::set<std::string> names;
    for (std::size_t row = 0; row < frame.rows(); ++row) {
      names.insert(frame.text("list", row).value_or(""));
    }
    return names;
  }

  Status write_keys(const std::vector<Decision>& decided) {
    if (decided.empty()) return {};
    Frame frame;
    for (const engine::TableColumn& column : decided_list().columns) {
      frame.columns.push_back(make_column(column.name, column.name == "order_key" ? ColumnType::text
                                                       : column.name == "fix_at"  ? ColumnType::time
                                                       : column.name == "fix_on"
                                                           ? ColumnType::date
                                                           : ColumnType::integer));
    }
    for (const Decision& decision : decided) {
      frame.columns[0].push_text(decision.order_key);
      frame.columns[1].push_integer(decision.is_fix ? 1 : 0);
      frame.columns[2].push_integer(decision.correction.moves_lines() ? 1 : 0);
      std::size_t column = 3;
      for (const std::optional<std::int64_t>& value : numbers_of(decision.correction)) {
        value ? frame.columns[column].push_integer(*value) : frame.columns[column].push_null();
        ++column;
      }
    }
    TRY(const auto inserter, engine_.insert("settle_keys", decided_list().columns));
    TRY(inserter->write(frame));
    return inserter->finish();
  }

  Status execute(std::string_view name, engine::Params params = {},
                 const schema::Fragments& fragments = {}) {
    TRY(const engine::Query query, statement(name, std::move(params), fragments));
    return engine_.execute(query);
  }

  /// Rows that are not as decided.
  Status find(const Pair& pair) {
    return execute("settle_fresh", {{"list", "fresh" + pair.lists}}, pair.texts);
  }
  /// What is to be put among the others from aside.
  Status find_back(const Pair& pair) {
    return execute("settle_back", {{"list", "back" + pair.lists}}, pair.texts);
  }
  /// Lines that came in by themselves, after the correction of their order.
  Status find_late(const std::vector<Decision>& decided) {
    const bool moves = std::any_of(decided.begin(), decided.end(), [](const Decision& decision) {
      return decision.correction.moves_lines();
    });
    return moves ? execute("settle_late", {}, {{"content", text_of("line_content")}}) : Status();
  }

  /// The table aside: what lies there already and stays as it is, and what is fresh.
  Status set_aside(const Pair& pair) {
    const std::string target = "settle_" + pair.aside;
    schema::Fragments texts = pair.texts;
    texts["target"] = target;
    const bool of_lines = pair.table == "order_lines";
    TRY(execute("settle_taken", {}, texts));
    if (of_lines) {
      const Expressions came{{"customer_id", "came_customer"},
                             {"ordered_on", "came_on"},
                             {"status", "came_status"},
                             {"account_id", "came_account"}};
      texts["restored"] =
          listed(pair.table, [&](const std::string& name) { return replaced(came, name); });
      TRY(execute("settle_late_taken", {}, texts));
    }
    texts["keys"] = texts["fresh"];
    if (of_lines) texts["keys"] += " UNION ALL " + keys_on("late_lines");
    texts["table"] = pair.aside;
    TRY(execute("settle_apart", {}, texts));
    return engine_.replace_partitions(pair.aside, target, {"all"});
  }

  Result<std::vector<std::int64_t>> months_of(const schema::Fragments& texts) {
    TRY(const engine::Query query, statement("settle_months", {}, texts));
    TRY(const Frame frame, engine_.query(query));
    std::vector<std::int64_t> months;
    for (std::size_t row = 0; row < frame.rows(); ++row) {
      months.push_back(frame.integer("month", row).value_or(0));
    }
    return months;
  }

  Status rebuild(const Pair& pair) {
    schema::Fragments texts = pair.texts;
    texts["target"] = "settle_" + pair.table;
    TRY(const engine::IntegerList void_runs, identity::void_runs(store_));
    TRY(execute("settle_put_back", {{"void_runs", void_runs}}, texts));
    TRY(const std::vector<std::int64_t> months, months_of(texts));
    std::vector<std::string> partitions;
    for (const std::int64_t month : months) {
      const Date from = date_of({static_cast<int>(month / 100), static_cast<int>(month % 100), 1});
      const Date to = std::min(add_steps(from, Granularity::month, 1), kLastDate);
      TRY(execute("settle_month", {{"from", from}, {"to", to}}, texts));
      partitions.push_back(std::to_string(month));
    }
    return engine_.replace_partitions(pair.table, texts["target"], partitions);
  }

  /// Takes what was released out of the table aside.
  Status forget(const Pair& pair) {
    const std::string target = "settle_" + pair.aside;
    TRY(engine_.truncate_table(target));
    TRY(execute("settle_apart", {},
                {{"target", target},
                 {"table", pair.aside},
                 {"keys", keys_on("released")},
                 {"columns", names_of(pair.table)}}));
    return engine_.replace_partitions(pair.aside, target, {"all"});
  }

  engine::Engine& engine_;
  store::Store& store_;
  const Pair orders_ = pair_of("orders", "aside_orders", "", corrected_order());
  const Pair lines_ = pair_of("order_lines", "aside_lines", "_lines", corrected_line());
};

}  // namespace

Status settle(engine::Engine& engine, store::Store& store) {
  TRY(const std::vector<Decision> decided, decisions(store));
  Settling settling(engine, store);
  if (decided.empty()) {
    TRY(const std::int64_t aside, settling.count("aside_orders"));
    if (aside == 0) return {};
  }
  return settling.run(decided);
}

}  // namespace huitou::quality
