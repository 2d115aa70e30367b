#pragma once

// The door to data entry: forms for what no system has (targets, costs, tickets and answers on
// paper, what a store is like). A form is declared in one file; entries are typed, or come from a
// file; who changed what is kept, and can be undone.
//
// Invariants
// - An entry and the line of its history are written in one transaction; history is only added to.
// - An import is in whole or not at all, and can be undone whole.
// - The store has the truth. The canonical tables are made to agree with it by loads (`settle`),
//   as often as needed: after a change, after a load of others, and when a home is opened.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/answer.h"
#include "base/date.h"
#include "base/result.h"
#include "engine/engine.h"
#include "forms/form.h"
#include "store/store.h"

namespace huitou::forms {

/// All forms, in the order of src/forms/CMakeLists.txt.
std::span<const Form* const> all();
/// not_found with the names there are.
Result<const Form*> find(std::string_view name);

/// Where entries are kept, and what the shop's clock and money are.
struct Desk {
  engine::Engine& engine;
  store::Store& store;
  std::string time_zone = "Asia/Shanghai";
  std::string currency = "CNY";
  Date today;
  std::int64_t now = 0;  ///< UTC seconds
};

/// A value as a person wrote it, by the name of its field.
struct Written {
  std::string field;
  std::string value;
};

/// "metric=orders" -> {"metric", "orders"}. Errors: invalid_input (no "=", no such field, twice).
Result<std::vector<Written>> parse_written(const Form& form, const std::vector<std::string>& texts);

/// What is wrong with these values; of an entry that is there, the fields that are not named keep
/// what they have. Changes nothing. Errors: not_found (no such entry).
Result<std::vector<Issue>> check(Desk& desk, const Form& form, const std::vector<Written>& values,
                                 std::int64_t entry = 0);

/// What became of a change.
struct Done {
  std::int64_t entry = 0;   ///< 0 where several were changed
  std::int64_t change = 0;  ///< number of the first change; 0: everything was as asked already
  std::int64_t import = 0;
  std::int64_t added = 0, changed = 0, removed = 0, unchanged = 0;
  std::vector<Issue> warnings;
};

/// Errors: invalid_input with all that is wrong; conflict if there is such an entry already.
Result<Done> add(Desk& desk, const Form& form, const std::vector<Written>& values,
                 const std::string& by);
/// Errors: those of `add`; not_found (no such entry).
Result<Done> change(Desk& desk, const Form& form, std::int64_t entry,
                    const std::vector<Written>& values, const std::string& by);
Result<Done> remove(Desk& desk, const Form& form, std::int64_t entry, const std::string& by);

/// Who enters something, and when.
struct EnteredBy {
  std::string name;
  std::int64_t now = 0;  ///< UTC seconds
};
/// Adds the entry, or changes the one with the same key; part of the store's transaction if one is
/// under way. The engine is not asked whether it knows the keys in it: they must come from there.
/// Errors: invalid_input with all that is wrong.
Result<Done> put(store::Store& store, const Form& form, const std::vector<Written>& values,
                 const EnteredBy& by);

/// A row of a file that is not as it should be.
struct RowIssue {
  std::uint64_t line = 0;
  std::string column;  ///< as the file calls it; empty: the row as a whole
  Issue issue;
};
/// What a file would do, row by row.
struct Import {
  std::uint64_t rows = 0;
  std::uint64_t added = 0, changed = 0, unchanged = 0, refused = 0;
  std::vector<RowIssue> issues;  ///< the first kMostIssues
  std::uint64_t errors = 0, warnings = 0;
  std::vector<Note> notes;
  Done done;  ///< empty if nothing was saved
};
inline constexpr std::size_t kMostIssues = 1000;
inline constexpr std::size_t kMostRows = 200'000;  ///< of one import

struct ImportOptions {
  std::string path;
  std::string by;
  bool dry_run = true;
  bool skip_errors = false;  ///< save the rows that are right
};
/// Reads a CSV or Excel file whose columns have the titles or names of the form's fields. A row
/// whose key is there already changes that entry. With an error in any row nothing is saved, but
/// for `skip_errors`. Errors: those of reading; invalid_input (columns missing or twice);
/// limit_reached.
Result<Import> import_file(Desk& desk, const Form& form, const ImportOptions& options);

/// Takes back one change. Errors: not_found; conflict if the entry is not as the change left it.
Result<Done> undo_change(Desk& desk, std::int64_t change, const std::string& by);
/// Takes back a whole import, or nothing of it. The same errors, naming the first entry.
Result<Done> undo_import(Desk& desk, std::int64_t import, const std::string& by);

/// name, title_en, title_zh, doc_en, doc_zh, table, entries, changed_at, changed_by.
Result<Frame> overview(store::Store& store);
/// The fields of a form, one row each: name, type, label_en, label_zh, hint_en, hint_zh, required,
/// key, choices, choices_en, choices_zh (between bars), at_least, at_most.
Frame describe_fields(const Form& form);
/// Entries, newest change first: entry, one column a field, changed_at, changed_by.
struct EntriesQuery {
  std::int64_t entry = 0;  ///< only this one; 0: all
  std::int64_t limit = 1000;
};
Result<Frame> entries(store::Store& store, const Form& form, const EntriesQuery& query);
/// What the entries say whose key, of one field, begins so; in the order of their keys.
Result<std::vector<Values>> entries_beginning(store::Store& store, const Form& form,
                                              const std::string& beginning);
/// Meaning of the columns of `entries`; without entry and who, those of a blank form.
std::vector<AnswerColumn> columns_of(const Form& form, bool blank = false);
Result<std::int64_t> count_entries(store::Store& store, const Form& form);

/// Newest first: change, form, entry, action (add, change, remove), before_en, before_zh, after_en,
/// after_zh, changed_at, changed_by, import, file, undoes, undone_by.
struct HistoryQuery {
  std::string form;        ///< empty: all
  std::int64_t entry = 0;  ///< 0: all
  std::int64_t limit = 100;
};
Result<Frame> history(store::Store& store, const HistoryQuery& query);

/// The target set for a metric and a period, as the form keeps it: `2025-01`, `2025-Q1` ...
/// Ratios are fractions, money is in major units. Null where none is set.
struct TargetQuery {
  std::string metric;
  std::string period;
  std::string store_key;
  std::string channel;
};
Result<std::optional<double>> target(store::Store& store, const TargetQuery& query);

/// Makes the canonical tables agree with the entries. Does nothing where there is nothing to do;
/// every step can be done again.
Status settle(Desk& desk);

}  // namespace huitou::forms
