#include "forms/settle.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "forms/loading.h"
#include "forms/statement.h"
#include "forms/values.h"

// The entries in the store are the truth; the tables are made to agree with it, as often as needed.
//
// Tickets and answers are rows of their own: one load brings all entries of the form as the rows of
// a source named after it. Rows of that source that are of no entry any more are taken out.
//
// A store or a product may have a row of a file as well. Such a row is kept in `form_bases` before
// the entry is put over it, and loaded again, under the name of its own source, when the entry
// goes. A file that is loaded later puts its row there: it becomes the new base, and the entry is
// put over it again.
//
// Killed anywhere, the count of changes is still ahead of what was settled, and all is done again:
// bases are only forgotten at the end, and never taken from a row that is the form's own.

namespace huitou::forms {
namespace {

/// More keys than these are not sent to the engine: it sends all rows.
constexpr std::size_t kMostAsked = 500;
constexpr std::uint64_t kMostTableRows = 50'000'000;

struct State {
  std::int64_t revision = 0;
  std::int64_t settled = 0;
};

Result<State> state_of(store::Store& store, const Form& form) {
  TRY(const Frame frame, store.run("SELECT revision, settled FROM form_state WHERE form = ?",
                                   {std::string(form.name)}));
  if (frame.rows() == 0) return State{};
  return State{frame.integer("revision", 0).value_or(0), frame.integer("settled", 0).value_or(0)};
}

std::string key_field(const Form& form) { return std::string(form.fields[0].fills); }

std::string base_json(const TableRow& row) {
  return nlohmann::json(row).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

TableRow parse_base(const std::string& text) {
  TableRow row;
  const nlohmann::json json = nlohmann::json::parse(text, nullptr, false);
  for (const auto& [name, value] : json.items()) row[name] = value.get<std::string>();
  return row;
}

using Rows = std::map<std::string, TableRow, std::less<>>;

class Correcting {
 public:
  Correcting(Desk& desk, const Form& form) : desk_(desk), form_(form), own_(source_of(form)) {}

  /// `due`: entries changed; else only what later files put over them.
  Status run(const std::vector<Entry>& entries, bool due) {
    for (const Entry& entry : entries) entries_[entry.values[0]] = entry.values;
    TRY(read_bases());
    std::vector<std::string> keys;
    for (const auto& [key, values] : entries_) keys.push_back(key);
    for (const auto& [key, base] : bases_) {
      if (!entries_.contains(key)) keys.push_back(key);
    }
    if (keys.empty() && !due) return {};
    TRY(const bool met, meet(keys));
    if (!due && !met) return {};
    TRY(write_bases());
    std::vector<TableRow> rows;
    for (const auto& [key, values] : entries_) {
      const auto base = bases_.find(key);
      rows.push_back(corrected(form_, values, base == bases_.end() ? TableRow{} : base->second));
    }
    TRY(load_table(desk_, {.table = form_.table, .source = own_, .rows = rows, .complete = true}));
    return put_back();
  }

 private:
  Status read_bases() {
    TRY(const Frame frame, desk_.store.run("SELECT key, content FROM form_bases WHERE form = ?",
                                           {std::string(form_.name)}));
    for (std::size_t row = 0; row < frame.rows(); ++row) {
      bases_[frame.text("key", row).value_or("")] =
          parse_base(frame.text("content", row).value_or("{}"));
    }
    return {};
  }

  /// Rows of files with these keys become bases. Was there one?
  Result<bool> meet(const std::vector<std::string>& keys) {
    const bool all = keys.size() > kMostAsked;
    TRY(engine::Query query,
        statement("corrected_" + std::string(form_.table),
                  {{"all", std::int64_t{all ? 1 : 0}}, {"keys", all ? engine::TextList{} : keys}}));
    query.limits.result_rows = kMostTableRows;
    bool met = false;
    TRY(desk_.engine.stream(query, [&](const Frame& block) -> Status {
      for (std::size_t row = 0; row < block.rows(); ++row) met = meet_row(block, row) || met;
      return {};
    }));
    return met;
  }

  bool meet_row(const Frame& block, std::size_t at) {
    const std::string key = block.text(key_field(form_), at).value_or("");
    if (block.text("source", at) == own_) return false;
    if (!entries_.contains(key) && !bases_.contains(key)) return false;
    TableRow row;
    for (const Column& column : block.columns) {
      if (column.is_null(at)) continue;
      row[column.name] = column.type == ColumnType::text ? std::string(column.texts().at(at))
                                                         : money_text(column.integers()[at]);
    }
    bases_[key] = std::move(row);
    return true;
  }

  Status write_bases() {
    return desk_.store.transaction([&](store::Store& in) -> Status {
      for (const auto& [key, row] : bases_) {
        TRY(in.run("INSERT OR REPLACE INTO form_bases (form, key, content) VALUES (?, ?, ?)",
                   {std::string(form_.name), key, base_json(row)}));
      }
      return {};
    });
  }

  /// Rows whose entry went stand again as their files brought them.
  Status put_back() {
    std::map<std::string, std::vector<TableRow>> by_source;
    for (const auto& [key, row] : bases_) {
      if (!entries_.contains(key)) by_source[row.find("source")->second].push_back(row);
    }
    for (const auto& [source, rows] : by_source) {
      TRY(load_table(desk_, {.table = form_.table, .source = source, .rows = rows}));
    }
    return desk_.store.transaction([&](store::Store& in) -> Status {
      for (const auto& [key, row] : bases_) {
        if (entries_.contains(key)) continue;
        TRY(in.run("DELETE FROM form_bases WHERE form = ? AND key = ?",
                   {std::string(form_.name), key}));
      }
      return {};
    });
  }

  Desk& desk_;
  const Form& form_;
  const std::string own_;
  std::map<std::string, Values, std::less<>> entries_;
  Rows bases_;
};

Status settle_form(Desk& desk, const Form& form) {
  TRY(const State state, state_of(desk.store, form));
  if (state.revision == 0) return {};
  const bool due = state.revision != state.settled;
  if (!due && !form.corrects) return {};
  TRY(Book book, Book::open(desk.store, form));
  TRY(const std::vector<Entry> entries, book.entries());
  if (form.corrects) {
    TRY(Correcting(desk, form).run(entries, due));
  } else {
    std::vector<TableRow> rows;
    for (const Entry& entry : entries) rows.push_back(corrected(form, entry.values, {}));
    TRY(load_table(
        desk, {.table = form.table, .source = source_of(form), .rows = rows, .complete = true}));
  }
  TRY(desk.store.run("UPDATE form_state SET settled = ? WHERE form = ?",
                     {state.revision, std::string(form.name)}));
  return {};
}

}  // namespace

std::string source_of(const Form& form) { return "form " + std::string(form.name); }

TableRow corrected(const Form& form, const Values& values, const TableRow& base) {
  TableRow row = base;
  for (std::size_t i = 0; i < form.fields.size(); ++i) {
    const Field& field = form.fields[i];
    if (field.fills.empty()) continue;
    std::string value = loadable(field, values[i]);
    std::string& place = row[std::string(field.fills)];
    if (!value.empty()) place = std::move(value);
  }
  return row;
}

Status settle(Desk& desk) {
  TRY(ensure_tables(desk.store));
  for (const Form* form : all()) {
    if (!form->table.empty()) TRY(settle_form(desk, *form));
  }
  return {};
}

}  // namespace huitou::forms
